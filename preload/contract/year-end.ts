import { z } from 'zod';
import { job, read } from './base.ts';
import { Id } from './common.ts';
import type { RuleSetCode } from './grades.ts';
import { rollOver } from './roll-over.ts';
import { ruleReadings } from './rule-readings.ts';
import { decisions } from './year-end-decisions.ts';
import { steps, type ResultDifference, type YearEndClass } from './year-end-steps.ts';

export type Level = 'T' | 'K' | 'D' | 'CD';
/** TT 58/2011 học lực: Giỏi, Khá, Trung bình, Yếu, Kém. */
export type AnyLearning = Level | 'G' | 'TB' | 'Y' | 'KEM';
/** TT 58/2011 hạnh kiểm: Tốt, Khá, Trung bình, Yếu. */
export type AnyConduct = Level | 'TB' | 'Y';
/** Primary: Hoàn thành xuất sắc, Hoàn thành tốt, Hoàn thành, Chưa hoàn thành. */
export type OverallLevel = 'HTXS' | 'HTT' | 'HT' | 'CHT';
/** TT 58/2011: học sinh giỏi, học sinh tiên tiến. */
export type Title = 'G' | 'TT';
/** TT 22/2021 `XS` `G`, TT 58/2011 `G` `TT`, TT 27/2020 `XS` and `TB` (tiêu biểu). */
export type Award = 'XS' | 'G' | 'TT' | 'TB';
/** `support`: primary, help and a second assessment are due; `principal-decides`: they did not bring the pupil to HT (TT 27/2020 Đ11). */
export type Promotion =
  | 'promoted' | 'reassess' | 'summer-training' | 'summer-training-then-reassess' | 'repeat' | 'incomplete' | 'support' | 'principal-decides';

export interface YearResultRow {
  enrolmentId: string;
  order: number;
  code: string;
  name: string;
  className: string;
  grade: number;
  ruleSet: RuleSetCode;
  learning1: AnyLearning | null;
  learning2: AnyLearning | null;
  learningYear: AnyLearning | null;
  conduct1: AnyConduct | null;
  conduct2: AnyConduct | null;
  conductYear: AnyConduct | null;
  /** TT 58/2011: ĐTBcn in tenths. */
  averageYear: number | null;
  /** Primary: the level that stands at the end of the year, and whether the programme of the grade is completed. */
  overall: OverallLevel | null;
  completedProgramme: boolean | null;
  absences: number;
  /** Before the summer. */
  promotionYear: Promotion;
  promotion: Promotion;
  award: Award | null;
  /** Primary: may be recognised as "tiêu biểu" by the class; never computed. */
  awardCandidate: boolean;
  /** What the engine wants a person to see: `adjusted`, `readings-differ`, `no-rule`, `incomplete:…`. */
  flags: string[];
}

/** Why a result is so: the rule, its article, the facts it stood on. */
export interface Because {
  /** In words: "Kết quả học tập cả năm", "Học kì I". */
  field: string;
  /** The subject the value belongs to, in words; null for a result of the whole pupil. */
  subject: string | null;
  rule: string;
  article: string;
  facts: string[];
}

/** What would change a result, in words: the nearest single entry, or what the entries still missing have to be. */
export interface WouldChange {
  kind: 'raise' | 'lower' | 'missing';
  /** "Toán · ĐĐGck học kì II: 7,9 → 8,1". */
  what: string;
  /** "Kết quả học tập cả năm: Khá → Tốt", each a line. */
  effects: string[];
}

export interface Explanation {
  name: string;
  because: Because[];
  /** Empty when asked about one subject. */
  wouldChange: WouldChange[];
  /** "Theo quyết định của hiệu trưởng …", each with its reason. */
  decided: { what: string; by: string; at: string; reason: string }[];
}

export interface YearEndCounts {
  pupils: number;
  promoted: number;
  reassess: number;
  summerTraining: number;
  repeat: number;
  incomplete: number;
  /** Primary: a second assessment after support, or a decision of the principal, is due. */
  support: number;
  principalDecides: number;
  awards: Record<Award, number>;
}

export interface YearEndOverview extends YearEndCounts {
  classId: string | null;
  year: string;
  /** What is still missing, each with the place that mends it. */
  missing: { className: string; what: string; count: number; route: string }[];
  rows: YearResultRow[];
  computedAt: string | null;
  /** True when a mark, a conduct level or an absence changed after the last computation, in a class whose results are not approved. */
  isStale: boolean;
  classes: YearEndClass[];
  /** Where the results of an approved class would be other now. */
  differences: ResultDifference[];
}

export const yearEnd = {
  overview: read('yearEnd.view', z.object({ year: z.string(), classId: Id.optional() })).returns<YearEndOverview>(),
  compute: job('yearEnd.decide', z.object({ year: z.string(), classId: Id.optional() })).returns<YearEndCounts>(),
  /** Why the results of a pupil are so; with `subject` (its code) only that subject's values. */
  explain: read('yearEnd.view', z.object({ enrolmentId: Id, subject: z.string().min(1).max(20).optional() })).returns<Explanation>(),
  ...steps,
  ...rollOver,
  ...decisions,
  ...ruleReadings,
};
