import { sql, prepare, type ReadHandle, type WriteHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord, type Stamp } from '../../db/records.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import type { SchoolTable, SchoolYearTable, SettingTable } from '../../db/schema/school.ts';
import { AppError } from '../kit/errors.ts';

const settingByKey = prepare<{ key: string }, SettingTable>(p => sql.selectFrom('setting').selectAll().where('key', '=', p('key')));

/** The value of a setting (stored as JSON), or undefined when it was never set. */
export function readSetting<T>(db: ReadHandle, key: string): T | undefined {
  const row = settingByKey(db, { key })[0];
  return row && row.cancelled === 0 ? (JSON.parse(row.value) as T) : undefined;
}

export function writeSetting(tx: WriteHandle, stamp: Stamp, key: string, value: unknown): void {
  const row = settingByKey(tx, { key })[0];
  const text = JSON.stringify(value);
  if (!row) insertRecord(tx, stamp, 'setting', { key, value: text });
  else if (row.value !== text) updateRecord(tx, stamp, 'setting', row.id, row.version, { value: text });
}

/** The levels the school teaches, from the lowest. */
export function levelsOf(row: Pick<SchoolTable, 'levels'>): SchoolLevel[] {
  return row.levels.split(',').filter(level => level !== '') as SchoolLevel[];
}

/** @throws AppError `school.none` in an empty database */
export function theSchool(db: ReadHandle): SchoolTable {
  const row = db.get(sql.selectFrom('school').selectAll().where('cancelled', '=', 0));
  if (!row) throw new AppError('school.none');
  return row;
}

export function schoolYears(db: ReadHandle): SchoolYearTable[] {
  return db.all(sql.selectFrom('school_year').selectAll().where('cancelled', '=', 0).orderBy('year', 'desc'));
}

/** @throws AppError `school.noYear` when the year is unknown */
export function schoolYear(db: ReadHandle, year: string): SchoolYearTable {
  const row = db.get(sql.selectFrom('school_year').selectAll().where('year', '=', year).where('cancelled', '=', 0));
  if (!row) throw new AppError('school.noYear', { params: { year } });
  return row;
}

/** @throws AppError `school.none` in an empty database */
export function currentYear(db: ReadHandle): SchoolYearTable {
  const years = schoolYears(db);
  const found = years.find(row => row.is_current === 1) ?? years[0];
  if (!found) throw new AppError('school.none');
  return found;
}
