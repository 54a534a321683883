import { recordTable, type RecordColumns } from './base.ts';

export type ProfileColumn =
  | 'other_name' | 'father_ethnic' | 'mother_ethnic' | 'birth_commune_code' | 'birth_province_code' | 'home_commune_code' | 'home_province_code'
  | 'permanent_address' | 'permanent_commune' | 'permanent_district' | 'permanent_province' | 'permanent_commune_code' | 'permanent_province_code'
  | 'district' | 'commune_code' | 'province_code' | 'area' | 'orphan' | 'disability_degree' | 'disability_unassessed' | 'disability_paper' | 'blood_group'
  | 'swims' | 'pioneer' | 'pioneer_on' | 'union_member' | 'union_on' | 'universal_number';

/** What the school keeps of a pupil beyond who he is. Every value is text; '' is not recorded, flags are '1' and '0'. */
export type PupilProfileTable = RecordColumns & Record<ProfileColumn, string> & {
  person_id: string;
  /** The photo's name in `files/`, or ''. */
  photo_sha256: string;
};

export type PupilYearColumn =
  | 'poor_household' | 'hard_area' | 'boarding' | 'boarding_school' | 'two_sessions' | 'foreign_language1' | 'foreign_language2' | 'language_help'
  | 'ethnic_language' | 'extra_vietnamese' | 'teaching_aide' | 'tuition_relief' | 'study_support' | 'lunch_support' | 'money_support' | 'rice_support'
  | 'housing_support' | 'ministry_programme';

/** What the national database asks of a pupil anew each year; one row per enrolment. */
export type PupilYearTable = RecordColumns & Record<PupilYearColumn, string> & { enrolment_id: string };

/** One measurement of a pupil's health. Tenths of a centimetre and of a kilogram; null is not measured. */
export interface HealthCheckTable extends RecordColumns {
  person_id: string;
  /** yyyy-mm-dd. */
  measured_on: string;
  height: number | null;
  weight: number | null;
  eye_left: string;
  eye_right: string;
  note: string;
}

/** A paper that proves who somebody is; `kind` is the national database's number 1–8. */
export interface IdentityPaperTable extends RecordColumns {
  person_id: string;
  kind: string;
  number: string;
  issued_on: string;
  issued_at: string;
}

/** A document of a pupil kept as a file. Replacing it makes a new row and leaves the old one readable. */
export interface PupilDocumentTable extends RecordColumns {
  person_id: string;
  kind: string;
  number: string;
  issued_on: string;
  file_name: string;
  file_sha256: string;
  bytes: number;
  /** The document that stands in its place, or null. */
  replaced_by: string | null;
}

/** A number of the register of pupils (sổ đăng bộ). In each book they run without a gap and never change: the database refuses the rest. */
export interface RegisterEntryTable extends RecordColumns {
  /** '' for one book of the whole school, else the level. */
  book: string;
  number: number;
  code_id: string;
}

/** Two records of one pupil that became one; the journal rows from `first_seq` to `last_seq` say what that changed. */
export interface PupilMergeTable extends RecordColumns {
  kept_id: string;
  gone_id: string;
  first_seq: number;
  last_seq: number;
  state: 'merged' | 'undone';
}

/** Two pupils somebody looked at and found to be two. `left_id` < `right_id`. */
export interface PupilDistinctTable extends RecordColumns {
  left_id: string;
  right_id: string;
}

export interface PupilsSchema {
  pupil_profile: PupilProfileTable;
  pupil_year: PupilYearTable;
  health_check: HealthCheckTable;
  identity_paper: IdentityPaperTable;
  pupil_document: PupilDocumentTable;
  register_entry: RegisterEntryTable;
  pupil_merge: PupilMergeTable;
  pupil_distinct: PupilDistinctTable;
}

export const pupilsTables = [
  recordTable('pupil_profile', { personal: ['disability_degree', 'disability_paper', 'orphan', 'blood_group'] }),
  recordTable('pupil_year', { personal: ['poor_household'] }),
  recordTable('health_check', { personal: ['height', 'weight', 'eye_left', 'eye_right', 'note'] }),
  recordTable('identity_paper', { personal: ['number'] }),
  recordTable('pupil_document', { sync: false }),
  recordTable('register_entry'),
  recordTable('pupil_merge', { sync: false }),
  recordTable('pupil_distinct', { sync: false }),
];
