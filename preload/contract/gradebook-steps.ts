import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id, SchoolYear } from './common.ts';
import { MarkColumn, type SheetState } from './grades.ts';

/** A cell, a whole column (no pupil) or a whole line (no column) of a sheet. */
export const SheetScope = z.object({ enrolmentId: Id.nullable(), column: MarkColumn.nullable() });
export type SheetScope = z.infer<typeof SheetScope>;

/** To check or lock with suggested comments that nobody has looked at: they stay drafts, and drafts are never printed. */
const LeaveOutDrafts = z.boolean().default(false);

export const StepTo = z.enum(['open', 'submitted', 'checked', 'locked', 'reopened']);
const Reason = z.string().trim().max(300);

export interface SheetStepView {
  from: SheetState;
  to: SheetState;
  at: string;
  /** Name of who took the step; empty when the sheet locked by itself. */
  by: string;
  reason: string | null;
  until: string | null;
  /** What was reopened, in words: "Nguyễn Văn An — Giữa kì"; null is the whole sheet. */
  scope: string | null;
}

/** A step this person may take now. `needsReason`: giving back, reopening, and the principal's passing over a step. */
export interface NextStep {
  to: SheetState;
  /** A word of the catalogue: `gradebook.step.<act>`. */
  act: 'submit' | 'check' | 'lock' | 'withdraw' | 'return' | 'reopen' | 'relock';
  needsReason: boolean;
  /** States that are passed over: the principal locks what nobody submitted or checked. */
  skips: SheetState[];
}

export interface SheetWorkflow {
  sheetId: string;
  state: SheetState;
  reopenedUntil: string | null;
  missing: number;
  /** Suggested comments that nobody has looked at. */
  unseen: number;
  next: NextStep[];
  steps: SheetStepView[];
}

export interface BulkOutcome {
  sheetId: string;
  className: string;
  subjectName: string;
  term: number;
  outcome: 'done' | 'unchanged' | 'refused';
  state: SheetState;
  missing: number;
  /** Why it was refused, in a sentence. */
  why: string | null;
}

export const stepCalls = {
  workflow: read('grades.view', z.object({ sheetId: Id })).returns<SheetWorkflow>(),
  /** `scope` and `until` belong to `reopened`; an empty scope is the whole sheet. */
  step: write('grades.edit', z.object({
    sheetId: Id, to: StepTo, reason: Reason.optional(), until: z.iso.datetime().optional(), scope: z.array(SheetScope).max(500).optional(),
    leaveOutDrafts: LeaveOutDrafts,
  })).returns<{ state: SheetState; skipped: SheetState[] }>(),
  /**
   * Takes every sheet of the choice forward as far as the person may; each one's outcome is listed, none stops the others. `point` is the place
   * in the year: of primary sheets their own, of secondary ones their term, which stands at both points of its half.
   */
  stepMany: job('grades.edit', z.object({
    year: SchoolYear, to: z.enum(['submitted', 'checked', 'locked']), grade: z.int().min(1).max(12).optional(), classId: Id.optional(),
    subject: z.string().max(20).optional(), term: z.int().min(1).max(4).optional(), point: z.int().min(1).max(4).optional(), reason: Reason.optional(),
    leaveOutDrafts: LeaveOutDrafts,
  })).returns<{ done: number; unchanged: number; refused: number; outcomes: BulkOutcome[] }>(),
};
