import type Driver from 'better-sqlite3-multiple-ciphers';
import { lockTriggers } from './lock-triggers.ts';
import { reportTriggers } from './report-triggers.ts';
import type { TableFacts } from './schema/base.ts';

/**
 * (Re)creates what the database itself refuses and records: every record table is journalled, its version steps by one, nothing is
 * deleted; the journal only grows; the register of pupils has no gap; a locked sheet takes no mark; a signed paper's print does not change.
 * Made from the columns as they stand, so that a migration cannot forget them.
 */
export function createTriggers(driver: Driver.Database, tables: readonly TableFacts[]): void {
  const existing = driver.prepare("select name from sqlite_schema where type = 'trigger'").pluck().all() as string[];
  for (const name of existing) driver.exec(`drop trigger "${name}"`);
  for (const facts of tables) driver.exec(recordTriggers(driver, facts));
  driver.exec(fixedTriggers);
}

function recordTriggers(driver: Driver.Database, facts: TableFacts): string {
  const { table, key, secret = [], linked = false } = facts;
  const columns = (driver.pragma(`table_info("${table}")`) as { name: string }[]).map(column => column.name);
  if (columns.length === 0) throw new Error(`table ${table} of the schema does not exist`);
  // A linked row's images leave out what the journal row says anyway: a mark's journal row is then half as large.
  const said = linked ? new Set([...key, 'version', 'device', 'updated_at', 'journal_seq']) : new Set<string>();
  const shown = columns.filter(column => !secret.includes(column) && !said.has(column));
  const image = (row: 'old' | 'new') => `json_object(${shown.map(column => `'${column}', ${row}."${column}"`).join(', ')})`;
  const rowId = (row: 'old' | 'new') => key.map(column => `${row}."${column}"`).join(` || '/' || `);
  const hasCancelled = columns.includes('cancelled');
  const event = hasCancelled ? "case when new.cancelled = 1 and old.cancelled = 0 then 'CANCEL' else 'UPDATE' end" : "'UPDATE'";
  // The hash is computed first: it advances the chain that journal_seq() then reads.
  const entry = (kind: string, before: string, after: string, previous: string) => `
    insert into journal (hash, seq, at, actor, device, path, tbl, row_id, version, event, before, after, reason, previous)
    select journal_row('${table}', row_id, version, event, before, after), journal_seq(), journal_now(), journal_actor(), journal_device(),
      journal_path(), '${table}', row_id, version, event, before, after, journal_reason(), ${previous}
    from (select ${rowId('new')} as row_id, new.version as version, ${kind} as event, ${before} as before, ${after} as after);`;
  return `
    create trigger "${table}_journal_new" after insert on "${table}" begin ${entry("'NEW'", 'null', image('new'), 'null')} end;
    create trigger "${table}_journal_update" after update on "${table}" begin ${entry(event, image('old'), image('new'), linked ? 'old.journal_seq' : 'null')} end;
    create trigger "${table}_version" before update on "${table}" when new.version <> old.version + 1
      begin select raise(abort, 'VERSION_STEP:${table}'); end;
    ${linked ? `create trigger "${table}_link" before update on "${table}" when new.journal_seq <> journal_next() begin select raise(abort, 'JOURNAL_LINK:${table}'); end;` : ''}
    create trigger "${table}_no_delete" before delete on "${table}" begin select raise(abort, 'NO_DELETE:${table}'); end;`;
}

const fixedTriggers = `${lockTriggers}${reportTriggers}
  create trigger journal_no_update before update on journal begin select raise(abort, 'JOURNAL_APPEND_ONLY'); end;
  create trigger journal_no_delete before delete on journal begin select raise(abort, 'JOURNAL_APPEND_ONLY'); end;
  create trigger transcript_frozen before update on transcript
    when old.state <> 'prepared' and (new.data_sha256 <> old.data_sha256 or new.enrolment_id <> old.enrolment_id
      or new.paper_version <> old.paper_version or new.template <> old.template or new.state = 'prepared' or new.cancelled <> old.cancelled)
    begin select raise(abort, 'TRANSCRIPT_SIGNED'); end;
  create trigger register_entry_gap before insert on register_entry
    when new.number <> (select max(number) + 1 from register_entry where book = new.book) begin select raise(abort, 'REGISTER_GAP'); end;
  create trigger register_entry_fixed before update on register_entry begin select raise(abort, 'REGISTER_FIXED'); end;
  create trigger document_number_gap before insert on document_number
    when new.number <> (select max(number) + 1 from document_number where year = new.year) begin select raise(abort, 'DOCUMENT_GAP'); end;
  create trigger document_number_fixed before update on document_number
    when new.year <> old.year or new.number <> old.number or new.cancelled <> old.cancelled or (old.file_sha256 is not null and new.file_sha256 is not old.file_sha256)
    begin select raise(abort, 'DOCUMENT_FIXED'); end;
  create trigger register_code_fixed before update on pupil_code
    when old.id in (select code_id from register_entry) and (new.code <> old.code or new.book <> old.book or new.kind <> old.kind or new.cancelled <> old.cancelled)
    begin select raise(abort, 'REGISTER_FIXED'); end;`;
