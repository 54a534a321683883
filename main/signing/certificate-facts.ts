import { hash, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { DerNode } from './asn1-der.ts';
import { derChildren, DerError, derMembers, readDer, readOid, TAG } from './asn1-der.ts';

export type KeyType = 'rsa' | 'ecdsa' | 'other';

export interface DistinguishedName {
  commonName: string;
  organization: string;
  unit: string;
}

/** What the program needs to know of one certificate (RFC 5280), read once. */
export interface CertificateFacts {
  der: Buffer;
  x509: X509Certificate;
  /** SHA-256 of the DER, lower-case hex: the thumbprint by which a certificate is chosen. */
  sha256: string;
  subject: DistinguishedName;
  issuer: DistinguishedName;
  /** Hex, upper case, as the certificate authority prints it. */
  serial: string;
  validFrom: Date;
  validTo: Date;
  keyType: KeyType;
  keyBits: number;
  publicKey: KeyObject;
  /** Undefined when the certificate does not restrict its use. */
  keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** Object identifiers; undefined when absent. */
  extendedKeyUsage: readonly string[] | undefined;
  authority: boolean;
  /** How many authorities may follow below this one; undefined is no limit. */
  pathLength: number | undefined;
  ocspUrls: readonly string[];
  crlUrls: readonly string[];
  issuerUrls: readonly string[];
  /** Raw DER for CMS and OCSP. */
  issuerName: Buffer;
  subjectName: Buffer;
  serialNumber: Buffer;
  /** Contents of the public key BIT STRING without its unused-bits byte, as OCSP hashes it. */
  publicKeyBits: Buffer;
  /** Critical extensions that this program does not understand. */
  unknownCritical: readonly string[];
  selfIssued: boolean;
}

const KEY_USAGES = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly'] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export const EKU = { timeStamping: '1.3.6.1.5.5.7.3.8', ocspSigning: '1.3.6.1.5.5.7.3.9' } as const;

const OID = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  unit: '2.5.4.11',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  crlDistribution: '2.5.29.31',
  extendedKeyUsage: '2.5.29.37',
  authorityInfo: '1.3.6.1.5.5.7.1.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
  caIssuers: '1.3.6.1.5.5.7.48.2',
} as const;

/** Understood, or without effect on signing: names, policies, key identifiers. Name constraints are not: they would have to be applied. */
const HANDLED = new Set<string>([OID.keyUsage, OID.basicConstraints, OID.crlDistribution, OID.extendedKeyUsage, OID.authorityInfo, '2.5.29.14', '2.5.29.35', '2.5.29.17', '2.5.29.32', '1.3.6.1.5.5.7.48.1.5', '1.3.6.1.5.5.7.1.3']);

const cache = new Map<string, CertificateFacts>();

/** Reads a DER certificate. Throws {@link DerError}. Certificates met lately are kept: a batch meets the same ones in every paper. */
export function readCertificate(der: Uint8Array): CertificateFacts {
  const key = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
  const known = cache.get(key);
  if (known) return known;
  const facts = parseCertificate(Buffer.from(der));
  if (cache.size >= 500) cache.clear();
  cache.set(key, facts);
  return facts;
}

function parseCertificate(der: Buffer): CertificateFacts {
  const { x509, publicKey } = openCertificate(der);
  const [tbs] = derMembers(readDer(der));
  const parts = derMembers(tbs);
  const base = parts[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer, , subject, spki] = parts.slice(base);
  if (!serial || !issuer || !subject || !spki) throw new DerError('not a certificate');
  const extensions = readExtensions(parts.find((part) => part.tag === 0xa3));
  return {
    der,
    x509,
    sha256: hash('sha256', der),
    subject: readName(subject),
    issuer: readName(issuer),
    serial: x509.serialNumber,
    validFrom: x509.validFromDate,
    validTo: x509.validToDate,
    keyType: publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : publicKey.asymmetricKeyType === 'ec' ? 'ecdsa' : 'other',
    keyBits: publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    publicKey,
    ...extensions,
    issuerName: issuer.raw,
    subjectName: subject.raw,
    serialNumber: serial.raw,
    publicKeyBits: (derMembers(spki)[1]?.body ?? Buffer.alloc(1)).subarray(1),
    selfIssued: issuer.raw.equals(subject.raw),
  };
}

/** OpenSSL's own view of it; what OpenSSL refuses is refused here. */
function openCertificate(der: Buffer): { x509: X509Certificate; publicKey: KeyObject } {
  try {
    const x509 = new X509Certificate(der);
    return { x509, publicKey: x509.publicKey };
  } catch (cause) {
    throw new DerError(`certificate refused: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function readName(name: DerNode): DistinguishedName {
  const found: DistinguishedName = { commonName: '', organization: '', unit: '' };
  for (const set of derMembers(name)) {
    for (const pair of derMembers(set, TAG.set)) {
      const [type, value] = derMembers(pair);
      const oid = readOid(type);
      if (oid === OID.commonName) found.commonName = readText(value);
      if (oid === OID.organization) found.organization = readText(value);
      if (oid === OID.unit) found.unit ||= readText(value);
    }
  }
  return found;
}

/** UTF8String and the ASCII kinds read as UTF-8; BMPString (0x1e), which older Vietnamese certificates use, is UTF-16BE. */
function readText(node: DerNode | undefined): string {
  if (!node) return '';
  if (node.tag === 0x1e) return Buffer.from(node.body.subarray(0, node.body.length & ~1)).swap16().toString('utf16le').normalize('NFC');
  return node.body.toString('utf8').normalize('NFC');
}

type ExtensionFacts = Pick<CertificateFacts, 'keyUsage' | 'extendedKeyUsage' | 'authority' | 'pathLength' | 'ocspUrls' | 'crlUrls' | 'issuerUrls' | 'unknownCritical'>;

function readExtensions(wrapper: DerNode | undefined): ExtensionFacts {
  const facts = {
    keyUsage: undefined as Set<KeyUsage> | undefined,
    extendedKeyUsage: undefined as string[] | undefined,
    authority: false,
    pathLength: undefined as number | undefined,
    ocspUrls: [] as string[],
    crlUrls: [] as string[],
    issuerUrls: [] as string[],
    unknownCritical: [] as string[],
  };
  if (!wrapper) return facts;
  for (const extension of derMembers(derChildren(wrapper.body)[0])) {
    const parts = derMembers(extension);
    const oid = readOid(parts[0]);
    const critical = parts[1]?.tag === TAG.boolean && parts[1].body[0] !== 0;
    const value = readDer(parts.at(-1)?.body ?? Buffer.alloc(0));
    if (critical && !HANDLED.has(oid)) facts.unknownCritical.push(oid);
    if (oid === OID.keyUsage) facts.keyUsage = readKeyUsage(value);
    else if (oid === OID.extendedKeyUsage) facts.extendedKeyUsage = derMembers(value).map(readOid);
    else if (oid === OID.basicConstraints) {
      const members = derMembers(value);
      facts.authority = members[0]?.tag === TAG.boolean && members[0].body[0] !== 0;
      const limit = members.find((member) => member.tag === TAG.integer);
      if (limit) facts.pathLength = limit.body.readUIntBE(0, Math.min(limit.body.length, 4));
    } else if (oid === OID.crlDistribution) facts.crlUrls.push(...urlsInside(value));
    else if (oid === OID.authorityInfo) {
      for (const access of derMembers(value)) {
        const [method, location] = derMembers(access);
        if (location?.tag !== 0x86) continue;
        if (readOid(method) === OID.ocsp) facts.ocspUrls.push(location.body.toString('latin1'));
        if (readOid(method) === OID.caIssuers) facts.issuerUrls.push(location.body.toString('latin1'));
      }
    }
  }
  return facts;
}

function readKeyUsage(value: DerNode): Set<KeyUsage> {
  const bits = value.body.subarray(1);
  return new Set(KEY_USAGES.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0));
}

/** All uniformResourceIdentifier names ([6]) of the distribution points. */
function urlsInside(node: DerNode): string[] {
  if (node.tag === 0x86) return [node.body.toString('latin1')];
  return node.tag & 0x20 ? derChildren(node.body).flatMap(urlsInside) : [];
}

/** Why a certificate must not be used to sign at `now`, as far as the certificate itself tells. */
export type CertificateProblem = 'expired' | 'notYetValid' | 'keyUsage' | 'keyType';

/** A token signs with any of these without a word: the program has to look first. */
export function certificateProblems(facts: CertificateFacts, now: Date): CertificateProblem[] {
  const problems: CertificateProblem[] = [];
  if (now < facts.validFrom) problems.push('notYetValid');
  if (now > facts.validTo) problems.push('expired');
  if (facts.keyUsage && !facts.keyUsage.has('digitalSignature') && !facts.keyUsage.has('nonRepudiation')) problems.push('keyUsage');
  if (facts.keyType === 'other') problems.push('keyType');
  return problems;
}

/** Whole days from `now` to the end of validity; negative once expired. */
export function daysLeft(facts: CertificateFacts, now: Date): number {
  return Math.floor((facts.validTo.getTime() - now.getTime()) / 86_400_000);
}
