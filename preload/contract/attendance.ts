import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id, SchoolYear, type PdfFile } from './common.ts';

export const DaySession = z.enum(['am', 'pm']);
export type DaySession = z.infer<typeof DaySession>;
/** P, with leave; K, without. */
export const AbsenceKind = z.enum(['excused', 'unexcused']);
export type AbsenceKind = z.infer<typeof AbsenceKind>;
/** yyyy-mm-dd */
const Day = z.iso.date();
/** yyyy-mm */
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export interface AbsenceCount {
  excused: number;
  unexcused: number;
}

/** How near a pupil is to the limit of 45 sessions; `over` cannot be promoted (TT 22/2021 Đ12). */
export type AbsenceWarning = 30 | 40 | 45 | 'over';

export interface AttendanceRow {
  enrolmentId: string;
  order: number;
  name: string;
  /** True when the pupil is no longer in the class; his days stay. */
  hasLeft: boolean;
  absences: { date: string; session: DaySession; kind: AbsenceKind; note: string }[];
  month: AbsenceCount;
  year: AbsenceCount;
  warning: AbsenceWarning | null;
}

export interface AttendancePlan {
  sessions: 1 | 2;
  mainSession: DaySession;
  /** Where the totals of the term records come from, by term. */
  sources: ['daily' | 'typed', 'daily' | 'typed'];
}

export interface AttendanceMonth {
  classId: string;
  className: string;
  year: string;
  month: string;
  plan: AttendancePlan;
  days: { date: string; isSchoolDay: boolean; called: DaySession[] }[];
  rows: AttendanceRow[];
  mayEdit: boolean;
}

export interface AttendanceDayClass {
  classId: string;
  className: string;
  grade: number;
  homeroom: string | null;
  pupils: number;
  plan: AttendancePlan;
  called: DaySession[];
  absent: { name: string; session: DaySession; kind: AbsenceKind }[];
}

export const attendance = {
  /** Every class on one day: who has called the roll, who is away. A teacher sees the classes he has to do with. */
  day: read('attendance.view', z.object({ year: SchoolYear, date: Day })).returns<{ date: string; isSchoolDay: boolean; classes: AttendanceDayClass[] }>(),
  month: read('attendance.view', z.object({ classId: Id, month: Month })).returns<AttendanceMonth>(),
  /** All or nothing. `before` is what the writer saw (null: present); a cell changed meanwhile is refused with both values. */
  save: write('attendance.edit', z.object({
    classId: Id,
    path: z.enum(['typed', 'pasted', 'undo']),
    changes: z.array(z.object({
      enrolmentId: Id, date: Day, session: DaySession, before: AbsenceKind.nullable(), after: AbsenceKind.nullable(), note: z.string().max(200).optional(),
    })).max(2000),
    /** Sessions whose roll was called with this save. */
    called: z.array(z.object({ date: Day, session: DaySession })).max(62).default([]),
  })).returns<{ savedAt: string }>(),
  setPlan: write('attendance.edit', z.object({
    classId: Id, sessions: z.union([z.literal(1), z.literal(2)]), mainSession: DaySession,
    sources: z.tuple([z.enum(['daily', 'typed']), z.enum(['daily', 'typed'])]), reason: z.string().max(300).optional(),
  })).returns<{ plan: AttendancePlan }>(),
  /** Pupils at 30 sessions and more, by class; never a ranking. */
  warnings: read('attendance.view', z.object({ year: SchoolYear }))
    .returns<{ rows: { enrolmentId: string; classId: string; className: string; name: string; count: AbsenceCount; warning: AbsenceWarning }[] }>(),
  /** The month's sheet of the class register. */
  printMonth: job('attendance.view', z.object({ classId: Id, month: Month })).returns<PdfFile>(),
};
