import type { ColumnGroup } from '../../preload/contract/gradebook-locks.ts';
import type { RequestState } from '../../preload/contract/gradebook-requests.ts';
import type { MarkColumn, SheetState } from '../../preload/contract/grades.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import { recordTable, type RecordColumns } from './base.ts';

/** One step of a sheet; its time is `created_at`. */
export interface SheetStepTable extends RecordColumns {
  sheet_id: string;
  from_state: SheetState;
  to_state: SheetState;
  actor: string;
  /** Empty when the sheet locked by itself. */
  actor_name: string;
  reason: string | null;
  /** For `reopened`: RFC 3339 in UTC, and what was reopened in words (null: the whole sheet). */
  until: string | null;
  scope: string | null;
}

/** Cells of a sheet that is not open in which may be written until a time: reopened by the principal, or for the moment of an approved request. */
export interface SheetOpeningTable extends RecordColumns {
  sheet_id: string;
  enrolment_id: string | null;
  col: MarkColumn | null;
  until: string;
  kind: 'reopened' | 'request';
}

/** A lock by scope: every column that is null reaches all. Withdrawn by cancelling. */
export interface LockRuleTable extends RecordColumns {
  year: string;
  grade: number | null;
  class_id: string | null;
  subject: string | null;
  term: number | null;
  column_group: ColumnGroup | null;
  from_at: string;
  reason: string;
  made_by: string;
}

/** A point of the year's calendar (Phụ lục 2). `level` null holds for every level without an entry of its own. */
export interface LockCalendarTable extends RecordColumns {
  year: string;
  level: SchoolLevel | null;
  point: 1 | 2 | 3 | 4;
  opens_on: string | null;
  due_on: string | null;
  locks_at: string | null;
  made_by: string;
}

/**
 * Which lock reaches which sheet, and which class and term (`place` is `<class>/<term>`); kept by triggers from the two tables above, so that
 * a mark costs one look by key. Derived: never journalled.
 */
export interface EffectiveLockTable {
  place: string;
  source_id: string;
  col_group: ColumnGroup | '';
  from_at: string;
  source: 'rule' | 'calendar';
}

export interface ChangeRequestTable extends RecordColumns {
  sheet_id: string;
  reason: string;
  evidence_name: string | null;
  evidence_sha256: string | null;
  asked_by: string;
  asked_name: string;
  opinion: 'agree' | 'disagree' | null;
  opinion_note: string | null;
  opinion_by: string | null;
  opinion_at: string | null;
  state: RequestState;
  decided_by: string | null;
  decided_at: string | null;
  decision_note: string | null;
}

/** Values are `MarkValue`s as JSON. */
export interface ChangeRequestCellTable extends RecordColumns {
  request_id: string;
  enrolment_id: string;
  col: MarkColumn;
  before: string;
  after: string;
}

/** What stood in a sheet when it was locked. The journal keeps the hash; the content lies here only. */
export interface SheetSealTable extends RecordColumns {
  sheet_id: string;
  cause: 'locked' | 'request';
  journal_seq: number;
  sealed_at: string;
  sealed_by: string;
  hash: string;
  /** Canonical JSON (RFC 8785); SHA-256 of it is the hash. */
  content: string;
}

/** A mark of a sealed sheet that was changed afterwards, as the paper rule counts corrections. Values as printed. */
export interface CorrectionTable extends RecordColumns {
  sheet_id: string;
  enrolment_id: string;
  col: MarkColumn;
  seal_id: string;
  before: string | null;
  after: string | null;
}

export interface GradebookSchema {
  sheet_step: SheetStepTable;
  sheet_opening: SheetOpeningTable;
  lock_rule: LockRuleTable;
  lock_calendar: LockCalendarTable;
  effective_lock: EffectiveLockTable;
  change_request: ChangeRequestTable;
  change_request_cell: ChangeRequestCellTable;
  sheet_seal: SheetSealTable;
  correction: CorrectionTable;
}

export const gradebookTables = [
  recordTable('sheet_step'), recordTable('sheet_opening'), recordTable('lock_rule'), recordTable('lock_calendar'), recordTable('change_request'),
  recordTable('change_request_cell'), recordTable('sheet_seal', { secret: ['content'] }), recordTable('correction'),
];
