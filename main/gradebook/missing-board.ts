import type { MarkColumn } from '../../preload/contract/grades.ts';
import type { MissingBoard, MissingSheet } from '../../preload/contract/reports.ts';
import { sql } from '../../db/handle.ts';
import type { LockCalendarTable } from '../../db/schema/gradebook.ts';
import type { ReadContext } from '../call/context.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import { filledCells, sheetsWithProgress, type SheetProgress } from '../grades/grades-store.ts';
import { columnGroup, stateAt } from '../grades/mark-locks.ts';
import { vietnamDay } from '../kit/display.ts';
import { homeroomClassIds } from '../school/own-classes.ts';
import { entriesOf } from './lock-rules.ts';

type Point = MissingSheet['point'];
const DAY_MS = 86_400_000;

/** Classes a teacher has to do with: all subjects of his own class, his subjects elsewhere. Null is everybody else, who sees all. */
export function ownSheets({ db, session }: Pick<ReadContext, 'db' | 'session'>): ((sheet: { class_id: string; subject: string }) => boolean) | null {
  if (session.role !== 'teacher') return null;
  const staffId = session.staffId ?? '';
  const homeroom = homeroomClassIds(db, staffId);
  const taught = new Set(db.all(sql.selectFrom('assignment').select(['class_id', 'subject']).where('staff_id', '=', staffId).where('to_date', 'is', null).where('cancelled', '=', 0))
    .map(row => `${row.class_id}/${row.subject}`));
  return sheet => homeroom.has(sheet.class_id) || taught.has(`${sheet.class_id}/${sheet.subject}`);
}

/** Points that a sheet has to be ready for: primary one of its own, secondary its mid-term marks half way and all of it at the end of the term. */
function pointsOf(sheet: SheetProgress): { point: Point; columns: MarkColumn[] }[] {
  const columns = columnsOf(sheet);
  if (sheet.grade <= 5) return [{ point: sheet.term, columns }];
  const end = (sheet.term * 2) as Point;
  return [{ point: (end - 1) as Point, columns: columns.filter(column => columnGroup(column) === 'mid') }, { point: end, columns }];
}

/** The day a class has to be ready for a point; a level's own entry stands before the one for all. */
function dueOn(entries: readonly LockCalendarTable[], grade: number, point: Point): string | null {
  const level = grade <= 5 ? 'tieu-hoc' : grade <= 9 ? 'thcs' : 'thpt';
  const entry = entries.find(one => one.point === point && one.level === level) ?? entries.find(one => one.point === point && one.level === null);
  return entry === undefined ? null : entry.due_on ?? (entry.locks_at === null ? null : vietnamDay(entry.locks_at));
}

/** From `today`, negative when it has passed. */
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
}

export interface DueSheet extends MissingSheet {
  dueOn: string | null;
}

/** Sheets of a year that still lack something for a point; locked ones wait for nobody. Pass the sheets where they are at hand. */
export function missingSheets({ db, session, services }: ReadContext, year: string, sheets: readonly SheetProgress[] = sheetsWithProgress(db, year)): DueSheet[] {
  const isOwn = ownSheets({ db, session });
  const filled = filledCells(db, year);
  const entries = entriesOf(db, year);
  const now = services.clock().toISOString();
  return sheets.filter(sheet => (isOwn?.(sheet) ?? true) && stateAt(sheet, now) !== 'locked').flatMap(sheet => {
    const all = columnsOf(sheet);
    // Marks of pupils left out are counted by column, and taken off the whole sheet only.
    const inColumns = (columns: readonly MarkColumn[]) => columns.reduce((sum, column) => sum + (filled.get(sheet.id)?.get(column) ?? 0), 0);
    const leftOut = inColumns(all) - sheet.filled;
    return pointsOf(sheet).flatMap(({ point, columns }): DueSheet[] => {
      const expected = sheet.pupils * columns.length;
      const has = inColumns(columns) - (columns.length === all.length ? leftOut : 0);
      if (has >= expected) return [];
      return [{
        sheetId: sheet.id, classId: sheet.class_id, className: sheet.class_name, grade: sheet.grade, subject: sheet.subject, subjectName: subjectName(sheet.subject, sheet.grade),
        teacher: sheet.teacher, point, missing: expected - has, expected, dueOn: dueOn(entries, sheet.grade, point),
      }];
    });
  });
}

/** What is missing by class, subject and teacher, with the days left to each point of the calendar. */
export function missingBoard(ctx: ReadContext, year: string): MissingBoard {
  const sheets = missingSheets(ctx, year);
  const today = vietnamDay(ctx.services.clock());
  const days = Map.groupBy(sheets, sheet => sheet.point);
  return {
    points: ([1, 2, 3, 4] as const).map(point => {
      const due = days.get(point)?.map(sheet => sheet.dueOn).filter(day => day !== null).toSorted()[0] ?? null;
      return { point, dueOn: due, daysLeft: due === null ? null : daysUntil(due, today) };
    }),
    sheets: sheets.map(({ dueOn: _dueOn, ...sheet }) => sheet),
  };
}
