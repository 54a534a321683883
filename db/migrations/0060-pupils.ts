import { recordColumns as record, type Migration } from './migration.ts';

const words = (...columns: string[]) => columns.map(column => `${column} text not null default ''`).join(', ');

/** What a school keeps of its pupils beyond identity, classes and marks. */
export const pupilRecords: Migration = {
  name: '0060-pupils',
  statements: [
    `create table pupil_profile (${record}, person_id text not null unique references person (id), ${words(
      'other_name', 'father_ethnic', 'mother_ethnic', 'birth_commune_code', 'birth_province_code', 'home_commune_code', 'home_province_code',
      'permanent_address', 'permanent_commune', 'permanent_district', 'permanent_province', 'permanent_commune_code', 'permanent_province_code',
      'district', 'commune_code', 'province_code', 'area', 'orphan', 'disability_degree', 'disability_unassessed', 'disability_paper', 'blood_group',
      'swims', 'pioneer', 'pioneer_on', 'union_member', 'union_on', 'universal_number', 'photo_sha256')}) strict`,
    `create table pupil_year (${record}, enrolment_id text not null unique references enrolment (id), ${words(
      'poor_household', 'hard_area', 'boarding', 'boarding_school', 'two_sessions', 'foreign_language1', 'foreign_language2', 'language_help',
      'ethnic_language', 'extra_vietnamese', 'teaching_aide', 'tuition_relief', 'study_support', 'lunch_support', 'money_support', 'rice_support',
      'housing_support', 'ministry_programme')}) strict`,
    `create table health_check (${record}, person_id text not null references person (id), measured_on text not null,
      height integer check (height between 300 and 2500), weight integer check (weight between 20 and 3000), eye_left text not null,
      eye_right text not null, note text not null) strict`,
    'create index health_check_person on health_check (person_id, measured_on)',
    `create table identity_paper (${record}, person_id text not null references person (id),
      kind text not null check (kind in ('1', '2', '3', '4', '5', '6', '7', '8')), number text not null, issued_on text not null,
      issued_at text not null) strict`,
    'create index identity_paper_person on identity_paper (person_id)',
    `create table pupil_document (${record}, person_id text not null references person (id), kind text not null, number text not null,
      issued_on text not null, file_name text not null, file_sha256 text not null, bytes integer not null,
      replaced_by text references pupil_document (id)) strict`,
    'create index pupil_document_person on pupil_document (person_id)',
    `create table register_entry (${record}, book text not null, number integer not null check (number >= 1),
      code_id text not null unique references pupil_code (id), unique (book, number)) strict`,
    `create table pupil_merge (${record}, kept_id text not null references person (id), gone_id text not null references person (id),
      first_seq integer not null, last_seq integer not null, state text not null check (state in ('merged', 'undone'))) strict`,
    'create index pupil_merge_kept on pupil_merge (kept_id)',
    'create index pupil_merge_gone on pupil_merge (gone_id)',
    `create table pupil_distinct (${record}, left_id text not null references person (id), right_id text not null references person (id),
      check (left_id < right_id), unique (left_id, right_id)) strict`,
    'create index sensitive_look_person on sensitive_look (person_id)',
  ],
};
