import { z } from 'zod';
import { job, read, write } from './base.ts';
import { FileBytes, Id, SchoolYear, type PdfFile } from './common.ts';
import { MarkColumn } from './grades.ts';

/** When the sector asks for numbers: đầu năm, giữa năm, cuối năm. */
export const statisticsPeriods = ['start', 'mid', 'end'] as const;
export const StatisticsPeriod = z.enum(statisticsPeriods);
export type StatisticsPeriod = z.infer<typeof StatisticsPeriod>;

/** By what pupils can be counted in a cross table. */
export const crossDimensions = [
  'grade', 'class', 'sex', 'ethnicGroup', 'minority', 'policyGroup', 'poorHousehold', 'disability', 'entry', 'age', 'status', 'commune', 'boarding', 'twoSessions',
] as const;
export const CrossDimension = z.enum(crossDimensions);
export type CrossDimension = z.infer<typeof CrossDimension>;

const Day = z.iso.date();
const Key = z.string().max(120);

export interface StatisticsColumn {
  key: string;
  title: string;
}

export interface StatisticsRow {
  key: string;
  title: string;
  /** 0 for a total, 1 for a part of it ("trong đó"). */
  indent: 0 | 1;
  /** In the order of the columns. */
  counts: number[];
}

export interface StatisticsSection {
  key: string;
  title: string;
  /** How it is counted, and from which records. */
  how: string;
  /** What a number is made of: pupils and staff can be listed, classes too. */
  of: 'pupils' | 'classes' | 'staff';
  columns: StatisticsColumn[];
  rows: StatisticsRow[];
}

export interface Statistics {
  year: string;
  period: StatisticsPeriod;
  /** The day the numbers are of, yyyy-mm-dd. */
  asOf: string;
  sections: StatisticsSection[];
}

/** Somebody or something that a number counts. */
export interface CountedMember {
  id: string;
  name: string;
  /** Class, or position. */
  detail: string;
  /** Birth date of a pupil. */
  birth: string;
  /** The record, where this person may open it. */
  route: string | null;
}

const CrossFilter = z.object({ by: CrossDimension, key: Key });
export const CrossQuestion = z.object({
  year: SchoolYear, asOf: Day, rows: CrossDimension, columns: CrossDimension, filters: z.array(CrossFilter).max(8).default([]),
});
export type CrossQuestion = z.infer<typeof CrossQuestion>;

export interface CrossTable {
  rows: { key: string; title: string; counts: number[]; total: number }[];
  columns: { key: string; title: string; total: number }[];
  total: number;
  /** What each dimension can be filtered by. */
  choices: Record<CrossDimension, { key: string; title: string }[]>;
}

export interface SnapshotLine {
  snapshotId: string;
  period: StatisticsPeriod;
  asOf: string;
  title: string;
  note: string;
  takenAt: string;
  by: string;
  sha256: string;
}

/** One number that is another now than when it was sent. */
export interface ChangedNumber {
  section: string;
  row: string;
  column: string;
  before: number;
  after: number;
}

/** A pupil who is counted elsewhere now, and the changes of his records since that say why. */
export interface ChangedMember {
  id: string;
  name: string;
  detail: string;
  route: string | null;
  /** Rows in which he was counted and is no longer, and the other way round. */
  left: string[];
  joined: string[];
  changes: { at: string; actor: string; what: string; before: string | null; after: string | null; reason: string | null }[];
}

export interface SnapshotDifference {
  numbers: ChangedNumber[];
  members: ChangedMember[];
}

/** What a paper or a workbook is made of. */
export const ReportChoice = z.discriminatedUnion('of', [
  z.object({ of: z.literal('statistics'), year: SchoolYear, period: StatisticsPeriod, asOf: Day }),
  z.object({ of: z.literal('snapshot'), snapshotId: Id }),
  z.object({ of: z.literal('difference'), snapshotId: Id }),
  z.object({ of: z.literal('cross'), question: CrossQuestion }),
  z.object({ of: z.literal('missing'), year: SchoolYear }),
]);
export type ReportChoice = z.infer<typeof ReportChoice>;

/** What is missing in one sheet up to one point of the year. */
export interface MissingSheet {
  sheetId: string;
  classId: string;
  className: string;
  grade: number;
  subject: string;
  subjectName: string;
  teacher: string | null;
  /** Point of the lock calendar: 1 giữa HK I, 2 cuối HK I, 3 giữa HK II, 4 cuối năm. */
  point: 1 | 2 | 3 | 4;
  missing: number;
  expected: number;
}

export interface MissingBoard {
  /** One per point and level that the calendar names; `dueOn` and `daysLeft` are null where the school set no day. */
  points: { point: 1 | 2 | 3 | 4; dueOn: string | null; daysLeft: number | null }[];
  sheets: MissingSheet[];
}

/** Marks of one class in one column: how many at each whole mark, how many of each level. No names. */
export interface ClassDistribution {
  classId: string;
  className: string;
  sheetId: string;
  pupils: number;
  /** Marks from 0 to 10: `wholes[8]` is how many lie from 8,0 to 8,9. Empty for a subject assessed by comments. */
  wholes: number[];
  /** Counts by level: of marks ≥ 8,0, 6,5–7,9, 5,0–6,4, 3,5–4,9, below; or Đ, CĐ, T, H, C. */
  levels: { key: string; count: number }[];
  missing: number;
}

export interface Distribution {
  subjectName: string;
  kind: 'score' | 'comment' | 'primary' | 'traits';
  columns: { column: string; title: string }[];
  classes: ClassDistribution[];
}

export const reports = {
  statistics: read('reports.view', z.object({ year: SchoolYear, period: StatisticsPeriod, asOf: Day })).returns<Statistics>(),
  statisticsMembers: read('reports.view', z.object({ year: SchoolYear, period: StatisticsPeriod, asOf: Day, section: Key, row: Key, column: Key })).returns<{ members: CountedMember[] }>(),
  cross: read('reports.view', CrossQuestion).returns<CrossTable>(),
  /** `row` and `column` null: the total of the other. */
  crossMembers: read('reports.view', z.object({ question: CrossQuestion, row: Key.nullable(), column: Key.nullable() })).returns<{ members: CountedMember[] }>(),
  snapshots: read('reports.view', z.object({ year: SchoolYear })).returns<{ snapshots: SnapshotLine[] }>(),
  /** Freezes the numbers of a period as they are now. */
  freeze: write('reports.freeze', z.object({ year: SchoolYear, period: StatisticsPeriod, asOf: Day, note: z.string().trim().max(300) })).returns<{ snapshotId: string }>(),
  snapshot: read('reports.view', z.object({ snapshotId: Id })).returns<{ line: SnapshotLine; statistics: Statistics }>(),
  /** What would be sent today on the same day of reference, beside what was. */
  difference: read('reports.view', z.object({ snapshotId: Id })).returns<SnapshotDifference>(),
  /** A teacher sees the sheets of his classes and subjects. */
  missing: read('grades.view', z.object({ year: SchoolYear })).returns<MissingBoard>(),
  /** Classes of a grade side by side in one subject, term and column (`average`: of the term). A teacher sees his own. */
  distribution: read('grades.view', z.object({
    year: SchoolYear, grade: z.int().min(1).max(12), subject: z.string().min(1).max(40), term: z.int().min(1).max(4), column: z.union([MarkColumn, z.literal('average')]),
  })).returns<Distribution>(),
  print: job('reports.view', ReportChoice).returns<PdfFile>(),
  workbook: job('reports.view', ReportChoice).returns<{ fileName: string; bytes: z.infer<typeof FileBytes> }>(),
};
