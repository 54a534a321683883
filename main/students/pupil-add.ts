import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { requireClass } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { fieldOf, nameColumns, storedValue, type PersonColumn } from './pupil-fields.ts';
import { readPupilRecord, writePupilRecord } from './pupil-record-store.ts';
import { readChanges, warningsOf } from './students-service.ts';

const emptyPerson: Record<PersonColumn, string> & { sex: 'unknown' } = {
  name: '', birth: '', sex: 'unknown', personal_id: '', ethnic_group: '', nationality: 'Việt Nam', religion: '', birth_place: '', home_town: '', address: '',
  commune: '', province: '', phone: '', email: '', policy_group: '', disability: '',
};

/** A pupil typed in by hand, at the end of a class. @throws AppError `students.noName`, `students.badValue`, `classes.unknown`, `school.yearClosed` */
export function add(ctx: WriteContext, { classId, values, status }: CheckedInputOf<(typeof students)['add']>): OutputOf<(typeof students)['add']> {
  const { db, stamp, services } = ctx;
  const found = requireClass(db, classId);
  if (schoolYear(db, found.year).state === 'closed') throw new AppError('school.yearClosed', { params: { year: found.year } });
  const name = storedValue(fieldOf('name'), values['name'] ?? '');
  const birth = storedValue(fieldOf('birth'), values['birth'] ?? '');
  const personId = insertRecord(db, stamp, 'person', { ...emptyPerson, ...nameColumns(name), birth });
  const roll = (db.get(sql.selectFrom('enrolment').select(({ fn }) => fn.max('roll').as('roll')).where('class_id', '=', classId))?.roll ?? 0) + 1;
  const enrolmentId = insertRecord(db, stamp, 'enrolment', {
    person_id: personId, class_id: classId, year: found.year, roll, status, status_on: vietnamDay(stamp.at), is_repeating: 0,
  });
  writePupilRecord(ctx, readPupilRecord(db, personId, enrolmentId), readChanges(values));
  ctx.changed('students', personId);
  ctx.changed('classes', classId);
  return { personId, enrolmentId, warnings: warningsOf(readPupilRecord(db, personId, enrolmentId), services.clock()) };
}
