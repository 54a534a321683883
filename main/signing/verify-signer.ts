import { isKind } from '../kit/pdf/pdf-objects.ts';
import type { PdfValue } from '../kit/pdf/pdf-objects.ts';
import type { DerNode } from './asn1-der.ts';
import { buildChain } from './certificate-chain.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { CMS_OID } from './cms-oids.ts';
import type { SignatureIntegrity } from './pdf-signature-integrity.ts';
import type { RevocationChecker } from './revocation.ts';
import type { TimestampToken } from './timestamp-token.ts';
import type { Reason } from './verify-reasons.ts';
import { printDay, reason } from './verify-reasons.ts';

export interface SignerContext {
  anchors: CertificateFacts[];
  /** Undefined: revocation is not asked about. */
  revocation: RevocationChecker | undefined;
  now: Date;
  /** Earliest trusted document timestamp that covers this signature. */
  provedBy?: Date | undefined;
}

export interface SignerCheck {
  reasons: Reason[];
  path: CertificateFacts[];
  time: Date | undefined;
  timeTrusted: boolean;
}

/** How far ahead of us another computer's clock may be. */
const CLOCK_SKEW = 10 * 60_000;

/** Who signed and when: chain, validity at that time, key usage, revocation, timestamp. */
export async function checkSigner(integrity: SignatureIntegrity, context: SignerContext): Promise<SignerCheck> {
  const { cms, timestamp } = integrity;
  const signer = cms?.signer;
  const reasons: Reason[] = [];
  const trustedTime = (timestamp && trustedTimestamp(timestamp, context, reasons)) ?? usefulProof(context.provedBy, signer);
  const claimed = claimedTime(integrity);
  if (!signer) return { reasons, path: [], time: trustedTime ?? claimed, timeTrusted: trustedTime !== undefined };
  const at = trustedTime ?? claimed ?? context.now;
  if (!trustedTime) {
    reasons.push(reason('timeUntrusted'));
    if (claimed && claimed.getTime() > context.now.getTime() + CLOCK_SKEW) reasons.push(reason('timeInFuture'));
  }
  checkValidity(signer, at, trustedTime !== undefined, context.now, reasons);
  if (integrity.kind === 'signature' && signer.keyUsage && !signer.keyUsage.has('digitalSignature') && !signer.keyUsage.has('nonRepudiation')) reasons.push(reason('keyUsage'));
  if (cms.digest === 'sha1' || cms.algorithm.digest === 'sha1') reasons.push(reason('weakDigest'));
  if (signer.keyType === 'rsa' && signer.keyBits < 2048) reasons.push(reason('weakKey', { bits: signer.keyBits }));
  const { path, problems } = buildChain(signer, cms.certificates, context.anchors, at);
  reasons.push(...problems.map((code) => reason(code, { subject: path.at(-1)?.issuer.commonName ?? '' })));
  if (problems.length === 0) reasons.push(...(await checkRevocation(path, at, trustedTime !== undefined, context)));
  return { reasons, path, time: trustedTime ?? claimed, timeTrusted: trustedTime !== undefined };
}

/** That a signature existed at a time after its certificate ended says nothing about when it was made. */
function usefulProof(provedBy: Date | undefined, signer: CertificateFacts | undefined): Date | undefined {
  return provedBy && signer && provedBy <= signer.validTo ? provedBy : undefined;
}

/** The time of a token whose service can be traced to an anchor; otherwise the reason why not. */
export function trustedTimestamp(token: TimestampToken, { anchors, now }: Pick<SignerContext, 'anchors' | 'now'>, reasons: Reason[] = []): Date | undefined {
  const service = token.cms.signer;
  if (!service) return undefined;
  const { problems } = buildChain(service, token.cms.certificates, anchors, token.time);
  if (problems.length === 0 && token.time.getTime() <= now.getTime() + CLOCK_SKEW) return token.time;
  reasons.push(reason('timestampUntrusted', { service: service.subject.commonName }));
  return undefined;
}

function checkValidity({ validFrom, validTo }: CertificateFacts, at: Date, trusted: boolean, now: Date, reasons: Reason[]): void {
  if (at < validFrom) reasons.push(reason('certificateNotYetValid', { from: printDay(validFrom) }));
  else if (at > validTo) reasons.push(reason('certificateExpired', { to: printDay(validTo) }));
  else if (!trusted && now > validTo) reasons.push(reason('certificateExpiredSince', { to: printDay(validTo) }));
}

/** Every certificate below the anchor that names a service; only the signer's own must name one. */
async function checkRevocation(path: CertificateFacts[], at: Date, trusted: boolean, { revocation, now }: SignerContext): Promise<Reason[]> {
  if (!revocation) return [reason('revocationNotChecked')];
  const reasons: Reason[] = [];
  for (const [index, certificate] of path.entries()) {
    const issuer = path[index + 1];
    if (!issuer) break;
    const subject = certificate.subject.commonName;
    const answer = await revocation.check(certificate, issuer, now);
    if (answer.status === 'revoked') {
      // Signed before, by a time that is proved, and not because the key was stolen: the signature stands.
      const before = trusted && at < answer.at && !answer.keyCompromise;
      reasons.push(reason(before ? 'revokedLater' : 'revoked', { subject, at: printDay(answer.at) }));
    } else if (answer.status === 'unreachable') reasons.push(reason('revocationUnreachable', { subject }));
    else if (answer.status === 'untrusted') reasons.push(reason('revocationUntrusted', { subject }));
    else if (answer.status === 'notOffered' && index === 0) reasons.push(reason('revocationNotOffered', { subject }));
  }
  return reasons;
}

/** What the signer's computer said: /M of the dictionary, or the signing-time attribute. */
function claimedTime({ field, cms }: SignatureIntegrity): Date | undefined {
  return pdfTime(field.signature?.entries.get('M')) ?? cmsTime(cms?.signedAttributes.values.get(CMS_OID.signingTime));
}

function pdfTime(value: PdfValue | undefined): Date | undefined {
  if (!isKind(value, 'string')) return undefined;
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?)?/.exec(Buffer.from(value.bytes).toString('latin1'));
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, sign, hours = '00', minutes = '00'] = match;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign ? `${sign}${hours}:${minutes}` : 'Z'}`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** UTCTime (two-digit year, 50 and above being 19xx) or GeneralizedTime. */
function cmsTime(node: DerNode | undefined): Date | undefined {
  const digits = node && /^(\d{12}|\d{14})Z$/.exec(node.body.toString('latin1'))?.[1];
  if (!digits) return undefined;
  const full = digits.length === 14 ? digits : `${Number(digits.slice(0, 2)) >= 50 ? '19' : '20'}${digits}`;
  const time = new Date(full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(time.getTime()) ? undefined : time;
}
