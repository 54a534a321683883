import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { MovementKind, movements } from '../../preload/contract/movements.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { RecordColumns } from '../../db/schema/base.ts';
import type { MovementTable } from '../../db/schema/movements.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { requireClass } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { changeStatus } from '../students/pupil-status.ts';
import { approvalsOfYear } from '../year-end/year-end-store.ts';
import { endsLevel } from '../year-end/roll-over-plan.ts';
import { actsFor, statusAfter, statusCode, yearPart } from './movement-rules.ts';
import { kindName, reasonWords } from './movement-words.ts';
import { thePlace } from './movements-store.ts';

type Movements = typeof movements;
type NewMovement = Partial<Omit<MovementTable, keyof RecordColumns>> & Pick<MovementTable, 'year' | 'kind' | 'state' | 'received_on'>;

export function addMovement({ db, stamp, session, changed }: WriteContext, given: NewMovement): string {
  const id = insertRecord(db, stamp, 'movement', {
    person_id: null, enrolment_id: null, class_id: null, happened_on: null, decided_on: null, handed_on: null, expected_on: null, other_school: '', other_province: '', is_same_province: 1,
    regime: '', reason_code: '', note: '', paper: '', held_papers: '', draft: '', made_person: 0, actor: session.name || session.user, ...given,
  });
  changed('movements', id);
  return id;
}

/** A year is still written in. @throws AppError `movements.yearClosed` */
export function openYear(ctx: WriteContext, year: string) {
  const found = schoolYear(ctx.db, year);
  if (found.state === 'closed') throw new AppError('movements.yearClosed', { params: { year } });
  return found;
}

/** @throws AppError `classes.unknown`, `movements.yearClosed` */
export function openClass(ctx: WriteContext, classId: string) {
  const found = requireClass(ctx.db, classId);
  return { found, year: openYear(ctx, found.year) };
}

/**
 * Writes the status an act gives a pupil from its day on.
 * @throws AppError `movements.notPossible` when his status does not allow the act
 */
export function applyStatus(ctx: WriteContext, movementId: string, kind: MovementKind, enrolmentId: string, on: string, because: Pick<MovementTable, 'reason_code' | 'note' | 'paper'>): void {
  const place = thePlace(ctx.db, enrolmentId);
  const status = statusAfter(kind);
  if (status === null) return;
  const code = statusCode(kind, yearPart(on, schoolYear(ctx.db, place.year)));
  changeStatus(ctx, { enrolmentId, status, code, on, reason: reasonWords(because), paper: because.paper, movementId });
}

/** A leave, a return, a drop-out or a year again: done at once. */
export function act(ctx: WriteContext, { enrolmentId, kind, on, expectedOn, reasonCode, note, paper }: CheckedInputOf<Movements['act']>): { movementId: string } {
  const place = thePlace(ctx.db, enrolmentId);
  openYear(ctx, place.year);
  requireNoOpenCase(ctx, place.person_id);
  if (!actsFor(place.status, place.is_repeating === 1).includes(kind)) throw new AppError('movements.notPossible', { params: { act: kindName(kind), name: place.name } });
  if (kind === 'dropOut' && reasonCode === undefined) throw new AppError('movements.needsReason', { field: 'reasonCode' });
  if (expectedOn !== null && expectedOn <= on) throw new AppError('movements.backBeforeLeaving', { field: 'expectedOn' });
  const because = { reason_code: reasonCode ?? '', note, paper };
  const movementId = addMovement(ctx, {
    year: place.year, kind, state: 'done', received_on: on, happened_on: on, person_id: place.person_id, enrolment_id: enrolmentId, class_id: place.class_id, expected_on: expectedOn, ...because,
  });
  if (kind === 'repeat') {
    updateRecord(ctx.db, ctx.stamp, 'enrolment', enrolmentId, place.version, { is_repeating: 1 });
    ctx.changed('students', place.person_id);
  } else applyStatus(ctx, movementId, kind, enrolmentId, on, because);
  return { movementId };
}

/** One case at a time. @throws AppError `movements.caseOpen` */
export function requireNoOpenCase({ db }: WriteContext, personId: string): void {
  const waiting = db.get(sql.selectFrom('movement').select('kind').where('person_id', '=', personId).where('state', '=', 'open').where('cancelled', '=', 0));
  if (waiting) throw new AppError('movements.caseOpen', { params: { act: kindName(waiting.kind) } });
}

/** Who of a final class has passed it for good; the approval of the principal comes first. */
export function completable({ db }: Pick<ReadContext, 'db'>, { classId }: CheckedInputOf<Movements['completable']>) {
  const found = requireClass(db, classId);
  if (!endsLevel(found.grade)) return { pupils: [], waitsFor: 'notFinalGrade' as const };
  if (!approvalsOfYear(db, found.year).get(classId)?.final) return { pupils: [], waitsFor: 'approval' as const };
  const pupils = db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('year_result', 'year_result.enrolment_id', 'enrolment.id')
    .leftJoin('movement', join => join.onRef('movement.enrolment_id', '=', 'enrolment.id').on('movement.kind', '=', 'completion').on('movement.state', '=', 'done'))
    .where('enrolment.class_id', '=', classId).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
    .where('year_result.cancelled', '=', 0).where('year_result.promotion', '=', 'promoted').where('movement.id', 'is', null)
    .select(['enrolment.id as enrolmentId', 'enrolment.person_id as personId', 'person.name', 'person.birth']).orderBy('enrolment.roll'));
  return { pupils, waitsFor: null };
}

/** Pupils of a final class have completed the level; their place in the class stays as it was. @throws AppError `movements.notCompleted` */
export function completeLevel(ctx: WriteContext, { classId, on, paper, enrolmentIds }: CheckedInputOf<Movements['completeLevel']>): { movementIds: string[] } {
  const may = new Map(completable(ctx, { classId }).pupils.map(pupil => [pupil.enrolmentId, pupil]));
  const year = openClass(ctx, classId).found.year;
  return {
    movementIds: [...new Set(enrolmentIds)].map(enrolmentId => {
      const pupil = may.get(enrolmentId);
      if (!pupil) throw new AppError('movements.notCompleted');
      return addMovement(ctx, { year, kind: 'completion', state: 'done', received_on: on, happened_on: on, person_id: pupil.personId, enrolment_id: enrolmentId, class_id: classId, paper });
    }),
  };
}
