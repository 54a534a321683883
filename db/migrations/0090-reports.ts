import { recordColumns as record, type Migration } from './migration.ts';

export const reports: Migration = {
  name: '0090-reports',
  statements: [
    `create table sheet_progress (sheet_id text not null references grade_sheet (id), col text not null, filled integer not null check (filled >= 0),
      primary key (sheet_id, col)) strict, without rowid`,
    `insert into sheet_progress (sheet_id, col, filled) select sheet_id, col, count(*) from mark where state <> 'empty' group by sheet_id, col`,
    `create table report_snapshot (${record}, year text not null references school_year (year), period text not null check (period in ('start', 'mid', 'end')),
      as_of text not null, title text not null, note text not null, actor text not null, actor_name text not null, journal_seq integer not null,
      content text not null, content_sha256 text not null) strict`,
    'create index report_snapshot_year on report_snapshot (year, period)',
  ],
};
