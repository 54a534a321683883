import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { SignatureField } from './acro-form-fields.ts';
import { signatureFields } from './acro-form-fields.ts';
import { attachFields, extendArray } from './form-growth.ts';
import { PdfAppender, withEntries } from './pdf-appender.ts';
import type { PdfRef, PdfValue } from './pdf-objects.ts';
import { isKind, pdfArray, pdfDate, pdfDict, pdfName, pdfRef, PdfSyntaxError, pdfText } from './pdf-objects.ts';
import { PdfSnapshot } from './pdf-snapshot.ts';
import { writePdfValue } from './pdf-writer.ts';
import type { Stamp } from './signature-stamp.ts';
import { appendStamp } from './signature-stamp.ts';

/** What the signature dictionary says beside the signature itself (ISO 32000-1, table 252). */
export interface SignatureWords {
  name: string;
  reason: string;
  location: string;
  time: Date;
  /** The part the signer plays, kept under a key of our own so that it is signed with the rest. */
  role?: string;
}

/** A file that is complete but for the signature itself. */
export interface PreparedSignature {
  /** Written to in place by {@link embedSignature}. */
  file: Buffer;
  byteRange: [number, number, number, number];
  /** Bytes of CMS that fit. */
  room: number;
}

export const ROLE_KEY = 'SoTruongRole';

const BYTE_RANGE_WIDTH = '[0 0000000000 0000000000 0000000000]'.length;

/**
 * Fills an existing empty signature field by one appended update; the bytes before stay as they are. Only the field itself changes:
 * it gets its signature and its appearance. Throws `signing.fieldMissing`, `signing.fieldSigned`, `pdf.unreadable`.
 */
export function prepareSignature(pdf: Uint8Array, fieldName: string, words: SignatureWords, room: number, stamp?: Stamp): PreparedSignature {
  try {
    return appendSignature(new PdfSnapshot(pdf), fieldName, words, room, stamp);
  } catch (cause) {
    if (cause instanceof PdfSyntaxError) throw new AppError('pdf.unreadable', { params: { detail: cause.message }, cause });
    throw cause;
  }
}

function appendSignature(snapshot: PdfSnapshot, fieldName: string, words: SignatureWords, room: number, stamp?: Stamp): PreparedSignature {
  if (snapshot.encrypted) throw new PdfSyntaxError('the file is encrypted', 0);
  const field = emptyField(snapshot, fieldName);
  const appender = new PdfAppender(snapshot);
  const signature = pdfRef(appender.reserve(1));
  const changes: Record<string, PdfValue> = { V: signature };
  const [x1, y1, x2, y2] = field.rect;
  if (stamp && x2 > x1 && y2 > y1) changes.AP = pdfDict({ N: appendStamp(appender, stamp, x2 - x1, y2 - y1) });
  appender.put(field.ref, withEntries(field.dict, changes));
  const place = putSignature(appender, signature, signatureHead(words), room);
  raiseFlags(snapshot, appender);
  return finish(appender, place, room);
}

/**
 * Adds an invisible field for a document timestamp (ISO 32000-2, 12.8.5), by one appended update. It covers all that was signed before,
 * and proves that it existed. Same errors as {@link prepareSignature}.
 */
export function prepareDocumentTimestamp(pdf: Uint8Array, room: number): PreparedSignature & { fieldName: string } {
  try {
    const snapshot = new PdfSnapshot(pdf);
    if (snapshot.encrypted) throw new PdfSyntaxError('the file is encrypted', 0);
    const names = new Set(signatureFields(snapshot).map(({ name }) => name));
    let index = 1;
    while (names.has(`timestamp-${index}`)) index++;
    const fieldName = `timestamp-${index}`;
    const appender = new PdfAppender(snapshot);
    const signature = pdfRef(appender.reserve(1));
    const [page] = snapshot.pages();
    if (!page) throw new PdfSyntaxError('no page', 0);
    const widget = pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Sig'), T: pdfText(fieldName), Rect: pdfArray([0, 0, 0, 0]), F: 4 + 128, P: page, V: signature });
    const field = appender.add(widget);
    extendArray(snapshot, appender, page, 'Annots', [field]);
    attachFields(snapshot, appender, [field]);
    const place = putSignature(appender, signature, '<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 ', room);
    return { ...finish(appender, place, room), fieldName };
  } catch (cause) {
    if (cause instanceof PdfSyntaxError) throw new AppError('pdf.unreadable', { params: { detail: cause.message }, cause });
    throw cause;
  }
}

/** Offsets of what is filled in last. */
interface SignaturePlaces {
  byteRange: number;
  /** Of the `<` that opens /Contents. */
  contents: number;
}

/** The signature dictionary, with room for the byte range and the CMS. */
function putSignature(appender: PdfAppender, ref: PdfRef, head: string, room: number): SignaturePlaces {
  const before = Buffer.from(`${head}/ByteRange `, 'latin1');
  const between = Buffer.from('\n/Contents <');
  const start = appender.putParts(ref, [before, Buffer.alloc(BYTE_RANGE_WIDTH, 0x20), between, zeroDigits(room * 2), Buffer.from('>\n>>')]);
  return { byteRange: start + before.length, contents: start + before.length + BYTE_RANGE_WIDTH + between.length - 1 };
}

function finish(appender: PdfAppender, places: SignaturePlaces, room: number): PreparedSignature {
  const file = appender.finish();
  const after = places.contents + room * 2 + 2;
  const byteRange: PreparedSignature['byteRange'] = [0, places.contents, after, file.length - after];
  file.write(`[${byteRange.join(' ')}]`.padEnd(BYTE_RANGE_WIDTH), places.byteRange, 'latin1');
  return { file, byteRange, room };
}

function emptyField(snapshot: PdfSnapshot, name: string): SignatureField {
  const field = signatureFields(snapshot).find((candidate) => candidate.name === name);
  if (!field) throw new AppError('signing.fieldMissing', { params: { field: name } });
  if (field.signature) throw new AppError('signing.fieldSigned', { params: { field: name } });
  return field;
}

let zeros = Buffer.alloc(0);

function zeroDigits(count: number): Buffer {
  if (zeros.length < count) zeros = Buffer.alloc(count, 0x30);
  return zeros.subarray(0, count);
}

let lastHead: { words: SignatureWords; head: string } | undefined;

/** The start of a signature dictionary, up to where /ByteRange and /Contents follow. The same for a whole batch, so the last is kept. */
export function signatureHead(words: SignatureWords): string {
  if (!lastHead || !sameWords(lastHead.words, words)) lastHead = { words: pickWords(words), head: buildHead(words) };
  return lastHead.head;
}

function pickWords({ name, reason, location, time, role }: SignatureWords): SignatureWords {
  return { name, reason, location, time: new Date(time), ...(role === undefined ? {} : { role }) };
}

function sameWords(a: SignatureWords, b: SignatureWords): boolean {
  return a.name === b.name && a.reason === b.reason && a.location === b.location && a.role === b.role && a.time.getTime() === b.time.getTime();
}

function buildHead({ name, reason, location, time, role }: SignatureWords): string {
  const dictionary = pdfDict({ Type: pdfName('Sig'), Filter: pdfName('Adobe.PPKLite'), SubFilter: pdfName('ETSI.CAdES.detached'), M: pdfDate(time) });
  if (name) dictionary.entries.set('Name', pdfText(name));
  if (reason) dictionary.entries.set('Reason', pdfText(reason));
  if (location) dictionary.entries.set('Location', pdfText(location));
  if (role) dictionary.entries.set(ROLE_KEY, pdfName(role));
  return writePdfValue(dictionary).slice(0, -2);
}

/** SigFlags 3: our own papers carry it from birth, so that this changes nothing in them. */
function raiseFlags(snapshot: PdfSnapshot, appender: PdfAppender): void {
  const root = snapshot.trailer.entries.get('Root');
  const stored = snapshot.catalog.entries.get('AcroForm');
  const form = snapshot.dict(stored);
  const flags = form?.entries.get('SigFlags');
  if (!form || (typeof flags === 'number' && (flags & 3) === 3)) return;
  const next = withEntries(form, { SigFlags: 3 });
  if (isKind(stored, 'ref')) appender.put(stored, next);
  else if (isKind(root, 'ref')) appender.put(root, withEntries(snapshot.catalog, { AcroForm: next }));
}

/** SHA-256 of the bytes that the signature covers. */
export function signedDigest({ file, byteRange }: PreparedSignature): Buffer {
  const [first, length, second, rest] = byteRange;
  return createHash('sha256').update(file.subarray(first, first + length)).update(file.subarray(second, second + rest)).digest();
}

/** Puts the CMS into its place, padded with zeros. Throws `signing.contentsTooSmall` rather than write a cut signature. */
export function embedSignature({ file, byteRange, room }: PreparedSignature, cms: Uint8Array): Buffer {
  if (cms.length > room) throw new AppError('signing.contentsTooSmall', { params: { needed: cms.length, room } });
  file.write(Buffer.from(cms.buffer, cms.byteOffset, cms.length).toString('hex'), byteRange[1] + 1, 'latin1');
  return file;
}
