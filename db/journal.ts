import { hash } from 'node:crypto';
import { sql as raw, type SqlBool } from 'kysely';
import type Driver from 'better-sqlite3-multiple-ciphers';
import type { JournalTable } from './schema/schema.ts';

/** Who changes something, how, and why: stands in the journal row of every change of one transaction. */
export interface ChangeContext {
  actor: string;
  path: 'typed' | 'pasted' | 'imported' | 'rule' | 'undo' | 'offline' | 'request' | 'signed' | 'sent' | 'other';
  reason: string | null;
}

/**
 * The condition under which SQLite takes the index of the journal: it holds every table but the linked one, and SQLite only sees that when the
 * query says so in the very words of the index. Without it a question about one record reads the whole journal.
 */
export const inJournalIndex = raw<SqlBool>`journal.tbl <> 'mark'`;

export const GENESIS_HASH = '0'.repeat(64);

/** A journal row as the chain sees it; `before` and `after` are the JSON texts as stored, not parsed. */
export type ChainedRow = Omit<JournalTable, 'hash' | 'previous' | 'event'> & { event: string };

/**
 * The hash of a row: SHA-256 over the previous row's hash and the row's fields as one JSON array. Changing, removing, inserting or
 * reordering any earlier row changes every later hash.
 */
export function chainHash(previous: string, row: ChainedRow): string {
  return hash('sha256', JSON.stringify([
    previous, row.seq, row.at, row.actor, row.device, row.path, row.tbl, row.row_id, row.version, row.event, row.before, row.after, row.reason,
  ]));
}

/**
 * Gives the triggers what SQL alone does not know: the context of the running transaction and the chain's next link.
 * The functions exist only on this connection, so a record table cannot be written from outside the program.
 */
export class JournalWriter {
  readonly #device: string;
  #context: ChangeContext | null = null;
  #at = '';
  #seq = 0;
  #hash = GENESIS_HASH;

  constructor(driver: Driver.Database, device: string) {
    this.#device = device;
    driver.function('journal_device', { deterministic: false }, () => this.#device);
    driver.function('journal_now', () => this.#required('at'));
    driver.function('journal_row', (tbl: unknown, id: unknown, version: unknown, event: unknown, before: unknown, after: unknown) =>
      this.#link(String(tbl), String(id), Number(version), String(event), before as string | null, after as string | null));
    driver.function('journal_actor', () => this.#required('actor'));
    driver.function('journal_path', () => this.#required('path'));
    driver.function('journal_reason', () => this.#context?.reason ?? null);
    driver.function('journal_seq', () => this.#seq);
    driver.function('journal_next', () => this.#seq + 1);
  }

  get at(): string {
    return this.#at;
  }

  /** Starts a transaction's entries after the last row in the database; another process may have written since. */
  begin(context: ChangeContext, at: string, last: { seq: number; hash: string } | undefined): void {
    this.#context = context;
    this.#at = at;
    this.#seq = last?.seq ?? 0;
    this.#hash = last?.hash ?? GENESIS_HASH;
  }

  end(): void {
    this.#context = null;
  }

  #required(what: 'at' | 'actor' | 'path'): string {
    if (!this.#context) throw new Error('a record was written outside a journalled transaction');
    return what === 'at' ? this.#at : this.#context[what];
  }

  #link(tbl: string, rowId: string, version: number, event: string, before: string | null, after: string | null): string {
    if (!this.#context) throw new Error('a record was written outside a journalled transaction');
    this.#seq += 1;
    this.#hash = chainHash(this.#hash, {
      seq: this.#seq, at: this.#at, actor: this.#context.actor, device: this.#device, path: this.#context.path,
      tbl, row_id: rowId, version, event, before, after, reason: this.#context.reason,
    });
    return this.#hash;
  }
}
