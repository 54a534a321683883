import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { pupilFields, type PupilField } from '../../preload/contract/pupil-fields.ts';
import type { StudentHistoryEntry, students } from '../../preload/contract/students.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { changedFields } from '../kit/row-difference.ts';
import { maySee, sightOfPerson } from './pupil-access.ts';
import { columnOf, fieldOf, maskedValue } from './pupil-fields.ts';
import { readPupilRecord, writePupilRecord } from './pupil-record-store.ts';
import { journalOfPerson } from './students-store.ts';

type Students = typeof students;
type JournalRow = ReturnType<typeof journalOfPerson>[number];

const fieldTables: Record<string, PupilField['of']> = { person: 'person', pupil_profile: 'profile', pupil_year: 'year' };
const byColumn = new Map(pupilFields.map(field => [`${field.of}.${columnOf(field)}`, field]));

/** The field a column of a journal row holds, or undefined for what is no field of the record. */
function fieldAt(row: JournalRow, column: string): PupilField | undefined {
  const of = row.tbl === 'guardian' ? String((JSON.parse(row.after ?? row.before ?? '{}') as { relation?: string }).relation) : fieldTables[row.tbl];
  return byColumn.get(`${of}.${column}`);
}

/** Facts of other tables that the history tells; all else there is bookkeeping. */
const toldColumns: Record<string, readonly string[]> = {
  guardian: ['cancelled'], pupil_code: ['code', 'valid_to', 'person_id'], enrolment: ['status', 'class_id', 'roll', 'cancelled'],
  pupil_profile: ['photo_sha256'],
  identity_paper: ['kind', 'number', 'cancelled'], pupil_document: ['kind', 'file_name', 'replaced_by', 'cancelled'], health_check: ['measured_on', 'height', 'weight'],
  pupil_merge: ['state'],
};
const secretColumns: ReadonlySet<string> = new Set(['identity_paper.number', 'health_check.height', 'health_check.weight']);

/** Who changed what, newest first: of the fields this person may see, with sensitive values masked. */
export function history({ db, session }: ReadContext, { personId }: CheckedInputOf<Students['history']>): { entries: StudentHistoryEntry[] } {
  const sight = sightOfPerson(db, session, personId);
  const actors = actorNames(db);
  const classNames = new Map(db.all(sql.selectFrom('school_class').select(['id', 'name'])).map(row => [row.id, row.name]));
  const shown = (row: JournalRow, column: string, value: string | null): string | null => {
    if (value === null || value === '' || (column === 'cancelled' && value === '0')) return null;
    // Whose a new row is goes without saying; that it changed hands does not.
    if (column === 'person_id' && row.before === null) return null;
    if (column === 'cancelled') return text('students.told.cancelled');
    const key = `${row.tbl}.${column}`;
    if (secretColumns.has(key)) return '••••••';
    if (column === 'class_id') return classNames.get(value) ?? null;
    if (column === 'photo_sha256' || column === 'replaced_by' || column === 'person_id') return '✓';
    const wordKey = `students.told.${key}.${value}`;
    return hasText(wordKey) ? text(wordKey) : value;
  };
  const entries = journalOfPerson(db, personId).flatMap(row => changedFields(row.before, row.after).flatMap((change): StudentHistoryEntry[] => {
    const base = { seq: row.seq, at: row.at, actor: actors.full(row.actor), path: row.path, reason: row.reason };
    const field = fieldAt(row, change.field);
    if (field) {
      if (!maySee(sight, field) || (change.before ?? '') === (change.after ?? '')) return [];
      const value = (words: string | null) => (words === null || words === '' ? null : field.isSensitive === true ? maskedValue(field, words) : words);
      return [{
        ...base, field: fieldName(field), key: field.key, isRestorable: row.before !== null && field.of !== 'year', before: value(change.before), after: value(change.after),
      }];
    }
    if (sight === 'class' || !(toldColumns[row.tbl]?.includes(change.field) ?? false)) return [];
    const before = shown(row, change.field, change.before);
    const after = shown(row, change.field, change.after);
    return before === null && after === null ? [] : [{ ...base, field: text(`students.told.${row.tbl}.${change.field}.name`), key: null, isRestorable: false, before, after }];
  }));
  return { entries: entries.toReversed() };
}

/** "Họ và tên", "Cha: Điện thoại". */
export function fieldName(field: PupilField): string {
  const [relation = '', part] = field.key.split('.');
  return part === undefined ? text(`students.field.${relation}`) : `${text(`students.relation.${relation}`)}: ${text(`students.familyField.${part}`)}`;
}

/** The value a field had before or after the journal row `seq`. @throws AppError `students.noSuchChange` */
export function historicValue(db: ReadHandle, personId: string, seq: number, field: PupilField, side: 'before' | 'after'): string {
  const row = journalOfPerson(db, personId).find(one => one.seq === seq);
  const change = row && changedFields(row.before, row.after).find(one => fieldAt(row, one.field)?.key === field.key);
  if (!row || !change) throw new AppError('students.noSuchChange');
  return change[side] ?? '';
}

/** An earlier value becomes the value again, by a change that stands in the history like any other. */
export function restore(ctx: WriteContext, { personId, seq, field: key }: CheckedInputOf<Students['restore']>): { version: number } {
  const field = fieldOf(key);
  const record = readPupilRecord(ctx.db, personId, null);
  if (field.of === 'year') throw new AppError('students.noClass', { field: key });
  writePupilRecord(ctx, record, [{ field, value: historicValue(ctx.db, personId, seq, field, 'before') }]);
  ctx.changed('students', personId);
  return { version: readPupilRecord(ctx.db, personId, null).revision };
}
