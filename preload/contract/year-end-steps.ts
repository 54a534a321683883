import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id, SchoolYear, type PdfFile } from './common.ts';

/** `year`: the results before the summer; `final`: after re-assessment and training. */
export const ApprovalStage = z.enum(['year', 'final']);
export type ApprovalStage = z.infer<typeof ApprovalStage>;

export interface ApprovalView {
  by: string;
  at: string;
  /** Last journal row before it. */
  journalSeq: number;
  /** SHA-256 over the approved results. */
  hash: string;
}

/** One class on the way through the year end. */
export interface YearEndClass {
  classId: string;
  className: string;
  grade: number;
  pupils: number;
  /** Places still empty. */
  missing: number;
  /** Pupils without a filed result, or whose filed result is no longer what the rules give. */
  stale: number;
  /** Pupils for whom a person must decide first. */
  undecided: number;
  /** Pupils who wait for re-assessment, training or the principal's word. */
  waiting: number;
  year: ApprovalView | null;
  final: ApprovalView | null;
}

/** What an approved result would be now; words ready to show. */
export interface ResultDifference {
  enrolmentId: string;
  name: string;
  className: string;
  field: string;
  approved: string;
  now: string;
}

/** What became of each class asked for: `refused` tells why, in words. */
export interface ApproveOutcome {
  approved: number;
  refused: { className: string; why: string; remedy: string }[];
}

export const YearEndList = z.enum(['promoted', 'completed', 'reassess', 'summer', 'repeat', 'XS', 'G', 'TB', 'TT']);
export type YearEndList = z.infer<typeof YearEndList>;

/** What was reached in the summer: `absent` did not come and keeps the year's value, `empty` takes an entry back. */
export const SummerValue = z.discriminatedUnion('state', [
  z.object({ state: z.literal('score'), tenths: z.int().min(0).max(100) }),
  z.object({ state: z.literal('level'), level: z.enum(['D', 'CD', 'T', 'H', 'C']) }),
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('empty') }),
]);
export type SummerValue = z.infer<typeof SummerValue>;

export interface SummerSubject {
  subject: string;
  /** `year` in secondary school; in primary school the column of the end-of-year sheet. */
  part: string;
  name: string;
  /** What may be written: a mark of one decimal, a whole mark, or one of the levels. */
  takes: 'tenths' | 'whole' | readonly ('D' | 'CD' | 'T' | 'H' | 'C')[];
  /** The year's value in words, "4,5". */
  original: string;
  again: SummerValue;
  takenOn: string;
  paper: string;
}

export interface SummerTraining {
  task: string;
  informedOn: string | null;
  reportOn: string | null;
  proposedOn: string | null;
  level: string | null;
  decisionNo: string;
}

export interface SummerPupil {
  enrolmentId: string;
  name: string;
  code: string;
  className: string;
  classId: string;
  /** Levels as codes, before and after the summer; null where there is none yet. */
  learningYear: string | null;
  conductYear: string | null;
  learningFinal: string | null;
  conductFinal: string | null;
  /** The decision before the summer and as it stands now. */
  promotionYear: string;
  promotion: string;
  subjects: SummerSubject[];
  /** Null where conduct needs none. */
  training: SummerTraining | null;
  /** Somebody said that no further subject is assessed again: the result then stands on those that were. */
  over: { by: string; reason: string } | null;
  /** Levels training may end with under his rule set, from the best. */
  levels: string[];
  /** Why re-assessment is not open yet, in words. */
  reassessmentWaits: string | null;
  mayEdit: boolean;
}

export interface SummerView {
  rows: SummerPupil[];
  waiting: { reassess: number; training: number };
  /** Classes whose year is not approved yet: their pupils are not here. */
  notApproved: string[];
}

const day = z.iso.date();

export const steps = {
  approve: job('yearEnd.approve', z.object({ year: SchoolYear, classIds: z.array(Id).min(1).max(500), stage: ApprovalStage })).returns<ApproveOutcome>(),
  withdraw: write('yearEnd.approve', z.object({ classId: Id, stage: ApprovalStage, reason: z.string().trim().min(3).max(300) })).returns<{ withdrawn: boolean }>(),
  printList: job('yearEnd.view', z.object({ year: SchoolYear, classId: Id.optional(), list: YearEndList })).returns<PdfFile>(),
  summer: read('yearEnd.view', z.object({ year: SchoolYear, classId: Id.optional() })).returns<SummerView>(),
  saveReassessment: write('grades.edit', z.object({
    enrolmentId: Id, subject: z.string().min(1).max(20), part: z.string().min(1).max(8), value: SummerValue,
    takenOn: z.union([day, z.literal('')]).default(''), paper: z.string().trim().max(120).default(''), reason: z.string().max(300).optional(),
  })).returns<{ promotion: string; learningFinal: string | null }>(),
  /** Ends the re-assessment of a pupil with subjects still open, or opens it again: until every subject has a value or an absence he waits. */
  endReassessment: write('grades.edit', z.object({ enrolmentId: Id, isOver: z.boolean(), reason: z.string().trim().min(3).max(300) })).returns<{ promotion: string }>(),
  saveTraining: write('grades.edit', z.object({
    enrolmentId: Id, task: z.string().trim().max(500), informedOn: day.nullable(), reportOn: day.nullable(), proposedOn: day.nullable(),
    level: z.string().max(4).nullable(), decisionNo: z.string().trim().max(60), reason: z.string().max(300).optional(),
  })).returns<{ promotion: string; conductFinal: string | null }>(),
};
