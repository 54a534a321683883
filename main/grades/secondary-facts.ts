import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import type { ClassRecords, FilledCells } from './pupil-facts.ts';
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
  const plans = subjects.flatMap(sheets => planOf(sheets, core));
  const { notTaken, reassessed, summerConduct } = records.beside;
  const { openings, ...options } = ruleOptions(records.beside.readings);
  return enrolmentId => {
    const isTaken = (sheet: SheetWithClass) => !notTaken.has(`${enrolmentId}/${sheet.subject}`);
    const taken = notTaken.size === 0 ? plans : plans.flatMap(plan => (plan.sheets.every(isTaken) ? [plan] : planOf(plan.sheets.filter(isTaken), core)));
    const first = records.terms(enrolmentId, 1);
    const second = records.terms(enrolmentId, 2);
    const base = {
      grade,
      subjects: taken.map(plan => subjectFacts(plan, records, enrolmentId, reassessed.size === 0 ? undefined : reassessed.get(`${enrolmentId}/${plan.code}/year`))),
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

/** One strand of a subject: its sheet of each term, and one of them for its shape where a term has none. */
interface Strand {
  shape: SheetWithClass;
  terms: readonly [SheetWithClass | undefined, SheetWithClass | undefined];
}

/** A subject of the class as its sheets give it, made out once for all pupils. */
interface SubjectPlan {
  sheets: readonly SheetWithClass[];
  code: string;
  kind: SheetWithClass['kind'];
  core: boolean;
  periodsPerYear: number;
  strands: readonly Strand[];
}

function planOf(sheets: readonly SheetWithClass[], core: ReadonlySet<string>): SubjectPlan[] {
  const [first] = sheets;
  if (!first) return [];
  const strands = Map.groupBy(sheets, ({ subject }) => subject).values().flatMap(([shape, ...others]) => {
    const ofTerm = (term: 1 | 2) => [shape, ...others].find(sheet => sheet?.term === term);
    return shape ? [{ shape, terms: [ofTerm(1), ofTerm(2)] as const }] : [];
  }).toArray();
  return [{
    sheets, code: subjectOf(first), kind: first.kind, core: core.has(first.subject), strands, periodsPerYear: strands.reduce((sum, { shape }) => sum + shape.periods, 0),
  }];
}

function subjectFacts({ code, kind, core, periodsPerYear, strands }: SubjectPlan, records: ClassRecords, enrolmentId: string, second: SecondValue | undefined): Subject {
  const termOf = <Entry>(term: 0 | 1, read: (cell: FilledCell) => Entry | null) => strandsTogether(strands.map(({ shape, terms }) => {
    const found = terms[term];
    return entriesOf(found ?? shape, found ? records.cells(found.id, enrolmentId) : {}, read);
  }));
  const terms = <Entry>(read: (cell: FilledCell) => Entry | null): Pair<TermEntries<Entry>> => [termOf(0, read), termOf(1, read)];
  const base = { code, periodsPerYear, core };
  if (kind === 'score') return { ...base, kind, terms: terms(tenthsOf), reassessed: second?.tenths ?? null };
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
  if (strands.length === 1) return last;
  return {
    ongoing: strands.flatMap(({ ongoing }) => ongoing), periodic: [...strands.flatMap(({ periodic }) => periodic), ...strands.slice(0, -1).map(({ final }) => final)],
    final: last.final,
  };
}

type FilledCell = FilledCells[MarkColumn];

function entriesOf<Entry>(sheet: SheetWithClass, cells: FilledCells, read: (cell: FilledCell) => Entry | null): TermEntries<Entry> {
  return termEntries(sheet, column => read(cells[column]));
}

/** 0 by rule counts as 0, or CĐ (TT 22/2021 Đ7). */
function tenthsOf(cell: FilledCell): number | null {
  if (cell === 'zero') return 0;
  return typeof cell === 'number' ? cell : null;
}

function levelOf(cell: FilledCell): CommentLevel | null {
  if (cell === 'zero') return 'CD';
  return typeof cell === 'string' ? commentLevel(cell) : null;
}

function commentLevel(level: string | null | undefined): CommentLevel | null {
  return level === 'D' || level === 'CD' ? level : null;
}
