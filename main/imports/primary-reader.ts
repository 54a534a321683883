import type { MarkValue } from '../../preload/contract/grades.ts';
import type { OverallLevel } from '../../preload/contract/year-end.ts';
import type { Cell, Sheet } from '../kit/excel/workbook.ts';
import { CodeColumn } from './code-checks.ts';
import { schoolYearIn } from './form-title.ts';
import { textAbove, type FoundTable } from './header-row.ts';
import type { ProblemList } from './import-problems.ts';
import { cellText, plainText } from './import-text.ts';
import { parseCode, parseName, parseText, type Parsed } from './import-values.ts';
import { ListRow } from './list-row.ts';
import { eachPerson, reportDoubleColumns } from './list-rows.ts';
import { parseFormMark, type FormMark } from './marks-form.ts';
import type { PrimaryField, Trait } from './primary-columns.ts';

/** One filled cell: a level or a test of a subject, or the level of a trait. */
export interface PrimaryCell {
  subject: string | null;
  trait: Trait | null;
  isTest: boolean;
  value: MarkValue;
  field: PrimaryField;
}

export interface PrimaryRow {
  row: number;
  classCode: string;
  pupilCode: string;
  fullName: string;
  cells: PrimaryCell[];
  /** What the file says the year ended in; the program computes it itself and compares. */
  overall: OverallLevel | null;
  promoted: boolean;
}

/** A primary results form: pupils of one or more classes at one point of the year. */
export interface PrimarySheetRecord {
  sheet: string;
  schoolYear: string | null;
  /** The class of the whole sheet where the program made it; else each row names its own. */
  className: string | null;
  /** 1 giữa HK I, 2 cuối HK I, 3 giữa HK II, 4 cuối năm. */
  point: 1 | 2 | 3 | 4;
  /** Who teaches what, where the program made the form: subject to staff code. */
  teachers: ReadonlyMap<string, string>;
  headers: ReadonlyMap<PrimaryField, { column: number; header: string }>;
  rows: PrimaryRow[];
}

const fail = (code: string) => ({ ok: false, code }) as const;
const SUBJECT_LEVELS = new Map<string, 'T' | 'H' | 'C'>([
  ['t', 'T'], ['htt', 'T'], ['hoan thanh tot', 'T'], ['h', 'H'], ['ht', 'H'], ['hoan thanh', 'H'], ['c', 'C'], ['cht', 'C'], ['chua hoan thanh', 'C'],
]);
const TRAIT_LEVELS = new Map<string, 'T' | 'D' | 'C'>([['t', 'T'], ['tot', 'T'], ['d', 'D'], ['dat', 'D'], ['c', 'C'], ['ccg', 'C'], ['can co gang', 'C']]);
const OVERALL = new Map<string, OverallLevel>([
  ['htxs', 'HTXS'], ['hoan thanh xuat sac', 'HTXS'], ['htt', 'HTT'], ['hoan thanh tot', 'HTT'], ['ht', 'HT'], ['hoan thanh', 'HT'], ['cht', 'CHT'], ['chua hoan thanh', 'CHT'],
]);

function parseLevel(levels: ReadonlyMap<string, 'T' | 'H' | 'C' | 'D'>, code: string) {
  return (cell: Cell | undefined): Parsed<MarkValue> => {
    if (cell?.kind === 'error') return fail('cellError');
    const shown = cellText(cell);
    if (shown === '') return { ok: true, value: null };
    const level = cell?.kind === 'text' ? levels.get(plainText(shown)) : undefined;
    return level === undefined ? fail(code) : { ok: true, value: { state: 'level', level } };
  };
}
const parseSubjectLevel = parseLevel(SUBJECT_LEVELS, 'primaryLevelUnreadable');
const parseTraitLevel = parseLevel(TRAIT_LEVELS, 'traitLevelUnreadable');

/** A periodic test: a whole mark from 0 to 10 (TT 27/2020 Đ7). */
export function parseTest(cell: Cell | undefined): Parsed<MarkValue> {
  if (cell?.kind === 'error') return fail('cellError');
  if (cell?.kind === 'date') return fail('markIsDate');
  const shown = cellText(cell);
  if (shown === '') return { ok: true, value: null };
  if (!/^\d{1,2}([.,]0+)?$/.test(shown)) return fail('testNotWhole');
  const mark = Number.parseInt(shown, 10);
  return mark > 10 ? fail('testNotWhole') : { ok: true, value: { state: 'score', tenths: mark * 10 } };
}

const parseOverall = (cell: Cell | undefined): Parsed<OverallLevel> => ({ ok: true, value: OVERALL.get(plainText(cellText(cell))) ?? null });
const isTicked = (shown: string) => /^(x|v|1|co|true)$/i.test(plainText(shown));

/** Reads one sheet whose table was found; faults go to `problems`. Null when nothing says which point of the year it is. */
export function readPrimarySheet(sheet: Sheet, table: FoundTable<PrimaryField>, problems: ProblemList): { record: PrimarySheetRecord; rowCount: number } | null {
  const mark = hiddenMark(sheet);
  const title = `${textAbove(table)} ${sheet.name}`;
  const point = mark === null ? pointIn(title) ?? (table.columns.has('completed') || table.columns.has('overall') ? 4 : null) : pointOf(mark.term);
  if (point === null) {
    problems.error({ row: 1, column: 1, header: '', value: sheet.name }, 'primaryPointUnknown');
    return null;
  }
  reportDoubleColumns(table, problems);
  const row = new ListRow<PrimaryField>(table, problems);
  const codes = new CodeColumn<PrimaryField>('pupilCode');
  const facts = [...table.columns.keys()].filter(field => field.includes('/'));
  const rows: PrimaryRow[] = [];
  const rowCount = eachPerson(table, row, { order: 'order', name: 'fullName', codes: ['pupilCode'], facts }, () => {
    const pupilCode = row.read('pupilCode', parseCode) ?? null;
    if (pupilCode === null) {
      if (row.shown('pupilCode') === '') row.error('pupilCode', 'pupilCodeMissing');
      return;
    }
    codes.note(row, pupilCode);
    rows.push({
      row: row.row, pupilCode, fullName: row.read('fullName', parseName) ?? '', classCode: row.read('classCode', parseText) ?? '',
      cells: facts.flatMap(field => cellOf(row, field)), overall: row.read('overall', parseOverall) ?? null, promoted: isTicked(row.shown('promoted')),
    });
  }, () => false);
  codes.finish(row);
  row.finish();
  return {
    rowCount,
    record: {
      sheet: sheet.name, schoolYear: mark?.schoolYear ?? schoolYearIn(title), className: mark?.className ?? null, point,
      teachers: new Map((mark?.teacher ?? '').split(' ').flatMap(pair => { const [subject, code] = pair.split(':'); return subject && code ? [[subject, code] as const] : []; })),
      headers: table.columns, rows,
    },
  };
}

function cellOf(row: ListRow<PrimaryField>, field: PrimaryField): PrimaryCell[] {
  const [kind, name = ''] = field.split('/');
  const isTest = kind === 'kt';
  const value = row.read(field, isTest ? parseTest : kind === 'muc' ? parseSubjectLevel : parseTraitLevel) ?? null;
  return value === null ? [] : [{ subject: kind === 'trait' ? null : name, trait: kind === 'trait' ? name as Trait : null, isTest, value, field }];
}

function hiddenMark(sheet: Sheet): FormMark | null {
  for (const row of sheet.rows.slice(0, 20)) {
    const mark = parseFormMark(cellText(row.cells[0]));
    if (mark?.form === 'primary') return mark;
  }
  return null;
}

function pointOf(term: string): 1 | 2 | 3 | 4 | null {
  return term === '1' || term === '2' || term === '3' || term === '4' ? Number(term) as 1 | 2 | 3 | 4 : null;
}

/** "giữa học kì II" in a title is point 3; "cuối năm" and "cả năm" are 4. */
export function pointIn(title: string): 1 | 2 | 3 | 4 | null {
  const words = plainText(title);
  if (/cuoi nam|ca nam|cuoi (hoc k[iy]|hk) ?(ii|2)\b/.test(words)) return 4;
  if (/giua (hoc k[iy]|hk) ?(ii|2)\b/.test(words)) return 3;
  if (/cuoi (hoc k[iy]|hk) ?(i|1)\b/.test(words)) return 2;
  return /giua (hoc k[iy]|hk) ?(i|1)\b/.test(words) ? 1 : null;
}
