import { readFileSync } from 'node:fs';
import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import type { PDFFont, PDFImage, PDFPage, RGB } from '@cantoo/pdf-lib';
import * as fontkit from 'fontkit';
import { resourcePath } from '../resources.ts';
import type { PdfAppender } from './pdf-appender.ts';
import type { PdfDict, PdfRef, PdfStream, PdfValue } from './pdf-objects.ts';
import { isKind, pdfArray, pdfDict, pdfName, pdfRef } from './pdf-objects.ts';
import { PdfSnapshot } from './pdf-snapshot.ts';
import { writePdfValue } from './pdf-writer.ts';

/** What a signature looks like on the page. Lengths in points. */
export interface StampContent {
  /** A person's signature: handwriting above, lines below. A seal: the round image alone, or its lines in red. */
  kind: 'signature' | 'seal';
  width: number;
  height: number;
  lines: string[];
  /** PNG (transparent) or JPEG. NĐ 30/2020, annex I: handwriting blue, seal red and in its real size. */
  image?: Uint8Array;
  /** A seal will lie over the left third: the lines keep to the right of it, the handwriting runs under it as it must. */
  underSeal?: boolean;
}

/** An appearance built once and appended to many papers. */
export interface Stamp {
  width: number;
  height: number;
  /** The same drawing as a one-page PDF, for files that another program made. */
  pdf: Uint8Array;
  /** Serialised objects cut at their references to each other; a number is an index into this list. The first is the form itself. */
  objects: { pieces: (string | number)[]; stream: Uint8Array | undefined }[];
}

const MARGIN = 2;
const LARGEST_TEXT = 9;
const SMALLEST_TEXT = 5;
const LEADING = 1.2;
/** Of the height, at most, where handwriting stands above the lines. */
const LINES_SHARE = 0.55;
const BLUE = rgb(0.05, 0.16, 0.55);
const RED = rgb(0.8, 0.05, 0.05);

/** Tinos: metrics of Times New Roman, all Vietnamese letters. Text is normalised to NFC, since the font does not place marks. */
function tinos(): Buffer {
  return readFileSync(resourcePath('fonts', '400Regular', 'Tinos_400Regular.ttf'));
}

/** Draws a stamp; about 30 ms, so once per batch and not per paper. Throws on an image that is neither PNG nor JPEG. */
export async function buildStamp(content: StampContent): Promise<Stamp> {
  const { width, height } = content;
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit as Parameters<PDFDocument['registerFontkit']>[0]);
  const page = document.addPage([width, height]);
  const image = content.image && (await embedImage(document, content.image));
  const lines = content.lines.map((line) => line.normalize('NFC')).filter(Boolean);
  if (content.kind === 'seal' && image) drawSeal(page, image);
  else {
    const font = await document.embedFont(tinos(), { subset: true });
    drawSignature(page, font, lines, image, content.kind === 'seal' ? RED : BLUE, content.underSeal ? width / 3 : 0);
  }
  const pdf = await document.save({ useObjectStreams: false });
  return { width, height, pdf, objects: takeForm(new PdfSnapshot(pdf), width, height) };
}

function embedImage(document: PDFDocument, bytes: Uint8Array): Promise<PDFImage> {
  return bytes[0] === 0xff ? document.embedJpg(bytes) : document.embedPng(bytes);
}

function drawSignature(page: PDFPage, font: PDFFont, texts: string[], image: PDFImage | undefined, color: RGB, covered: number): void {
  const { width, height } = page.getSize();
  const room = width - covered - 2 * MARGIN;
  const size = textSize(font, texts, room, (height - 2 * MARGIN) * (image ? LINES_SHARE : 1));
  const lines = texts.flatMap((line) => breakLine(font, line, size, room));
  const block = lines.length * size * LEADING;
  // With handwriting the text stands at the foot; alone it stands in the middle.
  const top = image ? MARGIN + block : (height + block) / 2;
  for (const [index, line] of lines.entries()) {
    const x = covered + MARGIN + (room - font.widthOfTextAtSize(line, size)) / 2;
    page.drawText(line, { x, y: top - size * LEADING * (index + 1) + size * 0.25, size, font, color });
  }
  if (!image || height - top - MARGIN <= 0) return;
  const hand = image.scaleToFit(width - 2 * MARGIN, height - top - MARGIN);
  // The seal covers a third of the signature itself (NĐ 30/2020, annex I), not of the room for it.
  const left = covered > 0 ? Math.max(MARGIN, covered - hand.width / 3) : (width - hand.width) / 2;
  page.drawImage(image, { x: left, y: top + (height - top - MARGIN - hand.height) / 2, width: hand.width, height: hand.height });
}

/** The largest size at which all lines fit unbroken; never below what can still be read. */
function textSize(font: PDFFont, lines: string[], width: number, height: number): number {
  const widest = Math.max(0.1, ...lines.map((line) => font.widthOfTextAtSize(line, 1)));
  return Math.max(SMALLEST_TEXT, Math.min(LARGEST_TEXT, width / widest, height / (Math.max(1, lines.length) * LEADING)));
}

/** Only a line that is too long at the smallest size, such as a school's long name, is broken. */
function breakLine(font: PDFFont, line: string, size: number, width: number): string[] {
  const rows: string[] = [];
  for (const word of line.split(' ')) {
    const longer = [...rows.slice(-1), word].join(' ');
    // A hundredth more, since a line that decided the size is exactly as wide as the room.
    if (rows.length > 0 && font.widthOfTextAtSize(longer, size) <= width + 0.01) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}

/** Keeps the proportions and centres the image. */
function drawSeal(page: PDFPage, image: PDFImage): void {
  const { width, height } = page.getSize();
  const seal = image.scaleToFit(width, height);
  page.drawImage(image, { x: (width - seal.width) / 2, y: (height - seal.height) / 2, width: seal.width, height: seal.height });
}

/** Turns the page into a form XObject and takes along everything it refers to. */
function takeForm(snapshot: PdfSnapshot, width: number, height: number): Stamp['objects'] {
  const page = snapshot.dict(snapshot.pages()[0]);
  const content = snapshot.resolve(page?.entries.get('Contents'));
  const data = isKind(content, 'array') ? Buffer.concat(content.items.map((item) => snapshot.streamData(snapshot.resolve(item) as PdfStream))) : snapshot.streamData(content as PdfStream);
  const dict = pdfDict({
    Type: pdfName('XObject'),
    Subtype: pdfName('Form'),
    BBox: pdfArray([0, 0, width, height]),
    Resources: page?.entries.get('Resources') ?? pdfDict({}),
    Length: data.length,
  });
  const values: PdfValue[] = [{ kind: 'stream', dict, raw: data }];
  const places = new Map<number, number>();
  const placeOf = (num: number): number => {
    const place = places.get(num) ?? values.push(snapshot.object(num)) - 1;
    places.set(num, place);
    return place;
  };
  const objects: Stamp['objects'] = [];
  // `values` grows while it is walked, as references are met.
  for (const value of values) {
    const text = writePdfValue(markReferences(isKind(value, 'stream') ? value.dict : value, placeOf));
    objects.push({ pieces: text.split(REFERENCE).map((piece, at) => (at % 2 === 0 ? piece : Number(piece))), stream: isKind(value, 'stream') ? value.raw : undefined });
  }
  return objects;
}

/** A generation number that no writer uses marks the places where the paper's own object numbers will stand. */
const MARK = 65_535;
const REFERENCE = new RegExp(`(\\d+) ${MARK} R`);

function markReferences(value: PdfValue, placeOf: (num: number) => number): PdfValue {
  if (isKind(value, 'ref')) return pdfRef(placeOf(value.num), MARK);
  if (isKind(value, 'array')) return pdfArray(value.items.map((item) => markReferences(item, placeOf)));
  if (isKind(value, 'dict')) return pdfDict(Object.fromEntries([...value.entries].map(([key, entry]) => [key, markReferences(entry, placeOf)])));
  return value;
}

/**
 * Appends the stamp's objects to a paper and returns the appearance for a field of the given size. A field of another size than
 * the stamp gets it scaled evenly and centred.
 */
export function appendStamp(appender: PdfAppender, stamp: Stamp, width: number, height: number): PdfRef {
  const base = appender.reserve(stamp.objects.length);
  for (const [index, { pieces, stream }] of stamp.objects.entries()) {
    const text = pieces.map((piece) => (typeof piece === 'number' ? `${base + piece} 0 R` : piece)).join('');
    appender.putParts(pdfRef(base + index), stream ? [Buffer.from(`${text}\nstream\n`, 'latin1'), stream, Buffer.from('\nendstream')] : [Buffer.from(text, 'latin1')]);
  }
  const form = pdfRef(base);
  if (Math.abs(width - stamp.width) < 0.01 && Math.abs(height - stamp.height) < 0.01) return form;
  const scale = Math.min(width / stamp.width, height / stamp.height);
  const x = (width - stamp.width * scale) / 2;
  const y = (height - stamp.height * scale) / 2;
  const dict: PdfDict = pdfDict({ Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: pdfArray([0, 0, width, height]), Resources: pdfDict({ XObject: pdfDict({ S: form }) }) });
  return appender.addStream(dict, Buffer.from(`q ${[scale, 0, 0, scale, x, y].map((value) => value.toFixed(4)).join(' ')} cm /S Do Q`));
}
