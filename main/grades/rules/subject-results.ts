import type {
  CommentLevel,
  Openings,
  Pair,
  PromotionDecision,
  SecondaryRuleSet,
  Standing,
  Subject,
  SubjectKind,
  SubjectResult,
  TermEntries,
} from './assessment-types.ts';
import { roundedQuotient } from './tenths.ts';
import type { Tenths } from './tenths.ts';

/** Weight of a mid-term or periodic mark (TT22 Đ9 k1, TT58 Đ8). */
export const PERIODIC_WEIGHT = 2;
/** Weight of the mark at the end of a term. */
export const FINAL_WEIGHT = 3;
/** A session more than this and no summer path helps (TT22 Đ12, TT58 Đ15). */
export const MOST_ABSENCES = 45;
/** Scored subjects whose year is below this may be re-assessed (TT22 Đ14, TT58 Đ16). */
export const REASSESSED_BELOW: Tenths = 50;

/**
 * How many ongoing entries a subject must have in a term: TT22 Đ6 k2, TT58 Đ8 (periods a week turned into periods a year), TT26.
 * @param periodsPerYear whole, ≥ 1, without topic clusters.
 */
export function ongoingRequired(ruleSet: SecondaryRuleSet, kind: SubjectKind, periodsPerYear: number): number {
  if (ruleSet === 'TT22-2021' && kind === 'comment') return 2;
  if (periodsPerYear <= 35) return 2;
  if (ruleSet === 'TT58-2011') return periodsPerYear < 105 ? 3 : 4;
  return periodsPerYear <= 70 ? 3 : 4;
}

/** How many ongoing entries a subject may have: under TT22 the topic cluster of grades 10–12 adds one (Đ6 k3); TT58 sets no limit. */
export function ongoingAllowed(ruleSet: SecondaryRuleSet, grade: number, kind: SubjectKind, periodsPerYear: number): number {
  if (ruleSet === 'TT58-2011') return Infinity;
  const cluster = ruleSet === 'TT22-2021' && kind === 'score' && grade >= 10 ? 1 : 0;
  return ongoingRequired(ruleSet, kind, periodsPerYear) + cluster;
}

export interface WeightedSum {
  /** Σ of mark × weight, in tenths. */
  readonly sum: number;
  /** Σ of the weights. */
  readonly divisor: number;
}

function filled<Entry>(entries: readonly (Entry | null)[]): entries is readonly Entry[] {
  return !entries.includes(null);
}

/** Numerator and denominator of a term average, null while a mark is missing: (Σongoing + 2·Σperiodic + 3·final) / (n + 2·m + 3). */
export function weightedSum(entries: TermEntries<Tenths>): WeightedSum | null {
  const { ongoing, periodic, final } = entries;
  if (!filled(ongoing) || !filled(periodic) || final === null) return null;
  let sum = FINAL_WEIGHT * final;
  for (const mark of ongoing) sum += mark;
  for (const mark of periodic) sum += PERIODIC_WEIGHT * mark;
  return { sum, divisor: ongoing.length + PERIODIC_WEIGHT * periodic.length + FINAL_WEIGHT };
}

/**
 * ĐTBmhk of TT22 (Đ9 k1 b) and TT26: one mid-term and one final mark. Null when an entry is null; whether there are enough ongoing
 * marks is for {@link ongoingRequired} to say, or fill the list up with null.
 */
export function termAverage(ongoing: readonly (Tenths | null)[], mid: Tenths | null, final: Tenths | null): Tenths | null {
  return termAverageWithPeriodic(ongoing, [mid], final);
}

/** ĐTBmhk of TT58-2011 (Đ10): any number of periodic (one-period) tests of weight 2. */
export function termAverageWithPeriodic(
  ongoing: readonly (Tenths | null)[],
  periodic: readonly (Tenths | null)[],
  final: Tenths | null,
): Tenths | null {
  const weighted = weightedSum({ ongoing, periodic, final });
  return weighted && roundedQuotient(weighted.sum, weighted.divisor);
}

/** ĐTBmcn of every secondary rule set: (I + 2·II) / 3 of the rounded term averages. */
export function yearAverage(first: Tenths, second: Tenths): Tenths {
  return roundedQuotient(first + 2 * second, 3);
}

/**
 * Result of a comment subject in a term, null while an entry is missing. TT22 (Đ9 k1 a): every entry Đ.
 * TT58 (Đ10): the final one Đ and at least two thirds of all, each counting one.
 */
export function commentTermResult(ruleSet: SecondaryRuleSet, entries: TermEntries<CommentLevel>): CommentLevel | null {
  const { ongoing, periodic, final } = entries;
  if (!filled(ongoing) || !filled(periodic) || final === null) return null;
  const { passed, all } = commentCount(entries);
  const enough = ruleSet === 'TT22-2021' ? passed === all : final === 'D' && 3 * passed >= 2 * all;
  return enough ? 'D' : 'CD';
}

/** How many of a term's entries are Đ, of how many. */
export function commentCount(entries: TermEntries<CommentLevel>): { passed: number; all: number } {
  let passed = entries.final === 'D' ? 1 : 0;
  for (const level of entries.ongoing) if (level === 'D') passed += 1;
  for (const level of entries.periodic) if (level === 'D') passed += 1;
  return { passed, all: entries.ongoing.length + entries.periodic.length + 1 };
}

/** The value of one subject in one term, null while an entry is missing: too few ongoing ones, or a gap anywhere. */
export function termResult(ruleSet: SecondaryRuleSet, subject: Subject, term: 0 | 1): Standing | null {
  const required = ongoingRequired(ruleSet, subject.kind, subject.periodsPerYear);
  if (subject.terms[term].ongoing.length < required) return null;
  if (subject.kind === 'comment') return commentTermResult(ruleSet, subject.terms[term]);
  const { ongoing, periodic, final } = subject.terms[term];
  return termAverageWithPeriodic(ongoing, periodic, final);
}

/** Year of a subject: the weighted average, or for comments the result of term II. Null when either term is. */
export function yearResult([first, second]: Pair<Standing | null>): Standing | null {
  if (first === null || second === null) return null;
  return typeof first === 'number' && typeof second === 'number' ? yearAverage(first, second) : second;
}

export interface YearOfSubject {
  readonly terms: Pair<Standing | null>;
  readonly year: Standing | null;
}

/** Both terms and the year of a subject. */
export function subjectYear(ruleSet: SecondaryRuleSet, subject: Subject): YearOfSubject {
  const terms = [termResult(ruleSet, subject, 0), termResult(ruleSet, subject, 1)] as const;
  return { terms, year: yearResult(terms) };
}

/** Whether a year's value is low enough for the subject to be re-assessed. */
export function mayBeReassessed(year: Standing | null): boolean {
  return typeof year === 'number' ? year < REASSESSED_BELOW : year === 'CD';
}

/**
 * The subject's line of the result.
 * @param open whether the pupil may be re-assessed at all (absences, learning and conduct of the year allow it).
 */
export function subjectResult(subject: Subject, { terms, year }: YearOfSubject, open: boolean): SubjectResult {
  const { code, kind, reassessed } = subject;
  if (reassessed === null) return { code, kind, terms, year, final: year, reassessmentCounts: null };
  const counts = open && mayBeReassessed(year);
  return { code, kind, terms, year, final: counts ? reassessed : year, reassessmentCounts: counts };
}

/** The values when none is missing, else null: a level needs every subject. */
export function allStandings(values: readonly (Standing | null)[]): readonly Standing[] | null {
  return filled(values) ? values : null;
}

/** `incomplete:<code>:<term>` for each term without a result, `ignored:<code>` for each re-assessment that does not count. */
export function addSubjectFlags(flags: Set<string>, subjects: readonly SubjectResult[]): void {
  for (const { code, terms, reassessmentCounts } of subjects) {
    if (terms[0] === null) flags.add(`incomplete:${code}:1`);
    if (terms[1] === null) flags.add(`incomplete:${code}:2`);
    if (reassessmentCounts === false) flags.add(`ignored:${code}`);
  }
}

/** `incomplete:conduct:<term>` for each term whose conduct level is missing. */
export function addConductFlags(flags: Set<string>, conduct: Pair<string | null>): void {
  if (conduct[0] === null) flags.add('incomplete:conduct:1');
  if (conduct[1] === null) flags.add('incomplete:conduct:2');
}

/** While results are missing nothing is decided, unless the principal has. */
export function promotionWithoutResults({ withoutResults }: Openings): PromotionDecision {
  if (withoutResults === undefined) return { promotion: 'incomplete', branch: 'marks-missing' };
  return { promotion: withoutResults, branch: 'decided-without-results' };
}

/** Whether something the rules need is still to be entered. */
export function hasMissing(flags: ReadonlySet<string>): boolean {
  for (const flag of flags) if (flag.startsWith('incomplete:')) return true;
  return false;
}
