import type {
  Conduct58,
  Learning58,
  Openings,
  Pair,
  PromotionDecision,
  Pupil58,
  RuleSet58,
  SilentCase,
  Standing,
  SubjectResult,
  Title58,
} from './assessment-types.ts';
import { roundedQuotient } from './tenths.ts';
import type { Tenths } from './tenths.ts';
import {
  addConductFlags,
  addSubjectFlags,
  allStandings,
  hasMissing,
  MOST_ABSENCES,
  promotionWithoutResults,
  subjectResult,
  subjectYear,
} from './subject-results.ts';

export interface Threshold58 {
  readonly level: Learning58;
  readonly average: Tenths;
  /** At least one core subject reaches this; null where core subjects do not matter. */
  readonly core: Tenths | null;
  readonly every: Tenths;
  /** Most comment subjects that may be CĐ, null for no limit. */
  readonly failedComments: number | null;
}

/** TT58 Đ13, best level first; who reaches none of them is KEM. */
export const THRESHOLDS_58: readonly Threshold58[] = [
  { level: 'G', average: 80, core: 80, every: 65, failedComments: 0 },
  { level: 'K', average: 65, core: 65, every: 50, failedComments: 0 },
  { level: 'TB', average: 50, core: 50, every: 35, failedComments: 0 },
  { level: 'Y', average: 35, core: null, every: 20, failedComments: null },
];

/** The table of TT58 Đ13 k6: what the average would have given, then what it fell to. G to KEM is not in it. */
const ADJUSTED: Readonly<Record<'G' | 'K', Readonly<Partial<Record<Learning58, Learning58>>>>> = {
  G: { TB: 'K', Y: 'TB' },
  K: { Y: 'TB', KEM: 'Y' },
};

const LEVELS: readonly Learning58[] = ['KEM', 'Y', 'TB', 'K', 'G'];
const atLeast = (level: Learning58 | null, least: Learning58): boolean =>
  level !== null && LEVELS.indexOf(level) >= LEVELS.indexOf(least);

/** A subject's value and whether the subject is core in the rule set (Toán, Ngữ văn, under TT26 also Ngoại ngữ). */
export interface Standing58 {
  readonly value: Standing;
  readonly core: boolean;
}

export interface SubjectsAverage {
  /** In tenths. */
  readonly sum: number;
  /** How many scored subjects. */
  readonly divisor: number;
  readonly value: Tenths;
}

/** ĐTBhk or ĐTBcn (TT58 Đ11): plain mean of the scored subjects, null while one is missing or when there is none. */
export function subjectsAverage(scores: readonly (Tenths | null)[]): SubjectsAverage | null {
  if (scores.length === 0) return null;
  let sum = 0;
  for (const score of scores) {
    if (score === null) return null;
    sum += score;
  }
  return { sum, divisor: scores.length, value: roundedQuotient(sum, scores.length) };
}

/** How many subjects break one row of {@link THRESHOLDS_58}; `cores` counts those that keep its core condition. */
interface RowTally {
  readonly below: number;
  readonly cores: number;
  readonly failed: number;
}

function rowTally(subjects: readonly Standing58[], row: Threshold58): RowTally {
  let below = 0;
  let cores = 0;
  let failed = 0;
  for (const { value, core } of subjects) {
    if (typeof value === 'string') {
      if (value === 'CD') failed += 1;
      continue;
    }
    if (value < row.every) below += 1;
    if (core && row.core !== null && value >= row.core) cores += 1;
  }
  return { below, cores, failed };
}

function holds({ below, cores, failed }: RowTally, row: Threshold58): boolean {
  return below === 0 && (row.core === null || cores > 0) && (row.failedComments === null || failed <= row.failedComments);
}

/** The position of a subject but for which all conditions of the row hold (those on the average stand aside), or -1. */
function culpritOf(subjects: readonly Standing58[], row: Threshold58): number {
  const { below, cores, failed } = rowTally(subjects, row);
  return subjects.findIndex(({ value, core }) => {
    if (typeof value === 'string') return holds({ below, cores, failed: failed - (value === 'CD' ? 1 : 0) }, row);
    return holds({ below: below - (value < row.every ? 1 : 0), cores: cores + (core ? 1 : 0), failed }, row);
  });
}

export interface Adjustment58 {
  /** Position of the one subject. */
  readonly culprit: number;
  /** What the average would have given but for that subject. */
  readonly reached: 'G' | 'K';
  /** True where the table has an answer; false for G to KEM, where the level stays and a person decides. */
  readonly decided: boolean;
}

export interface Learning58Finding {
  /** After the adjustment. */
  readonly level: Learning58;
  readonly unadjusted: Learning58;
  readonly average: SubjectsAverage;
  readonly adjustment: Adjustment58 | null;
}

/**
 * Học lực of a term or year: TT58 Đ13 k1–5, then the adjustment of Đ13 k6.
 * @param subjects every subject the pupil takes, none missing. Null when none of them is scored: there is no average then.
 * @param silent what stands where the table of Đ13 k6 has no answer.
 */
export function learningLevel58(subjects: readonly Standing58[], silent: Openings['goodAverageKem'] = 'KEM'): Learning58Finding | null {
  const average = subjectsAverage(subjects.flatMap(({ value }) => (typeof value === 'number' ? [value] : [])));
  if (average === null) return null;
  const reached = THRESHOLDS_58.find((row) => average.value >= row.average && holds(rowTally(subjects, row), row));
  const unadjusted = reached?.level ?? 'KEM';
  const adjustment = findAdjustment(subjects, average.value, unadjusted);
  if (adjustment === null) return { level: unadjusted, unadjusted, average, adjustment };
  const level = adjustment.decided ? (ADJUSTED[adjustment.reached][unadjusted] ?? unadjusted) : silent;
  return { level, unadjusted, average, adjustment };
}

function findAdjustment(subjects: readonly Standing58[], average: Tenths, unadjusted: Learning58): Adjustment58 | null {
  for (const row of THRESHOLDS_58) {
    if ((row.level !== 'G' && row.level !== 'K') || average < row.average) continue;
    const culprit = culpritOf(subjects, row);
    if (culprit < 0) continue;
    const decided = ADJUSTED[row.level][unadjusted] !== undefined;
    const silent = row.level === 'G' && unadjusted === 'KEM';
    return decided || silent ? { culprit, reached: row.level, decided } : null;
  }
  return null;
}

export interface PromotionFacts58 {
  readonly marksMissing: boolean;
  readonly absences: number;
  readonly conductYear: Conduct58 | null;
  readonly summerConduct: Conduct58 | null;
  readonly learningYear: Learning58 | null;
  /** Whether at least one re-assessment counts. */
  readonly reassessed: boolean;
  readonly learningFinal: Learning58 | null;
  readonly openings: Openings;
}

/** Promotion: TT58 Đ15–17, the first clause that fits. */
export function promotion58(facts: PromotionFacts58): PromotionDecision {
  const { conductYear, summerConduct, learningYear } = facts;
  if (facts.marksMissing || conductYear === null || learningYear === null) {
    return promotionWithoutResults(facts.openings);
  }
  if (facts.absences > MOST_ABSENCES) return { promotion: 'repeat', branch: 'too-many-absences' };
  if (learningYear === 'KEM') return { promotion: 'repeat', branch: 'learning-too-low' };
  if (conductYear === 'Y') {
    if (learningYear === 'Y') return { promotion: 'repeat', branch: 'learning-and-conduct-too-low' };
    if (summerConduct === null) return { promotion: 'summer-training', branch: 'conduct-waits-for-summer' };
    if (summerConduct === 'Y') return { promotion: 'repeat', branch: 'summer-training-failed' };
    return { promotion: 'promoted', branch: 'summer-training-passed' };
  }
  if (learningYear !== 'Y') return { promotion: 'promoted', branch: 'conditions-met' };
  if (!facts.reassessed) return { promotion: 'reassess', branch: 'waits-for-reassessment' };
  return atLeast(facts.learningFinal, 'TB')
    ? { promotion: 'promoted', branch: 'reassessment-passed' }
    : { promotion: 'repeat', branch: 'reassessment-failed' };
}

/** Danh hiệu of a term or year (TT58 Đ18): null also when either level is missing. */
export function title58(learning: Learning58 | null, conduct: Conduct58 | null): Title58 | null {
  if (learning === 'G' && conduct === 'T') return 'G';
  return (learning === 'G' || learning === 'K') && (conduct === 'T' || conduct === 'K') ? 'TT' : null;
}

export interface Assessment58 {
  readonly ruleSet: RuleSet58;
  readonly subjects: readonly SubjectResult[];
  readonly average: Pair<SubjectsAverage | null>;
  readonly averageYear: SubjectsAverage | null;
  readonly learning: Pair<Learning58Finding | null>;
  readonly learningYear: Learning58Finding | null;
  readonly learningFinal: Learning58Finding | null;
  readonly conductYear: Conduct58 | null;
  readonly conductFinal: Conduct58 | null;
  readonly summerConductCounts: boolean | null;
  readonly reassessmentOpen: boolean;
  readonly reassessed: boolean;
  readonly decision: PromotionDecision;
  readonly titles: Pair<Title58 | null>;
  readonly titleYear: Title58 | null;
  readonly silent: readonly SilentCase[];
  readonly flags: ReadonlySet<string>;
}

/** Everything TT 58/2011, with or without TT 26/2020, says about one pupil's year. Pure; never throws on a well-typed pupil. */
export function assess58(pupil: Pupil58): Assessment58 {
  const { absences, summerConduct, conductYear, conduct, openings = {} } = pupil;
  const level = (values: readonly (Standing | null)[]): Learning58Finding | null => {
    const all = allStandings(values);
    return all && learningLevel58(all.map((value, index) => ({ value, core: pupil.subjects[index]!.core })), openings.goodAverageKem);
  };
  const average = (values: readonly (Standing | null)[]): SubjectsAverage | null =>
    subjectsAverage(
      values.flatMap((value, index) => (pupil.subjects[index]!.kind === 'score' && typeof value !== 'string' ? [value] : [])),
    );
  const years = pupil.subjects.map((subject) => subjectYear(pupil.ruleSet, subject));
  const first = years.map(({ terms }) => terms[0]);
  const second = years.map(({ terms }) => terms[1]);
  const yearValues = years.map(({ year }) => year);
  const learning = [level(first), level(second)] as const;
  const learningYear = level(yearValues);

  const withinAbsences = absences <= MOST_ABSENCES;
  const summerConductCounts =
    summerConduct === null ? null : withinAbsences && conductYear === 'Y' && atLeast(learningYear?.level ?? null, 'TB');
  const conductFinal = summerConductCounts === true ? summerConduct : conductYear;

  const reassessmentOpen = withinAbsences && learningYear?.level === 'Y' && conductYear !== null && conductYear !== 'Y';
  const subjects = pupil.subjects.map((subject, index) => subjectResult(subject, years[index]!, reassessmentOpen));
  const reassessed = subjects.some(({ reassessmentCounts }) => reassessmentCounts === true);
  const learningFinal = reassessed ? level(subjects.map(({ final }) => final)) : learningYear;

  const flags = new Set<string>();
  addSubjectFlags(flags, subjects);
  addConductFlags(flags, conduct);
  if (conductYear === null) flags.add('incomplete:conduct:year');
  const decision = promotion58({
    marksMissing: hasMissing(flags),
    absences,
    conductYear,
    summerConduct,
    learningYear: learningYear?.level ?? null,
    reassessed,
    learningFinal: learningFinal?.level ?? null,
    openings,
  });
  const titles = [title58(learning[0]?.level ?? null, conduct[0]), title58(learning[1]?.level ?? null, conduct[1])] as const;
  const earned = title58(learningYear?.level ?? null, conductYear);
  const titleYear = !withinAbsences && openings.awardDespiteAbsences === 'none' ? null : earned;

  const four = [...learning, learningYear, learningFinal];
  const silent: SilentCase[] = [];
  if (four.some((finding) => finding?.adjustment?.decided === false)) silent.push('good-average-but-kem');
  if (earned !== null && !withinAbsences) silent.push('award-despite-absences');

  if (summerConductCounts === false) flags.add('ignored:summerConduct');
  if (four.some((finding) => finding?.adjustment?.decided === true)) flags.add('adjusted');
  if (silent.length > 0) flags.add('no-rule');

  return {
    ruleSet: pupil.ruleSet,
    subjects,
    average: [average(first), average(second)],
    averageYear: average(yearValues),
    learning,
    learningYear,
    learningFinal,
    conductYear,
    conductFinal,
    summerConductCounts,
    reassessmentOpen,
    reassessed,
    decision,
    titles,
    titleYear,
    silent,
    flags,
  };
}
