import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pkcs11 from 'pkcs11js';
import type { Handle, PKCS11, Template } from 'pkcs11js';
import type { FakePki, LeafRequest } from './pki.ts';
import { buildFakePki } from './pki.ts';
import type { SigningServers } from './signing-servers.ts';
import { startSigningServers } from './signing-servers.ts';

export const PIN = '123456';
const SO_PIN = '87654321';
const SOFTHSM = '/usr/lib/softhsm/libsofthsm2.so';

/** P-256 and P-384 as CKA_EC_PARAMS. */
const CURVES = { p256: '06082a8648ce3d030107', p384: '06052b81040022' };

interface FakeKey {
  kind: 'rsa' | keyof typeof CURVES;
  alwaysAuthenticate?: boolean;
  /** Certificates that share this key. */
  certificates: Partial<Record<CertificateName, Omit<LeafRequest, 'publicKey'>>>;
}

export type CertificateName = 'homeroom' | 'principal' | 'principalEc' | 'seal' | 'expired' | 'notYetValid' | 'keyUsage' | 'revoked' | 'alwaysAsks';

const PRINCIPAL = { commonName: 'Nguyễn Thị Hồng Hạnh', unit: 'Hiệu trưởng' };

const TOKENS: { label: string; keys: FakeKey[] }[] = [
  { label: 'GIAO VIEN', keys: [{ kind: 'rsa', certificates: { homeroom: { commonName: 'Trần Văn Bình', unit: 'Giáo viên chủ nhiệm 9A' } } }] },
  {
    label: 'HIEU TRUONG',
    keys: [
      {
        kind: 'rsa',
        certificates: { principal: PRINCIPAL, expired: { ...PRINCIPAL, from: -400, to: -10 }, notYetValid: { ...PRINCIPAL, from: 30, to: 400 }, keyUsage: { ...PRINCIPAL, usage: 'keyEncipherment' }, revoked: PRINCIPAL },
      },
      { kind: 'p384', certificates: { principalEc: PRINCIPAL } },
      { kind: 'rsa', alwaysAuthenticate: true, certificates: { alwaysAsks: PRINCIPAL } },
    ],
  },
  { label: 'CON DAU', keys: [{ kind: 'p256', certificates: { seal: { commonName: 'TRƯỜNG THCS LÊ QUÝ ĐÔN', unit: 'Văn thư' } } }] },
];

export interface SigningWorld {
  folder: string;
  pki: FakePki;
  servers: SigningServers;
  /** The PKCS#11 driver of the fake tokens. */
  module: string;
  /** Environment in which that driver finds them. */
  env: NodeJS.ProcessEnv;
  /** Where the tokens live: renaming this folder away is pulling them out. */
  tokenFolder: string;
  certificates: Record<CertificateName, { der: Uint8Array; sha256: string }>;
  /** Builds the driver that shows faults SoftHSM cannot; `control(lines)` sets them, see pkcs11-fault.c. */
  faultModule(): { module: string; env: NodeJS.ProcessEnv; control(lines: string): void };
  close(): Promise<void>;
}

/** Three tokens (homeroom teacher, principal, school seal) with keys made on them, their authority, and its services on loopback. */
export async function buildSigningWorld(): Promise<SigningWorld> {
  if (!existsSync(SOFTHSM)) throw new Error('SoftHSM is missing: apt-get install softhsm2');
  const folder = mkdtempSync(path.join(tmpdir(), 'so-truong-tokens-'));
  const tokenFolder = path.join(folder, 'tokens');
  mkdirSync(tokenFolder);
  const conf = path.join(folder, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${tokenFolder}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const env = { ...process.env, SOFTHSM2_CONF: conf };
  const servers = await startSigningServers(folder);
  const pki = await buildFakePki(folder, servers);
  for (const { label } of TOKENS) execFileSync('softhsm2-util', ['--init-token', '--free', '--label', label, '--so-pin', SO_PIN, '--pin', PIN], { env, stdio: 'pipe' });
  process.env.SOFTHSM2_CONF = conf;
  const certificates = await fillTokens(pki);
  await pki.revoke(certificates.revoked.der);
  return {
    folder,
    pki,
    servers,
    module: SOFTHSM,
    env,
    tokenFolder,
    certificates,
    faultModule: () => buildFaultModule(folder, env),
    close: async () => {
      await servers.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function fillTokens(pki: FakePki): Promise<SigningWorld['certificates']> {
  const found = {} as SigningWorld['certificates'];
  const native = new pkcs11.PKCS11();
  native.load(SOFTHSM);
  native.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK });
  try {
    for (const slot of native.C_GetSlotList(true)) {
      const token = TOKENS.find(({ label }) => label === native.C_GetTokenInfo(slot).label.trim());
      if (!token) continue;
      const session = native.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
      native.C_Login(session, pkcs11.CKU_USER, PIN);
      for (const [index, key] of token.keys.entries()) {
        const id = Buffer.from([index + 1]);
        const publicKey = generateKey(native, session, key, id);
        for (const [name, request] of Object.entries(key.certificates)) {
          const der = await pki.issue({ ...request, publicKey });
          storeCertificate(native, session, der, id, name);
          found[name as CertificateName] = { der, sha256: createHash('sha256').update(der).digest('hex') };
        }
      }
      storeCertificate(native, session, pki.issuing, Buffer.from([0x70]), 'issuing');
      native.C_Logout(session);
      native.C_CloseSession(session);
    }
  } finally {
    native.C_Finalize();
  }
  return found;
}

/** The private key never exists outside the token: sensitive and not extractable. */
function generateKey(native: PKCS11, session: Handle, key: FakeKey, id: Buffer): KeyObject {
  const common: Template = [
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_ID, value: id },
  ];
  const secret: Template = [
    ...common,
    { type: pkcs11.CKA_PRIVATE, value: true },
    { type: pkcs11.CKA_SENSITIVE, value: true },
    { type: pkcs11.CKA_EXTRACTABLE, value: false },
    { type: pkcs11.CKA_SIGN, value: true },
    ...(key.alwaysAuthenticate ? [{ type: pkcs11.CKA_ALWAYS_AUTHENTICATE, value: true }] : []),
  ];
  const open: Template = [...common, { type: pkcs11.CKA_VERIFY, value: true }];
  const read = (handle: Handle, type: number): Buffer => native.C_GetAttributeValue(session, handle, [{ type }])[0]?.value as Buffer;
  if (key.kind === 'rsa') {
    const parameters: Template = [
      { type: pkcs11.CKA_MODULUS_BITS, value: 2048 },
      { type: pkcs11.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
    ];
    const { publicKey } = native.C_GenerateKeyPair(session, { mechanism: pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN }, [...open, ...parameters], secret);
    return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: read(publicKey, pkcs11.CKA_MODULUS).toString('base64url'), e: 'AQAB' } });
  }
  const curve: Template = [{ type: pkcs11.CKA_EC_PARAMS, value: Buffer.from(CURVES[key.kind], 'hex') }];
  const { publicKey } = native.C_GenerateKeyPair(session, { mechanism: pkcs11.CKM_EC_KEY_PAIR_GEN }, [...open, ...curve], secret);
  const size = key.kind === 'p256' ? 32 : 48;
  const point = read(publicKey, pkcs11.CKA_EC_POINT).subarray(-2 * size);
  const [x, y] = [point.subarray(0, size), point.subarray(size)].map((part) => part.toString('base64url'));
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: key.kind === 'p256' ? 'P-256' : 'P-384', x: x ?? '', y: y ?? '' } });
}

function storeCertificate(native: PKCS11, session: Handle, der: Uint8Array, id: Buffer, label: string): void {
  native.C_CreateObject(session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
    { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_PRIVATE, value: false },
    { type: pkcs11.CKA_LABEL, value: label },
    { type: pkcs11.CKA_ID, value: id },
    { type: pkcs11.CKA_SUBJECT, value: Buffer.from(label) },
    { type: pkcs11.CKA_VALUE, value: Buffer.from(der) },
  ]);
}

function buildFaultModule(folder: string, env: NodeJS.ProcessEnv): ReturnType<SigningWorld['faultModule']> {
  const module = path.join(folder, 'pkcs11-fault.so');
  const control = path.join(folder, 'fault-control');
  const headers = path.resolve(import.meta.dirname, '../../node_modules/pkcs11js/includes/pkcs11');
  try {
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', `-I${headers}`, '-o', module, path.join(import.meta.dirname, 'pkcs11-fault.c'), '-ldl'], { stdio: 'pipe' });
  } catch (cause) {
    throw new Error('pkcs11-fault.c does not compile (apt-get install gcc libc6-dev)', { cause });
  }
  writeFileSync(control, '');
  return { module, env: { ...env, PKCS11_FAULT_CONTROL: control, PKCS11_FAULT_REAL: SOFTHSM }, control: (lines) => writeFileSync(control, lines) };
}
