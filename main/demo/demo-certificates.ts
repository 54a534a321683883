import { createHash, generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface SoftwareCertificate {
  /** PKCS#12, for the software signer. */
  pkcs12: Uint8Array;
  password: string;
  /** SHA-256 of the certificate, hex. */
  sha256: string;
}

export interface DemoAuthority {
  /** The demo's own root, PEM: trusted by nobody but this demo. */
  rootPem: string;
  issue(name: string, unit: string, organisation: string): SoftwareCertificate;
}

const PASSWORD = 'truong-mau';
const DAY_MS = 86_400_000;

/** A certificate authority that exists for one run of the demo. Its certificates say that they are samples. */
export function demoAuthority(now: Date): DemoAuthority {
  const rootKeys = keyPair();
  const rootName = [words('CN', 'Sổ Trường - Chứng thư mẫu'), country];
  const root = certificate('01', rootKeys.publicKey, now, 3650);
  root.setSubject(rootName);
  root.setIssuer(rootName);
  root.setExtensions([{ name: 'basicConstraints', cA: true, critical: true }, { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }, { name: 'subjectKeyIdentifier' }]);
  root.sign(rootKeys.privateKey, forge.md.sha256.create());
  let serial = 1;
  return {
    rootPem: forge.pki.certificateToPem(root),
    issue: (name, unit, organisation) => {
      serial += 1;
      const keys = keyPair();
      const leaf = certificate(serial.toString(16).padStart(2, '0'), keys.publicKey, now, 365);
      leaf.setSubject([words('CN', name), words('OU', unit), words('O', organisation), country]);
      leaf.setIssuer(root.subject.attributes);
      leaf.setExtensions([
        { name: 'basicConstraints', cA: false, critical: true }, { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
        { name: 'subjectKeyIdentifier' },
      ]);
      leaf.sign(rootKeys.privateKey, forge.md.sha256.create());
      const pkcs12 = forge.asn1.toDer(forge.pkcs12.toPkcs12Asn1(keys.privateKey, [leaf, root], PASSWORD, { algorithm: 'aes256' })).getBytes();
      const der = Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(leaf)).getBytes(), 'latin1');
      return { pkcs12: Buffer.from(pkcs12, 'latin1'), password: PASSWORD, sha256: createHash('sha256').update(der).digest('hex') };
    },
  };
}

const country: forge.pki.CertificateField = { shortName: 'C', value: 'VN' };

/** UTF8String: the default PrintableString has no Vietnamese letters. */
function words(shortName: string, value: string): forge.pki.CertificateField {
  return { shortName, value, valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class };
}

function certificate(serial: string, publicKey: forge.pki.PublicKey, now: Date, days: number): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.serialNumber = serial;
  made.publicKey = publicKey;
  made.validity.notBefore = new Date(now.getTime() - DAY_MS);
  made.validity.notAfter = new Date(now.getTime() + days * DAY_MS);
  return made;
}

/** Node makes RSA keys in a blink; forge alone takes seconds. */
function keyPair(): { privateKey: forge.pki.rsa.PrivateKey; publicKey: forge.pki.rsa.PublicKey } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  return { privateKey: forge.pki.privateKeyFromPem(privateKey), publicKey: forge.pki.publicKeyFromPem(publicKey) };
}
