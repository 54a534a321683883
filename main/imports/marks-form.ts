import { text } from '../../resources/language/language.ts';
import type { SubjectKind } from '../../resources/catalogues/subject-catalogue.ts';
import type { InputRule, WrittenCell, WrittenSheet } from '../kit/excel/workbook.ts';
import type { ConductLevel, MarkValue } from './import-records.ts';

/** The version written into every form; raise it when columns change their meaning. */
export const FORM_VERSION = 1;

/** What the hidden cell of a form says: which sheet of which class this is, whatever became of the visible titles. */
export interface FormMark {
  form: 'marks' | 'summary' | 'primary';
  version: number;
  schoolYear: string;
  className: string;
  /** '' on a summary sheet, as are the three after it. */
  subjectCode: string;
  term: string;
  kind: string;
  ongoing: string;
  /** Code of the subject teacher, on a summary sheet of the homeroom teacher; on a primary form `TV:code TOAN:code`; '' when not named. */
  teacher: string;
}

export interface MarksFormPupil {
  code: string;
  name: string;
  ongoing?: readonly MarkValue[];
  mid?: MarkValue;
  final?: MarkValue;
}

export interface MarksFormSheet {
  schoolYear: string;
  className: string;
  subject: { code: string; name: string; short: string; kind: SubjectKind };
  term: 1 | 2;
  ongoingCount: number;
  teacher: { code: string; name: string } | null;
  pupils: readonly MarksFormPupil[];
}

export interface SummaryFormPupil {
  code: string;
  name: string;
  conduct?: readonly [ConductLevel | null, ConductLevel | null];
  absentWithLeave?: number | null;
  absentWithoutLeave?: number | null;
  homeroomComment?: string | null;
}

export interface SummaryFormSheet {
  schoolYear: string;
  className: string;
  homeroom: { code: string; name: string } | null;
  /** False in primary school, which has no conduct levels; true when left out. */
  withConduct?: boolean;
  pupils: readonly SummaryFormPupil[];
}

/** Official captions: the form is a paper of the school and stays Vietnamese in every language of the program. */
export const CAPTIONS = {
  schoolYear: 'Năm học', className: 'Lớp', subject: 'Môn học', term: 'Học kì', teacher: 'Giáo viên', homeroom: 'Giáo viên chủ nhiệm',
  order: 'STT', pupilCode: 'Mã học sinh', fullName: 'Họ và tên', ongoing: 'ĐĐGtx', mid: 'ĐĐGgk', final: 'ĐĐGck',
  conduct1: 'Kết quả rèn luyện HK I', conduct2: 'Kết quả rèn luyện HK II', absentWithLeave: 'Số buổi nghỉ có phép', absentWithoutLeave: 'Số buổi nghỉ không phép',
  homeroomComment: 'Nhận xét của giáo viên chủ nhiệm',
} as const;

export const SUMMARY_SHEET = 'Tổng hợp';
const CONDUCT_WORDS: Readonly<Record<ConductLevel, string>> = { T: 'Tốt', K: 'Khá', D: 'Đạt', CD: 'Chưa đạt' };
const LEVEL_WORDS = { D: 'Đ', CD: 'CĐ' } as const;

const MARK_ROW = 8;
const HEADER_ROW = 9;
const FIRST_PUPIL_ROW = HEADER_ROW + 1;
const MARK_START = 'so-truong/';

export function formMarkText(mark: FormMark): string {
  const { form, version, ...facts } = mark;
  return `${MARK_START}${form}/${version}?${new URLSearchParams(facts).toString()}`;
}

/** The facts of a hidden cell, or null for any other text. */
export function parseFormMark(value: string): FormMark | null {
  const parts = /^so-truong\/(marks|summary|primary)\/(\d+)\?(.*)$/.exec(value);
  if (parts === null) return null;
  const facts = new URLSearchParams(parts[3]);
  const fact = (name: string) => facts.get(name) ?? '';
  return {
    form: parts[1] as FormMark['form'], version: Number(parts[2]), schoolYear: fact('schoolYear'), className: fact('className'),
    subjectCode: fact('subjectCode'), term: fact('term'), kind: fact('kind'), ongoing: fact('ongoing'), teacher: fact('teacher'),
  };
}

/** The sheet a teacher fills for one subject and term; `pupils` may come with the marks there are. */
export function marksFormSheet(form: MarksFormSheet): WrittenSheet {
  const { subject, term } = form;
  const headers = [CAPTIONS.order, CAPTIONS.pupilCode, CAPTIONS.fullName, ...Array.from({ length: form.ongoingCount }, (_, index) => `${CAPTIONS.ongoing} ${index + 1}`), CAPTIONS.mid, CAPTIONS.final];
  const lastRow = HEADER_ROW + form.pupils.length;
  const firstMark = 4;
  const rules = headers.slice(firstMark - 1).map((_, index) => markRule(subject.kind, firstMark + index, lastRow));
  const mark: FormMark = {
    form: 'marks', version: FORM_VERSION, schoolYear: form.schoolYear, className: form.className, subjectCode: subject.code, term: String(term),
    kind: subject.kind, ongoing: String(form.ongoingCount), teacher: form.teacher?.code ?? '',
  };
  const titles = [[CAPTIONS.schoolYear, form.schoolYear], [CAPTIONS.className, form.className], [CAPTIONS.subject, subject.name], [CAPTIONS.term, String(term)], [CAPTIONS.teacher, form.teacher?.name ?? '']] as const;
  return frame(`${subject.short} HK${term}`, `BẢNG ĐIỂM MÔN ${subject.name.toUpperCase()}`, titles, text(`imports.marksForm.note.${subject.kind}`), mark, headers, form.pupils.map((pupil, index) => [
    ...locked(index + 1, pupil),
    ...[...Array.from({ length: form.ongoingCount }, (_, at) => pupil.ongoing?.[at] ?? null), pupil.mid ?? null, pupil.final ?? null].map((value) => input(shownMark(value))),
  ]), rules, [6, 14, 32, ...headers.slice(3).map(() => 9)]);
}

/** The sheet a homeroom teacher fills for the year: conduct, absences, comment. */
export function summaryFormSheet(form: SummaryFormSheet): WrittenSheet {
  const conduct = form.withConduct !== false ? [CAPTIONS.conduct1, CAPTIONS.conduct2] : [];
  const headers = [CAPTIONS.order, CAPTIONS.pupilCode, CAPTIONS.fullName, ...conduct, CAPTIONS.absentWithLeave, CAPTIONS.absentWithoutLeave, CAPTIONS.homeroomComment];
  const lastRow = HEADER_ROW + form.pupils.length;
  const area = (column: number) => ({ column, firstRow: FIRST_PUPIL_ROW, lastRow });
  const firstAbsence = 4 + conduct.length;
  const rules: InputRule[] = [
    ...conduct.map((_, index): InputRule => ({ ...area(4 + index), kind: 'list', values: Object.values(CONDUCT_WORDS) })),
    { ...area(firstAbsence), kind: 'decimal', minimum: 0, maximum: 400 }, { ...area(firstAbsence + 1), kind: 'decimal', minimum: 0, maximum: 400 },
  ];
  const mark: FormMark = {
    form: 'summary', version: FORM_VERSION, schoolYear: form.schoolYear, className: form.className, subjectCode: '', term: '', kind: '', ongoing: '', teacher: form.homeroom?.code ?? '',
  };
  const titles = [[CAPTIONS.schoolYear, form.schoolYear], [CAPTIONS.className, form.className], [CAPTIONS.homeroom, form.homeroom?.name ?? '']] as const;
  const word = (level: ConductLevel | null | undefined) => (level === null || level === undefined ? null : CONDUCT_WORDS[level]);
  return frame(SUMMARY_SHEET, 'TỔNG HỢP CẢ NĂM', titles, text(form.withConduct !== false ? 'imports.marksForm.note.summary' : 'imports.marksForm.note.primarySummary'), mark, headers, form.pupils.map((pupil, index) => [
    ...locked(index + 1, pupil), ...conduct.map((_, term) => input(word(pupil.conduct?.[term]))),
    input(pupil.absentWithLeave ?? null), input(pupil.absentWithoutLeave ?? null), { value: pupil.homeroomComment ?? null, style: 'inputText' as const },
  ]), rules, [6, 20, 32, ...conduct.map(() => 14), 12, 12, 70]);
}

function frame(
  name: string, title: string, titles: readonly (readonly [string, string])[], note: string, mark: FormMark, headers: readonly string[],
  body: readonly (readonly WrittenCell[])[], inputRules: readonly InputRule[], widths: readonly number[],
): WrittenSheet {
  const titleRows = Array.from({ length: MARK_ROW - 3 }, (_, index) => {
    const [caption, value] = titles[index] ?? [];
    return caption === undefined ? [] : [null, { value: caption, style: 'plain' as const }, { value: value ?? '', style: 'text' as const }];
  });
  const rows = [[{ value: title, style: 'title' as const }], ...titleRows, [{ value: note, style: 'note' as const }], [{ value: formMarkText(mark), style: 'plain' as const }],
    headers.map((value) => ({ value, style: 'header' as const })), ...body];
  const wide = (row: number) => ({ firstRow: row, lastRow: row, firstColumn: 1, lastColumn: headers.length });
  return {
    name: sheetName(name), rows, widths, inputRules: body.length > 0 ? inputRules : [], hiddenRows: [MARK_ROW], merged: [wide(1), wide(MARK_ROW - 1)],
    frozenRows: HEADER_ROW, frozenColumns: 3, protected: true, page: mark.form === 'summary' ? 'landscape' : 'portrait',
  };
}

function markRule(kind: SubjectKind, column: number, lastRow: number): InputRule {
  const area = { column, firstRow: FIRST_PUPIL_ROW, lastRow };
  return kind === 'score' ? { ...area, kind: 'decimal', minimum: 0, maximum: 10 } : { ...area, kind: 'list', values: Object.values(LEVEL_WORDS) };
}

function locked(order: number, pupil: { code: string; name: string }): WrittenCell[] {
  return [{ value: order, style: 'locked' }, { value: pupil.code, style: 'locked' }, { value: pupil.name, style: 'locked' }];
}

function input(value: string | number | null): WrittenCell {
  return { value, style: 'input' };
}

function shownMark(value: MarkValue): string | number | null {
  if (value === null) return null;
  return typeof value === 'number' ? value / 10 : LEVEL_WORDS[value];
}

/** Excel allows 31 letters and none of []:*?/\ in the name of a sheet. */
export function sheetName(name: string): string {
  return name.replace(/[[\]:*?/\\]/g, '-').slice(0, 31).trim();
}

/** The titles stand above this row. */
export const LAST_TITLE_ROW = MARK_ROW;
