import type { HomeDue } from '../../preload/contract/home.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { daysUntil, missingSheets } from '../gradebook/missing-board.ts';
import type { SheetProgress } from '../grades/grades-store.ts';
import { vietnamDay } from '../kit/display.ts';

/** Days ahead of a deadline from which on it is told. */
const AHEAD = 28;
const MOST = 8;

/** Classes that lack something for a point of the calendar that is near or past, the nearest first: what, how much, how many days left. */
export function dueSoon(ctx: ReadContext, year: string, sheets: readonly SheetProgress[]): HomeDue[] {
  const today = vietnamDay(ctx.services.clock());
  const near = missingSheets(ctx, year, sheets).flatMap(sheet => {
    const daysLeft = sheet.dueOn === null ? null : daysUntil(sheet.dueOn, today);
    return daysLeft === null || daysLeft > AHEAD ? [] : [{ ...sheet, daysLeft }];
  });
  const places = [...Map.groupBy(near, sheet => `${sheet.point}/${sheet.classId}`).values()].flatMap((group): HomeDue[] => {
    const first = group[0];
    if (first?.dueOn == null) return [];
    const missing = group.reduce((sum, sheet) => sum + sheet.missing, 0);
    return [{
      classId: first.classId, className: first.className, dueOn: first.dueOn, daysLeft: first.daysLeft, point: text(`gradebook.point.${first.point}`), missing, sheets: group.length,
      route: group.length === 1 ? `/grades/sheet/${first.sheetId}` : `/grades/boards?by=subject&class=${first.classId}&point=${first.point}`,
    }];
  });
  return places.toSorted((a, b) => a.daysLeft - b.daysLeft || a.className.localeCompare(b.className, 'vi', { numeric: true })).slice(0, MOST);
}
