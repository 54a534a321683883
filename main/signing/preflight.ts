import { createHash } from 'node:crypto';
import { AppError } from '../kit/errors.ts';
import { issuedBy, pemCertificates } from './certificate-chain.ts';
import { certificateProblems, daysLeft, readCertificate } from './certificate-facts.ts';
import type { RevocationChecker } from './revocation.ts';
import type { TokenClient } from './token-client.ts';
import type { TokenSession } from './token-protocol.ts';
import type { Reason } from './verify-reasons.ts';
import { printDay, reason } from './verify-reasons.ts';

export interface PreflightOptions {
  now: Date;
  /** PEM of trusted authorities; the issuer is looked for here and in the token's own chain. */
  trust: string;
  /** Undefined: revocation is not asked about (the school is offline). */
  revocation?: RevocationChecker;
}

export interface Preflight {
  /** Whole days until the certificate ends. */
  daysLeft: number;
  /** What does not stop signing but should be shown. */
  warnings: Reason[];
}

/**
 * What a token does not check: it signs with an expired, revoked or unfit certificate without a word. Throws
 * `signing.certificateExpired`, `signing.certificateNotYetValid`, `signing.certificateKeyUsage`, `signing.certificateKeyType`,
 * `signing.certificateRevoked`; none of them lets a batch go on.
 */
export async function preflightCertificate(certificate: Uint8Array, chain: Uint8Array[], { now, trust, revocation }: PreflightOptions): Promise<Preflight> {
  const facts = readCertificate(certificate);
  const params = { subject: facts.subject.commonName, from: printDay(facts.validFrom), to: printDay(facts.validTo) };
  const [problem] = certificateProblems(facts, now);
  if (problem) throw new AppError(`signing.${PROBLEM_CODES[problem]}`, { params, batchCanContinue: false });
  const warnings: Reason[] = [];
  const issuer = [...pemCertificates(trust), ...chain].map(readCertificate).find((candidate) => issuedBy(facts, candidate));
  if (!issuer) warnings.push(reason('chainUntrusted', { subject: facts.issuer.commonName }));
  else if (revocation) {
    const answer = await revocation.check(facts, issuer, now);
    if (answer.status === 'revoked') throw new AppError('signing.certificateRevoked', { params: { ...params, at: printDay(answer.at) }, batchCanContinue: false });
    if (answer.status === 'unreachable') warnings.push(reason('revocationUnreachable', { subject: params.subject }));
    if (answer.status === 'untrusted') warnings.push(reason('revocationUntrusted', { subject: params.subject }));
    if (answer.status === 'notOffered') warnings.push(reason('revocationNotOffered', { subject: params.subject }));
  }
  return { daysLeft: daysLeft(facts, now), warnings };
}

const PROBLEM_CODES = { expired: 'certificateExpired', notYetValid: 'certificateNotYetValid', keyUsage: 'certificateKeyUsage', keyType: 'certificateKeyType' } as const;

/**
 * The same for a token that is logged in: reads the certificate from the slot again, so that a token changed since the choice was
 * made is noticed before it signs. Throws `token.certificateMissing` as well.
 */
export async function preflightToken(client: TokenClient, module: string, session: TokenSession, options: PreflightOptions): Promise<Preflight> {
  const sha256 = createHash('sha256').update(session.certificate).digest('hex');
  const tokens = await client.list(module);
  const present = tokens.some(({ certificates }) => certificates.some((certificate) => certificate.sha256 === sha256));
  if (!present) throw new AppError('token.certificateMissing', { params: { sha256 }, batchCanContinue: false });
  return preflightCertificate(session.certificate, session.chain, options);
}
