import type { SchoolHistoryEntry } from '../../preload/contract/school.ts';
import { columnOfKey } from '../../preload/contract/record-fields.ts';
import { schoolFields } from '../../preload/contract/school-fields.ts';
import { sql } from '../../db/handle.ts';
import { hasText, text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { dateText } from '../kit/display.ts';
import { changedFields } from '../kit/row-difference.ts';

const tables = ['school', 'school_profile', 'school_code', 'satellite', 'room', 'school_year', 'calendar_day'];
const SHOWN = 300;
const fieldByColumn = new Map(schoolFields.map(field => [columnOfKey(field.key), field]));

/** Who changed what of the school, its places, years and days; newest first. */
export function history({ db }: ReadContext): { entries: SchoolHistoryEntry[] } {
  const rows = db.all(sql.selectFrom('journal').leftJoin('account', 'account.user', 'journal.actor').select(['journal.seq', 'journal.at', 'journal.actor', 'account.name',
    'journal.tbl', 'journal.before', 'journal.after', 'journal.reason']).where('journal.tbl', 'in', tables).orderBy('journal.seq', 'desc').limit(SHOWN));
  const entries = rows.flatMap(row => changedFields(row.before, row.after).flatMap((change): SchoolHistoryEntry[] => {
    const hidden = change.field === 'school_id' || (change.field === 'cancelled' && change.after === '0');
    const [before, after] = [shown(change.field, change.before), shown(change.field, change.after)];
    if (hidden || before === after) return [];
    return [{ seq: row.seq, at: row.at, actor: row.name ?? row.actor, record: recordName(row.tbl, row.after ?? row.before), field: columnName(row.tbl, change.field), before, after, reason: row.reason }];
  }));
  return { entries };
}

/** "Năm học 2025-2026", "Điểm trường Bản Lác". */
function recordName(table: string, image: string | null): string {
  const row = JSON.parse(image ?? '{}') as { name?: string; year?: string; date?: string };
  const which = table === 'calendar_day' ? dateText(row.date ?? '') : table === 'school_year' ? row.year : table === 'satellite' || table === 'room' ? row.name : '';
  return [text(`school.table.${table}`), which].filter(Boolean).join(' ');
}

function columnName(table: string, column: string): string {
  const field = table === 'school' || table === 'school_profile' ? fieldByColumn.get(column) : undefined;
  if (field) return text(`school.field.${field.key}`);
  return hasText(`school.column.${column}`) ? text(`school.column.${column}`) : column;
}

function shown(column: string, value: string | null): string {
  if (value === null || value === '') return '';
  if (column === 'cancelled') return text('school.takenBack');
  const field = fieldByColumn.get(column);
  if (field?.type === 'flag') return text(value === '1' ? 'school.yes' : 'school.no');
  if (field?.type === 'choice') return text(`school.choice.${field.key}.${value}`);
  return /^\d{4}-\d{2}(-\d{2})?$/.test(value) ? dateText(value) : value;
}
