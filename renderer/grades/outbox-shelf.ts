import type { OutboxEntry, OutboxShelf } from './mark-outbox.ts';

const PREFIX = 'so-truong.marks/';

function isEntry(value: unknown): value is OutboxEntry {
  return typeof value === 'object' && value !== null && 'sheetId' in value && 'batch' in value
    && typeof value.batch === 'object' && value.batch !== null && 'id' in value.batch && 'changes' in value.batch && Array.isArray(value.batch.changes);
}

function read(storage: Storage, key: string): OutboxEntry[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(value => isEntry(value)) : [];
  } catch {
    return [];
  }
}

function prefixOf(user: string): string {
  return `${PREFIX}${encodeURIComponent(user)}/`;
}

/** The name under which one window keeps the unsent marks of one person, and of the lock it holds while it lives. */
export function shelfKey(user: string, windowId: string): string {
  return `${prefixOf(user)}${windowId}`;
}

/** Where one window keeps the unsent marks of one person, until they are in the book. */
export function shelfOf(storage: Storage, user: string, windowId: string): OutboxShelf {
  const key = shelfKey(user, windowId);
  return {
    load: () => read(storage, key),
    keep: entries => {
      try {
        if (entries.length === 0) storage.removeItem(key);
        else storage.setItem(key, JSON.stringify(entries));
      } catch {
        // A full or forbidden storage leaves the marks in memory: they still go to the program while the window is open.
      }
    },
  };
}

export interface Orphans {
  entries: OutboxEntry[];
  /** Call when the entries are safe elsewhere. */
  forget: () => void;
}

/** What this person's windows that are gone (closed, crashed, power cut) left behind, oldest window first. `alive` are the held locks. */
export function findOrphans(storage: Storage, user: string, ownId: string, alive: ReadonlySet<string>): Orphans {
  const prefix = prefixOf(user);
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    .filter(key => key.startsWith(prefix) && key !== shelfKey(user, ownId) && !alive.has(key))
    .toSorted();
  return {
    entries: keys.flatMap(key => read(storage, key)),
    forget: () => { for (const key of keys) storage.removeItem(key); },
  };
}
