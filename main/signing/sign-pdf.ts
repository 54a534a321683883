import { createHash } from 'node:crypto';
import { AppError } from '../kit/errors.ts';
import { signatureFields } from '../kit/pdf/acro-form-fields.ts';
import { PdfSyntaxError } from '../kit/pdf/pdf-objects.ts';
import { PdfSnapshot } from '../kit/pdf/pdf-snapshot.ts';
import type { SignatureWords } from '../kit/pdf/signature-placeholder.ts';
import { embedSignature, prepareDocumentTimestamp, prepareSignature, signedDigest } from '../kit/pdf/signature-placeholder.ts';
import type { Stamp } from '../kit/pdf/signature-stamp.ts';
import { buildCms, estimateCmsBytes } from './cms-build.ts';
import { checkIntegrity } from './pdf-signature-integrity.ts';
import type { Signer } from './signer.ts';
import type { TimestampService } from './timestamp-client.ts';
import { requestTimestamp } from './timestamp-client.ts';

export interface SignRequest extends SignatureWords {
  pdf: Uint8Array;
  /** Name of the empty signature field. */
  field: string;
  /** Built once per batch with `buildStamp`; without it the signature is invisible (an empty field keeps its empty look). */
  stamp?: Stamp;
  signer: Signer;
  tsa?: TimestampService;
}

export interface SignedPdf {
  pdf: Buffer;
  /** `waiting`: the service did not answer, the signature is complete without it and the timestamp can be fetched later. */
  timestamp: 'granted' | 'waiting' | 'none';
  /** Why it is waiting: `signing.tsaUnreachable` or `signing.tsaRefused`. */
  timestampFault?: AppError;
}

/** Room kept for the CMS. A timestamp token brings its own chain. */
const ROOM = 8_192;
const LARGE_ROOM = 16_384;
const TIMESTAMP_BYTES = 6_000;

/**
 * Signs one of our own PDFs in its empty field: PAdES B-B, or B-T when `tsa` answers. The result starts with the bytes of `pdf`, and
 * has been read back and checked before it is handed out. Throws `signing.*`, `token.*`, `pdf.unreadable`.
 */
export async function signPdf(request: SignRequest): Promise<SignedPdf> {
  const { pdf, field, signer, stamp, tsa } = request;
  const prepared = prepareSignature(pdf, field, request, roomFor(signer, tsa !== undefined), stamp);
  const outcome = newOutcome(tsa);
  const cms = await buildCms(signer, signedDigest(prepared), tsa && ((signature) => tryTimestamp(tsa, signature, prepared.room - estimateCmsBytes(signer), outcome)));
  const signed = embedSignature(prepared, cms);
  checkWritten(pdf, signed, field, signer.certificate);
  return { pdf: signed, ...outcome };
}

/**
 * Fetches the timestamp that a signed paper waits for: a document timestamp over the whole file, appended like a signature. It proves
 * the time of every signature before it. Throws `signing.tsaUnreachable`, `signing.tsaRefused`, `signing.contentsTooSmall`.
 */
export async function timestampPdf(pdf: Uint8Array, tsa: TimestampService): Promise<Buffer> {
  const prepared = prepareDocumentTimestamp(pdf, LARGE_ROOM);
  const stamped = embedSignature(prepared, await requestTimestamp(tsa, signedDigest(prepared)));
  checkWritten(pdf, stamped, prepared.fieldName, undefined);
  return stamped;
}

export function roomFor(signer: Signer, withTimestamp: boolean): number {
  const needed = estimateCmsBytes(signer) + (withTimestamp ? TIMESTAMP_BYTES : 0);
  return needed <= ROOM ? ROOM : LARGE_ROOM;
}

export type TimestampOutcome = Pick<SignedPdf, 'timestamp' | 'timestampFault'>;

export function newOutcome(tsa: TimestampService | undefined): TimestampOutcome {
  return { timestamp: tsa ? 'waiting' : 'none' };
}

/** A missing timestamp never costs the signature: the outcome says that it is waiting, and why. */
export async function tryTimestamp(tsa: TimestampService, signature: Uint8Array, room: number, outcome: TimestampOutcome): Promise<Uint8Array | undefined> {
  try {
    const token = await requestTimestamp(tsa, createHash('sha256').update(signature).digest());
    if (token.length > room) throw new AppError('signing.tsaRefused', { params: { url: tsa.url, detail: `${token.length} > ${room} byte` } });
    outcome.timestamp = 'granted';
    return token;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    outcome.timestampFault = thrown;
    return undefined;
  }
}

/**
 * Reads the signed file as a stranger would: old bytes untouched, this field signed, by this certificate (when given), over everything,
 * and the signature holds. Throws `signing.checkFailed`; such a file must not be kept.
 */
export function checkWritten(before: Uint8Array, signed: Buffer, fieldName: string, certificate: Uint8Array | undefined): void {
  if (Buffer.compare(signed.subarray(0, before.length), before) !== 0) fail('prefix');
  try {
    const snapshot = new PdfSnapshot(signed);
    const field = signatureFields(snapshot).find(({ name }) => name === fieldName);
    if (!field?.signature) return fail('field');
    const { problems, coveredEnd, cms } = checkIntegrity(snapshot, field);
    if (problems.length > 0) fail(problems.join(', '));
    if (coveredEnd !== signed.length) fail('byteRange');
    if (!cms?.signer || (certificate && Buffer.compare(cms.signer.der, certificate) !== 0)) fail('certificate');
  } catch (thrown) {
    if (thrown instanceof PdfSyntaxError) fail(thrown.message);
    throw thrown;
  }
}

function fail(detail: string): never {
  throw new AppError('signing.checkFailed', { params: { detail } });
}
