import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id, type PdfFile, SchoolYear } from './common.ts';

/** One subject of one class and who teaches it on the day asked for. */
export interface TeachingCell {
  subject: string;
  /** Lessons in the whole year, from the curriculum. */
  periods: number;
  staffId: string | null;
  /** The day from which it is so. */
  from: string | null;
  /** Teachers before and after, by day. */
  others: { staffId: string; from: string; to: string | null }[];
}

export interface TeachingClass {
  classId: string;
  name: string;
  grade: number;
  homeroomStaffId: string | null;
  cells: TeachingCell[];
}

/** Tenths of a weekly lesson throughout. */
export interface TeachingLoad {
  staffId: string;
  name: string;
  position: string;
  /** Codes of the subjects in the staff record. */
  subjects: string[];
  isWorking: boolean;
  homeroomOf: string[];
  posts: { postId: string; version: number; name: string; periods: number }[];
  lessons: number;
  /** Homeroom and posts, counted as lessons. */
  reduced: number;
  total: number;
  /** Null where nobody has said how many. */
  norm: number | null;
  state: 'under' | 'fit' | 'over' | 'unknown';
}

export interface TeachingView {
  year: string;
  /** The day for which it is told. */
  day: string;
  mayEdit: boolean;
  subjects: { subject: string; name: string; short: string }[];
  classes: TeachingClass[];
  loads: TeachingLoad[];
  /** Subjects of classes that nobody teaches. */
  missing: number;
  norms: TeachingNorms;
  /** The year before, when it has assignments to take over. */
  copyFrom: string | null;
}

const Tenths = z.int().min(0).max(999);
const ByLevel = z.object({ 'tieu-hoc': Tenths, thcs: Tenths, thpt: Tenths });
export const TeachingNorms = z.object({
  /** Teaching weeks of a year. */
  weeks: z.int().min(1).max(52),
  /** Lessons a week of a teacher, by level, in tenths. */
  teacher: ByLevel,
  /** What a homeroom counts for. */
  homeroom: ByLevel,
  principal: Tenths, vicePrincipal: Tenths,
  duties: z.array(z.object({ name: z.string().trim().min(1).max(80), periods: Tenths })).max(30),
});
/** `isConfirmed` is false while these are only what the program proposes. */
export type TeachingNorms = z.infer<typeof TeachingNorms> & { isConfirmed: boolean };

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const TeachingChange = z.object({ classId: Id, subject: z.string().min(1).max(20), staffId: Id.nullable() });
export type TeachingChange = z.infer<typeof TeachingChange>;

export interface PastedTeaching {
  changes: (TeachingChange & { className: string; subjectName: string; before: string | null; after: string })[];
  unchanged: number;
  /** Cells that name nobody, or several; `row` and `column` count from 1 in the block. */
  problems: { row: number; column: number; words: string; problem: 'class' | 'subject' | 'teacher' | 'teachers' | 'notTaught' }[];
}

/** The calls of `staff` about who teaches what. */
export const teachingCalls = {
  assignments: read('records.view', z.object({ year: SchoolYear, day: Day.optional() })).returns<TeachingView>(),
  /** From `from` on; the rows before end with that day. Null takes the teacher away. */
  assign: write('records.edit', z.object({
    changes: z.array(TeachingChange).min(1).max(2000), from: Day, reason: z.string().trim().max(300).optional(), path: z.enum(['typed', 'pasted', 'undo']).default('typed'),
  })).returns<{ changed: number }>(),
  /** Fills the empty places of a year from another: `class` keeps teachers with their pupils (6A → 7A), `name` with the class of that name. */
  copyAssignments: write('records.edit', z.object({ from: SchoolYear, to: SchoolYear, follow: z.enum(['class', 'name']) }))
    .returns<{ copied: number; skippedGone: number }>(),
  /** Reads a block from a spreadsheet: subjects in the first line, classes in the first column, teachers inside. Changes nothing. */
  readPasted: read('records.edit', z.object({ year: SchoolYear, text: z.string().min(1).max(200_000) })).returns<PastedTeaching>(),
  printAssignments: job('records.view', z.object({ year: SchoolYear })).returns<PdfFile>(),
  saveNorms: write('system.manage', z.object({ norms: TeachingNorms })).returns<{ saved: true }>(),
  addPost: write('records.edit', z.object({ staffId: Id, year: SchoolYear, name: z.string().trim().min(1).max(80), periods: Tenths })).returns<{ postId: string }>(),
  cancelPost: write('records.edit', z.object({ postId: Id, version: z.int(), reason: z.string().trim().min(3).max(300) })).returns<{ cancelled: true }>(),
};
