import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { movements } from '../../preload/contract/movements.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { requireClass } from '../school/school-class-store.ts';
import { add } from '../students/pupil-add.ts';
import { giveRegisterNumbers, giveTemporaryCode } from '../students/pupil-codes.ts';
import { beginStatus } from '../students/pupil-status.ts';
import { findPerson } from '../students/students-store.ts';
import { yearBefore } from '../school/year-steps.ts';
import { addMovement, openClass } from './movement-acts.ts';

type Movements = typeof movements;

/** Who passed the grade below last year here and has no place this year. */
export function candidates({ db }: ReadContext, { classId }: CheckedInputOf<Movements['candidates']>): OutputOf<Movements['candidates']> {
  const found = requireClass(db, classId);
  const pupils = db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .innerJoin('year_result', 'year_result.enrolment_id', 'enrolment.id')
    .leftJoin('enrolment as now', join => join.onRef('now.person_id', '=', 'enrolment.person_id').on('now.year', '=', found.year).on('now.cancelled', '=', 0))
    .where('enrolment.year', '=', yearBefore(found.year)).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
    .where('school_class.grade', '=', found.grade - 1).where('year_result.promotion', '=', 'promoted').where('year_result.cancelled', '=', 0).where('now.id', 'is', null)
    .select(['person.id as personId', 'person.name', 'person.birth', 'school_class.name as className']).orderBy('school_class.name').orderBy('enrolment.roll'));
  return { pupils };
}

/** A place at the end of a class for somebody the school knows. @throws AppError `movements.alreadyHere` */
export function enrol(ctx: WriteContext, personId: string, classId: string, year: string, status: 'studying' | 'transferredIn', on: string): string {
  const { db, stamp } = ctx;
  const person = findPerson(db, personId);
  if (person?.cancelled !== 0) throw new AppError('students.unknown');
  const there = db.get(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').select('school_class.name')
    .where('enrolment.person_id', '=', personId).where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0));
  if (there) throw new AppError('movements.alreadyHere', { params: { name: person.name, class: there.name } });
  const roll = (db.get(sql.selectFrom('enrolment').select(({ fn }) => fn.max('roll').as('roll')).where('class_id', '=', classId))?.roll ?? 0) + 1;
  return insertRecord(db, stamp, 'enrolment', { person_id: personId, class_id: classId, year, roll, status, status_on: on, is_repeating: 0 });
}

/**
 * New pupils of a class in one act: record, place, number in the register, temporary code where the ministry has none yet.
 * @throws AppError what any of them meets; then none of them is admitted
 */
export function admit(ctx: WriteContext, { classId, on, paper, hasRegister, hasTemporaryCodes, pupils }: CheckedInputOf<Movements['admit']>): OutputOf<Movements['admit']> {
  const { found, year } = openClass(ctx, classId);
  const made = pupils.map(pupil => {
    const isNew = 'values' in pupil;
    const { personId, enrolmentId } = isNew
      ? add(ctx, { classId, values: pupil.values, status: 'studying' })
      : { personId: pupil.personId, enrolmentId: enrol(ctx, pupil.personId, classId, year.year, 'studying', on) };
    const movementId = addMovement(ctx, {
      year: year.year, kind: 'admission', state: 'done', received_on: on, happened_on: on, person_id: personId, enrolment_id: enrolmentId, class_id: classId, paper, made_person: isNew ? 1 : 0,
    });
    beginStatus(ctx, { enrolmentId, status: 'studying', code: '01', on, reason: '', paper, movementId });
    const person = findPerson(ctx.db, personId);
    if (!person) throw new AppError('students.unknown');
    const temporaryCode = (hasTemporaryCodes && person.personal_id !== '' ? giveTemporaryCode(ctx, person, year.year.slice(0, 4)) : null) ?? '';
    return { movementId, enrolmentId, personId, name: person.name, temporaryCode };
  });
  const numbers = hasRegister ? giveRegisterNumbers(ctx, made.map(({ personId }) => ({ personId, grade: found.grade }))) : new Map<string, string>();
  return { admitted: made.map(({ personId, ...one }) => ({ ...one, registerNumber: numbers.get(personId) ?? '' })) };
}
