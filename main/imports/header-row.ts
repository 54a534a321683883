import type { Workbook } from '../kit/excel/workbook.ts';
import { columnLetters } from '../kit/excel/cell-address.ts';
import type { ColumnFound } from './import-records.ts';
import { cellText, plainHeader } from './import-text.ts';
import { SheetGrid } from './sheet-grid.ts';

/** A field and the headers, in {@link plainHeader} form, under which it is found. */
export type ColumnNames<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Where a table's columns are. The header is found by its words, never by position: the ministry's forms gain columns from version to version. */
export interface FoundTable<Field extends string> {
  grid: SheetGrid;
  headerRow: number;
  firstDataRow: number;
  /** Column, counted from 1, of each field that the table has. */
  columns: ReadonlyMap<Field, { column: number; header: string }>;
  /** Columns with a header the form does not know. */
  others: { column: number; header: string }[];
  /** A field found a second time. */
  twice: { field: Field; column: number; header: string }[];
}

/** Title rows, notes and letterheads above the table. */
const DEEPEST_HEADER = 40;
/** A header of two or three rows may be recognised by its upper one first. */
const HEADER_HALVES = 2;
/** Words in brackets that only tell how to fill a column; any other bracket is part of its name ("(Theo quê quán)"). */
const HINT = /\s*\((?:[^()]*(?:dd|mm\/|yyyy|bat buoc|neu co|vi du|vd[.: ]|chon)[^()]*)\)/g;

/** The best matching table of the workbook, or null. Visible sheets come before hidden ones. */
export function findTable<Field extends string>(workbook: Workbook, names: ColumnNames<Field>, accepts: (fields: ReadonlySet<Field>) => boolean): FoundTable<Field> | null {
  const lookup = lookupOf(names);
  let best: FoundTable<Field> | null = null;
  for (const sheet of [...workbook.sheets].toSorted((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const grid = new SheetGrid(sheet);
    let found: FoundTable<Field> | null = null;
    for (let row = 1; row <= Math.min(DEEPEST_HEADER, grid.lastRow); row += 1) {
      if (found !== null && row > found.headerRow + HEADER_HALVES) break;
      const table = readHeader(grid, row, lookup);
      // On equal terms the lower row wins: it is the lower half of a header of two rows.
      if (accepts(new Set(table.columns.keys())) && table.columns.size >= (found?.columns.size ?? 0)) found = table;
    }
    if (found !== null && found.columns.size > (best?.columns.size ?? 0)) best = found;
  }
  return best;
}

/** What the rows above a table say, e.g. its title and school year. */
export function textAbove(table: FoundTable<string>): string {
  const texts: string[] = [];
  for (let row = 1; row < table.headerRow; row += 1) {
    for (const column of table.grid.filledColumns(row)) texts.push(cellText(table.grid.own(row, column)));
  }
  return texts.join(' ');
}

/** The names of a form with the headers that people said belong to its fields. */
export function withColumns<Field extends string>(names: ColumnNames<Field>, said: ReadonlyMap<string, string> | undefined): ColumnNames<Field> {
  if (said === undefined || said.size === 0) return names;
  const widened: Record<string, readonly string[]> = { ...names };
  for (const [header, field] of said) if (Object.hasOwn(widened, field)) widened[field] = [...(widened[field] ?? []), header];
  return widened as ColumnNames<Field>;
}

/** Columns that nobody has said anything of and that are not in the form: what the form has and the program does not hold needs no word. */
export function otherColumns(table: FoundTable<string>, said: ReadonlyMap<string, string> | undefined, form: readonly string[]): { header: string; letter: string }[] {
  const known = new Set(form.map(plainHeader));
  return table.others.filter(({ header }) => said?.has(plainHeader(header)) !== true && !known.has(plainHeader(header))).map(({ column, header }) => ({ header, letter: columnLetters(column) }));
}

export function columnsFound(table: FoundTable<string>): ColumnFound[] {
  return [...table.columns].map(([field, { column, header }]) => ({ field, header, letter: columnLetters(column) }));
}

function lookupOf<Field extends string>(names: ColumnNames<Field>): Map<string, Field> {
  const lookup = new Map<string, Field>();
  for (const field of Object.keys(names) as Field[]) for (const name of names[field]) lookup.set(name, field);
  return lookup;
}

function readHeader<Field extends string>(grid: SheetGrid, row: number, lookup: ReadonlyMap<string, Field>): FoundTable<Field> {
  const columns = new Map<Field, { column: number; header: string }>();
  const others: { column: number; header: string }[] = [];
  const twice: { field: Field; column: number; header: string }[] = [];
  for (let column = 1; column <= grid.lastColumn(row); column += 1) {
    const header = headerText(grid, row, column);
    if (header === '') continue;
    const field = fieldOf(grid, row, column, header, lookup);
    if (field === undefined) others.push({ column, header });
    else if (columns.has(field)) twice.push({ field, column, header });
    else columns.set(field, { column, header });
  }
  return { grid, headerRow: row, firstDataRow: firstDataRow(grid, row), columns, others, twice };
}

function headerText(grid: SheetGrid, row: number, column: number): string {
  const area = grid.area(row, column);
  // A title merged over the whole table is no header of the columns below its first.
  if (area !== undefined && area.firstColumn !== area.lastColumn) return column === area.firstColumn ? cellText(grid.own(area.firstRow, column)) : '';
  return cellText(grid.shown(row, column));
}

function fieldOf<Field extends string>(grid: SheetGrid, row: number, column: number, header: string, lookup: ReadonlyMap<string, Field>): Field | undefined {
  // Most cells below the titles are numbers, dates and codes.
  if (/^[\d\s.,/:-]*$/.test(header)) return undefined;
  const own = plainHeader(header);
  const group = row > 1 ? plainHeader(cellText(grid.shown(row - 1, column))) : '';
  const candidates = group === '' || group === own ? [own] : [`${group} ${own}`, `${own} ${group}`, own];
  for (const candidate of candidates) {
    const field = lookup.get(candidate) ?? lookup.get(candidate.replace(HINT, '').trim());
    if (field !== undefined) return field;
  }
  return undefined;
}

/** Skips the row that numbers the columns (1, 2, 3… or (1), (2)…) under some headers. */
function firstDataRow(grid: SheetGrid, headerRow: number): number {
  const next = headerRow + 1;
  const texts = grid.filledColumns(next).map((column) => cellText(grid.own(next, column)).replace(/[()]/g, ''));
  const numbersColumns = texts.length >= 3 && texts.every((value, index) => value === String(index + 1));
  return numbersColumns ? next + 1 : next;
}
