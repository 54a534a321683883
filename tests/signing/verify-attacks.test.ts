import { readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PdfAppender } from '../../main/kit/pdf/pdf-appender.ts';
import { withEntries } from '../../main/kit/pdf/pdf-appender.ts';
import { isKind, pdfArray, pdfDict, pdfName, pdfText } from '../../main/kit/pdf/pdf-objects.ts';
import type { PdfSnapshot } from '../../main/kit/pdf/pdf-snapshot.ts';
import { embedSignature, prepareSignature, signedDigest } from '../../main/kit/pdf/signature-placeholder.ts';
import { buildCms } from '../../main/signing/cms-build.ts';
import { signAnyPdf } from '../../main/signing/sign-foreign-pdf.ts';
import { signPdf } from '../../main/signing/sign-pdf.ts';
import type { Signer } from '../../main/signing/signer.ts';
import type { VerifyReport } from '../../main/signing/verify-pdf.ts';
import { verifyPdf } from '../../main/signing/verify-pdf.ts';
import { addField, append, codes, fieldOf, overwriteReason, pageOf, refIn, rootOf } from './attack-kit.ts';
import { runTool, withTempFile } from './outside-tools.ts';
import { judge } from './pdf-judges.ts';
import { paperWithFields, printedPaper } from './sample-papers.ts';
import type { SoftwareWorld } from './software-people.ts';
import { buildSoftwareWorld } from './software-people.ts';

let world: SoftwareWorld;
let person: Signer;
/** Signed by homeroom teacher and principal; the seal's field is still empty. */
let signed: Buffer;

const WORDS = { name: 'Hạnh', reason: 'Ký', location: 'Huế', time: new Date() };

beforeAll(async () => {
  world = await buildSoftwareWorld();
  person = await world.person();
  const first = await signPdf({ ...WORDS, pdf: paperWithFields(), field: 'homeroom', signer: person });
  signed = (await signPdf({ ...WORDS, pdf: first.pdf, field: 'principal', signer: person, tsa: { url: world.servers.tsaUrl } })).pdf;
});
afterAll(() => world.close());

function check(pdf: Uint8Array): Promise<VerifyReport> {
  return verifyPdf(pdf, { trust: world.pki.rootPem, now: new Date(), checkRevocation: false });
}

test('before anything is done to it, the paper is valid', async () => {
  expect(await check(signed)).toMatchObject({ status: 'valid', emptyFields: ['seal'], signatures: [{ status: 'valid' }, { status: 'valid', timeTrusted: true }] });
});

test('a paper nobody signed is unsigned, with its empty fields', async () => {
  expect(await check(paperWithFields())).toEqual({ status: 'unsigned', signatures: [], emptyFields: ['homeroom', 'principal', 'seal'], reasons: [] });
  expect(await check(printedPaper())).toMatchObject({ status: 'unsigned', emptyFields: [] });
});

describe('bytes changed under the signatures', () => {
  test.each([0.2, 0.5, 0.9])('a flipped bit at %s of the signed text', async (share) => {
    const pdf = Buffer.from(signed);
    const page = Buffer.from('stream\n');
    const stream = pdf.indexOf(page);
    const at = stream + page.length + Math.floor(share * 40);
    pdf[at] = (pdf[at] ?? 0) ^ 1;
    const report = await check(pdf);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('contentChanged');
  });

  test('a flipped bit in the signature value', async () => {
    const pdf = Buffer.from(signed);
    const at = pdf.indexOf('/Contents <') + 11 + 200;
    pdf[at] = pdf[at] === 0x30 ? 0x31 : 0x30;
    expect((await check(pdf)).status).not.toBe('valid');
    expect((await check(pdf)).status).not.toBe('warning');
  });

  test('bytes hidden behind the CMS in its own padding', async () => {
    const pdf = Buffer.from(signed);
    const end = pdf.indexOf('>\n>>', pdf.indexOf('/Contents <'));
    pdf.write('41', end - 2, 'latin1');
    const report = await check(pdf);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('structureForged');
  });
});

describe('revisions appended after the signatures', () => {
  test('a page overwritten: the programs that people use say “valid”, we do not', async () => {
    const attacked = append(signed, (appender, snapshot) => {
      const content = snapshot.resolve(refIn(pageOf(snapshot, 0).dict, 'Contents'));
      if (!isKind(content, 'stream')) throw new Error('unexpected page');
      const forged = Buffer.from('BT /F1 40 Tf 50 700 Td (10,0) Tj ET');
      appender.putParts(refIn(pageOf(snapshot, 0).dict, 'Contents'), [Buffer.from(`<< /Length ${forged.length} >>\nstream\n`), forged, Buffer.from('\nendstream')]);
    });
    const outside = await judge(attacked, world.pki.rootFile);
    expect(outside.sound).toBe(true);
    expect(outside.cms.every(({ ok }) => ok)).toBe(true);
    expect(outside.pdfsig.match(/Signature is Valid/g)).toHaveLength(2);
    const report = await check(attacked);
    expect(report).toMatchObject({ status: 'invalid', signatures: [{ status: 'invalid' }, { status: 'invalid' }] });
    expect(codes(report)).toContain('changedAfterwards');
  });

  test('a page overwritten and then sealed: the seal is good, what was signed before is not', async () => {
    const attacked = append(signed, (appender, snapshot) => {
      appender.putParts(refIn(pageOf(snapshot, 0).dict, 'Contents'), [Buffer.from('<< /Length 0 >>\nstream\n\nendstream')]);
    });
    const { pdf } = await signPdf({ ...WORDS, pdf: attacked, field: 'seal', signer: person });
    expect((await check(pdf)).signatures.map(({ field, status }) => `${field} ${status}`)).toEqual(['homeroom invalid', 'principal invalid', 'seal valid']);
  });

  test('a page added by an everyday library', async () => {
    const document = await PDFDocument.load(signed, { forIncrementalUpdate: true, updateMetadata: false });
    document.addPage([595, 842]).drawText('trang chen them');
    const attacked = await document.save({ useObjectStreams: false });
    expect(Buffer.from(attacked.subarray(0, signed.length)).equals(signed)).toBe(true);
    const report = await check(attacked);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('changedAfterwards');
  });

  test('the whole file written anew', async () => {
    const document = await PDFDocument.load(signed);
    expect((await check(await document.save())).status).toBe('invalid');
  });

  const attacks: [string, (appender: PdfAppender, snapshot: PdfSnapshot) => void][] = [
    ['a note laid over the page', (appender, snapshot) => {
      const { ref, dict } = pageOf(snapshot, 0);
      const note = appender.add(pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Square'), Rect: pdfArray([0, 0, 595, 842]), IC: pdfArray([1, 1, 1]) }));
      const annots = snapshot.resolve(dict.entries.get('Annots'));
      appender.put(ref, withEntries(dict, { Annots: pdfArray([...(isKind(annots, 'array') ? annots.items : []), note]) }));
    }],
    ['an empty field of any size added', (appender, snapshot) => addField(appender, snapshot, { T: pdfText('ô mới') })],
    ['the seal’s empty field moved over the marks', (appender, snapshot) => {
      const field = fieldOf(snapshot, 'seal');
      appender.put(field.ref, withEntries(field.dict, { Rect: pdfArray([0, 0, 595, 842]) }));
    }],
    ['the look of a signed field replaced', (appender, snapshot) => {
      const field = fieldOf(snapshot, 'principal');
      const look = appender.addStream(pdfDict({ Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: pdfArray([0, 0, 9, 9]) }), Buffer.from('0 0 9 9 re f'));
      appender.put(field.ref, withEntries(field.dict, { AP: pdfDict({ N: look }) }));
    }],
    ['a signature removed from its field', (appender, snapshot) => {
      const field = fieldOf(snapshot, 'homeroom');
      const entries = new Map(field.dict.entries);
      entries.delete('V');
      appender.put(field.ref, { kind: 'dict', entries, repeatedKeys: [] });
    }],
    ['the catalog pointed at another page tree', (appender, snapshot) => {
      const page = appender.add(pdfDict({ Type: pdfName('Page'), MediaBox: pdfArray([0, 0, 595, 842]) }));
      const tree = appender.add(pdfDict({ Type: pdfName('Pages'), Kids: pdfArray([page]), Count: 1 }));
      appender.put(rootOf(snapshot), withEntries(snapshot.catalog, { Pages: tree }));
    }],
    ['a script that runs when the paper is opened', (appender, snapshot) => {
      appender.put(rootOf(snapshot), withEntries(snapshot.catalog, { OpenAction: pdfDict({ S: pdfName('JavaScript'), JS: pdfText('app.alert(1)') }) }));
    }],
    ['a layer that hides content', (appender, snapshot) => {
      appender.put(rootOf(snapshot), withEntries(snapshot.catalog, { OCProperties: pdfDict({ D: pdfDict({}) }) }));
    }],
    ['an old object smuggled in as the annotation list', (appender, snapshot) => {
      const { ref, dict } = pageOf(snapshot, 1);
      const annots = snapshot.resolve(dict.entries.get('Annots'));
      const content = refIn(dict, 'Contents');
      appender.put(content, pdfArray(isKind(annots, 'array') ? annots.items : []));
      appender.put(ref, withEntries(dict, { Annots: content }));
    }],
    ['validation data that carries a page’s new content', (appender, snapshot) => {
      const content = refIn(pageOf(snapshot, 0).dict, 'Contents');
      appender.putParts(content, [Buffer.from('<< /Length 0 >>\nstream\n\nendstream')]);
      appender.put(rootOf(snapshot), withEntries(snapshot.catalog, { DSS: appender.add(pdfDict({ Type: pdfName('DSS'), Certs: pdfArray([content]) })) }));
    }],
    ['metadata that points at the page’s content', (appender, snapshot) => {
      const content = refIn(pageOf(snapshot, 0).dict, 'Contents');
      appender.putParts(content, [Buffer.from('<< /Type /Metadata /Subtype /XML /Length 0 >>\nstream\n\nendstream')]);
      appender.put(rootOf(snapshot), withEntries(snapshot.catalog, { Metadata: content }));
    }],
  ];
  test.each(attacks)('%s', async (_, attack) => {
    const attacked = append(signed, attack);
    // 3 is a warning: other programs open the file.
    expect([0, 3]).toContain((await withTempFile(attacked, (file) => runTool('qpdf', ['--check', file]))).status);
    const report = await check(attacked);
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('changedAfterwards');
  });

  test('a second field under a name that is taken', async () => {
    const report = await check(append(signed, (appender, snapshot) => addField(appender, snapshot, { T: pdfText('principal') })));
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('fieldsRepeated');
  });

  test('one signature shown in two fields', async () => {
    const report = await check(append(signed, (appender, snapshot) => {
      const field = fieldOf(snapshot, 'seal');
      appender.put(field.ref, withEntries(field.dict, { V: fieldOf(snapshot, 'principal').value ?? null }));
    }));
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('fieldsRepeated');
  });

  test('a file that was given another catalog altogether', async () => {
    const text = append(signed, (appender, snapshot) => void appender.add(withEntries(snapshot.catalog, {}))).toString('latin1');
    const added = /(\d+) 0 obj\n<< \/Type \/Catalog/.exec(text.slice(signed.length))?.[1];
    const last = text.lastIndexOf('/Root ');
    const attacked = Buffer.from(`${text.slice(0, last)}${text.slice(last).replace(/\/Root \d+ 0 R/, `/Root ${added} 0 R`)}`, 'latin1');
    expect((await check(attacked)).status).toBe('invalid');
  });
});

describe('bytes that belong to no revision', () => {
  test.each([
    ['a word at the end', Buffer.from('PHỤ LỤC')],
    ['one blank too many', Buffer.from('\n')],
    ['another PDF', Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n')],
    ['four kilobytes of zeros', Buffer.alloc(4096)],
  ])('%s', async (_, tail) => {
    const report = await check(Buffer.concat([signed, tail]));
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('trailingBytes');
  });

  test('an object that no cross-reference lists, inside a well-formed revision, gives no verdict', async () => {
    const honest = append(signed, (appender, snapshot) => appender.put(rootOf(snapshot), withEntries(snapshot.catalog, { DSS: pdfDict({}) })));
    expect((await check(honest)).status).toBe('valid');
    const table = honest.lastIndexOf('xref\n', honest.lastIndexOf('startxref') - 1);
    const hidden = Buffer.from('999 0 obj\n(trang khác)\nendobj\n');
    const moved = Buffer.concat([honest.subarray(0, table), hidden, honest.subarray(table)]).toString('latin1');
    const attacked = Buffer.from(moved.replace(/startxref\n(\d+)\n%%EOF\n$/, (_, at: string) => `startxref\n${Number(at) + hidden.length}\n%%EOF\n`), 'latin1');
    const report = await check(attacked);
    expect(report.status).toBe('unknown');
    expect(codes(report)).toContain('revisionUnreadable');
  });

  test('a file that is cut off, and what is no PDF at all', async () => {
    expect((await check(signed.subarray(0, signed.length - 300))).status).not.toBe('valid');
    expect(await check(Buffer.from('Đây là một tệp văn bản'))).toMatchObject({ status: 'unknown', signatures: [] });
    expect(await check(Buffer.alloc(0))).toMatchObject({ status: 'unknown' });
  });
});

/** A certifying signature (DocMDP, no changes): the entry is put into the dictionary before it is signed. */
async function signLocked(pdf: Uint8Array): Promise<Buffer> {
  const prepared = prepareSignature(pdf, 'principal', { ...WORDS, reason: 'x'.repeat(60) }, 8192);
  overwriteReason(prepared, '/Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 /V /1.2 >> >>]');
  return embedSignature(prepared, await buildCms(person, signedDigest(prepared)));
}

describe('changes that are allowed', () => {
  test('validation data kept for later, and nothing else', async () => {
    const pdf = append(signed, (appender, snapshot) => {
      const certificate = appender.addStream(pdfDict({}), person.certificate);
      const dss = appender.add(pdfDict({ Type: pdfName('DSS'), Certs: pdfArray([certificate]) }));
      appender.put(rootOf(snapshot), withEntries(snapshot.catalog, { DSS: dss }));
    });
    const report = await check(pdf);
    expect(report).toMatchObject({ status: 'valid', signatures: [{ changesAfter: [{ kind: 'fieldSigned' }, { kind: 'validationData' }] }, { changesAfter: [{ kind: 'validationData' }] }] });
  });

  test('a date of change in the file’s description is a warning, not more', async () => {
    const pdf = append(signed, (appender, snapshot) => {
      const info = refIn(snapshot.trailer, 'Info');
      appender.put(info, withEntries(snapshot.dict(info) ?? pdfDict({}), { ModDate: pdfText('D:20261122') }));
    });
    const report = await check(pdf);
    expect(report.status).toBe('warning');
    expect(codes(report)).toContain('metadataChanged');
  });

  test('a signer who locked the paper does not allow another signature', async () => {
    const locked = await signLocked(paperWithFields());
    expect((await check(locked)).status).toBe('valid');
    const { pdf } = await signPdf({ ...WORDS, pdf: locked, field: 'seal', signer: person });
    const report = await check(pdf);
    expect(report.signatures.map(({ field, status }) => `${field} ${status}`)).toEqual(['principal invalid', 'seal valid']);
    expect(codes(report)).toContain('certificationBroken');
  });

  test('a large new signature field would cover the page and is refused', async () => {
    const place = { page: 1, rect: [0, 0, 595, 842] as [number, number, number, number] };
    const { pdf } = await signAnyPdf({ ...WORDS, pdf: signed, field: 'phủ', signer: person, place });
    const report = await check(pdf);
    expect(report.signatures.map(({ field, status }) => `${field} ${status}`)).toEqual(['homeroom invalid', 'principal invalid', 'phủ valid']);
  });
});

test('an encrypted file gives no verdict', async () => {
  const pdf = await withTempFile(signed, async (file, folder) => {
    await runTool('qpdf', ['--encrypt', '', 'chủ', '256', '--', file, `${folder}/khoá.pdf`]);
    return readFileSync(`${folder}/khoá.pdf`);
  });
  expect((await check(pdf)).status).toBe('unknown');
});

test('trust that is no certificate is named', async () => {
  await expect(verifyPdf(signed, { trust: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', now: new Date(), checkRevocation: false })).rejects.toMatchObject({ code: 'signing.trustUnreadable' });
});
