import { readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Stamp } from '../../main/kit/pdf/signature-stamp.ts';
import { buildStamp } from '../../main/kit/pdf/signature-stamp.ts';
import type { BatchPaper } from '../../main/signing/sign-batch.ts';
import { signBatch } from '../../main/signing/sign-batch.ts';
import { signAnyPdf } from '../../main/signing/sign-foreign-pdf.ts';
import type { SignRequest } from '../../main/signing/sign-pdf.ts';
import { signPdf } from '../../main/signing/sign-pdf.ts';
import type { Signer } from '../../main/signing/signer.ts';
import { tokenSigner } from '../../main/signing/signer.ts';
import { forkTokenProcess } from '../../main/signing/token-channel.ts';
import { TokenClient } from '../../main/signing/token-client.ts';
import { verifyPdf } from '../../main/signing/verify-pdf.ts';
import type { CertificateName, SigningWorld } from '../fake/tokens.ts';
import { buildSigningWorld, PIN } from '../fake/tokens.ts';
import { runTool, withTempFile } from './outside-tools.ts';
import { judge, judgeTimestamps, rawSignatures } from './pdf-judges.ts';
import { paperWithFields, printedPaper, SAMPLE_SEAL } from './sample-papers.ts';

let world: SigningWorld;
let client: TokenClient;
beforeAll(async () => {
  world = await buildSigningWorld();
  client = new TokenClient(() => forkTokenProcess({ env: world.env }));
});
afterAll(async () => {
  client.close();
  await world.close();
});

const PEOPLE = {
  homeroom: { certificate: 'homeroom', name: 'Trần Văn Bình', lines: ['Ký bởi: Trần Văn Bình', 'Giáo viên chủ nhiệm lớp 9A', '22/11/2026 09:15:30 +07:00'] },
  principal: { certificate: 'principal', name: 'Nguyễn Thị Hồng Hạnh', lines: ['Ký bởi: Nguyễn Thị Hồng Hạnh', 'Hiệu trưởng', '22/11/2026 09:15:30 +07:00'] },
  seal: { certificate: 'seal', name: 'TRƯỜNG THCS LÊ QUÝ ĐÔN', lines: [] },
} as const;

async function signerOf(name: CertificateName): Promise<Signer> {
  return tokenSigner(client, await client.login(world.module, world.certificates[name].sha256, PIN));
}

function stampOf(role: keyof typeof PEOPLE): Promise<Stamp> {
  if (role === 'seal') return buildStamp({ kind: 'seal', width: 102, height: 102, lines: [], image: SAMPLE_SEAL });
  return buildStamp({ kind: 'signature', width: 200, height: 100, lines: [...PEOPLE[role].lines] });
}

async function requestOf(role: keyof typeof PEOPLE, pdf: Uint8Array): Promise<SignRequest> {
  const { certificate, name } = PEOPLE[role];
  return { pdf, field: role, role, signer: await signerOf(certificate), stamp: await stampOf(role), name, reason: 'Xác nhận kết quả học tập', location: 'Thành phố Hồ Chí Minh', time: new Date() };
}

function check(pdf: Uint8Array, checkRevocation = true): ReturnType<typeof verifyPdf> {
  return verifyPdf(pdf, { trust: world.pki.rootPem, now: new Date(), checkRevocation });
}

describe('homeroom teacher, principal and seal sign one transcript in their order', () => {
  test('each signature only appends, and outside programs accept all three', async () => {
    const steps: Uint8Array[] = [paperWithFields('a-2b')];
    for (const role of ['homeroom', 'principal', 'seal'] as const) {
      const before = steps.at(-1) ?? Buffer.alloc(0);
      const { pdf, timestamp } = await signPdf({ ...(await requestOf(role, before)), tsa: { url: world.servers.tsaUrl } });
      expect(timestamp).toBe('granted');
      expect(Buffer.from(pdf.subarray(0, before.length)).equals(Buffer.from(before))).toBe(true);
      steps.push(pdf);
    }
    const final = steps.at(-1) ?? Buffer.alloc(0);
    const outside = await judge(final, world.pki.rootFile);
    expect(outside.sound).toBe(true);
    expect(outside.cms).toEqual([expect.objectContaining({ ok: true }), expect.objectContaining({ ok: true }), expect.objectContaining({ ok: true })]);
    expect(outside.pdfsig.match(/Signature is Valid/g)).toHaveLength(3);
    expect(outside.pdfsig).toContain('Signer Certificate Common Name: Nguyễn Thị Hồng Hạnh');
    expect(outside.pdfsig).toContain('Total document signed');
    expect(outside.mutool).toContain('The document is unchanged since signing.');
    expect(await judgeTimestamps(final, world.pki.rootFile, world.pki.issuingFile)).toEqual(['ok', 'ok', 'ok']);

    const report = await check(final);
    expect(report).toMatchObject({ status: 'valid', emptyFields: [], reasons: [] });
    expect(report.signatures.map(({ signer, role, status, timeTrusted, serial }) => ({ signer, role, status, timeTrusted, serial: serial.length > 0 }))).toEqual([
      { signer: 'Trần Văn Bình', role: 'homeroom', status: 'valid', timeTrusted: true, serial: true },
      { signer: 'Nguyễn Thị Hồng Hạnh', role: 'principal', status: 'valid', timeTrusted: true, serial: true },
      { signer: 'TRƯỜNG THCS LÊ QUÝ ĐÔN', role: 'seal', status: 'valid', timeTrusted: true, serial: true },
    ]);
    expect(report.signatures.map(({ changesAfter }) => changesAfter.map(({ kind, detail }) => `${kind} ${detail}`))).toEqual([['fieldSigned principal', 'fieldSigned seal'], ['fieldSigned seal'], []]);
  });

  test('the stamped page is drawn: the three places are no longer blank', async () => {
    let pdf = paperWithFields();
    for (const role of ['homeroom', 'principal', 'seal'] as const) ({ pdf } = await signPdf(await requestOf(role, pdf)));
    await withTempFile(pdf, async (file, folder) => {
      expect((await runTool('pdftoppm', ['-r', '72', '-f', '2', '-l', '2', file, `${folder}/page`])).status).toBe(0);
      const picture = readFileSync(`${folder}/page-2.ppm`);
      const ink = (x: number, y: number, width: number, height: number): { blue: number; red: number } => countInk(picture, x, y, width, height);
      expect(ink(60, 842 - 190, 200, 100).blue).toBeGreaterThan(200);
      expect(ink(390, 842 - 190, 160, 100).blue).toBeGreaterThan(200);
      expect(ink(280, 842 - 190, 100, 100).red).toBeGreaterThan(200);
      expect(ink(60, 300, 400, 100)).toEqual({ blue: 0, red: 0 });
    });
  });

  test('the words of the signature keep their Vietnamese letters for other readers', async () => {
    const { pdf } = await signPdf(await requestOf('principal', paperWithFields()));
    const json = await withTempFile(pdf, (file) => runTool('qpdf', ['--json=2', '--json-key=qpdf', file]));
    expect(json.output).toContain('u:Nguyễn Thị Hồng Hạnh');
    expect(json.output).toContain('u:Xác nhận kết quả học tập');
    expect(json.output).toContain('u:Thành phố Hồ Chí Minh');
    expect(json.output).toContain('"/SoTruongRole": "/principal"');
  });
});

/** Blue and red pixels of a box in a 72 dpi PPM picture. */
function countInk(picture: Buffer, x: number, y: number, width: number, height: number): { blue: number; red: number } {
  const [, columns] = /^P6\s+(\d+)\s+\d+\s+255\s/.exec(picture.toString('latin1', 0, 30)) ?? [];
  const start = /^P6\s+\d+\s+\d+\s+255\s/.exec(picture.toString('latin1', 0, 30))?.[0].length ?? 0;
  const count = { blue: 0, red: 0 };
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      const at = start + (row * Number(columns) + column) * 3;
      const [red = 0, green = 0, blue = 0] = picture.subarray(at, at + 3);
      if (blue > red + 40) count.blue++;
      if (red > blue + 40 && red > green + 40) count.red++;
    }
  }
  return count;
}

describe('one field, one signature', () => {
  test.each(['principal', 'principalEc', 'alwaysAsks'] as const)('%s: the byte range is exact and the CMS is CAdES', async (name) => {
    const { pdf, timestamp } = await signPdf({ ...(await requestOf('principal', paperWithFields())), signer: await signerOf(name) });
    expect(timestamp).toBe('none');
    const [signature] = rawSignatures(pdf);
    expect(signature?.range[0]).toBe(0);
    expect((signature?.range[2] ?? 0) + (signature?.range[3] ?? 0)).toBe(pdf.length);
    expect(pdf[signature?.range[1] ?? 0]).toBe('<'.charCodeAt(0));
    expect((await judge(pdf, world.pki.rootFile)).cms).toEqual([expect.objectContaining({ ok: true })]);
    expect((await check(pdf)).signatures[0]).toMatchObject({ status: 'valid', timeTrusted: false, reasons: [expect.objectContaining({ code: 'timeUntrusted', severity: 'info' })] });
  });

  test('a field is not signed twice, and a missing field is named', async () => {
    const request = await requestOf('principal', paperWithFields());
    const { pdf } = await signPdf(request);
    await expect(signPdf({ ...request, pdf })).rejects.toMatchObject({ code: 'signing.fieldSigned', batchCanContinue: true });
    await expect(signPdf({ ...request, field: 'phó hiệu trưởng' })).rejects.toMatchObject({ code: 'signing.fieldMissing' });
  });

  test('a chain that does not fit the room is refused, never cut', async () => {
    const request = await requestOf('principal', paperWithFields());
    const long: Signer = { ...request.signer, chain: Array.from({ length: 40 }, () => world.pki.issuing) };
    await expect(signPdf({ ...request, signer: long })).rejects.toMatchObject({ code: 'signing.contentsTooSmall' });
    const longer: Signer = { ...request.signer, chain: Array.from({ length: 8 }, () => world.pki.issuing) };
    expect((await judge((await signPdf({ ...request, signer: longer })).pdf, world.pki.rootFile)).cms).toEqual([expect.objectContaining({ ok: true })]);
  });

  test('a token that returns a wrong signature is caught by reading back', async () => {
    const request = await requestOf('principal', paperWithFields());
    const broken: Signer = { ...request.signer, sign: async (tbs) => (await request.signer.sign(tbs)).map((byte, index) => (index === 9 ? byte ^ 1 : byte)) };
    await expect(signPdf({ ...request, signer: broken })).rejects.toMatchObject({ code: 'signing.checkFailed', params: { detail: 'signatureWrong' } });
  });

  test('a stamp of another shape is scaled evenly into the field', async () => {
    const request = await requestOf('principal', paperWithFields());
    const { pdf } = await signPdf({ ...request, stamp: await stampOf('seal') });
    expect((await judge(pdf, world.pki.rootFile)).sound).toBe(true);
  });
});

describe('the timestamp service', () => {
  test.each([
    ['down', 'signing.tsaUnreachable'],
    ['rejected', 'signing.tsaRefused'],
    ['garbage', 'signing.tsaRefused'],
    ['wrongNonce', 'signing.tsaRefused'],
    ['wrongImprint', 'signing.tsaRefused'],
  ] as const)('when it is %s, the paper is signed all the same and its timestamp waits', async (mode, code) => {
    world.servers.tsa = mode;
    onTestFinished(() => {
      world.servers.tsa = 'ok';
    });
    const { pdf, timestamp, timestampFault } = await signPdf({ ...(await requestOf('principal', paperWithFields())), tsa: { url: world.servers.tsaUrl } });
    expect(timestamp).toBe('waiting');
    expect(timestampFault).toMatchObject({ code });
    expect(await judgeTimestamps(pdf, world.pki.rootFile, world.pki.issuingFile)).toEqual(['none']);
    expect((await check(pdf)).status).toBe('valid');
  });
});

function papers(count: number, prefix = 'HS'): BatchPaper[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index + 1}`, read: () => Promise.resolve(paperWithFields()) }));
}

async function batchRequest(): Promise<Omit<SignRequest, 'pdf'>> {
  const { pdf: _, ...request } = await requestOf('principal', Buffer.alloc(0));
  return request;
}

describe('a class is signed with one PIN', () => {
  test('all papers are signed, each on its own', async () => {
    const saved = new Map<string, Uint8Array>();
    const result = await signBatch(papers(8), await batchRequest(), { save: (id, { pdf }) => Promise.resolve(void saved.set(id, pdf)) });
    expect(result).toMatchObject({ failed: [], stopped: false, timestampWaiting: 0 });
    expect(result.signed.toSorted()).toEqual(['HS1', 'HS2', 'HS3', 'HS4', 'HS5', 'HS6', 'HS7', 'HS8']);
    for (const pdf of saved.values()) expect((await check(pdf, false)).status).toBe('valid');
  });

  test('one unreadable paper is named, the others are signed', async () => {
    const bad = { id: 'hỏng', read: () => Promise.resolve(Buffer.from('%PDF-1.7 cụt')) };
    const result = await signBatch([...papers(2), bad, ...papers(2, 'X')], await batchRequest(), { save: () => Promise.resolve() });
    expect(result.signed).toHaveLength(4);
    expect(result.failed).toEqual([expect.objectContaining({ id: 'hỏng', code: 'pdf.unreadable', batchCanContinue: true })]);
    expect(result.stopped).toBe(false);
  });

  test('when the token is pulled out the batch stops, and runs on at the next paper after a new PIN', async () => {
    const fault = world.faultModule();
    const faulty = new TokenClient(() => forkTokenProcess({ env: fault.env }));
    onTestFinished(() => faulty.close());
    const login = async (): Promise<Signer> => tokenSigner(faulty, await faulty.login(fault.module, world.certificates.principal.sha256, PIN));
    const request = await batchRequest();
    const saved = new Set<string>();
    const save = (id: string): Promise<void> => Promise.resolve(void saved.add(id));
    const signer = await login();
    fault.control('sign_err 32\nafter 5\n');
    const stopped = await signBatch(papers(20), { ...request, signer }, { save });
    expect(stopped).toMatchObject({ signed: { length: 5 }, stopped: true, fatal: true });
    expect(stopped.failed).toEqual([expect.objectContaining({ code: 'token.removed', batchCanContinue: false })]);
    fault.control('');
    const rest = papers(20).filter(({ id }) => !saved.has(id));
    const resumed = await signBatch(rest, { ...request, signer: await login() }, { save });
    expect(resumed).toMatchObject({ failed: [], stopped: false });
    expect(saved.size).toBe(20);
  });

  test('a timestamp service that is down is asked a few times, not once per paper', async () => {
    world.servers.tsa = 'down';
    onTestFinished(() => {
      world.servers.tsa = 'ok';
    });
    const before = world.servers.requests;
    const result = await signBatch(papers(20), { ...(await batchRequest()), tsa: { url: world.servers.tsaUrl } }, { save: () => Promise.resolve() });
    expect(result).toMatchObject({ signed: { length: 20 }, timestampWaiting: 20, failed: [] });
    expect(world.servers.requests - before).toBeLessThan(10);
  });

  test('a person who stops it keeps what is signed', async () => {
    let looked = 0;
    const result = await signBatch(papers(10), await batchRequest(), { save: () => Promise.resolve(), stopped: () => ++looked > 4 });
    expect(result).toMatchObject({ signed: { length: 4 }, failed: [], stopped: true, fatal: false });
  });
});

async function foreignPdf(useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('Foreign paper', { x: 50, y: 700 });
  return document.save({ useObjectStreams });
}

describe('PDFs of other programs', () => {
  test.each([
    ['a cross-reference stream', true],
    ['a cross-reference table', false],
  ])('one with %s gets a field, and a second signer another', async (_, useObjectStreams) => {
    const original = await foreignPdf(useObjectStreams);
    const homeroom = await requestOf('homeroom', original);
    const first = await signAnyPdf({ ...homeroom, place: { page: 1, rect: [60, 90, 260, 190] }, tsa: { url: world.servers.tsaUrl } });
    expect(first.timestamp).toBe('granted');
    const second = await signAnyPdf({ ...(await requestOf('seal', first.pdf)), place: { page: 1, rect: [330, 90, 432, 192] } });
    expect(Buffer.from(second.pdf.subarray(0, first.pdf.length)).equals(first.pdf)).toBe(true);
    const outside = await judge(second.pdf, world.pki.rootFile);
    expect(outside.sound).toBe(true);
    expect(outside.cms).toEqual([expect.objectContaining({ ok: true }), expect.objectContaining({ ok: true })]);
    expect(outside.pdfsig.match(/Signature is Valid/g)).toHaveLength(2);
    const report = await check(second.pdf);
    expect(report).toMatchObject({ status: 'valid', signatures: [{ role: 'homeroom', status: 'valid', changesAfter: [{ kind: 'fieldAdded', detail: 'seal' }] }, { role: 'seal', status: 'valid' }] });
  });

  test('without a field and without a place there is nothing to sign in', async () => {
    await expect(signAnyPdf(await requestOf('seal', await foreignPdf(true)))).rejects.toMatchObject({ code: 'signing.fieldMissing' });
    await expect(signAnyPdf(await requestOf('seal', Buffer.from('không phải PDF')))).rejects.toMatchObject({ code: 'pdf.unreadable' });
  });

  test('our own paper without fields is signed at a place as well', async () => {
    const { pdf } = await signAnyPdf({ ...(await requestOf('principal', printedPaper())), place: { page: 2, rect: [330, 90, 550, 190] } });
    expect((await judge(pdf, world.pki.rootFile)).cms).toEqual([expect.objectContaining({ ok: true })]);
    expect((await check(pdf)).status).toBe('valid');
  });
});
