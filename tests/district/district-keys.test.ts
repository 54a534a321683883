import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { districtKeys, publicKeys, readAuthoritySecrets, rotateRecipient, rotateRootKey } from '../../district/district-keys.ts';
import { readAuthorityKeys, recipientsAt, renewAuthorityKeys } from '../../main/sync/enrolment-authority.ts';
import { keyFingerprint, publicKeyPem } from '../../main/sync/keys-ed25519.ts';
import { decryptBody } from '../../main/sync/package-body.ts';
import { openPackage } from '../../main/sync/package-open.ts';
import { outside } from '../sync/outside-tools.ts';
import { fakeSchool, sealFor, temporaryFolder } from '../sync/package-fixture.ts';

let folder = '';
let remove = () => {};
let keysDir = '';
let out = '';
const now = new Date('2026-11-22T01:00:00Z');

beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  keysDir = path.join(folder, 'khoá cơ quan');
  out = path.join(folder, 'cơ quan.json');
});
afterEach(() => remove());

const identityFile = () => path.join(keysDir, 'age-identity.txt');
const signingFile = () => path.join(keysDir, 'signing.pem');

test('the authority makes its keys once; they are for their owner alone and work with age and openssl', async () => {
  const { fingerprint } = await districtKeys({ keysDir, out, name: 'Phòng GD&ĐT', now });
  expect(statSync(identityFile()).mode & 0o777).toBe(0o600);
  expect(statSync(signingFile()).mode & 0o777).toBe(0o600);

  const authority = readAuthorityKeys(readFileSync(out, 'utf8'));
  expect(authority).toMatchObject({ fingerprint, name: 'Phòng GD&ĐT', issuedAt: now.toISOString() });
  expect(readFileSync(out, 'utf8')).not.toMatch(/SECRET|PRIVATE/);
  const [recipient = ''] = recipientsAt(authority, now);
  const sealed = outside('age', ['-r', recipient], Buffer.from('chào')).stdout;
  expect(outside('age', ['-d', '-i', identityFile()], sealed).stdout.toString()).toBe('chào');
  expect(outside('openssl', ['pkey', '-in', signingFile(), '-pubout']).stdout.toString()).toBe(publicKeyPem(authority.rootKey));

  const kept = readFileSync(identityFile(), 'utf8');
  expect(await districtKeys({ keysDir, out, now })).toEqual({ fingerprint });
  expect(readFileSync(identityFile(), 'utf8')).toBe(kept);
  expect(readAuthorityKeys(readFileSync(out, 'utf8')).name).toBe('Phòng GD&ĐT');
});

test('a key file made by age-keygen and openssl serves as well', async () => {
  await districtKeys({ keysDir, out });
  rmSync(identityFile());
  expect(outside('age-keygen', ['-o', identityFile()]).status).toBe(0);
  expect(outside('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', signingFile()]).status).toBe(0);
  const secrets = await readAuthoritySecrets(keysDir);
  expect(readFileSync(identityFile(), 'utf8')).toContain(secrets.recipients[0]?.recipient);
});

test('half a pair is never completed, and nonsense is named', async () => {
  await expect(readAuthoritySecrets(keysDir)).rejects.toMatchObject({ code: 'district.keysMissing' });
  await districtKeys({ keysDir, out });
  const identity = readFileSync(identityFile());
  rmSync(identityFile());
  await expect(districtKeys({ keysDir, out })).rejects.toMatchObject({ code: 'district.keysIncomplete', params: { file: 'age-identity.txt' } });
  writeFileSync(identityFile(), '# rỗng\n');
  await expect(districtKeys({ keysDir, out })).rejects.toMatchObject({ code: 'district.keysForm' });
  writeFileSync(identityFile(), identity);
  rmSync(signingFile());
  await expect(districtKeys({ keysDir, out })).rejects.toMatchObject({ code: 'district.keysIncomplete', params: { file: 'signing.pem' } });
});

test('after the age key was rotated, schools encrypt to the new one, and what came before still opens', async () => {
  await districtKeys({ keysDir, out, now });
  const before = readAuthorityKeys(readFileSync(out, 'utf8'));
  const school = await fakeSchool();
  const sealed = await sealFor(school, folder, 1, { recipients: recipientsAt(before, now) });

  await rotateRecipient(keysDir, now, 30);
  expect(statSync(identityFile()).mode & 0o777).toBe(0o600);
  const secrets = await readAuthoritySecrets(keysDir);
  const after = renewAuthorityKeys(before, publicKeys(secrets, now).text);
  expect(after.recipients.map(({ validTo }) => validTo)).toEqual(['2026-12-22T01:00:00.000Z', null]);
  expect(recipientsAt(after, new Date('2026-12-01'))).toHaveLength(2);
  expect(recipientsAt(after, new Date('2027-01-01'))).toEqual([after.recipients[1]?.recipient]);

  const opened = await openPackage(sealed.file);
  const parts = await Array.fromAsync(decryptBody(opened.body(), { header: opened.header, identities: secrets.identities }));
  expect(parts).toHaveLength(1);
  expect(outside('age', ['-d', '-i', identityFile()], Buffer.concat(await Array.fromAsync(opened.body()))).status).toBe(0);
});

test('after the root key was rotated, schools follow the hand-over; a rotation cut off by a power failure never took place', async () => {
  await districtKeys({ keysDir, out, now });
  const pinned = readAuthorityKeys(readFileSync(out, 'utf8'));
  const oldKey = readFileSync(signingFile());
  await rotateRootKey(keysDir);
  const newKey = readFileSync(signingFile());
  const renewed = renewAuthorityKeys(pinned, publicKeys(await readAuthoritySecrets(keysDir), now).text);
  expect(renewed.fingerprint).not.toBe(pinned.fingerprint);
  expect(renewed.receiptKeys.map(keyFingerprint)).toEqual([renewed.fingerprint, pinned.fingerprint]);

  // The moment before the last step: everything is written but the key itself.
  writeFileSync(signingFile(), oldKey);
  expect(renewAuthorityKeys(pinned, publicKeys(await readAuthoritySecrets(keysDir), now).text).fingerprint).toBe(pinned.fingerprint);
  await rotateRootKey(keysDir);
  const again = renewAuthorityKeys(pinned, publicKeys(await readAuthoritySecrets(keysDir), now).text);
  expect(again.succession).toHaveLength(1);
  expect(readFileSync(signingFile()).equals(newKey)).toBe(false);
});
