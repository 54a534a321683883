import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePdfText, isKind, pdfAscii, pdfDate, pdfDict, PdfSyntaxError, pdfText } from '../../main/kit/pdf/pdf-objects.ts';
import type { PdfValue } from '../../main/kit/pdf/pdf-objects.ts';
import { PdfLexer } from '../../main/kit/pdf/pdf-lexer.ts';
import { PdfSnapshot } from '../../main/kit/pdf/pdf-snapshot.ts';
import { writePdfValue } from '../../main/kit/pdf/pdf-writer.ts';
import { signAnyPdf } from '../../main/signing/sign-foreign-pdf.ts';
import { verifyPdf } from '../../main/signing/verify-pdf.ts';
import { runTool, withTempFile } from './outside-tools.ts';
import { judge } from './pdf-judges.ts';
import { printedPaper } from './sample-papers.ts';
import type { SoftwareWorld } from './software-people.ts';
import { buildSoftwareWorld } from './software-people.ts';

function read(text: string): PdfValue {
  return new PdfLexer(Buffer.from(text, 'latin1')).value();
}

describe('the grammar of PDF', () => {
  test.each([
    ['true', true],
    ['null', null],
    ['-12.50', -12.5],
    ['+3', 3],
    ['.5', 0.5],
    ['4.', 4],
    ['12 0 R', { kind: 'ref', num: 12, gen: 0 }],
    ['/Ten#20cot', { kind: 'name', name: 'Ten cot' }],
    ['[1 2 0 R 3 4]', { kind: 'array', items: [1, { kind: 'ref', num: 2, gen: 0 }, 3, 4] }],
    ['% chú thích\n 7', 7],
  ])('%s', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  test.each([
    [String.raw`(a\(b\)c (d) \101\n\
e)`, 'a(b)c (d) A\ne'],
    ['<48 65 6C6c 6F>', 'Hello'],
    ['<4>', '@'],
  ])('the string %s', (text, content) => {
    const value = read(text);
    expect(isKind(value, 'string') && decodePdfText(value)).toBe(content);
  });

  test.each(['<< /A 1', '[1 2', '(chưa đóng', '<4G>', '/A#ZZ', '<< 1 2 >>', '--1', 'xyz', '['.repeat(500)])('what is not PDF is refused: %s', (text) => {
    expect(() => read(text)).toThrow(PdfSyntaxError);
  });

  test('a key met twice is remembered, whichever counts', () => {
    expect(read('<< /A 1 /B 2 /A 3 >>')).toMatchObject({ repeatedKeys: ['A'] });
  });

  test('what is written is read back the same, Vietnamese text included', () => {
    const value = pdfDict({ 'Class (9A)': pdfText('Đặng Thị Hằng'.normalize('NFD')), Path: pdfAscii(String.raw`C:\học (bạ)`), Small: 1e-9, List: { kind: 'array', items: [1.5, -0.25, true, null] } });
    const again = new PdfLexer(Buffer.from(writePdfValue(value), 'latin1')).value();
    const text = isKind(again, 'dict') ? [...again.entries.values()][0] : undefined;
    expect(isKind(text, 'string') && decodePdfText(text)).toBe('Đặng Thị Hằng');
    expect(writePdfValue(again)).toBe(writePdfValue(value));
  });

  test('times are written in Vietnam’s clock', () => {
    expect(decodePdfText(pdfDate(new Date('2026-11-22T20:15:30Z')))).toBe("D:20261123031530+07'00'");
  });
});

describe('the forms in which programs store a PDF', () => {
  let world: SoftwareWorld;
  beforeAll(async () => {
    world = await buildSoftwareWorld();
  });
  afterAll(() => world.close());

  function rewritten(options: string[]): Promise<Uint8Array> {
    return withTempFile(printedPaper(), async (file, folder) => {
      expect((await runTool('qpdf', [...options, file, `${folder}/khác.pdf`])).status).toBe(0);
      return readFileSync(`${folder}/khác.pdf`);
    });
  }

  test.each([
    ['classic', ['--object-streams=disable']],
    ['object and cross-reference streams', ['--object-streams=generate']],
    ['linearized', ['--linearize', '--object-streams=disable']],
    ['linearized with streams', ['--linearize', '--object-streams=generate']],
  ])('%s: read, signed and verified', async (_, options) => {
    const pdf = await rewritten(options);
    const snapshot = new PdfSnapshot(pdf);
    expect(snapshot.pages()).toHaveLength(2);
    for (const num of snapshot.objectNumbers()) expect(() => snapshot.object(num)).not.toThrow();
    const signed = await signAnyPdf({ pdf, field: 'principal', place: { page: 2, rect: [330, 90, 550, 190] }, signer: await world.person(), name: 'Hạnh', reason: 'Ký', location: 'Huế', time: new Date() });
    expect(await judge(signed.pdf, world.pki.rootFile)).toMatchObject({ sound: true, cms: [{ ok: true }] });
    expect(await verifyPdf(signed.pdf, { trust: world.pki.rootPem, now: new Date(), checkRevocation: false })).toMatchObject({ status: 'valid' });
  });

  test.each([
    ['that is too short', Buffer.alloc(0)],
    ['that would fill the memory', deflateSync(Buffer.alloc(70 * 1024 * 1024))],
  ])('a cross-reference stream %s is refused', (_, data) => {
    const head = `%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 1 /W [1 1 1] /Filter /FlateDecode /Length ${data.length} >>\nstream\n`;
    const pdf = Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]);
    expect(() => new PdfSnapshot(pdf)).toThrow(PdfSyntaxError);
  });

  test('cross-references that lead in a circle end', () => {
    const table = 'xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n';
    expect(() => new PdfSnapshot(Buffer.from(`%PDF-1.4\n${table}`))).toThrow(/loop/);
  });
});
