import type { CellPosition } from './mark-grid-state.ts';

export type Move =
  | 'up' | 'down' | 'left' | 'right'
  | 'rowStart' | 'rowEnd' | 'top' | 'bottom' | 'first' | 'last'
  | 'pageUp' | 'pageDown' | 'next' | 'previous';

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows a page key moves. */
  page: number;
}

/** Where a move from `at` ends; never outside the sheet. `next` and `previous` wrap over the line ends, like Tab in a table. */
export function moved(at: CellPosition, move: Move, { rows, columns, page }: GridSize): CellPosition {
  const lastRow = rows - 1;
  const lastColumn = columns - 1;
  switch (move) {
    case 'up': return bounded(at.row - 1, at.column, lastRow, lastColumn);
    case 'down': return bounded(at.row + 1, at.column, lastRow, lastColumn);
    case 'left': return bounded(at.row, at.column - 1, lastRow, lastColumn);
    case 'right': return bounded(at.row, at.column + 1, lastRow, lastColumn);
    case 'rowStart': return bounded(at.row, 0, lastRow, lastColumn);
    case 'rowEnd': return bounded(at.row, lastColumn, lastRow, lastColumn);
    case 'top': return bounded(0, at.column, lastRow, lastColumn);
    case 'bottom': return bounded(lastRow, at.column, lastRow, lastColumn);
    case 'first': return bounded(0, 0, lastRow, lastColumn);
    case 'last': return bounded(lastRow, lastColumn, lastRow, lastColumn);
    case 'pageUp': return bounded(at.row - page, at.column, lastRow, lastColumn);
    case 'pageDown': return bounded(at.row + page, at.column, lastRow, lastColumn);
    case 'next': return at.column < lastColumn ? bounded(at.row, at.column + 1, lastRow, lastColumn) : at.row < lastRow ? bounded(at.row + 1, 0, lastRow, lastColumn) : at;
    case 'previous': return at.column > 0 ? bounded(at.row, at.column - 1, lastRow, lastColumn) : at.row > 0 ? bounded(at.row - 1, lastColumn, lastRow, lastColumn) : at;
  }
  return move satisfies never;
}

function bounded(row: number, column: number, lastRow: number, lastColumn: number): CellPosition {
  return { row: Math.max(0, Math.min(lastRow, row)), column: Math.max(0, Math.min(lastColumn, column)) };
}

export interface PressedKey {
  key: string;
  ctrlKey: boolean;
  shiftKey: boolean;
}

/** The move a key means while no cell is being edited; null for other keys. */
export function moveOfKey({ key, ctrlKey, shiftKey }: PressedKey): Move | null {
  switch (key) {
    case 'ArrowUp': return ctrlKey ? 'top' : 'up';
    case 'ArrowDown': return ctrlKey ? 'bottom' : 'down';
    case 'ArrowLeft': return ctrlKey ? 'rowStart' : 'left';
    case 'ArrowRight': return ctrlKey ? 'rowEnd' : 'right';
    case 'Home': return ctrlKey ? 'first' : 'rowStart';
    case 'End': return ctrlKey ? 'last' : 'rowEnd';
    case 'PageUp': return 'pageUp';
    case 'PageDown': return 'pageDown';
    case 'Enter': return shiftKey ? 'up' : 'down';
    case 'Tab': return shiftKey ? 'previous' : 'next';
    default: return null;
  }
}
