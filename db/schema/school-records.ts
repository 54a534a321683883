import type { ClassPost } from '../../preload/contract/class-fields.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import { recordTable, type RecordColumns } from './base.ts';

/** What the school says of itself, one row; a column for each field of `schoolFields` that is of the profile. */
export type SchoolProfileTable = RecordColumns & { school_id: string } & Record<SchoolProfileColumn, string>;

export type SchoolProfileColumn =
  | 'org_code' | 'ownership' | 'kind' | 'area' | 'region' | 'hard_region' | 'rank' | 'accreditation' | 'national_standard' | 'founded' | 'surface'
  | 'commune_code' | 'province_code' | 'district' | 'email' | 'fax' | 'website' | 'signer' | 'deputy_name' | 'principal_name' | 'principal_phone'
  | 'principal_email' | 'party_cell' | 'international' | 'disabled_pupils' | 'day_boarding' | 'full_boarding' | 'hard_area' | 'two_sessions'
  | 'sex_education' | 'life_skills' | 'vocational' | 'ordinary_classes' | 'counselling' | 'online_learning' | 'computers' | 'internet' | 'electricity'
  | 'clean_water' | 'separate_toilets' | 'hand_washing' | 'minimum_equipment' | 'disabled_access';

/** A code the school was known by before; codes are text and never parsed. */
export interface SchoolCodeTable extends RecordColumns {
  code: string;
  /** yyyy-mm-dd, or '' when it is not known since when. */
  valid_from: string;
  valid_to: string;
  reason: string;
}

/** A place of the school away from the main one (điểm trường). Distance in km and surface in m², as typed. */
export interface SatelliteTable extends RecordColumns {
  code: string;
  name: string;
  distance: string;
  transport: string;
  surface: string;
  address: string;
  phone: string;
}

export const roomKinds = ['classroom', 'subject', 'library', 'computer', 'hall', 'other'] as const;

export interface RoomTable extends RecordColumns {
  name: string;
  kind: (typeof roomKinds)[number];
  /** Null for the main place. */
  satellite_id: string | null;
  seats: string;
  surface: string;
}

/** A day that is not as the week says: a holiday, or a day made up for one. A level's own entry stands before the one for all (''). */
export interface CalendarDayTable extends RecordColumns {
  year: string;
  date: string;
  level: SchoolLevel | '';
  is_school: 0 | 1;
  name: string;
}

export type ClassProfileColumn =
  | 'two_sessions' | 'week_sessions' | 'specialised' | 'speciality' | 'branch' | 'vocational' | 'foreign_language1' | 'foreign_periods1' | 'foreign_language2'
  | 'foreign_periods2' | 'boarding' | 'boarding_kind' | 'disabled_pupils' | 'class_parents' | 'school_parents' | 'vietnamese_kit' | 'math_kit';

/** What a class says of itself; a class without a row has said nothing. */
export type ClassProfileTable = RecordColumns & Record<ClassProfileColumn, string> & {
  class_id: string;
  /** 1: its pupils wait to be placed in a class of their grade; it has no sheets. */
  is_waiting: 0 | 1;
  satellite_id: string | null;
  room_id: string | null;
  /** The class it is taught together with (lớp ghép); each of the two names the other. */
  partner_class_id: string | null;
};

/** What a pupil does in his class. `team` 0 is none. */
export interface ClassDutyTable extends RecordColumns {
  enrolment_id: string;
  class_id: string;
  team: number;
  post: ClassPost | '';
}

/** One pupil's way from a class to another of the same year; what was done together has one `act_id`. */
export interface ClassMoveTable extends RecordColumns {
  act_id: string;
  enrolment_id: string;
  from_class_id: string;
  to_class_id: string;
  from_roll: number;
  /** yyyy-mm-dd. */
  moved_on: string;
  note: string;
  actor: string;
  kind: 'moved' | 'placed';
  /** Marks that went along. */
  marks: number;
  /** What he did in the class he left. */
  team: number;
  post: ClassPost | '';
  state: 'done' | 'undone';
}

export interface SchoolRecordsSchema {
  school_profile: SchoolProfileTable;
  school_code: SchoolCodeTable;
  satellite: SatelliteTable;
  room: RoomTable;
  calendar_day: CalendarDayTable;
  class_profile: ClassProfileTable;
  class_duty: ClassDutyTable;
  class_move: ClassMoveTable;
}

export const schoolRecordsTables = [
  recordTable('school_profile'), recordTable('school_code'), recordTable('satellite'), recordTable('room'), recordTable('calendar_day'),
  recordTable('class_profile'), recordTable('class_duty'), recordTable('class_move'),
];
