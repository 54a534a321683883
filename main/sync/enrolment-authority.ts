import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import { ageRecipient, rfc3339 } from './package-format.ts';
import { keyFingerprint, publicKeyFromPem, publicKeyPem, signBytes, verifyBytes } from './keys-ed25519.ts';
import { canonicalBytes, parseDocument, signDocument, verifyDocument } from './keys-signed-json.ts';

export const authorityFormat = 'so-truong-authority/1';

const recipientPeriod = z.strictObject({ recipient: ageRecipient, validFrom: rfc3339, validTo: rfc3339.nullable() });
const succession = z.strictObject({ from: z.string().max(1000), to: z.string().max(1000), signature: z.base64() });

const authorityDocument = z.strictObject({
  format: z.literal(authorityFormat),
  name: z.string().max(200),
  /** Ed25519: signs this document and the receipts. Schools pin it at enrolment. */
  rootKey: z.string().max(1000),
  /** Root keys before this one, oldest first; each signed its successor. */
  succession: z.array(succession).max(32),
  recipients: z.array(recipientPeriod).min(1).max(32),
  issuedAt: rfc3339,
  signature: z.base64(),
});

/** When packages may be encrypted to `recipient` (an age public key). `validTo` null: until further notice. RFC 3339. */
export type RecipientPeriod = z.infer<typeof recipientPeriod>;
/** One root key handing over to the next: `signature` (base64) by `from` over canonical `{ from, to }`. PEM. */
export type KeySuccession = z.infer<typeof succession>;

export interface AuthorityKeys {
  name: string;
  rootKey: KeyObject;
  fingerprint: string;
  /** Whose signature a receipt may bear: the root key and those it succeeded. */
  receiptKeys: KeyObject[];
  recipients: RecipientPeriod[];
  /** Who handed over to whom, already checked. */
  succession: KeySuccession[];
  issuedAt: string;
}

/** The authority's public keys, signed by its root key: the enrolment file, and the answer of `GET /v1/keys`. `rootKey` is private. */
export function writeAuthorityKeys(keys: { name: string; rootKey: KeyObject; succession: readonly KeySuccession[]; recipients: readonly RecipientPeriod[]; issuedAt: string }): { text: string; fingerprint: string } {
  const document = signDocument({ ...keys, format: authorityFormat, name: keys.name.normalize('NFC'), rootKey: publicKeyPem(keys.rootKey) }, keys.rootKey);
  return { text: `${JSON.stringify(document, null, 2)}\n`, fingerprint: keyFingerprint(keys.rootKey) };
}

/**
 * Reads the authority's public keys and checks that they are signed by the root key they name. Whether that root is the right one is settled by
 * reading `fingerprint` aloud. @throws AppError `enrolment.form`, `enrolment.keyForm`, `enrolment.signature`
 */
export function readAuthorityKeys(text: string): AuthorityKeys {
  const form = authorityDocument.safeParse(parseDocument(text));
  if (!form.success) throw new AppError('enrolment.form');
  const document = form.data;
  const rootKey = publicKeyFromPem(document.rootKey);
  if (!verifyDocument(document, rootKey)) throw new AppError('enrolment.signature');
  let newest: KeyObject | undefined;
  const before: KeyObject[] = [];
  for (const step of document.succession) {
    const from = publicKeyFromPem(step.from);
    const to = publicKeyFromPem(step.to);
    const inOrder = newest === undefined || newest.equals(from);
    if (!inOrder || !verifyBytes(successionBytes(from, to), Buffer.from(step.signature, 'base64'), from)) throw new AppError('enrolment.signature');
    before.push(from);
    newest = to;
  }
  if (newest !== undefined && !newest.equals(rootKey)) throw new AppError('enrolment.signature');
  return {
    name: document.name,
    rootKey,
    fingerprint: keyFingerprint(rootKey),
    receiptKeys: [rootKey, ...before.toReversed()],
    recipients: document.recipients,
    succession: document.succession,
    issuedAt: document.issuedAt,
  };
}

/**
 * Takes newer keys of an authority the school already trusts, without another reading aloud: the same root, or one that the pinned root handed over to.
 * @throws AppError `enrolment.otherAuthority`, `enrolment.olderKeys`, and what {@link readAuthorityKeys} throws
 */
export function renewAuthorityKeys(pinned: AuthorityKeys, text: string): AuthorityKeys {
  const offered = readAuthorityKeys(text);
  if (!offered.receiptKeys.some((key) => key.equals(pinned.rootKey))) throw new AppError('enrolment.otherAuthority', { params: { fingerprint: offered.fingerprint } });
  // An old document would bring a withdrawn key back.
  if (Date.parse(offered.issuedAt) < Date.parse(pinned.issuedAt)) throw new AppError('enrolment.olderKeys');
  return offered;
}

/** The root key `from` (private) hands over to `to`. */
export function handOver(from: KeyObject, to: KeyObject): KeySuccession {
  return { from: publicKeyPem(from), to: publicKeyPem(to), signature: signBytes(successionBytes(from, to), from).toString('base64') };
}

/** The age public keys to encrypt a package to at `at`. @throws AppError `enrolment.noRecipient` when all have ended */
export function recipientsAt(keys: AuthorityKeys, at: Date): string[] {
  // Not `validFrom`: a school PC whose clock is behind must still be able to send.
  const valid = keys.recipients.filter(({ validTo }) => validTo === null || at.getTime() < Date.parse(validTo));
  if (valid.length === 0) throw new AppError('enrolment.noRecipient');
  return valid.map(({ recipient }) => recipient);
}

function successionBytes(from: KeyObject, to: KeyObject): Buffer {
  return canonicalBytes({ from: publicKeyPem(from), to: publicKeyPem(to) });
}
