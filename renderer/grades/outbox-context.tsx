import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { api, onConnection } from '../app/api.ts';
import { CommentOutbox } from './comment-outbox.ts';
import { MarkOutbox } from './mark-outbox.ts';
import type { OutboxStatus } from './mark-outbox.ts';
import { commentsShelf, findOrphans, orphansIn, recordsShelf, shelfIn, shelfKey, shelfOf } from './outbox-shelf.ts';
import { RecordOutbox } from './record-outbox.ts';

const OutboxContext = createContext<MarkOutbox | null>(null);
const CommentsContext = createContext<CommentOutbox | null>(null);
const RecordsContext = createContext<RecordOutbox | null>(null);
const TRY_AGAIN_AFTER = 5_000; // milliseconds

/** Sorts by time, and two windows opened in the same instant still differ. */
function newWindowId(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `${Date.now().toString(36)}-${random.toString(36)}`;
}

/** Holds `name` as long as the window lives, then takes over what dead windows of this person left. Without locks every other window counts as dead. */
async function takeOver(outbox: MarkOutbox, records: RecordOutbox, comments: CommentOutbox, user: string, windowId: string, signal: AbortSignal): Promise<void> {
  const locks: LockManager | undefined = navigator.locks;
  const alive = new Set<string>();
  if (locks !== undefined) {
    const name = shelfKey(user, windowId);
    await new Promise<void>(held => {
      void locks.request(name, () => {
        held();
        return new Promise<void>(release => { signal.addEventListener('abort', () => { release(); }); });
      });
    });
    for (const lock of (await locks.query()).held ?? []) if (lock.name !== undefined) alive.add(lock.name);
  }
  if (signal.aborted) return;
  const orphans = findOrphans(window.localStorage, user, windowId, alive);
  outbox.adopt(orphans.entries);
  orphans.forget();
  const left = orphansIn(window.localStorage, recordsShelf, user, windowId, alive);
  records.adopt(left.entries);
  left.forget();
  const written = orphansIn(window.localStorage, commentsShelf, user, windowId, alive);
  comments.adopt(written.entries);
  written.forget();
}

/** The marks of one person on their way into the book, for as long as he is signed in, whatever place is on screen. */
export function OutboxProvider({ user, children }: { user: string; children: ReactNode }) {
  const [{ outbox, records, comments, windowId }] = useState(() => {
    const id = newWindowId();
    const door = {
      save: (sheetId: string, { path, changes }: { path: 'typed' | 'pasted' | 'undo' | 'offline'; changes: Parameters<typeof api.grades.saveMarks>[0]['changes'] }) =>
        api.grades.saveMarks({ sheetId, path, changes }),
      keep: (sheetId: string, path: 'typed' | 'pasted' | 'undo', cells: Parameters<typeof api.gradebook.keepConflicts>[0]['cells']) =>
        api.gradebook.keepConflicts({ sheetId, path, cells }),
      open: (sheetId: string) => api.grades.openSheet({ sheetId }),
    };
    return {
      windowId: id, outbox: new MarkOutbox(door, shelfOf(window.localStorage, user, id)),
      records: new RecordOutbox(input => api.grades.saveTermRecord(input), shelfIn(window.localStorage, recordsShelf, user, id)),
      comments: new CommentOutbox(input => api.gradebook.saveComment(input), shelfIn(window.localStorage, commentsShelf, user, id)),
    };
  });
  useEffect(() => {
    const life = new AbortController();
    void takeOver(outbox, records, comments, user, windowId, life.signal);
    const again = (): void => {
      void outbox.flush();
      void records.flush();
      void comments.flush();
    };
    const timer = window.setInterval(() => { if (outbox.status.isHeld || records.status.isHeld || comments.status.isHeld) again(); }, TRY_AGAIN_AFTER);
    const stop = onConnection(state => { if (state === 'up') again(); });
    window.addEventListener('online', again);
    return () => {
      life.abort();
      window.clearInterval(timer);
      stop();
      window.removeEventListener('online', again);
    };
  }, [outbox, records, comments, user, windowId]);
  return <OutboxContext value={outbox}><RecordsContext value={records}><CommentsContext value={comments}>{children}</CommentsContext></RecordsContext></OutboxContext>;
}

export function useOutbox(): MarkOutbox {
  const outbox = useContext(OutboxContext);
  if (outbox === null) throw new Error('useOutbox above the sign-in gate');
  return outbox;
}

/** The term records of who is signed in, on their way into the book. */
export function useRecordOutbox(): RecordOutbox {
  const records = useContext(RecordsContext);
  if (records === null) throw new Error('useRecordOutbox above the sign-in gate');
  return records;
}

/** The subject comments of who is signed in, on their way into the book. */
export function useCommentOutbox(): CommentOutbox {
  const comments = useContext(CommentsContext);
  if (comments === null) throw new Error('useCommentOutbox above the sign-in gate');
  return comments;
}

export function useOutboxStatus(): OutboxStatus {
  const outbox = useOutbox();
  return useSyncExternalStore(watcher => outbox.watch(watcher), () => outbox.status);
}
