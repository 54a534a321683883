import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { markSheetCalls, PresentPerson } from '../../preload/contract/mark-sheets.ts';
import type { ReadContext } from '../call/context.ts';
import { Presence } from '../call/presence.ts';
import { requireSheet } from '../grades/grades-service.ts';
import { cellNews, keepConflicts, markConflicts, settleConflicts } from './mark-conflicts.ts';
import { issueMarkSheets, markSheetIssues } from './mark-sheet-service.ts';

/** Handing sheets out, cells two people wrote, and who is in a sheet. Takes the presence, which lives in memory beside the door. */
export function markSheetHandlers(presence: () => Presence) {
  return {
    issueMarkSheets, markSheetIssues, keepConflicts, markConflicts, settleConflicts, cellNews,
    standIn: ({ db, session }: ReadContext, { sheetId, cell, isLeaving }: CheckedInputOf<(typeof markSheetCalls)['standIn']>): { self: string; people: PresentPerson[] } => {
      requireSheet(db, sheetId);
      // The command line has no window that could stand anywhere.
      if (session.token === null) return { self: '', people: presence().of(sheetId) };
      if (isLeaving === true) presence().leave(session.token);
      else presence().stand(session.token, session.name, sheetId, cell);
      return { self: Presence.keyOf(session.token), people: presence().of(sheetId) };
    },
  };
}
