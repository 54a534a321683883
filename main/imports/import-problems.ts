import { text } from '../../resources/language/language.ts';
import { columnLetters } from '../kit/excel/cell-address.ts';
import type { ImportProblem } from './import-records.ts';

/** Where a fault is: `column` counts from 1; `header` is '' for a fault outside the table. */
export interface Place {
  row: number;
  column: number;
  header: string;
  value: string;
}

/** Collects what is wrong with one sheet. An error keeps the file from being imported, a warning does not. */
export class ProblemList {
  readonly errors: ImportProblem[] = [];
  readonly warnings: ImportProblem[] = [];
  private readonly sheet: string;

  constructor(sheet: string) {
    this.sheet = sheet;
  }

  /** `code` names an entry of `imports.problems` with `message` and `remedy`; both can use {{value}} and `params`. */
  error(place: Place, code: string, params: Record<string, string | number> = {}): void {
    this.errors.push(this.describe(place, code, params));
  }

  warn(place: Place, code: string, params: Record<string, string | number> = {}): void {
    this.warnings.push(this.describe(place, code, params));
  }

  private describe(place: Place, code: string, params: Record<string, string | number>): ImportProblem {
    const filled = { value: place.value, column: place.header, ...params };
    return {
      sheet: this.sheet,
      row: place.row,
      column: place.header,
      letter: columnLetters(place.column),
      value: place.value,
      code,
      message: text(`imports.problems.${code}.message`, filled),
      remedy: text(`imports.problems.${code}.remedy`, filled),
    };
  }
}
