import { createHash } from 'node:crypto';
import type { DerNode } from './asn1-der.ts';
import { berToDer, derChildren, derElement, DerError, derMembers, readDer, readOid, TAG } from './asn1-der.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { readCertificate } from './certificate-facts.ts';
import type { DigestName } from './cms-oids.ts';
import { CMS_OID, DIGESTS } from './cms-oids.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';
import { readDigestAlgorithm, readSignatureAlgorithm, signatureMatches } from './signature-algorithm.ts';

/** A CMS SignedData with its one signer (RFC 5652). */
export interface CmsSignature {
  contentType: string;
  /** The signed content when it is inside (timestamps); undefined when detached. */
  content: Buffer | undefined;
  certificates: CertificateFacts[];
  /** Found among the certificates by what the signer info says. */
  signer: CertificateFacts | undefined;
  digest: DigestName;
  algorithm: SignatureAlgorithm;
  signature: Buffer;
  signedAttributes: { encoded: Buffer; values: Map<string, DerNode> };
  /** RFC 3161 tokens over the signature value. */
  timestamps: Buffer[];
}

/** Reads a CMS at the start of `bytes`; padding may follow. Anything not understood throws {@link DerError}. */
export function readCms(bytes: Uint8Array): CmsSignature {
  try {
    return parseCms(readDer(bytes));
  } catch (thrown) {
    if (!(thrown instanceof DerError)) throw thrown;
    return parseCms(readDer(berToDer(bytes).der));
  }
}

function parseCms(root: DerNode): CmsSignature {
  const [type, wrapper] = derMembers(root);
  if (readOid(type) !== CMS_OID.signedData || wrapper?.tag !== 0xa0) throw new DerError('not signed data');
  const fields = derMembers(derChildren(wrapper.body)[0]);
  const content = derMembers(fields[2]);
  const bag = fields.find((field) => field.tag === 0xa0);
  const certificates = bag ? derChildren(bag.body).flatMap((node) => (node.tag === TAG.sequence ? [readCertificate(node.raw)] : [])) : [];
  const signerInfos = derMembers(fields.at(-1), TAG.set);
  const [signerInfo] = signerInfos;
  if (!signerInfo || signerInfos.length > 1) throw new DerError(`${signerInfos.length} signers in one signature`);
  return { contentType: readOid(content[0]), content: embeddedContent(content[1]), certificates, ...readSignerInfo(signerInfo, certificates) };
}

function embeddedContent(wrapper: DerNode | undefined): Buffer | undefined {
  if (!wrapper) return undefined;
  const [octets] = derChildren(wrapper.body);
  if (octets?.tag !== TAG.octetString) throw new DerError('content is no octet string');
  return octets.body;
}

function readSignerInfo(node: DerNode, certificates: CertificateFacts[]): Pick<CmsSignature, 'signer' | 'digest' | 'algorithm' | 'signature' | 'signedAttributes' | 'timestamps'> {
  const fields = derMembers(node);
  const [, identifier, digestAlgorithm] = fields;
  const signed = fields[3]?.tag === 0xa0 ? fields[3] : undefined;
  const unsigned = fields.find((field) => field.tag === 0xa1);
  const rest = fields.slice(3).filter((field) => field !== signed && field !== unsigned);
  const [algorithmNode, signatureNode] = rest;
  if (!signed) throw new DerError('signature without signed attributes');
  if (!identifier || signatureNode?.tag !== TAG.octetString || rest.length !== 2) throw new DerError('bad signer info');
  const digest = readDigestAlgorithm(digestAlgorithm);
  return {
    signer: findSigner(identifier, certificates),
    digest,
    algorithm: readSignatureAlgorithm(algorithmNode, digest),
    signature: signatureNode.body,
    signedAttributes: { encoded: derElement(TAG.set, signed.body), values: readAttributes(signed) },
    timestamps: unsigned ? timestampTokens(unsigned) : [],
  };
}

function findSigner(identifier: DerNode, certificates: CertificateFacts[]): CertificateFacts | undefined {
  if (identifier.tag !== TAG.sequence) throw new DerError('signer named by key identifier');
  const [issuer, serial] = derMembers(identifier);
  return certificates.find((facts) => issuer?.raw.equals(facts.issuerName) && serial?.raw.equals(facts.serialNumber));
}

/** Each attribute once, each with one value, as RFC 5652, 11 demands of those that are looked at. */
function readAttributes(node: DerNode): Map<string, DerNode> {
  const values = new Map<string, DerNode>();
  for (const attribute of derChildren(node.body)) {
    const [type, set] = derMembers(attribute);
    const oid = readOid(type);
    const [value] = derMembers(set, TAG.set);
    if (values.has(oid) || !value) throw new DerError(`attribute ${oid} repeated or empty`);
    values.set(oid, value);
  }
  return values;
}

function timestampTokens(node: DerNode): Buffer[] {
  return derChildren(node.body).flatMap((attribute) => {
    const [type, set] = derMembers(attribute);
    return readOid(type) === CMS_OID.signatureTimestamp ? derMembers(set, TAG.set).map((value) => value.raw) : [];
  });
}

/** What is wrong with a signature as such, before anyone asks who the signer is. */
export type CmsProblem = 'contentChanged' | 'signatureWrong' | 'signerMissing' | 'certificateSwapped' | 'attributesWrong';

/**
 * Checks content digest, signature value and that the certificate is the one the signer meant.
 * `digestOf` gives the digest of the detached (or embedded) content under the named algorithm.
 */
export function checkCms(cms: CmsSignature, digestOf: (name: DigestName) => Buffer): CmsProblem[] {
  const { signer, signedAttributes } = cms;
  if (!signer) return ['signerMissing'];
  const problems: CmsProblem[] = [];
  const { values, encoded } = signedAttributes;
  const stated = values.get(CMS_OID.messageDigest);
  const type = values.get(CMS_OID.contentType);
  if (stated?.tag !== TAG.octetString || !type || readOid(type) !== cms.contentType) problems.push('attributesWrong');
  else if (!stated.body.equals(digestOf(cms.digest))) problems.push('contentChanged');
  if (!signatureMatches(cms.algorithm, encoded, signer.publicKey, cms.signature)) problems.push('signatureWrong');
  if (!signingCertificateMatches(values, signer)) problems.push('certificateSwapped');
  return problems;
}

/** True when the attribute is absent (adbe.pkcs7.detached need not carry it) or names exactly this certificate. */
function signingCertificateMatches(values: Map<string, DerNode>, signer: CertificateFacts): boolean {
  const v2 = values.get(CMS_OID.signingCertificateV2);
  const v1 = values.get(CMS_OID.signingCertificate);
  if (v2) {
    const members = derMembers(derMembers(derMembers(v2)[0])[0]);
    const stated = members[0]?.tag === TAG.sequence ? DIGESTS[readOid(derMembers(members[0])[0])] : 'sha256';
    const hash = members.find((member) => member.tag === TAG.octetString);
    if (!stated || !hash) return false;
    return hash.body.toString('hex') === (stated === 'sha256' ? signer.sha256 : createHash(stated).update(signer.der).digest('hex'));
  }
  if (v1) {
    const [hash] = derMembers(derMembers(derMembers(v1)[0])[0]);
    return hash !== undefined && createHash('sha1').update(signer.der).digest().equals(hash.body);
  }
  return true;
}
