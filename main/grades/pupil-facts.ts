import { sql as raw } from 'kysely';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { TermRecordTable } from '../../db/schema/grades.ts';
import type { MarkColumn, MarkLevel } from '../../preload/contract/grades.ts';
import type { AbsenceCount } from '../../preload/contract/attendance.ts';
import { countedTotals } from '../attendance/attendance-store.ts';
import { besideMarksOf, type BesideMarks } from './beside-marks.ts';
import { withDecision, type StandingDecision } from './decided-pupil.ts';
import { ruleSetOfClass } from './grades-rules.ts';
import { membersOf, sheetsOfClass, type ClassMember, type SheetWithClass } from './grades-store.ts';
import { primaryPupil } from './primary-facts.ts';
import type { Readings } from './rule-readings.ts';
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
  /** `needs-decision:<subject>` for what no regulation has a formula for: a subject taken in one half of the year only. */
  undecided: readonly string[];
  /** What a person decided about the pupil; `pupil` is as these decisions have it. */
  decisions: readonly StandingDecision[];
  /** `subject/part` of what was assessed again or not come to: `year` for a secondary subject, the column of the sheet for a primary one. */
  assessedAgain: ReadonlySet<string>;
}

/** The filled cells of one pupil in one sheet: tenths, a level, or `zero` by rule. */
export type FilledCells = Readonly<Partial<Record<MarkColumn, number | MarkLevel | 'zero'>>>;

/** Everything that stands about one class, each table read once. */
export interface ClassRecords {
  sheets: readonly SheetWithClass[];
  cells(sheetId: string, enrolmentId: string): FilledCells;
  terms(enrolmentId: string, term: 1 | 2): TermRecordTable | undefined;
  /** Sessions absent in a term: counted from the daily roll where the class keeps one, else as typed. */
  absences(enrolmentId: string, term: 1 | 2): AbsenceCount;
  beside: BesideMarks;
}

/**
 * A pupil's line of a sheet comes as one small text, read when the pupil's turn comes: a school's year is 400,000 cells, and an object for
 * each would cost more than everything the rules do.
 */
const linesOfSheetQuery = prepare<{ sheetId: string }, { enrolment_id: string; cells: string }>(p => sql.selectFrom('mark')
  .select(['enrolment_id', raw<string>`json_group_object(col, coalesce(tenths, level, 'zero'))`.as('cells')])
  .where('sheet_id', '=', p('sheetId')).where('state', '<>', 'empty').groupBy('enrolment_id'));

const none: FilledCells = {};
const noDecisions: readonly StandingDecision[] = [];
const noFlags: readonly string[] = [];
const nothing: ReadonlySet<string> = new Set();

function recordsOfClass(db: ReadHandle, found: { id: string; year: string }, sheets: readonly SheetWithClass[], readings?: Readings): ClassRecords {
  const classId = found.id;
  const lines = new Map(sheets.map(({ id }) => [id, new Map(linesOfSheetQuery(db, { sheetId: id }).map(line => [line.enrolment_id, line.cells]))]));
  const terms = new Map(termRecordsOfClass(db, classId).map(record => [`${record.enrolment_id}/${record.term}`, record]));
  const counted = countedTotals(db, found, readings?.halfDay);
  return {
    sheets, beside: besideMarksOf(db, found, sheets, readings),
    cells: (sheetId, enrolmentId) => {
      const line = lines.get(sheetId)?.get(enrolmentId);
      return line === undefined ? none : JSON.parse(line) as FilledCells;
    },
    terms: (enrolmentId, term) => terms.get(`${enrolmentId}/${term}`),
    absences: (enrolmentId, term) => {
      const typed = terms.get(`${enrolmentId}/${term}`);
      return counted(enrolmentId, term) ?? { excused: typed?.absent_excused ?? 0, unexcused: typed?.absent_unexcused ?? 0 };
    },
  };
}

/**
 * Everything the rules need about each pupil of a class, in roll order. Subjects stand in the order of the sheets. Nobody where the class is
 * kept `AS-PRINTED`: such results are copied from the books, never computed.
 * @param readings other than the school's, to see what they would change.
 */
export function pupilFactsOfClass(db: ReadHandle, found: { id: string; grade: number; year: string }, readings?: Readings): PupilFacts[] {
  const sheets = sheetsOfClass(db, found.id);
  const ruleSet = ruleSetOfClass(sheets, found);
  if (ruleSet === 'AS-PRINTED') return [];
  const pupilOf = pupilBy(ruleSet, found.grade, recordsOfClass(db, found, sheets, readings));
  return membersOf(db, found.id).map(pupilOf);
}

function pupilBy(ruleSet: RuleSet, grade: number, records: ClassRecords): (member: ClassMember) => PupilFacts {
  const pupilOf: (enrolmentId: string) => Pupil = ruleSet === 'TT27-2020' ? primaryPupil(grade, records) : secondaryPupil(ruleSet, grade, records);
  const again = Map.groupBy(records.beside.reassessed.keys(), key => key.slice(0, key.indexOf('/')));
  return member => {
    const entered = again.get(member.enrolment_id);
    const second = records.terms(member.enrolment_id, 2);
    const [away1, away2] = [records.absences(member.enrolment_id, 1), records.absences(member.enrolment_id, 2)];
    const decisions = records.beside.decisions.get(member.enrolment_id) ?? noDecisions;
    return {
      member, decisions, pupil: decisions.reduce((pupil, { matter, value }) => withDecision(pupil, matter, value), pupilOf(member.enrolment_id)), comment: second?.comment ?? '',
      assessedAgain: entered === undefined ? nothing : new Set(entered.map(key => key.slice(key.indexOf('/') + 1))),
      undecided: records.beside.undecided.get(member.enrolment_id) ?? noFlags,
      absences: { excused: away1.excused + away2.excused, unexcused: away1.unexcused + away2.unexcused },
    };
  };
}
