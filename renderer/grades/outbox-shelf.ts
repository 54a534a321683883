import type { CommentEntry } from './comment-outbox.ts';
import type { OutboxEntry } from './mark-outbox.ts';
import type { RecordEntry } from './record-outbox.ts';

/** Where a window keeps what is not in the book yet. */
export interface Shelf<Entry> {
  load(): Entry[];
  keep(entries: readonly Entry[]): void;
}

/** One kind of unsent work: under which names it lies, and what of it can be trusted after a crash. */
export interface ShelfKind<Entry> {
  prefix: string;
  isEntry(value: unknown): value is Entry;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export const marksShelf: ShelfKind<OutboxEntry> = {
  prefix: 'so-truong.marks/',
  isEntry: (value): value is OutboxEntry => isObject(value) && 'sheetId' in value && isObject(value['batch']) && 'id' in value['batch'] && Array.isArray(value['batch']['changes']),
};
export const recordsShelf: ShelfKind<RecordEntry> = {
  prefix: 'so-truong.records/',
  isEntry: (value): value is RecordEntry => isObject(value) && typeof value['enrolmentId'] === 'string' && typeof value['column'] === 'string' && typeof value['words'] === 'string' && isObject(value['input']),
};

export const commentsShelf: ShelfKind<CommentEntry> = {
  prefix: 'so-truong.comments/',
  isEntry: (value): value is CommentEntry => isObject(value) && typeof value['sheetId'] === 'string' && typeof value['enrolmentId'] === 'string'
    && typeof value['kind'] === 'string' && typeof value['words'] === 'string' && typeof value['version'] === 'number',
};

function read<Entry>(storage: Storage, key: string, { isEntry }: ShelfKind<Entry>): Entry[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(value => isEntry(value)) : [];
  } catch {
    return [];
  }
}

/** How many cells and comments lie unsent on this machine, of whoever wrote them. */
export function keptCells(storage: Storage): number {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const of = <Entry>(kind: ShelfKind<Entry>): Entry[] => keys.filter(key => key.startsWith(kind.prefix)).flatMap(key => read(storage, key, kind));
  return of(marksShelf).reduce((sum, { batch }) => sum + batch.changes.length, 0) + of(recordsShelf).length + of(commentsShelf).length;
}

/** The name under which one window keeps the unsent work of one person; that of the marks is also the lock it holds while it lives. */
export function shelfKey(user: string, windowId: string, kind: Pick<ShelfKind<unknown>, 'prefix'> = marksShelf): string {
  return `${kind.prefix}${encodeURIComponent(user)}/${windowId}`;
}

/** Where one window keeps the unsent work of one person, until it is in the book. */
export function shelfIn<Entry>(storage: Storage, kind: ShelfKind<Entry>, user: string, windowId: string): Shelf<Entry> {
  const key = shelfKey(user, windowId, kind);
  return {
    load: () => read(storage, key, kind),
    keep: entries => {
      try {
        if (entries.length === 0) storage.removeItem(key);
        else storage.setItem(key, JSON.stringify(entries));
      } catch {
        // A full or forbidden storage leaves the work in memory: it still goes to the program while the window is open.
      }
    },
  };
}

export function shelfOf(storage: Storage, user: string, windowId: string): Shelf<OutboxEntry> {
  return shelfIn(storage, marksShelf, user, windowId);
}

export interface Orphans<Entry> {
  entries: Entry[];
  /** Call when the entries are safe elsewhere. */
  forget: () => void;
}

/** What this person's windows that are gone (closed, crashed, power cut) left behind, oldest window first. `alive` are the held locks. */
export function orphansIn<Entry>(storage: Storage, kind: ShelfKind<Entry>, user: string, ownId: string, alive: ReadonlySet<string>): Orphans<Entry> {
  const prefix = shelfKey(user, '', kind);
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    .filter(key => key.startsWith(prefix) && key !== shelfKey(user, ownId, kind) && !alive.has(shelfKey(user, key.slice(prefix.length))))
    .toSorted();
  return {
    entries: keys.flatMap(key => read(storage, key, kind)),
    forget: () => { for (const key of keys) storage.removeItem(key); },
  };
}

export function findOrphans(storage: Storage, user: string, ownId: string, alive: ReadonlySet<string>): Orphans<OutboxEntry> {
  return orphansIn(storage, marksShelf, user, ownId, alive);
}
