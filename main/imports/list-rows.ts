import { AppError } from '../kit/errors.ts';
import type { Workbook } from '../kit/excel/workbook.ts';
import { findTable, type ColumnNames, type FoundTable } from './header-row.ts';
import type { ProblemList } from './import-problems.ts';
import { cellText } from './import-text.ts';
import type { ListRow } from './list-row.ts';

/** Fields that a list must have at least one of, with the header to name when it has none. */
export interface NeededColumns<Field extends string> {
  anyOf: readonly Field[];
  header: string;
}

/**
 * The table of a list.
 * @throws imports.headerMissing when no row looks like its header, imports.columnsMissing when a needed column is not there
 */
export function requireTable<Field extends string>(workbook: Workbook, names: ColumnNames<Field>, needed: readonly NeededColumns<Field>[]): FoundTable<Field> {
  const lacks = (fields: ReadonlySet<Field>) => needed.filter((columns) => !columns.anyOf.some((field) => fields.has(field)));
  const table = findTable(workbook, names, (fields) => lacks(fields).length === 0);
  if (table !== null) return table;
  const nearest = findTable(workbook, names, (fields) => fields.size >= 2);
  if (nearest === null) throw new AppError('imports.headerMissing', { params: { columns: headers(needed) } });
  throw new AppError('imports.columnsMissing', { params: { sheet: nearest.grid.sheet.name, row: nearest.headerRow, columns: headers(lacks(new Set(nearest.columns.keys()))) } });
}

function headers(needed: readonly NeededColumns<string>[]): string {
  return needed.map((columns) => `“${columns.header}”`).join(', ');
}

/** A column found twice would be read from one of the two by chance. */
export function reportDoubleColumns<Field extends string>(table: FoundTable<Field>, problems: ProblemList): void {
  for (const { field, column, header } of table.twice) {
    const first = table.columns.get(field)?.header ?? '';
    problems.error({ row: table.headerRow, column, header, value: header }, 'columnTwice', { first });
  }
}

/** What a row of a list is. */
export interface PersonFields<Field extends string> {
  order: Field;
  name: Field;
  /** Codes that mark a row as a person's even when the name is missing. */
  codes: readonly Field[];
  /** Other cells that show that a name stands for a person and not for whoever signed the list. */
  facts: readonly Field[];
}

/**
 * Calls `visit` for each row that holds a person. Rows without content are passed over, a row "LỚP 9A" alone goes to `groupRow`; what stands
 * below the last person (totals, signatures) is left out with a warning, the same between two persons is an error: a person may be hidden there.
 */
export function eachPerson<Field extends string>(
  table: FoundTable<Field>, row: ListRow<Field>, fields: PersonFields<Field>, visit: () => void, groupRow: (value: string) => boolean,
): number {
  const pending: number[] = [];
  const report = (rows: readonly number[], severity: 'error' | 'warning', code: string) => {
    for (const number of rows) {
      row.row = number;
      row.reportAt(filled(table, number, fields.order)[0] ?? 1, severity, code);
    }
  };
  let persons = 0;
  for (let number = table.firstDataRow; number <= table.grid.lastRow; number += 1) {
    const columns = filled(table, number, fields.order);
    if (columns.length === 0) continue;
    row.row = number;
    if (columns.length === 1 && groupRow(cellText(table.grid.own(number, columns[0] ?? 1)))) continue;
    const has = (field: Field) => row.shown(field) !== '';
    const isPerson = fields.codes.some(has) || (has(fields.name) && fields.facts.some(has));
    if (!isPerson) {
      pending.push(number);
      continue;
    }
    report(pending.splice(0), 'error', 'rowWithoutPerson');
    row.row = number;
    persons += 1;
    visit();
  }
  report(pending, 'warning', 'footerSkipped');
  return persons;
}

/** The columns with content; a running number alone is none, a word in its column ("LỚP 6A", "Tổng số") is. */
function filled<Field extends string>(table: FoundTable<Field>, number: number, order: Field): number[] {
  const orderColumn = table.columns.get(order)?.column;
  return table.grid.filledColumns(number).filter((column) => column !== orderColumn || !/^\d+[.)]?$/.test(cellText(table.grid.own(number, column))));
}
