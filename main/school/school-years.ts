import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { CalendarEntry, school, SchoolYearRecord } from '../../preload/contract/school.ts';
import { sql } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { calendarRows } from './calendar-store.ts';
import { currentYear, schoolYear, schoolYears } from './school-store.ts';
import { dayAYearLater, yearAfter } from './year-steps.ts';

type School = typeof school;
type Dates = Record<'startsOn' | 'endsOn' | 'term2From', string>;

export function years({ db }: ReadContext): { years: SchoolYearRecord[]; next: { year: string } & Dates } {
  const rows = schoolYears(db);
  const count = (table: 'school_class' | 'calendar_day') => new Map(db.all(sql.selectFrom(table).where('cancelled', '=', 0).groupBy('year')
    .select(({ fn }) => ['year', fn.countAll<number>().as('count')])).map(row => [row.year, row.count]));
  const classes = count('school_class');
  const days = count('calendar_day');
  const latest = rows[0] ?? currentYear(db);
  return {
    years: rows.map(row => ({
      year: row.year, isCurrent: row.is_current === 1, state: row.state, version: row.version, startsOn: row.starts_on, endsOn: row.ends_on, term2From: row.term2_from,
      classes: classes.get(row.year) ?? 0, days: days.get(row.year) ?? 0,
    })),
    next: { year: yearAfter(latest.year), startsOn: dayAYearLater(latest.starts_on), endsOn: dayAYearLater(latest.ends_on), term2From: dayAYearLater(latest.term2_from) },
  };
}

/**
 * A year is named after the two calendar years it lies in, and begins before its second term.
 * @throws AppError `school.yearName`, `school.yearDays`
 */
export function checkYear(year: string, { startsOn, endsOn, term2From }: Dates): void {
  const [first = '', second = ''] = year.split('-');
  if (Number(second) !== Number(first) + 1) throw new AppError('school.yearName', { params: { year }, field: 'year' });
  if (!(startsOn < term2From && term2From < endsOn)) throw new AppError('school.yearDays', { field: 'term2From' });
  if (!startsOn.startsWith(first) || !endsOn.startsWith(second)) throw new AppError('school.yearDays', { field: startsOn.startsWith(first) ? 'endsOn' : 'startsOn' });
}

/** Prepares a year: it is open and not yet the one everybody works in. @throws AppError `school.yearThere`, and those of {@link checkYear} */
export function createYear(ctx: WriteContext, { year, ...dates }: CheckedInputOf<School['createYear']>): { year: string } {
  const { db, stamp } = ctx;
  checkYear(year, dates);
  const known = schoolYears(db);
  if (known.some(row => row.year === year)) throw new AppError('school.yearThere', { params: { year }, field: 'year' });
  if (known.length > 0 && !known.some(row => row.year === year || yearAfter(row.year) === year || yearAfter(year) === row.year)) {
    throw new AppError('school.yearGap', { params: { year }, field: 'year' });
  }
  insertRecord(db, stamp, 'school_year', { year, starts_on: dates.startsOn, ends_on: dates.endsOn, term2_from: dates.term2From, state: 'open', is_current: 0 });
  ctx.changed('school');
  return { year };
}

/** @throws AppError `school.yearClosed`, `school.daysOutside`, `database.changedMeanwhile`, and those of {@link checkYear} */
export function saveYear(ctx: WriteContext, { year, expectedVersion, startsOn, endsOn, term2From }: CheckedInputOf<School['saveYear']>): { version: number } {
  const { db, stamp } = ctx;
  const row = schoolYear(db, year);
  if (row.state === 'closed') throw new AppError('school.yearClosed', { params: { year } });
  checkYear(year, { startsOn, endsOn, term2From });
  const outside = db.get(sql.selectFrom('roll_call').innerJoin('school_class', 'school_class.id', 'roll_call.class_id').select('roll_call.date').where('school_class.year', '=', year)
    .where('roll_call.cancelled', '=', 0).where(({ or, eb }) => or([eb('roll_call.date', '<', startsOn), eb('roll_call.date', '>', endsOn)])).limit(1));
  if (outside) throw new AppError('school.daysOutside', { params: { date: outside.date.split('-').toReversed().join('/') } });
  const version = updateRecord(db, stamp, 'school_year', row.id, expectedVersion, { starts_on: startsOn, ends_on: endsOn, term2_from: term2From });
  for (const feature of ['school', 'attendance'] as const) ctx.changed(feature);
  return { version };
}

/** @throws AppError `school.yearClosed` */
export function makeCurrent(ctx: WriteContext, { year }: CheckedInputOf<School['makeCurrent']>): { before: string } {
  const { db, stamp } = ctx;
  const wanted = schoolYear(db, year);
  if (wanted.state === 'closed') throw new AppError('school.yearClosed', { params: { year } });
  const before = currentYear(db);
  for (const row of schoolYears(db)) {
    const isCurrent = row.id === wanted.id ? 1 : 0;
    if (row.is_current !== isCurrent) updateRecord(db, stamp, 'school_year', row.id, row.version, { is_current: isCurrent });
  }
  for (const feature of ['school', 'classes', 'home'] as const) ctx.changed(feature);
  return { before: before.year };
}

export function calendar({ db }: ReadContext, { year }: CheckedInputOf<School['calendar']>): { days: CalendarEntry[] } {
  return { days: calendarRows(db, schoolYear(db, year).year).map(row => ({ date: row.date, level: row.level, kind: row.is_school === 1 ? 'on' : 'off', name: row.name })) };
}

/**
 * Writes days that differ from the week, or gives them back to it. A day on which a roll was called stays a school day.
 * @throws AppError `school.dayOutside`, `school.dayCalled`, `school.yearClosed`
 */
export function setDays(ctx: WriteContext, { year, days }: CheckedInputOf<School['setDays']>): { before: CalendarEntry[] } {
  const { db, stamp } = ctx;
  const row = schoolYear(db, year);
  if (row.state === 'closed') throw new AppError('school.yearClosed', { params: { year } });
  const stored = new Map(calendarRows(db, year).map(found => [`${found.date}/${found.level}`, found]));
  const called = new Set(db.all(sql.selectFrom('roll_call').innerJoin('school_class', 'school_class.id', 'roll_call.class_id').select('roll_call.date').distinct()
    .where('school_class.year', '=', year).where('roll_call.cancelled', '=', 0)).map(found => found.date));
  const before = days.map((day, index): CalendarEntry => {
    const field = `days.${index}`;
    const params = { date: day.date.split('-').toReversed().join('/') };
    if (day.date < row.starts_on || day.date > row.ends_on) throw new AppError('school.dayOutside', { params, field });
    if (day.kind === 'off' && called.has(day.date)) throw new AppError('school.dayCalled', { params, field });
    const known = stored.get(`${day.date}/${day.level}`);
    const values = { is_school: day.kind === 'on' ? 1 as const : 0 as const, name: day.name };
    if (day.kind === null) {
      if (known) cancelRecord(db, stamp, 'calendar_day', known.id, known.version);
    } else if (!known) insertRecord(db, stamp, 'calendar_day', { year, date: day.date, level: day.level, ...values });
    else if (known.is_school !== values.is_school || known.name !== values.name) updateRecord(db, stamp, 'calendar_day', known.id, known.version, values);
    return known ? { date: day.date, level: day.level, kind: known.is_school === 1 ? 'on' : 'off', name: known.name } : { date: day.date, level: day.level, kind: null, name: '' };
  });
  for (const feature of ['school', 'attendance'] as const) ctx.changed(feature);
  return { before };
}
