import { sql, type ReadHandle } from '../../db/handle.ts';
import type { CalendarDayTable } from '../../db/schema/school-records.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';

/** Days that differ from the week, by date: true is a school day. */
export type CalendarDays = ReadonlyMap<string, boolean>;

export function calendarRows(db: ReadHandle, year: string): CalendarDayTable[] {
  return db.all(sql.selectFrom('calendar_day').selectAll().where('year', '=', year).where('cancelled', '=', 0).orderBy('date').orderBy('level'));
}

/** The days of a level: its own entries stand before those for all. */
export function calendarOf(db: ReadHandle, year: string, level: SchoolLevel): CalendarDays {
  const rows = calendarRows(db, year);
  const of = (wanted: string) => rows.filter(row => row.level === wanted).map(row => [row.date, row.is_school === 1] as const);
  return new Map([...of(''), ...of(level)]);
}
