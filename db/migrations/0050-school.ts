import { recordColumns as record, type Migration } from './migration.ts';

const words = (...columns: string[]) => columns.map(column => `${column} text not null default ''`).join(', ');

/** What the school says of itself, its places and days; what a class says of itself, who does what in it, and who came from where. */
export const schoolRecords: Migration = {
  name: '0050-school',
  statements: [
    `create table school_profile (${record}, school_id text not null unique references school (id), ${words(
      'org_code', 'ownership', 'kind', 'area', 'region', 'hard_region', 'rank', 'accreditation', 'national_standard', 'founded', 'surface', 'commune_code',
      'province_code', 'district', 'email', 'fax', 'website', 'signer', 'deputy_name', 'principal_name', 'principal_phone', 'principal_email', 'party_cell',
      'international', 'disabled_pupils', 'day_boarding', 'full_boarding', 'hard_area', 'two_sessions', 'sex_education', 'life_skills', 'vocational',
      'ordinary_classes', 'counselling', 'online_learning', 'computers', 'internet', 'electricity', 'clean_water', 'separate_toilets', 'hand_washing',
      'minimum_equipment', 'disabled_access')}) strict`,
    `create table school_code (${record}, code text not null, valid_from text not null, valid_to text not null, reason text not null) strict`,
    `create table satellite (${record}, code text not null, name text not null, distance text not null, transport text not null, surface text not null,
      address text not null, phone text not null) strict`,
    `create unique index satellite_name on satellite (name) where cancelled = 0`,
    `create table room (${record}, name text not null, kind text not null check (kind in ('classroom', 'subject', 'library', 'computer', 'hall', 'other')),
      satellite_id text references satellite (id), seats text not null, surface text not null) strict`,
    `create unique index room_name on room (name) where cancelled = 0`,
    `create table calendar_day (${record}, year text not null references school_year (year), date text not null,
      level text not null check (level in ('', 'tieu-hoc', 'thcs', 'thpt')), is_school integer not null check (is_school in (0, 1)), name text not null) strict`,
    `create unique index calendar_day_date on calendar_day (year, date, level) where cancelled = 0`,

    `create table class_profile (${record}, class_id text not null unique references school_class (id), is_waiting integer not null check (is_waiting in (0, 1)),
      satellite_id text references satellite (id), room_id text references room (id), partner_class_id text references school_class (id), ${words(
      'two_sessions', 'week_sessions', 'specialised', 'speciality', 'branch', 'vocational', 'foreign_language1', 'foreign_periods1', 'foreign_language2',
      'foreign_periods2', 'boarding', 'boarding_kind', 'disabled_pupils', 'class_parents', 'school_parents', 'vietnamese_kit', 'math_kit')}) strict`,
    `create table class_duty (${record}, enrolment_id text not null unique references enrolment (id), class_id text not null references school_class (id),
      team integer not null check (team between 0 and 12), post text not null) strict`,
    'create index class_duty_class on class_duty (class_id)',
    `create table class_move (${record}, act_id text not null, enrolment_id text not null references enrolment (id),
      from_class_id text not null references school_class (id), to_class_id text not null references school_class (id), from_roll integer not null,
      moved_on text not null, note text not null, actor text not null, kind text not null check (kind in ('moved', 'placed')),
      marks integer not null, team integer not null, post text not null, state text not null check (state in ('done', 'undone'))) strict`,
    'create index class_move_act on class_move (act_id)',
    'create index class_move_from on class_move (from_class_id)',
    'create index class_move_to on class_move (to_class_id)',

    `create table staff_profile (${record}, staff_id text not null references staff (id), ${words(
      'other_name', 'id_issued_on', 'id_issued_at', 'home_province', 'home_commune', 'position_group', 'rank', 'rank_code', 'recruited_on', 'recruited_by',
      'joined_on', 'social_insurance', 'tax_code', 'duties', 'note', 'salary_step', 'salary_factor', 'salary_from', 'seniority_allowance',
      'profession_allowance', 'position_allowance', 'second_subjects', 'weekly_norm', 'one_session', 'two_sessions', 'combined_class', 'disabled_class',
      'youth_work', 'life_skills', 'major', 'trained_at', 'training_form', 'graduated_in', 'other_qualification', 'political_theory',
      'management_training', 'state_management', 'pedagogy', 'foreign_language', 'foreign_level', 'foreign_certificate', 'computing', 'union_member',
      'party_member', 'party_on', 'party_official_on', 'trade_union')}) strict`,
    `create unique index staff_profile_staff on staff_profile (staff_id) where cancelled = 0`,
    `create table staff_status (${record}, staff_id text not null references staff (id),
      status text not null check (status in ('working', 'leave', 'moved', 'retired', 'left')), from_date text not null, note text not null, paper text not null) strict`,
    'create index staff_status_staff on staff_status (staff_id)',
    `create table staff_entry (${record}, staff_id text not null references staff (id),
      kind text not null check (kind in ('contract', 'training', 'course', 'language', 'appraisal', 'reward', 'discipline')),
      ${words('year', 'title', 'place', 'form', 'level', 'number', 'from_date', 'to_date', 'result')}) strict`,
    'create index staff_entry_staff on staff_entry (staff_id)',
    `create table staff_post (${record}, staff_id text not null references staff (id), year text not null references school_year (year), name text not null,
      periods integer not null check (periods between 0 and 999)) strict`,
    'create index staff_post_staff on staff_post (staff_id)',
  ],
};
