import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql as raw } from 'kysely';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { inParts } from '../call/job-parts.ts';
import { AppError } from '../kit/errors.ts';
import { maskedValue } from './pupil-fields.ts';
import { readPupilRecords, writePupilRecord, type FieldValue } from './pupil-record-store.ts';
import { readChanges } from './students-service.ts';

type Students = typeof students;

/** Fields of one pupil alone: the same for many would be a slip. */
const ownOnly: ReadonlySet<string> = new Set(['name', 'otherName', 'birth', 'personalId', 'phone', 'email', 'universalNumber']);

function bulkChanges(changes: Readonly<Record<string, string>>): FieldValue[] {
  const own = Object.keys(changes).find(key => ownOnly.has(key) || key.includes('.'));
  if (own !== undefined) throw new AppError('students.bulkOwn', { field: own });
  return readChanges(changes);
}

/** In the order chosen. @throws AppError `students.unknown` */
function chosenPupils(db: ReadHandle, enrolmentIds: readonly string[]) {
  const rows = chosenQuery(db, { ids: JSON.stringify(enrolmentIds) });
  const byId = new Map(rows.map(row => [row.enrolmentId, row]));
  return enrolmentIds.map(id => {
    const found = byId.get(id);
    if (!found) throw new AppError('students.unknown');
    return found;
  });
}

const chosenQuery = prepare<{ ids: string }, { enrolmentId: string; personId: string; name: string; className: string }>(p => sql.selectFrom('enrolment')
  .innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
  .select(['enrolment.id as enrolmentId', 'enrolment.person_id as personId', 'person.name', 'school_class.name as className'])
  .where('enrolment.id', 'in', raw<string>`(select value from json_each(${p('ids')}))`).where('enrolment.cancelled', '=', 0));

/** What a change of many would do, pupil by pupil: only those it changes. */
export function bulkPreview({ db }: ReadContext, { enrolmentIds, changes }: CheckedInputOf<Students['bulkPreview']>): OutputOf<Students['bulkPreview']> {
  const wanted = bulkChanges(changes);
  const shown = ({ field }: FieldValue, value: string) => (field.isSensitive === true ? maskedValue(field, value) : value);
  const pupils = chosenPupils(db, enrolmentIds);
  const records = readPupilRecords(db, pupils);
  const rows = pupils.map(({ enrolmentId, name, className }, index) => {
    const values = records[index]?.values ?? {};
    return {
      enrolmentId, name, className,
      changes: wanted.filter(({ field, value }) => values[field.key] !== value)
        .map(one => ({ field: one.field.key, before: shown(one, values[one.field.key] ?? ''), after: one.value })),
    };
  }).filter(row => row.changes.length > 0);
  return { rows, changes: rows.reduce((sum, row) => sum + row.changes.length, 0) };
}

/** A wrong field or an unknown pupil changes nobody; then some pupils at a time: a stop leaves those done as they are. */
export async function bulkSave(ctx: JobContext, { enrolmentIds, changes, reason }: CheckedInputOf<Students['bulkSave']>): Promise<OutputOf<Students['bulkSave']>> {
  const wanted = bulkChanges(changes);
  const saved = await inParts(ctx, { path: 'typed', reason: reason === undefined || reason === '' ? null : reason }, chosenPupils(ctx.db, enrolmentIds), (write, part) =>
    readPupilRecords(write.db, part).map(record => {
      const written = writePupilRecord(write, record, wanted);
      if (written > 0) write.changed('students', record.person.id);
      return written;
    }));
  return { pupils: saved.filter(written => written > 0).length, changes: saved.reduce((sum, written) => sum + written, 0) };
}
