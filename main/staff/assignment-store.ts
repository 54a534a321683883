import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { AssignmentTable } from '../../db/schema/people.ts';
import { TRAITS } from '../../resources/catalogues/subject-catalogue.ts';
import type { WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { schoolYear } from '../school/school-store.ts';

type Writing = Pick<WriteContext, 'db' | 'stamp'>;

const ofPlace = prepare<{ classId: string; subject: string }, AssignmentTable>(p => sql.selectFrom('assignment').selectAll()
  .where('class_id', '=', p('classId')).where('subject', '=', p('subject')).where('cancelled', '=', 0).orderBy('from_date'));

/**
 * From `from` on, `staffId` (null: nobody) teaches the subject in the class. Whoever taught it before ends with that day, what was planned after it
 * is taken back. Answers whether anything changed.
 */
export function assignTeacher({ db, stamp }: Writing, classId: string, subject: string, staffId: string | null, from: string): boolean {
  const all = ofPlace(db, { classId, subject });
  const rows = all.filter(row => row.to_date === null || row.to_date > from);
  const held = rows.find(row => row.from_date <= from);
  const later = rows.filter(row => row.from_date > from);
  for (const row of later) cancelRecord(db, stamp, 'assignment', row.id, row.version);
  if (held && held.staff_id === staffId) {
    if (held.to_date !== null) updateRecord(db, stamp, 'assignment', held.id, held.version, { to_date: null });
    return later.length > 0 || held.to_date !== null;
  }
  if (held?.from_date === from) cancelRecord(db, stamp, 'assignment', held.id, held.version);
  else if (held) updateRecord(db, stamp, 'assignment', held.id, held.version, { to_date: from });
  // Who comes back on the very day he ended goes on: an undone handover leaves no seam.
  const goesOn = all.find(row => row.staff_id === staffId && row.to_date === from);
  if (goesOn) updateRecord(db, stamp, 'assignment', goesOn.id, goesOn.version, { to_date: null });
  else if (staffId !== null) insertRecord(db, stamp, 'assignment', { class_id: classId, subject, staff_id: staffId, from_date: from, to_date: null });
  return rows.length > 0 || staffId !== null;
}

/** What a file says of who teaches: since the year began where nobody is known yet, else from today. */
export function noteTeacher(ctx: Writing, place: { id: string; year: string }, subject: string, staffId: string): void {
  const isFirst = ofPlace(ctx.db, { classId: place.id, subject }).length === 0;
  assignTeacher(ctx, place.id, subject, staffId, isFirst ? schoolYear(ctx.db, place.year).starts_on : vietnamDay(ctx.stamp.at));
}

/** Every assignment of a year, by day of beginning. */
export function assignmentsOfYear(db: ReadHandle, year: string): AssignmentTable[] {
  return db.all(sql.selectFrom('assignment').innerJoin('school_class', 'school_class.id', 'assignment.class_id').selectAll('assignment')
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0).where('assignment.cancelled', '=', 0).orderBy('assignment.from_date'));
}

/** What is taught in the classes of a year, with the lessons of the whole year; qualities and competences are nobody's lessons. */
export function taughtInYear(db: ReadHandle, year: string): { class_id: string; subject: string; periods: number }[] {
  return db.all(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0).where('grade_sheet.cancelled', '=', 0).where('grade_sheet.subject', '<>', TRAITS)
    .groupBy(['grade_sheet.class_id', 'grade_sheet.subject']).select(({ fn }) => ['grade_sheet.class_id', 'grade_sheet.subject', fn.max('grade_sheet.periods').as('periods')]));
}

/** Ends what somebody teaches with a day and answers how many places that leaves without a teacher. */
export function endAssignments(ctx: Writing, staffId: string, from: string): number {
  const rows = ctx.db.all(sql.selectFrom('assignment').selectAll().where('staff_id', '=', staffId).where('cancelled', '=', 0)
    .where(({ or, eb }) => or([eb('to_date', 'is', null), eb('to_date', '>', from)])));
  for (const row of rows) {
    if (row.from_date >= from) cancelRecord(ctx.db, ctx.stamp, 'assignment', row.id, row.version);
    else updateRecord(ctx.db, ctx.stamp, 'assignment', row.id, row.version, { to_date: from });
  }
  return rows.length;
}
