import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { AbsenceTable, AttendancePlanTable, RollCallTable } from '../../db/schema/attendance.ts';
import type { SchoolYearTable } from '../../db/schema/school.ts';
import type { AbsenceCount, AttendancePlan, DaySession } from '../../preload/contract/attendance.ts';
import { chosenIn, readingHistory } from '../school/rule-choices.ts';
import { schoolYear } from '../school/school-store.ts';
import { countAbsences, halfDayReadings, termOf, type Absence, type HalfDayReading } from './attendance-rules.ts';

export interface TermAbsences {
  term1: AbsenceCount;
  term2: AbsenceCount;
}

const nobodyAway: AbsenceCount = { excused: 0, unexcused: 0 };

const plainPlan: AttendancePlan = { sessions: 1, mainSession: 'am', sources: ['typed', 'typed'] };

export function planFrom(row: AttendancePlanTable | undefined): AttendancePlan {
  return row === undefined ? plainPlan : { sessions: row.sessions, mainSession: row.main_session, sources: [row.source1, row.source2] };
}

const planOfClassQuery = prepare<{ classId: string }, AttendancePlanTable>(p => sql.selectFrom('attendance_plan').selectAll().where('class_id', '=', p('classId')));

export function planRow(db: ReadHandle, classId: string): AttendancePlanTable | undefined {
  return planOfClassQuery(db, { classId })[0];
}

/** The plans of a year's classes; a class without a row keeps the plain one. */
export function plansOfYear(db: ReadHandle, year: string): Map<string, AttendancePlan> {
  const rows = db.all(sql.selectFrom('attendance_plan').innerJoin('school_class', 'school_class.id', 'attendance_plan.class_id')
    .selectAll('attendance_plan').where('school_class.year', '=', year));
  return new Map(rows.map(row => [row.class_id, planFrom(row)]));
}

/** What the law leaves open of half days, as this school reads it in a school year. */
export function halfDayReading(db: ReadHandle, year: string): HalfDayReading {
  return chosenIn(readingHistory(db), 'halfDay', halfDayReadings, year);
}

export type StoredAbsence = Pick<AbsenceTable, 'id' | 'version' | 'enrolment_id' | 'date' | 'session' | 'kind' | 'note'>;

const absencesOfClassQuery = prepare<{ classId: string; from: string; to: string }, StoredAbsence>(p => sql.selectFrom('absence')
  .innerJoin('enrolment', 'enrolment.id', 'absence.enrolment_id')
  .select(['absence.id', 'absence.version', 'absence.enrolment_id', 'absence.date', 'absence.session', 'absence.kind', 'absence.note'])
  .where('enrolment.class_id', '=', p('classId')).where('absence.cancelled', '=', 0).where('absence.date', '>=', p('from')).where('absence.date', '<=', p('to'))
  .orderBy('absence.date').orderBy('absence.session'));

export function absencesOfClass(db: ReadHandle, classId: string, from: string, to: string): StoredAbsence[] {
  return absencesOfClassQuery(db, { classId, from, to });
}

const absenceAtQuery = prepare<{ enrolmentId: string; date: string; session: DaySession }, StoredAbsence>(p => sql.selectFrom('absence')
  .select(['id', 'version', 'enrolment_id', 'date', 'session', 'kind', 'note'])
  .where('enrolment_id', '=', p('enrolmentId')).where('date', '=', p('date')).where('session', '=', p('session')).where('cancelled', '=', 0));

export function absenceAt(db: ReadHandle, enrolmentId: string, date: string, session: DaySession): StoredAbsence | undefined {
  return absenceAtQuery(db, { enrolmentId, date, session })[0];
}

export function rollCallsOfClass(db: ReadHandle, classId: string, from: string, to: string): RollCallTable[] {
  return db.all(sql.selectFrom('roll_call').selectAll().where('class_id', '=', classId).where('date', '>=', from).where('date', '<=', to).where('cancelled', '=', 0));
}

export function rollCallsOfDay(db: ReadHandle, date: string): RollCallTable[] {
  return db.all(sql.selectFrom('roll_call').selectAll().where('date', '=', date).where('cancelled', '=', 0));
}

export interface RollMember {
  enrolment_id: string;
  name: string;
  has_left: boolean;
}

/** Who is or was in the class in the days asked for, in roll order. */
export function rollOf(db: ReadHandle, classId: string, from: string): RollMember[] {
  return db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
    .where('enrolment.class_id', '=', classId).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id as enrolment_id', 'person.name', 'enrolment.status', 'enrolment.status_on']).orderBy('enrolment.roll'))
    .map(row => ({ enrolment_id: row.enrolment_id, name: row.name, has_left: row.status !== 'studying' && row.status !== 'transferredIn', until: row.status_on }))
    .filter(row => !row.has_left || row.until >= from)
    .map(({ until: _until, ...row }) => row);
}

/** The semesters in which the class has a day on record. */
export function termsKept(db: ReadHandle, classId: string, year: SchoolYearTable): Set<1 | 2> {
  const dates = db.all(sql.selectFrom('roll_call').select('date').where('class_id', '=', classId).where('cancelled', '=', 0)
    .union(sql.selectFrom('absence').innerJoin('enrolment', 'enrolment.id', 'absence.enrolment_id').select('absence.date')
      .where('enrolment.class_id', '=', classId).where('absence.cancelled', '=', 0)));
  return new Set(dates.map(({ date }) => termOf(date, year)));
}

/**
 * Sessions absent by pupil and term, counted from the days, for the classes of a year (or one class) that keep daily attendance. A term that
 * is typed instead is left to the term record: see `sources` of the plan.
 * @param reading other than the school's, to see what it would change.
 */
export function countedAbsences(db: ReadHandle, year: SchoolYearTable, classId?: string, reading = halfDayReading(db, year.year)): Map<string, TermAbsences> {
  const plans = classId === undefined ? plansOfYear(db, year.year) : new Map([[classId, planFrom(planRow(db, classId))]]);
  let query = sql.selectFrom('absence').innerJoin('enrolment', 'enrolment.id', 'absence.enrolment_id')
    .select(['absence.enrolment_id', 'absence.date', 'absence.session', 'absence.kind', 'enrolment.class_id'])
    .where('enrolment.year', '=', year.year).where('absence.cancelled', '=', 0);
  if (classId !== undefined) query = query.where('enrolment.class_id', '=', classId);
  const counts = new Map<string, TermAbsences>();
  for (const [enrolmentId, absences] of Map.groupBy(db.all(query), row => row.enrolment_id)) {
    const plan = plans.get(absences[0]?.class_id ?? '') ?? plainPlan;
    const ofTerm = (isTerm: (absence: Absence) => boolean) => countAbsences(absences.filter(isTerm), plan, reading);
    counts.set(enrolmentId, { term1: ofTerm(({ date }) => termOf(date, year) === 1), term2: ofTerm(({ date }) => termOf(date, year) === 2) });
  }
  return counts;
}

/** Sessions absent of a class's pupils in the terms that are counted from the days; undefined for a term that is typed. */
export function countedTotals(db: ReadHandle, found: { id: string; year: string }, reading?: HalfDayReading): (enrolmentId: string, term: 1 | 2) => AbsenceCount | undefined {
  const { sources } = planFrom(planRow(db, found.id));
  if (!sources.includes('daily')) return () => undefined;
  const counts = countedAbsences(db, schoolYear(db, found.year), found.id, reading);
  return (enrolmentId, term) => (sources[term - 1] === 'daily' ? counts.get(enrolmentId)?.[`term${term}`] ?? nobodyAway : undefined);
}
