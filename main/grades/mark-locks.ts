import { columnGroups, type ColumnGroup } from '../../preload/contract/gradebook-locks.ts';
import type { MarkColumn, SheetState } from '../../preload/contract/grades.ts';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { SheetOpeningTable } from '../../db/schema/gradebook.ts';
import { text } from '../../resources/language/language.ts';
import { whenText } from '../kit/display.ts';
import type { SheetWithClass } from './grades-store.ts';

/** The group a column is locked with; the triggers of the database say the same. */
export function columnGroup(column: MarkColumn): ColumnGroup {
  if (column.startsWith('tx')) return 'ongoing';
  return column === 'gk' || /^v\d$/.test(column) ? 'mid' : 'final';
}

/** A reopened sheet is locked again from its time on, also before somebody has written that down. */
export function stateAt(sheet: { state: SheetState; reopened_until: string | null }, now: string): SheetState {
  return sheet.state === 'reopened' && (sheet.reopened_until ?? '') <= now ? 'locked' : sheet.state;
}

/** What locks the cells of one sheet now. Sentences name the lock, since when, and who set it. */
export interface SheetLocks {
  /** What locks every cell; null while the sheet is open to typing. */
  whole: string | null;
  byGroup: ReadonlyMap<ColumnGroup, string>;
  /** Cells that may be written all the same; a null names all pupils or all columns. */
  openings: Pick<SheetOpeningTable, 'enrolment_id' | 'col'>[];
}

interface LockRow {
  col_group: ColumnGroup | '';
  from_at: string;
  source: 'rule' | 'calendar';
  reason: string | null;
  by: string | null;
  point: number | null;
}

const locksQuery = prepare<{ place: string; now: string }, LockRow>(p => sql.selectFrom('effective_lock')
  .leftJoin('lock_rule', 'lock_rule.id', 'effective_lock.source_id').leftJoin('lock_calendar', 'lock_calendar.id', 'effective_lock.source_id')
  .where('place', '=', p('place')).where('effective_lock.from_at', '<=', p('now'))
  .select(({ fn, ref }) => ['col_group', 'effective_lock.from_at', 'source', 'lock_rule.reason', 'lock_calendar.point',
    fn.coalesce(ref('lock_rule.made_by'), ref('lock_calendar.made_by')).as('by')])
  .orderBy('effective_lock.from_at'));

const openingsQuery = prepare<{ sheetId: string; now: string }, Pick<SheetOpeningTable, 'enrolment_id' | 'col'>>(p => sql.selectFrom('sheet_opening')
  .select(['enrolment_id', 'col']).where('sheet_id', '=', p('sheetId')).where('cancelled', '=', 0).where('until', '>', p('now')));

const lastStepQuery = prepare<{ sheetId: string }, { actor_name: string; created_at: string }>(p => sql.selectFrom('sheet_step')
  .select(['actor_name', 'created_at']).where('sheet_id', '=', p('sheetId')).orderBy('id', 'desc').limit(1));

export function locksOf(db: ReadHandle, sheet: SheetWithClass, now: string): SheetLocks {
  const byGroup = new Map<ColumnGroup, string>();
  let whole = stateWords(db, sheet, now);
  for (const lock of locksQuery(db, { place: sheet.id, now })) {
    const words = lockWords(lock);
    if (lock.col_group === '') whole ??= words;
    else if (!byGroup.has(lock.col_group)) byGroup.set(lock.col_group, words);
  }
  const openings = whole === null && byGroup.size === 0 ? [] : openingsQuery(db, { sheetId: sheet.id, now });
  return { whole, byGroup, openings };
}

/** Why nothing can be written in a class's term records (conduct, absences, comment), in a sentence; null when it can. */
export function termLock(db: ReadHandle, classId: string, term: 1 | 2, now: string): string | null {
  const lock = locksQuery(db, { place: `${classId}/${term}`, now })[0];
  return lock === undefined ? null : lockWords(lock);
}

/** Why a cell takes nothing, in a sentence; null when it does. */
export function lockOfCell(locks: SheetLocks, enrolmentId: string, column: MarkColumn): string | null {
  const lock = locks.whole ?? locks.byGroup.get(columnGroup(column)) ?? null;
  if (lock === null) return null;
  const isOpened = locks.openings.some(({ enrolment_id: pupil, col }) => (pupil ?? enrolmentId) === enrolmentId && (col ?? column) === column);
  return isOpened ? null : lock;
}

/** What locks the whole sheet, with nothing of it opened: then nobody can type anywhere in it. */
export function lockOfSheet(locks: SheetLocks): string | null {
  if (locks.openings.length > 0) return null;
  return locks.whole ?? (columnGroups.every(group => locks.byGroup.has(group)) ? locks.byGroup.get('final') ?? null : null);
}

function stateWords(db: ReadHandle, sheet: SheetWithClass, now: string): string | null {
  if (sheet.state === 'open') return null;
  const step = lastStepQuery(db, { sheetId: sheet.id })[0];
  const state = stateAt(sheet, now);
  const isOver = state === 'locked' && sheet.state === 'reopened';
  const by = step?.actor_name ?? '';
  const at = whenText(isOver ? sheet.reopened_until ?? now : step?.created_at ?? sheet.updated_at);
  const reason = sheet.state_reason === null || sheet.state === 'reopened' ? '' : text('gradebook.lock.reason', { reason: sheet.state_reason });
  return text(`gradebook.lock.${isOver || (state === 'locked' && by === '') ? 'byItself' : state}`, { by, at, reason, until: whenText(sheet.reopened_until ?? now) });
}

function lockWords(lock: LockRow): string {
  const shared = { at: whenText(lock.from_at), by: lock.by ?? '' };
  return lock.source === 'calendar'
    ? text('gradebook.lock.calendar', { ...shared, point: text(`gradebook.point.${lock.point ?? 4}`) })
    : text('gradebook.lock.rule', { ...shared, reason: lock.reason ?? '' });
}
