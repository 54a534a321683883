import { recordColumns as record, type Migration } from './migration.ts';

export const yearEnd: Migration = {
  name: '0070-year-end',
  statements: [
    `create table year_approval (${record}, class_id text not null references school_class (id),
      stage text not null check (stage in ('year', 'final')), approved_by text not null, approved_at text not null,
      journal_seq integer not null, results_sha256 text not null) strict`,
    `create unique index year_approval_stage on year_approval (class_id, stage) where cancelled = 0`,
    `create table reassessment (${record}, enrolment_id text not null references enrolment (id), subject text not null, part text not null,
      tenths integer check (tenths between 0 and 100), level text, taken_on text not null, paper text not null,
      check (tenths is null or level is null)) strict`,
    `create unique index reassessment_part on reassessment (enrolment_id, subject, part) where cancelled = 0`,
    `create table summer_training (${record}, enrolment_id text not null references enrolment (id), task text not null, informed_on text,
      report_on text, proposed_on text, level text, decision_no text not null) strict`,
    `create unique index summer_training_pupil on summer_training (enrolment_id) where cancelled = 0`,
    `create table year_decision (${record}, enrolment_id text not null references enrolment (id), matter text not null, value text not null,
      reason text not null check (length(reason) > 0), decided_by text not null, role text not null) strict`,
    `create unique index year_decision_matter on year_decision (enrolment_id, matter) where cancelled = 0`,
    `create table roll_over (${record}, from_year text not null references school_year (year), to_year text not null references school_year (year),
      actor text not null, classes integer not null, pupils integer not null, leavers integer not null, first_seq integer not null,
      last_seq integer not null, state text not null check (state in ('applied', 'undone'))) strict`,
  ],
};
