import { z } from 'zod';
import { job, read } from './base.ts';
import { Id } from './common.ts';

export type Level = 'T' | 'K' | 'D' | 'CD';
export type Promotion = 'promoted' | 'reassess' | 'summer-training' | 'summer-training-then-reassess' | 'repeat' | 'incomplete';

export interface YearResultRow {
  enrolmentId: string;
  order: number;
  code: string;
  name: string;
  className: string;
  learning1: Level | null;
  learning2: Level | null;
  learningYear: Level | null;
  conduct1: Level | null;
  conduct2: Level | null;
  conductYear: Level | null;
  absences: number;
  promotion: Promotion;
  award: 'XS' | 'G' | null;
  /** What the engine wants a person to see: `adjusted`, `readings-differ`, `no-rule`, `incomplete:…`. */
  flags: string[];
}

/** Why a result is so: the rule, its article, the facts it stood on. */
export interface Because {
  field: string;
  rule: string;
  article: string;
  facts: string[];
}

export interface YearEndCounts {
  pupils: number;
  promoted: number;
  reassess: number;
  summerTraining: number;
  repeat: number;
  incomplete: number;
  awards: { XS: number; G: number };
}

export interface YearEndOverview extends YearEndCounts {
  classId: string | null;
  year: string;
  /** What is still missing, each with the place that mends it. */
  missing: { className: string; what: string; count: number; route: string }[];
  rows: YearResultRow[];
  computedAt: string | null;
  /** True when a mark, a conduct level or an absence changed after the last computation. */
  isStale: boolean;
}

export const yearEnd = {
  overview: read('yearEnd.view', z.object({ year: z.string(), classId: Id.optional() })).returns<YearEndOverview>(),
  compute: job('yearEnd.decide', z.object({ year: z.string(), classId: Id.optional() })).returns<YearEndCounts>(),
  explain: read('yearEnd.view', z.object({ enrolmentId: Id })).returns<{ name: string; because: Because[] }>(),
};
