import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { codeIn, parseIssueMark, type IssueMark } from '../gradebook/mark-sheet-codes.ts';
import { FIRST_MARK_COLUMN, ISSUE_CAPTIONS, ISSUE_HEADER_ROW } from '../gradebook/mark-sheet-form.ts';
import type { Cell, Sheet } from '../kit/excel/workbook.ts';
import { cellText, plainHeader, plainText } from './import-text.ts';
import { parseMark } from './mark-values.ts';
import type { Parsed } from './import-values.ts';
import { SheetGrid } from './sheet-grid.ts';

/** A sheet of a workbook that the program handed out, found by its hidden mark or, where that was lost, by the code people read. */
export interface FoundIssue {
  sheet: Sheet;
  /** Null where only the visible code is left. */
  mark: IssueMark | null;
  code: string;
}

const DEEPEST_TITLE = ISSUE_HEADER_ROW + 4;

/** Null for a sheet that is none of ours. */
export function findIssuedSheet(sheet: Sheet): FoundIssue | null {
  let code: string | null = null;
  for (const row of sheet.rows) {
    if (row.number > DEEPEST_TITLE) break;
    for (const cell of row.cells) {
      const shown = cellText(cell);
      const mark = parseIssueMark(shown);
      if (mark !== null) return { sheet, mark, code: mark.code };
      code ??= codeIn(shown);
    }
  }
  return code === null ? null : { sheet, mark: null, code };
}

/** A title as it stands on the sheet, with its place. */
export interface TitleFound {
  title: 'schoolYear' | 'className' | 'subject' | 'term';
  row: number;
  value: string;
}

const TITLES: Readonly<Record<string, TitleFound['title']>> = {
  [plainHeader(ISSUE_CAPTIONS.schoolYear)]: 'schoolYear', [plainHeader(ISSUE_CAPTIONS.className)]: 'className', [plainHeader(ISSUE_CAPTIONS.subject)]: 'subject',
  [plainHeader(ISSUE_CAPTIONS.term)]: 'term', [plainHeader(ISSUE_CAPTIONS.point)]: 'term',
};

/** Captions with the next filled cell to their right, above the table. */
export function titlesOf(sheet: Sheet): TitleFound[] {
  const grid = new SheetGrid(sheet);
  const found: TitleFound[] = [];
  for (let row = 2; row < ISSUE_HEADER_ROW - 1; row += 1) {
    const columns = grid.filledColumns(row);
    columns.forEach((column, index) => {
      const title = TITLES[plainHeader(cellText(grid.own(row, column)))];
      const next = columns[index + 1];
      if (title !== undefined && next !== undefined) found.push({ title, row, value: cellText(grid.own(row, next)) });
    });
  }
  return found;
}

export interface IssuedRow {
  row: number;
  /** '' where the hidden column was lost: then the code says who it is. */
  enrolmentId: string;
  pupilCode: string;
  name: string;
  cell(column: MarkColumn): Cell | undefined;
}

/** The rows of pupils, or null when the table is not as it was handed out. */
export function issuedRows(sheet: Sheet, columns: readonly MarkColumn[]): IssuedRow[] | null {
  const grid = new SheetGrid(sheet);
  const captions = [ISSUE_CAPTIONS.order, ISSUE_CAPTIONS.pupilCode, ISSUE_CAPTIONS.fullName].map(plainHeader);
  const header = Array.from({ length: DEEPEST_TITLE }, (_, index) => index + 1)
    .find(row => captions.every((caption, index) => plainHeader(cellText(grid.own(row, index + 1))) === caption));
  const idColumn = FIRST_MARK_COLUMN + columns.length;
  if (header === undefined || columns.some((_, index) => cellText(grid.own(header, FIRST_MARK_COLUMN + index)) === '') || cellText(grid.own(header, idColumn)) !== '') return null;
  const rows: IssuedRow[] = [];
  for (let row = header + 1; row <= grid.lastRow; row += 1) {
    const text = (column: number) => cellText(grid.own(row, column));
    // Below the pupils only the line for the signature follows, in the column of names.
    if (text(1) === '' && text(2) === '' && text(idColumn) === '') continue;
    rows.push({ row, enrolmentId: text(idColumn), pupilCode: text(2), name: text(3), cell: column => grid.own(row, FIRST_MARK_COLUMN + columns.indexOf(column)) });
  }
  return rows;
}

const LEVEL_WORDS: Readonly<Record<string, readonly string[]>> = { T: ['t', 'tot'], H: ['h', 'hoan thanh'], C: ['c', 'can co gang', 'chua hoan thanh'], 'Đ': ['d', 'dat'], 'CĐ': ['cd', 'chua dat'] };
const LEVELS = { T: 'T', H: 'H', C: 'C', 'Đ': 'D', 'CĐ': 'CD' } as const;

/** What is typed in a cell that takes one of `levels` (as printed), or a figure where there are none. Null is an empty cell: nothing is said. */
export function parseIssuedCell(cell: Cell | undefined, levels: readonly string[]): Parsed<MarkValue> {
  if (cell?.formula !== undefined && cell.kind === 'blank') return { ok: false, code: 'formulaUncalculated' };
  if (levels.length === 0) {
    const parsed = parseMark(cell, 'score');
    if (!parsed.ok) return parsed;
    return { ok: true, value: typeof parsed.value === 'number' ? { state: 'score', tenths: parsed.value } : null };
  }
  if (cell?.kind === 'error') return { ok: false, code: 'cellError' };
  const shown = cellText(cell);
  if (shown === '') return { ok: true, value: null };
  const word = plainText(shown);
  const found = levels.find(level => LEVEL_WORDS[level]?.includes(word) === true);
  if (found === undefined) return { ok: false, code: 'levelNotInList', params: { levels: levels.join(', ') } };
  return { ok: true, value: { state: 'level', level: LEVELS[found as keyof typeof LEVELS] } };
}
