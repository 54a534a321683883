import { recordColumns as record, type Migration } from './migration.ts';

/** What comes and goes as files: the log of exports, what unknown words and headers were said to mean, catalogues brought by files. */
export const exchange: Migration = {
  name: '0110-exchange',
  statements: [
    `create table export_log (${record}, actor text not null, what text not null, file_name text not null, count integer not null check (count >= 0),
      purpose text not null) strict`,
    'create index export_log_when on export_log (created_at)',
    `create table value_mapping (${record}, catalogue text not null, raw text not null, value text not null, source text not null,
      actor text not null) strict`,
    'create unique index value_mapping_one on value_mapping (catalogue, raw) where cancelled = 0',
    `create table column_mapping (${record}, form text not null check (form in ('pupils', 'staff')), header text not null, field text not null,
      source text not null, actor text not null) strict`,
    'create unique index column_mapping_one on column_mapping (form, header) where cancelled = 0',
    `create table catalogue_entry (${record}, catalogue text not null, code text not null, name text not null, source text not null,
      edition integer not null check (edition >= 1), valid_from text not null, valid_to text) strict`,
    'create unique index catalogue_entry_one on catalogue_entry (catalogue, code) where cancelled = 0 and valid_to is null',
  ],
};
