import type {
  AdjustmentReading,
  AdjustmentSubject,
  Award22,
  Level22,
  Openings,
  Pair,
  PromotionDecision,
  Pupil22,
  SilentCase,
  Standing,
  SubjectResult,
} from './assessment-types.ts';
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

export interface Threshold22 {
  readonly level: Level22;
  /** Every scored subject reaches this. */
  readonly every: Tenths;
  /** At least `needed` scored subjects reach this. */
  readonly counted: Tenths;
  readonly needed: number;
  /** Most comment subjects that may be CĐ. */
  readonly failedComments: number;
}

/** TT22 Đ9 k2, best level first; who reaches none of them is CĐ. */
export const THRESHOLDS_22: readonly Threshold22[] = [
  { level: 'T', every: 65, counted: 80, needed: 6, failedComments: 0 },
  { level: 'K', every: 50, counted: 65, needed: 6, failedComments: 0 },
  { level: 'D', every: 35, counted: 50, needed: 6, failedComments: 1 },
];

const LEVELS: readonly Level22[] = ['CD', 'D', 'K', 'T'];
const rank = (level: Level22): number => LEVELS.indexOf(level);

/** How many subjects satisfy each row of {@link THRESHOLDS_22}, so that one subject can be changed without counting again. */
interface Tally {
  readonly scored: number;
  readonly failed: number;
  readonly every: readonly number[];
  readonly counted: readonly number[];
}

function tallyOf(values: readonly Standing[]): Tally {
  let scored = 0;
  let failed = 0;
  const every = [0, 0, 0];
  const counted = [0, 0, 0];
  for (const value of values) {
    if (typeof value === 'string') {
      if (value === 'CD') failed += 1;
      continue;
    }
    scored += 1;
    for (const [row, threshold] of THRESHOLDS_22.entries()) {
      if (value >= threshold.every) every[row]! += 1;
      if (value >= threshold.counted) counted[row]! += 1;
    }
  }
  return { scored, failed, every, counted };
}

function levelOf({ scored, failed, every, counted }: Tally): Level22 {
  const row = THRESHOLDS_22.findIndex(
    (threshold, index) =>
      failed <= threshold.failedComments && every[index] === scored && (counted[index] ?? 0) >= threshold.needed,
  );
  return THRESHOLDS_22[row]?.level ?? 'CD';
}

/** The tally with one of its values taken out, and a perfect one of its kind put in its place when `waive`. */
function tallyWithout(tally: Tally, value: Standing, reading: AdjustmentReading): Tally {
  if (typeof value === 'string') return value === 'CD' ? { ...tally, failed: tally.failed - 1 } : tally;
  const put = reading === 'waive' ? 1 : 0;
  return {
    scored: tally.scored - 1 + put,
    failed: tally.failed,
    every: tally.every.map((count, row) => count - (value >= THRESHOLDS_22[row]!.every ? 1 : 0) + put),
    counted: tally.counted.map((count, row) => count - (value >= THRESHOLDS_22[row]!.counted ? 1 : 0) + put),
  };
}

export interface Adjustment22 {
  /** Position of the one subject. */
  readonly culprit: number;
  /** The level reached but for that subject: T or K. */
  readonly reached: Level22;
}

export interface Learning22 {
  /** After the adjustment. */
  readonly level: Level22;
  readonly unadjusted: Level22;
  readonly adjustment: Adjustment22 | null;
  /** What the reading that was not chosen gives; a person is told when it differs. */
  readonly otherReading: Level22;
}

/** Only a drop of two levels below T or K counts, so a level of K or better is never adjusted. */
function findAdjustment(
  values: readonly Standing[],
  tally: Tally,
  unadjusted: Level22,
  reading: AdjustmentReading,
  subject: AdjustmentSubject,
): Adjustment22 | null {
  if (rank(unadjusted) >= rank('K')) return null;
  for (const [culprit, value] of values.entries()) {
    if (subject === 'scored' && typeof value === 'string') continue;
    const reached = levelOf(tallyWithout(tally, value, reading));
    if (rank(reached) >= rank('K') && rank(reached) - rank(unadjusted) >= 2) return { culprit, reached };
  }
  return null;
}

/**
 * Level of the learning result of a term or year: TT22 Đ9 k2, then the adjustment of Đ9 k3.
 * @param values every subject the pupil takes, none missing.
 */
export function learningLevel22(
  values: readonly Standing[],
  reading: AdjustmentReading = 'waive',
  subject: AdjustmentSubject = 'any',
): Learning22 {
  const tally = tallyOf(values);
  const unadjusted = levelOf(tally);
  const above = LEVELS[rank(unadjusted) + 1] ?? 'T';
  const adjustment = findAdjustment(values, tally, unadjusted, reading, subject);
  const other = findAdjustment(values, tally, unadjusted, reading === 'waive' ? 'exclude' : 'waive', subject);
  return {
    level: adjustment ? above : unadjusted,
    unadjusted,
    adjustment,
    otherReading: other ? above : unadjusted,
  };
}

function withoutAdjustment(finding: Learning22): Learning22 {
  return { level: finding.unadjusted, unadjusted: finding.unadjusted, adjustment: null, otherReading: finding.unadjusted };
}

/** TT22 Đ8 k2 b: row is term I, column term II. */
const CONDUCT_MATRIX: Readonly<Record<Level22, Readonly<Record<Level22, Level22>>>> = {
  T: { T: 'T', K: 'K', D: 'K', CD: 'CD' },
  K: { T: 'T', K: 'K', D: 'D', CD: 'CD' },
  D: { T: 'K', K: 'K', D: 'D', CD: 'CD' },
  CD: { T: 'K', K: 'D', D: 'D', CD: 'CD' },
};

/** Conduct of the year from both terms (TT22 Đ8 k2 b), null when either is missing. */
export function conductYear22([first, second]: Pair<Level22 | null>): Level22 | null {
  return first === null || second === null ? null : CONDUCT_MATRIX[first][second];
}

export interface PromotionFacts22 {
  readonly marksMissing: boolean;
  readonly absences: number;
  readonly conductYear: Level22 | null;
  readonly summerConduct: Level22 | null;
  readonly learningYear: Level22 | null;
  /** Whether at least one re-assessment counts. */
  readonly reassessed: boolean;
  readonly learningFinal: Level22 | null;
  readonly openings: Openings;
}

/** Promotion, or in grades 9 and 12 completion of the programme: TT22 Đ12–14, the first clause that fits. */
export function promotion22(facts: PromotionFacts22): PromotionDecision {
  const { conductYear, summerConduct, learningYear, learningFinal } = facts;
  if (facts.marksMissing || conductYear === null || learningYear === null) {
    return promotionWithoutResults(facts.openings);
  }
  if (facts.absences > MOST_ABSENCES) return { promotion: 'repeat', branch: 'too-many-absences' };
  if (conductYear === 'CD') {
    if (learningYear === 'CD' && facts.openings.bothFail === 'repeat') return { promotion: 'repeat', branch: 'learning-and-conduct-too-low' };
    if (summerConduct === 'CD') return { promotion: 'repeat', branch: 'summer-training-failed' };
    if (summerConduct === null) {
      return learningYear === 'CD'
        ? { promotion: 'summer-training-then-reassess', branch: 'conduct-and-learning-wait-for-summer' }
        : { promotion: 'summer-training', branch: 'conduct-waits-for-summer' };
    }
  }
  if (learningYear !== 'CD') {
    return { promotion: 'promoted', branch: conductYear === 'CD' ? 'summer-training-passed' : 'conditions-met' };
  }
  if (!facts.reassessed) return { promotion: 'reassess', branch: 'waits-for-reassessment' };
  return learningFinal !== null && learningFinal !== 'CD'
    ? { promotion: 'promoted', branch: 'reassessment-passed' }
    : { promotion: 'repeat', branch: 'reassessment-failed' };
}

/** Scored subjects at 9.0 or more that the title "Học sinh Xuất sắc" asks for (TT22 Đ15). */
export const EXCELLENT = { mark: 90 as Tenths, needed: 6 } as const;

/** Award of the year, before the summer: TT22 Đ15 k1 a. `years` are the year values of all subjects. */
export function award22(learningYear: Level22 | null, conductYear: Level22 | null, years: readonly (Standing | null)[]): Award22 | null {
  if (learningYear !== 'T' || conductYear !== 'T') return null;
  const excellent = years.filter((year) => typeof year === 'number' && year >= EXCELLENT.mark).length;
  return excellent >= EXCELLENT.needed ? 'XS' : 'G';
}

export interface Assessment22 {
  readonly ruleSet: 'TT22-2021';
  readonly subjects: readonly SubjectResult[];
  /** Terms, year and after the summer; null while a subject is missing. */
  readonly learning: Pair<Learning22 | null>;
  readonly learningYear: Learning22 | null;
  readonly learningFinal: Learning22 | null;
  readonly conductYear: Level22 | null;
  readonly conductFinal: Level22 | null;
  /** Whether summer training changed the conduct; null when there was none. */
  readonly summerConductCounts: boolean | null;
  /** Whether the pupil may be re-assessed in any subject. */
  readonly reassessmentOpen: boolean;
  readonly reassessed: boolean;
  readonly decision: PromotionDecision;
  readonly award: Award22 | null;
  readonly silent: readonly SilentCase[];
  readonly flags: ReadonlySet<string>;
}

/** Everything TT 22/2021 says about one pupil's year. Pure; never throws on a well-typed pupil. */
export function assess22(pupil: Pupil22): Assessment22 {
  const { absences, summerConduct, openings = {} } = pupil;
  const level = (values: readonly (Standing | null)[]): Learning22 | null => {
    const all = allStandings(values);
    return all && learningLevel22(all, pupil.adjustmentReading, pupil.adjustmentSubject);
  };
  const years = pupil.subjects.map((subject) => subjectYear(pupil.ruleSet, subject));
  const yearValues = years.map(({ year }) => year);
  const learning = [level(years.map(({ terms }) => terms[0])), level(years.map(({ terms }) => terms[1]))] as const;
  const learningYear = level(yearValues);

  const withinAbsences = absences <= MOST_ABSENCES;
  const conductYear = conductYear22(pupil.conduct);
  const summerConductCounts = summerConduct === null ? null : withinAbsences && conductYear === 'CD';
  const conductFinal = summerConductCounts === true ? summerConduct : conductYear;

  const bothFail = conductYear === 'CD' && learningYear?.level === 'CD';
  const isClosed = bothFail && openings.bothFail === 'repeat';
  const reassessmentOpen = withinAbsences && !isClosed && learningYear?.level === 'CD' && conductFinal !== null && conductFinal !== 'CD';
  const subjects = pupil.subjects.map((subject, index) => subjectResult(subject, years[index]!, reassessmentOpen));
  const reassessed = subjects.some(({ reassessmentCounts }) => reassessmentCounts === true);
  const again = reassessed ? level(subjects.map(({ final }) => final)) : learningYear;
  const isAdjustedAgain = reassessed && again !== null && again.adjustment !== null;
  const learningFinal = isAdjustedAgain && openings.adjustAfterReassessment === 'none' ? withoutAdjustment(again) : again;

  const flags = new Set<string>();
  addSubjectFlags(flags, subjects);
  addConductFlags(flags, pupil.conduct);
  const decision = promotion22({
    marksMissing: hasMissing(flags),
    absences,
    conductYear,
    summerConduct,
    learningYear: learningYear?.level ?? null,
    reassessed,
    learningFinal: learningFinal?.level ?? null,
    openings,
  });
  const earned = award22(learningYear?.level ?? null, conductYear, yearValues);
  const award = !withinAbsences && openings.awardDespiteAbsences === 'none' ? null : earned;

  const silent: SilentCase[] = [];
  if (earned !== null && !withinAbsences) silent.push('award-despite-absences');
  if (bothFail && withinAbsences) silent.push('conduct-and-learning-both-fail');
  if (isAdjustedAgain) silent.push('adjusted-after-reassessment');

  const four = [...learning, learningYear, learningFinal];
  if (summerConductCounts === false) flags.add('ignored:summerConduct');
  if (four.some((finding) => finding?.adjustment)) flags.add('adjusted');
  if (four.some((finding) => finding && finding.level !== finding.otherReading)) flags.add('readings-differ');
  if (silent.length > 0) flags.add('no-rule');

  return {
    ruleSet: pupil.ruleSet,
    subjects,
    learning,
    learningYear,
    learningFinal,
    conductYear,
    conductFinal,
    summerConductCounts,
    reassessmentOpen,
    reassessed,
    decision,
    award,
    silent,
    flags,
  };
}
