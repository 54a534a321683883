import { createPrivateKey, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { sql, type ReadHandle, type WriteHandle } from '../../db/handle.ts';
import { inJournalIndex } from '../../db/journal.ts';
import { migrations } from '../../db/migrations/migrations.ts';
import { tableFacts } from '../../db/schema/schema.ts';
import type { PackageTable } from '../../db/schema/papers.ts';
import type { Stamp } from '../../db/records.ts';
import { readSetting, writeSetting } from '../school/school-store.ts';
import { readAuthorityKeys, type AuthorityKeys } from './enrolment-authority.ts';
import { newSigningKey, privateKeyPem } from './keys-ed25519.ts';
import type { JournalRow } from './package-format.ts';

const KEY_SETTING = 'sync.packageKey';
const AUTHORITY_SETTING = 'sync.authority';

/** Newest step of the database; packages carry it so that a receiver knows the columns. */
export const schemaNumber = migrations.length * 10;

/** The school's package key. It lies in the encrypted database: its journal row is redacted in every package. */
export function packageKey(db: ReadHandle): KeyObject | null {
  const pem = readSetting<string>(db, KEY_SETTING);
  return pem === undefined ? null : createPrivateKey(pem);
}

export function makePackageKey(tx: WriteHandle, stamp: Stamp): KeyObject {
  const known = packageKey(tx);
  if (known) return known;
  const key = newSigningKey();
  writeSetting(tx, stamp, KEY_SETTING, privateKeyPem(key));
  return key;
}

interface StoredAuthority {
  /** The document as it was accepted, word for word. */
  document: string;
  server: string | null;
}

export function authority(db: ReadHandle): { keys: AuthorityKeys; server: string | null; document: string } | null {
  const stored = readSetting<StoredAuthority>(db, AUTHORITY_SETTING);
  return stored ? { keys: readAuthorityKeys(stored.document), server: stored.server, document: stored.document } : null;
}

export function saveAuthority(tx: WriteHandle, stamp: Stamp, stored: StoredAuthority): void {
  writeSetting(tx, stamp, AUTHORITY_SETTING, stored);
}

export function packages(db: ReadHandle): PackageTable[] {
  return db.all(sql.selectFrom('package').selectAll().where('cancelled', '=', 0).orderBy('sequence'));
}

export function packageFile(dataFolder: string, row: Pick<PackageTable, 'file_name'>): string {
  return path.join(dataFolder, 'packages', row.file_name);
}

const synced: ReadonlySet<string> = new Set(tableFacts.filter(facts => facts.sync).map(facts => facts.table));
const localTables = tableFacts.filter(facts => !facts.sync).map(facts => facts.table);

/** Changes of records that travel and are in no package yet. That a paper was sent is no reason for another package: it goes with the next. */
export function unsentRecords(db: ReadHandle, after: number): number {
  const newer = () => sql.selectFrom('journal').select(({ fn }) => fn.countAll<number>().as('count')).where(inJournalIndex).where('seq', '>', after);
  const head = db.get(sql.selectFrom('journal').select(({ fn }) => fn.max('seq').as('seq')))?.seq ?? 0;
  const local = db.get(newer().where('tbl', 'in', localTables))?.count ?? 0;
  // Of the tables that travel, only papers are told that they were sent.
  const told = db.get(newer().where('tbl', '=', 'transcript').where('path', '=', 'sent'))?.count ?? 0;
  return Math.max(0, head - after) - local - told;
}

/**
 * Journal rows after `after` as they travel. Rows of this PC's own tables (accounts, settings, keys) keep their place, number and hash,
 * so that no gap can hide anything, but neither their values nor their reason leave the school.
 */
export function* journalToSend(db: ReadHandle, after: number, upTo: number): Generator<JournalRow> {
  for (const row of db.each(sql.selectFrom('journal').selectAll().where('seq', '>', after).where('seq', '<=', upTo).orderBy('seq'))) {
    const travels = synced.has(row.tbl);
    yield {
      seq: row.seq, at: row.at, actor: row.actor, device: row.device, path: row.path, table: row.tbl, id: row.row_id, version: row.version, event: row.event,
      before: travels && row.before !== null ? (JSON.parse(row.before) as object) : null,
      after: travels && row.after !== null ? (JSON.parse(row.after) as object) : null, reason: travels ? row.reason : null, hash: row.hash,
    };
  }
}

/** Papers with their last signature that changed after journal row `after`. */
export function sealedPapersSince(db: ReadHandle, after: number, upTo: number): string[] {
  const changed = sql.selectFrom('journal').select('row_id').where(inJournalIndex).where('tbl', '=', 'transcript').where('seq', '>', after).where('seq', '<=', upTo);
  return db.all(sql.selectFrom('transcript').select('file_sha256').where('state', '=', 'sealed').where('cancelled', '=', 0).where('id', 'in', changed).orderBy('id'))
    .map(row => row.file_sha256);
}
