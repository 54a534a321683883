import { recordColumns, type Migration } from './migration.ts';

const commentKind = `kind text not null check (kind in ('subject', 'conduct', 'qualities', 'coreCompetences', 'specificCompetences'))`;

/** Second readings, comments and phrases, notes on warnings. */
const notes: readonly string[] = [
  `create table second_reading (${recordColumns}, sheet_id text not null references grade_sheet (id), kind text not null check (kind in ('aloud', 'blind')),
    columns text not null, reader text not null, partner text not null, state text not null check (state in ('reading', 'settling', 'done', 'dropped')),
    cells integer not null, differences integer not null, finished_at text) strict`,
  `create index second_reading_sheet on second_reading (sheet_id)`,
  `create unique index second_reading_open on second_reading (sheet_id) where state in ('reading', 'settling') and cancelled = 0`,
  `create table second_reading_cell (${recordColumns}, reading_id text not null references second_reading (id),
    enrolment_id text not null references enrolment (id), col text not null, first_value text, second_value text not null,
    outcome text not null check (outcome in ('read', 'same', 'different', 'kept', 'taken')), settled_by text, unique (reading_id, enrolment_id, col)) strict`,
  `create table subject_comment (${recordColumns}, sheet_id text not null references grade_sheet (id), enrolment_id text not null references enrolment (id),
    ${commentKind}, comment text not null, is_seen integer not null check (is_seen in (0, 1)), unique (sheet_id, enrolment_id, kind)) strict`,
  `create index subject_comment_enrolment on subject_comment (enrolment_id)`,
  `create table comment_phrase (${recordColumns}, owner text, subject text not null, ${commentKind}, low integer, high integer, level text,
    phrase text not null, search_phrase text not null) strict`,
  `create table sheet_warning_note (${recordColumns}, sheet_id text not null references grade_sheet (id), warning text not null, note text not null,
    actor text not null, unique (sheet_id, warning)) strict`,
];

/** Mark sheets handed out as workbooks, and cells for which two people had different values. */
const exchange: readonly string[] = [
  `create table mark_sheet_issue (${recordColumns}, sheet_id text not null references grade_sheet (id), number integer not null check (number >= 1),
    code text not null unique, issued_by text not null, issued_for text not null, journal_seq integer not null, content_sha256 text not null,
    returns text not null, unique (sheet_id, number)) strict`,
  `create table mark_conflict (${recordColumns}, sheet_id text not null references grade_sheet (id), enrolment_id text not null references enrolment (id),
    col text not null, seen text not null, stored text not null, stored_by text not null, stored_at text not null, offered text not null,
    offered_by text not null, offered_path text not null check (offered_path in ('typed', 'pasted', 'undo', 'imported')), source text not null,
    state text not null check (state in ('open', 'settled')), choice text check (choice in ('stored', 'offered')), settled_by text, settled_at text,
    check ((state = 'settled') = (choice is not null and settled_by is not null and settled_at is not null))) strict`,
  `create unique index mark_conflict_open on mark_conflict (sheet_id, enrolment_id, col, offered_by) where state = 'open' and cancelled = 0`,
];

const columnGroup = `column_group text check (column_group in ('ongoing', 'mid', 'final'))`;
const sheetState = (column: string) => `${column} text not null check (${column} in ('open', 'submitted', 'checked', 'locked', 'reopened'))`;
const sheet = 'sheet_id text not null references grade_sheet (id)';
const pupil = 'enrolment_id text not null references enrolment (id)';

/** Steps of a sheet, locks by scope and by calendar, requests after the lock, seals. */
const locks: readonly string[] = [
  `create table sheet_step (${recordColumns}, ${sheet}, ${sheetState('from_state')}, ${sheetState('to_state')}, actor text not null,
    actor_name text not null, reason text, until text, scope text) strict`,
  `create index sheet_step_sheet on sheet_step (sheet_id)`,
  `create table sheet_opening (${recordColumns}, ${sheet}, enrolment_id text references enrolment (id), col text, until text not null,
    kind text not null check (kind in ('reopened', 'request'))) strict`,
  `create index sheet_opening_sheet on sheet_opening (sheet_id) where cancelled = 0`,
  `create table lock_rule (${recordColumns}, year text not null references school_year (year), grade integer, class_id text references school_class (id),
    subject text, term integer check (term between 1 and 4), ${columnGroup}, from_at text not null, reason text not null, made_by text not null) strict`,
  `create index lock_rule_year on lock_rule (year) where cancelled = 0`,
  `create table lock_calendar (${recordColumns}, year text not null references school_year (year), level text check (level in ('tieu-hoc', 'thcs', 'thpt')),
    point integer not null check (point between 1 and 4), opens_on text, due_on text, locks_at text, made_by text not null) strict`,
  `create unique index lock_calendar_point on lock_calendar (year, point, coalesce(level, '')) where cancelled = 0`,
  `create table effective_lock (place text not null, source_id text not null, col_group text not null, from_at text not null,
    source text not null check (source in ('rule', 'calendar')), primary key (place, source_id, col_group)) strict, without rowid`,
  `create index effective_lock_source on effective_lock (source_id)`,
  `create table change_request (${recordColumns}, ${sheet}, reason text not null, evidence_name text, evidence_sha256 text, asked_by text not null,
    asked_name text not null, opinion text check (opinion in ('agree', 'disagree')), opinion_note text, opinion_by text, opinion_at text,
    state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn')), decided_by text, decided_at text, decision_note text,
    check ((evidence_name is null) = (evidence_sha256 is null))) strict`,
  `create index change_request_sheet on change_request (sheet_id)`,
  `create index change_request_waiting on change_request (state) where state = 'waiting'`,
  `create table change_request_cell (${recordColumns}, request_id text not null references change_request (id), ${pupil}, col text not null,
    before text not null, after text not null, unique (request_id, enrolment_id, col)) strict`,
  `create table sheet_seal (${recordColumns}, ${sheet}, cause text not null check (cause in ('locked', 'request')), journal_seq integer not null,
    sealed_at text not null, sealed_by text not null, hash text not null check (length(hash) = 64), content text not null) strict`,
  `create index sheet_seal_sheet on sheet_seal (sheet_id)`,
  `create table correction (${recordColumns}, ${sheet}, ${pupil}, col text not null, seal_id text not null references sheet_seal (id),
    before text, after text) strict`,
  `create index correction_pupil on correction (enrolment_id)`,
  `create index correction_sheet on correction (sheet_id)`,
];

export const gradebook: Migration = {
  name: '0030-gradebook',
  statements: [...exchange, ...notes, ...locks],
};
