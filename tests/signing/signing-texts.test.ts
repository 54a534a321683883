import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AppError, toFailure } from '../../main/kit/errors.ts';
import { driverCode, tokenFault } from '../../main/signing/token-faults.ts';
import { REASON_CODES, reason } from '../../main/signing/verify-reasons.ts';
import en from '../../resources/language/en.json' with { type: 'json' };
import vi from '../../resources/language/vi.json' with { type: 'json' };

const FOLDERS = ['main/signing', 'main/kit/pdf'].map((folder) => path.resolve(import.meta.dirname, '../..', folder));

/** Codes written out where a failure is made, and those that {@link tokenFault} puts together. */
function thrownCodes(): string[] {
  const lines = FOLDERS.flatMap((folder) => readdirSync(folder).flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n')));
  const literal = lines.filter((line) => /AppError\(|drop\(/.test(line)).flatMap((line) => [...line.matchAll(/'([a-z]+\.[a-z][A-Za-z0-9]+)'/g)].map((match) => match[1] ?? ''));
  const built = lines.flatMap((line) => [...line.matchAll(/return fail\('([a-zA-Z]+)'[,)]/g)].map((match) => `token.${match[1]}`));
  const mapped = ['certificateExpired', 'certificateNotYetValid', 'certificateKeyUsage', 'certificateKeyType'].map((name) => `signing.${name}`);
  return [...new Set([...literal, ...built.filter((code) => !code.endsWith('.field')), ...mapped])];
}

test.each([
  ['vi', vi],
  ['en', en],
])('every finding about a signature has its sentence (%s)', (_, catalogue) => {
  expect(Object.keys(catalogue.signing.reasons).toSorted()).toEqual(REASON_CODES.toSorted());
});

test('a finding carries its sentence with the values filled in', () => {
  expect(reason('revoked', { subject: 'Trần Văn Bình', at: '01/11/2026' })).toEqual({ code: 'revoked', severity: 'invalid', text: 'Chứng thư số của Trần Văn Bình đã bị thu hồi từ ngày 01/11/2026.' });
});

test('every failure that signing can throw has heading, what and remedy in both languages', () => {
  const codes = thrownCodes();
  expect(codes.length).toBeGreaterThan(25);
  for (const code of codes) {
    const [area = '', name = ''] = code.split('.');
    for (const catalogue of [vi, en]) {
      const entry = (catalogue.errors as Record<string, Record<string, unknown>>)[area]?.[name];
      expect(entry, code).toEqual({ heading: expect.any(String), what: expect.any(String), remedy: expect.any(String) });
    }
  }
});

test.each([
  [Object.assign(new Error('CKR_PIN_INCORRECT'), { code: 160 }), 160],
  [new Error('CKR_FUNCTION_FAILED:6'), 6],
  [new Error('CKR_VENDOR_DEFINED:2147483939\n    at PKCS11.C_Sign (…)'), 0x80000123],
  [Object.assign(new Error('không rõ'), { code: 0 }), undefined],
  [new TypeError('Argument 2 has wrong type'), undefined],
  ['một chuỗi', undefined],
])('the driver’s code is found in %s', (thrown, code) => {
  expect(driverCode(thrown)).toBe(code);
});

test('a fault of unknown meaning says so, with its number', () => {
  const failure = toFailure(tokenFault(new Error('CKR_VENDOR_DEFINED:2147483939'), 'sign'));
  expect(failure.what).toBe('Lỗi chưa rõ ý nghĩa: 0x80000123. Đây không phải lỗi sai mã PIN.');
  const named = new AppError('token.hung', { batchCanContinue: false });
  expect(tokenFault(named, 'sign')).toBe(named);
});
