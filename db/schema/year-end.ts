import { recordTable, type RecordColumns } from './base.ts';

/** `year`: the results before the summer (TT 22/2021 Đ18 k5); `final`: after re-assessment and training. */
export type ApprovalStage = 'year' | 'final';

/** The principal stands for the results of a class. Withdrawn approvals are cancelled rows. */
export interface YearApprovalTable extends RecordColumns {
  class_id: string;
  stage: ApprovalStage;
  approved_by: string;
  approved_at: string;
  /** Last journal row before the approval: everything it rests on stands at or before it. */
  journal_seq: number;
  /** SHA-256 over the canonical form of the results the stage fixes. */
  results_sha256: string;
}

/**
 * One value assessed again in the summer (TT 22/2021 Đ14; TT 27/2020 Đ11 k1). `part` is `year` for a secondary subject, the column of
 * the end-of-year sheet for a primary one (`muc`, `kt`, `pc1` …). Neither mark nor level: the pupil did not come.
 */
export interface ReassessmentTable extends RecordColumns {
  enrolment_id: string;
  subject: string;
  part: string;
  tenths: number | null;
  level: string | null;
  taken_on: string;
  /** The test paper or minutes, as the office files it. */
  paper: string;
}

/** Training in the summer holidays (TT 22/2021 Đ13), from the task to the new level of conduct. Dates are yyyy-mm-dd. */
export interface SummerTrainingTable extends RecordColumns {
  enrolment_id: string;
  task: string;
  informed_on: string | null;
  report_on: string | null;
  proposed_on: string | null;
  level: string | null;
  decision_no: string;
}

/**
 * What a person decided about one pupil where the circular leaves it open: TT 22/2021 Đ9 k3 read this way or that, a case without a rule, a
 * pupil without results, "tiêu biểu" (TT 27/2020 Đ13), promotion of one who did not complete the programme (Đ11 k3).
 */
export interface YearDecisionTable extends RecordColumns {
  enrolment_id: string;
  matter: string;
  value: string;
  reason: string;
  /** Name of whoever decided, and as what. */
  decided_by: string;
  role: string;
}

/** One passage from a year to the next; what it made stands in the journal between `first_seq` and `last_seq`. */
export interface RollOverTable extends RecordColumns {
  from_year: string;
  to_year: string;
  actor: string;
  classes: number;
  pupils: number;
  leavers: number;
  first_seq: number;
  last_seq: number;
  state: 'applied' | 'undone';
}

export interface YearEndSchema {
  year_approval: YearApprovalTable;
  reassessment: ReassessmentTable;
  summer_training: SummerTrainingTable;
  year_decision: YearDecisionTable;
  roll_over: RollOverTable;
}

export const yearEndTables = [
  recordTable('year_approval'),
  recordTable('reassessment'),
  recordTable('summer_training'),
  recordTable('year_decision'),
  recordTable('roll_over', { sync: false }),
];
