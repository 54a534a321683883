import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { cellAt, cellsOf, isLeftOut, lockAt, markAt, selectedRange } from './mark-grid-state.ts';
import type { CellPosition, CellRange, FaultyCell, MarkGridState } from './mark-grid-state.ts';
import { formatMark, leftOutWords, parseMark, sameMark, wayOf } from './mark-words.ts';

/**
 * Rows and cells of a clipboard text as spreadsheets write it: tabs between cells, line ends between rows, quotes around a cell that holds
 * a tab, a line end or a quote. A last empty line is no row.
 */
export function parseBlock(clipboard: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  let isFresh = true; // a quote only opens at the start of a cell
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
    isFresh = true;
  };
  for (let at = 0; at < clipboard.length; at++) {
    const character = clipboard.charAt(at);
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (clipboard.charAt(at + 1) === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (character === '"' && isFresh) {
      isQuoted = true;
      isFresh = false;
    } else if (character === '\t') endCell();
    else if (character === '\n' || character === '\r') {
      if (character === '\r' && clipboard.charAt(at + 1) === '\n') at++;
      endCell();
      rows.push([]);
    } else {
      cell += character;
      isFresh = false;
    }
  }
  if (cell !== '' || !isFresh || (rows.at(-1)?.length ?? 0) > 0) endCell();
  else rows.pop();
  return rows;
}

/** The selection as spreadsheets read it. */
export function blockText(state: MarkGridState, range: CellRange = selectedRange(state)): string {
  const lines: string[] = [];
  for (let row = range.top; row <= range.bottom; row++) {
    const cells: string[] = [];
    for (let column = range.left; column <= range.right; column++) {
      const value = markAt(state, { row, column });
      cells.push(value === null ? '' : formatMark(value, state.kind));
    }
    lines.push(cells.join('\t'));
  }
  // A line end after the last line too, as Excel writes it: without it a column of empty cells would lose one.
  return lines.map(line => `${line}\r\n`).join('');
}

/** One pasted cell: where it lands, what stands there, what will. */
export interface PastedCell {
  at: CellPosition;
  enrolmentId: string;
  column: MarkColumn;
  words: string;
  before: MarkValue;
  /** Null when the words are no mark. */
  after: MarkValue | null;
  fault: FaultyCell['fault'] | null;
}

export interface PastePlan {
  /** Where the block lands, cut to the sheet. */
  range: CellRange;
  /** Only cells that change or are faulty. */
  cells: PastedCell[];
  blockRows: number;
  blockColumns: number;
  /** Cells of the block that would fall below or right of the sheet, and are left out. */
  outside: number;
  /** Filled cells beyond the selection that would get another value. */
  overwritten: number;
  /** True when a person should look before it lands: sizes differ, something falls outside, or filled cells beyond the selection change. */
  needsLook: boolean;
}

/**
 * Where a copied block lands and what it changes there. A single cell fills the whole selection, a block that fits the selection a whole
 * number of times repeats in it, anything else starts at the selection's first cell.
 */
export function planPaste(state: MarkGridState, block: readonly (readonly string[])[]): PastePlan {
  const selection = selectedRange(state);
  const blockRows = block.length;
  const blockColumns = Math.max(0, ...block.map(line => line.length));
  const selectedRows = selection.bottom - selection.top + 1;
  const selectedColumns = selection.right - selection.left + 1;
  const isOneSelected = selectedRows === 1 && selectedColumns === 1;
  const repeats = blockRows > 0 && blockColumns > 0 && selectedRows % blockRows === 0 && selectedColumns % blockColumns === 0;
  const height = repeats ? selectedRows : blockRows;
  const width = repeats ? selectedColumns : blockColumns;
  const wanted: CellRange = { top: selection.top, left: selection.left, bottom: selection.top + height - 1, right: selection.left + width - 1 };
  const range: CellRange = { ...wanted, bottom: Math.min(wanted.bottom, state.rows.length - 1), right: Math.min(wanted.right, state.columns.length - 1) };
  const cells: PastedCell[] = [];
  let overwritten = 0;
  for (const at of cellsOf(range)) {
    const words = block[(at.row - range.top) % blockRows]?.[(at.column - range.left) % blockColumns] ?? '';
    const cell = pastedCell(state, at, words);
    if (cell === null) continue;
    cells.push(cell);
    const isBeyond = at.row > selection.bottom || at.column > selection.right;
    if (isBeyond && cell.before.state !== 'empty') overwritten++;
  }
  const inside = (range.bottom - range.top + 1) * (range.right - range.left + 1);
  const outside = Math.max(0, height * width - inside);
  const differs = !isOneSelected && !repeats;
  return { range, cells, blockRows, blockColumns, outside, overwritten, needsLook: differs || outside > 0 || overwritten > 0 };
}

function pastedCell(state: MarkGridState, at: CellPosition, words: string): PastedCell | null {
  const cell = cellAt(state, at);
  const before = markAt(state, at);
  const row = state.rows[at.row];
  if (cell === null || before === null || row === undefined) return null;
  if (isLeftOut(row)) {
    if (words.trim() === '' || words.trim() === formatMark(before, state.kind)) return null;
    return { at, ...cell, words: words.trim(), before, after: null, fault: { refusal: leftOutWords(row) } };
  }
  // The setting for "75" is about fingers: a spreadsheet that says 75 is wrong.
  const parsed = parseMark(wayOf(state.kind, cell.column), words, { twoDigits: false });
  if (!parsed.ok) return { at, ...cell, words: words.trim(), before, after: null, fault: parsed.fault };
  if (sameMark(before, parsed.value) || isZeroAgain(before, parsed.value)) return null;
  const lock = lockAt(state, cell.enrolmentId, cell.column);
  if (lock !== null) return { at, ...cell, words: words.trim(), before, after: null, fault: { refusal: lock } };
  return { at, ...cell, words, before, after: parsed.value, fault: null };
}

/** A 0 by rule copied over itself is "0" on the clipboard: its reason must not be lost by that. */
function isZeroAgain(before: MarkValue, after: MarkValue): boolean {
  return before.state === 'zeroByRule' && ((after.state === 'score' && after.tenths === 0) || (after.state === 'level' && after.level === 'CD'));
}
