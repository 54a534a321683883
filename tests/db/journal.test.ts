import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Driver from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Compilable } from 'kysely';
import { chainHash, GENESIS_HASH, inJournalIndex } from '../../db/journal.ts';
import { openDatabase, type Database } from '../../db/open.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import { sql } from '../../db/handle.ts';
import { tableFacts } from '../../db/schema/schema.ts';
import { AppError } from '../../main/kit/errors.ts';

const key = { raw: Buffer.alloc(32, 3) };
const context = { actor: 'vanphong', path: 'typed' as const, reason: 'sửa theo giấy khai sinh' };
let folder: string;
let file: string;
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'dữ liệu '));
  file = path.join(folder, 'so-truong.db');
  database = openDatabase(file, key, { device: 'pc-1', create: true });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const stamp = (at: string) => ({ device: 'pc-1', at });
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (fault) {
    return fault instanceof AppError ? fault.code : String(fault);
  }
  return 'done';
};

describe('the encrypted file', () => {
  test('cannot be read without its key, and says so', () => {
    database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'bí mật', value: '"điểm"' }));
    expect(readFileSync(file).subarray(0, 15).toString()).not.toBe('SQLite format 3');
    expect(codeOf(() => openDatabase(file, { raw: Buffer.alloc(32, 4) }, { device: 'pc-1' }))).toBe('database.wrongKey');
    expect(codeOf(() => openDatabase(path.join(folder, 'khác.db'), key, { device: 'pc-1' }))).toBe('database.missing');
  });

  test('a plain SQLite file is refused: PRAGMA key would be ignored in silence', () => {
    const plain = path.join(folder, 'plain.db');
    const driver = new Driver(plain);
    driver.exec('create table t (a)');
    driver.close();
    expect(codeOf(() => openDatabase(plain, key, { device: 'pc-1' }))).toBe('database.notEncrypted');
  });

  test('a damaged page is found by the check', () => {
    for (let index = 0; index < 200; index += 1) database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: `k${index}`, value: '"x"'.repeat(50) }));
    const copy = path.join(folder, 'copy.db');
    database.copyTo(copy);
    const bytes = readFileSync(copy);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
    writeFileSync(copy, bytes);
    expect(codeOf(() => {
      const opened = openDatabase(copy, key, { device: 'pc-1' });
      try {
        if (opened.checkIntegrity().length > 0) throw new AppError('database.damaged');
      } finally {
        opened.close();
      }
    })).not.toBe('done');
  });
});

describe('the journal', () => {
  test('keeps who, how, why, before and after, in the same transaction as the row', () => {
    const id = database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'a', value: '1' }));
    database.write({ ...context, path: 'pasted' }, (tx, at) => updateRecord(tx, stamp(at), 'setting', id, 1, { value: '2' }));
    const rows = database.read.all(sql.selectFrom('journal').selectAll().orderBy('seq'));
    expect(rows).toMatchObject([
      { seq: 1, actor: 'vanphong', path: 'typed', event: 'NEW', before: null, reason: 'sửa theo giấy khai sinh' },
      { seq: 2, path: 'pasted', event: 'UPDATE', version: 2 },
    ]);
    expect(JSON.parse(rows[1]?.before ?? '')).toMatchObject({ value: '1', version: 1 });
    expect(JSON.parse(rows[1]?.after ?? '')).toMatchObject({ value: '2', version: 2 });
    let previous = GENESIS_HASH;
    for (const { hash, ...row } of rows) {
      expect(hash).toBe(chainHash(previous, row));
      previous = hash;
    }
  });

  test('a failed act leaves neither row nor journal', () => {
    expect(codeOf(() => database.write(context, (tx, at) => {
      insertRecord(tx, stamp(at), 'setting', { key: 'a', value: '1' });
      throw new AppError('grades.notInClass');
    }))).toBe('grades.notInClass');
    expect(database.journalHead()).toEqual({ seq: 0, hash: GENESIS_HASH });
    expect(database.read.all(sql.selectFrom('setting').selectAll())).toEqual([]);
  });

  test('the chain goes on over restarts and other processes', () => {
    database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'a', value: '1' }));
    const other = openDatabase(file, key, { device: 'pc-2' });
    other.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'b', value: '1' }));
    other.close();
    database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'c', value: '1' }));
    expect(database.read.all(sql.selectFrom('journal').select(['seq', 'device']).orderBy('seq'))).toEqual([{ seq: 1, device: 'pc-1' }, { seq: 2, device: 'pc-2' }, { seq: 3, device: 'pc-1' }]);
  });

  test('password hashes never reach it', () => {
    database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'account', { user: 'a', name: 'A', role: 'teacher', staff_id: null, password_hash: '$argon2id$secret', must_change: 0, state: 'active' }));
    expect(database.read.get(sql.selectFrom('journal').select('after'))?.after).not.toContain('argon2id');
  });
});

describe('what the database itself refuses', () => {
  test('records are never deleted, the journal neither changed nor shortened', () => {
    const id = database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'a', value: '1' }));
    expect(codeOf(() => database.write(context, tx => tx.writePrepared('delete from setting', [])))).toBe('database.noDelete');
    expect(codeOf(() => database.write(context, tx => tx.writePrepared("update journal set actor = 'ai khác'", [])))).toBe('database.journalAppendOnly');
    expect(codeOf(() => database.write(context, tx => tx.writePrepared('delete from journal', [])))).toBe('database.journalAppendOnly');
    expect(codeOf(() => database.write(context, (tx, at) => updateRecord(tx, stamp(at), 'setting', id, 7, { value: '2' })))).toBe('database.changedMeanwhile');
  });

  test('a version cannot be skipped, even by plain SQL', () => {
    database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'a', value: '1' }));
    expect(codeOf(() => database.write(context, tx => tx.writePrepared("update setting set value = '3'", [])))).toBe('database.changedMeanwhile');
  });

  test('a writing statement cannot pass through a read handle', () => {
    expect(() => database.read.runPrepared("insert into setting values ('x', 1, 'd', 'a', 'b', 0, 'k', 'v')", [])).toThrow(/read handle/);
  });

  test('another program with the key cannot write a record past the journal', () => {
    database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'a', value: '1' }));
    database.close();
    const driver = new Driver(file);
    driver.pragma("cipher = 'sqlcipher'");
    driver.pragma(`key = "x'${key.raw.toString('hex')}'"`);
    expect(() => driver.exec("update setting set value = '9', version = version + 1")).toThrow(/no such function: journal_/);
    driver.close();
    database = openDatabase(file, key, { device: 'pc-1' });
  });

  test('every record table has its triggers', () => {
    const names = new Set(database.read.runPrepared<{ name: string }>("select name from sqlite_schema where type = 'trigger'", []).map(row => row.name));
    for (const { table } of tableFacts) expect(['journal_new', 'journal_update', 'version', 'no_delete'].filter(kind => !names.has(`${table}_${kind}`))).toEqual([]);
  });
});

test('a copy made while open stays encrypted and opens with the same key', () => {
  database.write(context, (tx, at) => insertRecord(tx, stamp(at), 'setting', { key: 'a', value: '1' }));
  const copy = path.join(folder, 'bản sao.db');
  database.copyTo(copy);
  copyFileSync(copy, path.join(folder, 'lần nữa.db'));
  expect(readFileSync(copy).subarray(0, 15).toString()).not.toBe('SQLite format 3');
  const opened = openDatabase(copy, key, { device: 'pc-1' });
  expect(opened.journalHead().seq).toBe(1);
  opened.close();
});

describe('questions about one record', () => {
  const planOf = (query: Compilable) => {
    const { sql: words, parameters } = query.compile();
    return database.read.runPrepared<{ detail: string }>(`explain query plan ${words}`, parameters).map(row => row.detail).join(' · ');
  };

  test('take the index of the journal when they use its condition, and read all of it when they do not', () => {
    const rows = sql.selectFrom('journal').select('seq').where('tbl', '=', 'person').where('row_id', '=', 'p1');
    expect(planOf(rows.where(inJournalIndex))).toContain('INDEX journal_row');
    expect(planOf(rows)).toContain('SCAN');
  });
});
