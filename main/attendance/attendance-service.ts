import type { AbsenceCount, attendance, AttendanceMonth, AttendancePlan, AttendanceRow } from '../../preload/contract/attendance.ts';
import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import { levelOfGrade, schoolLevels } from '../../preload/contract/school.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { isOwnClass, ownClasses } from '../school/own-classes.ts';
import { classesOf, requireClass } from '../school/school-class-store.ts';
import { calendarOf } from '../school/calendar-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { absenceWarning, countAbsences, daysOfMonth, isSchoolDay, termOf } from './attendance-rules.ts';
import {
  absenceAt, absencesOfClass, countedAbsences, halfDayReading, planFrom, planRow, plansOfYear, rollCallsOfClass, rollCallsOfDay, rollOf, termsKept, type StoredAbsence,
} from './attendance-store.ts';

type Attendance = typeof attendance;

/** The homeroom teacher writes for his class, the office for all; teachers of the class look on. */
function mayEdit(db: ReadHandle, session: Session, found: SchoolClassTable): boolean {
  if (schoolYear(db, found.year).state === 'closed') return false;
  if (session.role === 'principal' || session.role === 'secretary') return true;
  return session.role === 'teacher' && session.staffId !== null && found.homeroom_staff_id === session.staffId;
}

function requireSight(db: ReadHandle, session: Session, classId: string): void {
  if (!isOwnClass(db, session, classId)) throw new AppError('attendance.notYourClass');
}

export function day({ db, session }: ReadContext, { year, date }: CheckedInputOf<Attendance['day']>): OutputOf<Attendance['day']> {
  const own = ownClasses(db, session);
  const plans = plansOfYear(db, year);
  const called = Map.groupBy(rollCallsOfDay(db, date), row => row.class_id);
  const absent = Map.groupBy(db.all(sql.selectFrom('absence').innerJoin('enrolment', 'enrolment.id', 'absence.enrolment_id')
    .innerJoin('person', 'person.id', 'enrolment.person_id').where('absence.date', '=', date).where('absence.cancelled', '=', 0)
    .where('enrolment.year', '=', year).select(['enrolment.class_id', 'person.name', 'absence.session', 'absence.kind']).orderBy('enrolment.roll')), row => row.class_id);
  const ofYear = schoolYear(db, year);
  const openLevels = new Set(schoolLevels.filter(level => isSchoolDay(date, ofYear, calendarOf(db, year, level))));
  const classes = classesOf(db, year).filter(found => own?.has(found.id) ?? true);
  return {
    date, isSchoolDay: classes.length === 0 ? openLevels.size > 0 : classes.some(found => openLevels.has(levelOfGrade(found.grade))),
    classes: classes.filter(found => openLevels.has(levelOfGrade(found.grade)) || openLevels.size === 0).map(found => ({
      classId: found.id, className: found.name, grade: found.grade, homeroom: found.homeroom, pupils: found.pupils ?? 0, plan: plans.get(found.id) ?? planFrom(undefined),
      called: (called.get(found.id) ?? []).map(row => row.session), absent: (absent.get(found.id) ?? []).map(({ name, session: of, kind }) => ({ name, session: of, kind })),
    })),
  };
}

export function month({ db, session }: ReadContext, { classId, month: wanted }: CheckedInputOf<Attendance['month']>): AttendanceMonth {
  const found = requireClass(db, classId);
  requireSight(db, session, classId);
  return { ...monthOf(db, found, wanted), mayEdit: mayEdit(db, session, found) };
}

/** One month of a class, with the count of each pupil in the month and in the year. */
export function monthOf(db: ReadHandle, found: SchoolClassTable, wanted: string): Omit<AttendanceMonth, 'mayEdit'> {
  const year = schoolYear(db, found.year);
  const plan = planFrom(planRow(db, found.id));
  const reading = halfDayReading(db, found.year);
  const calendar = calendarOf(db, found.year, levelOfGrade(found.grade));
  const dates = daysOfMonth(wanted);
  const [from = '', to = ''] = [dates[0], dates.at(-1)];
  const called = Map.groupBy(rollCallsOfClass(db, found.id, from, to), row => row.date);
  const absences = Map.groupBy(absencesOfClass(db, found.id, year.starts_on, year.ends_on), row => row.enrolment_id);
  const rows: AttendanceRow[] = rollOf(db, found.id, from).map((member, index) => {
    const ofYear: StoredAbsence[] = absences.get(member.enrolment_id) ?? [];
    const ofMonth = ofYear.filter(({ date }) => date >= from && date <= to);
    const count = countAbsences(ofYear, plan, reading);
    return {
      enrolmentId: member.enrolment_id, order: index + 1, name: member.name, hasLeft: member.has_left,
      absences: ofMonth.map(({ date, session, kind, note }) => ({ date, session, kind, note })),
      month: countAbsences(ofMonth, plan, reading), year: count, warning: absenceWarning(count),
    };
  });
  return {
    classId: found.id, className: found.name, year: found.year, month: wanted, plan,
    days: dates.map(date => ({ date, isSchoolDay: isSchoolDay(date, year, calendar), called: (called.get(date) ?? []).map(row => row.session) })), rows,
  };
}

/**
 * Saves absences and roll calls of one class, all or nothing.
 * @throws AppError `attendance.notYourClass`, `attendance.notSchoolDay`, `attendance.future`, `attendance.oneSession`, `attendance.changedMeanwhile`, `grades.notInClass`
 */
export function save(ctx: WriteContext, { classId, changes, called }: CheckedInputOf<Attendance['save']>): { savedAt: string } {
  const { db, session, stamp, services } = ctx;
  const found = requireClass(db, classId);
  if (!mayEdit(db, session, found)) throw new AppError(schoolYear(db, found.year).state === 'closed' ? 'grades.yearClosed' : 'attendance.notYourClass');
  const plan = planFrom(planRow(db, classId));
  const year = schoolYear(db, found.year);
  const calendar = calendarOf(db, found.year, levelOfGrade(found.grade));
  const today = vietnamDay(services.clock());
  const check = (date: string, at: AttendancePlan['mainSession'], field: string): void => {
    const params = { date: dateText(date) };
    if (!isSchoolDay(date, year, calendar)) throw new AppError('attendance.notSchoolDay', { params, field });
    if (date > today) throw new AppError('attendance.future', { params, field });
    if (plan.sessions === 1 && at !== plan.mainSession) throw new AppError('attendance.oneSession', { params, field });
  };
  const kept = termsKept(db, classId, year);
  const members = new Set(rollOf(db, classId, year.starts_on).map(member => member.enrolment_id));
  changes.forEach((change, index) => {
    if (!members.has(change.enrolmentId)) throw new AppError('grades.notInClass', { field: `changes.${index}` });
    check(change.date, change.session, `changes.${index}`);
    const stored = absenceAt(db, change.enrolmentId, change.date, change.session);
    if ((stored?.kind ?? null) !== change.before) {
      throw new AppError('attendance.changedMeanwhile', {
        field: `changes.${index}`,
        params: { date: dateText(change.date), stored: text(`attendance.kind.${stored?.kind ?? 'present'}`), yours: text(`attendance.kind.${change.after ?? 'present'}`) },
      });
    }
    const note = change.note ?? stored?.note ?? '';
    if (stored === undefined) {
      if (change.after !== null) insertRecord(db, stamp, 'absence', { enrolment_id: change.enrolmentId, date: change.date, session: change.session, kind: change.after, note });
    } else if (change.after === null) cancelRecord(db, stamp, 'absence', stored.id, stored.version);
    else if (stored.kind !== change.after || stored.note !== note) updateRecord(db, stamp, 'absence', stored.id, stored.version, { kind: change.after, note });
  });
  for (const [index, { date, session: at }] of called.entries()) {
    check(date, at, `called.${index}`);
    callRoll(ctx, classId, date, at);
  }
  keepDaily(ctx, classId, kept, new Set([...changes, ...called].map(({ date }) => termOf(date, year))));
  ctx.changed('attendance', classId);
  return { savedAt: stamp.at };
}

function callRoll({ db, stamp, session }: WriteContext, classId: string, date: string, at: AttendancePlan['mainSession']): void {
  const known = db.get(sql.selectFrom('roll_call').select('id').where('class_id', '=', classId).where('date', '=', date).where('session', '=', at).where('cancelled', '=', 0));
  if (!known) insertRecord(db, stamp, 'roll_call', { class_id: classId, date, session: at, actor: session.user });
}

/**
 * The first day kept in a term makes its totals counted, unless totals were typed before: then a person chooses which of the two stands.
 * `kept` are the terms that had a day before this save.
 */
function keepDaily(ctx: WriteContext, classId: string, kept: ReadonlySet<1 | 2>, now: ReadonlySet<1 | 2>): void {
  const plan = planFrom(planRow(ctx.db, classId));
  const sources: AttendancePlan['sources'] = [...plan.sources];
  for (const term of now) if (!kept.has(term) && !hasTypedTotals(ctx.db, classId, term)) sources[term - 1] = 'daily';
  if (sources.join() !== plan.sources.join()) writePlan(ctx, classId, { ...plan, sources });
}

function hasTypedTotals(db: ReadHandle, classId: string, term: 1 | 2): boolean {
  return db.get(sql.selectFrom('term_record').innerJoin('enrolment', 'enrolment.id', 'term_record.enrolment_id').select('term_record.id')
    .where('enrolment.class_id', '=', classId).where('term_record.term', '=', term)
    .where(({ or, eb }) => or([eb('term_record.absent_excused', '>', 0), eb('term_record.absent_unexcused', '>', 0)])).limit(1)) !== undefined;
}

export function setPlan(ctx: WriteContext, input: CheckedInputOf<Attendance['setPlan']>): { plan: AttendancePlan } {
  const found = requireClass(ctx.db, input.classId);
  if (!mayEdit(ctx.db, ctx.session, found)) throw new AppError('attendance.notYourClass');
  const plan: AttendancePlan = { sessions: input.sessions, mainSession: input.mainSession, sources: input.sources };
  writePlan(ctx, input.classId, plan);
  ctx.changed('attendance', input.classId);
  return { plan };
}

function writePlan({ db, stamp }: WriteContext, classId: string, plan: AttendancePlan): void {
  const row = planRow(db, classId);
  const values = { sessions: plan.sessions, main_session: plan.mainSession, source1: plan.sources[0], source2: plan.sources[1] };
  if (row === undefined) insertRecord(db, stamp, 'attendance_plan', { class_id: classId, ...values });
  else updateRecord(db, stamp, 'attendance_plan', row.id, row.version, values);
}

export function warnings({ db, session }: ReadContext, { year }: CheckedInputOf<Attendance['warnings']>): OutputOf<Attendance['warnings']> {
  const own = ownClasses(db, session);
  const counts = countedAbsences(db, schoolYear(db, year));
  const near = [...counts].flatMap(([enrolmentId, { term1, term2 }]) => {
    const count: AbsenceCount = { excused: term1.excused + term2.excused, unexcused: term1.unexcused + term2.unexcused };
    const warning = absenceWarning(count);
    return warning === null ? [] : [{ enrolmentId, count, warning }];
  });
  const pupils = new Map(near.length === 0 ? [] : db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id').where('enrolment.id', 'in', near.map(row => row.enrolmentId))
    .where('enrolment.status', 'in', ['studying', 'transferredIn'])
    .select(['enrolment.id', 'enrolment.class_id', 'enrolment.roll', 'school_class.name as class_name', 'school_class.grade', 'person.name'])).map(row => [row.id, row]));
  return {
    rows: near.flatMap(row => {
      const pupil = pupils.get(row.enrolmentId);
      return pupil && (own?.has(pupil.class_id) ?? true) ? [{ ...row, pupil }] : [];
    }).sort((a, b) => a.pupil.grade - b.pupil.grade || a.pupil.class_name.localeCompare(b.pupil.class_name, 'vi', { numeric: true }) || a.pupil.roll - b.pupil.roll)
      .map(({ pupil, ...row }) => ({ ...row, classId: pupil.class_id, className: pupil.class_name, name: pupil.name })),
  };
}
