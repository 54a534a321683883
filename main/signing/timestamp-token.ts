import { createHash } from 'node:crypto';
import { DerError, derMembers, readDer, TAG } from './asn1-der.ts';
import { EKU } from './certificate-facts.ts';
import type { CmsProblem, CmsSignature } from './cms-read.ts';
import { checkCms, readCms } from './cms-read.ts';
import type { DigestName } from './cms-oids.ts';
import { CMS_OID } from './cms-oids.ts';
import { readDigestAlgorithm } from './signature-algorithm.ts';

/** An RFC 3161 timestamp token. */
export interface TimestampToken {
  cms: CmsSignature;
  time: Date;
  digest: DigestName;
  imprint: Buffer;
  nonce: Buffer | undefined;
}

/** Reads a token; throws {@link DerError} when it is not one. */
export function readTimestampToken(der: Uint8Array): TimestampToken {
  const cms = readCms(der);
  if (cms.contentType !== CMS_OID.timestampInfo || !cms.content) throw new DerError('not a timestamp token');
  const [, , imprint, , ...rest] = derMembers(readDer(cms.content));
  const [algorithm, hash] = derMembers(imprint);
  const time = rest.find(({ tag }) => tag === TAG.generalizedTime);
  // After the time: accuracy (SEQUENCE), ordering (BOOLEAN), nonce (the only INTEGER at this level).
  const nonce = time && rest.slice(rest.indexOf(time) + 1).find(({ tag }) => tag === TAG.integer);
  if (hash?.tag !== TAG.octetString || !time) throw new DerError('not a timestamp token');
  return { cms, time: generalizedTime(time.body.toString('latin1')), digest: readDigestAlgorithm(algorithm), imprint: hash.body, nonce: nonce?.body };
}

function generalizedTime(text: string): Date {
  const [, year, month, day, hour, minute, second, fraction = ''] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text) ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(time.getTime())) throw new DerError('bad time in a timestamp');
  return time;
}

export type TimestampProblem = CmsProblem | 'imprintWrong' | 'notATimestampCertificate' | 'notValidThen';

/** What is wrong with a token as a proof that `data` existed at its time; who the service is must still be traced to an anchor. */
export function checkTimestampToken(token: TimestampToken, digestOf: (name: DigestName) => Uint8Array): TimestampProblem[] {
  const { cms, imprint, digest, time } = token;
  const problems: TimestampProblem[] = [...checkCms(cms, (name) => createHash(name).update(cms.content ?? Buffer.alloc(0)).digest())];
  if (!imprint.equals(digestOf(digest))) problems.push('imprintWrong');
  if (cms.signer) {
    // RFC 3161, 2.3: this usage and no other.
    if (cms.signer.extendedKeyUsage?.length !== 1 || cms.signer.extendedKeyUsage[0] !== EKU.timeStamping) problems.push('notATimestampCertificate');
    if (time < cms.signer.validFrom || time > cms.signer.validTo) problems.push('notValidThen');
  }
  return problems;
}
