import type { HomeCharts } from '../../preload/contract/home.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';

const DAY_MS = 86_400_000;

/** The days of the week that holds `today`, Monday to Saturday, yyyy-mm-dd. */
export function weekOf(today: string): string[] {
  const at = Date.parse(today);
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
  return Array.from({ length: 6 }, (_, index) => new Date(monday + index * DAY_MS).toISOString().slice(0, 10));
}

/** Pupils away on each day of this week, with and without leave, and classes that called the roll. `classes` null counts all. */
export function rollCallsOfWeek(db: ReadHandle, year: string, today: string, classes: readonly string[] | null): NonNullable<HomeCharts['attendance']> {
  const days = weekOf(today);
  let away = sql.selectFrom('absence').innerJoin('enrolment', 'enrolment.id', 'absence.enrolment_id').where('enrolment.year', '=', year)
    .where('absence.date', 'in', days).where('absence.cancelled', '=', 0)
    .groupBy(['absence.date', 'absence.kind']).select(({ fn }) => ['absence.date', 'absence.kind', fn.count<number>('absence.enrolment_id').distinct().as('count')]);
  let called = sql.selectFrom('roll_call').innerJoin('school_class', 'school_class.id', 'roll_call.class_id').where('school_class.year', '=', year)
    .where('roll_call.date', 'in', days).where('roll_call.cancelled', '=', 0)
    .groupBy('roll_call.date').select(({ fn }) => ['roll_call.date', fn.count<number>('roll_call.class_id').distinct().as('count')]);
  if (classes !== null) {
    away = away.where('enrolment.class_id', 'in', [...classes]);
    called = called.where('roll_call.class_id', 'in', [...classes]);
  }
  const absences = db.all(away);
  const calls = new Map(db.all(called).map(row => [row.date, row.count]));
  const count = (date: string, kind: 'excused' | 'unexcused') => absences.find(row => row.date === date && row.kind === kind)?.count ?? 0;
  return days.map(date => ({ date, excused: count(date, 'excused'), unexcused: count(date, 'unexcused'), called: calls.get(date) ?? 0 }));
}
