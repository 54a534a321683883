import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFInvalidObject, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import type { PDFContext, PDFPage, PDFRef } from '@cantoo/pdf-lib';
import { AppError } from '../errors.ts';
import type { SignatureWords } from './signature-placeholder.ts';
import { signatureHead } from './signature-placeholder.ts';
import type { Stamp } from './signature-stamp.ts';

/** Where a signature goes on a PDF that has no field for it. */
export interface SignaturePlace {
  /** 1-based. */
  page: number;
  /** Points, origin at the bottom left. */
  rect: [number, number, number, number];
}

/** What `@signpdf/signpdf` looks for and replaces by the real byte range. */
const BYTE_RANGE = '[0 /********** /********** /**********]';

/**
 * Prepares a PDF that another program made: fills its field `fieldName`, or adds one at `place`, by an incremental save of
 * `@cantoo/pdf-lib`, which understands cross-reference streams. The signature itself is embedded by `@signpdf/signpdf`.
 * Throws `pdf.unreadable`, `signing.fieldMissing`, `signing.fieldSigned`.
 */
export async function prepareForeign(pdf: Uint8Array, fieldName: string, words: SignatureWords, room: number, place?: SignaturePlace, stamp?: Stamp): Promise<Buffer> {
  const document = await open(pdf);
  const { context } = document;
  const widget = findField(document, fieldName) ?? addField(document, fieldName, place);
  if (widget.has(PDFName.of('V'))) throw new AppError('signing.fieldSigned', { params: { field: fieldName } });
  document.catalog.getOrCreateAcroForm().dict.set(PDFName.of('SigFlags'), PDFNumber.of(3));
  if (stamp) await setAppearance(document, widget, stamp);
  widget.set(PDFName.of('V'), context.register(PDFInvalidObject.of(signatureDictionary(words, room))));
  const prepared = Buffer.from(await document.save({ useObjectStreams: false, updateFieldAppearances: false }));
  if (Buffer.compare(prepared.subarray(0, pdf.length), pdf) !== 0) throw new AppError('signing.checkFailed', { params: { detail: 'prefix' } });
  return prepared;
}

async function open(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(pdf, { forIncrementalUpdate: true, updateMetadata: false });
  } catch (cause) {
    throw new AppError('pdf.unreadable', { params: { detail: cause instanceof Error ? cause.message : String(cause) }, cause });
  }
}

function findField(document: PDFDocument, name: string): PDFDict | undefined {
  const fields = document.catalog.getAcroForm()?.dict.lookup(PDFName.of('Fields'));
  if (!(fields instanceof PDFArray)) return undefined;
  return fields
    .asArray()
    .map((ref) => document.context.lookup(ref))
    .filter((field) => field instanceof PDFDict)
    .find((field) => {
      const title = field.lookup(PDFName.of('T'));
      const signature = field.lookup(PDFName.of('FT')) === PDFName.of('Sig');
      return signature && (title instanceof PDFString || title instanceof PDFHexString) && title.decodeText() === name;
    });
}

function addField(document: PDFDocument, name: string, place: SignaturePlace | undefined): PDFDict {
  const page = place && document.getPages()[place.page - 1];
  if (!page) throw new AppError('signing.fieldMissing', { params: { field: name } });
  const { context } = document;
  const widget = context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: PDFHexString.fromText(name), Rect: place.rect, F: 4 + 128, P: page.ref });
  const ref = context.register(widget);
  const form = document.catalog.getOrCreateAcroForm().dict;
  arrayOf(context, form, 'Fields').push(ref);
  attach(context, page, ref);
  return widget;
}

function attach(context: PDFContext, page: PDFPage, widget: PDFRef): void {
  arrayOf(context, page.node, 'Annots').push(widget);
}

function arrayOf(context: PDFContext, owner: PDFDict, key: string): PDFArray {
  const existing = owner.lookup(PDFName.of(key));
  if (existing instanceof PDFArray) return existing;
  const created = context.obj([]);
  owner.set(PDFName.of(key), created);
  return created;
}

/** The stamp's page becomes the form XObject of the widget. */
async function setAppearance(document: PDFDocument, widget: PDFDict, stamp: Stamp): Promise<void> {
  const [embedded] = await document.embedPdf(stamp.pdf);
  if (!embedded) return;
  await embedded.embed();
  widget.set(PDFName.of('AP'), document.context.obj({ N: embedded.ref }));
}

/** Serialised here, so that it is stored uncompressed and with the width that the byte range needs. */
function signatureDictionary(words: SignatureWords, room: number): Uint8Array {
  return Buffer.from(`${signatureHead(words)}/ByteRange ${BYTE_RANGE}\n/Contents <${'0'.repeat(room * 2)}>\n>>`, 'latin1');
}
