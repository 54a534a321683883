import { createPrivateKey, sign as signWithKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { AppError } from '../kit/errors.ts';
import { derMembers, derSequence, readDer } from './asn1-der.ts';
import { orderChain } from './certificate-chain.ts';
import { readCertificate } from './certificate-facts.ts';
import type { TokenClient } from './token-client.ts';
import type { TokenSession } from './token-protocol.ts';

/** Someone who can sign, wherever the key lives. */
export interface Signer {
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER of the authorities above, nearest first, as far as known. */
  readonly chain: Uint8Array[];
  readonly keyType: 'rsa' | 'ecdsa';
  /** SHA-256 with RSA PKCS#1 v1.5, or ECDSA as DER, over `tbs`. */
  sign(tbs: Uint8Array): Promise<Uint8Array>;
}

/** Signs with a key that stays on its token. `session` comes from {@link TokenClient.login}. */
export function tokenSigner(client: TokenClient, session: TokenSession): Signer {
  const chain = orderChain(readCertificate(session.certificate), session.chain.map(readCertificate));
  return {
    certificate: session.certificate,
    chain: chain.map(({ der }) => der),
    keyType: session.keyType,
    sign: (tbs) => client.sign(session.id, tbs),
  };
}

/**
 * Signs with a PKCS#12 file (.p12, .pfx). Throws `signing.passwordWrong`, `signing.pkcs12Unreadable`, or `signing.pkcs12Incomplete`
 * when the file lacks the key or its certificate.
 */
export function softwareSigner(pkcs12: Uint8Array, password: string): Signer {
  const { key, certificates } = openPkcs12(pkcs12, password);
  const privateKey = key && createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const facts = certificates.map(readCertificate);
  const own = privateKey && facts.find(({ x509 }) => x509.checkPrivateKey(privateKey));
  if (!own || own.keyType === 'other') throw new AppError('signing.pkcs12Incomplete', { batchCanContinue: false });
  return {
    certificate: own.der,
    chain: orderChain(own, facts).map(({ der }) => der),
    keyType: own.keyType,
    sign: (tbs) => signInSoftware(privateKey, tbs),
  };
}

function signInSoftware(key: KeyObject, tbs: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    signWithKey('sha256', tbs, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

/** node-forge opens the container; it cannot read EC keys and certificates, so the raw DER of both is taken out. */
function openPkcs12(bytes: Uint8Array, password: string): { key: Buffer | undefined; certificates: Buffer[] } {
  const container = decryptPkcs12(bytes, password);
  const { certBag = '', pkcs8ShroudedKeyBag = '', keyBag = '' } = forge.pki.oids;
  const bags = (type: string): forge.pkcs12.Bag[] => container.getBags({ bagType: type })[type] ?? [];
  const certificates = bags(certBag).map((bag) => (bag.cert ? exactCertificate(bag.cert) : forgeDer(bag.asn1)));
  const [keyEntry] = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)];
  if (!keyEntry) return { key: undefined, certificates };
  return { key: keyEntry.key ? forgeDer(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(keyEntry.key))) : forgeDer(keyEntry.asn1), certificates };
}

const wrongPassword = /invalid password|MAC could not be verified/i;

function decryptPkcs12(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    const container = forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'));
    try {
      return forge.pkcs12.pkcs12FromAsn1(container, password);
    } catch (thrown) {
      // The check sum takes the password as UTF-16, modern encryption as UTF-8; node-forge knows only one form. The check sum was
      // right when decryption is reached, so it is left out of the second pass. A wrong form does not always fail to decrypt: one
      // time in four its padding passes, and what follows cannot be read.
      if (isFailure(thrown, wrongPassword) || Buffer.byteLength(password) === password.length || !Array.isArray(container.value)) throw thrown;
      container.value.splice(2);
      return forge.pkcs12.pkcs12FromAsn1(container, forge.util.encodeUtf8(password));
    }
  } catch (cause) {
    throw new AppError(isFailure(cause, wrongPassword) ? 'signing.passwordWrong' : 'signing.pkcs12Unreadable', { batchCanContinue: false, cause });
  }
}

function isFailure(thrown: unknown, pattern: RegExp): boolean {
  return thrown instanceof Error && pattern.test(thrown.message);
}

/**
 * node-forge writes the outer signature algorithm anew, not always as the authority wrote it. It must equal the one inside the signed
 * part (RFC 5280, 4.1.1.2), from which it is taken back.
 */
function exactCertificate(certificate: forge.pki.Certificate): Buffer {
  const [signed, , signature] = derMembers(readDer(forgeDer(forge.pki.certificateToAsn1(certificate))));
  const parts = derMembers(signed);
  const algorithm = parts[parts[0]?.tag === 0xa0 ? 2 : 1];
  if (!signed || !signature || !algorithm) throw new AppError('signing.pkcs12Unreadable', { batchCanContinue: false });
  return derSequence(signed.raw, algorithm.raw, signature.raw);
}

function forgeDer(node: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1');
}
