import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { SignedBatch, signing, SigningQueueRow } from '../../preload/contract/signing.ts';
import type { SignRole } from '../../preload/contract/transcripts.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext, Session } from '../call/context.ts';
import type { TokenPort } from '../call/services.ts';
import { requireClass } from '../school/school-class-store.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import { theSchool } from '../school/school-store.ts';
import { orderChain } from './certificate-chain.ts';
import { readCertificate } from './certificate-facts.ts';
import { preflightCertificate } from './preflight.ts';
import { RevocationChecker } from './revocation.ts';
import { signBatch } from './sign-batch.ts';
import type { Signer } from './signer.ts';
import { batchStamp, stampImage } from './signing-stamps.ts';
import { paperCounts, papersWaiting, stateAfter, stateBefore, timestampAddress, type WaitingPaper } from './signing-store.ts';
import { trustAnchors } from './trust-anchors.ts';

type Signing = typeof signing;

const roles = ['homeroom', 'principal', 'seal'] as const;
const order = ['prepared', 'homeroomSigned', 'principalSigned', 'sealed', 'sent'] as const;

export function queue({ db, session }: ReadContext, { year }: CheckedInputOf<Signing['queue']>): OutputOf<Signing['queue']> {
  const counts = Map.groupBy(paperCounts(db, year), row => row.class_id);
  const rows = [...counts].flatMap(([classId, states]): SigningQueueRow[] => roles.map(role => {
    const before = order.indexOf(stateBefore[role]);
    const sum = (holds: (at: number) => boolean) => states.filter(row => holds(order.indexOf(row.state))).reduce((total, row) => total + row.count, 0);
    return { classId, className: states[0]?.name ?? '', role, waiting: sum(at => at <= before), ready: sum(at => at === before), signed: sum(at => at > before) };
  }));
  return {
    rows: rows.sort((a, b) => a.className.localeCompare(b.className, 'vi', { numeric: true })),
    mayRoles: roles.filter(role => maySignAs(session, role)), tsaUrl: timestampAddress(db),
  };
}

/** The homeroom teacher signs first, the principal after him, the clerk who keeps the seal last; the command line signs for whoever's token it is given. */
function maySignAs(session: Session, role: SignRole): boolean {
  if (session.user === 'cli') return true;
  const wanted = { homeroom: 'teacher', principal: 'principal', seal: 'sealClerk' } as const;
  return session.role === wanted[role];
}

export interface SignOrder {
  classId: string;
  role: SignRole;
  signer: Signer;
  tsaUrl: string | null;
  /** Called with each signed paper after it is filed. */
  onSigned?: (paper: WaitingPaper, pdf: Uint8Array, sha256: string) => void;
}

/**
 * Signs the filed papers that wait for `role`: sign, check what was written, file, record, paper by paper. A stop, a power cut or a token
 * pulled out leaves whole papers signed, and running again goes on at the next.
 * @throws AppError `signing.notYourRole`, `signing.notWaiting`, those of the certificate check
 */
export async function signPapers(ctx: JobContext, { classId, role, signer, tsaUrl, onSigned }: SignOrder): Promise<SignedBatch> {
  const found = requireClass(ctx.db, classId);
  const isOwnClass = role !== 'homeroom' || ctx.session.user === 'cli' || found.homeroom_staff_id === ctx.session.staffId;
  if (!maySignAs(ctx.session, role) || !isOwnClass) throw new AppError('signing.notYourRole', { params: { role: text(`signing.role.${role}`) } });
  const papers = papersWaiting(ctx.db, classId, role);
  const first = papers[0];
  if (!first) throw new AppError('signing.notWaiting');
  const at = ctx.services.clock();
  await preflightCertificate(signer.certificate, signer.chain, { now: at, trust: trustAnchors(ctx.services.dataFolder), revocation: new RevocationChecker() });
  const certificate = readCertificate(signer.certificate);
  const { files, dataFolder } = ctx.services;
  const school = theSchool(ctx.db);
  const stamp = await batchStamp(files.get(first.file_sha256), { role, signer: certificate.subject.commonName, school: school.name, className: found.name, at }, stampImage(dataFolder, role, found.name));
  const byId = new Map(papers.map(paper => [paper.id, paper]));
  let done = 0;
  const batch = await signBatch(
    papers.map(paper => ({ id: paper.id, read: () => Promise.resolve(files.get(paper.file_sha256)) })),
    {
      field: role, stamp, signer, role, time: at, name: certificate.subject.commonName, reason: text(`signing.reason.${role}`), location: school.commune,
      ...(tsaUrl === null ? {} : { tsa: { url: tsaUrl } }),
    },
    {
      stopped: () => ctx.signal.aborted,
      save: (id, signed) => {
        const paper = byId.get(id);
        if (!paper) return Promise.reject(new Error('a paper outside the batch'));
        const sha256 = files.put(signed.pdf);
        record(ctx, paper, role, { signer: certificate.subject.commonName, certificate: certificate.sha256, signedAt: at, timestamp: signed.timestamp, sha256, classId });
        onSigned?.(paper, signed.pdf, sha256);
        done += 1;
        ctx.progress(done, papers.length, paper.name);
        return Promise.resolve();
      },
    },
  );
  ctx.progress(papers.length, papers.length, '');
  return {
    signed: batch.signed.length, timestampWaiting: batch.timestampWaiting, stopped: batch.stopped,
    failed: batch.failed.map(({ id, error, code, batchCanContinue }) => {
      const failure = toFailure(error);
      return { name: byId.get(id)?.name ?? '', code, why: failure.what, remedy: failure.remedy, batchCanContinue };
    }),
  };
}

interface SignedFacts {
  signer: string;
  certificate: string;
  signedAt: Date;
  timestamp: 'granted' | 'waiting' | 'none';
  sha256: string;
  classId: string;
}

function record(ctx: JobContext, paper: WaitingPaper, role: SignRole, facts: SignedFacts): void {
  ctx.write({ path: 'signed', reason: null }, write => {
    updateRecord(write.db, write.stamp, 'transcript', paper.id, paper.version, { state: stateAfter[role], file_sha256: facts.sha256 });
    insertRecord(write.db, write.stamp, 'transcript_signature', {
      transcript_id: paper.id, role, signer: facts.signer, certificate_sha256: facts.certificate, signed_at: facts.signedAt.toISOString(),
      timestamp: facts.timestamp, file_before: paper.file_sha256, file_after: facts.sha256,
    });
    write.changed('transcripts', facts.classId);
    write.changed('signing', facts.classId);
  });
}

/** The window's way: the token session was opened with a PIN that never came here. */
export async function signClass(ctx: JobContext, { classId, role, session }: CheckedInputOf<Signing['signClass']>): Promise<SignedBatch> {
  return signPapers(ctx, { classId, role, signer: await sessionSigner(ctx.services.token, session), tsaUrl: timestampAddress(ctx.db) });
}

/** A signer whose key stays on the token of an open session. */
export async function sessionSigner(token: TokenPort, session: string): Promise<Signer> {
  const { certificate, chain, keyType } = await token.certificate(session);
  return {
    certificate, keyType, chain: orderChain(readCertificate(certificate), chain.map(readCertificate)).map(({ der }) => der),
    sign: bytes => token.sign(session, bytes),
  };
}
