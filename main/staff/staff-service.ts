import { mayCall } from '../../preload/contract/permissions.ts';
import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import { countedStaffFields, staffFields, type StaffValues } from '../../preload/contract/staff-fields.ts';
import type { staff, StaffRow, StaffView } from '../../preload/contract/staff.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { PersonTable, StaffTable } from '../../db/schema/people.ts';
import type { StaffProfileTable } from '../../db/schema/staff.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { mask } from '../kit/names.ts';
import { checkStaff } from './staff-checks.ts';
import { entryView } from './staff-entries.ts';
import { fieldOf, maskedValue, storedValue, subjectWords } from './staff-fields.ts';
import {
  accountOf, entriesOf, homeroomsOf, nameColumns, readStaffRecord, requireFreeCode, statusesOf, valuesOf, writeStaffRecord, type FieldValue, type StaffRecord,
} from './staff-store.ts';

type Staff = typeof staff;

/** Everyone who works or worked here. The office sees the record; everybody else name, position, subjects and homeroom. */
export function list({ db, session }: ReadContext): OutputOf<Staff['list']> {
  const maySeeRecords = mayCall(session.role, 'records.edit');
  const profiles = new Map(maySeeRecords ? db.all(sql.selectFrom('staff_profile').selectAll().where('cancelled', '=', 0)).map(row => [row.staff_id, row]) : []);
  const people = new Map(db.all(sql.selectFrom('person').selectAll().where('id', 'in', sql.selectFrom('staff').select('person_id').where('cancelled', '=', 0)))
    .map(row => [row.id, row]));
  const homerooms = Map.groupBy(db.all(sql.selectFrom('school_class').innerJoin('school_year', 'school_year.year', 'school_class.year')
    .select(['homeroom_staff_id', 'school_class.name']).where('homeroom_staff_id', 'is not', null).where('school_class.cancelled', '=', 0)
    .where('school_year.is_current', '=', 1).orderBy('school_class.name')), row => row.homeroom_staff_id);
  const rows = db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').selectAll('staff').where('staff.cancelled', '=', 0).orderBy('person.sort_name'))
    .flatMap(row => {
      const person = people.get(row.person_id);
      if (!person) return [];
      const whole = rowOf(row, person, homerooms.get(row.id)?.map(found => found.name) ?? [], profiles.get(row.id));
      return [maySeeRecords ? whole : { ...whole, code: '', birth: '', sex: 'unknown' as const, qualification: '', phone: '', email: '', completeness: null }];
    });
  return { rows, maySeeRecords };
}

function rowOf(row: StaffTable, person: PersonTable, homeroomOf: string[], profile: StaffProfileTable | undefined): StaffRow {
  return {
    staffId: row.id, code: row.code, name: person.name, birth: person.birth, sex: person.sex, position: row.position, job: jobOf(row.job), qualification: row.qualification,
    subjects: subjectWords(row.subjects), homeroomOf: homeroomOf.length === 0 ? null : homeroomOf.join(', '), status: row.status, phone: mask(person.phone),
    email: person.email, completeness: completenessOf(valuesOf({ person, staff: row, profile })),
  };
}

/** Who is not said to be a head or a teacher works in the office. */
function jobOf(job: string): StaffRow['job'] {
  return job === 'principal' || job === 'vicePrincipal' || job === 'teacher' ? job : 'officer';
}

function isMissing(value: string | undefined): boolean {
  return value === undefined || value === '' || value === 'unknown';
}

function completenessOf(values: StaffValues): number {
  const filled = countedStaffFields.filter(field => !isMissing(values[field.key])).length;
  return Math.floor((filled * 100) / countedStaffFields.length);
}

export function open({ db, services }: ReadContext, { staffId }: CheckedInputOf<Staff['open']>): StaffView {
  const record = readStaffRecord(db, staffId);
  const { values, staff: row, person } = record;
  return {
    ...rowOf(row, person, homeroomsOf(db, staffId), record.profile), personId: person.id, version: record.revision,
    values: Object.fromEntries(staffFields.map(field => [field.key, field.isSensitive === true ? maskedValue(field, values[field.key] ?? '') : values[field.key] ?? ''])),
    masked: staffFields.filter(field => field.isSensitive === true && values[field.key] !== '').map(field => field.key),
    missing: countedStaffFields.filter(field => isMissing(values[field.key])).map(field => field.key),
    warnings: checkStaff(values, vietnamDay(services.clock())),
    statuses: statusesOf(db, staffId).map(({ status, from_date: from, note, paper }) => ({ status, from, note, paper })),
    entries: entriesOf(db, staffId).map(entryView), account: accountOf(db, staffId),
  };
}

/** @throws AppError `staff.unknownField`, `staff.badValue`, `staff.noName`, `staff.noCode` */
function readChanges(changes: StaffValues): FieldValue[] {
  return Object.entries(changes).map(([key, typed]) => {
    const field = fieldOf(key);
    return { field, value: storedValue(field, typed) };
  });
}

const emptyPerson = {
  birth: '', sex: 'unknown' as const, personal_id: '', ethnic_group: '', nationality: 'Việt Nam', religion: '', birth_place: '', home_town: '', address: '',
  commune: '', province: '', phone: '', email: '', policy_group: '', disability: '',
};

/** @throws AppError `staff.noName`, `staff.noCode`, `staff.codeTaken`, `staff.badValue` */
export function add(ctx: WriteContext, { values }: CheckedInputOf<Staff['add']>): OutputOf<Staff['add']> {
  const { db, stamp } = ctx;
  const changes = readChanges({ ...values, name: values['name'] ?? '', code: values['code'] ?? '' });
  const valueOf = (key: string) => changes.find(({ field }) => field.key === key)?.value ?? '';
  requireFreeCode(db, valueOf('code'), null);
  const personId = insertRecord(db, stamp, 'person', { ...emptyPerson, ...nameColumns(valueOf('name')) });
  const staffId = insertRecord(db, stamp, 'staff', {
    person_id: personId, code: valueOf('code'), position: '', job: '', qualification: '', subjects: '', contract: '', status: 'working',
  });
  insertRecord(db, stamp, 'staff_status', { staff_id: staffId, status: 'working', from_date: vietnamDay(stamp.at), note: '', paper: '' });
  writeStaffRecord(ctx, readStaffRecord(db, staffId), changes);
  ctx.changed('staff', staffId);
  return { staffId };
}

/** @throws AppError `database.changedMeanwhile`, `staff.codeTaken` and those of a bad value */
export function save(ctx: WriteContext, { staffId, expectedVersion, changes }: CheckedInputOf<Staff['save']>): OutputOf<Staff['save']> {
  const record = readStaffRecord(ctx.db, staffId);
  if (record.revision !== expectedVersion) throw new AppError('database.changedMeanwhile', { params: { table: 'staff', id: staffId } });
  const said = readChanges(changes);
  const code = said.find(({ field }) => field.key === 'code')?.value;
  if (code !== undefined) requireFreeCode(ctx.db, code, staffId);
  writeStaffRecord(ctx, record, said);
  ctx.changed('staff', staffId);
  return { version: readStaffRecord(ctx.db, staffId).revision };
}

/** Shows a sensitive field in clear; who looked is written down. */
export function unmask({ db, stamp, session }: WriteContext, { staffId, field: key }: CheckedInputOf<Staff['unmask']>): OutputOf<Staff['unmask']> {
  const field = fieldOf(key);
  const record: StaffRecord = readStaffRecord(db, staffId);
  insertRecord(db, stamp, 'sensitive_look', { person_id: record.person.id, field: field.key, actor: session.user });
  return { value: record.values[field.key] ?? '' };
}
