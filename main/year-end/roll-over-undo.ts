import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { RollOverView } from '../../preload/contract/roll-over.ts';
import type { yearEnd } from '../../preload/contract/year-end.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, updateRecord, type RecordTableName } from '../../db/records.ts';
import type { JournalTable } from '../../db/schema/schema.ts';
import type { RollOverTable } from '../../db/schema/year-end.ts';
import { hasText, text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { whenText } from '../kit/display.ts';
import { subjectName } from '../grades/grades-service.ts';
import { schoolYear } from '../school/school-store.ts';
import { setYear } from './roll-over-apply.ts';
import { findRollOver } from './year-end-store.ts';

type YearEnd = typeof yearEnd;

/** How many things that stand in the way are told at once. */
const TOLD = 5;
/** What is written without anything being built on the passage. */
const besides = ['roll_over', 'setting', 'account', 'sensitive_look', 'school_year', 'package', 'import_run', 'mark'];

export function rollOverView(ctx: { db: ReadHandle }, row: RollOverTable): RollOverView {
  return {
    rollOverId: row.id, fromYear: row.from_year, toYear: row.to_year, at: row.created_at, by: row.actor, classes: row.classes, pupils: row.pupils, leavers: row.leavers,
    state: row.state, heldBy: row.state === 'applied' ? heldBy(ctx.db, row) : [],
  };
}

/** What has been built on the passage since, each in words; empty while it can be taken back. */
export function heldBy(db: ReadHandle, row: RollOverTable): string[] {
  const held = marksIn(db, row).map(found => text('yearEnd.held.mark', { class: found.class_name, subject: subjectName(found.subject, found.grade), count: found.count }));
  const made = new Set(journalOf(db, row).filter(entry => entry.event === 'NEW').map(entry => entry.row_id));
  const later = db.each(sql.selectFrom('journal').selectAll().where('seq', '>', row.last_seq).where('tbl', 'not in', besides).orderBy('seq'));
  for (const entry of later) {
    if (held.length >= TOLD) break;
    if (rests(entry, made, row.to_year)) held.push(wordsOf(entry));
  }
  return held;
}

function marksIn(db: ReadHandle, row: RollOverTable) {
  return db.all(sql.selectFrom('mark').innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
    .where('school_class.year', '=', row.to_year).where('mark.journal_seq', '>', row.last_seq).groupBy('grade_sheet.id').limit(TOLD)
    .select(({ fn }) => ['school_class.name as class_name', 'school_class.grade', 'grade_sheet.subject', fn.countAll<number>().as('count')]));
}

/** It changes what the passage made, points at it, or belongs to the new year. */
function rests({ row_id: rowId, after }: JournalTable, made: ReadonlySet<string>, toYear: string): boolean {
  if (made.has(rowId) || rowId.split('/').some(id => made.has(id))) return true;
  const image = after === null ? {} : JSON.parse(after) as Record<string, unknown>;
  return image['year'] === toYear || Object.entries(image).some(([column, value]) => column.endsWith('_id') && typeof value === 'string' && made.has(value));
}

function wordsOf({ tbl, actor, at }: JournalTable): string {
  const what = hasText(`yearEnd.held.${tbl}`) ? text(`yearEnd.held.${tbl}`) : text('yearEnd.held.other');
  return text('yearEnd.held.line', { what, actor, at: whenText(at) });
}

function journalOf(db: ReadHandle, row: RollOverTable): JournalTable[] {
  return db.all(sql.selectFrom('journal').selectAll().where('seq', '>=', row.first_seq).where('seq', '<=', row.last_seq).orderBy('seq', 'desc'));
}

/** Takes the passage back: what it made is cancelled, last first; the old year is open and current again. The new year's dates stay. */
export function undoRollOver(ctx: WriteContext, { rollOverId }: CheckedInputOf<YearEnd['undoRollOver']>): { undone: number } {
  const { db, stamp } = ctx;
  const row = findRollOver(db, rollOverId);
  if (row?.state !== 'applied') throw new AppError('yearEnd.noRollOver');
  const held = heldBy(db, row);
  if (held.length > 0) throw new AppError('yearEnd.rollOverHeld', { params: { why: held.join('; ') } });
  const made = journalOf(db, row).filter(entry => entry.event === 'NEW' && entry.tbl !== 'school_year' && entry.tbl !== 'setting');
  // Nothing that rests on it was found, so each record is still at its first version.
  for (const entry of made) cancelRecord(db, stamp, entry.tbl as RecordTableName, entry.row_id, 1);
  for (const entry of journalOf(db, row)) if (entry.tbl === 'school_class' && entry.event === 'UPDATE') restoreClass(ctx, entry);
  setYear(ctx, row.to_year, { is_current: 0 });
  setYear(ctx, row.from_year, { state: 'open', is_current: 1 });
  updateRecord(db, stamp, 'roll_over', row.id, row.version, { state: 'undone' });
  for (const feature of ['school', 'students', 'classes', 'grades', 'yearEnd'] as const) ctx.changed(feature);
  return { undone: made.length };
}

/** A class that was there before gets its homeroom teacher back. */
function restoreClass({ db, stamp }: WriteContext, { row_id: id, version, before }: JournalTable): void {
  const image = JSON.parse(before ?? '{}') as { homeroom_staff_id?: string | null };
  updateRecord(db, stamp, 'school_class', id, version, { homeroom_staff_id: image.homeroom_staff_id ?? null });
}

/** Closes a year for good, or until the principal opens it again: then everything of it is read-only. */
export function closeYear(ctx: WriteContext, { year }: CheckedInputOf<YearEnd['closeYear']>): { state: 'open' | 'closed' } {
  const row = schoolYear(ctx.db, year);
  if (row.is_current === 1) throw new AppError('yearEnd.currentStaysOpen');
  return switchState(ctx, year, 'closed');
}

export function reopenYear(ctx: WriteContext, { year }: CheckedInputOf<YearEnd['reopenYear']>): { state: 'open' | 'closed' } {
  return switchState(ctx, year, 'open');
}

function switchState(ctx: WriteContext, year: string, state: 'open' | 'closed'): { state: 'open' | 'closed' } {
  if (schoolYear(ctx.db, year).state !== state) setYear(ctx, year, { state });
  for (const feature of ['school', 'grades', 'yearEnd'] as const) ctx.changed(feature);
  return { state };
}
