import { generateKeyPairSync } from 'node:crypto';
import type { KeyPairKeyObjectResult } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { softwareSigner } from '../../main/signing/signer.ts';
import type { Signer } from '../../main/signing/signer.ts';
import type { FakePki, LeafRequest } from '../fake/pki.ts';
import { buildFakePki } from '../fake/pki.ts';
import type { SigningServers } from '../fake/signing-servers.ts';
import { startSigningServers } from '../fake/signing-servers.ts';

/** An authority with its services, and people whose keys lie in PKCS#12 files: enough where no token is needed. */
export interface SoftwareWorld {
  pki: FakePki;
  servers: SigningServers;
  /** The same key for everyone unless told otherwise: making RSA keys is slow. */
  keys: Record<'rsa' | 'ec', KeyPairKeyObjectResult>;
  person(request?: Partial<LeafRequest>, kind?: 'rsa' | 'ec'): Promise<Signer>;
  close(): Promise<void>;
}

export async function buildSoftwareWorld(): Promise<SoftwareWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'so-truong-'));
  const servers = await startSigningServers(folder);
  const pki = await buildFakePki(folder, servers);
  const keys = { rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }), ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  let count = 0;
  return {
    pki,
    servers,
    keys,
    person: async (request = {}, kind = 'rsa') => {
      const { publicKey, privateKey } = keys[kind];
      const certificate = await pki.issue({ commonName: 'Nguyễn Thị Hồng Hạnh', unit: 'Hiệu trưởng', publicKey, ...request });
      return softwareSigner(pki.pkcs12(`person-${++count}`, certificate, privateKey, 'mật khẩu'), 'mật khẩu');
    },
    close: async () => {
      await servers.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
