import { recordColumns as record, type Migration } from './migration.ts';

const sessionColumn = (name: string) => `${name} text not null check (${name} in ('am', 'pm'))`;

/** Daily attendance: absences, roll calls, and how each class keeps them. */
export const attendance: Migration = {
  name: '0040-attendance',
  statements: [
    `create table absence (${record}, enrolment_id text not null references enrolment (id), date text not null, ${sessionColumn('session')},
      kind text not null check (kind in ('excused', 'unexcused')), note text not null) strict`,
    `create unique index absence_place on absence (enrolment_id, date, session) where cancelled = 0`,
    `create index absence_date on absence (date)`,
    `create table roll_call (${record}, class_id text not null references school_class (id), date text not null, ${sessionColumn('session')},
      actor text not null) strict`,
    `create unique index roll_call_place on roll_call (class_id, date, session) where cancelled = 0`,
    `create table attendance_plan (${record}, class_id text not null unique references school_class (id), sessions integer not null check (sessions in (1, 2)),
      ${sessionColumn('main_session')}, source1 text not null check (source1 in ('daily', 'typed')),
      source2 text not null check (source2 in ('daily', 'typed'))) strict`,
  ],
};
