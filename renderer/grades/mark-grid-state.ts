import type { MarkColumn, MarkValue, RecomputedRow, SheetColumn, SheetRow, SheetView, SheetKind } from '../../preload/contract/grades.ts';
import { emptyMark } from './mark-words.ts';
import type { MarkFault } from './mark-words.ts';

/** A cell by place: index of the row and of the mark column. */
export interface CellPosition {
  row: number;
  column: number;
}

export interface CellRange {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** One cell going from what the writer saw to what he wants. */
export interface MarkChange {
  enrolmentId: string;
  column: MarkColumn;
  before: MarkValue;
  after: MarkValue;
}

/** What is saved together, all or nothing. */
export interface MarkBatch {
  id: string;
  path: 'typed' | 'pasted' | 'undo';
  changes: MarkChange[];
}

/** A cell whose words are no mark: they stay as typed, in red, and are not saved. */
export interface FaultyCell {
  enrolmentId: string;
  column: MarkColumn;
  words: string;
  /** Why: a fault of the words, or the program's own refusal in a sentence. */
  fault: MarkFault | { refusal: string };
}

export interface CellEdit {
  words: string;
  /** `overwrite` was begun by typing: arrows leave the cell. `edit` was begun by F2 or double click: arrows move within the words. */
  mode: 'overwrite' | 'edit';
  /** What the writer saw when he began: if another person writes the cell meanwhile, he is asked. */
  before: MarkValue;
}

export interface MarkGridState {
  sheetId: string;
  kind: SheetKind;
  columns: readonly SheetColumn[];
  mayEdit: boolean;
  lockedColumns: SheetView['lockedColumns'];
  openedCells: SheetView['openedCells'];
  /** The rows as the program last told them. */
  rows: readonly SheetRow[];
  /** Written here and not answered yet, oldest first; shown over `rows`. */
  unsaved: readonly MarkBatch[];
  active: CellPosition;
  /** The other corner of the selection. */
  anchor: CellPosition;
  editing: CellEdit | null;
  faulty: Readonly<Record<string, FaultyCell>>;
  undoable: readonly (readonly MarkChange[])[];
  redoable: readonly (readonly MarkChange[])[];
  /** Cells that another person changed while this sheet was open, with the number of the news that told it. */
  changedByOthers: Readonly<Record<string, number>>;
  /** "75" typed means 7,5. */
  twoDigits: boolean;
  /** Makes batch ids unique over windows and days. */
  seed: string;
  made: number;
}

export function cellKey(enrolmentId: string, column: MarkColumn): string {
  return `${enrolmentId} ${column}`;
}

/** What locks a cell, in a sentence; null when it takes marks. */
export function lockAt({ lockedColumns, openedCells }: Pick<MarkGridState, 'lockedColumns' | 'openedCells'>, enrolmentId: string, column: MarkColumn): string | null {
  const lock = lockedColumns[column];
  if (lock === undefined) return null;
  return openedCells.some(cell => (cell.enrolmentId ?? enrolmentId) === enrolmentId && (cell.column ?? column) === column) ? null : lock;
}

/** Whether a pupil's cells take nothing: exempt, not taking the subject, an individual plan. Theory instead of practice keeps them. */
export function isLeftOut({ standing }: Pick<SheetRow, 'standing'>): boolean {
  return standing !== null && standing !== 'reducedPractice';
}

export interface OpenGridOptions {
  seed: string;
  twoDigits: boolean;
  /** Batches of this sheet that wait since an earlier visit. */
  unsaved: readonly MarkBatch[];
}

/** The grid of a sheet as just opened, standing on the first cell. */
export function openGrid(sheet: SheetView, { seed, twoDigits, unsaved }: OpenGridOptions): MarkGridState {
  return {
    sheetId: sheet.sheetId, kind: sheet.kind, columns: sheet.columns, mayEdit: sheet.mayEdit, lockedColumns: sheet.lockedColumns,
    openedCells: sheet.openedCells, rows: sheet.rows, unsaved,
    active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 }, editing: null, faulty: {}, undoable: [], redoable: [], changedByOthers: {},
    twoDigits, seed, made: 0,
  };
}

const shownByUnsaved = new WeakMap<readonly MarkBatch[], ReadonlyMap<string, MarkValue>>();

/** What each changed cell shows before the program answered; later batches win. Kept per list, since every drawn cell asks. */
export function unsavedMarks(unsaved: readonly MarkBatch[]): ReadonlyMap<string, MarkValue> {
  const known = shownByUnsaved.get(unsaved);
  if (known !== undefined) return known;
  const shown = new Map<string, MarkValue>();
  for (const batch of unsaved) for (const change of batch.changes) shown.set(cellKey(change.enrolmentId, change.column), change.after);
  shownByUnsaved.set(unsaved, shown);
  return shown;
}

/** The mark at a place, as the person sees it; null outside the sheet. */
export function markAt(state: MarkGridState, { row, column }: CellPosition): MarkValue | null {
  const at = state.rows[row];
  const mark = state.columns[column];
  if (at === undefined || mark === undefined) return null;
  return unsavedMarks(state.unsaved).get(cellKey(at.enrolmentId, mark.column)) ?? at.marks[mark.column] ?? emptyMark;
}

export function selectedRange({ active, anchor }: Pick<MarkGridState, 'active' | 'anchor'>): CellRange {
  return {
    top: Math.min(active.row, anchor.row), bottom: Math.max(active.row, anchor.row),
    left: Math.min(active.column, anchor.column), right: Math.max(active.column, anchor.column),
  };
}

export function cellsOf(range: CellRange): CellPosition[] {
  const cells: CellPosition[] = [];
  for (let row = range.top; row <= range.bottom; row++) for (let column = range.left; column <= range.right; column++) cells.push({ row, column });
  return cells;
}

/** The identity of the cell at a place; null outside the sheet. */
export function cellAt(state: Pick<MarkGridState, 'rows' | 'columns'>, { row, column }: CellPosition): { enrolmentId: string; column: MarkColumn } | null {
  const at = state.rows[row];
  const mark = state.columns[column];
  return at === undefined || mark === undefined ? null : { enrolmentId: at.enrolmentId, column: mark.column };
}

/** Puts the recomputed averages of an answer into the rows. */
export function withRecomputed(rows: readonly SheetRow[], recomputed: readonly RecomputedRow[]): SheetRow[] {
  const byPupil = new Map(recomputed.map(row => [row.enrolmentId, row]));
  return rows.map(row => {
    const fresh = byPupil.get(row.enrolmentId);
    return fresh === undefined ? row : { ...row, ...fresh };
  });
}

/** Puts saved marks into the rows. */
export function withMarks(rows: readonly SheetRow[], changes: readonly MarkChange[]): SheetRow[] {
  const byPupil = Map.groupBy(changes, change => change.enrolmentId);
  return rows.map(row => {
    const own = byPupil.get(row.enrolmentId);
    if (own === undefined) return row;
    const marks = { ...row.marks };
    for (const change of own) marks[change.column] = change.after;
    return { ...row, marks };
  });
}
