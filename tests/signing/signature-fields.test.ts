import { expect, test } from 'vitest';
import { signatureFields } from '../../main/kit/pdf/acro-form-fields.ts';
import { PdfSnapshot } from '../../main/kit/pdf/pdf-snapshot.ts';
import { addSignatureFields } from '../../main/kit/pdf/signature-fields.ts';
import { runTool, withTempFile } from './outside-tools.ts';
import { FIELDS, paperWithFields, printedPaper } from './sample-papers.ts';

test.each([undefined, 'a-2b', 'a-3b'] as const)('a printed paper (%s) is born with its empty fields and stays a sound PDF', async (standard) => {
  const paper = paperWithFields(standard);
  await withTempFile(paper, async (file) => {
    expect(await runTool('qpdf', ['--check', file])).toMatchObject({ status: 0, output: expect.stringContaining('No syntax or stream encoding errors') });
    const fields = (await runTool('pdfsig', [file])).output;
    for (const name of ['homeroom', 'principal', 'seal']) expect(fields).toContain(`Signature Field Name: ${name}`);
    expect(fields.match(/The signature form field is not signed/g)).toHaveLength(3);
  });
});

test('the printed bytes are kept: the fields are appended', () => {
  const printed = printedPaper();
  const paper = addSignatureFields(printed, FIELDS);
  expect(Buffer.from(paper.subarray(0, printed.length)).equals(Buffer.from(printed))).toBe(true);
});

test('fields keep their names and places, and the links of the page keep theirs', () => {
  const snapshot = new PdfSnapshot(paperWithFields());
  expect(signatureFields(snapshot).map(({ name, rect, signature }) => ({ name, rect, signature }))).toEqual(
    FIELDS.map(({ name, rect }) => ({ name, rect, signature: undefined })),
  );
  const annotations = snapshot.resolve(snapshot.dict(snapshot.pages()[1])?.entries.get('Annots'));
  expect(annotations).toMatchObject({ items: { length: 1 + FIELDS.length } });
});

test('fields can be added in two steps', async () => {
  const [first, ...others] = FIELDS;
  const paper = addSignatureFields(addSignatureFields(printedPaper(), first ? [first] : []), others);
  expect(signatureFields(new PdfSnapshot(paper)).map((field) => field.name)).toEqual(['homeroom', 'principal', 'seal']);
  await withTempFile(paper, async (file) => expect(await runTool('qpdf', ['--check', file])).toMatchObject({ status: 0 }));
});

test('a field is refused on a page that is not there, twice under one name, or without area', () => {
  const place = { name: 'seal', page: 1, rect: [10, 10, 60, 60] as [number, number, number, number], tooltip: 'Dấu' };
  expect(() => addSignatureFields(printedPaper(), [{ ...place, page: 3 }])).toThrow(RangeError);
  expect(() => addSignatureFields(printedPaper(), [place, place])).toThrow(TypeError);
  expect(() => addSignatureFields(printedPaper(), [{ ...place, rect: [10, 10, 10, 60] }])).toThrow(RangeError);
});

test('a file that is no PDF is refused by name', () => {
  expect(() => addSignatureFields(Buffer.from('not a PDF'), FIELDS)).toThrow(expect.objectContaining({ code: 'pdf.unreadable' }));
});
