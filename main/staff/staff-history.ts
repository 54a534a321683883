import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { staffFields, type StaffEntryKind } from '../../preload/contract/staff-fields.ts';
import type { staff, StaffHistoryEntry } from '../../preload/contract/staff.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext } from '../call/context.ts';
import { changedFields } from '../kit/row-difference.ts';
import { columnOf, maskedValue, subjectWords } from './staff-fields.ts';
import { journalOfStaff, requireStaff } from './staff-store.ts';

const fieldTables: Record<string, string> = { person: 'person', staff: 'staff', staff_profile: 'profile' };
const byColumn = new Map(staffFields.map(field => [`${field.of}.${columnOf(field)}`, field]));
const bookkeeping: ReadonlySet<string> = new Set(['staff_id', 'kind', 'person_id', 'sort_name', 'search_name']);

/** Who changed what in the record and its lists, newest first, sensitive values masked. */
export function history({ db }: ReadContext, { staffId }: CheckedInputOf<(typeof staff)['history']>): { entries: StaffHistoryEntry[] } {
  const actors = actorNames(db);
  const entries = journalOfStaff(db, requireStaff(db, staffId)).flatMap(row => changedFields(row.before, row.after).flatMap((change): StaffHistoryEntry[] => {
    if (bookkeeping.has(change.field) || (change.before ?? '') === (change.after ?? '')) return [];
    const base = { seq: row.seq, at: row.at, actor: actors.full(row.actor), path: row.path, reason: row.reason };
    const field = byColumn.get(`${fieldTables[row.tbl] ?? ''}.${change.field}`);
    if (field) {
      const value = (stored: string | null) => (stored === null || stored === '' ? null : field.isSensitive === true ? maskedValue(field, stored) : wordsOf(field.type, stored));
      return [{ ...base, field: text(`staff.field.${field.key}`), before: value(change.before), after: value(change.after) }];
    }
    const name = nameOf(row.tbl, row.after ?? row.before ?? '{}', change.field);
    const [before, after] = [toldWords(change.field, change.before), toldWords(change.field, change.after)];
    return name === null || before === after ? [] : [{ ...base, field: name, before, after }];
  }));
  return { entries: entries.toReversed() };
}

function wordsOf(type: string, stored: string): string {
  if (type === 'subjects') return subjectWords(stored);
  const key = type === 'sex' ? `staff.sex.${stored}` : type === 'job' ? `staff.role.${stored}` : type === 'flag' ? `staff.flag.${stored}` : '';
  return key !== '' && hasText(key) ? text(key) : stored;
}

/** "Khen thưởng: Số quyết định", "Trạng thái"; null for what nobody needs to be told. */
function nameOf(table: string, image: string, column: string): string | null {
  if (column === 'cancelled') return table === 'staff_entry' ? text(`staff.entryKind.${(JSON.parse(image) as { kind: StaffEntryKind }).kind}`) : text(`staff.told.${table}`);
  if (table === 'staff_entry') {
    const { kind } = JSON.parse(image) as { kind: StaffEntryKind };
    const key = `staff.entry.${kind}.${column.replace('_date', '')}`;
    return hasText(key) ? `${text(`staff.entryKind.${kind}`)}: ${text(key)}` : null;
  }
  const key = `staff.told.${table}_${column}`;
  return hasText(key) ? text(key) : null;
}

function toldWords(column: string, value: string | null): string | null {
  if (value === null || value === '') return null;
  if (column === 'cancelled') return value === '1' ? text('staff.told.cancelled') : null;
  if (column === 'status') return text(`staff.status.${value}`);
  return column === 'periods' ? (Number(value) / 10).toLocaleString('vi') : value;
}
