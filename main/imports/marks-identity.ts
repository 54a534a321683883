import { allSubjects, ongoingCount, periodsPerYear, subjectByCode, type SubjectKind } from '../../resources/catalogues/subject-catalogue.ts';
import type { Sheet } from '../kit/excel/workbook.ts';
import { schoolYearIn } from './form-title.ts';
import type { Place, ProblemList } from './import-problems.ts';
import { cellText, plainHeader, plainText } from './import-text.ts';
import { parseClassName } from './import-values.ts';
import { CAPTIONS, FORM_VERSION, LAST_TITLE_ROW, parseFormMark, type FormMark } from './marks-form.ts';
import { SheetGrid } from './sheet-grid.ts';

/** Which sheet of which class a form is. */
export interface FormIdentity {
  sheet: string;
  form: 'marks' | 'summary';
  schoolYear: string;
  className: string;
  grade: number;
  subjectCode: string;
  kind: SubjectKind;
  term: 1 | 2;
  ongoing: number;
  teacher: string;
}

/** What the marks must be for; everything left out is not checked. */
export interface MarksExpectations {
  schoolYear?: string;
  className?: string;
  subjectCode?: string;
  term?: 1 | 2;
  /** Codes and names of a class's pupils; undefined for a class the school does not have. */
  pupilsOfClass?: (className: string) => ReadonlyMap<string, string> | undefined;
}

type Title = 'schoolYear' | 'className' | 'subject' | 'term';
type Titles = Partial<Record<Title, Place>>;

/**
 * Reads the hidden cell and the visible titles and refuses what does not fit: `refused` after an error was listed, `notAForm` for a sheet that
 * has neither. A copy that lost its hidden cell is read by its titles, with a warning.
 */
export function readFormIdentity(sheet: Sheet, expected: MarksExpectations, problems: ProblemList, looksLikeMarks: boolean): FormIdentity | 'refused' | 'notAForm' {
  const grid = new SheetGrid(sheet);
  const titles = visibleTitles(grid);
  const found = hiddenMark(grid);
  if (found === null && !(looksLikeMarks && titles.subject !== undefined && titles.className !== undefined)) return 'notAForm';
  const before = problems.errors.length;
  if (found !== null && found.mark.version !== FORM_VERSION) {
    problems.error(found.place, found.mark.version < FORM_VERSION ? 'formOlder' : 'formNewer', { version: found.mark.version, current: FORM_VERSION });
    return 'refused';
  }
  if (found === null) problems.warn({ row: 1, column: 1, header: '', value: sheet.name }, 'formMarkLost');
  else compareTitles(found.mark, titles, problems);
  const identity = found === null ? fromTitles(titles, problems, sheet.name) : fromMark(found.mark, found.place, problems, sheet.name);
  if (identity !== null) checkExpected(identity, titles, found?.place, expected, problems);
  return identity === null || problems.errors.length > before ? 'refused' : identity;
}

function hiddenMark(grid: SheetGrid): { mark: FormMark; place: Place } | null {
  for (let row = 1; row <= LAST_TITLE_ROW + 4; row += 1) {
    const value = cellText(grid.own(row, 1));
    const mark = parseFormMark(value);
    if (mark !== null) return { mark, place: { row, column: 1, header: '', value } };
  }
  return null;
}

const TITLE_WORDS: Readonly<Record<string, Title>> = {
  [plainHeader(CAPTIONS.schoolYear)]: 'schoolYear', [plainHeader(CAPTIONS.className)]: 'className', [plainHeader(CAPTIONS.subject)]: 'subject', mon: 'subject',
  [plainHeader(CAPTIONS.term)]: 'term', 'hoc ky': 'term',
};

/** Captions ("Lớp") with the next filled cell to their right, in the rows above the table. */
function visibleTitles(grid: SheetGrid): Titles {
  const titles: Titles = {};
  for (let row = 1; row <= LAST_TITLE_ROW; row += 1) {
    const columns = grid.filledColumns(row);
    for (const [index, column] of columns.entries()) {
      const caption = cellText(grid.own(row, column));
      const title = TITLE_WORDS[plainHeader(caption)];
      const valueColumn = columns[index + 1];
      if (title !== undefined && valueColumn !== undefined) titles[title] ??= { row, column: valueColumn, header: caption, value: cellText(grid.own(row, valueColumn)) };
    }
  }
  return titles;
}

/** A sheet that was copied and whose titles were then changed is neither the one nor the other. */
function compareTitles(mark: FormMark, titles: Titles, problems: ProblemList): void {
  const subject = titles.subject === undefined ? undefined : subjectCodeOf(titles.subject.value, gradeOf(mark.className));
  const pairs: [Place | undefined, boolean, string][] = [
    [titles.schoolYear, schoolYearIn(titles.schoolYear?.value ?? '') === mark.schoolYear, mark.schoolYear],
    [titles.className, className(titles.className?.value ?? '') === className(mark.className), mark.className],
    [titles.subject, subject === mark.subjectCode, subjectName(mark.subjectCode, gradeOf(mark.className))],
    [titles.term, termOf(titles.term?.value ?? '') === Number(mark.term), mark.term],
  ];
  for (const [place, agrees, hidden] of pairs) if (place !== undefined && !agrees) problems.error(place, 'formDisagrees', { hidden });
}

function fromMark(mark: FormMark, place: Place, problems: ProblemList, sheet: string): FormIdentity | null {
  const grade = gradeOf(mark.className);
  const base = { sheet, schoolYear: mark.schoolYear, className: className(mark.className), grade, teacher: mark.teacher };
  if (mark.form === 'summary') return { form: 'summary', ...base, subjectCode: '', kind: 'comment', term: 1, ongoing: 0 };
  const subject = subjectByCode(mark.subjectCode, grade);
  const ongoing = Number(mark.ongoing);
  const whole = subject !== undefined && subject.kind === mark.kind && (mark.term === '1' || mark.term === '2') && Number.isInteger(ongoing) && ongoing >= 1 && ongoing <= 5;
  if (!whole) {
    problems.error(place, 'formMarkBroken');
    return null;
  }
  return { form: 'marks', ...base, subjectCode: subject.code, kind: subject.kind, term: mark.term === '1' ? 1 : 2, ongoing };
}

function fromTitles(titles: Titles, problems: ProblemList, sheet: string): FormIdentity | null {
  const schoolYear = schoolYearIn(titles.schoolYear?.value ?? '');
  const grade = gradeOf(titles.className?.value ?? '');
  const code = subjectCodeOf(titles.subject?.value ?? '', grade);
  const subject = code === undefined ? undefined : subjectByCode(code, grade);
  const term = termOf(titles.term?.value ?? '');
  if (schoolYear === null || subject === undefined || term === null) {
    problems.error(titles.subject ?? { row: 1, column: 1, header: '', value: sheet }, 'formTitlesIncomplete');
    return null;
  }
  return {
    sheet, form: 'marks', schoolYear, className: className(titles.className?.value ?? ''), grade, subjectCode: subject.code, kind: subject.kind, term,
    ongoing: ongoingCount(subject.kind, periodsPerYear(subject, grade)), teacher: '',
  };
}

function checkExpected(identity: FormIdentity, titles: Titles, markPlace: Place | undefined, expected: MarksExpectations, problems: ProblemList): void {
  const at = (title: Title): Place => titles[title] ?? { ...(markPlace ?? { row: 1, column: 1, header: '' }), value: '' };
  if (expected.schoolYear !== undefined && identity.schoolYear !== expected.schoolYear) problems.error(at('schoolYear'), 'formOtherYear', { found: identity.schoolYear, expected: expected.schoolYear });
  if (expected.className !== undefined && identity.className !== className(expected.className)) problems.error(at('className'), 'formOtherClass', { found: identity.className, expected: expected.className });
  else if (expected.pupilsOfClass !== undefined && expected.pupilsOfClass(identity.className) === undefined) problems.error(at('className'), 'formUnknownClass', { found: identity.className });
  if (identity.form === 'summary') return;
  if (expected.term !== undefined && identity.term !== expected.term) problems.error(at('term'), 'formOtherTerm', { found: identity.term, expected: expected.term });
  if (expected.subjectCode !== undefined && identity.subjectCode !== expected.subjectCode) {
    const named = (code: string) => subjectName(code, identity.grade);
    problems.error(at('subject'), 'formOtherSubject', { found: named(identity.subjectCode), expected: named(expected.subjectCode) });
  }
}

function className(value: string): string {
  const parsed = parseClassName({ kind: 'text', text: value });
  return parsed.ok ? (parsed.value?.name ?? '') : value.toUpperCase();
}

function gradeOf(value: string): number {
  const parsed = parseClassName({ kind: 'text', text: value });
  return parsed.ok ? (parsed.value?.grade ?? 0) : 0;
}

function termOf(value: string): 1 | 2 | null {
  const word = plainText(value).replace(/^(hoc ki|hoc ky|hk)\s*/, '');
  if (word === '1' || word === 'i') return 1;
  return word === '2' || word === 'ii' ? 2 : null;
}

function subjectName(code: string, grade: number): string {
  return subjectByCode(code, grade)?.name.vi ?? code;
}

function subjectCodeOf(value: string, grade: number): string | undefined {
  const word = plainText(value);
  return allSubjects().find((subject) => String(grade) in subject.periodsPerYear && [subject.name.vi, subject.short.vi, subject.code].some((name) => plainText(name) === word))?.code;
}
