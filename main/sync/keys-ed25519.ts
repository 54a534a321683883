import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { AppError } from '../kit/errors.ts';

/** A new Ed25519 key (RFC 8032); its public half is {@link publicHalf}. */
export function newSigningKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

export function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'public' ? key : createPublicKey(key);
}

/** PKCS#8 PEM, as `openssl pkey` reads it. */
export function privateKeyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** SubjectPublicKeyInfo PEM. */
export function publicKeyPem(key: KeyObject): string {
  return publicHalf(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** @throws AppError `enrolment.keyForm` when it is no Ed25519 private key */
export function privateKeyFromPem(pem: string): KeyObject {
  return ed25519(() => createPrivateKey(pem));
}

/** @throws AppError `enrolment.keyForm` when it is no Ed25519 public key */
export function publicKeyFromPem(pem: string): KeyObject {
  // createPublicKey would also take a private key and derive from it: a private key in a file that travels must be noticed, not accepted.
  if (pem.includes('PRIVATE KEY')) throw new AppError('enrolment.keyForm');
  return ed25519(() => createPublicKey(pem));
}

/** 64 bytes, over exactly `bytes`. */
export function signBytes(bytes: Uint8Array, key: KeyObject): Buffer {
  return sign(null, bytes, key);
}

export function verifyBytes(bytes: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return signature.length === 64 && verify(null, bytes, publicHalf(key), signature);
}

/**
 * What two people read to each other: eight groups of four hex digits, the first 128 bits of SHA-256 over the public key's DER. Anyone can compute it:
 * `openssl pkey -pubin -in key.pem -outform DER | sha256sum`.
 */
export function keyFingerprint(key: KeyObject): string {
  const digest = createHash('sha256').update(publicHalf(key).export({ type: 'spki', format: 'der' })).digest('hex').toUpperCase();
  return (digest.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

function ed25519(make: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = make();
  } catch (fault) {
    throw new AppError('enrolment.keyForm', { cause: fault });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new AppError('enrolment.keyForm');
  return key;
}
