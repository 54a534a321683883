import type { Session } from '../call/context.ts';
import type { Door } from '../call/door.ts';
import { lockOverdue } from './sheet-steps.ts';
import { overdueSheets } from './sheet-step-store.ts';

const EVERY_MS = 60_000;
const nobody: Session = { user: 'system', name: '', role: null, staffId: null, token: null };

/** Writes down and seals what locked by itself, and tells the windows. */
export function settleOverdue(door: Door): void {
  const { database, clock } = door.services;
  if (overdueSheets(database.read, clock().toISOString()).length === 0) return;
  const work = door.jobContext(nobody, { signal: new AbortController().signal, progress: () => undefined });
  work.write({ path: 'rule', reason: null }, lockOverdue);
}

/** Looks once a minute, and at once for what fell due while the program was closed. */
export function watchOverdue(door: Door): void {
  settleOverdue(door);
  setInterval(() => { settleOverdue(door); }, EVERY_MS).unref();
}
