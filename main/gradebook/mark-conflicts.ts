import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import type { CellNews, MarkConflictView, markSheetCalls } from '../../preload/contract/mark-sheets.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { MarkConflictTable } from '../../db/schema/mark-sheets.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { cellFault, markText, sameValue } from '../grades/grades-rules.ts';
import { requireSheet, roleRefusal, saveMarks } from '../grades/grades-service.ts';
import { findSheet, membersOf, teaches, valueOf, type SheetWithClass } from '../grades/grades-store.ts';
import { AppError } from '../kit/errors.ts';
import { findClass } from '../school/school-class-store.ts';
import { sheetWords } from './mark-sheet-service.ts';
import { writtenMarks } from './mark-sheet-store.ts';

type Calls = typeof markSheetCalls;

/** A value that came second, to be kept beside the one in the book. */
export interface OfferedCell {
  enrolmentId: string;
  column: MarkColumn;
  seen: MarkValue;
  offered: MarkValue;
}

/**
 * Writes down both values of cells where another person was faster. What the book already holds is no conflict; asked again by the same
 * person for the same cell, the newer of his values counts.
 */
export function recordConflicts(ctx: WriteContext, sheet: SheetWithClass, cells: readonly OfferedCell[], from: Pick<MarkConflictTable, 'offered_path' | 'source'>): number {
  const { db, stamp, session } = ctx;
  const written = writtenMarks(db, sheet.id);
  const members = new Set(membersOf(db, sheet.class_id).map(member => member.enrolment_id));
  let kept = 0;
  for (const { enrolmentId, column, seen, offered } of cells) {
    const fault = cellFault(sheet, column, offered);
    if (fault !== null) throw new AppError(fault);
    if (!members.has(enrolmentId)) throw new AppError('grades.notInClass');
    const cell = written.get(`${enrolmentId}/${column}`);
    const stored = valueOf(cell);
    if (sameValue(stored, offered)) continue;
    const values = {
      seen: JSON.stringify(seen), stored: JSON.stringify(stored), stored_by: cell?.by ?? '', stored_at: cell?.at ?? stamp.at, offered: JSON.stringify(offered), ...from,
    };
    const known = db.get(sql.selectFrom('mark_conflict').select(['id', 'version', 'offered']).where('sheet_id', '=', sheet.id).where('enrolment_id', '=', enrolmentId)
      .where('col', '=', column).where('offered_by', '=', session.user).where('state', '=', 'open').where('cancelled', '=', 0));
    kept += 1;
    if (known === undefined) {
      insertRecord(db, stamp, 'mark_conflict', {
        sheet_id: sheet.id, enrolment_id: enrolmentId, col: column, ...values, offered_by: session.user, state: 'open', choice: null, settled_by: null, settled_at: null,
      });
    } else if (known.offered !== values.offered) updateRecord(db, stamp, 'mark_conflict', known.id, known.version, values);
  }
  if (kept > 0) ctx.changed('gradebook', sheet.id);
  return kept;
}

/** @throws AppError why this person cannot write the sheet, and those of `cellFault` */
export function keepConflicts(ctx: WriteContext, { sheetId, path, cells }: CheckedInputOf<Calls['keepConflicts']>): { kept: number } {
  const sheet = requireSheet(ctx.db, sheetId);
  refuseStrangers(ctx.db, ctx.session, sheet);
  return { kept: recordConflicts(ctx, sheet, cells, { offered_path: path, source: '' }) };
}

/** By role alone: a value that came after the sheet was locked is kept too, and decided once it is open again. */
function refuseStrangers(db: ReadHandle, session: Session, sheet: SheetWithClass): void {
  const refusal = roleRefusal(db, session, sheet);
  if (refusal !== null) throw new AppError(refusal);
}

/** The office sees every conflict, a teacher those of the sheets he teaches and of the class he is homeroom teacher of, and his own. */
function concerns(db: ReadHandle, session: Session, sheet: SheetWithClass, row: MarkConflictTable): boolean {
  if (session.role === 'principal' || session.role === 'secretary' || row.offered_by === session.user) return true;
  return session.staffId !== null && (teaches(db, session.staffId, sheet.class_id, sheet.subject) || findClass(db, sheet.class_id)?.homeroom_staff_id === session.staffId);
}

const SETTLED_SHOWN = 200;

export function markConflicts({ db, session }: ReadContext, { year, sheetId, withSettled }: CheckedInputOf<Calls['markConflicts']>): { conflicts: MarkConflictView[] } {
  let query = sql.selectFrom('mark_conflict').innerJoin('grade_sheet', 'grade_sheet.id', 'mark_conflict.sheet_id').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
    .leftJoin('account as offerer', 'offerer.user', 'mark_conflict.offered_by').leftJoin('account as settler', 'settler.user', 'mark_conflict.settled_by')
    .selectAll('mark_conflict').select(['offerer.name as offerer_name', 'settler.name as settler_name'])
    .where('school_class.year', '=', year).where('mark_conflict.cancelled', '=', 0);
  if (sheetId !== undefined) query = query.where('mark_conflict.sheet_id', '=', sheetId);
  if (withSettled !== true) query = query.where('mark_conflict.state', '=', 'open');
  const rows = db.all(query.orderBy('mark_conflict.state').orderBy('mark_conflict.created_at', 'desc').limit(SETTLED_SHOWN));
  const sheets = new Map([...new Set(rows.map(row => row.sheet_id))].map(id => [id, sheetFacts(db, session, id)]));
  return {
    conflicts: rows.flatMap(row => {
      const facts = sheets.get(row.sheet_id);
      if (!facts || !concerns(db, session, facts.sheet, row)) return [];
      const member = facts.members.get(row.enrolment_id);
      const now = facts.written.get(`${row.enrolment_id}/${row.col}`);
      const isOpen = row.state === 'open';
      return [{
        conflictId: row.id, sheetId: row.sheet_id, sheet: facts.words, enrolmentId: row.enrolment_id, order: member?.order ?? 0, pupil: member?.name ?? '',
        column: row.col, columnTitle: text(`grades.column.${row.col}`), seen: parse(row.seen),
        stored: isOpen ? valueOf(now) : parse(row.stored), storedBy: isOpen ? now?.by ?? '' : row.stored_by, storedAt: isOpen ? now?.at ?? row.stored_at : row.stored_at,
        offered: parse(row.offered), offeredBy: row.offerer_name ?? row.offered_by, offeredAt: row.updated_at, source: row.source,
        state: row.state, choice: row.choice, settledBy: row.settled_by === null ? null : row.settler_name ?? row.settled_by, settledAt: row.settled_at,
        maySettle: isOpen && facts.mayEdit,
      }];
    }),
  };
}

function sheetFacts(db: ReadHandle, session: Session, sheetId: string) {
  const sheet = findSheet(db, sheetId);
  if (!sheet) return null;
  const members = new Map(membersOf(db, sheet.class_id).map((member, index) => [member.enrolment_id, { name: member.name, order: index + 1 }]));
  return { sheet, members, written: writtenMarks(db, sheetId), words: sheetWords(sheet), mayEdit: roleRefusal(db, session, sheet) === null };
}

function parse(value: string): MarkValue {
  return JSON.parse(value) as MarkValue;
}

/**
 * Decides cells with two values; where the second value is chosen it is saved like any mark, by who decides.
 * @throws AppError `gradebook.conflictUnknown`, `gradebook.conflictSettled`, and those of `saveMarks`
 */
export function settleConflicts(ctx: WriteContext, { settle }: CheckedInputOf<Calls['settleConflicts']>): { settled: number } {
  const { db, stamp, session } = ctx;
  for (const { conflictId, choice, stored } of settle) {
    const row = db.get(sql.selectFrom('mark_conflict').selectAll().where('id', '=', conflictId).where('cancelled', '=', 0));
    if (!row) throw new AppError('gradebook.conflictUnknown');
    if (row.state === 'settled') throw new AppError('gradebook.conflictSettled', { params: { by: row.settled_by ?? '' } });
    const sheet = requireSheet(db, row.sheet_id);
    refuseStrangers(db, session, sheet);
    const cell = writtenMarks(db, sheet.id).get(`${row.enrolment_id}/${row.col}`);
    const now = valueOf(cell);
    if (!sameValue(now, stored)) throw new AppError('grades.changedMeanwhile', { params: { stored: markText(now) ?? '–', yours: markText(parse(row.offered)) ?? '–' } });
    if (choice === 'offered') {
      saveMarks(ctx, { sheetId: sheet.id, path: row.offered_path === 'imported' ? 'pasted' : row.offered_path,
        changes: [{ enrolmentId: row.enrolment_id, column: row.col, before: now, after: parse(row.offered) }] });
    }
    updateRecord(db, stamp, 'mark_conflict', row.id, row.version, {
      state: 'settled', choice, stored: JSON.stringify(now), stored_by: cell?.by ?? row.stored_by, stored_at: cell?.at ?? row.stored_at, settled_by: session.user, settled_at: stamp.at,
    });
    ctx.changed('gradebook', sheet.id);
  }
  return { settled: settle.length };
}

export function cellNews({ db }: ReadContext, { sheetId, cells }: CheckedInputOf<Calls['cellNews']>): { cells: CellNews[] } {
  requireSheet(db, sheetId);
  const written = writtenMarks(db, sheetId);
  return {
    cells: cells.flatMap(({ enrolmentId, column }) => {
      const cell = written.get(`${enrolmentId}/${column}`);
      return cell === undefined ? [] : [{ enrolmentId, column, by: cell.by, at: cell.at }];
    }),
  };
}
