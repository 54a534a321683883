import type { ClusterTerm, CurriculumField } from '../../preload/contract/curriculum.ts';
import type { MarkColumn, RuleSetCode } from '../../preload/contract/grades.ts';
import type { ClassSubjectTable, CurriculumSubjectTable } from '../../db/schema/curriculum.ts';
import type { GradeSheetTable } from '../../db/schema/grades.ts';
import { ruleSetOf } from '../../resources/catalogues/rule-sets.ts';
import { ongoingCount, periodsPerYear, subjectByCode, subjectsOfGrade, TRAITS, type Subject } from '../../resources/catalogues/subject-catalogue.ts';

export type CurriculumSubject = Pick<
  CurriculumSubjectTable, 'subject' | 'kind' | 'choice' | 'periods' | 'ongoing' | 'periodic' | 'tested_at' | 'strands' | 'position' | 'reason'
>;
export type ClassSubject = Pick<ClassSubjectTable, 'subject' | 'has_cluster'>;

/** Electives and topic clusters of a THPT class (general education programme 2018). */
export const ELECTIVES_OF_CLASS = 4;
export const CLUSTERS_OF_CLASS = 3;

/** Tests of a period under TT 58/2011 stand in the subject's plan, not in the circular: this is only where a school starts from. */
const periodicAtFirst = (periods: number) => (periods >= 105 ? 2 : 1);

/** A subject as the catalogue has it for a grade. */
export function catalogueRow(subject: Subject, grade: number, ruleSet: RuleSetCode, position: number): CurriculumSubject {
  const periods = periodsPerYear(subject, grade);
  return {
    subject: subject.code, kind: subject.kind, choice: subject.choice, periods, ongoing: ongoingCount(subject.kind, periods, ruleSet),
    periodic: subject.kind === 'primary' ? 0 : ruleSet === 'TT58-2011' ? periodicAtFirst(periods) : 1,
    tested_at: (subject.testedAt?.[String(grade)] ?? []).join(','),
    // The printed học bạ of primary school has a line for each strand, that of THCS one for the subject.
    strands: subject.kind === 'primary' && subject.strands ? 'apart' : 'together', position, reason: '',
  };
}

/** The whole table of a grade as the catalogue has it; empty for years that are kept as printed. */
export function catalogueRows(year: string, grade: number): CurriculumSubject[] {
  const { ruleSet } = ruleSetOf(grade, year);
  return subjectsOfGrade(grade, year).map((subject, index) => catalogueRow(subject, grade, ruleSet, index + 1));
}

const columnOf: Readonly<Record<CurriculumField, keyof CurriculumSubject>> = {
  choice: 'choice', periods: 'periods', ongoing: 'ongoing', periodic: 'periodic', testedAt: 'tested_at', strands: 'strands', order: 'position',
};

/** Where a row is not as in the catalogue. The place in the list is the school's own and needs no reason. */
export function departures(row: CurriculumSubject, catalogue: CurriculumSubject | undefined): CurriculumField[] {
  if (!catalogue) return [];
  return (Object.keys(columnOf) as CurriculumField[]).filter(field => field !== 'order' && row[columnOf[field]] !== catalogue[columnOf[field]]);
}

/**
 * What a school may set. The number of ongoing marks follows from the periods (TT 22/2021 Đ6, TT 26/2020), except under TT 58/2011 Đ8, which says
 * "at least"; the tests of a period stood in its own plans. At which points a test is written is fixed by TT 27/2020 Đ7 but for the language of
 * an ethnic minority, on which it is silent.
 */
export function editableFields(row: CurriculumSubject, ruleSet: RuleSetCode, catalogue: Subject | undefined): CurriculumField[] {
  const fields: CurriculumField[] = ['order', 'periods'];
  if (catalogue !== undefined && catalogue.choice !== 'compulsory') fields.push('choice');
  if (ruleSet === 'TT58-2011') fields.push('ongoing', 'periodic');
  if (row.kind === 'primary' && row.subject === 'TDT') fields.push('testedAt');
  if (catalogue?.strands !== undefined) fields.push('strands');
  return fields;
}

/** Whether a grade may do without the subject: what the programme makes compulsory stays, the remembered list of the former one may be mended. */
export function mayRemove(ruleSet: RuleSetCode, catalogue: Subject | undefined): boolean {
  return catalogue?.choice !== 'compulsory' || ruleSet === 'TT58-2011' || ruleSet === 'TT26-2020';
}

export type SheetPlan = Pick<GradeSheetTable, 'subject' | 'rule_set' | 'kind' | 'term' | 'ongoing' | 'periodic' | 'periods'>;

export interface PlanFacts {
  year: string;
  grade: number;
  rows: readonly CurriculumSubject[];
  /** What the class adds: electives, optional subjects, topic clusters. */
  chosen: readonly ClassSubject[];
  clusterTerm: ClusterTerm | null;
}

/** Every sheet a class must have. A topic cluster is one more ongoing mark of its subject (TT 22/2021 Đ6 k3), in the term the school named. */
export function plannedSheets({ year, grade, rows, chosen, clusterTerm }: PlanFacts): SheetPlan[] {
  const { ruleSet } = ruleSetOf(grade, year);
  if (ruleSet === 'AS-PRINTED') return [];
  const taken = new Map(chosen.map(row => [row.subject, row]));
  const plans = rows.filter(row => row.choice === 'compulsory' || taken.has(row.subject)).flatMap(row => {
    const withCluster = taken.get(row.subject)?.has_cluster === 1 && row.kind === 'score';
    return sheetSubjects(row, grade, year).flatMap(({ subject, periods, tested }) =>
      (row.kind === 'primary' ? [1, 2, 3, 4] as const : [1, 2] as const).map((term): SheetPlan => ({
        subject, rule_set: ruleSet, kind: row.kind, term, periods,
        ongoing: row.ongoing + Number(withCluster && isClusterTerm(clusterTerm, term)),
        periodic: row.kind === 'primary' ? Number(tested.includes(term)) : row.periodic,
      })));
  });
  if (ruleSet !== 'TT27-2020') return plans;
  const traits = { subject: TRAITS, rule_set: ruleSet, kind: 'traits', ongoing: 0, periodic: 0, periods: 0 } as const;
  return [...plans, ...([1, 2, 3, 4] as const).map((term): SheetPlan => ({ ...traits, term }))];
}

function isClusterTerm(clusterTerm: ClusterTerm | null, term: number): boolean {
  return clusterTerm === 'both' || clusterTerm === (term === 1 ? 'first' : 'second');
}

/** The subject, or its strands where they have sheets of their own. */
function sheetSubjects(row: CurriculumSubject, grade: number, year: string): { subject: string; periods: number; tested: readonly number[] }[] {
  const tested = row.tested_at === '' ? [] : row.tested_at.split(',').map(Number);
  const strands = row.strands === 'together' ? [] : subjectByCode(row.subject, grade, year)?.strands ?? [];
  if (strands.length === 0) return [{ subject: row.subject, periods: row.periods, tested }];
  return strands.map((code, index) => {
    const strand = subjectByCode(code, grade, year);
    return { subject: code, periods: strand ? periodsPerYear(strand, grade) : row.periods, tested: row.strands === 'apartOneTest' && index > 0 ? [] : tested };
  });
}

type SheetColumns = Pick<SheetPlan, 'kind' | 'ongoing' | 'periodic'>;

/** Columns of `before` that `after` does not have any more; every column when the kind of the sheet changes. */
export function goingColumns(before: SheetColumns, after: SheetColumns | undefined, used: readonly MarkColumn[]): MarkColumn[] {
  if (!after || before.kind !== after.kind) return [...used];
  return used.filter(column => {
    const [, group, number] = /^(tx|v)(\d)$/.exec(column) ?? [];
    if (group === 'tx') return Number(number) > after.ongoing;
    if (group === 'v') return Number(number) > after.periodic;
    return column === 'kt' && after.periodic === 0;
  });
}

export function isSamePlan(stored: SheetPlan, plan: SheetPlan): boolean {
  return (['kind', 'ongoing', 'periodic', 'periods', 'rule_set'] as const).every(field => stored[field] === plan[field]);
}
