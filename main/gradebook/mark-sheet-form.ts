import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import { text } from '../../resources/language/language.ts';
import { cellFault, columnsOf, markText, type RowMarks } from '../grades/grades-rules.ts';
import type { SheetWithClass } from '../grades/grades-store.ts';
import type { InputRule, WrittenCell, WrittenSheet } from '../kit/excel/workbook.ts';
import { issueMarkText, type IssueMark } from './mark-sheet-codes.ts';

/** Official captions: the form is a paper of the school and stays Vietnamese in every language of the program. */
export const ISSUE_CAPTIONS = {
  title: 'PHIẾU ĐIỂM', school: 'Trường', schoolYear: 'Năm học', className: 'Lớp', subject: 'Môn học', term: 'Học kì', point: 'Thời điểm', teacher: 'Giáo viên',
  code: 'Mã phiếu', issuedOn: 'Ngày phát', order: 'STT', pupilCode: 'Mã học sinh', fullName: 'Họ và tên',
  date: '………, ngày …… tháng …… năm 20……', signature: 'Giáo viên bộ môn (kí, ghi rõ họ tên)',
} as const;

/** Where the table of pupils begins; everything above it is locked. */
export const ISSUE_HEADER_ROW = 9;
export const FIRST_MARK_COLUMN = 4;
const MARK_ROW = ISSUE_HEADER_ROW - 1;

export interface IssuedSheet {
  sheet: SheetWithClass;
  subjectName: string;
  teacher: string;
  /** RFC 3339. */
  issuedAt: string;
  mark: IssueMark;
  /** `isLeftOut`: nothing is asked of this pupil here, so that his cells are locked. */
  rows: readonly { enrolmentId: string; code: string; name: string; marks: RowMarks; isLeftOut: boolean }[];
}

/** The levels a cell of this column takes, [] for a column of figures. */
export function levelsOfColumn(sheet: SheetWithClass, column: MarkColumn): string[] {
  return (['T', 'H', 'D', 'C', 'CD'] as const).filter(level => cellFault(sheet, column, { state: 'level', level }) === null)
    .map(level => markText({ state: 'level', level }) ?? level);
}

/** One subject as a teacher fills it in: only the cells of marks can be typed into, and only with what the sheet takes. */
export function issuedSheet(issued: IssuedSheet): WrittenSheet {
  const { sheet, mark, rows } = issued;
  const columns = columnsOf(sheet);
  const idColumn = FIRST_MARK_COLUMN + columns.length;
  const headers = [ISSUE_CAPTIONS.order, ISSUE_CAPTIONS.pupilCode, ISSUE_CAPTIONS.fullName, ...columns.map(column => text(`grades.column.${column}`))];
  const wide = (row: number) => ({ firstRow: row, lastRow: row, firstColumn: 1, lastColumn: headers.length });
  const right = (row: number) => ({ firstRow: row, lastRow: row, firstColumn: 3, lastColumn: headers.length });
  const body = rows.map((row, index): WrittenCell[] => [
    ...[index + 1, row.code, row.name].map((value): WrittenCell => ({ value, style: 'locked' })),
    ...columns.map(column => (row.isLeftOut ? { ...markCell(row.marks[column]), style: 'locked' as const } : markCell(row.marks[column]))), { value: row.enrolmentId, style: 'plain' },
  ]);
  const last = ISSUE_HEADER_ROW + rows.length;
  const centred = (value: string): (WrittenCell | null)[] => [null, null, { value, style: 'centred' }];
  return {
    name: `${subjectByCode(sheet.subject, sheet.grade)?.short.vi ?? sheet.subject} ${sheet.class_name} HK${sheet.term}`.replace(/[[\]:*?/\\]/g, '-').slice(0, 31).trim(),
    rows: [
      [{ value: `${ISSUE_CAPTIONS.title} MÔN ${issued.subjectName.toUpperCase()}`, style: 'title' }], ...titles(issued),
      [{ value: text(`gradebook.issue.note.${sheet.kind}`), style: 'note' }], [], [{ value: issueMarkText(mark), style: 'plain' }],
      headers.map((value): WrittenCell => ({ value, style: 'header' })), ...body, [], centred(ISSUE_CAPTIONS.date), centred(ISSUE_CAPTIONS.signature),
    ],
    widths: [6, 14, 30, ...columns.map(() => Math.max(9, Math.floor(54 / columns.length))), 4],
    hiddenRows: [MARK_ROW], hiddenColumns: [idColumn], merged: [wide(1), { ...wide(MARK_ROW - 2), lastRow: MARK_ROW - 1 }, right(last + 2), right(last + 3)],
    inputRules: rows.length === 0 ? [] : columns.map((column, index) => rule(sheet, column, FIRST_MARK_COLUMN + index, last)),
    frozenRows: ISSUE_HEADER_ROW, frozenColumns: 3, protected: true, page: columns.length > 8 ? 'landscape' : 'portrait',
  };
}

/** Rows 2 to 5: what sheet this is, in pairs beside each other. */
function titles({ sheet, subjectName, teacher, issuedAt, mark }: IssuedSheet): (WrittenCell | null)[][] {
  const day = new Date(issuedAt).toLocaleDateString('vi-VN');
  const pairs = [
    [ISSUE_CAPTIONS.school, mark.schoolName], [ISSUE_CAPTIONS.schoolYear, sheet.year], [ISSUE_CAPTIONS.className, sheet.class_name], [ISSUE_CAPTIONS.subject, subjectName],
  ] as const;
  const beside = [
    [ISSUE_CAPTIONS.code, mark.code], [ISSUE_CAPTIONS.issuedOn, day],
    sheet.kind === 'primary' || sheet.kind === 'traits' ? [ISSUE_CAPTIONS.point, text(`gradebook.issue.point.${sheet.term}`)] : [ISSUE_CAPTIONS.term, String(sheet.term)],
    [ISSUE_CAPTIONS.teacher, teacher],
  ] as const;
  const rows = pairs.map(([caption, value], index): (WrittenCell | null)[] => [
    null, { value: caption, style: 'plain' }, { value, style: 'text' }, { value: beside[index]?.[0] ?? '', style: 'plain' }, null, { value: beside[index]?.[1] ?? '', style: 'plain' },
  ]);
  return rows;
}

/** A mark by rule keeps its reason in the program: the paper shows it and takes no other. */
function markCell(value: MarkValue | undefined): WrittenCell {
  if (value?.state === 'zeroByRule') return { value: '0 *', style: 'locked' };
  if (value?.state === 'score') return { value: value.tenths / 10, style: 'input' };
  return { value: value === undefined ? null : markText(value), style: 'input' };
}

function rule(sheet: SheetWithClass, column: MarkColumn, at: number, lastRow: number): InputRule {
  const area = { column: at, firstRow: ISSUE_HEADER_ROW + 1, lastRow };
  const levels = levelsOfColumn(sheet, column);
  if (levels.length > 0) return { ...area, kind: 'list', values: levels };
  const takesTenths = cellFault(sheet, column, { state: 'score', tenths: 85 }) === null;
  return { ...area, kind: takesTenths ? 'decimal' : 'whole', minimum: 0, maximum: 10 };
}
