import type { StaffEntryKind } from '../../preload/contract/staff-fields.ts';
import type { StaffStatus } from '../../preload/contract/staff.ts';
import { recordTable, type RecordColumns } from './base.ts';

export type StaffProfileColumn =
  | 'other_name' | 'id_issued_on' | 'id_issued_at' | 'home_province' | 'home_commune' | 'position_group' | 'rank' | 'rank_code' | 'recruited_on' | 'recruited_by'
  | 'joined_on' | 'social_insurance' | 'tax_code' | 'duties' | 'note' | 'salary_step' | 'salary_factor' | 'salary_from' | 'seniority_allowance'
  | 'profession_allowance' | 'position_allowance' | 'second_subjects' | 'weekly_norm' | 'one_session' | 'two_sessions' | 'combined_class' | 'disabled_class'
  | 'youth_work' | 'life_skills' | 'major' | 'trained_at' | 'training_form' | 'graduated_in' | 'other_qualification' | 'political_theory'
  | 'management_training' | 'state_management' | 'pedagogy' | 'foreign_language' | 'foreign_level' | 'foreign_certificate' | 'computing' | 'union_member'
  | 'party_member' | 'party_on' | 'party_official_on' | 'trade_union';

/** What the school keeps of a member of staff beyond who he is and his post. Every value is text; '' is not recorded, flags are '1' and '0'. */
export type StaffProfileTable = RecordColumns & Record<StaffProfileColumn, string> & { staff_id: string };

/** How somebody stood to the school, from a day on. */
export interface StaffStatusTable extends RecordColumns {
  staff_id: string;
  status: StaffStatus;
  from_date: string;
  note: string;
  /** Number of the decision. */
  paper: string;
}

/** One line of what a person gathers: contracts, training, appraisals, rewards …; which columns it uses follows from `kind`. */
export interface StaffEntryTable extends RecordColumns {
  staff_id: string;
  kind: StaffEntryKind;
  year: string;
  title: string;
  place: string;
  form: string;
  level: string;
  number: string;
  from_date: string;
  to_date: string;
  result: string;
}

/** A duty beside teaching that counts as lessons: tenths a week, within one school year. */
export interface StaffPostTable extends RecordColumns {
  staff_id: string;
  year: string;
  name: string;
  periods: number;
}

export interface StaffSchema {
  staff_profile: StaffProfileTable;
  staff_status: StaffStatusTable;
  staff_entry: StaffEntryTable;
  staff_post: StaffPostTable;
}

export const staffTables = [
  recordTable('staff_profile', { personal: ['social_insurance', 'tax_code', 'salary_step', 'salary_factor'] }),
  recordTable('staff_status'),
  recordTable('staff_entry'),
  recordTable('staff_post'),
];
