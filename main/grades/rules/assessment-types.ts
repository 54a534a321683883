import type { Tenths } from './tenths.ts';

/** TT22 levels of learning and of conduct, best first: Tốt, Khá, Đạt, Chưa đạt. */
export type Level22 = 'T' | 'K' | 'D' | 'CD';
/** TT58 học lực: Giỏi, Khá, Trung bình, Yếu, Kém. */
export type Learning58 = 'G' | 'K' | 'TB' | 'Y' | 'KEM';
/** TT58 hạnh kiểm: Tốt, Khá, Trung bình, Yếu. */
export type Conduct58 = 'T' | 'K' | 'TB' | 'Y';
/** One entry, or the result, of a subject assessed by comments. */
export type CommentLevel = 'D' | 'CD';
/** The value of a subject: tenths where it is scored, a level where it is commented. */
export type Standing = Tenths | CommentLevel;
export type SubjectKind = 'score' | 'comment';

export type RuleSet58 = 'TT58-2011' | 'TT26-2020';
export type SecondaryRuleSet = 'TT22-2021' | RuleSet58;
export type RuleSet = SecondaryRuleSet | 'TT27-2020';

export type Pair<Value> = readonly [Value, Value];

/** What was entered for one subject in one term; null is "not entered yet". Under TT22 and TT26 `periodic` is the one mid-term entry. */
export interface TermEntries<Entry> {
  readonly ongoing: readonly (Entry | null)[];
  readonly periodic: readonly (Entry | null)[];
  readonly final: Entry | null;
}

interface SubjectOf<Kind extends SubjectKind, Entry> {
  readonly code: string;
  readonly kind: Kind;
  readonly periodsPerYear: number;
  /** TT58: Toán and Ngữ văn, under TT26 also Ngoại ngữ. TT22 knows no core subjects. */
  readonly core: boolean;
  readonly terms: Pair<TermEntries<Entry>>;
  /** Result of the re-assessment in the summer, null when there was none. */
  readonly reassessed: Entry | null;
}
export type ScoreSubject = SubjectOf<'score', Tenths>;
export type CommentSubject = SubjectOf<'comment', CommentLevel>;
export type Subject = ScoreSubject | CommentSubject;

/** "exactly one subject" of TT22 Đ9 k3: thought of as perfect (`waive`) or left out (`exclude`). */
export type AdjustmentReading = 'waive' | 'exclude';
/** Whether a subject assessed by comments may be that one subject. */
export type AdjustmentSubject = 'any' | 'scored';

/**
 * What a circular is silent about, beside the two readings of Đ9 k3: chosen by the school for all, or decided for one pupil. What is left
 * out is the first of each. The result is flagged `no-rule` in any case.
 */
export interface Openings {
  /** TT22 Đ14: whether Đ9 k3 adjusts once more after a re-assessment. */
  readonly adjustAfterReassessment?: 'apply' | 'none';
  /** TT22 Đ12–14, conduct and learning both CĐ: training in the summer first and then re-assessment, or the year again. */
  readonly bothFail?: 'train-then-reassess' | 'repeat';
  /** TT22 Đ15, TT58 Đ18: an award or title with more absences than a promotion allows. */
  readonly awardDespiteAbsences?: 'award' | 'none';
  /** TT58 Đ13 k6: the average of Giỏi, fallen to Kém by one subject. */
  readonly goodAverageKem?: 'KEM' | 'Y';
  /** The principal's word on a pupil without results: one with a disability (TT22 Đ12 k4), or who came for a part of the year. */
  readonly withoutResults?: 'promoted' | 'repeat';
}

export interface Pupil22 {
  readonly ruleSet: 'TT22-2021';
  readonly grade: number;
  readonly subjects: readonly Subject[];
  readonly conduct: Pair<Level22 | null>;
  readonly summerConduct: Level22 | null;
  /** Sessions absent in the school year. */
  readonly absences: number;
  readonly adjustmentReading: AdjustmentReading;
  readonly adjustmentSubject: AdjustmentSubject;
  readonly openings?: Openings;
}

export interface Pupil58 {
  readonly ruleSet: RuleSet58;
  readonly grade: number;
  readonly subjects: readonly Subject[];
  readonly conduct: Pair<Conduct58 | null>;
  /** Given by the homeroom teacher: TT58 has no matrix. */
  readonly conductYear: Conduct58 | null;
  readonly summerConduct: Conduct58 | null;
  readonly absences: number;
  readonly openings?: Openings;
}

/** Primary subject: Hoàn thành tốt, Hoàn thành, Chưa hoàn thành. */
export type SubjectLevel27 = 'T' | 'H' | 'C';
/** Quality or competence: Tốt, Đạt, Cần cố gắng. */
export type QualityLevel27 = 'T' | 'D' | 'C';
/** Hoàn thành xuất sắc, Hoàn thành tốt, Hoàn thành, Chưa hoàn thành. */
export type OverallLevel27 = 'HTXS' | 'HTT' | 'HT' | 'CHT';

export interface PrimarySubject {
  readonly code: string;
  readonly level: SubjectLevel27 | null;
  /** Whole marks 0–10 (not tenths); null where the subject has no end-of-year test. */
  readonly endOfYearTest: number | null;
}

/** The three lists the overall level is made of, at the end of the year or after support. */
export interface PrimaryRecord {
  readonly subjects: readonly PrimarySubject[];
  readonly qualities: readonly (QualityLevel27 | null)[];
  readonly competences: readonly (QualityLevel27 | null)[];
}

export interface Pupil27 extends PrimaryRecord {
  readonly ruleSet: 'TT27-2020';
  readonly grade: number;
  readonly supplement: PrimaryRecord | null;
  readonly principalPromotes: boolean | null;
  readonly recognised: boolean;
  readonly openings?: Openings;
}

export type SecondaryPupil = Pupil22 | Pupil58;
export type Pupil = SecondaryPupil | Pupil27;

export interface SubjectResult {
  readonly code: string;
  readonly kind: SubjectKind;
  readonly terms: Pair<Standing | null>;
  readonly year: Standing | null;
  /** After the summer. */
  readonly final: Standing | null;
  /** Whether `reassessed` took the place of the year's value; null when nothing was re-assessed. */
  readonly reassessmentCounts: boolean | null;
}

export type Promotion =
  | 'promoted'
  | 'repeat'
  | 'incomplete'
  | 'reassess'
  | 'summer-training'
  | 'summer-training-then-reassess';

/** The clause that decided a promotion; `docs` of the rule live where it is decided. */
export type PromotionBranch =
  | 'marks-missing'
  | 'decided-without-results'
  | 'too-many-absences'
  | 'learning-too-low'
  | 'learning-and-conduct-too-low'
  | 'conduct-waits-for-summer'
  | 'conduct-and-learning-wait-for-summer'
  | 'summer-training-failed'
  | 'summer-training-passed'
  | 'conditions-met'
  | 'waits-for-reassessment'
  | 'reassessment-passed'
  | 'reassessment-failed';

export interface PromotionDecision {
  readonly promotion: Promotion;
  readonly branch: PromotionBranch;
}

/** Cases on which a circular is silent: a person decides, the value given is a proposal. */
export type SilentCase =
  | 'good-average-but-kem'
  | 'award-despite-absences'
  | 'conduct-and-learning-both-fail'
  | 'adjusted-after-reassessment';

export type Award22 = 'XS' | 'G';
export type Title58 = 'G' | 'TT';
export type Award27 = 'XS' | 'TB';
