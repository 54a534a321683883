import { z } from 'zod';
import { read, write } from './base.ts';
import { Id, Term } from './common.ts';
import type { StandingKind } from './curriculum.ts';

/**
 * Where a mark goes. Secondary: `tx1`… ongoing (hệ số 1), `gk` mid-term or, before TT 22/2021, `v1`… tests of a period (2), `ck` end of term (3).
 * Primary: `muc` the level of the subject, `kt` its periodic test; `pc1`… qualities, `nl1`… competences in the order of TT 27/2020.
 */
export const MarkColumn = z.enum([
  'tx1', 'tx2', 'tx3', 'tx4', 'tx5', 'tx6', 'tx7', 'tx8', 'tx9', 'gk', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8', 'v9', 'ck',
  'muc', 'kt', 'pc1', 'pc2', 'pc3', 'pc4', 'pc5', 'nl1', 'nl2', 'nl3', 'nl4', 'nl5', 'nl6', 'nl7', 'nl8', 'nl9', 'nl10',
]);
export type MarkColumn = z.infer<typeof MarkColumn>;

/** Comment subjects `D`/`CD`; primary subjects `T H C`, qualities and competences `T D C`. */
export const MarkLevel = z.enum(['D', 'CD', 'T', 'H', 'C']);
export type MarkLevel = z.infer<typeof MarkLevel>;

/** The regulation a sheet is kept by; `AS-PRINTED` holds results of older ones as their books show them. */
export type RuleSetCode = 'TT22-2021' | 'TT58-2011' | 'TT26-2020' | 'TT27-2020' | 'AS-PRINTED';
/** `primary`: a subject of grades 1–5; `traits`: their qualities and competences. */
export type SheetKind = 'score' | 'comment' | 'primary' | 'traits';

/**
 * What stands in a cell. A score is an integer in tenths (85 is 8,5), a comment mark is `D` or `CD`.
 * `zeroByRule` counts as 0 / CD and carries its reason (TT 22/2021 Điều 7); `empty` is "not entered yet", never 0.
 */
export const MarkValue = z.discriminatedUnion('state', [
  z.object({ state: z.literal('empty') }),
  z.object({ state: z.literal('score'), tenths: z.int().min(0).max(100) }),
  z.object({ state: z.literal('level'), level: MarkLevel }),
  z.object({ state: z.literal('zeroByRule'), reason: z.string().min(1).max(300) }),
]);
export type MarkValue = z.infer<typeof MarkValue>;

export type SheetState = 'open' | 'submitted' | 'checked' | 'locked' | 'reopened';

export interface SheetSummary {
  sheetId: string;
  classId: string;
  className: string;
  grade: number;
  subject: string;
  subjectName: string;
  ruleSet: RuleSetCode;
  kind: SheetKind;
  /** Secondary: 1 or 2; primary: 1 to 4, the points of the year. */
  term: 1 | 2 | 3 | 4;
  teacher: string | null;
  state: SheetState;
  /** While it is reopened: when it locks again by itself. */
  reopenedUntil: string | null;
  filled: number;
  expected: number;
}

export interface SheetColumn {
  column: MarkColumn;
  /** "ĐĐGtx 1", "Giữa kì", "Cuối kì". */
  title: string;
  /** For the head of the grid: "GT-HT". */
  short: string;
  weight: 1 | 2 | 3;
}

export interface SheetRow {
  enrolmentId: string;
  order: number;
  code: string;
  name: string;
  birth: string;
  /** Why nothing is asked of him here, or practice only in theory; null for nearly everybody. */
  standing: StandingKind | null;
  marks: Partial<Record<MarkColumn, MarkValue>>;
  /** Term average in tenths or the term level; null while marks are missing. */
  average: number | null;
  level: 'D' | 'CD' | null;
  /** Year value, in the term-2 sheet only. */
  year: number | null;
  yearLevel: 'D' | 'CD' | null;
}

export interface SheetView extends SheetSummary {
  columns: SheetColumn[];
  rows: SheetRow[];
  mayEdit: boolean;
  /** Why editing is not possible, in words; null when it is. */
  readOnlyReason: string | null;
  /** Columns that take nothing now, each with the lock in a sentence; {@link openedCells} are excepted. */
  lockedColumns: Partial<Record<MarkColumn, string>>;
  /** Cells that take marks in spite of the lock; a null names all pupils or all columns. */
  openedCells: { enrolmentId: string | null; column: MarkColumn | null }[];
  /** Whether he may ask for a change of what is locked: his sheet, in an open year. */
  mayAskChange: boolean;
  year: string;
}

/** The recomputed part of a row after a save. */
export type RecomputedRow = Pick<SheetRow, 'enrolmentId' | 'average' | 'level' | 'year' | 'yearLevel'>;

export interface MarkHistoryEntry {
  seq: number;
  at: string;
  actor: string;
  /** The person behind the account, where one is known. */
  actorName: string;
  device: string;
  path: 'typed' | 'pasted' | 'imported' | 'rule' | 'undo' | 'offline' | 'request' | 'other';
  before: string | null;
  after: string | null;
  reason: string | null;
}

/** TT 22/2021 T K D CD; before it T K TB Y; primary school has none. */
export const Conduct = z.enum(['T', 'K', 'D', 'CD', 'TB', 'Y']);
export type Conduct = z.infer<typeof Conduct>;

export interface TermRecordRow {
  enrolmentId: string;
  order: number;
  name: string;
  conduct1: Conduct | null;
  conduct2: Conduct | null;
  /** Before TT 22/2021 the homeroom teacher classes the year too. */
  conductYear: Conduct | null;
  absences1: { excused: number; unexcused: number };
  absences2: { excused: number; unexcused: number };
  comment: string;
}

export const grades = {
  listSheets: read('grades.view', z.object({ year: z.string(), classId: Id.optional() })).returns<{ sheets: SheetSummary[] }>(),
  openSheet: read('grades.view', z.object({ sheetId: Id })).returns<SheetView>(),
  /** All or nothing. `before` is what the writer saw: a cell changed meanwhile is refused as `grades.changedMeanwhile` with both values. */
  saveMarks: write('grades.edit', z.object({
    sheetId: Id,
    /** `offline`: typed while the program was out of reach, sent later. */
    path: z.enum(['typed', 'pasted', 'undo', 'offline']),
    changes: z.array(z.object({ enrolmentId: Id, column: MarkColumn, before: MarkValue, after: MarkValue })).min(1).max(2000),
    reason: z.string().max(300).optional(),
  })).returns<{ savedAt: string; rows: RecomputedRow[]; filled: number }>(),
  markHistory: read('grades.view', z.object({ sheetId: Id, enrolmentId: Id, column: MarkColumn })).returns<{ entries: MarkHistoryEntry[]; chainIntact: boolean }>(),
  /** `isCounted`: the term's absences come from the daily roll and are not typed here. `locks`: why term 1 and term 2 take nothing, in a sentence; null while they do. */
  openTermRecords: read('grades.view', z.object({ classId: Id }))
    .returns<{ className: string; ruleSet: RuleSetCode; rows: TermRecordRow[]; isCounted: [boolean, boolean]; mayEdit: boolean; locks: [string | null, string | null] }>(),
  saveTermRecord: write('grades.edit', z.object({
    enrolmentId: Id,
    term: Term,
    conduct: Conduct.nullable().optional(),
    /** With term 2. */
    conductYear: Conduct.nullable().optional(),
    excused: z.int().min(0).max(400).optional(),
    unexcused: z.int().min(0).max(400).optional(),
    comment: z.string().max(1000).optional(),
    /** What the writer saw, of the fields he writes: where another value stands by now it is refused as `grades.changedMeanwhile` with both. */
    before: z.object({
      conduct: Conduct.nullable().optional(), conductYear: Conduct.nullable().optional(), excused: z.int().optional(), unexcused: z.int().optional(), comment: z.string().optional(),
    }).optional(),
  })).returns<{ savedAt: string }>(),
};
