import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { SubjectStandingTable } from '../../db/schema/curriculum.ts';
import type { Standing } from './standing-rules.ts';

const columns = ['subject_standing.enrolment_id', 'subject_standing.subject', 'subject_standing.standing', 'subject_standing.term'] as const;

const ofClassQuery = prepare<{ classId: string }, Standing>(p => sql.selectFrom('subject_standing')
  .innerJoin('enrolment', 'enrolment.id', 'subject_standing.enrolment_id').where('enrolment.class_id', '=', p('classId'))
  .where('subject_standing.cancelled', '=', 0).select(columns));

/** Standings of a class by pupil; most pupils have none. */
export function standingsOfClass(db: ReadHandle, classId: string): ReadonlyMap<string, Standing[]> {
  return Map.groupBy(ofClassQuery(db, { classId }), row => row.enrolment_id);
}

const ofPupilQuery = prepare<{ enrolmentId: string }, Standing>(p => sql.selectFrom('subject_standing').select(columns)
  .where('enrolment_id', '=', p('enrolmentId')).where('cancelled', '=', 0));

export function standingsOfPupil(db: ReadHandle, enrolmentId: string): Standing[] {
  return ofPupilQuery(db, { enrolmentId });
}

/** Standings of the pupils now in the classes of a year (or in one class), by class. */
export function standingsByClass(db: ReadHandle, year: string, classId?: string): ReadonlyMap<string, (Standing & { class_id: string })[]> {
  let query = sql.selectFrom('subject_standing').innerJoin('enrolment', 'enrolment.id', 'subject_standing.enrolment_id')
    .where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
    .where('subject_standing.cancelled', '=', 0).select([...columns, 'enrolment.class_id']);
  if (classId !== undefined) query = query.where('enrolment.class_id', '=', classId);
  return Map.groupBy(db.all(query), row => row.class_id);
}

const standingById = prepare<{ id: string }, SubjectStandingTable>(p => sql.selectFrom('subject_standing').selectAll().where('id', '=', p('id')));

export function findStanding(db: ReadHandle, standingId: string): SubjectStandingTable | undefined {
  return standingById(db, { id: standingId })[0];
}

/** Every standing of a year with who and where, by class and roll. */
export function standingList(db: ReadHandle, year: string) {
  return db.all(sql.selectFrom('subject_standing').innerJoin('enrolment', 'enrolment.id', 'subject_standing.enrolment_id')
    .innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .where('enrolment.year', '=', year).where('subject_standing.cancelled', '=', 0).selectAll('subject_standing')
    .select(['person.name', 'school_class.name as class_name', 'school_class.grade'])
    .orderBy('school_class.grade').orderBy('school_class.name').orderBy('enrolment.roll'));
}
