import { text } from '../../resources/language/language.ts';
import { AppError } from '../kit/errors.ts';
import type { Sheet, Workbook } from '../kit/excel/workbook.ts';
import { CodeColumn } from './code-checks.ts';
import { findTable, type ColumnNames, type FoundTable } from './header-row.ts';
import { ProblemList } from './import-problems.ts';
import type { ClassSummaryRecord, MarkRow, MarksReading, MarksSheetRecord, MarkValue, SummaryRow } from './import-records.ts';
import { plainText } from './import-text.ts';
import { parseCode, parseName, parseText } from './import-values.ts';
import { findIssuedSheet } from './issued-sheet-reader.ts';
import { ListRow } from './list-row.ts';
import { eachPerson, reportDoubleColumns } from './list-rows.ts';
import { findPrimaryTable } from './primary-columns.ts';
import { readPrimarySheet } from './primary-reader.ts';
import { readFormIdentity, type FormIdentity, type MarksExpectations } from './marks-identity.ts';
import { parseConduct, parseMark, parseSessions } from './mark-values.ts';

const ONGOING = ['tx1', 'tx2', 'tx3', 'tx4', 'tx5'] as const;
type MarkField = 'order' | 'pupilCode' | 'fullName' | (typeof ONGOING)[number] | 'mid' | 'final';
type SummaryField = 'order' | 'pupilCode' | 'fullName' | 'conduct1' | 'conduct2' | 'absentWithLeave' | 'absentWithoutLeave' | 'homeroomComment';

const SHARED_NAMES = { order: ['stt', 'tt'], pupilCode: ['ma hoc sinh', 'ma hs'], fullName: ['ho va ten', 'ho ten'] } as const;
const ongoingNames = (number: number) => [`ddgtx ${number}`, `ddgtx${number}`, `tx${number}`, `tx ${number}`, `thuong xuyen ${number}`];
const MARK_COLUMNS: ColumnNames<MarkField> = {
  ...SHARED_NAMES, tx1: ongoingNames(1), tx2: ongoingNames(2), tx3: ongoingNames(3), tx4: ongoingNames(4), tx5: ongoingNames(5),
  mid: ['ddggk', 'gk', 'giua ki', 'giua ky'], final: ['ddgck', 'ck', 'cuoi ki', 'cuoi ky'],
};
const SUMMARY_COLUMNS: ColumnNames<SummaryField> = {
  ...SHARED_NAMES, conduct1: ['ket qua ren luyen hk i', 'ren luyen hk1', 'kqrl hk1'], conduct2: ['ket qua ren luyen hk ii', 'ren luyen hk2', 'kqrl hk2'],
  absentWithLeave: ['so buoi nghi co phep', 'nghi co phep'], absentWithoutLeave: ['so buoi nghi khong phep', 'nghi khong phep'],
  homeroomComment: ['nhan xet cua giao vien chu nhiem', 'nhan xet cua gvcn', 'nhan xet'],
};

/** True for a sheet that has the columns of a marks form. */
export function hasMarkColumns(sheet: Sheet): boolean {
  return markTable(sheet) !== null;
}

/**
 * Reads the workbook of a class: one sheet for each subject and term, and the sheet "Tổng hợp". A sheet of another class, year or term, of another
 * version of the form, or whose hidden cell contradicts its titles is refused by name, and the others are still checked.
 * @throws imports.notMarks when no sheet is a marks form
 */
export function readMarksWorkbook(workbook: Workbook, expected: MarksExpectations = {}): MarksReading {
  const reading: MarksReading = { kind: 'marks', title: '', issued: [], sheets: [], summaries: [], primary: [], rowCount: 0, errors: [], warnings: [] };
  const seen = new Map<string, string>();
  for (const sheet of workbook.sheets) {
    if (sheet.hidden || sheet.rows.length === 0) continue;
    const issued = findIssuedSheet(sheet);
    if (issued !== null) {
      reading.issued.push(issued);
      continue;
    }
    const problems = new ProblemList(sheet.name);
    if (!readPrimary(sheet, problems, reading)) readSheet(sheet, expected, problems, seen, reading);
    reading.errors.push(...problems.errors);
    reading.warnings.push(...problems.warnings);
  }
  if (reading.issued.length === 0 && reading.sheets.length === 0 && reading.summaries.length === 0 && reading.primary.length === 0 && reading.errors.length === 0) throw new AppError('imports.notMarks');
  reading.title = marksTitle(reading);
  return reading;
}

/** A results form of primary school has columns of its own; true when this sheet is one, right or wrong. */
function readPrimary(sheet: Sheet, problems: ProblemList, reading: MarksReading): boolean {
  const table = findPrimaryTable(sheet);
  if (table === null) return false;
  const found = readPrimarySheet(sheet, table, problems);
  if (found !== null) reading.primary.push(found.record);
  reading.rowCount += found?.rowCount ?? 0;
  return true;
}

function readSheet(sheet: Sheet, expected: MarksExpectations, problems: ProblemList, seen: Map<string, string>, reading: MarksReading): void {
  const table = markTable(sheet);
  const identity = readFormIdentity(sheet, expected, problems, table !== null);
  if (identity === 'refused') return;
  if (identity === 'notAForm') {
    problems.warn({ row: sheet.rows[0]?.number ?? 1, column: 1, header: '', value: sheet.name }, 'sheetSkipped');
    return;
  }
  const key = [identity.className, identity.form, identity.subjectCode, identity.term].join('|');
  const other = seen.get(key);
  if (other !== undefined) {
    problems.error({ row: 1, column: 1, header: '', value: sheet.name }, 'sheetTwice', { other });
    return;
  }
  seen.set(key, sheet.name);
  if (identity.form === 'summary') readSummary(sheet, identity, expected, problems, reading);
  else readMarks(table, identity, expected, problems, reading);
}

function markTable(sheet: Sheet): FoundTable<MarkField> | null {
  return findTable(single(sheet), MARK_COLUMNS, (fields) => fields.has('pupilCode') && fields.has('tx1') && (fields.has('mid') || fields.has('final')));
}

function single(sheet: Sheet): Workbook {
  return { fileKind: 'xlsx', sheets: [sheet] };
}

function readMarks(table: FoundTable<MarkField> | null, identity: FormIdentity, expected: MarksExpectations, problems: ProblemList, reading: MarksReading): void {
  const ongoing = ONGOING.slice(0, identity.ongoing);
  const wanted: readonly MarkField[] = [...ongoing, 'mid', 'final'];
  const missing = table === null ? ['Mã học sinh'] : wanted.filter((field) => !table.columns.has(field)).map((field) => captionOf(field));
  if (table === null || missing.length > 0) {
    problems.error({ row: table?.headerRow ?? 1, column: 1, header: '', value: identity.sheet }, 'formColumnsMissing', { columns: missing.join(', ') });
    return;
  }
  reportDoubleColumns(table, problems);
  const row = new ListRow<MarkField>(table, problems);
  const rows: MarkRow[] = [];
  reading.rowCount += eachFormRow(table, row, ['order', 'pupilCode', 'fullName', wanted], identity, expected, (pupilCode, fullName) => {
    const mark = (field: MarkField): MarkValue => row.read(field, (cell) => parseMark(cell, identity.kind)) ?? null;
    rows.push({ row: row.row, pupilCode, fullName, ongoing: ongoing.map(mark), mid: mark('mid'), final: mark('final') });
  });
  row.finish();
  reading.sheets.push(toMarksSheet(identity, rows));
}

function toMarksSheet(identity: FormIdentity, rows: MarkRow[]): MarksSheetRecord {
  return {
    sheet: identity.sheet, schoolYear: identity.schoolYear, className: identity.className, grade: identity.grade, subjectCode: identity.subjectCode, kind: identity.kind,
    term: identity.term, ongoingCount: identity.ongoing, teacherCode: identity.teacher === '' ? null : identity.teacher, rows,
  };
}

function readSummary(sheet: Sheet, identity: FormIdentity, expected: MarksExpectations, problems: ProblemList, reading: MarksReading): void {
  const table = findTable(single(sheet), SUMMARY_COLUMNS, (fields) => fields.has('pupilCode') && (identity.grade <= 5 ? fields.has('absentWithLeave') : fields.has('conduct1') && fields.has('conduct2')));
  if (table === null) {
    problems.error({ row: 1, column: 1, header: '', value: sheet.name }, 'formColumnsMissing', { columns: 'Mã học sinh, Kết quả rèn luyện HK I, Kết quả rèn luyện HK II' });
    return;
  }
  reportDoubleColumns(table, problems);
  const row = new ListRow<SummaryField>(table, problems);
  const rows: SummaryRow[] = [];
  const facts = ['conduct1', 'conduct2', 'absentWithLeave', 'absentWithoutLeave', 'homeroomComment'] as const;
  reading.rowCount += eachFormRow(table, row, ['order', 'pupilCode', 'fullName', facts], identity, expected, (pupilCode, fullName) => {
    rows.push({
      row: row.row, pupilCode, fullName, conduct: [row.read('conduct1', parseConduct) ?? null, row.read('conduct2', parseConduct) ?? null],
      absentWithLeave: row.read('absentWithLeave', parseSessions) ?? null, absentWithoutLeave: row.read('absentWithoutLeave', parseSessions) ?? null,
      homeroomComment: row.read('homeroomComment', parseText) ?? null,
    });
  });
  row.finish();
  const summary: ClassSummaryRecord = {
    sheet: sheet.name, schoolYear: identity.schoolYear, className: identity.className, grade: identity.grade, homeroomCode: identity.teacher === '' ? null : identity.teacher, rows,
  };
  reading.summaries.push(summary);
}

/** The pupils of one form sheet: each must have a code, known in the class, once. */
function eachFormRow<Field extends string>(
  table: FoundTable<Field>, row: ListRow<Field>, [order, codeField, nameField, facts]: readonly [Field, Field, Field, readonly Field[]], identity: FormIdentity,
  expected: MarksExpectations, visit: (pupilCode: string, fullName: string) => void,
): number {
  const codes = new CodeColumn<Field>(codeField);
  const known = expected.pupilsOfClass?.(identity.className);
  const count = eachPerson(table, row, { order, name: nameField, codes: [codeField], facts }, () => {
    const pupilCode = row.read(codeField, parseCode) ?? null;
    const fullName = row.read(nameField, parseName) ?? '';
    if (pupilCode === null) {
      if (row.shown(codeField) === '') row.error(codeField, 'pupilCodeMissing');
      return;
    }
    codes.note(row, pupilCode);
    checkPupil(row, codeField, nameField, pupilCode, fullName, known, identity.className);
    visit(pupilCode, fullName);
  }, () => false);
  codes.finish(row);
  return count;
}

function checkPupil<Field extends string>(
  row: ListRow<Field>, codeField: Field, nameField: Field, pupilCode: string, fullName: string, known: ReadonlyMap<string, string> | undefined, className: string,
): void {
  if (known === undefined) return;
  const name = known.get(pupilCode);
  if (name === undefined) row.error(codeField, 'pupilUnknown', { className });
  // A sheet sorted by name alone, without its codes, shows itself here.
  else if (fullName !== '' && plainText(name) !== plainText(fullName)) row.error(nameField, 'pupilNameDiffers', { name, code: pupilCode });
}

function captionOf(field: MarkField): string {
  if (field === 'mid') return 'ĐĐGgk';
  return field === 'final' ? 'ĐĐGck' : `ĐĐGtx ${field.slice(2)}`;
}

function marksTitle(reading: MarksReading): string {
  const named = [...reading.sheets, ...reading.summaries].map((sheet) => sheet.className).concat(reading.primary.flatMap((sheet) => sheet.className ?? sheet.rows.map((row) => row.classCode)));
  const classes = new Set([...reading.issued.map((found) => found.mark?.className ?? found.code.split('-', 1)[0] ?? ''), ...named]);
  return text('imports.title.marks', { classes: [...classes].join(', ') || '?', sheets: reading.issued.length + reading.sheets.length + reading.primary.length });
}

export type { MarksExpectations } from './marks-identity.ts';
