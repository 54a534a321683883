import { recordColumns as record, type Migration } from './migration.ts';

/** The life of a pupil at the school: how he came, what changed, how he left, and the numbered papers about it. */
export const movements: Migration = {
  name: '0080-movements',
  statements: [
    `create table movement (${record}, year text not null references school_year (year), person_id text references person (id),
      enrolment_id text references enrolment (id), class_id text references school_class (id),
      kind text not null check (kind in ('admission', 'transferIn', 'transferOut', 'leave', 'return', 'dropOut', 'repeat', 'completion')),
      state text not null check (state in ('open', 'done', 'refused', 'undone')), received_on text not null, happened_on text,
      decided_on text, handed_on text, expected_on text, other_school text not null, other_province text not null,
      is_same_province integer not null check (is_same_province in (0, 1)), regime text not null, reason_code text not null, note text not null,
      paper text not null, held_papers text not null, draft text not null, made_person integer not null check (made_person in (0, 1)),
      actor text not null, check (state <> 'done' or happened_on is not null)) strict`,
    'create index movement_person on movement (person_id)',
    'create index movement_year on movement (year, state)',
    `create table pupil_status (${record}, enrolment_id text not null references enrolment (id),
      status text not null check (status in ('studying', 'transferredIn', 'transferredOut', 'left')), code text not null,
      from_date text not null, reason text not null, paper text not null, movement_id text references movement (id)) strict`,
    'create index pupil_status_enrolment on pupil_status (enrolment_id, from_date)',
    `create table former_result (${record}, movement_id text not null references movement (id), subject text not null, term1 text not null,
      term2 text not null, year text not null) strict`,
    'create unique index former_result_subject on former_result (movement_id, subject) where cancelled = 0',
    `create table document_number (${record}, year integer not null, number integer not null check (number >= 1), symbol text not null,
      kind text not null, title text not null, receiver text not null, signer text not null, issued_on text not null,
      person_id text references person (id), movement_id text references movement (id), file_sha256 text, pages integer not null,
      state text not null check (state in ('issued', 'void')), void_reason text not null, unique (year, number),
      check ((state = 'void') = (void_reason <> ''))) strict`,
    'create index document_number_person on document_number (person_id)',
  ],
};
