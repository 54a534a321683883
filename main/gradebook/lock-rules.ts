import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { CalendarEntry, lockCalls, LockRuleView } from '../../preload/contract/gradebook-locks.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { subjectName } from '../grades/grades-service.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { findClass } from '../school/school-class-store.ts';
import { levelsOf, schoolYear, theSchool } from '../school/school-store.ts';

type Locks = typeof lockCalls;

/** How many sheets each lock of a year reaches, by its id. */
function reachOf(db: ReadHandle, year: string): Map<string, number> {
  return new Map(db.all(sql.selectFrom('effective_lock').innerJoin('lock_rule', 'lock_rule.id', 'effective_lock.source_id').innerJoin('grade_sheet', 'grade_sheet.id', 'effective_lock.place')
    .where('lock_rule.year', '=', year).groupBy('source_id').select(['source_id']).select(({ fn }) => fn.countAll<number>().as('count'))).map(row => [row.source_id, row.count]));
}

/** Locks by scope, the newest first; withdrawn ones are in the journal only. */
export function lockRules({ db, session, services }: ReadContext, { year }: CheckedInputOf<Locks['lockRules']>): { rules: LockRuleView[]; mayChange: boolean } {
  const now = services.clock().toISOString();
  const reach = reachOf(db, year);
  const rows = db.all(sql.selectFrom('lock_rule').leftJoin('school_class', 'school_class.id', 'lock_rule.class_id').selectAll('lock_rule')
    .select(['school_class.name as class_name', 'school_class.grade as class_grade'])
    .where('lock_rule.year', '=', year).where('lock_rule.cancelled', '=', 0).orderBy('lock_rule.id', 'desc'));
  return {
    mayChange: mayCall(session.role, 'grades.lock'),
    rules: rows.map(row => ({
      ruleId: row.id, version: row.version, grade: row.grade, classId: row.class_id, className: row.class_name, subject: row.subject,
      subjectName: row.subject === null ? null : subjectName(row.subject, row.grade ?? row.class_grade ?? 9), term: row.term, columns: row.column_group,
      fromAt: row.from_at, reason: row.reason, by: row.made_by, isInForce: row.from_at <= now, sheets: reach.get(row.id) ?? 0,
    })),
  };
}

/** @throws AppError `gradebook.lockRuleEmpty` when no sheet lies within the scope; `classes.unknown`, `school.noYear`, `grades.yearClosed` */
export function addLockRule({ db, session, stamp, changed }: WriteContext, input: CheckedInputOf<Locks['addLockRule']>): { ruleId: string; sheets: number } {
  openYear(db, input.year);
  if (input.classId !== null && findClass(db, input.classId)?.year !== input.year) throw new AppError('classes.unknown');
  const ruleId = insertRecord(db, stamp, 'lock_rule', {
    year: input.year, grade: input.grade, class_id: input.classId, subject: input.subject, term: input.term, column_group: input.columns,
    from_at: input.fromAt === null ? stamp.at : new Date(input.fromAt).toISOString(), reason: input.reason, made_by: session.name,
  });
  const sheets = reachOf(db, input.year).get(ruleId) ?? 0;
  if (sheets === 0) throw new AppError('gradebook.lockRuleEmpty');
  tell(changed);
  return { ruleId, sheets };
}

/** @throws AppError `gradebook.lockRuleUnknown`, `database.changedMeanwhile`, `grades.yearClosed` */
export function withdrawLockRule({ db, stamp, changed }: WriteContext, { ruleId, version }: CheckedInputOf<Locks['withdrawLockRule']>): { withdrawn: true } {
  const rule = db.get(sql.selectFrom('lock_rule').select('year').where('id', '=', ruleId).where('cancelled', '=', 0));
  if (!rule) throw new AppError('gradebook.lockRuleUnknown');
  openYear(db, rule.year);
  cancelRecord(db, stamp, 'lock_rule', ruleId, version);
  tell(changed);
  return { withdrawn: true };
}

export function calendar({ db, session }: ReadContext, { year }: CheckedInputOf<Locks['calendar']>) {
  const found = schoolYear(db, year);
  const entries: CalendarEntry[] = entriesOf(db, year).map(row => ({
    level: row.level, point: row.point, opensOn: row.opens_on, dueOn: row.due_on, locksAt: row.locks_at, version: row.version,
  }));
  return { entries, levels: levelsOf(theSchool(db)), startsOn: found.starts_on, endsOn: found.ends_on, mayChange: mayCall(session.role, 'grades.lock') };
}

export function entriesOf(db: ReadHandle, year: string) {
  return db.all(sql.selectFrom('lock_calendar').selectAll().where('year', '=', year).where('cancelled', '=', 0).orderBy('point').orderBy('level'));
}

/**
 * Sets one point of the year for a level, or for all levels. The lock takes effect at its minute by itself: the database compares times.
 * @throws AppError `gradebook.calendarOrder` when the three do not follow one another, `database.changedMeanwhile`, `grades.yearClosed`
 */
export function saveCalendarEntry({ db, session, stamp, changed }: WriteContext, input: CheckedInputOf<Locks['saveCalendarEntry']>): { saved: true } {
  openYear(db, input.year);
  const locksAt = input.locksAt === null ? null : new Date(input.locksAt).toISOString();
  const days = [input.opensOn, input.dueOn, locksAt === null ? null : vietnamDay(locksAt)].filter(day => day !== null);
  if (days.some((day, index) => day < (days[index - 1] ?? ''))) throw new AppError('gradebook.calendarOrder', { field: 'locksAt' });
  const known = entriesOf(db, input.year).find(row => row.point === input.point && row.level === input.level);
  if ((known?.version ?? null) !== input.version) throw new AppError('database.changedMeanwhile');
  const wanted = { opens_on: input.opensOn, due_on: input.dueOn, locks_at: locksAt, made_by: session.name };
  if (!known) {
    if (days.length > 0) insertRecord(db, stamp, 'lock_calendar', { year: input.year, level: input.level, point: input.point, ...wanted });
  } else if (days.length === 0) cancelRecord(db, stamp, 'lock_calendar', known.id, known.version);
  else updateRecord(db, stamp, 'lock_calendar', known.id, known.version, wanted);
  tell(changed);
  return { saved: true };
}

function openYear(db: ReadHandle, year: string): void {
  if (schoolYear(db, year).state === 'closed') throw new AppError('grades.yearClosed');
}

/** Every sheet may be reached: windows read all of them again. */
function tell(changed: WriteContext['changed']): void {
  changed('grades');
  changed('gradebook');
}
