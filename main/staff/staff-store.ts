import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { PersonTable, StaffTable } from '../../db/schema/people.ts';
import type { StaffEntryTable, StaffProfileTable, StaffStatusTable } from '../../db/schema/staff.ts';
import { staffFields, type StaffField, type StaffValues } from '../../preload/contract/staff-fields.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { foldForSearch, sortName } from '../kit/names.ts';
import { columnOf } from './staff-fields.ts';

/** A member of staff as he stands, from all tables that hold fields. */
export interface StaffRecord {
  staff: StaffTable;
  person: PersonTable;
  profile: StaffProfileTable | undefined;
  values: StaffValues;
  /** Grows with every change of any of them: what a saver expects is compared with it. */
  revision: number;
}

const staffById = prepare<{ id: string }, StaffTable>(p => sql.selectFrom('staff').selectAll().where('id', '=', p('id')).where('cancelled', '=', 0));

/** @throws AppError `staff.unknown` */
export function requireStaff(db: ReadHandle, staffId: string): StaffTable {
  const staff = staffById(db, { id: staffId })[0];
  if (!staff) throw new AppError('staff.unknown');
  return staff;
}

/** @throws AppError `staff.unknown` */
export function readStaffRecord(db: ReadHandle, staffId: string): StaffRecord {
  const staff = requireStaff(db, staffId);
  const person = db.get(sql.selectFrom('person').selectAll().where('id', '=', staff.person_id));
  if (!person) throw new AppError('staff.unknown');
  const profile = db.get(sql.selectFrom('staff_profile').selectAll().where('staff_id', '=', staffId).where('cancelled', '=', 0));
  return { staff, person, profile, values: valuesOf({ staff, person, profile }), revision: staff.version + person.version + (profile?.version ?? 0) };
}

export function valuesOf(tables: { person: PersonTable; staff: StaffTable; profile: StaffProfileTable | undefined }): StaffValues {
  return Object.fromEntries(staffFields.map(field => [field.key, (tables[field.of] as Record<string, string> | undefined)?.[columnOf(field)] ?? '']));
}

export interface FieldValue {
  field: StaffField;
  /** As `storedValue` made it. */
  value: string;
}

/** Writes what differs and answers how many fields that were. The profile is made when it first holds something. */
export function writeStaffRecord({ db, stamp }: WriteContext, record: StaffRecord, changes: readonly FieldValue[]): number {
  const changed = changes.filter(({ field, value }) => record.values[field.key] !== value);
  const columns = (of: StaffField['of']) => Object.fromEntries(changed.filter(({ field }) => field.of === of).map(({ field, value }) => [columnOf(field), value]));
  const person = columns('person');
  const staff = columns('staff');
  const profile = columns('profile');
  const { name } = person;
  if (Object.keys(person).length > 0) {
    updateRecord(db, stamp, 'person', record.person.id, record.person.version, { ...person, ...(name === undefined ? {} : nameColumns(name)) });
  }
  if (Object.keys(staff).length > 0) updateRecord(db, stamp, 'staff', record.staff.id, record.staff.version, staff);
  if (Object.keys(profile).length > 0) {
    if (record.profile) updateRecord(db, stamp, 'staff_profile', record.profile.id, record.profile.version, profile);
    else insertRecord(db, stamp, 'staff_profile', { ...emptyProfile(), ...profile, staff_id: record.staff.id });
  }
  return changed.length;
}

export function nameColumns(name: string) {
  return { name, sort_name: sortName(name), search_name: foldForSearch(name) };
}

function emptyProfile(): Omit<StaffProfileTable, 'staff_id'> {
  return Object.fromEntries(staffFields.filter(field => field.of === 'profile').map(field => [columnOf(field), ''])) as unknown as Omit<StaffProfileTable, 'staff_id'>;
}

/** @throws AppError `staff.codeTaken` */
export function requireFreeCode(db: ReadHandle, code: string, ownId: string | null): void {
  const holder = db.get(sql.selectFrom('staff').select('id').where('code', '=', code).where('cancelled', '=', 0));
  if (holder && holder.id !== ownId) throw new AppError('staff.codeTaken', { field: 'code', params: { code } });
}

export function statusesOf(db: ReadHandle, staffId: string): StaffStatusTable[] {
  return db.all(sql.selectFrom('staff_status').selectAll().where('staff_id', '=', staffId).where('cancelled', '=', 0).orderBy('from_date', 'desc').orderBy('id', 'desc'));
}

export function entriesOf(db: ReadHandle, staffId: string): StaffEntryTable[] {
  return db.all(sql.selectFrom('staff_entry').selectAll().where('staff_id', '=', staffId).where('cancelled', '=', 0)
    .orderBy('from_date', 'desc').orderBy('year', 'desc').orderBy('id', 'desc'));
}

export function accountOf(db: ReadHandle, staffId: string): { user: string; state: 'active' | 'closed' } | null {
  return db.get(sql.selectFrom('account').select(['user', 'state']).where('staff_id', '=', staffId).where('cancelled', '=', 0)) ?? null;
}

/** Names of the classes of the current year whose homeroom teacher he is. */
export function homeroomsOf(db: ReadHandle, staffId: string): string[] {
  return db.all(sql.selectFrom('school_class').innerJoin('school_year', 'school_year.year', 'school_class.year').select('school_class.name')
    .where('homeroom_staff_id', '=', staffId).where('school_class.cancelled', '=', 0).where('school_year.is_current', '=', 1).orderBy('school_class.name')).map(row => row.name);
}

/** Journal rows of a member of staff and of what hangs on him, oldest first. */
export function journalOfStaff(db: ReadHandle, { id, person_id: personId }: Pick<StaffTable, 'id' | 'person_id'>) {
  const kinds = ['staff_profile', 'staff_status', 'staff_entry', 'staff_post'] as const;
  const ownRows = (kind: (typeof kinds)[number]) => sql.selectFrom(kind as 'staff_entry').select('id').where('staff_id', '=', id);
  return db.all(sql.selectFrom('journal').select(['seq', 'at', 'actor', 'path', 'tbl', 'row_id', 'event', 'before', 'after', 'reason'])
    .where(({ or, and, eb }) => or([
      and([eb('tbl', '=', 'person'), eb('row_id', '=', personId)]),
      and([eb('tbl', '=', 'staff'), eb('row_id', '=', id)]),
      ...kinds.map(kind => and([eb('tbl', '=', kind), eb('row_id', 'in', ownRows(kind))])),
    ])).orderBy('seq'));
}
