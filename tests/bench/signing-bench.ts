import pkcs11 from 'pkcs11js';
import { buildStamp } from '../../main/kit/pdf/signature-stamp.ts';
import { signBatch } from '../../main/signing/sign-batch.ts';
import { tokenSigner } from '../../main/signing/signer.ts';
import { forkTokenProcess } from '../../main/signing/token-channel.ts';
import { TokenClient } from '../../main/signing/token-client.ts';
import { buildSigningWorld, PIN } from '../fake/tokens.ts';
import type { SigningWorld } from '../fake/tokens.ts';
import { FIELDS, paperWithFields } from '../signing/sample-papers.ts';

export interface Bench {
  name: string;
  /** Ours may take at most this many times as long as the peer in the same run. */
  ratioLimit: number;
  run(): Promise<{ oursMs: number; peerMs: number; note: string }>;
}

const PAPERS = 100;
const RUNS = 8;

/** The least that signing can cost: the chip's own work for as many hashes. */
function bareSignatures(world: SigningWorld): { run(): number; close(): void } {
  const native = new pkcs11.PKCS11();
  native.load(world.module);
  native.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK });
  const slot = native.C_GetSlotList(true).find((candidate) => native.C_GetTokenInfo(candidate).label.trim() === 'HIEU TRUONG');
  if (!slot) throw new Error('the fake token is missing');
  const session = native.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION);
  native.C_Login(session, pkcs11.CKU_USER, PIN);
  native.C_FindObjectsInit(session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_ID, value: Buffer.from([1]) },
  ]);
  const [key] = native.C_FindObjects(session, 1);
  native.C_FindObjectsFinal(session);
  if (!key) throw new Error('the fake key is missing');
  const digestInfo = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), Buffer.alloc(32, 7)]);
  return {
    run: () => {
      const start = performance.now();
      for (let i = 0; i < PAPERS; i++) {
        native.C_SignInit(session, { mechanism: pkcs11.CKM_RSA_PKCS }, key);
        native.C_Sign(session, digestInfo, Buffer.alloc(1024));
      }
      return performance.now() - start;
    },
    close: () => native.C_Finalize(),
  };
}

/** Signs 100 papers with a visible stamp through the token process, each read back and checked, beside 100 bare C_Sign of the same key. */
export const signingBench: Bench = {
  name: 'signing: 100 papers beside 100 bare C_Sign (RSA-2048)',
  ratioLimit: 1.8,
  run: async () => {
    const world = await buildSigningWorld();
    const client = new TokenClient(() => forkTokenProcess({ env: world.env }));
    const bare = bareSignatures(world);
    try {
      const session = await client.login(world.module, world.certificates.principal.sha256, PIN);
      const signer = tokenSigner(client, session);
      const rect = FIELDS.find(({ name }) => name === 'principal')?.rect ?? [0, 0, 0, 0];
      const stamp = await buildStamp({ kind: 'signature', width: rect[2] - rect[0], height: rect[3] - rect[1], lines: ['Ký bởi: Nguyễn Thị Hồng Hạnh', 'Hiệu trưởng', '22/11/2026 09:15:30 +07:00'] });
      const paper = paperWithFields();
      const papers = Array.from({ length: PAPERS }, (_, index) => ({ id: String(index), read: () => Promise.resolve(paper) }));
      const ours: number[] = [];
      const peers: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        peers.push(bare.run());
        const start = performance.now();
        const result = await signBatch(papers, { field: 'principal', stamp, signer, name: 'Nguyễn Thị Hồng Hạnh', reason: 'Xác nhận học bạ', location: 'Hà Nội', time: new Date() }, { save: () => Promise.resolve() });
        ours.push(performance.now() - start);
        if (result.signed.length !== PAPERS) throw new Error(`${result.failed.length} papers failed`);
      }
      return { oursMs: Math.min(...ours), peerMs: Math.min(...peers), note: `best of ${RUNS} runs of ${PAPERS}; ours: stamp, CMS, embedding, token process, read back` };
    } finally {
      client.close();
      bare.close();
      await world.close();
    }
  },
};
