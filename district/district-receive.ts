import type { KeyObject } from 'node:crypto';
import { publicKeyFromPem, keyFingerprint } from '../main/sync/keys-ed25519.ts';
import { decryptBody, type BodyPart, type VerifyChain } from '../main/sync/package-body.ts';
import type { PackageHeader, PackageLimits } from '../main/sync/package-format.ts';
import { openPackage, signerOf, type OpenedPackage } from '../main/sync/package-open.ts';
import { signReceipt, type SignedReceipt } from '../main/sync/package-receipt.ts';
import type { AuthoritySecrets } from './district-keys.ts';
import { Refusal, unprocessable } from './district-refusal.ts';
import type { DistrictDatabase } from './district-schema.ts';
import { findReceiptByHash, lockDevice, saveJournal, savePackage, savePaper, saveSnapshot, type DeviceState } from './district-store.ts';

export interface Receiving {
  database: DistrictDatabase;
  secrets: Pick<AuthoritySecrets, 'identities' | 'rootKey'>;
  limits: PackageLimits;
  verifyChain?: VerifyChain | undefined;
  now: () => Date;
}

/**
 * Takes one package in: everything about it is checked, its content stored and its receipt signed in one transaction. The same file again gets the same receipt.
 * `claimedSha256` is what the sender says the file's hash is. @throws Refusal, PackageError; and then nothing is stored
 */
export async function receivePackage(receiving: Receiving, file: string, claimedSha256: string | undefined): Promise<SignedReceipt> {
  const opened = await openPackage(file, receiving.limits);
  if (claimedSha256 !== undefined && claimedSha256 !== opened.sha256) throw unprocessable('packageSha256', 'Package-Sha256');
  const known = await findReceiptByHash(receiving.database, opened.sha256);
  if (known !== null) return known;
  const key = await schoolKeyOf(receiving, opened);
  return receiving.database.transaction().execute(async (transaction) => {
    const { header } = opened;
    // Held to the end: a second upload of this sequence waits here and then finds the first one's receipt.
    const device = await lockDevice(transaction, header.school, header.device);
    if (header.sequence <= device.contiguousTo) {
      const stored = await findReceiptByHash(transaction, opened.sha256);
      if (stored !== null) return stored;
      throw new Refusal(409, { code: 'fork' });
    }
    refuseGaps(header, device);
    await storeBody(receiving, transaction, opened, device);
    const receipt = signReceipt({
      school: header.school,
      device: header.device,
      sequence: header.sequence,
      sha256: opened.sha256,
      receivedAt: receiving.now().toISOString(),
      contiguousTo: header.sequence,
      rows: header.rows,
    }, receiving.secrets.rootKey);
    await savePackage(transaction, opened, keyFingerprint(key), receipt);
    return receipt;
  });
}

/**
 * The registered key that signed the package. The header names no key, so every key of the school is tried; a signature by none is indistinguishable from
 * a damaged one. @throws Refusal 401 unknown school, revoked or ended key; 422 signature
 */
async function schoolKeyOf({ database }: Receiving, opened: OpenedPackage): Promise<KeyObject> {
  const { school, createdAt } = opened.header;
  const rows = await database.selectFrom('school_key').selectAll().where('school', '=', school).execute();
  if (rows.length === 0) throw new Refusal(401, { code: 'unknownSchool', where: 'header.json/school' });
  const keys = rows.map((row) => publicKeyFromPem(row.public_key));
  const index = signerOf(opened, keys);
  const row = rows[index];
  const key = keys[index];
  if (row === undefined || key === undefined) throw unprocessable('signature', 'header.sig');
  if (row.revoked_at !== null) throw new Refusal(401, { code: 'revokedKey', where: 'header.sig' });
  // By the package's own date: one sealed before the rotation may wait long for a line. Against a stolen key there is revocation.
  if (row.valid_to !== null && row.valid_to.getTime() < Date.parse(createdAt)) throw new Refusal(401, { code: 'endedKey', where: 'header.sig' });
  return key;
}

function refuseGaps(header: PackageHeader, device: DeviceState): void {
  if (header.sequence > device.contiguousTo + 1) throw new Refusal(409, { code: 'gap', expected: device.contiguousTo + 1 });
  if (header.previous !== device.lastSha256) throw unprocessable('previous', 'header.json/previous');
  // The first package may begin anywhere: its snapshot stands for what came before.
  if (header.sequence > 1 && header.journalFrom !== device.journalTo + 1) throw unprocessable('journalGap', 'header.json/journalFrom');
}

async function storeBody(receiving: Receiving, transaction: DistrictDatabase, opened: OpenedPackage, device: DeviceState): Promise<void> {
  const { header } = opened;
  let lastHash = device.journalHash;
  let position = 0;
  const parts = decryptBody(opened.body(), {
    header,
    identities: receiving.secrets.identities,
    limits: receiving.limits,
    verifyChain: receiving.verifyChain,
    previousHash: device.journalHash ?? undefined,
  });
  for await (const part of parts) {
    await savePart(part);
  }
  await transaction.updateTable('device')
    .set({ contiguous_to: header.sequence, last_sha256: opened.sha256, journal_to: header.journalTo, journal_hash: lastHash })
    .where('school', '=', header.school).where('id', '=', header.device).execute();

  async function savePart(part: BodyPart): Promise<void> {
    switch (part.kind) {
      case 'journal':
        await saveJournal(transaction, header, part.rows);
        lastHash = part.rows.at(-1)?.hash ?? lastHash;
        break;
      case 'snapshot':
        await saveSnapshot(transaction, header, part.rows, position);
        position += part.rows.length;
        break;
      case 'paper':
        await savePaper(transaction, header, part.sha256, part.bytes);
        break;
    }
  }
}
