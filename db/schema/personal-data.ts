import type { ConsentAnswer, ConsentGiver, LegalBasis, RequestKind, RequestState } from '../../preload/contract/personal-data.ts';
import { recordTable, type RecordColumns } from './base.ts';

/** Why the school keeps and uses personal data: one row of the register of processing purposes. */
export interface ProcessingPurposeTable extends RecordColumns {
  /** A proposal of the program's (`pupils`, `photos` …), or '' for one of the school's own. */
  key: string;
  name: string;
  basis: LegalBasis;
  /** The article, decision or contract it rests on, in words. */
  basis_note: string;
  categories: string;
  receivers: string;
  retention: string;
  is_sensitive: 0 | 1;
  /** Of a consent: the pupil himself is asked too, once he is old enough. */
  asks_child: 0 | 1;
  /** The account of who last said that the row is right; '' for a proposal nobody has looked at. */
  confirmed_by: string;
  /** yyyy-mm-dd, or ''. */
  confirmed_on: string;
}

/** One answer of a family to one purpose. Rows are only added; the latest that is not taken back is in force. */
export interface ConsentTable extends RecordColumns {
  purpose_id: string;
  person_id: string;
  answer: ConsentAnswer;
  given_by: ConsentGiver;
  giver_name: string;
  /** yyyy-mm-dd. */
  happened_on: string;
  note: string;
  file_name: string;
  /** The signed paper in `files/`, or ''. */
  file_sha256: string;
  actor: string;
}

/** Somebody asks about his data, or his child's. Numbered from 1 in each calendar year. */
export interface PersonRequestTable extends RecordColumns {
  year: number;
  number: number;
  kind: RequestKind;
  /** Null when the person is not, or not yet, found among the records. */
  person_id: string | null;
  subject_name: string;
  requester: string;
  relation: 'self' | 'guardian' | 'other';
  contact: string;
  content: string;
  received_on: string;
  acknowledge_by: string;
  acknowledged_on: string | null;
  due_on: string;
  extension_reason: string;
  state: RequestState;
  answer: string;
  answered_on: string | null;
  file_name: string;
  file_sha256: string;
  answer_file_name: string;
  answer_file_sha256: string;
  actor: string;
}

/** Personal data was lost, seen or changed by somebody who should not have. Instants are RFC 3339. */
export interface PersonalIncidentTable extends RecordColumns {
  year: number;
  number: number;
  discovered_at: string;
  /** When it must have been reported, by the setting of the day it was entered. */
  report_by: string;
  happened: string;
  categories: string;
  /** Persons concerned, as far as known. */
  people_count: number;
  measures: string;
  reported_at: string | null;
  reported_to: string;
  /** Why it was not reported, when it was closed without. */
  unreported_reason: string;
  /** When the persons concerned were told, yyyy-mm-dd. */
  told_on: string | null;
  state: 'open' | 'closed';
  actor: string;
}

export interface PersonalDataSchema {
  processing_purpose: ProcessingPurposeTable;
  consent: ConsentTable;
  person_request: PersonRequestTable;
  personal_incident: PersonalIncidentTable;
}

export const personalDataTables = [
  recordTable('processing_purpose', { sync: false }),
  recordTable('consent', { sync: false, personal: ['giver_name', 'note'] }),
  recordTable('person_request', { sync: false, personal: ['requester', 'contact', 'content', 'answer'] }),
  recordTable('personal_incident', { sync: false, personal: ['happened'] }),
];
