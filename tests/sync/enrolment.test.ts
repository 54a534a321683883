import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handOver, readAuthorityKeys, recipientsAt, renewAuthorityKeys, writeAuthorityKeys, type KeySuccession, type RecipientPeriod } from '../../main/sync/enrolment-authority.ts';
import { readSchoolEnrolment, writeSchoolEnrolment } from '../../main/sync/enrolment-school.ts';
import { keyFingerprint, newSigningKey, privateKeyFromPem, privateKeyPem, publicHalf, publicKeyFromPem, publicKeyPem } from '../../main/sync/keys-ed25519.ts';
import { canonicalBytes, signDocument } from '../../main/sync/keys-signed-json.ts';
import { outside } from './outside-tools.ts';
import { fakeSchool, sha256, temporaryFolder } from './package-fixture.ts';

let folder = '';
let remove = () => {};
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => remove());

const reading = (changed: object | string) => () => readSchoolEnrolment(typeof changed === 'string' ? changed : JSON.stringify(changed));
const request = { school: 'S-01', name: 'THCS Nguyễn Du', device: 'may-1', createdAt: '2026-11-22T08:00:00+07:00' };

describe('a key', () => {
  test('survives its PEM forms, and a private one is never taken for a public one', () => {
    const key = newSigningKey();
    expect(privateKeyFromPem(privateKeyPem(key)).equals(key)).toBe(true);
    expect(publicKeyFromPem(publicKeyPem(key)).equals(publicHalf(key))).toBe(true);
    expect(() => publicKeyFromPem(privateKeyPem(key))).toThrow(expect.objectContaining({ code: 'enrolment.keyForm' }));
    expect(() => publicKeyFromPem('không phải khoá')).toThrow(expect.objectContaining({ code: 'enrolment.keyForm' }));
    const rsa = outside('openssl', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']).stdout.toString();
    expect(() => privateKeyFromPem(rsa)).toThrow(expect.objectContaining({ code: 'enrolment.keyForm' }));
  });

  test('has a fingerprint that openssl and sha256sum give too', () => {
    const key = newSigningKey();
    const pem = path.join(folder, 'key.pem');
    writeFileSync(pem, publicKeyPem(key));
    const der = outside('openssl', ['pkey', '-pubin', '-in', pem, '-outform', 'DER']).stdout;
    expect(keyFingerprint(key)).toMatch(/^([0-9A-F]{4} ){7}[0-9A-F]{4}$/);
    expect(keyFingerprint(key).replaceAll(' ', '').toLowerCase()).toBe(sha256(der).slice(0, 32));
  });
});

test('canonical JSON is that of RFC 8785', () => {
  expect(canonicalBytes({ b: [1e21, 0.1, -0], a: 'Đ\u0007"\\', 'é': null }).toString()).toBe('{"a":"Đ\\u0007\\"\\\\","b":[1e+21,0.1,0],"é":null}');
});

describe('a school enrols', () => {
  test('and both sides read the same fingerprint', () => {
    const packageKey = newSigningKey();
    const { text, fingerprint } = writeSchoolEnrolment({ ...request, packageKey });
    const read = readSchoolEnrolment(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(read).toMatchObject({ school: 'S-01', name: 'THCS Nguyễn Du', device: 'may-1', fingerprint, replaces: null });
    expect(text).not.toContain('PRIVATE');
  });

  test('and a file that was altered, or carries another\'s key, is refused', () => {
    const { text } = writeSchoolEnrolment({ ...request, packageKey: newSigningKey() });
    const document = JSON.parse(text) as object;
    expect(reading({ ...document, name: 'THCS Khác' })).toThrow(expect.objectContaining({ code: 'enrolment.signature' }));
    expect(reading({ ...document, publicKey: publicKeyPem(newSigningKey()) })).toThrow(expect.objectContaining({ code: 'enrolment.signature' }));
    expect(reading({ ...document, school: '../..' })).toThrow(expect.objectContaining({ code: 'enrolment.form' }));
    expect(reading({ ...document, extra: 1 })).toThrow(expect.objectContaining({ code: 'enrolment.form' }));
    expect(reading('{')).toThrow(expect.objectContaining({ code: 'enrolment.form' }));
  });

  test('with a new key that the old one vouches for', () => {
    const [before, packageKey] = [newSigningKey(), newSigningKey()];
    const { text } = writeSchoolEnrolment({ ...request, packageKey, replaces: before });
    expect(readSchoolEnrolment(text).replaces?.equals(publicHalf(before))).toBe(true);
    // The thief of neither key names an old key that never vouched for him.
    const { signature: _signature, ...content } = JSON.parse(text) as { signature: string; replaces: { publicKey: string; signature: string } };
    const forged = signDocument({ ...content, replaces: { ...content.replaces, publicKey: publicKeyPem(newSigningKey()) } }, packageKey);
    expect(() => readSchoolEnrolment(JSON.stringify(forged))).toThrow(expect.objectContaining({ code: 'enrolment.signature' }));
  });
});

describe('the authority\'s keys', () => {
  const rootKey = newSigningKey();
  let recipients: RecipientPeriod[] = [];
  const written = (changes: Partial<Parameters<typeof writeAuthorityKeys>[0]> = {}) => writeAuthorityKeys({ name: 'Phòng GD&ĐT', rootKey, succession: [], recipients, issuedAt: '2026-11-22T01:00:00Z', ...changes });

  beforeEach(async () => {
    recipients = [{ recipient: (await fakeSchool()).recipient, validFrom: '2026-01-01T00:00:00Z', validTo: null }];
  });

  test('are read with the fingerprint the authority sees', () => {
    const { text, fingerprint } = written();
    expect(readAuthorityKeys(text)).toMatchObject({ name: 'Phòng GD&ĐT', fingerprint, recipients });
    expect(() => readAuthorityKeys(text.replace('Phòng', 'Phong'))).toThrow(expect.objectContaining({ code: 'enrolment.signature' }));
    expect(() => readAuthorityKeys(writeSchoolEnrolment({ ...request, packageKey: rootKey }).text)).toThrow(expect.objectContaining({ code: 'enrolment.form' }));
  });

  test('are encrypted to while they last; a clock that is behind does not matter', async () => {
    const ended = { recipient: (await fakeSchool()).recipient, validFrom: '2025-01-01T00:00:00Z', validTo: '2026-06-01T00:00:00Z' };
    const keys = readAuthorityKeys(written({ recipients: [ended, ...recipients] }).text);
    expect(recipientsAt(keys, new Date('2026-11-22'))).toEqual([recipients[0]?.recipient]);
    expect(recipientsAt(keys, new Date('2019-01-01'))).toHaveLength(2);
    const allEnded = readAuthorityKeys(written({ recipients: [ended] }).text);
    expect(() => recipientsAt(allEnded, new Date('2026-11-22'))).toThrow(expect.objectContaining({ code: 'enrolment.noRecipient' }));
  });

  test('are renewed without reading aloud only by the pinned root or its successor, and never by older ones', () => {
    const pinned = readAuthorityKeys(written().text);
    const [second, third, stranger] = [newSigningKey(), newSigningKey(), newSigningKey()];
    const later = '2026-12-01T00:00:00Z';
    const steps: KeySuccession[] = [handOver(rootKey, second), handOver(second, third)];
    const renewed = renewAuthorityKeys(pinned, written({ rootKey: third, succession: steps, issuedAt: later }).text);
    expect(renewed.receiptKeys.map(keyFingerprint)).toEqual([third, second, rootKey].map(keyFingerprint));
    expect(() => renewAuthorityKeys(renewed, written({ issuedAt: '2027-01-01T00:00:00Z' }).text)).toThrow(expect.objectContaining({ code: 'enrolment.otherAuthority' }));
    expect(() => renewAuthorityKeys(pinned, written({ rootKey: stranger, issuedAt: later }).text)).toThrow(expect.objectContaining({ code: 'enrolment.otherAuthority' }));
    expect(() => renewAuthorityKeys(pinned, written({ rootKey: stranger, succession: [{ ...handOver(second, stranger), from: publicKeyPem(rootKey) }], issuedAt: later }).text)).toThrow(expect.objectContaining({ code: 'enrolment.signature' }));
    expect(() => renewAuthorityKeys(pinned, written({ rootKey: third, succession: [steps[1], steps[0]] as KeySuccession[], issuedAt: later }).text)).toThrow(expect.objectContaining({ code: 'enrolment.signature' }));
    expect(() => renewAuthorityKeys(pinned, written({ issuedAt: '2026-01-01T00:00:00Z' }).text)).toThrow(expect.objectContaining({ code: 'enrolment.olderKeys' }));
  });
});
