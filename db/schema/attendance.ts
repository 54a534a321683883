import type { AbsenceKind, DaySession } from '../../preload/contract/attendance.ts';
import { recordTable, type RecordColumns } from './base.ts';

/** One pupil missing one session. Present is the absence of a row; taken back is a cancelled one. */
export interface AbsenceTable extends RecordColumns {
  enrolment_id: string;
  /** yyyy-mm-dd */
  date: string;
  session: DaySession;
  kind: AbsenceKind;
  note: string;
}

/** The roll of a class was called in a session: who has no absence was there. */
export interface RollCallTable extends RecordColumns {
  class_id: string;
  date: string;
  session: DaySession;
  actor: string;
}

/** How a class keeps its attendance. Without a row: one morning session, and the totals of the term are typed. */
export interface AttendancePlanTable extends RecordColumns {
  class_id: string;
  sessions: 1 | 2;
  main_session: DaySession;
  /** Where the totals of each term come from: counted from the days, or typed in the term record. */
  source1: AbsenceSource;
  source2: AbsenceSource;
}
export type AbsenceSource = 'daily' | 'typed';

export interface AttendanceSchema {
  absence: AbsenceTable;
  roll_call: RollCallTable;
  attendance_plan: AttendancePlanTable;
}

export const attendanceTables = [recordTable('absence'), recordTable('roll_call'), recordTable('attendance_plan')];
