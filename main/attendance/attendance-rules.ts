import type { CalendarDays } from '../school/calendar-store.ts';
import type { AbsenceCount, AbsenceKind, AbsenceWarning, DaySession } from '../../preload/contract/attendance.ts';

export interface Absence {
  date: string;
  session: DaySession;
  kind: AbsenceKind;
}

/**
 * How a half day counts in a class with two sessions a day. The law counts sessions "on the one-session-a-day plan" (TT 22/2021 Đ12 k1 c), so a
 * whole day is one; what an absent afternoon alone is, it does not say. `mainSession`: only the main session counts; `anySession`: a day with
 * any absence counts one; `everySession`: each session counts by itself.
 */
export const halfDayReadings = ['mainSession', 'anySession', 'everySession'] as const;
export type HalfDayReading = (typeof halfDayReadings)[number];

export interface CountingPlan {
  sessions: 1 | 2;
  mainSession: DaySession;
}

/** Sessions absent as they count for promotion, with and without leave. A day counted as one has the kind of its main session where that was missed. */
export function countAbsences(absences: readonly Absence[], plan: CountingPlan, reading: HalfDayReading): AbsenceCount {
  const count: AbsenceCount = { excused: 0, unexcused: 0 };
  if (plan.sessions === 1 || reading === 'everySession') {
    for (const absence of absences) count[absence.kind] += 1;
    return count;
  }
  for (const ofDay of Map.groupBy(absences, absence => absence.date).values()) {
    const main = ofDay.find(absence => absence.session === plan.mainSession);
    const counted = main ?? (reading === 'anySession' ? ofDay[0] : undefined);
    if (counted !== undefined) count[counted.kind] += 1;
  }
  return count;
}

/** 45 sessions are still fine, 46 are not, whatever leave there was (TT 22/2021 Đ12 k1 c; TT 58/2011 Đ15 k1 c). */
export function absenceWarning(count: AbsenceCount): AbsenceWarning | null {
  const sessions = count.excused + count.unexcused;
  if (sessions > 45) return 'over';
  if (sessions === 45) return 45;
  if (sessions >= 40) return 40;
  return sessions >= 30 ? 30 : null;
}

/** The days of a month, yyyy-mm-dd. */
export function daysOfMonth(month: string): string[] {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: last }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}

/** The semester a day of the year belongs to. */
export function termOf(date: string, year: { term2_from: string }): 1 | 2 {
  return date < year.term2_from ? 1 : 2;
}

/** Monday to Saturday within the school year, except as the calendar says: holidays, and days made up for them (also a Sunday). */
export function isSchoolDay(date: string, year: { starts_on: string; ends_on: string }, calendar: CalendarDays = new Map()): boolean {
  return date >= year.starts_on && date <= year.ends_on && (calendar.get(date) ?? new Date(`${date}T00:00:00Z`).getUTCDay() !== 0);
}
