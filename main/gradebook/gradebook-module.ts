import { defineModule } from '../call/module.ts';
import type { Presence } from '../call/presence.ts';
import { bookHandlers } from './book-handlers.ts';
import { markSheetHandlers } from './mark-sheet-calls.ts';
import { proofHandlers } from './proof-calls.ts';

/** What surrounds the marks of a sheet. Takes the presence, which lives in memory beside the door. */
export function gradebookModule(presence: () => Presence) {
  return defineModule('gradebook', {
    ...markSheetHandlers(presence),
    ...bookHandlers,
    ...proofHandlers,
  });
}
