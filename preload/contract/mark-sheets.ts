import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id } from './common.ts';
import { MarkColumn, MarkValue } from './grades.ts';

/** What a workbook of mark sheets is for: one sheet, or all sheets of a class or of a teacher at one point of the year. */
export const MarkSheetScope = z.discriminatedUnion('of', [
  z.object({ of: z.literal('sheet'), sheetId: Id }),
  z.object({ of: z.literal('class'), classId: Id, term: z.int().min(1).max(4) }),
  /** Whoever teaches this sheet, at the same point of the year. */
  z.object({ of: z.literal('teacherOf'), sheetId: Id }),
  z.object({ of: z.literal('teacher'), staffId: Id, year: z.string(), term: z.int().min(1).max(4) }),
]);
export type MarkSheetScope = z.infer<typeof MarkSheetScope>;

/** A workbook as handed out: a sheet for each subject. */
export interface IssuedWorkbook {
  fileName: string;
  bytes: Uint8Array;
  codes: string[];
  /** Sheets of the scope that were left out, each with the reason in words. */
  leftOut: { sheet: string; reason: string }[];
}

export interface MarkSheetIssue {
  issueId: string;
  code: string;
  sheetId: string;
  className: string;
  subjectName: string;
  term: 1 | 2 | 3 | 4;
  at: string;
  /** Who handed it out, and the teacher it was made for ('' for nobody). */
  by: string;
  issuedFor: string;
  /** `replaced`: a later issue of the same sheet counts; `returned`: it came back at least once. */
  state: 'out' | 'returned' | 'replaced';
  returns: number;
}

/** One cell with two values. Both stay until a person has decided; a settled one tells who and how. */
export interface MarkConflictView {
  conflictId: string;
  sheetId: string;
  sheet: string;
  enrolmentId: string;
  order: number;
  pupil: string;
  column: MarkColumn;
  columnTitle: string;
  /** What the second writer had seen. */
  seen: MarkValue;
  /** What stands in the book now, who wrote it and when. */
  stored: MarkValue;
  storedBy: string;
  storedAt: string;
  offered: MarkValue;
  offeredBy: string;
  offeredAt: string;
  /** The file the value came in, '' when it was typed. */
  source: string;
  state: 'open' | 'settled';
  choice: 'stored' | 'offered' | null;
  settledBy: string | null;
  settledAt: string | null;
  /** Whether who asks may decide it. */
  maySettle: boolean;
}

/** Who changed a cell last: for the cells that flash because somebody else wrote them. */
export interface CellNews {
  enrolmentId: string;
  column: MarkColumn;
  by: string;
  at: string;
}

/** One person in a sheet and the cell he stands on. */
export interface PresentPerson {
  /** Names one window's session, and tells nothing else of it. */
  key: string;
  name: string;
  enrolmentId: string | null;
  column: MarkColumn | null;
}

export const markSheetCalls = {
  issueMarkSheets: job('grades.edit', z.object({ scope: MarkSheetScope })).returns<IssuedWorkbook>(),
  /** Newest first. */
  markSheetIssues: read('grades.view', z.object({ year: z.string(), sheetId: Id.optional(), classId: Id.optional() })).returns<{ issues: MarkSheetIssue[] }>(),

  /** Keeps the values that could not be saved because another person was there first. Asked twice it keeps them once. */
  keepConflicts: write('grades.edit', z.object({
    sheetId: Id,
    path: z.enum(['typed', 'pasted', 'undo']),
    cells: z.array(z.object({ enrolmentId: Id, column: MarkColumn, seen: MarkValue, offered: MarkValue })).min(1).max(2000),
  })).returns<{ kept: number }>(),
  /** Of one sheet, or of every sheet that concerns who asks (his own, his class, for the office all); open ones first. */
  markConflicts: read('grades.view', z.object({ year: z.string(), sheetId: Id.optional(), withSettled: z.boolean().optional() })).returns<{ conflicts: MarkConflictView[] }>(),
  /** All or nothing. `stored` is what the decider saw in the book: refused as `grades.changedMeanwhile` when it is something else by now. */
  settleConflicts: write('grades.edit', z.object({
    settle: z.array(z.object({ conflictId: Id, choice: z.enum(['stored', 'offered']), stored: MarkValue })).min(1).max(500),
  })).returns<{ settled: number }>(),

  /** Who wrote these cells last. */
  cellNews: read('grades.view', z.object({ sheetId: Id, cells: z.array(z.object({ enrolmentId: Id, column: MarkColumn })).min(1).max(300) })).returns<{ cells: CellNews[] }>(),
  /** Says that this window is in a sheet and on which cell (null: it left), and answers who else is. To be repeated while one stays. */
  standIn: read('grades.view', z.object({ sheetId: Id, cell: z.object({ enrolmentId: Id, column: MarkColumn }).nullable(), isLeaving: z.boolean().optional() }))
    .returns<{ self: string; people: PresentPerson[] }>(),
};
