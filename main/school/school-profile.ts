import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { completenessOf } from '../../preload/contract/record-fields.ts';
import { schoolFields } from '../../preload/contract/school-fields.ts';
import { levelOfGrade, schoolLevels, type RoomView, type SatelliteView, type school, type SchoolProfile } from '../../preload/contract/school.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { SchoolProfileTable } from '../../db/schema/school-records.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { recordColumnsOf, recordValuesOf, storedRecordValues } from '../kit/record-values.ts';
import { levelsOf, theSchool } from './school-store.ts';

type School = typeof school;
const ofSchool = schoolFields.filter(field => field.of === 'school');
const ofProfile = schoolFields.filter(field => field.of === 'profile');

export function profileRow(db: ReadHandle): SchoolProfileTable | undefined {
  return db.get(sql.selectFrom('school_profile').selectAll().where('cancelled', '=', 0));
}

/** Everything the school says of itself. @throws AppError `school.none` */
export function profile({ db, session }: Pick<ReadContext, 'db' | 'session'>): SchoolProfile {
  const row = theSchool(db);
  const more = profileRow(db);
  const values = { ...recordValuesOf(ofSchool, row), ...recordValuesOf(ofProfile, more) };
  const formerCodes = db.all(sql.selectFrom('school_code').select(['code', 'valid_from as from', 'valid_to as to', 'reason']).where('cancelled', '=', 0).orderBy('valid_to', 'desc'));
  return {
    version: row.version + (more?.version ?? 0), code: row.code, levels: levelsOf(row), values, ...completenessOf(schoolFields, values), formerCodes,
    satellites: satellites(db), rooms: rooms(db), mayEdit: mayCall(session.role, 'system.manage'),
  };
}

export function satellites(db: ReadHandle): SatelliteView[] {
  return db.all(sql.selectFrom('satellite').select(['id', 'version', 'code', 'name', 'distance', 'transport', 'surface', 'address', 'phone'])
    .where('cancelled', '=', 0).orderBy('name'));
}

export function rooms(db: ReadHandle): RoomView[] {
  return db.all(sql.selectFrom('room').select(['id', 'version', 'name', 'kind', 'satellite_id as satelliteId', 'seats', 'surface']).where('cancelled', '=', 0).orderBy('name'));
}

/**
 * Writes what differs. A level with classes stays.
 * @throws AppError `record.badValue`, `record.unknownField`, `database.changedMeanwhile`, `school.noName`, `school.levelInUse`
 */
export function saveProfile(ctx: WriteContext, input: CheckedInputOf<School['saveProfile']>): SchoolProfile {
  const { db, stamp } = ctx;
  const row = theSchool(db);
  const more = profileRow(db);
  if (row.version + (more?.version ?? 0) !== input.expectedVersion) throw new AppError('database.changedMeanwhile', { params: { table: 'school', id: row.id } });
  const known = { ...recordValuesOf(ofSchool, row), ...recordValuesOf(ofProfile, more) };
  const changed = storedRecordValues(schoolFields, input.changes).filter(({ field, value }) => known[field.key] !== value);
  if (changed.some(({ field, value }) => field.key === 'name' && value === '')) throw new AppError('school.noName', { field: 'name' });
  const columns: Record<string, string> = recordColumnsOf(changed.filter(({ field }) => field.of === 'school'));
  if (input.levels) {
    const levels = schoolLevels.filter(level => input.levels?.includes(level));
    requireLevels(db, levels);
    if (levels.join() !== row.levels) columns['levels'] = levels.join();
  }
  if (Object.keys(columns).length > 0) updateRecord(db, stamp, 'school', row.id, row.version, columns);
  const profileColumns = recordColumnsOf(changed.filter(({ field }) => field.of === 'profile'));
  if (Object.keys(profileColumns).length > 0) {
    if (more) updateRecord(db, stamp, 'school_profile', more.id, more.version, profileColumns);
    else insertRecord(db, stamp, 'school_profile', { ...recordColumnsOf(ofProfile.map(field => ({ field, value: '' }))), ...profileColumns, school_id: row.id } as never);
  }
  ctx.changed('school');
  return profile(ctx);
}

function requireLevels(db: ReadHandle, levels: readonly string[]): void {
  const grades = db.all(sql.selectFrom('school_class').innerJoin('school_year', 'school_year.year', 'school_class.year').select('school_class.grade').distinct()
    .where('school_class.cancelled', '=', 0).where('school_year.state', '=', 'open'));
  const missing = grades.find(({ grade }) => !levels.includes(levelOfGrade(grade)));
  if (missing) throw new AppError('school.levelInUse', { params: { grade: missing.grade }, field: 'levels' });
}

/** @throws AppError `school.sameCode` */
export function changeCode(ctx: WriteContext, { code, from, reason }: CheckedInputOf<School['changeCode']>): { code: string } {
  const { db, stamp } = ctx;
  const row = theSchool(db);
  if (row.code === code) throw new AppError('school.sameCode', { field: 'code' });
  const latest = db.get(sql.selectFrom('school_code').select('valid_to').where('cancelled', '=', 0).orderBy('valid_to', 'desc').limit(1));
  if (latest && from < latest.valid_to) throw new AppError('school.codeBefore', { field: 'from' });
  insertRecord(db, stamp, 'school_code', { code: row.code, valid_from: latest?.valid_to ?? '', valid_to: from, reason });
  updateRecord(db, stamp, 'school', row.id, row.version, { code });
  ctx.changed('school');
  return { code };
}

export function saveSatellite(ctx: WriteContext, { id, expectedVersion, values }: CheckedInputOf<School['saveSatellite']>): { id: string; version: number } {
  const { db, stamp } = ctx;
  const twin = satellites(db).find(one => one.name === values.name && one.id !== id);
  if (twin) throw new AppError('school.nameTaken', { params: { name: values.name }, field: 'name' });
  ctx.changed('school');
  if (id === null) return { id: insertRecord(db, stamp, 'satellite', values), version: 1 };
  return { id, version: updateRecord(db, stamp, 'satellite', id, expectedVersion, values) };
}

export function saveRoom(ctx: WriteContext, { id, expectedVersion, values: { satelliteId, ...values } }: CheckedInputOf<School['saveRoom']>): { id: string; version: number } {
  const { db, stamp } = ctx;
  const twin = rooms(db).find(one => one.name === values.name && one.id !== id);
  if (twin) throw new AppError('school.nameTaken', { params: { name: values.name }, field: 'name' });
  if (satelliteId !== null && !satellites(db).some(one => one.id === satelliteId)) throw new AppError('school.unknownPlace', { field: 'satelliteId' });
  ctx.changed('school');
  const columns = { ...values, satellite_id: satelliteId };
  if (id === null) return { id: insertRecord(db, stamp, 'room', columns), version: 1 };
  return { id, version: updateRecord(db, stamp, 'room', id, expectedVersion, columns) };
}

/** @throws AppError `school.placeInUse` naming what uses it */
export function removePlace(ctx: WriteContext, { id, kind, expectedVersion }: CheckedInputOf<School['removePlace']>): { removed: true } {
  const { db, stamp } = ctx;
  const column = kind === 'room' ? 'class_profile.room_id' : 'class_profile.satellite_id';
  const classes = db.all(sql.selectFrom('class_profile').innerJoin('school_class', 'school_class.id', 'class_profile.class_id')
    .select(['school_class.name', 'school_class.year']).where(column, '=', id).where('school_class.cancelled', '=', 0)).map(one => `${one.name} (${one.year})`);
  const inside = kind === 'room' ? [] : rooms(db).filter(room => room.satelliteId === id).map(room => room.name);
  const users = [...classes, ...inside];
  if (users.length > 0) throw new AppError('school.placeInUse', { params: { users: users.slice(0, 5).join(', ') } });
  cancelRecord(db, stamp, kind, id, expectedVersion);
  ctx.changed('school');
  return { removed: true };
}
