import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto';
import type { KeyObject as Key } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

/** Where the authority says that its services are; see {@link startSigningServers}. */
export interface PkiAddresses {
  ocspUrl: string;
  publishUrl: string;
}

export interface LeafRequest {
  commonName: string;
  organization?: string;
  unit?: string;
  publicKey: Key;
  /** Days from now; defaults −30 and +700. */
  from?: number;
  to?: number;
  usage?: 'signing' | 'keyEncipherment' | 'none';
  extendedUsage?: { oid: string; critical: boolean };
  /** Without the addresses of OCSP and CRL. */
  silent?: boolean;
}

/** A certificate authority for tests: a root, an issuing authority, a timestamp and an OCSP signer. Its files lie in `folder` for OpenSSL. */
export interface FakePki {
  folder: string;
  rootPem: string;
  /** The root as a PEM file, for `openssl -CAfile`. */
  rootFile: string;
  issuingFile: string;
  issuing: Uint8Array;
  issue(request: LeafRequest): Promise<Uint8Array>;
  /** Listed as revoked in OCSP and in the CRL from now on. */
  revoke(certificate: Uint8Array, at?: Date): Promise<void>;
  /** A PKCS#12 file with the whole chain. */
  pkcs12(name: string, certificate: Uint8Array, key: Key, password: string): Uint8Array;
}

const OID = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  unit: '2.5.4.11',
  country: '2.5.4.6',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectKey: '2.5.29.14',
  authorityKey: '2.5.29.35',
  crl: '2.5.29.31',
  info: '1.3.6.1.5.5.7.1.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
  caIssuers: '1.3.6.1.5.5.7.48.2',
};

const DAY = 86_400_000;

interface Authority {
  certificate: pkijs.Certificate;
  key: webcrypto.CryptoKey;
}

export async function buildFakePki(folder: string, addresses: PkiAddresses): Promise<FakePki> {
  const file = (name: string): string => path.join(folder, name);
  let lastSerial = 0x1000;
  const index: string[] = [];
  const revoked: { certificate: pkijs.Certificate; at: Date }[] = [];

  const build = async (subject: Record<string, string>, publicKey: Key, days: [number, number], extensions: pkijs.Extension[], issuer?: Authority): Promise<pkijs.Certificate> => {
    const certificate = new pkijs.Certificate();
    certificate.version = 2;
    certificate.serialNumber = new asn1js.Integer({ value: ++lastSerial });
    certificate.notBefore.value = new Date(Date.now() + days[0] * DAY);
    certificate.notAfter.value = new Date(Date.now() + days[1] * DAY);
    for (const [type, value] of Object.entries(subject)) {
      certificate.subject.typesAndValues.push(new pkijs.AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) }));
    }
    certificate.subjectPublicKeyInfo = pkijs.PublicKeyInfo.fromBER(Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })));
    certificate.issuer = issuer ? issuer.certificate.subject : certificate.subject;
    const authorityKey = (issuer?.certificate ?? certificate).subjectPublicKeyInfo;
    certificate.extensions = [
      ...extensions,
      extension(OID.subjectKey, false, new asn1js.OctetString({ valueHex: keyId(certificate.subjectPublicKeyInfo) })),
      extension(OID.authorityKey, false, new asn1js.Sequence({ value: [new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: keyId(authorityKey) })] })),
    ];
    return certificate;
  };
  const keep = (name: string, certificate: pkijs.Certificate): void => {
    writeFileSync(file(`${name}.der`), der(certificate));
    writeFileSync(file(`${name}.pem`), new X509Certificate(der(certificate)).toString());
  };
  const newAuthority = async (name: string, commonName: string, pathLength: number, issuer?: Authority): Promise<Authority> => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = await importSigner(pair.privateKey);
    const certificate = await build({ [OID.commonName]: commonName, [OID.organization]: 'CHỈ ĐỂ THỬ', [OID.country]: 'VN' }, pair.publicKey, [-3650, 3650], [basicConstraints(true, pathLength), keyUsage(0x06)], issuer);
    await certificate.sign((issuer?.key ?? key) as CryptoKey, 'SHA-256');
    keep(name, certificate);
    return { certificate, key };
  };

  const root = await newAuthority('root', 'Root CA giả lập', 1);
  const issuing = await newAuthority('issuing', 'CA cấp chứng thư giả lập', 0, root);

  const issue = async (request: LeafRequest): Promise<pkijs.Certificate> => {
    const subject: Record<string, string> = { [OID.commonName]: request.commonName };
    if (request.unit) subject[OID.unit] = request.unit;
    subject[OID.organization] = request.organization ?? 'Trường THCS Lê Quý Đôn';
    subject[OID.country] = 'VN';
    const extensions = [basicConstraints(false)];
    if (request.usage !== 'none') extensions.push(keyUsage(request.usage === 'keyEncipherment' ? 0x20 : 0xc0));
    if (request.extendedUsage) extensions.push(extension(OID.extendedKeyUsage, request.extendedUsage.critical, new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: request.extendedUsage.oid })] })));
    if (!request.silent) extensions.push(...serviceAddresses(addresses));
    const certificate = await build(subject, request.publicKey, [request.from ?? -30, request.to ?? 700], extensions, issuing);
    await certificate.sign(issuing.key as CryptoKey, 'SHA-256');
    index.push(indexLine('V', certificate));
    writeFileSync(file('index.txt'), index.join(''));
    return certificate;
  };

  const publishCrl = async (name: string, authority: Authority, entries: typeof revoked): Promise<void> => {
    const crl = new pkijs.CertificateRevocationList();
    crl.version = 1;
    crl.issuer = authority.certificate.subject;
    crl.thisUpdate = new pkijs.Time({ type: 0, value: new Date(Date.now() - 3_600_000) });
    crl.nextUpdate = new pkijs.Time({ type: 0, value: new Date(Date.now() + 7 * DAY) });
    if (entries.length > 0) crl.revokedCertificates = entries.map((entry) => new pkijs.RevokedCertificate({ userCertificate: entry.certificate.serialNumber, revocationDate: new pkijs.Time({ type: 0, value: entry.at }) }));
    await crl.sign(authority.key as CryptoKey, 'SHA-256');
    writeFileSync(file(`${name}.crl`), Buffer.from(crl.toSchema(true).toBER()));
  };

  for (const [name, commonName, extendedUsage] of [
    ['tsa', 'Dấu thời gian giả lập', { oid: '1.3.6.1.5.5.7.3.8', critical: true }],
    ['ocsp', 'OCSP giả lập', { oid: '1.3.6.1.5.5.7.3.9', critical: false }],
    ['stranger', 'Người lạ', undefined],
  ] as const) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    keep(name, await issue({ commonName, publicKey: pair.publicKey, organization: 'CHỈ ĐỂ THỬ', ...(extendedUsage ? { extendedUsage } : {}) }));
    writeFileSync(file(`${name}.key`), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  await publishCrl('root', root, []);
  await publishCrl('issuing', issuing, []);
  writeFileSync(
    file('tsa.cnf'),
    `[tsa]\ndefault_tsa=t\n[t]\nserial=${file('tsa-serial')}\nsigner_cert=${file('tsa.pem')}\nsigner_key=${file('tsa.key')}\ncerts=${file('issuing.pem')}\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n`,
  );
  writeFileSync(file('tsa-serial'), '01\n');

  return {
    folder,
    rootPem: new X509Certificate(der(root.certificate)).toString(),
    rootFile: file('root.pem'),
    issuingFile: file('issuing.pem'),
    issuing: der(issuing.certificate),
    issue: async (request) => der(await issue(request)),
    revoke: async (bytes, at = new Date(Date.now() - 3_600_000)) => {
      const certificate = pkijs.Certificate.fromBER(Uint8Array.from(bytes));
      const line = index.indexOf(indexLine('V', certificate));
      index[line] = indexLine('R', certificate, at);
      writeFileSync(file('index.txt'), index.join(''));
      revoked.push({ certificate, at });
      await publishCrl('issuing', issuing, revoked);
    },
    pkcs12: (name, certificate, key, password) => {
      writeFileSync(file(`${name}.pem`), new X509Certificate(certificate).toString());
      writeFileSync(file(`${name}.key`), key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
      return execFileSync('openssl', ['pkcs12', '-export', '-in', file(`${name}.pem`), '-inkey', file(`${name}.key`), '-certfile', file('issuing.pem'), '-passout', `pass:${password}`]);
    },
  };
}

function der(certificate: pkijs.Certificate): Buffer {
  return Buffer.from(certificate.toSchema(true).toBER());
}

function importSigner(key: Key): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, ['sign']);
}

function uri(value: string): pkijs.GeneralName {
  return new pkijs.GeneralName({ type: 6, value });
}

function extension(extnID: string, critical: boolean, value: asn1js.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
}

function basicConstraints(authority: boolean, pathLength?: number): pkijs.Extension {
  return extension(OID.basicConstraints, true, new pkijs.BasicConstraints(authority ? { cA: true, pathLenConstraint: pathLength ?? 0 } : {}).toSchema());
}

/** First byte of the KeyUsage bits: 0x80 digitalSignature, 0x40 nonRepudiation, 0x20 keyEncipherment, 0x04 keyCertSign, 0x02 cRLSign. */
function keyUsage(bits: number): pkijs.Extension {
  return extension(OID.keyUsage, true, new asn1js.BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits: 0 }));
}

function serviceAddresses({ ocspUrl, publishUrl }: PkiAddresses): pkijs.Extension[] {
  const access = new pkijs.InfoAccess({
    accessDescriptions: [new pkijs.AccessDescription({ accessMethod: OID.ocsp, accessLocation: uri(ocspUrl) }), new pkijs.AccessDescription({ accessMethod: OID.caIssuers, accessLocation: uri(`${publishUrl}/issuing.der`) })],
  });
  const points = new pkijs.CRLDistributionPoints({ distributionPoints: [new pkijs.DistributionPoint({ distributionPoint: [uri(`${publishUrl}/issuing.crl`)] })] });
  return [extension(OID.info, false, access.toSchema()), extension(OID.crl, false, points.toSchema())];
}

function keyId(key: pkijs.PublicKeyInfo): ArrayBuffer {
  return Uint8Array.from(createHash('sha1').update(key.subjectPublicKey.valueBlock.valueHexView).digest()).buffer;
}

/** A line of OpenSSL's index file: state, expiry, revocation, serial, file, subject. */
function indexLine(state: 'V' | 'R', certificate: pkijs.Certificate, at?: Date): string {
  const serial = Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex').toUpperCase();
  return `${state}\t${indexTime(certificate.notAfter.value)}\t${at ? `${indexTime(at)},keyCompromise` : ''}\t${serial}\tunknown\t/CN=${serial}\n`;
}

function indexTime(at: Date): string {
  return `${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`;
}
