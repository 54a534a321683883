import { vietnamDay } from '../kit/formats.ts';

/** Days as yyyy-mm-dd, months as yyyy-mm, without time zones: a school day is a date on paper. */

export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export function addMonths(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** 0 is Sunday. */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** Today in Việt Nam, or the last day of a year that is over, or its first when it is still to come. */
export function dayWithin(year: string, now: Date): string {
  const today = vietnamDay(now);
  const [first = '', second = ''] = year.split('-');
  if (today < `${first}-09-01`) return `${first}-09-05`;
  return today > `${second}-05-31` ? `${second}-05-29` : today;
}
