import { sql, type ReadHandle } from '../../db/handle.ts';
import { AppError } from '../kit/errors.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import { holdsToday } from './assignment-dates.ts';

export function findClass(db: ReadHandle, classId: string): SchoolClassTable | undefined {
  return db.get(sql.selectFrom('school_class').selectAll().where('id', '=', classId).where('cancelled', '=', 0));
}

/** @throws AppError `classes.unknown` */
export function requireClass(db: ReadHandle, classId: string): SchoolClassTable {
  const found = findClass(db, classId);
  if (!found) throw new AppError('classes.unknown');
  return found;
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
    .where('assignment.class_id', '=', classId).where(holdsToday)
    .select(['assignment.subject', 'person.name as teacher']));
}

/** Classes whose pupils wait to be placed. */
export function waitingClasses(db: ReadHandle, year: string): Set<string> {
  return new Set(db.all(sql.selectFrom('class_profile').innerJoin('school_class', 'school_class.id', 'class_profile.class_id').select('class_profile.class_id')
    .where('school_class.year', '=', year).where('class_profile.is_waiting', '=', 1).where('class_profile.cancelled', '=', 0)).map(row => row.class_id));
}
