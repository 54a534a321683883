import { recordColumns as record, type Migration } from './migration.ts';

/** What the school teaches in each grade and class, who takes what, and years kept as their books show them. */
export const curriculum: Migration = {
  name: '0020-curriculum',
  statements: [
    `create table curriculum_subject (${record}, year text not null references school_year (year), grade integer not null check (grade between 1 and 12),
      subject text not null, kind text not null check (kind in ('score', 'comment', 'primary')),
      choice text not null check (choice in ('compulsory', 'elective', 'optional')), periods integer not null check (periods between 1 and 999),
      ongoing integer not null check (ongoing between 0 and 9), periodic integer not null check (periodic between 0 and 9), tested_at text not null,
      strands text not null check (strands in ('together', 'apart', 'apartOneTest')), position integer not null, reason text not null) strict`,
    `create unique index curriculum_subject_place on curriculum_subject (year, grade, subject) where cancelled = 0`,
    `create table class_subject (${record}, class_id text not null references school_class (id), subject text not null,
      has_cluster integer not null check (has_cluster in (0, 1))) strict`,
    `create unique index class_subject_place on class_subject (class_id, subject) where cancelled = 0`,
    `create table subject_standing (${record}, enrolment_id text not null references enrolment (id), subject text not null,
      standing text not null check (standing in ('exempt', 'notTaken', 'plan', 'reducedPractice')), term integer not null check (term in (0, 1, 2)),
      reason text not null, paper text not null, from_date text not null, to_date text) strict`,
    `create unique index subject_standing_place on subject_standing (enrolment_id, subject, term) where cancelled = 0`,
    `create table printed_result (${record}, person_id text not null references person (id), year text not null,
      grade integer not null check (grade between 1 and 12), school text not null, class_name text not null, lines text not null, learning text not null,
      conduct text not null, outcome text not null, award text not null, absences text not null) strict`,
    `create unique index printed_result_year on printed_result (person_id, year) where cancelled = 0`,
  ],
};
