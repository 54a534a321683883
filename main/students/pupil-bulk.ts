import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { maskedValue } from './pupil-fields.ts';
import { readPupilRecord, writePupilRecord, type FieldValue } from './pupil-record-store.ts';
import { readChanges } from './students-service.ts';

type Students = typeof students;

/** Fields of one pupil alone: the same for many would be a slip. */
const ownOnly: ReadonlySet<string> = new Set(['name', 'otherName', 'birth', 'personalId', 'phone', 'email', 'universalNumber']);

function bulkChanges(changes: Readonly<Record<string, string>>): FieldValue[] {
  const own = Object.keys(changes).find(key => ownOnly.has(key) || key.includes('.'));
  if (own !== undefined) throw new AppError('students.bulkOwn', { field: own });
  return readChanges(changes);
}

function chosenPupils(db: ReadHandle, enrolmentIds: readonly string[]) {
  const rows = db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .select(['enrolment.id', 'enrolment.person_id', 'person.name', 'school_class.name as class_name'])
    .where('enrolment.id', 'in', [...enrolmentIds]).where('enrolment.cancelled', '=', 0));
  const byId = new Map(rows.map(row => [row.id, row]));
  return enrolmentIds.map(id => {
    const found = byId.get(id);
    if (!found) throw new AppError('students.unknown');
    return found;
  });
}

/** What a change of many would do, pupil by pupil: only those it changes. */
export function bulkPreview({ db }: ReadContext, { enrolmentIds, changes }: CheckedInputOf<Students['bulkPreview']>): OutputOf<Students['bulkPreview']> {
  const wanted = bulkChanges(changes);
  const rows = chosenPupils(db, enrolmentIds).map(pupil => {
    const { values } = readPupilRecord(db, pupil.person_id, pupil.id);
    const shown = ({ field }: FieldValue, value: string) => (field.isSensitive === true ? maskedValue(field, value) : value);
    return {
      enrolmentId: pupil.id, name: pupil.name, className: pupil.class_name,
      changes: wanted.filter(({ field, value }) => values[field.key] !== value)
        .map(one => ({ field: one.field.key, before: shown(one, values[one.field.key] ?? ''), after: one.value })),
    };
  }).filter(row => row.changes.length > 0);
  return { rows, changes: rows.reduce((sum, row) => sum + row.changes.length, 0) };
}

/** All or nothing, in one transaction. */
export function bulkSave(ctx: WriteContext, { enrolmentIds, changes }: CheckedInputOf<Students['bulkSave']>): OutputOf<Students['bulkSave']> {
  const wanted = bulkChanges(changes);
  let pupils = 0;
  let count = 0;
  for (const pupil of chosenPupils(ctx.db, enrolmentIds)) {
    const written = writePupilRecord(ctx, readPupilRecord(ctx.db, pupil.person_id, pupil.id), wanted);
    if (written === 0) continue;
    pupils += 1;
    count += written;
    ctx.changed('students', pupil.person_id);
  }
  return { pupils, changes: count };
}
