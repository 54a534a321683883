import type { RecomputedRow, SheetView } from '../../preload/contract/grades.ts';
import { planPaste } from './mark-grid-block.ts';
import { moved } from './mark-grid-moves.ts';
import type { Move } from './mark-grid-moves.ts';
import { cellAt, cellKey, cellsOf, isLeftOut, lockAt, markAt, selectedRange, unsavedMarks, withMarks, withRecomputed } from './mark-grid-state.ts';
import type { CellEdit, CellPosition, FaultyCell, MarkBatch, MarkChange, MarkGridState } from './mark-grid-state.ts';
import { emptyMark, formatMark, parseMark, sameMark, wayOf } from './mark-words.ts';

export type MarkGridAction =
  /** Goes somewhere; `extend` keeps the other corner of the selection. A cell being edited is saved first. */
  | { type: 'move'; move: Move; extend: boolean; page: number }
  | { type: 'stand'; at: CellPosition; extend: boolean }
  | { type: 'selectAll' }
  /** Begins to edit: with the typed letter, or (F2, double click) with what stands there. */
  | { type: 'overwrite'; words: string }
  | { type: 'edit' }
  | { type: 'type'; words: string }
  | { type: 'cancelEdit' }
  /** Takes the words of the edited cell and stays. */
  | { type: 'commit' }
  | { type: 'clear' }
  | { type: 'fillDown' }
  | { type: 'paste'; block: readonly (readonly string[])[] }
  | { type: 'zeroByRule'; reason: string }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'setTwoDigits'; twoDigits: boolean }
  | { type: 'dropFault'; enrolmentId: string; column: FaultyCell['column'] }
  /** The program answered a batch. */
  | { type: 'saved'; batch: MarkBatch; rows: readonly RecomputedRow[] }
  /** The program refused a batch for good: its words stay in red with the reason. */
  | { type: 'refused'; batch: MarkBatch; refusal: string }
  /** What is waiting was rewritten after a person chose between two values; batches not handed over yet stay behind it. */
  | { type: 'requeued'; unsaved: readonly MarkBatch[]; handedOver: ReadonlySet<string> }
  /** The sheet was read again. */
  | { type: 'refreshed'; sheet: SheetView };

/** Most cells that `grades.saveMarks` takes at once; a larger paste is saved in parts. */
const BATCH_LIMIT = 2_000;

/** The whole behaviour of the mark grid as one pure function; the widget only draws the state and sends actions. */
export function reduceMarkGrid(state: MarkGridState, action: MarkGridAction): MarkGridState {
  switch (action.type) {
    case 'move': return stand(commit(state), moved(state.active, action.move, sizeOf(state, action.page)), action.extend);
    case 'stand': return stand(commit(state), boundedTo(state, action.at), action.extend);
    case 'selectAll': return { ...commit(state), anchor: { row: 0, column: 0 }, active: boundedTo(state, { row: Infinity, column: Infinity }) };
    case 'overwrite': return begin(state, { words: action.words, mode: 'overwrite' });
    case 'edit': return begin(state, { words: wordsAt(state, state.active), mode: 'edit' });
    case 'type': return state.editing === null ? state : { ...state, editing: { ...state.editing, words: action.words } };
    case 'cancelEdit': return { ...state, editing: null };
    case 'commit': return commit(state);
    case 'clear': return clear(state);
    case 'fillDown': return fillDown(commit(state));
    case 'paste': return paste(commit(state), action.block);
    case 'zeroByRule': return zeroByRule(commit(state), action.reason);
    case 'undo': return stepBack(state);
    case 'redo': return stepForward(state);
    case 'setTwoDigits': return { ...state, twoDigits: action.twoDigits };
    case 'dropFault': return { ...state, faulty: withoutFault(state.faulty, [cellKey(action.enrolmentId, action.column)]) };
    case 'saved': return saved(state, action.batch, action.rows);
    case 'refused': return refused(state, action.batch, action.refusal);
    case 'requeued': return { ...state, unsaved: [...action.unsaved, ...state.unsaved.filter(batch => !action.handedOver.has(batch.id))] };
    case 'refreshed': return refreshed(state, action.sheet);
  }
  return action satisfies never;
}

function sizeOf(state: MarkGridState, page: number): { rows: number; columns: number; page: number } {
  return { rows: state.rows.length, columns: state.columns.length, page };
}

function boundedTo(state: MarkGridState, at: CellPosition): CellPosition {
  return {
    row: Math.max(0, Math.min(state.rows.length - 1, at.row)),
    column: Math.max(0, Math.min(state.columns.length - 1, at.column)),
  };
}

function stand(state: MarkGridState, active: CellPosition, extend: boolean): MarkGridState {
  return { ...state, active, anchor: extend ? state.anchor : active };
}

/** What the cell shows: the words of a faulty cell, else its mark. */
export function wordsAt(state: MarkGridState, at: CellPosition): string {
  const cell = cellAt(state, at);
  if (cell === null) return '';
  const faulty = state.faulty[cellKey(cell.enrolmentId, cell.column)];
  if (faulty !== undefined) return faulty.words;
  const value = markAt(state, at);
  return value === null ? '' : formatMark(value, state.kind);
}

function begin(state: MarkGridState, editing: Omit<CellEdit, 'before'>): MarkGridState {
  const before = markAt(state, state.active);
  const cell = cellAt(state, state.active);
  const row = state.rows[state.active.row];
  if (!state.mayEdit || before === null || cell === null || row === undefined || isLeftOut(row) || lockAt(state, cell.enrolmentId, cell.column) !== null) return state;
  return { ...state, editing: { ...editing, before }, anchor: state.active };
}

/** Ends editing: words that are a mark are written, words that are none stay in red. */
function commit(state: MarkGridState): MarkGridState {
  const { editing } = state;
  if (editing === null) return state;
  const closed: MarkGridState = { ...state, editing: null };
  const cell = cellAt(state, state.active);
  if (cell === null) return closed;
  // Unchanged words are no change; but words in red may have become good since, so they are always read again.
  const isFaulty = cellKey(cell.enrolmentId, cell.column) in state.faulty;
  if (!isFaulty && editing.words.trim() === formatMark(editing.before, state.kind)) return closed;
  const parsed = parseMark(wayOf(state.kind, cell.column), editing.words, { twoDigits: state.twoDigits });
  if (!parsed.ok) return withFaults(closed, [{ ...cell, words: editing.words.trim(), fault: parsed.fault }]);
  return write(closed, 'typed', [{ ...cell, before: editing.before, after: parsed.value }]);
}

function withFaults(state: MarkGridState, cells: readonly FaultyCell[]): MarkGridState {
  if (cells.length === 0) return state;
  const faulty = { ...state.faulty };
  for (const cell of cells) faulty[cellKey(cell.enrolmentId, cell.column)] = cell;
  return { ...state, faulty };
}

function withoutFault(faulty: MarkGridState['faulty'], keys: readonly string[]): MarkGridState['faulty'] {
  if (!keys.some(key => key in faulty)) return faulty;
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(faulty).filter(([key]) => !gone.has(key)));
}

/** Puts changes into the queue and clears what was wrong in their cells; cells that stay as they are do not count. */
function write(state: MarkGridState, path: MarkBatch['path'], wanted: readonly MarkChange[], step: 'new' | 'undo' | 'redo' = 'new'): MarkGridState {
  if (!state.mayEdit) return state;
  const faulty = withoutFault(state.faulty, wanted.map(change => cellKey(change.enrolmentId, change.column)));
  const leftOut = new Set(state.rows.filter(row => isLeftOut(row)).map(row => row.enrolmentId));
  const changes = wanted.filter(change =>
    !sameMark(change.before, change.after) && !leftOut.has(change.enrolmentId) && lockAt(state, change.enrolmentId, change.column) === null);
  if (changes.length === 0) return faulty === state.faulty ? state : { ...state, faulty };
  const batches: MarkBatch[] = [];
  for (let at = 0; at < changes.length; at += BATCH_LIMIT) {
    batches.push({ id: `${state.seed}-${state.made + batches.length}`, path, changes: changes.slice(at, at + BATCH_LIMIT) });
  }
  return {
    ...state, faulty, made: state.made + batches.length, unsaved: [...state.unsaved, ...batches],
    undoable: step === 'undo' ? state.undoable.slice(0, -1) : [...state.undoable, changes],
    redoable: step === 'new' ? [] : step === 'redo' ? state.redoable.slice(0, -1) : [...state.redoable, changes],
  };
}

function changesIn(state: MarkGridState, cells: readonly CellPosition[], after: (at: CellPosition) => MarkChange['after']): MarkChange[] {
  return cells.flatMap(at => {
    const cell = cellAt(state, at);
    const before = markAt(state, at);
    return cell === null || before === null ? [] : [{ ...cell, before, after: after(at) }];
  });
}

function clear(state: MarkGridState): MarkGridState {
  if (state.editing !== null) return state;
  return write(state, 'typed', changesIn(state, cellsOf(selectedRange(state)), () => emptyMark));
}

/** Ctrl+D: the first row of the selection into all below it; with one row selected, the row above into it. */
function fillDown(state: MarkGridState): MarkGridState {
  const range = selectedRange(state);
  const source = range.top === range.bottom ? range.top - 1 : range.top;
  if (source < 0) return state;
  const below = cellsOf({ ...range, top: source + 1 });
  return write(state, 'typed', changesIn(state, below, at => markAt(state, { row: source, column: at.column }) ?? emptyMark));
}

function paste(state: MarkGridState, block: readonly (readonly string[])[]): MarkGridState {
  if (!state.mayEdit) return state;
  const plan = planPaste(state, block);
  if (plan.range.bottom < plan.range.top || plan.range.right < plan.range.left) return state;
  const changes: MarkChange[] = [];
  const faults: FaultyCell[] = [];
  for (const cell of plan.cells) {
    const { enrolmentId, column, before, after } = cell;
    if (after !== null) changes.push({ enrolmentId, column, before, after });
    else if (cell.fault !== null) faults.push({ enrolmentId, column, words: cell.words, fault: cell.fault });
  }
  const selected: MarkGridState = {
    ...state,
    anchor: { row: plan.range.top, column: plan.range.left },
    active: { row: plan.range.bottom, column: plan.range.right },
  };
  return withFaults(write(selected, 'pasted', changes), faults);
}

/** Mid-term and final marks and, before TT 22/2021, tests of a period; ongoing ones and primary sheets know no 0 by rule. */
export function mayBeZeroByRule(column: MarkChange['column']): boolean {
  return column === 'gk' || column === 'ck' || /^v\d$/.test(column);
}

/** TT 22/2021 Điều 7: a periodic mark that was missed without cause counts 0 (or CĐ), with its reason on record. */
function zeroByRule(state: MarkGridState, reason: string): MarkGridState {
  const words = reason.trim();
  const column = cellAt(state, state.active)?.column;
  if (words === '' || column === undefined || !mayBeZeroByRule(column)) return state;
  return write(state, 'typed', changesIn(state, [state.active], () => ({ state: 'zeroByRule', reason: words })));
}

/**
 * Takes the last step back as a further save. A cell that shows something else by now was changed by another person, and is left alone.
 */
function stepBack(state: MarkGridState): MarkGridState {
  const step = state.undoable.at(-1);
  if (state.editing !== null || step === undefined) return state;
  const reversed = reverse(state, step);
  if (reversed.length === 0) return { ...state, undoable: state.undoable.slice(0, -1) };
  return standOn(write(state, 'undo', reversed, 'undo'), reversed);
}

function stepForward(state: MarkGridState): MarkGridState {
  const step = state.redoable.at(-1);
  if (state.editing !== null || step === undefined) return state;
  const reversed = reverse(state, step);
  if (reversed.length === 0) return { ...state, redoable: state.redoable.slice(0, -1) };
  return standOn(write(state, 'undo', reversed, 'redo'), reversed);
}

function reverse(state: MarkGridState, step: readonly MarkChange[]): MarkChange[] {
  const rowOf = new Map(state.rows.map((row, index) => [row.enrolmentId, index]));
  return step.flatMap(change => {
    const column = state.columns.findIndex(one => one.column === change.column);
    const shown = markAt(state, { row: rowOf.get(change.enrolmentId) ?? -1, column });
    return shown !== null && sameMark(shown, change.after) ? [{ ...change, before: change.after, after: change.before }] : [];
  });
}

function positionOf(state: MarkGridState, cell: Pick<MarkChange, 'enrolmentId' | 'column'>): CellPosition {
  return {
    row: state.rows.findIndex(row => row.enrolmentId === cell.enrolmentId),
    column: state.columns.findIndex(column => column.column === cell.column),
  };
}

/** Goes where the undone cells are, so that one sees what happened. */
function standOn(state: MarkGridState, changes: readonly MarkChange[]): MarkGridState {
  const pupils = new Set(changes.map(change => change.enrolmentId));
  const columns = new Set(changes.map(change => change.column));
  const inRows = (row: { enrolmentId: string }): boolean => pupils.has(row.enrolmentId);
  const inColumns = (one: { column: MarkChange['column'] }): boolean => columns.has(one.column);
  return {
    ...state,
    anchor: { row: state.rows.findIndex(inRows), column: state.columns.findIndex(inColumns) },
    active: { row: state.rows.findLastIndex(inRows), column: state.columns.findLastIndex(inColumns) },
  };
}

function saved(state: MarkGridState, batch: MarkBatch, rows: readonly RecomputedRow[]): MarkGridState {
  return {
    ...state,
    rows: withRecomputed(withMarks(state.rows, batch.changes), rows),
    unsaved: state.unsaved.filter(one => one.id !== batch.id),
  };
}

function refused(state: MarkGridState, batch: MarkBatch, refusal: string): MarkGridState {
  const unsaved = state.unsaved.filter(one => one.id !== batch.id);
  const later = unsavedMarks(unsaved);
  const faults = batch.changes
    .filter(change => !later.has(cellKey(change.enrolmentId, change.column)))
    .map(change => ({ enrolmentId: change.enrolmentId, column: change.column, words: formatMark(change.after, state.kind), fault: { refusal } }));
  return withFaults({ ...state, unsaved }, faults);
}

/** Takes fresh rows, keeps the place by pupil and column, and notes what others changed. */
function refreshed(state: MarkGridState, sheet: SheetView): MarkGridState {
  const own = unsavedMarks(state.unsaved);
  const old = new Map(state.rows.map(row => [row.enrolmentId, row]));
  const news: string[] = [];
  for (const row of sheet.rows) {
    const before = old.get(row.enrolmentId);
    if (before === undefined) continue;
    for (const { column } of sheet.columns) {
      const key = cellKey(row.enrolmentId, column);
      if (!own.has(key) && !sameMark(before.marks[column] ?? emptyMark, row.marks[column] ?? emptyMark)) news.push(key);
    }
  }
  const next: MarkGridState = { ...state, kind: sheet.kind, columns: sheet.columns, rows: sheet.rows, mayEdit: sheet.mayEdit, lockedColumns: sheet.lockedColumns, openedCells: sheet.openedCells };
  const changedByOthers = news.length === 0
    ? state.changedByOthers
    : { ...state.changedByOthers, ...Object.fromEntries(news.map(key => [key, (state.changedByOthers[key] ?? 0) + 1])) };
  const active = keptPosition(state, next, state.active);
  return {
    ...next, changedByOthers, active,
    anchor: keptPosition(state, next, state.anchor),
    editing: sheet.mayEdit ? state.editing : null,
  };
}

function keptPosition(before: MarkGridState, after: MarkGridState, at: CellPosition): CellPosition {
  const cell = cellAt(before, at);
  const found = cell === null ? at : positionOf(after, cell);
  return boundedTo(after, { row: found.row < 0 ? at.row : found.row, column: found.column < 0 ? at.column : found.column });
}
