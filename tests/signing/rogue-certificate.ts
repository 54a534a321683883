import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { derContext, derElement, derInteger, derOid, derSequence, derSetOf, DER_NULL } from '../../main/signing/asn1-der.ts';
import { readCertificate } from '../../main/signing/certificate-facts.ts';

/** A certificate signed with the key of someone who is no authority. */
export function issueCertificate(issuer: Uint8Array, issuerKey: KeyObject, publicKey: KeyObject, commonName: string): Uint8Array {
  const algorithm = derSequence(derOid('1.2.840.113549.1.1.11'), DER_NULL);
  const subject = derSequence(derSetOf(derSequence(derOid('2.5.4.3'), derElement(0x0c, Buffer.from(commonName)))));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const tbs = derSequence(derContext(0, derInteger(2)), derInteger(0x77), algorithm, readCertificate(issuer).subjectName, derSequence(utcTime(-1), utcTime(300)), subject, spki);
  const signature = sign('sha256', tbs, issuerKey);
  return derSequence(tbs, algorithm, derElement(3, Buffer.from([0]), signature));
}

function utcTime(days: number): Buffer {
  return derElement(0x17, Buffer.from(`${new Date(Date.now() + days * 86_400_000).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
}
