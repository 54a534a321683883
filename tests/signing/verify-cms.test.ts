import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assert as assertProperty, asyncProperty, integer, pre } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embedSignature, prepareSignature, signedDigest } from '../../main/kit/pdf/signature-placeholder.ts';
import { derChildren, derContext, derMembers, derSequence, derSetOf, readDer, TAG } from '../../main/signing/asn1-der.ts';
import { readCertificate } from '../../main/signing/certificate-facts.ts';
import { buildCms } from '../../main/signing/cms-build.ts';
import type { Signer } from '../../main/signing/signer.ts';
import { requestTimestamp } from '../../main/signing/timestamp-client.ts';
import type { VerifyReport } from '../../main/signing/verify-pdf.ts';
import { verifyPdf } from '../../main/signing/verify-pdf.ts';
import { codes, overwriteReason, writeByteRange } from './attack-kit.ts';
import { runTool, withTempFile } from './outside-tools.ts';
import { paperWithFields } from './sample-papers.ts';
import type { SoftwareWorld } from './software-people.ts';
import { buildSoftwareWorld } from './software-people.ts';

let world: SoftwareWorld;
let person: Signer;

const WORDS = { name: 'Hạnh', reason: 'Ký', location: 'Huế', time: new Date() };

beforeAll(async () => {
  world = await buildSoftwareWorld();
  person = await world.person();
});
afterAll(() => world.close());

function check(pdf: Uint8Array): Promise<VerifyReport> {
  return verifyPdf(pdf, { trust: world.pki.rootPem, now: new Date(), checkRevocation: false });
}

/** Signs with a byte range moved by the given numbers of bytes: the digest fits, the gap does not. */
async function signedWithGap(before: number, after: number): Promise<Buffer> {
  const prepared = prepareSignature(paperWithFields(), 'principal', WORDS, 8192);
  const [first, length, second, rest] = prepared.byteRange;
  prepared.byteRange = [first, length - before, second + after, rest - after];
  writeByteRange(prepared);
  const cms = await buildCms(person, signedDigest(prepared));
  prepared.byteRange = [first, length, second, rest];
  return embedSignature(prepared, cms);
}

describe('a signature that was made to cover less than it seems', () => {
  test('with the right gap the construction is valid', async () => {
    expect((await check(await signedWithGap(0, 0))).status).toBe('valid');
  });

  test.each([
    [12, 0],
    [0, 4],
    [1, 1],
  ])('%i bytes before and %i bytes after the contents left out', async (before, after) => {
    const pdf = await signedWithGap(before, after);
    const report = await check(pdf);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('byteRangeWrong');
  });

  test('the programs that people use do not look at the gap', async () => {
    const answer = await withTempFile(await signedWithGap(0, 4), (file) => runTool('pdfsig', ['-nocert', file]));
    expect(answer.output).toContain('Signature is Valid');
  });

  test('a byte range that stops before the end of its own revision', async () => {
    const prepared = prepareSignature(paperWithFields(), 'principal', WORDS, 8192);
    const [first, length, second, rest] = prepared.byteRange;
    prepared.byteRange = [first, length, second, rest - 40];
    writeByteRange(prepared);
    const pdf = embedSignature(prepared, await buildCms(person, signedDigest(prepared)));
    const report = await check(pdf);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('byteRangeWrong');
  });
});

/** Takes a CMS apart to its signer info and puts it together again. */
function rebuild(cms: Buffer, change: (signerInfo: Buffer[]) => Buffer[], certificates?: Uint8Array[]): Buffer {
  const [type, wrapper] = derMembers(readDer(cms));
  const fields = derChildren((derChildren(wrapper?.body ?? Buffer.alloc(0))[0] ?? readDer(cms)).body);
  const info = derMembers(derMembers(fields.at(-1), TAG.set)[0]).map(({ raw }) => raw);
  const rebuilt = fields.slice(0, -1).map((field) => (field.tag === 0xa0 && certificates ? derContext(0, ...certificates) : field.raw));
  return derSequence(type?.raw ?? Buffer.alloc(0), derContext(0, derSequence(...rebuilt, derSetOf(derSequence(...change(info))))));
}

async function signedWith(change: (signerInfo: Buffer[]) => Buffer[], certificates?: Uint8Array[]): Promise<VerifyReport> {
  const prepared = prepareSignature(paperWithFields(), 'principal', WORDS, 16_384);
  const cms = await buildCms(person, signedDigest(prepared));
  return check(embedSignature(prepared, rebuild(cms, change, certificates)));
}

describe('a CMS that was tampered with', () => {
  test('taken apart and put together unchanged it is valid', async () => {
    expect((await signedWith((info) => info)).status).toBe('valid');
  });

  test('another certificate of the same key put in its place', async () => {
    const other = await world.person({ commonName: 'Người khác', unit: 'Bảo vệ' });
    const { issuerName, serialNumber } = readCertificate(other.certificate);
    const report = await signedWith(([version, , ...rest]) => [version ?? Buffer.alloc(0), derSequence(issuerName, serialNumber), ...rest], [other.certificate, ...other.chain]);
    expect(report).toMatchObject({ status: 'invalid', signatures: [{ signer: 'Người khác' }] });
    expect(codes(report)).toContain('certificateSwapped');
  });

  test('a certificate of another key put in its place', async () => {
    const other = await world.person({ commonName: 'Người khác' }, 'ec');
    const { issuerName, serialNumber } = readCertificate(other.certificate);
    const report = await signedWith(([version, , ...rest]) => [version ?? Buffer.alloc(0), derSequence(issuerName, serialNumber), ...rest], [other.certificate]);
    expect(codes(report)).toContain('signatureWrong');
    expect(report.status).toBe('invalid');
  });

  test('the certificate left out', async () => {
    const report = await signedWith((info) => info, []);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('signerMissing');
  });

  test('the timestamp of another signature', async () => {
    const other = await buildCms(person, createHash('sha256').update('khác').digest(), (signature) => requestTimestamp({ url: world.servers.tsaUrl }, createHash('sha256').update(signature).digest()));
    let stolen = Buffer.alloc(0);
    rebuild(other, (info) => {
      stolen = Buffer.from(info.at(-1) ?? []);
      return info;
    });
    const report = await signedWith((info) => [...info, stolen]);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('timestampWrong');
  });
});

test('a signature in a form nobody here understands is unknown', async () => {
  const prepared = prepareSignature(paperWithFields(), 'principal', WORDS, 8192);
  const at = prepared.file.lastIndexOf('/ETSI.CAdES.detached');
  prepared.file.write('/adbe.x509.rsa_sha1 ', at, 'latin1');
  const pdf = embedSignature(prepared, await buildCms(person, signedDigest(prepared)));
  const report = await check(pdf);
  expect(report.status).toBe('unknown');
  expect(codes(report)).toEqual(['formatUnknown']);
});

test('a dictionary with an entry twice, of which readers may take either, is forged', async () => {
  const prepared = prepareSignature(paperWithFields(), 'principal', { ...WORDS, reason: 'x'.repeat(60) }, 8192);
  overwriteReason(prepared, '/ByteRange [0 10 20 30]');
  const report = await check(embedSignature(prepared, await buildCms(person, signedDigest(prepared))));
  expect(report.status).toBe('invalid');
  expect(codes(report)).toContain('structureForged');
});

/** `openssl cms -sign` over the byte range, put in under the sub-filter of older programs. */
async function signedByOpenssl(options: string[], rewrite: (cms: Buffer) => Buffer = (cms) => cms): Promise<VerifyReport> {
  const prepared = prepareSignature(paperWithFields(), 'principal', WORDS, 8192);
  prepared.file.write('/adbe.pkcs7.detached', prepared.file.lastIndexOf('/ETSI.CAdES.detached'), 'latin1');
  const [, length, second] = prepared.byteRange;
  const covered = Buffer.concat([prepared.file.subarray(0, length), prepared.file.subarray(second)]);
  const cms = await withTempFile(covered, async (file, folder) => {
    const [certificate, key] = [path.join(world.pki.folder, 'person-1.pem'), path.join(world.pki.folder, 'person-1.key')];
    const answer = await runTool('openssl', ['cms', '-sign', '-binary', '-in', file, '-signer', certificate, '-inkey', key, '-certfile', world.pki.issuingFile, '-outform', 'DER', '-out', path.join(folder, 'cms'), ...options]);
    expect(answer).toEqual({ status: 0, output: '' });
    return readFileSync(path.join(folder, 'cms'));
  });
  return check(embedSignature(prepared, rewrite(cms)));
}

/** The outer levels with indefinite lengths, as programs write that do not know the length beforehand. */
function indefinite(der: Uint8Array, levels: number): Buffer {
  const node = readDer(der);
  if (levels === 0 || !(node.tag & 0x20)) return Buffer.from(node.raw);
  return Buffer.concat([Buffer.from([node.tag, 0x80]), ...derChildren(node.body).map(({ raw }) => indefinite(raw, levels - 1)), Buffer.from([0, 0])]);
}

describe('signatures that OpenSSL made, as other signing programs do', () => {
  test.each([
    ['plain', []],
    ['CAdES', ['-cades']],
    ['SHA-512', ['-md', 'sha512']],
    ['RSA-PSS', ['-keyopt', 'rsa_padding_mode:pss']],
  ])('%s', async (_, options) => {
    expect(await signedByOpenssl(options)).toMatchObject({ status: 'valid', signatures: [{ signer: 'Nguyễn Thị Hồng Hạnh', role: 'principal' }] });
  });

  test.each([1, 2, 3, 4])('indefinite lengths (BER) on %i levels', async (levels) => {
    expect(await signedByOpenssl([], (cms) => indefinite(cms, levels))).toMatchObject({ status: 'valid' });
  });

  test('SHA-1 is a warning', async () => {
    const report = await signedByOpenssl(['-md', 'sha1']);
    expect(report.status).toBe('warning');
    expect(codes(report)).toContain('weakDigest');
  });

  test.each([
    ['a signer named by key identifier', ['-keyid']],
    ['no signed attributes', ['-noattr']],
  ])('%s is not understood, and said to be so', async (_, options) => {
    expect(await signedByOpenssl(options)).toMatchObject({ status: 'unknown' });
  });
});

test('no damage to a signed paper ever makes it valid, and none makes the check fall over', async () => {
  const prepared = prepareSignature(paperWithFields(), 'principal', WORDS, 8192);
  const signed = embedSignature(prepared, await buildCms(person, signedDigest(prepared)));
  const [, gapStart, gapEnd] = prepared.byteRange;
  await assertProperty(
    asyncProperty(integer({ min: 0, max: signed.length - 1 }), integer({ min: 1, max: 255 }), async (at, change) => {
      pre(at < gapStart || at >= gapEnd);
      const damaged = Buffer.from(signed);
      damaged[at] = (damaged[at] ?? 0) ^ change;
      expect(['invalid', 'unknown', 'unsigned']).toContain((await check(damaged)).status);
    }),
    { numRuns: 400 },
  );
  await assertProperty(
    asyncProperty(integer({ min: 0, max: signed.length - 1 }), async (length) => {
      expect((await check(signed.subarray(0, length))).status).not.toBe('valid');
    }),
    { numRuns: 100 },
  );
});
