import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { SigningSetup } from '../../preload/contract/signing.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { trustAnchors } from '../../main/signing/trust-anchors.ts';
import { stampImage } from '../../main/signing/signing-stamps.ts';
import { demoCore, principal } from '../bench/demo-core.ts';
import { buildFakePki } from '../fake/pki.ts';

let core: Core;
let folder: string;
let remove: () => Promise<void>;
let keys: string;
beforeAll(async () => {
  ({ core, folder, remove } = await demoCore({ pupils: 30 }));
  keys = mkdtempSync(path.join(os.tmpdir(), 'so-truong-pki-'));
});
afterAll(async () => {
  await remove();
  rmSync(keys, { recursive: true, force: true });
});

const codeOf = (call: string, input: unknown, session = principal): string => {
  const result = core.door.call(`signing.${call}`, input, session);
  return result.ok ? 'ok' : result.error.code;
};
function setup(): SigningSetup {
  const result = core.door.call('signing.setup', {}, principal);
  if (!result.ok) throw new Error(result.error.code);
  return result.value as SigningSetup;
}
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('the timestamp service is an address or nothing', () => {
  expect(codeOf('setTimestampService', { url: 'tsa.example' })).toBe('signing.tsaAddress');
  expect(codeOf('setTimestampService', { url: 'http://tsa.example/rfc3161' })).toBe('ok');
  expect(setup().tsaUrl).toBe('http://tsa.example/rfc3161');
  expect(codeOf('setTimestampService', { url: '  ' })).toBe('ok');
  expect(setup().tsaUrl).toBeNull();
});

test('an authority is trusted with a reason, once, and put aside without being lost', async () => {
  const pki = await buildFakePki(keys, { ocspUrl: 'http://127.0.0.1:9/ocsp', publishUrl: 'http://127.0.0.1:9' });
  const person = await pki.issue({ commonName: 'Cô Mai', publicKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey });
  const root = new TextEncoder().encode(pki.rootPem);
  const rootSha256 = createHash('sha256').update(new X509Certificate(pki.rootPem).raw).digest('hex');
  const before = setup().anchors.length;
  expect(codeOf('addTrustAnchor', { fileName: 'rác.pem', bytes: new Uint8Array([1, 2, 3]), reason: 'thử' })).toBe('signing.trustNotPem');
  expect(codeOf('addTrustAnchor', { fileName: 'người.pem', bytes: person, reason: 'thử nhầm' })).toBe('signing.trustNotAuthority');
  expect(codeOf('addTrustAnchor', { fileName: 'gốc.pem', bytes: root, reason: 'nhà cấp của trường' })).toBe('ok');
  expect(codeOf('addTrustAnchor', { fileName: 'gốc.pem', bytes: root, reason: 'lần nữa' })).toBe('signing.trustKnown');
  const added = setup().anchors.find(anchor => anchor.sha256 === rootSha256);
  expect(setup().anchors).toHaveLength(before + 1);
  expect(trustAnchors(folder)).toContain('BEGIN CERTIFICATE');
  expect(codeOf('removeTrustAnchor', { fileName: added?.fileName, reason: 'không dùng nữa' })).toBe('ok');
  expect(setup().anchors).toHaveLength(before);
  expect(readdirSync(path.join(folder, 'trust', 'cu'))).toHaveLength(1);
  const reasons = core.database.read.all(sql.selectFrom('journal').select('reason').where('tbl', '=', 'setting').orderBy('seq', 'desc').limit(2)).map(row => row.reason);
  expect(reasons).toEqual(['không dùng nữa', 'nhà cấp của trường']);
});

test('a picture stands in the stamp of its role, and only PNG does', () => {
  expect(codeOf('setStampImage', { role: 'seal', className: null, bytes: new Uint8Array([0xff, 0xd8]) })).toBe('signing.imageNotPng');
  expect(codeOf('setStampImage', { role: 'homeroom', className: '12Z', bytes: new Uint8Array(png) })).toBe('classes.unknown');
  const name = setup().images.find(image => image.role === 'homeroom')?.className ?? '';
  expect(codeOf('setStampImage', { role: 'homeroom', className: name, bytes: new Uint8Array(png) })).toBe('ok');
  expect(Buffer.from(stampImage(folder, 'homeroom', name) ?? []).equals(png)).toBe(true);
  expect(codeOf('setStampImage', { role: 'homeroom', className: name, bytes: null })).toBe('ok');
  expect(stampImage(folder, 'homeroom', name)).toBeUndefined();
  expect(existsSync(path.join(folder, 'images', 'cu'))).toBe(true);
});

test('is the office\'s to set', () => {
  expect(codeOf('setup', {}, { user: 'x', name: 'X', role: 'teacher', staffId: null, token: null })).toBe('call.forbidden');
});
