import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import Driver from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../main/kit/errors.ts';
import { ReadConnection, sql, StatementCache, WriteConnection, prepare, type ReadHandle, type WriteHandle } from './handle.ts';
import { GENESIS_HASH, JournalWriter, type ChangeContext } from './journal.ts';
import { migrate } from './migrations/migrations.ts';
import { tableFacts } from './schema/schema.ts';
import { createTriggers } from './triggers.ts';

/** A raw key opens in 2 ms; a passphrase goes through the cipher's own slow key derivation. */
export type DatabaseKey = { raw: Uint8Array } | { passphrase: string };

export interface OpenOptions {
  /** Name of this PC in journal rows and packages. */
  device: string;
  clock?: () => Date;
  /** Statements slower than this are reported by name. */
  slowMs?: number;
  onSlow?: (statement: string, ms: number) => void;
  create?: boolean;
}

export interface Database {
  readonly read: ReadHandle;
  /**
   * Runs `change` in one transaction: everything it writes is journalled with `context`, or nothing is written.
   * Nested calls are refused: a transaction is one school act.
   */
  write<T>(context: ChangeContext, change: (tx: WriteHandle, at: string) => T): T;
  /** Last row of the journal; `{ seq: 0, hash: zeros }` when empty. */
  journalHead(): { seq: number; hash: string };
  /** Problems found by SQLite's own check; empty is sound. */
  checkIntegrity(): string[];
  /** An encrypted, compact copy. */
  copyTo(file: string): void;
  sqliteVersion(): string;
  close(): void;
}

/** Vietnam knows no summer time. */
const VIETNAM_AHEAD_MS = 7 * 3_600_000;

const lastRow = prepare<object, { seq: number; hash: string }>(() => sql.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1));

/**
 * Opens (or makes) the school's encrypted database and brings it to the newest schema.
 * @throws AppError `database.missing`, `database.wrongKey`, `database.notEncrypted`, `database.newer`, `database.damaged`
 */
export function openDatabase(file: string, key: DatabaseKey, options: OpenOptions): Database {
  const isNew = !existsSync(file);
  if (isNew && options.create !== true) throw new AppError('database.missing', { params: { file } });
  if (isNew) mkdirSync(path.dirname(file), { recursive: true });
  else refusePlainFile(file);
  const driver = unlock(file, key);
  try {
    driver.pragma('journal_mode = WAL');
    driver.pragma('synchronous = NORMAL');
    driver.pragma('foreign_keys = ON');
    driver.pragma('busy_timeout = 5000');
    driver.pragma('cache_size = -32000');
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const steps = migrate(driver, () => { driver.prepare('vacuum into ?').run(`${file}.before-${stamp}`); });
    const journal = new JournalWriter(driver, options.device);
    if (steps > 0) createTriggers(driver, tableFacts);
    if (isNew) refusePlainFile(file);
    return new OpenDatabase(driver, journal, options);
  } catch (fault) {
    driver.close();
    if (fault instanceof Error && fault.message === 'NEWER_SCHEMA') throw new AppError('database.newer', { params: { file }, cause: fault });
    throw fault;
  }
}

function unlock(file: string, key: DatabaseKey): Driver.Database {
  const driver = new Driver(file);
  try {
    driver.pragma("cipher = 'sqlcipher'");
    if ('raw' in key) driver.pragma(`key = "x'${Buffer.from(key.raw).toString('hex')}'"`);
    else driver.pragma(`key = '${key.passphrase.replaceAll("'", "''")}'`);
    driver.prepare('select count(*) from sqlite_schema').get();
    return driver;
  } catch (fault) {
    driver.close();
    const code = (fault as { code?: string }).code ?? '';
    if (code === 'SQLITE_NOTADB') throw new AppError('database.wrongKey', { params: { file }, cause: fault });
    if (code.startsWith('SQLITE_CORRUPT')) throw new AppError('database.damaged', { params: { file }, cause: fault });
    throw fault;
  }
}

/** A plain SQLite silently ignores `PRAGMA key`: a readable header means the data would lie open on the disk. */
function refusePlainFile(file: string): void {
  const head = Buffer.alloc(16);
  const descriptor = openSync(file, 'r');
  try {
    const length = readSync(descriptor, head, 0, 16, 0);
    if (length >= 15 && head.toString('latin1', 0, 15) === 'SQLite format 3') throw new AppError('database.notEncrypted', { params: { file } });
  } finally {
    closeSync(descriptor);
  }
}

class OpenDatabase implements Database {
  readonly #driver: Driver.Database;
  readonly #journal: JournalWriter;
  readonly #clock: () => Date;
  readonly #connection: WriteConnection;
  readonly #begin: Driver.Statement;
  readonly #commit: Driver.Statement;
  readonly #rollback: Driver.Statement;
  readonly read: ReadHandle;

  constructor(driver: Driver.Database, journal: JournalWriter, options: OpenOptions) {
    this.#driver = driver;
    this.#journal = journal;
    const clock = options.clock ?? (() => new Date());
    this.#clock = clock;
    // Who teaches a class is a question of the day: the same in every statement, without handing the day to each.
    driver.function('school_today', { deterministic: true }, () => new Date(clock().getTime() + VIETNAM_AHEAD_MS).toISOString().slice(0, 10));
    const cache = new StatementCache(driver);
    this.#connection = new WriteConnection(cache);
    this.read = new ReadConnection(cache);
    this.#begin = driver.prepare('begin immediate');
    this.#commit = driver.prepare('commit');
    this.#rollback = driver.prepare('rollback');
  }

  write<T>(context: ChangeContext, change: (tx: WriteHandle, at: string) => T): T {
    if (this.#driver.inTransaction) throw new Error('a school act cannot start inside another');
    this.#begin.run();
    try {
      this.#journal.begin(context, this.#clock().toISOString(), lastRow(this.read, {})[0]);
      const value = change(this.#connection, this.#journal.at);
      this.#commit.run();
      return value;
    } catch (fault) {
      if (this.#driver.inTransaction) this.#rollback.run();
      throw refused(fault);
    } finally {
      this.#journal.end();
    }
  }

  journalHead(): { seq: number; hash: string } {
    return lastRow(this.read, {})[0] ?? { seq: 0, hash: GENESIS_HASH };
  }

  checkIntegrity(): string[] {
    const rows = this.#driver.pragma('integrity_check') as { integrity_check: string }[];
    const foreign = this.#driver.pragma('foreign_key_check') as { table: string }[];
    return [...rows.map(row => row.integrity_check).filter(line => line !== 'ok'), ...foreign.map(row => `foreign key: ${row.table}`)];
  }

  copyTo(file: string): void {
    this.#driver.prepare('vacuum into ?').run(file);
  }

  sqliteVersion(): string {
    return this.#driver.prepare('select sqlite_version()').pluck().get() as string;
  }

  close(): void {
    this.#driver.close();
  }
}

const refusals: Record<string, string> = {
  SHEET_LOCKED: 'grades.sheetLocked',
  TERM_LOCKED: 'grades.termLocked',
  SEAL_FIXED: 'gradebook.sealFixed',
  TRANSCRIPT_SIGNED: 'transcripts.signed',
  REGISTER_GAP: 'students.registerGap',
  DOCUMENT_GAP: 'movements.numberGap',
  DOCUMENT_FIXED: 'movements.numberFixed',
  REGISTER_FIXED: 'students.registerFixed',
  REPORT_FIXED: 'reports.snapshotFixed',
  NO_DELETE: 'database.noDelete',
  JOURNAL_APPEND_ONLY: 'database.journalAppendOnly',
  VERSION_STEP: 'database.changedMeanwhile',
};

/** The database's own refusals carry the name of a rule; a full disk must be told as such. */
function refused(fault: unknown): unknown {
  if (!(fault instanceof Error)) return fault;
  const code = (fault as { code?: string }).code ?? '';
  if (code === 'SQLITE_FULL') return new AppError('database.diskFull', { cause: fault, batchCanContinue: false });
  if (code === 'SQLITE_BUSY') return new AppError('database.busy', { cause: fault });
  const rule = refusals[fault.message.split(':')[0] ?? ''];
  return rule && code.startsWith('SQLITE_CONSTRAINT') ? new AppError(rule, { cause: fault }) : fault;
}
