import type {
  AdjustmentReading,
  AdjustmentSubject,
  CommentLevel,
  Conduct58,
  Learning58,
  Level22,
  OverallLevel27,
  Promotion,
  PromotionBranch,
  SilentCase,
} from './assessment-types.ts';

/** A mark as people write it (8.5), or a comment level. */
export type FactValue = number | CommentLevel;
export type AnyLearning = Level22 | Learning58;
export type AnyConduct = Level22 | Conduct58;

/** Why something that was handed in does not count: each condition that does not hold. */
export type IgnoredCause = 'absences' | 'learning' | 'conduct' | 'subject';

/** One row of the table of levels, and which subjects reach it or hold the pupil back. Codes of subjects, marks as written. */
export interface LevelCondition {
  readonly level: AnyLearning;
  readonly met: boolean;
  readonly every: { readonly atLeast: number; readonly heldBackBy: readonly string[] };
  /** TT22: so many scored subjects reach the mark. TT58: so many core subjects do. */
  readonly some: { readonly atLeast: number; readonly needed: number; readonly core: boolean; readonly reachedBy: readonly string[] } | null;
  /** TT58: the average of the subjects. */
  readonly average: { readonly atLeast: number; readonly value: number } | null;
  /** Comment subjects that are CĐ; `allowed` null when there is no limit. */
  readonly comments: { readonly allowed: number | null; readonly failed: readonly string[] };
}

export interface PrimaryCondition {
  readonly level: OverallLevel27;
  readonly met: boolean;
  readonly testAtLeast: number;
  /** Codes of subjects, positions of qualities and competences counted from 1. */
  readonly heldBackBy: {
    readonly subjects: readonly string[];
    readonly tests: readonly string[];
    readonly qualities: readonly number[];
    readonly competences: readonly number[];
  };
}

/** The facts a rule looked at. `value` is what the field has after this rule. */
export interface FactsOf {
  /** Codes of subjects without a value, or names of entries and fields as in the input or answer: `ongoing[2]`, `conduct[0]`. */
  'missing': { missing: readonly string[]; value: null };
  'term-average': {
    ongoing: readonly number[];
    periodic: readonly number[];
    final: number;
    weights: { ongoing: number; periodic: number; final: number };
    sum: number;
    divisor: number;
    value: number;
  };
  'term-comments': {
    ongoing: readonly CommentLevel[];
    periodic: readonly CommentLevel[];
    final: CommentLevel;
    passed: number;
    all: number;
    needed: 'all' | 'final-and-two-thirds';
    value: CommentLevel;
  };
  'year-average': { first: number; second: number; sum: number; divisor: number; value: number };
  'year-comments': { first: CommentLevel; second: CommentLevel; value: CommentLevel };
  'year-stands': { value: FactValue };
  'reassessment-counts': { year: FactValue; reassessed: FactValue; value: FactValue };
  'reassessment-ignored': { year: FactValue | null; reassessed: FactValue; because: readonly IgnoredCause[]; value: FactValue | null };
  'subjects-average': { sum: number; divisor: number; value: number };
  'learning-level': { conditions: readonly LevelCondition[]; value: AnyLearning };
  'adjustment': {
    from: AnyLearning;
    reached: AnyLearning;
    subject: string;
    subjectValue: FactValue;
    reading: AdjustmentReading;
    subjects: AdjustmentSubject;
    value: AnyLearning;
  };
  'learning-year-stands': { value: AnyLearning };
  'readings-differ': { waive: Level22; exclude: Level22; value: Level22 };
  'conduct-matrix': { first: Level22; second: Level22; value: Level22 };
  'conduct-given': { value: Conduct58 };
  'conduct-year-stands': { value: AnyConduct };
  'summer-conduct-counts': { year: AnyConduct; summer: AnyConduct; value: AnyConduct };
  'summer-conduct-ignored': { year: AnyConduct | null; summer: AnyConduct; because: readonly IgnoredCause[]; value: AnyConduct | null };
  'promotion': {
    branch: PromotionBranch;
    absences: number;
    mostAbsences: number;
    conductYear: AnyConduct | null;
    summerConduct: AnyConduct | null;
    learningYear: AnyLearning | null;
    reassessed: boolean;
    learningFinal: AnyLearning | null;
    value: Promotion;
  };
  'award': {
    learning: AnyLearning | null;
    conduct: AnyConduct | null;
    excellent: { atLeast: number; needed: number; reachedBy: readonly string[] };
    value: string | null;
  };
  'title': { learning: AnyLearning | null; conduct: AnyConduct | null; value: string | null };
  'no-rule': { case: SilentCase; value: string | null };
  'primary-level': { conditions: readonly PrimaryCondition[]; value: OverallLevel27 };
  'supplement-counts': { first: OverallLevel27; conditions: readonly PrimaryCondition[]; value: OverallLevel27 };
  'supplement-ignored': { first: OverallLevel27 | null; value: OverallLevel27 | null };
  'programme-completed': { level: OverallLevel27; value: boolean };
  'completed-goes-up': { value: true };
  'principal-decides': { principalPromotes: boolean | null; value: boolean | null };
  'primary-completed': { grade: number; completedProgramme: boolean; value: boolean | null };
  'primary-award': { level: OverallLevel27; recognised: boolean; value: string | null };
  'award-candidate': { level: OverallLevel27 | null; value: boolean };
}

export type Rule = keyof FactsOf;

/** One step of the way to a value: the field of the answer, the rule, where it stands, and what it looked at. */
export type Because = {
  [Name in Rule]: { readonly field: string; readonly rule: Name; readonly article: string; readonly facts: FactsOf[Name] };
}[Rule];
