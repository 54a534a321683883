import { constants, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { DerNode } from './asn1-der.ts';
import { derChildren, DerError, derMembers, readOid } from './asn1-der.ts';
import type { DigestName } from './cms-oids.ts';
import { CMS_OID, DIGESTS, SIGNATURES } from './cms-oids.ts';

/** How a signature was made: enough to check it with Node's crypto. */
export interface SignatureAlgorithm {
  keyType: 'rsa' | 'ecdsa';
  digest: DigestName;
  pss: boolean;
  /** Bytes; only for PSS. */
  saltLength: number;
}

export function readDigestAlgorithm(node: DerNode | undefined): DigestName {
  const oid = readOid(derMembers(node)[0]);
  const digest = DIGESTS[oid];
  if (!digest) throw new DerError(`digest ${oid} not understood`);
  return digest;
}

/** An AlgorithmIdentifier; plain rsaEncryption takes its digest from beside it (RFC 3370, 3.2). Throws DerError for what is not understood. */
export function readSignatureAlgorithm(node: DerNode | undefined, besideDigest?: DigestName): SignatureAlgorithm {
  const [type, parameters] = derMembers(node);
  const oid = readOid(type);
  const known = SIGNATURES[oid];
  if (known) return { ...known, pss: false, saltLength: 0 };
  if (oid === CMS_OID.rsaEncryption && besideDigest) return { keyType: 'rsa', digest: besideDigest, pss: false, saltLength: 0 };
  if (oid === CMS_OID.rsaPss) return readPss(parameters);
  throw new DerError(`signature algorithm ${oid} not understood`);
}

/** RSASSA-PSS-params (RFC 4055, 3.1): [0] hash, [1] mask generation, [2] salt length, all with defaults from the age of SHA-1. */
function readPss(parameters: DerNode | undefined): SignatureAlgorithm {
  let digest: DigestName = 'sha1';
  let saltLength = 20;
  for (const part of parameters ? derMembers(parameters) : []) {
    const [inner] = derChildren(part.body);
    if (part.tag === 0xa0) digest = readDigestAlgorithm(inner);
    if (part.tag === 0xa1 && readDigestAlgorithm(derMembers(inner)[1]) !== digest) throw new DerError('PSS with two digests not understood');
    if (part.tag === 0xa2 && inner) saltLength = inner.body.readUIntBE(0, Math.min(inner.body.length, 4));
  }
  return { keyType: 'rsa', digest, pss: true, saltLength };
}

/** False also when the key is of another kind than the algorithm. */
export function signatureMatches(algorithm: SignatureAlgorithm, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  if ((key.asymmetricKeyType === 'ec') !== (algorithm.keyType === 'ecdsa')) return false;
  if (algorithm.keyType === 'rsa' && key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return false;
  try {
    if (!algorithm.pss) return verify(algorithm.digest, data, key, signature);
    return verify(algorithm.digest, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }, signature);
  } catch {
    return false;
  }
}
