/** Holidays whose date is the same each year (Bộ luật Lao động 2019 Đ112 k1): Tết Dương lịch, 30/4, 1/5, Quốc khánh. */
const FIXED = ['01-01', '04-30', '05-01', '09-02'] as const;

function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/**
 * The days of a year off by fixed date, and for each on a weekend the working day after it (Bộ luật Lao động 2019 Đ111 k3). Tết Nguyên đán, Giỗ
 * Tổ and the second day of Quốc khánh follow the lunar calendar or a decision of the year: the school writes them down.
 */
export function fixedHolidays(year: number): string[] {
  const days = new Set<string>(FIXED.map(day => `${year}-${day}`));
  for (const holiday of FIXED.map(day => `${year}-${day}`).filter(isWeekend)) {
    let instead = dayAfter(holiday);
    while (isWeekend(instead) || days.has(instead)) instead = dayAfter(instead);
    days.add(instead);
  }
  return [...days].toSorted();
}

/** Whether an office works on a day; `daysOff` are those that no fixed date tells. */
export function isWorkingDay(day: string, daysOff: ReadonlySet<string>): boolean {
  return !isWeekend(day) && !daysOff.has(day) && !fixedHolidays(Number(day.slice(0, 4))).includes(day);
}

/** The last day of a term of working days. The first day of a term does not count (Bộ luật Dân sự 2015 Đ147 k2). */
export function addWorkingDays(from: string, count: number, daysOff: ReadonlySet<string>): string {
  let day = from;
  for (let left = count; left > 0;) {
    day = dayAfter(day);
    if (isWorkingDay(day, daysOff)) left -= 1;
  }
  return day;
}

/** Working days from `from` to `to`, the first not counted; negative when `to` is past. */
export function workingDaysBetween(from: string, to: string, daysOff: ReadonlySet<string>): number {
  if (to < from) return -workingDaysBetween(to, from, daysOff);
  let count = 0;
  for (let day = from; day < to;) {
    day = dayAfter(day);
    if (isWorkingDay(day, daysOff)) count += 1;
  }
  return count;
}
