import type { Migration } from './migration.ts';

const record = `id text primary key not null, version integer not null check (version >= 1), device text not null, created_at text not null,
  updated_at text not null, cancelled integer not null default 0 check (cancelled in (0, 1))`;
const commentKind = `kind text not null check (kind in ('subject', 'conduct', 'qualities', 'coreCompetences', 'specificCompetences'))`;

/** Second readings, comments and phrases, notes on warnings. */
const notes: readonly string[] = [
  `create table second_reading (${record}, sheet_id text not null references grade_sheet (id), kind text not null check (kind in ('aloud', 'blind')),
    columns text not null, reader text not null, partner text not null, state text not null check (state in ('reading', 'settling', 'done', 'dropped')),
    cells integer not null, differences integer not null, finished_at text) strict`,
  `create index second_reading_sheet on second_reading (sheet_id)`,
  `create unique index second_reading_open on second_reading (sheet_id) where state in ('reading', 'settling') and cancelled = 0`,
  `create table second_reading_cell (${record}, reading_id text not null references second_reading (id),
    enrolment_id text not null references enrolment (id), col text not null, first_value text, second_value text not null,
    outcome text not null check (outcome in ('read', 'same', 'different', 'kept', 'taken')), settled_by text, unique (reading_id, enrolment_id, col)) strict`,
  `create table subject_comment (${record}, sheet_id text not null references grade_sheet (id), enrolment_id text not null references enrolment (id),
    ${commentKind}, comment text not null, is_seen integer not null check (is_seen in (0, 1)), unique (sheet_id, enrolment_id, kind)) strict`,
  `create index subject_comment_enrolment on subject_comment (enrolment_id)`,
  `create table comment_phrase (${record}, owner text, subject text not null, ${commentKind}, low integer, high integer, level text,
    phrase text not null, search_phrase text not null) strict`,
  `create table sheet_warning_note (${record}, sheet_id text not null references grade_sheet (id), warning text not null, note text not null,
    actor text not null, unique (sheet_id, warning)) strict`,
];

export const gradebook: Migration = {
  name: '0030-gradebook',
  statements: [...notes],
};
