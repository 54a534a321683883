import type { CalendarEntry } from '../../preload/contract/school.ts';

export interface CalendarSpan {
  from: string;
  to: string;
  name: string;
  level: CalendarEntry['level'];
  kind: 'off' | 'on';
  days: CalendarEntry[];
}

const SUNDAY = 0;
const SATURDAY = 6;
const MOST = 400;

function dayAfter(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}

function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** Days of one name and kind that follow each other (a Sunday between them is no break), as one line; Saturdays of a year are one line too. */
export function spansOf(days: readonly CalendarEntry[]): CalendarSpan[] {
  const spans: CalendarSpan[] = [];
  for (const day of days) {
    if (day.kind === null) continue;
    const open = spans.findLast(span => span.name === day.name && span.level === day.level && span.kind === day.kind);
    const isNext = open !== undefined && (dayAfter(open.to) === day.date || (weekday(open.to) === SATURDAY && dayAfter(dayAfter(open.to)) === day.date)
      || (weekday(open.to) === SATURDAY && weekday(day.date) === SATURDAY));
    if (isNext) {
      open.to = day.date;
      open.days.push(day);
    } else spans.push({ from: day.date, to: day.date, name: day.name, level: day.level, kind: day.kind, days: [day] });
  }
  return spans;
}

/** The days from one to another that a holiday takes (no Sundays), or that are made up; none while a day is missing. */
export function daysBetween(from: string, to: string, kind: 'off' | 'on', saturdaysOnly: boolean): string[] {
  const days: string[] = [];
  if (from === '') return days;
  for (let date = from; date <= to && days.length < MOST; date = dayAfter(date)) {
    if (kind === 'on' || (saturdaysOnly ? weekday(date) === SATURDAY : weekday(date) !== SUNDAY)) days.push(date);
  }
  return days;
}
