import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import { partyId, rfc3339 } from './package-format.ts';
import { keyFingerprint, publicKeyFromPem, publicKeyPem, signBytes, verifyBytes } from './keys-ed25519.ts';
import { canonicalBytes, parseDocument, signDocument, verifyDocument } from './keys-signed-json.ts';

export const schoolEnrolmentFormat = 'so-truong-school/1';

const enrolmentDocument = z.strictObject({
  format: z.literal(schoolEnrolmentFormat),
  school: partyId,
  name: z.string().min(1).max(200),
  device: partyId,
  publicKey: z.string().max(1000),
  createdAt: rfc3339,
  /** On rotation: the key before, and its signature over everything but `replaces` and `signature`. */
  replaces: z.strictObject({ publicKey: z.string().max(1000), signature: z.base64() }).nullable(),
  signature: z.base64(),
});

export interface SchoolEnrolment {
  school: string;
  name: string;
  device: string;
  key: KeyObject;
  /** As read aloud; see `keyFingerprint`. */
  fingerprint: string;
  /** The key before this one, when the file proves that its holder made the change. */
  replaces: KeyObject | null;
}

/**
 * The file a school hands to its authority: who it is and its public package key, signed by that key. `packageKey` and `replaces` are private keys;
 * with `replaces`, the key used until now, it is a rotation.
 */
export function writeSchoolEnrolment(request: { school: string; name: string; device: string; packageKey: KeyObject; createdAt: string; replaces?: KeyObject }): { text: string; fingerprint: string } {
  const content = {
    format: schoolEnrolmentFormat,
    school: request.school,
    name: request.name.normalize('NFC'),
    device: request.device,
    publicKey: publicKeyPem(request.packageKey),
    createdAt: request.createdAt,
  };
  const replaces = request.replaces === undefined
    ? null
    : { publicKey: publicKeyPem(request.replaces), signature: signBytes(canonicalBytes(content), request.replaces).toString('base64') };
  const document = signDocument({ ...content, replaces }, request.packageKey);
  if (!enrolmentDocument.safeParse(document).success) throw new AppError('enrolment.form');
  return { text: `${JSON.stringify(document, null, 2)}\n`, fingerprint: keyFingerprint(request.packageKey) };
}

/** Reads what {@link writeSchoolEnrolment} wrote. @throws AppError `enrolment.form`, `enrolment.keyForm`, `enrolment.signature` */
export function readSchoolEnrolment(text: string): SchoolEnrolment {
  const form = enrolmentDocument.safeParse(parseDocument(text));
  if (!form.success) throw new AppError('enrolment.form');
  const document = form.data;
  const key = publicKeyFromPem(document.publicKey);
  if (!verifyDocument(document, key)) throw new AppError('enrolment.signature');
  const { replaces, signature: _signature, ...content } = document;
  const before = replaces === null ? null : publicKeyFromPem(replaces.publicKey);
  if (before !== null && !verifyBytes(canonicalBytes(content), Buffer.from(replaces?.signature ?? '', 'base64'), before)) throw new AppError('enrolment.signature');
  return { school: document.school, name: document.name, device: document.device, key, fingerprint: keyFingerprint(key), replaces: before };
}
