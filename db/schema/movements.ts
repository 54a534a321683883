import type { MovementKind, MovementState, OfficePaper } from '../../preload/contract/movements.ts';
import { recordTable, type RecordColumns } from './base.ts';
import type { EnrolmentStatus } from './people.ts';

/** One thing that happens to a pupil's place at the school; a transfer is open from its application to its last step. Dates are yyyy-mm-dd. */
export interface MovementTable extends RecordColumns {
  year: string;
  /** Null until a pupil who transfers in is placed. */
  person_id: string | null;
  enrolment_id: string | null;
  class_id: string | null;
  kind: MovementKind;
  state: MovementState;
  /** When the application or the decision came to the office. */
  received_on: string;
  /** From when it holds; null while the case is open. */
  happened_on: string | null;
  decided_on: string | null;
  /** When the pupil's records were handed over, or came. */
  handed_on: string | null;
  /** Of a leave: when he is expected back. */
  expected_on: string | null;
  other_school: string;
  other_province: string;
  is_same_province: 0 | 1;
  /** `TransferRegime.code`; '' for what is no transfer. */
  regime: string;
  reason_code: string;
  note: string;
  /** Number of the decision or application it rests on. */
  paper: string;
  /** Papers the case has, by key, joined by ",". */
  held_papers: string;
  /** JSON: what is known of a pupil who has no record here yet. */
  draft: string;
  /** 1 when the act made the person: undoing takes him back too. */
  made_person: 0 | 1;
  actor: string;
}

/**
 * The status of a pupil in a year from a day on; `enrolment.status` follows in the same transaction. An enrolment without rows has had one
 * status since `status_on`.
 */
export interface PupilStatusTable extends RecordColumns {
  enrolment_id: string;
  status: EnrolmentStatus;
  /** Code of the national catalogue of statuses, '' where it has none. */
  code: string;
  from_date: string;
  reason: string;
  paper: string;
  movement_id: string | null;
}

/** What the former school had reached in a subject when the pupil left it, as its summary says; `LEARNING` and `CONDUCT` are overall. */
export interface FormerResultTable extends RecordColumns {
  movement_id: string;
  subject: string;
  term1: string;
  term2: string;
  year: string;
}

/** A number of the register of outgoing documents: one series from 1/1 to 31/12 without a gap (NĐ 30/2020 Đ15 k1). The database refuses the rest. */
export interface DocumentNumberTable extends RecordColumns {
  /** Calendar year. */
  year: number;
  number: number;
  /** What follows the number: "GXN-THCSHB". */
  symbol: string;
  kind: OfficePaper | 'other';
  title: string;
  receiver: string;
  signer: string;
  issued_on: string;
  person_id: string | null;
  movement_id: string | null;
  /** The paper in `files/`; null for a document made outside the program. */
  file_sha256: string | null;
  pages: number;
  state: 'issued' | 'void';
  void_reason: string;
}

export interface MovementsSchema {
  movement: MovementTable;
  pupil_status: PupilStatusTable;
  former_result: FormerResultTable;
  document_number: DocumentNumberTable;
}

export const movementsTables = [
  recordTable('movement', { personal: ['draft', 'note'] }),
  recordTable('pupil_status', { personal: ['reason'] }),
  recordTable('former_result'),
  recordTable('document_number', { sync: false }),
];
