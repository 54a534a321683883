import { sql, type ReadHandle } from '../../db/handle.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';

export function findClass(db: ReadHandle, classId: string): SchoolClassTable | undefined {
  return db.get(sql.selectFrom('school_class').selectAll().where('id', '=', classId).where('cancelled', '=', 0));
}

export function findClassByName(db: ReadHandle, year: string, name: string): SchoolClassTable | undefined {
  return db.get(sql.selectFrom('school_class').selectAll().where('year', '=', year).where('name', '=', name).where('cancelled', '=', 0));
}

/** Classes of a year with the head count and the homeroom teacher's name, by grade and name. */
export function classesOf(db: ReadHandle, year: string) {
  return db.all(sql.selectFrom('school_class')
    .leftJoin('staff', 'staff.id', 'school_class.homeroom_staff_id').leftJoin('person', 'person.id', 'staff.person_id')
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0)
    .select(['school_class.id', 'school_class.name', 'school_class.grade', 'person.name as homeroom'])
    .select(({ selectFrom }) => selectFrom('enrolment').innerJoin('person as pupil', 'pupil.id', 'enrolment.person_id')
      .whereRef('enrolment.class_id', '=', 'school_class.id').where('enrolment.cancelled', '=', 0)
      .where('enrolment.status', 'in', ['studying', 'transferredIn']).select(({ fn }) => fn.countAll<number>().as('count')).as('pupils'))
    .select(({ selectFrom }) => selectFrom('enrolment').innerJoin('person as pupil', 'pupil.id', 'enrolment.person_id')
      .whereRef('enrolment.class_id', '=', 'school_class.id').where('enrolment.cancelled', '=', 0).where('pupil.sex', '=', 'female')
      .where('enrolment.status', 'in', ['studying', 'transferredIn']).select(({ fn }) => fn.countAll<number>().as('count')).as('female'))
    .orderBy('school_class.grade').orderBy('school_class.name'));
}

/** Who teaches what in a class today. */
export function teachersOf(db: ReadHandle, classId: string): { subject: string; teacher: string }[] {
  return db.all(sql.selectFrom('assignment').innerJoin('staff', 'staff.id', 'assignment.staff_id').innerJoin('person', 'person.id', 'staff.person_id')
    .where('assignment.class_id', '=', classId).where('assignment.cancelled', '=', 0).where('assignment.to_date', 'is', null)
    .select(['assignment.subject', 'person.name as teacher']));
}
