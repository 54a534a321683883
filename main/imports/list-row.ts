import type { Cell } from '../kit/excel/workbook.ts';
import type { FoundTable } from './header-row.ts';
import type { Place, ProblemList } from './import-problems.ts';
import type { UnknownValue } from './import-records.ts';
import { cellText } from './import-text.ts';
import type { Parsed } from './import-values.ts';

/** Reads the fields of one row after another and lists what is wrong with them. */
export class ListRow<Field extends string> {
  private readonly table: FoundTable<Field>;
  private readonly problems: ProblemList;
  private readonly unknown = new Map<string, UnknownValue & { place: Place; isRefused: boolean }>();
  /** The first formula of each column: one warning tells about them all. */
  private readonly formulas = new Map<number, { place: Place; count: number }>();
  row = 0;

  constructor(table: FoundTable<Field>, problems: ProblemList) {
    this.table = table;
    this.problems = problems;
  }

  has(field: Field): boolean {
    return this.table.columns.has(field);
  }

  cell(field: Field): Cell | undefined {
    const found = this.table.columns.get(field);
    return found === undefined ? undefined : this.table.grid.value(this.row, found.column);
  }

  shown(field: Field): string {
    return cellText(this.cell(field));
  }

  place(field: Field): Place {
    const found = this.table.columns.get(field);
    return { row: this.row, column: found?.column ?? 1, header: found?.header ?? '', value: this.shown(field) };
  }

  /** The value of a field: undefined when the file has no such column, null when the cell is empty or was refused. */
  read<T>(field: Field, parse: (cell: Cell | undefined) => Parsed<T>): T | null | undefined {
    if (!this.has(field)) return undefined;
    const cell = this.cell(field);
    if (cell?.formula !== undefined && !this.formulaUsable(cell, this.place(field))) return null;
    const parsed = parse(cell);
    if (!parsed.ok) {
      this.problems.error(this.place(field), parsed.code, parsed.params);
      return null;
    }
    if (parsed.warning !== undefined) this.problems.warn(this.place(field), parsed.warning);
    return parsed.value;
  }

  error(field: Field, code: string, params?: Record<string, string | number>): void {
    this.problems.error(this.place(field), code, params);
  }

  warn(field: Field, code: string, params?: Record<string, string | number>): void {
    this.problems.warn(this.place(field), code, params);
  }

  /** A fault of a cell that belongs to no field. */
  reportAt(column: number, severity: 'error' | 'warning', code: string): void {
    const place = { row: this.row, column, header: '', value: cellText(this.table.grid.own(this.row, column)) };
    if (severity === 'error') this.problems.error(place, code);
    else this.problems.warn(place, code);
  }

  /** Remembers a value that no catalogue knows; each is told once, with all its rows. One that cannot be kept as it stands is an error of each row. */
  noteUnknown(field: Field, value: string, catalogue: string, isRefused = false): void {
    if (isRefused) this.error(field, 'choiceUnknown');
    const key = `${field}\n${value}`;
    const known = this.unknown.get(key);
    if (known !== undefined) known.rows.push(this.row);
    else this.unknown.set(key, { field, catalogue, column: this.place(field).header, value, rows: [this.row], place: this.place(field), isRefused });
  }

  /** Filled cells of columns without a field, by header. */
  extra(): Record<string, string> {
    const extra: Record<string, string> = {};
    for (const { column, header } of this.table.others) {
      const shown = cellText(this.table.grid.value(this.row, column));
      if (shown !== '' && !isRunningNumber(header)) extra[header] = shown;
    }
    return extra;
  }

  /** To be called after the last row: the warnings that speak of many rows at once. */
  finish(): UnknownValue[] {
    for (const { place, count } of this.formulas.values()) this.problems.warn(place, 'formulaValue', { count });
    for (const value of this.unknown.values()) if (!value.isRefused) this.problems.warn(value.place, 'valueUnknown', { count: value.rows.length });
    return [...this.unknown.values()].map(({ place: _place, isRefused: _refused, ...value }) => value);
  }

  private formulaUsable(cell: Cell, place: Place): boolean {
    if (cell.kind === 'blank') {
      this.problems.error({ ...place, value: `=${cell.formula ?? ''}` }, 'formulaUncalculated');
      return false;
    }
    const seen = this.formulas.get(place.column);
    if (seen === undefined) this.formulas.set(place.column, { place, count: 1 });
    else seen.count += 1;
    return true;
  }
}

/** The running number of a list is no data. */
function isRunningNumber(header: string): boolean {
  return /^(stt|tt|số tt|no\.?)$/i.test(header);
}
