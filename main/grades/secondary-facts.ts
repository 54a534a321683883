import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import type { ClassRecords, FactCell } from './pupil-facts.ts';
import { termEntries } from './grades-rules.ts';
import type { SheetWithClass } from './grades-store.ts';
import type { SecondValue } from './beside-marks.ts';
import type {
  CommentLevel, Conduct58, Level22, Pair, SecondaryPupil, SecondaryRuleSet, Subject, TermEntries,
} from './rules/assessment-types.ts';

type Sheets = readonly [SheetWithClass | undefined, SheetWithClass | undefined];

/** What a secondary rule set needs about one pupil after the other of the class. */
export function secondaryPupil(ruleSet: SecondaryRuleSet, grade: number, records: ClassRecords): (enrolmentId: string) => SecondaryPupil {
  const subjects = [...Map.groupBy(records.sheets.filter(sheet => sheet.kind === 'score' || sheet.kind === 'comment'), sheet => sheet.subject).values()];
  const year = records.sheets[0]?.year;
  const core = new Set(subjects.flatMap(([sheet]) => (sheet && subjectByCode(sheet.subject, grade, year)?.coreUnder?.includes(ruleSet) ? [sheet.subject] : [])));
  const { readings, notTaken, reassessed, summerConduct } = records.beside;
  return enrolmentId => {
    const taken = notTaken.size === 0 ? subjects : subjects.filter(sheets => !notTaken.has(`${enrolmentId}/${sheets[0]?.subject ?? ''}`));
    const first = records.terms(enrolmentId, 1);
    const second = records.terms(enrolmentId, 2);
    const base = {
      grade,
      subjects: taken.map(sheets => subjectFacts(sheets, records, enrolmentId, core, reassessed.get(`${enrolmentId}/${sheets[0]?.subject ?? ''}/year`))),
      absences: [first, second].reduce((sum, record) => sum + (record?.absent_excused ?? 0) + (record?.absent_unexcused ?? 0), 0),
    };
    const summer = summerConduct.get(enrolmentId) ?? null;
    if (ruleSet === 'TT22-2021') {
      return { ruleSet, ...base, ...readings, conduct: [level22(first?.conduct), level22(second?.conduct)], summerConduct: level22(summer) };
    }
    return {
      ruleSet, ...base, conduct: [conduct58(first?.conduct), conduct58(second?.conduct)], conductYear: conduct58(second?.conduct_year), summerConduct: conduct58(summer),
    };
  };
}

/** A level of another rule set says nothing here: the pupil then counts as not assessed. */
function level22(level: string | null | undefined): Level22 | null {
  return level === 'T' || level === 'K' || level === 'D' || level === 'CD' ? level : null;
}

function conduct58(level: string | null | undefined): Conduct58 | null {
  return level === 'T' || level === 'K' || level === 'TB' || level === 'Y' ? level : null;
}

function subjectFacts(
  ofSubject: readonly SheetWithClass[], records: ClassRecords, enrolmentId: string, core: ReadonlySet<string>, second: SecondValue | undefined,
): Subject {
  const sheet = ofSubject[0];
  if (!sheet) throw new Error('a subject without a sheet');
  const sheets: Sheets = [ofSubject.find(({ term }) => term === 1), ofSubject.find(({ term }) => term === 2)];
  const terms = <Entry>(read: (cell: FactCell) => Entry | null): Pair<TermEntries<Entry>> => [
    entriesOf(sheets[0] ?? sheet, sheets[0] ? records.cells(sheets[0].id, enrolmentId) : [], read),
    entriesOf(sheets[1] ?? sheet, sheets[1] ? records.cells(sheets[1].id, enrolmentId) : [], read),
  ];
  const base = { code: sheet.subject, periodsPerYear: sheet.periods, core: core.has(sheet.subject) };
  if (sheet.kind === 'score') return { ...base, kind: 'score', terms: terms(tenthsOf), reassessed: second?.tenths ?? null };
  return { ...base, kind: 'comment', terms: terms(levelOf), reassessed: commentLevel(second?.level) };
}

function entriesOf<Entry>(sheet: SheetWithClass, cells: readonly FactCell[], read: (cell: FactCell) => Entry | null): TermEntries<Entry> {
  return termEntries(sheet, column => {
    for (const cell of cells) if (cell.col === column) return read(cell);
    return null;
  });
}

/** 0 by rule counts as 0, or CĐ (TT 22/2021 Đ7). */
function tenthsOf(cell: FactCell): number | null {
  return cell.state === 'zeroByRule' ? 0 : cell.tenths;
}

function levelOf(cell: FactCell): CommentLevel | null {
  return cell.state === 'zeroByRule' ? 'CD' : commentLevel(cell.level);
}

function commentLevel(level: string | null | undefined): CommentLevel | null {
  return level === 'D' || level === 'CD' ? level : null;
}
