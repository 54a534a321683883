import { recordColumns as record, type Migration } from './migration.ts';

/** Levels of TT 22/2021 and of TT 58/2011, which word differs in the middle. */
const conduct = (column: string) => `${column} text check (${column} in ('T', 'K', 'D', 'CD', 'TB', 'Y'))`;
const learning = (column: string) => `${column} text check (${column} in ('T', 'K', 'D', 'CD', 'G', 'TB', 'Y', 'KEM'))`;
const overall = (column: string) => `${column} text check (${column} in ('HTXS', 'HTT', 'HT', 'CHT'))`;
const yesNo = (column: string) => `${column} integer check (${column} in (0, 1))`;
const passed = (column: string) => `${column} text check (${column} in ('D', 'CD'))`;
const tenths = (column: string) => `${column} integer check (${column} between 0 and 100)`;

/** The school, its people and classes, marks and results, papers, packages, and the journal of all that. */
export const records: Migration = {
  name: '0010-records',
  statements: [
    `create table journal (seq integer primary key not null, at text not null, actor text not null, device text not null, path text not null,
      tbl text not null, row_id text not null, version integer not null, event text not null check (event in ('NEW', 'UPDATE', 'CANCEL')),
      before text, after text, reason text, hash text not null, previous integer) strict`,
    `create index journal_row on journal (tbl, row_id, seq) where tbl <> 'mark'`,

    `create table school (${record}, code text not null, name text not null, levels text not null, superior text not null, commune text not null,
      province text not null, address text not null, phone text not null, is_demo integer not null) strict`,
    `create table school_year (${record}, year text not null unique, starts_on text not null, ends_on text not null, term2_from text not null,
      state text not null check (state in ('open', 'closed')), is_current integer not null) strict`,
    `create table setting (${record}, key text not null unique, value text not null) strict`,

    `create table account (${record}, user text not null unique, name text not null, role text not null, staff_id text references staff (id),
      password_hash text not null, state text not null) strict`,

    `create table person (${record}, name text not null, sort_name text not null, search_name text not null, birth text not null,
      sex text not null check (sex in ('male', 'female', 'unknown')), ethnic_group text not null, nationality text not null,
      religion text not null, personal_id text not null, birth_place text not null, home_town text not null, address text not null,
      commune text not null, province text not null, phone text not null, email text not null, policy_group text not null,
      disability text not null) strict`,
    `create index person_search on person (search_name)`,
    `create table guardian (${record}, person_id text not null references person (id),
      relation text not null check (relation in ('father', 'mother', 'guardian')), name text not null, occupation text not null,
      birth_year text not null, phone text not null, personal_id text not null, email text not null, kinship text not null) strict`,
    `create unique index guardian_relation on guardian (person_id, relation) where cancelled = 0`,
    `create table pupil_code (${record}, person_id text not null references person (id),
      kind text not null check (kind in ('moet', 'local', 'register', 'vemis', 'temporary')), book text not null, code text not null, valid_from text not null, valid_to text) strict`,
    `create unique index pupil_code_code on pupil_code (kind, book, code) where cancelled = 0`,
    `create unique index pupil_code_in_use on pupil_code (person_id, kind, book) where cancelled = 0 and valid_to is null`,
    `create index pupil_code_person on pupil_code (person_id)`,
    `create table staff (${record}, person_id text not null references person (id), code text not null, position text not null,
      job text not null, qualification text not null, subjects text not null, contract text not null, status text not null) strict`,
    `create unique index staff_code on staff (code) where cancelled = 0`,
    `create table school_class (${record}, year text not null references school_year (year), code text not null, name text not null,
      grade integer not null check (grade between 1 and 12), homeroom_staff_id text references staff (id)) strict`,
    `create unique index school_class_name on school_class (year, name) where cancelled = 0`,
    `create table enrolment (${record}, person_id text not null references person (id), class_id text not null references school_class (id),
      year text not null references school_year (year), roll integer not null,
      status text not null check (status in ('studying', 'transferredIn', 'transferredOut', 'left')), status_on text not null,
      is_repeating integer not null check (is_repeating in (0, 1))) strict`,
    `create unique index enrolment_person_year on enrolment (person_id, year) where cancelled = 0`,
    `create index enrolment_class on enrolment (class_id, roll)`,
    `create index enrolment_year on enrolment (year)`,
    `create table assignment (${record}, class_id text not null references school_class (id), subject text not null,
      staff_id text not null references staff (id), from_date text not null, to_date text) strict`,
    `create index assignment_class on assignment (class_id, subject)`,

    `create table sensitive_look (${record}, person_id text not null references person (id), field text not null, actor text not null) strict`,

    `create table grade_sheet (${record}, class_id text not null references school_class (id), subject text not null,
      rule_set text not null, kind text not null check (kind in ('score', 'comment', 'primary', 'traits')),
      term integer not null check (term between 1 and 4), ongoing integer not null check (ongoing between 0 and 9),
      periodic integer not null check (periodic between 0 and 9), periods integer not null,
      state text not null check (state in ('open', 'submitted', 'checked', 'locked', 'reopened')), state_reason text, reopened_until text,
      check ((state = 'reopened') = (reopened_until is not null))) strict`,
    `create unique index grade_sheet_place on grade_sheet (class_id, subject, term) where cancelled = 0`,
    `create table mark (sheet_id text not null references grade_sheet (id), enrolment_id text not null references enrolment (id),
      col text not null check (length(col) between 2 and 4),
      state text not null check (state in ('empty', 'score', 'level', 'zeroByRule')), ${tenths('tenths')}, level text check (level in ('D', 'CD', 'T', 'H', 'C')), reason text,
      version integer not null, device text not null, updated_at text not null, journal_seq integer not null,
      check ((state = 'score') = (tenths is not null)), check ((state = 'level') = (level is not null)),
      check (state <> 'zeroByRule' or reason is not null),
      primary key (sheet_id, enrolment_id, col)) strict, without rowid`,
    `create table subject_average (enrolment_id text not null references enrolment (id), subject text not null, ${tenths('term1')},
      ${tenths('term2')}, ${tenths('year')}, ${passed('level1')}, ${passed('level2')}, ${passed('level_year')},
      primary key (enrolment_id, subject)) strict, without rowid`,
    `create table term_record (${record}, enrolment_id text not null references enrolment (id), term integer not null check (term in (1, 2)),
      ${conduct('conduct')}, ${conduct('conduct_year')}, absent_excused integer not null check (absent_excused >= 0), absent_unexcused integer not null check (absent_unexcused >= 0),
      comment text not null, unique (enrolment_id, term)) strict`,
    `create table year_result (${record}, enrolment_id text not null unique references enrolment (id), rule_set text not null,
      ${learning('learning1')}, ${learning('learning2')}, ${learning('learning_year')}, ${learning('learning_final')}, ${conduct('conduct_year')},
      ${conduct('conduct_final')}, ${tenths('average1')}, ${tenths('average2')}, ${tenths('average_year')}, title1 text, title2 text,
      ${overall('overall_first')}, ${overall('overall')}, ${yesNo('completed_programme')}, ${yesNo('promoted')},
      absences integer not null, promotion_year text not null, promotion text not null, award text, flags text not null, computed_at text not null) strict`,

    `create table transcript (${record}, enrolment_id text not null references enrolment (id), paper_version integer not null,
      state text not null check (state in ('prepared', 'homeroomSigned', 'principalSigned', 'sealed', 'sent')), file_sha256 text not null,
      pages integer not null, template text not null, data_sha256 text not null, reason text) strict`,
    `create unique index transcript_paper on transcript (enrolment_id, paper_version)`,
    `create table transcript_signature (${record}, transcript_id text not null references transcript (id),
      role text not null check (role in ('homeroom', 'principal', 'seal')), signer text not null, certificate_sha256 text not null,
      signed_at text not null, timestamp text not null check (timestamp in ('granted', 'waiting', 'none')), file_before text not null,
      file_after text not null, unique (transcript_id, role)) strict`,
    `create table import_run (${record}, kind text not null, file_name text not null, file_sha256 text not null, actor text not null,
      rows integer not null, created integer not null, updated integer not null, unchanged integer not null, first_seq integer not null,
      last_seq integer not null, state text not null check (state in ('applied', 'undone'))) strict`,
    `create table package (${record}, sequence integer not null unique, file_name text not null, sha256 text not null, bytes integer not null,
      journal_from integer not null, journal_to integer not null, records integer not null, files integer not null,
      state text not null check (state in ('waiting', 'acknowledged')), receipt text, acknowledged_at text) strict`,
  ],
};
