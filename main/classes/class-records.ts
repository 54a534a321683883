import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { classFields, type ClassField } from '../../preload/contract/class-fields.ts';
import type { ClassChoicesView, classes, ClassRecord } from '../../preload/contract/classes.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { completenessOf } from '../../preload/contract/record-fields.ts';
import { levelOfGrade, type SchoolLevel } from '../../preload/contract/school.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import type { ClassProfileTable } from '../../db/schema/school-records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { ensureSheets } from '../curriculum/class-sheets.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName } from '../kit/names.ts';
import { recordColumnsOf, recordValuesOf, storedRecordValues } from '../kit/record-values.ts';
import { findClass, findClassByName, requireClass } from '../school/school-class-store.ts';
import { rooms, satellites } from '../school/school-profile.ts';
import { levelsOf, schoolYear, theSchool } from '../school/school-store.ts';

type Classes = typeof classes;
type Links = Pick<CheckedInputOf<Classes['save']>, 'homeroomStaffId' | 'satelliteId' | 'roomId' | 'partnerClassId'>;

/** @throws AppError `classes.unknown`, `school.yearClosed` */
export function requireOpenClass(db: ReadHandle, classId: string): SchoolClassTable {
  const found = requireClass(db, classId);
  if (schoolYear(db, found.year).state === 'closed') throw new AppError('school.yearClosed', { params: { year: found.year } });
  return found;
}

export function classProfile(db: ReadHandle, classId: string): ClassProfileTable | undefined {
  return db.get(sql.selectFrom('class_profile').selectAll().where('class_id', '=', classId).where('cancelled', '=', 0));
}

/** The fields a class of this grade is asked for. */
function fieldsOf(grade: number): ClassField[] {
  const level: SchoolLevel = levelOfGrade(grade);
  return classFields.filter(field => field.levels.includes(level));
}

export function record({ db, session }: Pick<ReadContext, 'db' | 'session'>, { classId }: CheckedInputOf<Classes['record']>): ClassRecord {
  const found = requireClass(db, classId);
  const more = classProfile(db, classId);
  const fields = fieldsOf(found.grade);
  const values = recordValuesOf(fields, more);
  return {
    classId, version: found.version + (more?.version ?? 0), name: found.name, code: found.code, grade: found.grade, homeroomStaffId: found.homeroom_staff_id,
    satelliteId: more?.satellite_id ?? null, roomId: more?.room_id ?? null, partnerClassId: more?.partner_class_id ?? null, isWaiting: more?.is_waiting === 1,
    values, ...completenessOf(fields, values), mayEdit: mayCall(session.role, 'records.edit') && schoolYear(db, found.year).state === 'open',
  };
}

export function choices({ db }: ReadContext): ClassChoicesView {
  const levels = levelsOf(theSchool(db));
  return {
    grades: Array.from({ length: 12 }, (_, index) => index + 1).filter(grade => levels.includes(levelOfGrade(grade))),
    staff: db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').where('staff.cancelled', '=', 0)
      .select(['staff.id as staffId', 'person.name']).orderBy('person.sort_name')),
    satellites: satellites(db).map(({ id, name }) => ({ satelliteId: id, name })),
    rooms: rooms(db).map(({ id, name }) => ({ roomId: id, name })),
  };
}

/** @throws AppError `classes.nameTaken`, `classes.wrongGrade`, `school.yearClosed`, `classes.unknownStaff` */
export function create(ctx: WriteContext, input: CheckedInputOf<Classes['create']>): { classId: string } {
  const { db, stamp } = ctx;
  const { year, grade } = input;
  const name = cleanName(input.name);
  if (schoolYear(db, year).state === 'closed') throw new AppError('school.yearClosed', { params: { year } });
  if (!levelsOf(theSchool(db)).includes(levelOfGrade(grade))) throw new AppError('classes.wrongGrade', { params: { grade }, field: 'grade' });
  if (findClassByName(db, year, name)) throw new AppError('classes.nameTaken', { params: { name, year }, field: 'name' });
  checkLinks(db, null, year, input);
  const classId = insertRecord(db, stamp, 'school_class', { year, code: name, name, grade, homeroom_staff_id: input.homeroomStaffId });
  if (input.isWaiting) insertRecord(db, stamp, 'class_profile', { ...emptyProfile(classId), is_waiting: 1 });
  else ensureSheets(ctx, { id: classId, year, grade, name });
  for (const feature of ['classes', 'grades'] as const) ctx.changed(feature, classId);
  return { classId };
}

/** @throws AppError `classes.nameTaken`, `database.changedMeanwhile`, `record.badValue`, `classes.unknownStaff`, `school.unknownPlace`, `classes.badPartner` */
export function save(ctx: WriteContext, input: CheckedInputOf<Classes['save']>): ClassRecord {
  const { db, stamp } = ctx;
  const { classId } = input;
  const found = requireOpenClass(db, classId);
  const more = classProfile(db, classId);
  if (found.version + (more?.version ?? 0) !== input.expectedVersion) throw new AppError('database.changedMeanwhile', { params: { table: 'school_class', id: classId } });
  const name = cleanName(input.name ?? found.name);
  const twin = findClassByName(db, found.year, name);
  if (twin && twin.id !== classId) throw new AppError('classes.nameTaken', { params: { name, year: found.year }, field: 'name' });
  checkLinks(db, classId, found.year, input);
  const own = { name, code: cleanName(input.code ?? found.code), homeroom_staff_id: input.homeroomStaffId === undefined ? found.homeroom_staff_id : input.homeroomStaffId };
  if (own.name !== found.name || own.code !== found.code || own.homeroom_staff_id !== found.homeroom_staff_id) updateRecord(db, stamp, 'school_class', classId, found.version, own);
  const columns = {
    ...recordColumnsOf(storedRecordValues(fieldsOf(found.grade), input.values)),
    ...(input.satelliteId === undefined ? {} : { satellite_id: input.satelliteId }), ...(input.roomId === undefined ? {} : { room_id: input.roomId }),
  };
  writeProfile(ctx, classId, columns);
  if (input.partnerClassId !== undefined) join(ctx, classId, input.partnerClassId);
  for (const feature of ['classes', 'attendance', 'grades'] as const) ctx.changed(feature, classId);
  return record(ctx, { classId });
}

function checkLinks(db: ReadHandle, classId: string | null, year: string, links: Links): void {
  const { homeroomStaffId, satelliteId, roomId, partnerClassId } = links;
  if (typeof homeroomStaffId === 'string' && !db.get(sql.selectFrom('staff').select('id').where('id', '=', homeroomStaffId).where('cancelled', '=', 0))) {
    throw new AppError('classes.unknownStaff', { field: 'homeroomStaffId' });
  }
  if (typeof satelliteId === 'string' && !satellites(db).some(one => one.id === satelliteId)) throw new AppError('school.unknownPlace', { field: 'satelliteId' });
  if (typeof roomId === 'string' && !rooms(db).some(one => one.id === roomId)) throw new AppError('school.unknownPlace', { field: 'roomId' });
  if (typeof partnerClassId === 'string' && (partnerClassId === classId || findClass(db, partnerClassId)?.year !== year)) {
    throw new AppError('classes.badPartner', { field: 'partnerClassId' });
  }
}

/** Two classes taught together name each other; whoever was the partner before stands alone again. */
function join(ctx: WriteContext, classId: string, partnerId: string | null): void {
  const before = classProfile(ctx.db, classId)?.partner_class_id ?? null;
  if (before === partnerId) return;
  const theirs = partnerId === null ? null : classProfile(ctx.db, partnerId)?.partner_class_id ?? null;
  for (const left of [before, theirs]) if (left !== null && left !== classId) writeProfile(ctx, left, { partner_class_id: null });
  writeProfile(ctx, classId, { partner_class_id: partnerId });
  if (partnerId !== null) writeProfile(ctx, partnerId, { partner_class_id: classId });
}

type OwnColumns = Omit<ClassProfileTable, 'id' | 'version' | 'device' | 'created_at' | 'updated_at' | 'cancelled'>;

function emptyProfile(classId: string): OwnColumns {
  const columns = recordColumnsOf(classFields.map(field => ({ field, value: '' })));
  return { ...columns, class_id: classId, is_waiting: 0, satellite_id: null, room_id: null, partner_class_id: null } as OwnColumns;
}

/** Writes what differs; the row is made when it first holds something. */
function writeProfile({ db, stamp }: WriteContext, classId: string, columns: Partial<OwnColumns>): void {
  const known = classProfile(db, classId);
  const base: Partial<OwnColumns> = known ?? emptyProfile(classId);
  const differs = (Object.keys(columns) as (keyof OwnColumns)[]).some(column => base[column] !== columns[column]);
  if (!differs) return;
  if (known) updateRecord(db, stamp, 'class_profile', known.id, known.version, columns);
  else insertRecord(db, stamp, 'class_profile', { ...emptyProfile(classId), ...columns });
}

/** @throws AppError `classes.notEmpty` saying what the class holds */
export function close(ctx: WriteContext, { classId }: CheckedInputOf<Classes['close']>): { closed: true } {
  const { db, stamp } = ctx;
  const found = requireOpenClass(db, classId);
  const holds = db.get(sql.selectNoFrom(({ selectFrom, fn }) => [
    selectFrom('enrolment').where('class_id', '=', classId).where('cancelled', '=', 0).select(fn.countAll<number>().as('count')).as('pupils'),
    selectFrom('roll_call').where('class_id', '=', classId).where('cancelled', '=', 0).select(fn.countAll<number>().as('count')).as('calls'),
    selectFrom('mark').innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id').where('grade_sheet.class_id', '=', classId).where('mark.state', '<>', 'empty')
      .select(fn.countAll<number>().as('count')).as('marks'),
  ]));
  const { pupils, calls, marks } = { pupils: holds?.pupils ?? 0, calls: holds?.calls ?? 0, marks: holds?.marks ?? 0 };
  if (pupils + calls + marks > 0) throw new AppError('classes.notEmpty', { params: { name: found.name, pupils, calls, marks } });
  join(ctx, classId, null);
  for (const sheet of db.all(sql.selectFrom('grade_sheet').select(['id', 'version']).where('class_id', '=', classId).where('cancelled', '=', 0))) {
    cancelRecord(db, stamp, 'grade_sheet', sheet.id, sheet.version);
  }
  for (const held of db.all(sql.selectFrom('assignment').select(['id', 'version']).where('class_id', '=', classId).where('cancelled', '=', 0))) {
    cancelRecord(db, stamp, 'assignment', held.id, held.version);
  }
  cancelRecord(db, stamp, 'school_class', classId, found.version);
  for (const feature of ['classes', 'grades'] as const) ctx.changed(feature, classId);
  return { closed: true };
}
