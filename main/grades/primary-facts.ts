import type { MarkColumn } from '../../preload/contract/grades.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import type { SecondValue } from './beside-marks.ts';
import { competenceColumns, qualityColumns } from './grades-rules.ts';
import type { SheetWithClass } from './grades-store.ts';
import type { ClassRecords } from './pupil-facts.ts';
import type { Readings } from './rule-readings.ts';
import type { PrimaryRecord, PrimarySubject, Pupil27, QualityLevel27, SubjectLevel27 } from './rules/assessment-types.ts';

/** The point of the year whose sheets decide: cuối năm (TT 27/2020 Đ9 k2 a). */
export const END_OF_YEAR = 4;

/** What stands in one cell of the end-of-year sheets; after support, what replaced it. */
type ReadCell = (sheet: SheetWithClass, column: MarkColumn) => SecondValue | undefined;

/**
 * What TT 27/2020 needs about one pupil after the other of the class. A subject with a test that was not entered counts as not assessed: for the
 * rule a missing test is no test. An optional subject (first foreign language in grades 1–2, ethnic language) counts when a level was entered.
 */
export function primaryPupil(grade: number, records: ClassRecords): (enrolmentId: string) => Pupil27 {
  const sheets = records.sheets.filter(sheet => sheet.term === END_OF_YEAR);
  const subjects = sheets.filter(sheet => sheet.kind === 'primary');
  const traits = sheets.find(sheet => sheet.kind === 'traits');
  const { notTaken, reassessed, readings } = records.beside;
  const record = (enrolmentId: string, cell: ReadCell): PrimaryRecord => ({
    subjects: subjects.filter(sheet => !notTaken.has(`${enrolmentId}/${sheet.subject}`) && !isLeftOut(sheet, grade, cell, readings)).map(sheet => subjectFacts(sheet, cell)),
    qualities: qualityColumns.map(column => qualityLevel(traits && cell(traits, column))),
    competences: competenceColumns(grade).map(column => qualityLevel(traits && cell(traits, column))),
  });
  return enrolmentId => {
    const lines = new Map(sheets.map(({ id }) => [id, records.cells(id, enrolmentId)]));
    const first: ReadCell = (sheet, column) => {
      const cell = lines.get(sheet.id)?.[column];
      return typeof cell === 'number' ? { tenths: cell, level: null } : cell && { tenths: null, level: cell };
    };
    let isSupported = false;
    const second: ReadCell = (sheet, column) => {
      const replaced = reassessed.get(`${enrolmentId}/${sheet.subject}/${column}`);
      if (replaced === undefined || (replaced.tenths === null && replaced.level === null)) return first(sheet, column);
      isSupported = true;
      return replaced;
    };
    const supplement = reassessed.size === 0 ? null : record(enrolmentId, second);
    return {
      ruleSet: 'TT27-2020', grade, ...record(enrolmentId, first), supplement: isSupported ? supplement : null,
      principalPromotes: null, recognised: false,
    };
  };
}

function isLeftOut(sheet: SheetWithClass, grade: number, cell: ReadCell, { primaryOptional }: Readings): boolean {
  return subjectByCode(sheet.subject, grade)?.choice === 'optional' && (primaryOptional === 'left-out' || subjectLevel(cell(sheet, 'muc')) === null);
}

function subjectFacts(sheet: SheetWithClass, cell: ReadCell): PrimarySubject {
  const test = sheet.periodic > 0 ? (cell(sheet, 'kt')?.tenths ?? null) : null;
  const level = subjectLevel(cell(sheet, 'muc'));
  return { code: sheet.subject, level: sheet.periodic > 0 && test === null ? null : level, endOfYearTest: test === null ? null : test / 10 };
}

function subjectLevel(value: SecondValue | undefined): SubjectLevel27 | null {
  return value?.level === 'T' || value?.level === 'H' || value?.level === 'C' ? value.level : null;
}

function qualityLevel(value: SecondValue | undefined): QualityLevel27 | null {
  return value?.level === 'T' || value?.level === 'D' || value?.level === 'C' ? value.level : null;
}
