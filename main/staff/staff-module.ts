import { defineModule } from '../call/module.ts';
import type { Sessions } from '../call/sessions.ts';
import { cancelEntry, saveEntry } from './staff-entries.ts';
import { history } from './staff-history.ts';
import { add, list, open, save, unmask } from './staff-service.ts';
import { setStatus } from './staff-status.ts';
import { copyAssignments } from './teaching-copy.ts';
import { readPasted } from './teaching-paste.ts';
import { printAssignments } from './teaching-print.ts';
import { addPost, assign, assignments, cancelPost, saveNorms } from './teaching-service.ts';

/** Who works here and who teaches what. Takes the open sessions: whoever leaves is signed out. */
export function staffModule(sessions: () => Sessions) {
  return defineModule('staff', {
    list, open, add, save, unmask, history, saveEntry, cancelEntry,
    setStatus: (ctx, input) => setStatus(ctx, sessions(), input),
    assignments, assign, copyAssignments, readPasted, printAssignments, saveNorms, addPost, cancelPost,
  });
}
