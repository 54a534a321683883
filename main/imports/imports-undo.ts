import type { Kysely } from 'kysely';
import { sql, type WriteHandle } from '../../db/handle.ts';
import { updateRecord, type RecordTableName } from '../../db/records.ts';
import type { ImportRunTable } from '../../db/schema/papers.ts';
import type { JournalTable } from '../../db/schema/schema.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { findSheet, saveMark } from '../grades/grades-store.ts';
import { recomputeRow } from '../grades/grades-service.ts';
import { whenText } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { emptyRow } from '../students/pupil-record-store.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import { valueOf, type MarkCell } from '../grades/grades-store.ts';
import { closedYearOf, findImportRun, journalOfImport, laterUse } from './imports-store.ts';

/** Why an import can no longer be taken back, in words; null when it can. */
export function heldBy(db: WriteContext['db'] | Parameters<typeof journalOfImport>[0], run: ImportRunTable): string | null {
  if (run.state === 'undone') return text('imports.alreadyUndone');
  const rows = journalOfImport(db, run);
  const touched = new Set(rows.map(row => `${row.tbl}/${row.row_id}`));
  const made = new Set(rows.filter(row => row.event === 'NEW').map(row => row.row_id));
  const later = laterUse(db, run, touched, made);
  if (later) return text('imports.heldByLater', { actor: later.actor, at: whenText(later.at) });
  const closed = closedYearOf(db, rows);
  return closed === undefined ? null : text('imports.heldByYear', { year: closed });
}

/**
 * Takes one import back: what it made is cancelled or emptied, what it changed gets its former values, all in one journalled transaction.
 * @throws AppError `imports.unknown`, `imports.held` when something was built on it since
 */
export function undoImport(ctx: WriteContext, importId: string): { undone: number } {
  const run = findImportRun(ctx.db, importId);
  if (!run) throw new AppError('imports.unknown');
  const held = heldBy(ctx.db, run);
  if (held !== null) throw new AppError('imports.held', { params: { why: held } });
  const rows = journalOfImport(ctx.db, run);
  const marks = new Map<string, { sheetId: string; enrolmentId: string }>();
  for (const row of rows) {
    if (row.tbl === 'mark') {
      const [sheetId = '', enrolmentId = '', column = ''] = row.row_id.split('/');
      saveMark(ctx.db, ctx.stamp, sheetId, enrolmentId, column as MarkColumn, valueOf(row.before === null ? undefined : (JSON.parse(row.before) as MarkCell)));
      marks.set(`${sheetId}/${enrolmentId}`, { sheetId, enrolmentId });
    } else {
      restore(ctx, row);
    }
  }
  for (const { sheetId, enrolmentId } of marks.values()) {
    const sheet = findSheet(ctx.db, sheetId);
    if (sheet) recomputeRow(ctx.db, sheet, enrolmentId);
  }
  updateRecord(ctx.db, ctx.stamp, 'import_run', run.id, run.version, { state: 'undone' });
  for (const feature of ['students', 'classes', 'staff', 'grades', 'imports'] as const) ctx.changed(feature, importId);
  return { undone: rows.length };
}

const versions = sql as unknown as Kysely<Record<'record', { id: string; version: number }>>;

/** Rows that belong to somebody one by one are emptied where others are taken back. */
const emptied: Readonly<Record<string, object>> = {
  term_record: { conduct: null, absent_excused: 0, absent_unexcused: 0, comment: '' }, pupil_profile: emptyRow('profile'), pupil_year: emptyRow('year'),
};

function restore({ db, stamp }: WriteContext, row: JournalTable): void {
  const table = row.tbl as RecordTableName;
  const version = currentVersion(db, table, row.row_id);
  if (row.before === null) {
    updateRecord(db, stamp, table, row.row_id, version, (emptied[table] ?? { cancelled: 1 }) as never);
    return;
  }
  const { id: _id, version: _version, device: _device, created_at: _created, updated_at: _updated, ...values } = JSON.parse(row.before) as Record<string, unknown>;
  updateRecord(db, stamp, table, row.row_id, version, values as never);
}

function currentVersion(db: WriteHandle, table: string, id: string): number {
  const row = db.get(versions.selectFrom(table as 'record').select('version').where('id', '=', id));
  if (!row) throw new AppError('imports.unknown');
  return row.version;
}
