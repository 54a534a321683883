import { z } from 'zod';
import { job, read } from './base.ts';
import { HandedFile, Id, type PdfFile } from './common.ts';

/** draft: nothing printed yet. Then the paper collects its signatures in this order. */
export type TranscriptState = 'none' | 'prepared' | 'homeroomSigned' | 'principalSigned' | 'sealed' | 'sent';
export type SignRole = 'homeroom' | 'principal' | 'seal';

export interface TranscriptRow {
  enrolmentId: string;
  order: number;
  name: string;
  code: string;
  transcriptId: string | null;
  state: TranscriptState;
  /** Version of the paper; a correction after the first signature makes a new one. */
  paperVersion: number;
  preparedAt: string | null;
  signatures: { role: SignRole; signer: string; at: string; timestamp: 'granted' | 'waiting' | 'none' }[];
  /** Why a paper cannot be prepared yet, in words; null when it can. */
  blockedBy: string | null;
  /** The results changed after the paper was printed. */
  isStale: boolean;
}

export interface TranscriptBoard {
  classId: string;
  className: string;
  rows: TranscriptRow[];
}

export interface VerifyReason {
  code: string;
  text: string;
  severity: 'info' | 'warning' | 'error';
}

export interface VerifiedSignature {
  signer: string;
  role: string;
  field: string;
  serial: string;
  time: string | null;
  timeTrusted: boolean;
  status: 'valid' | 'warning' | 'invalid' | 'unknown';
  reasons: VerifyReason[];
  chain: { subject: string; issuer: string; validFrom: string; validTo: string }[];
}

export interface VerifyReport {
  fileName: string;
  status: 'valid' | 'warning' | 'invalid' | 'unknown' | 'unsigned';
  /** One line for a person. */
  verdict: string;
  reasons: VerifyReason[];
  signatures: VerifiedSignature[];
}

export const transcripts = {
  board: read('transcripts.view', z.object({ classId: Id })).returns<TranscriptBoard>(),
  prepare: job('transcripts.prepare', z.object({ classId: Id, reason: z.string().max(300).optional() }))
    .returns<{ prepared: number; kept: number; blocked: { name: string; why: string }[] }>(),
  paper: read('transcripts.view', z.object({ transcriptId: Id })).returns<PdfFile>(),
  /** Checks any PDF handed over, ours or not. */
  verify: job('signedIn', HandedFile).returns<VerifyReport>(),
};
