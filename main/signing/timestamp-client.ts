import { randomBytes } from 'node:crypto';
import { AppError } from '../kit/errors.ts';
import { DER_TRUE, DerError, derInteger, derMembers, derOctets, derOid, derSequence, readDer } from './asn1-der.ts';
import { CMS_OID } from './cms-oids.ts';
import type { TimestampToken } from './timestamp-token.ts';
import { checkTimestampToken, readTimestampToken } from './timestamp-token.ts';

export interface TimestampService {
  url: string;
  /** Milliseconds for one attempt; default 10,000. */
  timeout?: number;
  /** Shared by the papers of a batch: after {@link GIVE_UP_AFTER} failures in a row the service is not asked again. */
  attempts?: { failedInARow: number };
}

/** A class of forty papers must not wait forty times for a service that is down. */
const GIVE_UP_AFTER = 2;

/** More than any token with its certificates. */
const MAX_ANSWER = 256 * 1024;

/**
 * Asks an RFC 3161 service for a token over data with the SHA-256 `imprint`, and checks the answer before trusting it: status, nonce, imprint, and the token's
 * own signature. Throws `signing.tsaUnreachable` or `signing.tsaRefused`.
 */
export async function requestTimestamp(service: TimestampService, imprint: Uint8Array): Promise<Buffer> {
  // Top bit clear, next set: a positive number of a fixed length.
  const nonce = randomBytes(8);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const query = derSequence(derInteger(1), derSequence(derSequence(derOid(CMS_OID.sha256)), derOctets(imprint)), derInteger(nonce), DER_TRUE);
  const answer = await post(service, query);
  try {
    const { raw, token } = readAnswer(answer);
    if (!token.nonce?.equals(nonce)) throw new DerError('the answer is to another question (nonce)');
    const problems = checkTimestampToken(token, (name) => (name === 'sha256' ? imprint : Buffer.alloc(0)));
    if (problems.length > 0) throw new DerError(problems.join(', '));
    return raw;
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause;
    throw new AppError('signing.tsaRefused', { params: { url: service.url, detail: cause.message }, cause });
  }
}

async function post({ url, timeout = 10_000, attempts }: TimestampService, body: Buffer): Promise<Buffer> {
  try {
    if (attempts && attempts.failedInARow >= GIVE_UP_AFTER) throw new Error('not asked again in this batch');
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: Uint8Array.from(body), signal: AbortSignal.timeout(timeout), redirect: 'follow' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const answer = Buffer.from(await response.arrayBuffer());
    if (answer.length > MAX_ANSWER) throw new Error('answer too long');
    if (attempts) attempts.failedInARow = 0;
    return answer;
  } catch (cause) {
    if (attempts) attempts.failedInARow++;
    throw new AppError('signing.tsaUnreachable', { params: { url, detail: cause instanceof Error ? cause.message : String(cause) }, cause });
  }
}

/** PKIStatus 0 granted, 1 granted with modifications; everything else comes without a token (RFC 3161, 2.4.2). */
function readAnswer(answer: Buffer): { raw: Buffer; token: TimestampToken } {
  const [status, token] = derMembers(readDer(answer));
  const code = derMembers(status)[0]?.body[0] ?? -1;
  if (code > 1 || code < 0 || !token) throw new DerError(`status ${code}`);
  return { raw: token.raw, token: readTimestampToken(token.raw) };
}
