import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSigningKey, publicHalf, publicKeyPem } from '../../main/sync/keys-ed25519.ts';
import { matchReceipt, readReceipt, readReceiptFile, receiptDocument, receiptFile, signReceipt } from '../../main/sync/package-receipt.ts';
import { outside } from './outside-tools.ts';
import { temporaryFolder } from './package-fixture.ts';

let folder = '';
let remove = () => {};
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => remove());

const key = newSigningKey();
const keys = [publicHalf(newSigningKey()), publicHalf(key)];
const content = { school: 'S-01', device: 'may-1', sequence: 41, sha256: 'a'.repeat(64), receivedAt: '2026-11-22T07:05:12.000Z', contiguousTo: 41, rows: { mark: 8 } };
const signed = signReceipt(content, key);

test('a receipt on a stick is checked with unzip and openssl', () => {
  const file = path.join(folder, 'biên nhận.streceipt');
  writeFileSync(file, receiptFile(signed));
  expect(outside('unzip', ['-Z1', file]).stdout.toString().trim().split('\n')).toEqual(['receipt.json', 'receipt.sig']);
  const out = path.join(folder, 'x');
  mkdirSync(out);
  outside('unzip', ['-q', file, '-d', out]);
  writeFileSync(path.join(out, 'root.pem'), publicKeyPem(key));
  const verified = outside('openssl', ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', path.join(out, 'root.pem'), '-in', path.join(out, 'receipt.json'), '-sigfile', path.join(out, 'receipt.sig')]);
  expect(verified.status).toBe(0);
  expect(JSON.parse(readFileSync(path.join(out, 'receipt.json'), 'utf8'))).toEqual({ format: 'so-truong-receipt/1', ...content });
  // Unpacked, it is still a receipt.
  expect(readReceiptFile(path.join(out, 'receipt.json'), keys).receipt).toEqual(signed.receipt);
});

test('every form of it reads back the same', () => {
  const fromServer = path.join(folder, 'r.json');
  writeFileSync(fromServer, JSON.stringify(receiptDocument(signed), null, 2));
  const onStick = path.join(folder, 'r.streceipt');
  writeFileSync(onStick, receiptFile(signed));
  for (const file of [fromServer, onStick]) expect(readReceiptFile(file, keys)).toEqual(signed);
  expect(readReceipt(signed.json, keys, signed.signature)).toEqual(signed);
});

test('a flipped byte anywhere, another signer, or no signature makes it worthless', () => {
  const whole = receiptFile(signed);
  for (let at = 0; at < whole.length; at += 1) {
    const copy = Buffer.from(whole);
    copy[at] = (copy[at] as number) ^ 0x20;
    expect(() => readReceipt(copy, keys), `byte ${at}`).toThrow(expect.objectContaining({ name: 'AppError' }));
  }
  expect(() => readReceipt(whole, [publicHalf(newSigningKey())])).toThrow(expect.objectContaining({ code: 'package.receiptSignature' }));
  expect(() => readReceipt(signed.json, keys)).toThrow(expect.objectContaining({ code: 'package.receiptForm' }));
  expect(() => readReceipt(Buffer.from(JSON.stringify({ ...receiptDocument(signed), sequence: 42 })), keys)).toThrow(expect.objectContaining({ code: 'package.receiptSignature' }));
  expect(() => readReceiptFile(path.join(folder, 'không có'), keys)).toThrow(expect.objectContaining({ code: 'file.missing' }));
});

test('a genuine receipt for another package does not count for this one', () => {
  matchReceipt(signed.receipt, content);
  for (const other of [{ sequence: 40 }, { device: 'may-2' }, { school: 'S-02' }, { sha256: 'b'.repeat(64) }]) {
    expect(() => matchReceipt(signed.receipt, { ...content, ...other })).toThrow(expect.objectContaining({ code: 'package.receiptOther' }));
  }
});
