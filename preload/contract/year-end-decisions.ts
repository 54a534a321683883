import { z } from 'zod';
import { read, write } from './base.ts';
import { Id, SchoolYear } from './common.ts';

/**
 * Where a person decides about one pupil: the readings of TT 22/2021 Đ9 k3 differ, a circular is silent, a pupil with a disability or of a part
 * of the year has no results, "tiêu biểu" is recognised (TT 27/2020 Đ13), the principal promotes or not (TT 27/2020 Đ11 k3), no further
 * subject of his is assessed again in the summer, the words copied from a book of a former regulation do not say whether he was promoted.
 */
export const DecisionMatter = z.enum([
  'reading', 'no-rule:good-average-but-kem', 'no-rule:award-despite-absences', 'no-rule:conduct-and-learning-both-fail',
  'no-rule:adjusted-after-reassessment', 'disabled', 'partYear', 'principalPromotes', 'recognised', 'noMoreReassessment',
  'printed',
]);
export type DecisionMatter = z.infer<typeof DecisionMatter>;

export interface DecisionChoice {
  value: string;
  label: string;
  /** The result it leads to, in words. */
  leadsTo: string;
}

export interface DecisionCase {
  /** `enrolment/matter`. */
  id: string;
  enrolmentId: string;
  order: number;
  name: string;
  code: string;
  className: string;
  matter: DecisionMatter;
  /** What is to be decided, and the article that leaves it open. */
  question: string;
  article: string;
  choices: DecisionChoice[];
  /** The choice the result stands on while nobody has decided; null where there is no result without one. */
  proposed: string | null;
  /** Nobody has to decide: the pupil may be recognised. */
  isOptional: boolean;
  /** In words: hiệu trưởng; giáo viên chủ nhiệm. */
  decides: string;
  mayDecide: boolean;
  decision: { id: string; value: string; label: string; reason: string; by: string; at: string } | null;
}

export const decisions = {
  decisions: read('yearEnd.view', z.object({ year: SchoolYear, classId: Id.optional() })).returns<{ cases: DecisionCase[] }>(),
  decide: write('grades.edit', z.object({ enrolmentId: Id, matter: DecisionMatter, value: z.string().min(1).max(40), reason: z.string().trim().min(3).max(300) }))
    .returns<{ decisionId: string }>(),
  withdrawDecision: write('grades.edit', z.object({ decisionId: Id, reason: z.string().trim().min(3).max(300) })).returns<{ withdrawn: boolean }>(),
};
