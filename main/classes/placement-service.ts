import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { BrokenWish, classes, PlacementPupil } from '../../preload/contract/classes.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { compareNames, foldForSearch } from '../kit/names.ts';
import { waitingClasses } from '../school/school-class-store.ts';
import { moveAll } from './class-moves.ts';
import { requireOpenClass } from './class-records.ts';
import { placePupils } from './placement-rules.ts';

type Classes = typeof classes;

/** Pupils of the classes, by name, with what balance looks at: the last result before this year, disability and policy. */
function pupilsOf(db: ReadHandle, year: string, classIds: readonly string[]): Omit<PlacementPupil, 'toClassId'>[] {
  const rows = db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').where('enrolment.class_id', 'in', classIds)
    .where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
    .select(['enrolment.id', 'enrolment.person_id', 'enrolment.class_id', 'person.name', 'person.sex', 'person.disability', 'person.policy_group']));
  const results = db.all(sql.selectFrom('year_result').innerJoin('enrolment as old', 'old.id', 'year_result.enrolment_id').innerJoin('enrolment as now', 'now.person_id', 'old.person_id')
    .where('now.class_id', 'in', classIds).where('now.cancelled', '=', 0).where('old.cancelled', '=', 0).where('old.year', '<', year)
    .select(({ fn, ref }) => ['old.person_id', fn.coalesce(ref('year_result.learning_final'), ref('year_result.learning_year'), ref('year_result.overall')).as('level')])
    .orderBy('old.year'));
  const levels = new Map(results.map(row => [row.person_id, row.level ?? '']));
  return rows.map(row => ({
    enrolmentId: row.id, name: row.name, sex: row.sex, level: levels.get(row.person_id) ?? '', hasNeeds: says(row.disability) || says(row.policy_group), fromClassId: row.class_id,
  })).sort((left, right) => compareNames(left.name, right.name));
}

function says(words: string): boolean {
  return words !== '' && foldForSearch(words) !== 'khong';
}

/** A proposal to look at and change. @throws AppError `classes.unknown`, `classes.wrongGrade`, `classes.waitingTarget`, `school.yearClosed` */
export function placement({ db }: ReadContext, input: CheckedInputOf<Classes['placement']>): { pupils: PlacementPupil[]; broken: BrokenWish[] } {
  const { year, grade, seed, together, apart } = input;
  checkClasses(db, input);
  const from = new Set(input.from);
  const pupils = pupilsOf(db, year, [...from]);
  const fixed = new Map(input.fixed.map(one => [one.enrolmentId, one.classId]));
  const wanted = input.fixed.findIndex(one => !input.into.includes(one.classId));
  if (wanted >= 0) throw new AppError('classes.wrongGrade', { params: { grade }, field: `fixed.${wanted}.classId` });
  const placed = placePupils(pupils.map(({ enrolmentId: id, sex, level, hasNeeds }) => ({ id, sex, level, hasNeeds })), [...new Set(input.into)], { together, apart, fixed }, seed);
  return { pupils: pupils.map(pupil => ({ ...pupil, toClassId: placed.places.get(pupil.enrolmentId) ?? pupil.fromClassId })), broken: placed.broken };
}

function checkClasses(db: ReadHandle, { year, grade, from, into }: Pick<CheckedInputOf<Classes['placement']>, 'year' | 'grade' | 'from' | 'into'>): void {
  const waiting = waitingClasses(db, year);
  for (const [field, ids] of Object.entries({ from, into })) {
    for (const id of ids) {
      const found = requireOpenClass(db, id);
      if (found.grade !== grade || found.year !== year) throw new AppError('classes.wrongGrade', { params: { grade }, field });
    }
  }
  if (into.some(id => waiting.has(id))) throw new AppError('classes.waitingTarget', { field: 'into' });
}

/** Puts everybody where the proposal says, in one act; who is there already stays. @throws those of `classes.move` */
export function place(ctx: WriteContext, { year, grade, on, places, reason }: CheckedInputOf<Classes['place']>): { actId: string | null; moved: number } {
  const { db } = ctx;
  checkClasses(db, { year, grade, from: [], into: [...new Set(places.map(one => one.toClassId))] });
  const now = new Map(db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').select(['enrolment.id', 'enrolment.class_id'])
    .where('enrolment.year', '=', year).where('school_class.grade', '=', grade).where('enrolment.cancelled', '=', 0)).map(row => [row.id, row.class_id]));
  if (places.some(one => !now.has(one.enrolmentId))) throw new AppError('students.unknown');
  const going = places.filter(one => now.get(one.enrolmentId) !== one.toClassId);
  if (going.length === 0) return { actId: null, moved: 0 };
  return { actId: moveAll(ctx, going, { on, note: reason, kind: 'placed', leaveMarks: false }), moved: going.length };
}
