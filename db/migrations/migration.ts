/** Numbered in tens, one transaction each, never edited once shipped. */
export interface Migration {
  name: string;
  statements: readonly string[];
}

/** The columns of every record table (`RecordColumns`), for its `create table`. */
export const recordColumns = `id text primary key not null, version integer not null check (version >= 1), device text not null, created_at text not null,
  updated_at text not null, cancelled integer not null default 0 check (cancelled in (0, 1))`;
