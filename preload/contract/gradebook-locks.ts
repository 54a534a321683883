import { z } from 'zod';
import { read, write } from './base.ts';
import { Id, SchoolYear } from './common.ts';
import { schoolLevels, type SchoolLevel } from './school.ts';

/** Columns that are locked together: ongoing marks; mid-term mark or tests of a period; the end of the term and everything of primary sheets. */
export const columnGroups = ['ongoing', 'mid', 'final'] as const;
export type ColumnGroup = (typeof columnGroups)[number];

/** The points of the year that the calendar knows (Phụ lục 2): 1 giữa HK I, 2 cuối HK I, 3 giữa HK II, 4 cuối năm. */
export const CalendarPoint = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type CalendarPoint = z.infer<typeof CalendarPoint>;

const Day = z.iso.date();

export interface LockRuleView {
  ruleId: string;
  version: number;
  grade: number | null;
  classId: string | null;
  className: string | null;
  subject: string | null;
  subjectName: string | null;
  term: number | null;
  columns: ColumnGroup | null;
  fromAt: string;
  reason: string;
  by: string;
  isInForce: boolean;
  /** Sheets it reaches. */
  sheets: number;
}

export interface CalendarEntry {
  /** Null is the rule for every level; a level's own entry stands before it. */
  level: SchoolLevel | null;
  point: CalendarPoint;
  /** Marks are expected from this day; dates are those of the school. */
  opensOn: string | null;
  dueOn: string | null;
  /** The minute from which nothing is written any more. */
  locksAt: string | null;
  version: number;
}

export const lockCalls = {
  lockRules: read('grades.view', z.object({ year: SchoolYear })).returns<{ rules: LockRuleView[]; mayChange: boolean }>(),
  addLockRule: write('grades.lock', z.object({
    year: SchoolYear, grade: z.int().min(1).max(12).nullable(), classId: Id.nullable(), subject: z.string().max(20).nullable(),
    term: z.int().min(1).max(4).nullable(), columns: z.enum(columnGroups).nullable(),
    /** Null is now. */
    fromAt: z.iso.datetime().nullable(), reason: z.string().trim().min(3).max(300),
  })).returns<{ ruleId: string; sheets: number }>(),
  withdrawLockRule: write('grades.lock', z.object({ ruleId: Id, version: z.int(), reason: z.string().trim().min(3).max(300) })).returns<{ withdrawn: true }>(),
  calendar: read('grades.view', z.object({ year: SchoolYear })).returns<{ entries: CalendarEntry[]; levels: SchoolLevel[]; startsOn: string; endsOn: string; mayChange: boolean }>(),
  /** One point of one level; all three empty takes a level's own entry back. `version` is null for a new one. */
  saveCalendarEntry: write('grades.lock', z.object({
    year: SchoolYear, level: z.enum(schoolLevels).nullable(), point: CalendarPoint, opensOn: Day.nullable(), dueOn: Day.nullable(),
    locksAt: z.iso.datetime().nullable(), version: z.int().nullable(),
  })).returns<{ saved: true }>(),
};
