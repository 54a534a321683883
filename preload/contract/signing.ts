import { z } from 'zod';
import { job, read, token, write } from './base.ts';
import { FileBytes, HandedFile, Id, Sha256Hex } from './common.ts';
import type { SignRole } from './transcripts.ts';

export interface TokenCertificate {
  sha256: string;
  subject: string;
  organisation: string;
  serial: string;
  issuer: string;
  validFrom: string;
  validTo: string;
  daysLeft: number;
  keyType: 'rsa' | 'ecdsa';
  /** Why it cannot sign (expired, wrong key usage …), in words; empty when it can. */
  problems: string[];
}

export interface TokenView {
  module: string;
  label: string;
  serial: string;
  model: string;
  pin: 'ok' | 'low' | 'finalTry' | 'locked' | 'toBeChanged';
  certificates: TokenCertificate[];
}

export interface SigningQueueRow {
  classId: string;
  className: string;
  role: SignRole;
  waiting: number;
  signed: number;
  /** Signed by the role before, so that this role may sign now. */
  ready: number;
}

export interface SignedBatch {
  signed: number;
  failed: { name: string; code: string; why: string; remedy: string; batchCanContinue: boolean }[];
  timestampWaiting: number;
  /** True when the person stopped it or the token went away; running again resumes at the next paper. */
  stopped: boolean;
}

/** Whose picture stands in the stamp; `homeroom` with the name of its class. */
export interface StampImage {
  role: SignRole;
  className: string | null;
  /** PNG; null where there is none and the stamp is words only. */
  bytes: Uint8Array | null;
}

export interface TrustAnchor {
  fileName: string;
  sha256: string;
  subject: string;
  issuer: string;
  validTo: string;
  /** Expired or not yet valid. */
  isOutOfTime: boolean;
}

export interface SigningSetup {
  tsaUrl: string | null;
  anchors: TrustAnchor[];
  images: StampImage[];
}

const role = z.enum(['homeroom', 'principal', 'seal']);
const reason = z.string().max(300).optional();

export const signing = {
  queue: read('signing.sign', z.object({ year: z.string() })).returns<{ rows: SigningQueueRow[]; mayRoles: SignRole[]; tsaUrl: string | null }>(),
  /** Driver files found on this machine, best guess first. */
  modules: token('signing.sign', z.object({})).returns<{ modules: { path: string; name: string }[] }>(),
  tokens: token('signing.sign', z.object({ module: z.string().min(1).max(400) })).returns<{ tokens: TokenView[] }>(),
  /** The PIN goes to the token process and nowhere else. The session ends when the token leaves or after ten idle minutes. */
  openToken: token('signing.sign', z.object({ module: z.string().min(1).max(400), certificate: Sha256Hex, pin: z.string().min(1).max(64) }))
    .returns<{ session: string; subject: string }>(),
  closeToken: token('signing.sign', z.object({ session: z.string() })).returns<{ closed: true }>(),
  /** What signing leans on besides the token: the timestamp service, the authorities trusted, the pictures in the stamps. */
  setup: read('system.manage', z.object({})).returns<SigningSetup>(),
  setTimestampService: write('system.manage', z.object({ url: z.string().max(300).nullable(), reason })).returns<{ tsaUrl: string | null }>(),
  /** PEM or DER, one or more authorities. */
  addTrustAnchor: write('system.manage', HandedFile.extend({ reason: z.string().min(3).max(300) })).returns<{ added: number }>(),
  removeTrustAnchor: write('system.manage', z.object({ fileName: z.string().min(1).max(260), reason: z.string().min(3).max(300) })).returns<{ removed: true }>(),
  /** A transparent PNG (NĐ 30/2020, annex I); null takes the picture away. */
  setStampImage: write('system.manage', z.object({ role, className: z.string().max(40).nullable(), bytes: FileBytes.nullable(), reason })).returns<{ saved: true }>(),
  /** Signs the filed papers of the class that wait for `role`; resumes where it stopped. */
  signClass: job('signing.sign', z.object({ classId: Id, role, session: z.string() })).returns<SignedBatch>(),
};
