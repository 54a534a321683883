import { read, SSF, type CellObject, type Range, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { AppError } from '../errors.ts';
import { DAYS_1904 } from './excel-dates.ts';
import type { FileLimits } from './file-limits.ts';
import type { Cell, CellValue, MergedArea, Row, Sheet } from './workbook-types.ts';

/** True for a number format that shows a date or a time, e.g. `dd/mm/yyyy`. */
const isDateFormat = SSF.is_date as (format: string) => boolean;

/** The error codes of [MS-XLS] 2.5.198.2 as Excel shows them. */
const ERRORS: Readonly<Record<number, string>> = {
  0x00: '#NULL!', 0x07: '#DIV/0!', 0x0f: '#VALUE!', 0x17: '#REF!', 0x1d: '#NAME?', 0x24: '#NUM!', 0x2a: '#N/A', 0x2b: '#GETTING_DATA',
};

/**
 * Reads the sheets of an .xlsx or .xls that was inspected before (SheetJS: on a list of 20,000 formatted rows it takes a fifth of the memory of
 * exceljs, and the same code reads both formats). `keepEmpty` also returns formula cells that have no value.
 * @throws workbook.damaged, workbook.password, workbook.tooManySheets, workbook.tooManyCells
 */
export function readSheets(bytes: Uint8Array, limits: FileLimits, keepEmpty: boolean): Sheet[] {
  const book = parse(bytes, keepEmpty);
  if (book.SheetNames.length > limits.sheets) throw new AppError('workbook.tooManySheets', { params: { size: book.SheetNames.length, limit: limits.sheets } });
  const shift = book.Workbook?.WBProps?.date1904 === true ? DAYS_1904 : 0;
  let cells = 0;
  return book.SheetNames.map((name, index) => {
    const source = book.Sheets[name];
    const rows = source === undefined ? [] : toRows(source, shift);
    cells += rows.reduce((sum, row) => sum + row.cells.length, 0);
    if (cells > limits.cells) throw new AppError('workbook.tooManyCells', { params: { limit: limits.cells } });
    return { name: name.normalize('NFC'), hidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0, rows, merged: (source?.['!merges'] ?? []).map(toMergedArea) };
  });
}

function parse(bytes: Uint8Array, keepEmpty: boolean): WorkBook {
  try {
    return read(bytes, { type: 'array', dense: true, cellDates: false, cellNF: true, cellText: false, cellHTML: false, sheetStubs: keepEmpty });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/password|encrypt/i.test(message)) throw new AppError('workbook.password', { cause });
    throw new AppError('workbook.damaged', { params: { part: message }, cause });
  }
}

function toRows(sheet: WorkSheet, shift: number): Row[] {
  const rows: Row[] = [];
  // A dense sheet is an array with holes where a row or a cell is missing.
  const data: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  data.forEach((source, index) => {
    if (source === undefined) return;
    const cells: (Cell | undefined)[] = [];
    source.forEach((cell, column) => {
      const converted = cell === undefined ? undefined : toCell(cell, shift);
      if (converted !== undefined) cells[column] = converted;
    });
    if (cells.length > 0) rows.push({ number: index + 1, cells });
  });
  return rows;
}

function toCell(cell: CellObject, shift: number): Cell | undefined {
  const value = toValue(cell, shift);
  if (cell.f === undefined) return value.kind === 'blank' ? undefined : value;
  return { ...value, formula: cell.f };
}

function toValue(cell: CellObject, shift: number): CellValue {
  // A stub: a formula without a value is one too, and the parser gives it a 0 that nobody typed.
  if (cell.t === 'z') return { kind: 'blank' };
  if (cell.t === 'e') return { kind: 'error', error: ERRORS[Number(cell.v)] ?? '#N/A' };
  if (typeof cell.v === 'boolean') return { kind: 'boolean', boolean: cell.v };
  if (typeof cell.v === 'number') {
    return typeof cell.z === 'string' && isDateFormat(cell.z) ? { kind: 'date', serial: cell.v + shift } : { kind: 'number', number: cell.v };
  }
  if (typeof cell.v === 'string' && cell.v !== '') return { kind: 'text', text: cell.v };
  return { kind: 'blank' };
}

function toMergedArea(range: Range): MergedArea {
  return { firstRow: range.s.r + 1, lastRow: range.e.r + 1, firstColumn: range.s.c + 1, lastColumn: range.e.c + 1 };
}
