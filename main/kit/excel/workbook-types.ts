/** What a cell holds. A formula cell carries the value that was last calculated; `blank` only occurs where a formula has no value. */
export type CellValue =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number }
  /** `serial` counts days as Excel does in its 1900 system, whatever system the file uses; see {@link serialToDate}. */
  | { kind: 'date'; serial: number }
  | { kind: 'boolean'; boolean: boolean }
  /** `error` is the text Excel shows: `#N/A`, `#REF!`… */
  | { kind: 'error'; error: string }
  | { kind: 'blank' };

export type Cell = CellValue & { formula?: string };

/** One row that has at least one cell. `number` is the row as Excel counts (from 1); `cells[0]` is column A, missing cells are undefined. */
export interface Row {
  number: number;
  cells: readonly (Cell | undefined)[];
}

/** A merged area, rows and columns counted from 1, both ends included. */
export interface MergedArea {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

export interface Sheet {
  name: string;
  /** Hidden by the user, or so that only a macro can show it again. */
  hidden: boolean;
  /** In the order of the sheet; rows without any content are left out. */
  rows: readonly Row[];
  merged: readonly MergedArea[];
}

export type FileKind = 'xlsx' | 'xls' | 'csv';

export interface Workbook {
  fileKind: FileKind;
  sheets: readonly Sheet[];
}

/** How a written cell looks and whether it can be typed into on a protected sheet (`input`, and `inputText` for sentences, can; everything else cannot). */
export type CellStyle = 'title' | 'header' | 'locked' | 'input' | 'inputText' | 'note' | 'text' | 'date' | 'plain' | 'centred';

export interface WrittenCell {
  value: string | number | null;
  style?: CellStyle;
  /** Without the leading `=`; `value` is then what the cell shows until Excel calculates. */
  formula?: string;
}

/** Refuses at the keyboard what the importer would refuse anyway. Rows count from 1. */
export type InputRule = { column: number; firstRow: number; lastRow: number; prompt?: string } & (
  | { kind: 'list'; values: readonly string[] }
  /** Values of another sheet's column, for lists longer than the 255 letters that a cell rule can hold. */
  | { kind: 'listFrom'; sheet: string; listColumn: number; firstListRow: number; lastListRow: number }
  | { kind: 'decimal' | 'whole'; minimum: number; maximum: number }
);

export interface WrittenSheet {
  name: string;
  rows: readonly (readonly (WrittenCell | string | number | null)[])[];
  /** Widths in characters, from column A. */
  widths?: readonly number[];
  /** `veryHidden` is not offered by Excel's "Unhide". */
  visibility?: 'visible' | 'hidden' | 'veryHidden';
  /** Rows, counted from 1, that are there but not shown. */
  hiddenRows?: readonly number[];
  /** Columns, counted from 1, that are there but not shown. */
  hiddenColumns?: readonly number[];
  /** Number of rows that stay in sight when scrolling. */
  frozenRows?: number;
  frozenColumns?: number;
  merged?: readonly MergedArea[];
  inputRules?: readonly InputRule[];
  /** Prints on A4, scaled to one page wide. */
  page?: 'portrait' | 'landscape';
  /** Locks every cell that is not for input. Keeps hands off by mistake; it is no security. */
  protected?: boolean;
}

export interface WrittenWorkbook {
  sheets: readonly WrittenSheet[];
  /** ISO instant kept as the file's creation time, so that equal content gives equal files. */
  createdAt: string;
}
