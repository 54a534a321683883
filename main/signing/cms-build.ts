import { DER_NULL, derContext, derElement, derInteger, derOctets, derOid, derSequence, derSetOf, TAG } from './asn1-der.ts';
import { readCertificate } from './certificate-facts.ts';
import { CMS_OID } from './cms-oids.ts';
import type { Signer } from './signer.ts';

/** RFC 5754, 2: SHA-256 without parameters. */
const SHA256_ALGORITHM = derSequence(derOid(CMS_OID.sha256));
const RSA_SHA256 = derSequence(derOid(CMS_OID.rsaSha256), DER_NULL);
const ECDSA_SHA256 = derSequence(derOid(CMS_OID.ecdsaSha256));
const DATA = derOid(CMS_OID.data);
const SIGNED_DATA = derOid(CMS_OID.signedData);
const MESSAGE_DIGEST = derOid(CMS_OID.messageDigest);
const DIGEST_ALGORITHMS = derSetOf(SHA256_ALGORITHM);
const CONTENT_TYPE = attribute(derOid(CMS_OID.contentType), DATA);

/** What stays the same for every paper of one signer. */
interface SignerParts {
  identifier: Buffer;
  signingCertificate: Buffer;
  certificates: Buffer;
  algorithm: Buffer;
}

const parts = new WeakMap<Signer, SignerParts>();

function attribute(oid: Uint8Array, value: Uint8Array): Buffer {
  return derSequence(oid, derElement(TAG.set, value));
}

function partsOf(signer: Signer): SignerParts {
  let found = parts.get(signer);
  if (!found) {
    const { sha256, issuerName, serialNumber } = readCertificate(signer.certificate);
    // ESSCertIDv2 with the default algorithm SHA-256 left out, as DER demands (RFC 5035, 4).
    const certId = derSequence(derOctets(Buffer.from(sha256, 'hex')), derSequence(derSequence(derContext(4, issuerName)), serialNumber));
    found = {
      identifier: derSequence(issuerName, serialNumber),
      signingCertificate: attribute(derOid(CMS_OID.signingCertificateV2), derSequence(derSequence(certId))),
      certificates: derContext(0, ...[signer.certificate, ...signer.chain].toSorted((a, b) => Buffer.compare(a, b))),
      algorithm: signer.keyType === 'rsa' ? RSA_SHA256 : ECDSA_SHA256,
    };
    parts.set(signer, found);
  }
  return found;
}

/** Bytes of a CMS of this signer without timestamp, rounded up: how much room a paper must keep for it. */
export function estimateCmsBytes(signer: Signer): number {
  return partsOf(signer).certificates.length + partsOf(signer).signingCertificate.length + partsOf(signer).identifier.length + 1024;
}

/**
 * A detached CAdES-BES signature (ETSI EN 319 122-1, profile of PAdES B-B): signed attributes content-type, message-digest and
 * signing-certificate-v2. No signing-time: in a PDF the /M entry carries it (ETSI EN 319 142-1, 6.3).
 * `digest` is the SHA-256 of the signed bytes. `timestamp` gets the signature value and may answer an RFC 3161 token.
 */
export async function buildCms(signer: Signer, digest: Uint8Array, timestamp?: (signature: Uint8Array) => Promise<Uint8Array | undefined>): Promise<Buffer> {
  const own = partsOf(signer);
  const attributes = [CONTENT_TYPE, attribute(MESSAGE_DIGEST, derOctets(digest)), own.signingCertificate].toSorted((a, b) => Buffer.compare(a, b));
  // Signed as a SET OF, stored under [0] (RFC 5652, 5.4).
  const signature = await signer.sign(derElement(TAG.set, ...attributes));
  const token = await timestamp?.(signature);
  const signerInfo = derSequence(
    derInteger(1),
    own.identifier,
    SHA256_ALGORITHM,
    derContext(0, ...attributes),
    own.algorithm,
    derOctets(signature),
    ...(token ? [derContext(1, attribute(derOid(CMS_OID.signatureTimestamp), token))] : []),
  );
  const signedData = derSequence(derInteger(1), DIGEST_ALGORITHMS, derSequence(DATA), own.certificates, derElement(TAG.set, signerInfo));
  return derSequence(SIGNED_DATA, derContext(0, signedData));
}
