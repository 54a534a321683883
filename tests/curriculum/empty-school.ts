import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql, type WriteHandle } from '../../db/handle.ts';
import { insertRecord, type Stamp } from '../../db/records.ts';
import type { Session, WriteContext } from '../../main/call/context.ts';
import { createCore, type Core } from '../../main/entry/create-core.ts';
import { AppError } from '../../main/kit/errors.ts';

export const principal: Session = { user: 'hieutruong', name: 'Hiệu trưởng', role: 'principal', staffId: null, token: null };
export const teacher: Session = { user: 'gv01', name: 'Giáo viên', role: 'teacher', staffId: 'none', token: null };

const schoolRow = {
  code: 'TRUONG-1', name: 'Trường phổ thông Hoà Bình', levels: 'tieu-hoc,thcs,thpt',
};

interface ColumnFacts { name: string; type: string; notnull: number; dflt_value: string | null }

/** An empty value for every column a row must have, so that a test names only what it is about. */
function blankRow(db: WriteHandle, table: string): Record<string, string | number> {
  const own = new Set(['id', 'version', 'device', 'created_at', 'updated_at']);
  return Object.fromEntries(db.runPrepared<ColumnFacts>('select name, type, "notnull", dflt_value from pragma_table_info(?)', [table])
    .filter(column => column.notnull === 1 && column.dflt_value === null && !own.has(column.name)).map(column => [column.name, column.type === 'INTEGER' ? 0 : '']));
}

/** An empty database behind the door of the window. */
export async function emptyCore(): Promise<School> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-chương trình '));
  const noToken = () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false }));
  const core = await createCore({ dataFolder: folder, key: { raw: Buffer.alloc(32, 7) }, shell: 'cli', create: true, version: '0.0.0', token: { certificate: noToken, sign: noToken } });
  return new School(core, folder);
}

/** A school of every level with the given years and nothing else. */
export async function emptySchool(years: readonly string[]): Promise<School> {
  const school = await emptyCore();
  school.write(({ db, stamp }) => {
    insertRecord(db, stamp, 'school', { ...blankRow(db, 'school'), ...schoolRow } as never);
    for (const [index, year] of years.entries()) {
      insertRecord(db, stamp, 'school_year', { ...blankRow(db, 'school_year'), year, starts_on: `${year.slice(0, 4)}-09-05`, ends_on: `${year.slice(5)}-05-31`, state: 'open', is_current: index === 0 ? 1 : 0 } as never);
    }
  });
  return school;
}

export class School {
  readonly core: Core;
  readonly #folder: string;
  /** For workbooks a test writes. */
  readonly importFolder: string;

  constructor(core: Core, folder: string) {
    this.core = core;
    this.#folder = folder;
    this.importFolder = path.join(folder, 'import');
  }

  write<T>(change: (ctx: WriteContext) => T): T {
    const { database, device } = this.core.door.services;
    return database.write({ actor: 'test', path: 'typed', reason: null }, (db: WriteHandle, at: string) => {
      const stamp: Stamp = { device, at };
      return change({ db, stamp, session: principal, services: this.core.door.services, changed: () => undefined, explain: () => undefined });
    });
  }

  addClass(year: string, grade: number, name: string): { id: string; year: string; grade: number; name: string } {
    const id = this.write(({ db, stamp }) => insertRecord(db, stamp, 'school_class', { ...blankRow(db, 'school_class'), year, code: name, name, grade, homeroom_staff_id: null }));
    return { id, year, grade, name };
  }

  addPupil(found: { id: string; year: string }, name: string, roll: number): string {
    return this.write(({ db, stamp }) => {
      const personId = insertRecord(db, stamp, 'person', { ...blankRow(db, 'person'), name, sort_name: name, search_name: name.toLowerCase(), birth: '2011', sex: 'unknown' } as never);
      return insertRecord(db, stamp, 'enrolment', { ...blankRow(db, 'enrolment'), person_id: personId, class_id: found.id, year: found.year, roll, status: 'studying', status_on: '2025-09-05', is_repeating: 0 } as never);
    });
  }

  sheets(classId: string) {
    return this.core.database.read.all(sql.selectFrom('grade_sheet').selectAll().where('class_id', '=', classId).where('cancelled', '=', 0).orderBy('subject').orderBy('term'));
  }

  value<T>(name: string, input: unknown, session: Session = principal): T {
    const result = this.core.door.call(name, input, session);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
    return result.value as T;
  }

  codeOf(name: string, input: unknown, session: Session = principal): string {
    const result = this.core.door.call(name, input, session);
    return result.ok ? 'ok' : result.error.code;
  }

  async close(): Promise<void> {
    await this.core.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
