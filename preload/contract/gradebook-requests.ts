import { z } from 'zod';
import { job, read, write } from './base.ts';
import { HandedFile, Id, SchoolYear, type PdfFile } from './common.ts';
import { MarkColumn, MarkValue } from './grades.ts';

export type RequestState = 'waiting' | 'approved' | 'refused' | 'withdrawn';

export interface RequestCell {
  enrolmentId: string;
  name: string;
  column: MarkColumn;
  title: string;
  /** As printed; null is an empty cell. */
  before: string | null;
  after: string | null;
  /** What stands in the book now, where it is no longer {@link before}. */
  now: string | null;
  isStale: boolean;
}

export interface ChangeRequestView {
  requestId: string;
  version: number;
  sheetId: string;
  className: string;
  subjectName: string;
  term: number;
  cells: RequestCell[];
  reason: string;
  evidenceName: string | null;
  askedBy: string;
  askedAt: string;
  opinion: 'agree' | 'disagree' | null;
  opinionNote: string | null;
  opinionBy: string | null;
  opinionAt: string | null;
  state: RequestState;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionNote: string | null;
  /** What the reader may do with it now. */
  may: { giveOpinion: boolean; decide: boolean; withdraw: boolean };
}

const Note = z.string().trim().max(300);
const One = z.object({ requestId: Id, version: z.int() });

export const requestCalls = {
  /** `waiting`: for a person to say something about; `mine`: asked by himself; `all`: everything he may see. */
  requests: read('grades.view', z.object({ year: SchoolYear, show: z.enum(['waiting', 'mine', 'all']) }))
    .returns<{ requests: ChangeRequestView[]; counts: { waiting: number; mine: number; all: number } }>(),
  askChange: write('grades.edit', z.object({
    sheetId: Id,
    cells: z.array(z.object({ enrolmentId: Id, column: MarkColumn, before: MarkValue, after: MarkValue })).min(1).max(60),
    reason: z.string().trim().min(3).max(300),
    evidence: HandedFile.optional(),
  })).returns<{ requestId: string }>(),
  giveOpinion: write('grades.edit', One.extend({ opinion: z.enum(['agree', 'disagree']), note: Note.optional() })).returns<{ version: number }>(),
  /** `approve` writes the marks of the request in the same transaction and seals the sheet anew; `refuse` needs a note. */
  decideRequest: write('grades.lock', One.extend({ decision: z.enum(['approve', 'refuse']), note: Note.optional() })).returns<{ state: RequestState }>(),
  withdrawRequest: write('grades.edit', One).returns<{ state: RequestState }>(),
  evidence: read('grades.view', z.object({ requestId: Id })).returns<{ fileName: string; bytes: Uint8Array }>(),
  printMinutes: job('grades.view', z.object({ requestId: Id })).returns<PdfFile>(),
};
