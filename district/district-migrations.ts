import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** In tens, one transaction each, never edited once shipped. The same SQL runs on PostgreSQL and on the embedded PGlite. */
export const districtMigrations: Record<string, Migration> = {
  '0010-packages': { up: createPackageTables },
};

async function createPackageTables(db: Kysely<unknown>): Promise<void> {
  await sql`create table school (id text primary key, name text not null, enrolled_at timestamptz not null)`.execute(db);
  await sql`create table school_key (
    school text not null references school, device text not null, fingerprint text not null, public_key text not null,
    valid_from timestamptz not null, valid_to timestamptz, revoked_at timestamptz, revoked_reason text,
    primary key (school, fingerprint))`.execute(db);
  await sql`create table authority_key (
    public_key text primary key, purpose text not null check (purpose in ('recipient', 'root')), valid_from timestamptz not null, valid_to timestamptz)`.execute(db);
  await sql`create table device (
    school text not null references school, id text not null, contiguous_to integer not null, last_sha256 text not null,
    journal_to integer not null, journal_hash text, primary key (school, id))`.execute(db);
  await sql`create table package (
    school text not null, device text not null, sequence integer not null, sha256 text not null unique, bytes bigint not null,
    header bytea not null, header_signature bytea not null, key_fingerprint text not null, received_at timestamptz not null,
    receipt bytea not null, receipt_signature bytea not null,
    primary key (school, device, sequence), foreign key (school, device) references device)`.execute(db);
  await sql`create table journal_row (
    school text not null, device text not null, seq integer not null, sequence integer not null, at text not null, actor text not null,
    made_on text not null, path text, table_name text not null, record text not null, version integer not null, event text not null,
    before json, after json, reason text, hash text not null,
    primary key (school, device, seq), foreign key (school, device, sequence) references package deferrable initially deferred)`.execute(db);
  await sql`create index journal_row_record on journal_row (school, table_name, record)`.execute(db);
  await sql`create table snapshot_row (
    school text not null, device text not null, sequence integer not null, position integer not null, table_name text not null,
    record text not null, content json not null,
    primary key (school, device, sequence, position), foreign key (school, device, sequence) references package deferrable initially deferred)`.execute(db);
  await sql`create table paper (sha256 text primary key, content bytea not null)`.execute(db);
  await sql`create table package_paper (
    school text not null, device text not null, sequence integer not null, sha256 text not null references paper,
    primary key (school, device, sequence, sha256), foreign key (school, device, sequence) references package deferrable initially deferred)`.execute(db);
  // What a school has been given a receipt for is never altered here, not even by hand.
  await sql`create function refuse_change() returns trigger language plpgsql as 'begin raise exception ''% is append-only'', tg_table_name; end'`.execute(db);
  for (const table of ['package', 'journal_row', 'snapshot_row', 'paper', 'package_paper']) {
    await sql`create trigger append_only before update or delete on ${sql.table(table)} for each row execute function refuse_change()`.execute(db);
  }
}
