import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { MarkTable, TermRecordTable } from '../../db/schema/grades.ts';
import { besideMarksOf, type BesideMarks } from './beside-marks.ts';
import { ruleSetOfClass } from './grades-rules.ts';
import { membersOf, sheetsOfClass, type ClassMember, type SheetWithClass } from './grades-store.ts';
import { primaryPupil } from './primary-facts.ts';
import type { Pupil, RuleSet } from './rules/assessment-types.ts';
import { secondaryPupil } from './secondary-facts.ts';
import { termRecordsOfClass } from './term-records.ts';

export interface PupilFacts {
  member: ClassMember;
  pupil: Pupil;
  /** Sessions absent in the year, with leave and without. */
  absences: { excused: number; unexcused: number };
  /** Comment of the homeroom teacher for the year. */
  comment: string;
}

export type FactCell = Pick<MarkTable, 'sheet_id' | 'enrolment_id' | 'col' | 'state' | 'tenths' | 'level'>;

/** Everything that stands about one class, each table read once. */
export interface ClassRecords {
  sheets: readonly SheetWithClass[];
  /** Filled cells of one pupil in one sheet. */
  cells(sheetId: string, enrolmentId: string): readonly FactCell[];
  terms(enrolmentId: string, term: 1 | 2): TermRecordTable | undefined;
  beside: BesideMarks;
}

const cellsOfClassQuery = prepare<{ classId: string }, FactCell>(p => sql.selectFrom('grade_sheet').innerJoin('mark', 'mark.sheet_id', 'grade_sheet.id')
  .select(['mark.sheet_id', 'mark.enrolment_id', 'mark.col', 'mark.state', 'mark.tenths', 'mark.level'])
  .where('grade_sheet.class_id', '=', p('classId')).where('grade_sheet.cancelled', '=', 0).where('mark.state', '<>', 'empty'));

const none: readonly FactCell[] = [];

function recordsOfClass(db: ReadHandle, classId: string, sheets: readonly SheetWithClass[]): ClassRecords {
  const cells = new Map<string, Map<string, FactCell[]>>();
  for (const cell of cellsOfClassQuery(db, { classId })) {
    let ofSheet = cells.get(cell.sheet_id);
    if (!ofSheet) cells.set(cell.sheet_id, ofSheet = new Map());
    const row = ofSheet.get(cell.enrolment_id);
    if (row) row.push(cell);
    else ofSheet.set(cell.enrolment_id, [cell]);
  }
  const terms = new Map(termRecordsOfClass(db, classId).map(record => [`${record.enrolment_id}/${record.term}`, record]));
  return {
    sheets, beside: besideMarksOf(db, classId),
    cells: (sheetId, enrolmentId) => cells.get(sheetId)?.get(enrolmentId) ?? none,
    terms: (enrolmentId, term) => terms.get(`${enrolmentId}/${term}`),
  };
}

/**
 * Everything the rules need about each pupil of a class, in roll order. Subjects stand in the order of the sheets. Nobody where the class is
 * kept `AS-PRINTED`: such results are copied from the books, never computed.
 */
export function pupilFactsOfClass(db: ReadHandle, found: { id: string; grade: number; year: string }): PupilFacts[] {
  const sheets = sheetsOfClass(db, found.id);
  const ruleSet = ruleSetOfClass(sheets, found);
  if (ruleSet === 'AS-PRINTED') return [];
  const pupilOf = pupilBy(ruleSet, found.grade, recordsOfClass(db, found.id, sheets));
  return membersOf(db, found.id).map(pupilOf);
}

function pupilBy(ruleSet: RuleSet, grade: number, records: ClassRecords): (member: ClassMember) => PupilFacts {
  const pupilOf: (enrolmentId: string) => Pupil = ruleSet === 'TT27-2020' ? primaryPupil(grade, records) : secondaryPupil(ruleSet, grade, records);
  return member => {
    const first = records.terms(member.enrolment_id, 1);
    const second = records.terms(member.enrolment_id, 2);
    return {
      member, pupil: pupilOf(member.enrolment_id), comment: second?.comment ?? '',
      absences: {
        excused: (first?.absent_excused ?? 0) + (second?.absent_excused ?? 0), unexcused: (first?.absent_unexcused ?? 0) + (second?.absent_unexcused ?? 0),
      },
    };
  };
}
