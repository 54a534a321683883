import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { DuplicateCard } from '../../preload/contract/pupil-records.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { findDuplicates, similarTo, type DuplicateSubject } from './pupil-duplicates.ts';

type Students = typeof students;

const SHOWN = 200;

/** Everybody who is or was a pupil here and was not merged into another. */
function allPupils(db: ReadHandle): DuplicateSubject[] {
  return db.all(sql.selectFrom('person').select(['id', 'name', 'birth', 'sex', 'personal_id as personalId', 'search_name as folded']).where('cancelled', '=', 0)
    .where('id', 'in', sql.selectFrom('enrolment').select('person_id').where('cancelled', '=', 0)));
}

/** Likely duplicates among all pupils of all years, without the pairs somebody has already told apart. */
export function duplicates({ db }: ReadContext): OutputOf<Students['duplicates']> {
  const people = allPupils(db);
  const apart = new Set(db.all(sql.selectFrom('pupil_distinct').select(['left_id', 'right_id']).where('cancelled', '=', 0))
    .map(row => `${row.left_id}|${row.right_id}`));
  const pairs = findDuplicates(people).filter(pair => !apart.has(`${pair.left}|${pair.right}`)).slice(0, SHOWN);
  const cards = cardsOf(db, pairs.flatMap(pair => [pair.left, pair.right]));
  return {
    people: people.length,
    pairs: pairs.flatMap(({ left: leftId, right: rightId, score, reasons }) => {
      const left = cards.get(leftId);
      const right = cards.get(rightId);
      return left && right ? [{ score, reasons, left, right }] : [];
    }),
  };
}

export function similar({ db }: ReadContext, { name, birth, personalId }: CheckedInputOf<Students['similar']>): OutputOf<Students['similar']> {
  if (name.trim() === '') return { found: [] };
  const found = similarTo({ id: '', name, birth, sex: 'unknown', personalId }, allPupils(db)).slice(0, 5);
  const cards = cardsOf(db, found.map(pair => pair.right));
  return { found: found.flatMap(({ right, score, reasons }) => { const card = cards.get(right); return card ? [{ score, reasons, card }] : []; }) };
}

/** Cards by person: the latest place in a class, and the codes in use. */
export function cardsOf(db: ReadHandle, personIds: readonly string[]): Map<string, DuplicateCard> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return new Map();
  const places = new Map(db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .select(['enrolment.id', 'enrolment.person_id', 'enrolment.year', 'school_class.name']).where('enrolment.person_id', 'in', ids)
    .where('enrolment.cancelled', '=', 0).orderBy('enrolment.year')).map(row => [row.person_id, row]));
  const codes = Map.groupBy(db.all(sql.selectFrom('pupil_code').select(['person_id', 'code']).where('person_id', 'in', ids).where('valid_to', 'is', null)
    .where('cancelled', '=', 0).orderBy('kind')), row => row.person_id);
  return new Map(db.all(sql.selectFrom('person').select(['id', 'name', 'birth', 'sex']).where('id', 'in', ids)).map(person => {
    const place = places.get(person.id);
    return [person.id, {
      personId: person.id, enrolmentId: place?.id ?? null, name: person.name, birth: person.birth, sex: person.sex,
      className: place?.name ?? '', year: place?.year ?? '',
      codes: (codes.get(person.id) ?? []).map(row => row.code),
    }];
  }));
}

export function keepApart(ctx: WriteContext, { leftId, rightId }: CheckedInputOf<Students['keepApart']>): null {
  const [left = '', right = ''] = [leftId, rightId].toSorted();
  if (left === right || cardsOf(ctx.db, [left, right]).size !== 2) throw new AppError('students.unknown');
  const known = ctx.db.get(sql.selectFrom('pupil_distinct').select('id').where('left_id', '=', left).where('right_id', '=', right));
  if (!known) insertRecord(ctx.db, ctx.stamp, 'pupil_distinct', { left_id: left, right_id: right });
  ctx.changed('students', left, right);
  return null;
}
