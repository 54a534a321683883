import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import type { ClassRecords, FactCell } from './pupil-facts.ts';
import { termEntries } from './grades-rules.ts';
import type { SheetWithClass } from './grades-store.ts';
import type { SecondValue } from './beside-marks.ts';
import { ruleOptions } from './rule-readings.ts';
import type {
  CommentLevel, Conduct58, Level22, Pair, SecondaryPupil, SecondaryRuleSet, Subject, TermEntries,
} from './rules/assessment-types.ts';

/** What a secondary rule set needs about one pupil after the other of the class. */
export function secondaryPupil(ruleSet: SecondaryRuleSet, grade: number, records: ClassRecords): (enrolmentId: string) => SecondaryPupil {
  const subjects = [...Map.groupBy(records.sheets.filter(sheet => sheet.kind === 'score' || sheet.kind === 'comment'), sheet => subjectOf(sheet)).values()];
  const year = records.sheets[0]?.year;
  const core = new Set(subjects.flatMap(([sheet]) => (sheet && subjectByCode(sheet.subject, grade, year)?.coreUnder?.includes(ruleSet) ? [sheet.subject] : [])));
  const { notTaken, reassessed, summerConduct } = records.beside;
  const { openings, ...options } = ruleOptions(records.beside.readings);
  return enrolmentId => {
    const isTaken = (sheet: SheetWithClass) => !notTaken.has(`${enrolmentId}/${sheet.subject}`);
    const taken = notTaken.size === 0 ? subjects : subjects.map(sheets => sheets.filter(isTaken)).filter(sheets => sheets.length > 0);
    const first = records.terms(enrolmentId, 1);
    const second = records.terms(enrolmentId, 2);
    const base = {
      grade,
      subjects: taken.map(sheets => subjectFacts(sheets, records, enrolmentId, core, reassessed.get(`${enrolmentId}/${sheets[0] ? subjectOf(sheets[0]) : ''}/year`))),
      absences: ([1, 2] as const).reduce((sum, term) => sum + records.absences(enrolmentId, term).excused + records.absences(enrolmentId, term).unexcused, 0),
    };
    const summer = summerConduct.get(enrolmentId) ?? null;
    if (ruleSet === 'TT22-2021') {
      return { ruleSet, ...base, ...options, openings, conduct: [level22(first?.conduct), level22(second?.conduct)], summerConduct: level22(summer) };
    }
    return {
      ruleSet, ...base, openings, conduct: [conduct58(first?.conduct), conduct58(second?.conduct)], conductYear: conduct58(second?.conduct_year), summerConduct: conduct58(summer),
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
  const strands = [...Map.groupBy(ofSubject, ({ subject }) => subject).values()];
  const termOf = <Entry>(term: 1 | 2, read: (cell: FactCell) => Entry | null) => strandsTogether(strands.map(ofStrand => {
    const found = ofStrand.find(candidate => candidate.term === term);
    return entriesOf(found ?? ofStrand[0] ?? sheet, found ? records.cells(found.id, enrolmentId) : [], read);
  }));
  const terms = <Entry>(read: (cell: FactCell) => Entry | null): Pair<TermEntries<Entry>> => [termOf(1, read), termOf(2, read)];
  const base = { code: subjectOf(sheet), periodsPerYear: strands.reduce((sum, [first]) => sum + (first?.periods ?? 0), 0), core: core.has(sheet.subject) };
  if (sheet.kind === 'score') return { ...base, kind: 'score', terms: terms(tenthsOf), reassessed: second?.tenths ?? null };
  return { ...base, kind: 'comment', terms: terms(levelOf), reassessed: commentLevel(second?.level) };
}

/** The subject a sheet counts for: strands kept on sheets of their own are one subject (Nghệ thuật at THCS). */
function subjectOf({ subject, grade, rule_set: ruleSet }: SheetWithClass): string {
  return ruleSet === 'TT22-2021' ? subjectByCode(subject, grade)?.strandOf ?? subject : subject;
}

/** The entries of a subject in a term. Of several strands every entry counts: a comment subject is Đ when all are Đ (TT 22/2021 Đ9 k1 a). */
function strandsTogether<Entry>(strands: readonly TermEntries<Entry>[]): TermEntries<Entry> {
  const last = strands.at(-1);
  if (!last) throw new Error('a subject without a sheet');
  return {
    ongoing: strands.flatMap(({ ongoing }) => ongoing), periodic: [...strands.flatMap(({ periodic }) => periodic), ...strands.slice(0, -1).map(({ final }) => final)],
    final: last.final,
  };
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
