import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import { staffEntryKinds, type StaffEntryColumn, type StaffEntryKind } from '../../preload/contract/staff-fields.ts';
import type { staff, StaffEntryView } from '../../preload/contract/staff.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { StaffEntryTable } from '../../db/schema/staff.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName } from '../kit/names.ts';
import { isCalendarDate } from './staff-fields.ts';
import { requireStaff } from './staff-store.ts';

type Staff = typeof staff;

/** The column in the table: SQL has its own `from` and `to`. */
function columnOf(column: StaffEntryColumn) {
  return column === 'from' ? 'from_date' as const : column === 'to' ? 'to_date' as const : column;
}

export function columnsOfKind(kind: StaffEntryKind): readonly StaffEntryColumn[] {
  return staffEntryKinds[kind];
}

export function entryView(row: StaffEntryTable): StaffEntryView {
  return { entryId: row.id, version: row.version, kind: row.kind, values: Object.fromEntries(columnsOfKind(row.kind).map(column => [column, row[columnOf(column)]])) };
}

const shapes: Partial<Record<StaffEntryColumn, RegExp>> = { year: /^\d{4}-\d{4}$/, from: /^\d{4}(-\d{2}){2}$/, to: /^\d{4}(-\d{2}){2}$/ };
const emptyEntry = { year: '', title: '', place: '', form: '', level: '', number: '', from_date: '', to_date: '', result: '' };

/** @throws AppError `staff.entryFirst` without its first column, `staff.entryValue` for a date or year that is none, `staff.entryDays` for an end before the start */
function storedEntry(kind: StaffEntryKind, typed: Readonly<Record<string, string>>): typeof emptyEntry {
  const columns = columnsOfKind(kind);
  const values = new Map(columns.map(column => [column, cleanName(typed[column] ?? '')]));
  const first = columns[0];
  if (first !== undefined && values.get(first) === '') throw new AppError('staff.entryFirst', { field: first });
  for (const [column, value] of values) {
    const isRight = value === '' || ((shapes[column]?.test(value) ?? true) && (column === 'year' || !(column in shapes) || isCalendarDate(value)));
    if (!isRight) throw new AppError('staff.entryValue', { field: column, params: { value } });
  }
  const [from = '', to = ''] = [values.get('from'), values.get('to')];
  if (from !== '' && to !== '' && to < from) throw new AppError('staff.entryDays', { field: 'to' });
  return { ...emptyEntry, ...Object.fromEntries([...values].map(([column, value]) => [columnOf(column), value])) };
}

/** Adds a line or changes one. */
export function saveEntry(ctx: WriteContext, { staffId, entryId, version, kind, values }: CheckedInputOf<Staff['saveEntry']>): OutputOf<Staff['saveEntry']> {
  requireStaff(ctx.db, staffId);
  const stored = storedEntry(kind, values);
  ctx.changed('staff', staffId);
  if (entryId === null) return { entryId: insertRecord(ctx.db, ctx.stamp, 'staff_entry', { ...stored, staff_id: staffId, kind }) };
  const known = requireEntry(ctx.db, entryId);
  if (known.staff_id !== staffId || known.kind !== kind) throw new AppError('staff.unknownEntry');
  updateRecord(ctx.db, ctx.stamp, 'staff_entry', entryId, version, stored);
  return { entryId };
}

export function cancelEntry(ctx: WriteContext, { entryId, version }: CheckedInputOf<Staff['cancelEntry']>): OutputOf<Staff['cancelEntry']> {
  const entry = requireEntry(ctx.db, entryId);
  cancelRecord(ctx.db, ctx.stamp, 'staff_entry', entryId, version);
  ctx.changed('staff', entry.staff_id);
  return { cancelled: true };
}

function requireEntry(db: ReadHandle, entryId: string): StaffEntryTable {
  const entry = db.get(sql.selectFrom('staff_entry').selectAll().where('id', '=', entryId).where('cancelled', '=', 0));
  if (!entry) throw new AppError('staff.unknownEntry');
  return entry;
}
