import type { StaffStatus } from '../../preload/contract/staff.ts';
import { recordTable, type RecordColumns } from './base.ts';

export type Sex = 'male' | 'female' | 'unknown';

/** Someone, pupil or staff: who he is, apart from the codes he carries and the places he takes. */
export interface PersonTable extends RecordColumns {
  name: string;
  /** Folded for search and Vietnamese order: given name first, no marks. */
  sort_name: string;
  search_name: string;
  /** yyyy, yyyy-mm or yyyy-mm-dd. */
  birth: string;
  sex: Sex;
  ethnic_group: string;
  nationality: string;
  religion: string;
  personal_id: string;
  birth_place: string;
  home_town: string;
  address: string;
  commune: string;
  province: string;
  phone: string;
  email: string;
  policy_group: string;
  disability: string;
}

export interface GuardianTable extends RecordColumns {
  person_id: string;
  relation: 'father' | 'mother' | 'guardian';
  name: string;
  occupation: string;
  birth_year: string;
  phone: string;
  personal_id: string;
  email: string;
  /** Of a guardian: grandmother, uncle, … in words. */
  kinship: string;
}

/** `moet` by the ministry, `temporary` until that comes, `register` in the register of pupils (sổ đăng bộ), `vemis` by the older system. */
export type PupilCodeKind = 'moet' | 'local' | 'register' | 'vemis' | 'temporary';

/** A code by which some system knows a pupil; codes are text and never parsed. */
export interface PupilCodeTable extends RecordColumns {
  person_id: string;
  kind: PupilCodeKind;
  /** Of a register number: its book, see `RegisterEntryTable`; '' otherwise. */
  book: string;
  code: string;
  valid_from: string;
  /** Null while the code is in use. Of each kind and book a pupil has at most one in use. */
  valid_to: string | null;
}

export type EnrolmentStatus = 'studying' | 'transferredIn' | 'transferredOut' | 'left';

/** A pupil's place in a class for a year. */
export interface EnrolmentTable extends RecordColumns {
  person_id: string;
  class_id: string;
  year: string;
  roll: number;
  status: EnrolmentStatus;
  status_on: string;
  is_repeating: 0 | 1;
}

export interface StaffTable extends RecordColumns {
  person_id: string;
  code: string;
  position: string;
  /** One of `staffJobs`, or '' while nobody has said. */
  job: string;
  qualification: string;
  subjects: string;
  contract: string;
  /** As of now; how it came to be stands in `staff_status`. */
  status: StaffStatus;
}

export interface SchoolClassTable extends RecordColumns {
  year: string;
  code: string;
  name: string;
  grade: number;
  homeroom_staff_id: string | null;
}

/** Who teaches which subject in which class; a mid-year change closes one row and opens another. */
export interface AssignmentTable extends RecordColumns {
  class_id: string;
  subject: string;
  staff_id: string;
  from_date: string;
  /** The first day on which he does not teach it any more; null while no end is known. */
  to_date: string | null;
}

/** Somebody had a masked field shown to him. */
export interface SensitiveLookTable extends RecordColumns {
  person_id: string;
  field: string;
  actor: string;
}

export interface PeopleSchema {
  person: PersonTable;
  guardian: GuardianTable;
  pupil_code: PupilCodeTable;
  enrolment: EnrolmentTable;
  staff: StaffTable;
  school_class: SchoolClassTable;
  assignment: AssignmentTable;
  sensitive_look: SensitiveLookTable;
}

export const peopleTables = [
  recordTable('person', { personal: ['personal_id', 'ethnic_group', 'religion', 'disability', 'phone', 'address'] }),
  recordTable('guardian', { personal: ['phone', 'personal_id', 'email'] }),
  recordTable('pupil_code'),
  recordTable('enrolment'),
  recordTable('staff'),
  recordTable('school_class'),
  recordTable('assignment'),
  recordTable('sensitive_look', { sync: false }),
];
