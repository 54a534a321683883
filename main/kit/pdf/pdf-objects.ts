import { vietnamTime } from '../display.ts';

/** The object model of ISO 32000: what a PDF file is made of. Numbers and booleans are JavaScript's own. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream;

export interface PdfName {
  readonly kind: 'name';
  readonly name: string;
}

/** `start` and `end` are the offsets of the token in the file, delimiters included: a ByteRange is checked against them. */
export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  readonly hex: boolean;
  readonly start: number;
  readonly end: number;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly num: number;
  readonly gen: number;
}

export interface PdfArray {
  readonly kind: 'array';
  readonly items: PdfValue[];
}

/** `repeatedKeys` lists keys met twice: programs disagree which one counts, so a verifier must not guess. */
export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: Map<string, PdfValue>;
  readonly repeatedKeys: string[];
}

/** `raw` is the data as stored, before any filter. */
export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  readonly raw: Uint8Array;
}

/** The file breaks the grammar, or uses something this reader does not understand. Never guessed around. */
export class PdfSyntaxError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(`${message} (byte ${offset})`);
    this.name = 'PdfSyntaxError';
    this.offset = offset;
  }
}

export function pdfName(name: string): PdfName {
  return { kind: 'name', name };
}

export function pdfRef(num: number, gen = 0): PdfRef {
  return { kind: 'ref', num, gen };
}

export function pdfArray(items: PdfValue[]): PdfArray {
  return { kind: 'array', items };
}

export function pdfDict(entries: Record<string, PdfValue>): PdfDict {
  return { kind: 'dict', entries: new Map(Object.entries(entries)), repeatedKeys: [] };
}

/** A text string as UTF-16BE with its mark, in hex: the one form in which every reader shows Vietnamese letters right. */
export function pdfText(value: string): PdfString {
  const utf16 = Buffer.from(`\uFEFF${value.normalize('NFC')}`, 'utf16le').swap16();
  return { kind: 'string', bytes: utf16, hex: true, start: -1, end: -1 };
}

/** A byte string of ASCII characters, e.g. a date. */
export function pdfAscii(value: string): PdfString {
  return { kind: 'string', bytes: Buffer.from(value, 'latin1'), hex: false, start: -1, end: -1 };
}

/** `D:YYYYMMDDHHmmSS+07'00'`, in Vietnam's fixed offset so that the paper and the file show the same clock. */
export function pdfDate(at: Date): PdfString {
  return pdfAscii(`D:${vietnamTime(at).replaceAll(/[-:T]/g, '')}+07'00'`);
}

/** Reads back a text string: UTF-16BE or UTF-8 by their marks, otherwise PDFDocEncoding, of which the Latin-1 part is taken. */
export function decodePdfText(value: PdfString): string {
  const bytes = Buffer.from(value.bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const body = bytes.subarray(2, 2 + ((bytes.length - 2) & ~1));
    return Buffer.from(body).swap16().toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  return bytes.toString('latin1');
}

export function isName(value: PdfValue | undefined, name?: string): value is PdfName {
  return isKind(value, 'name') && (name === undefined || value.name === name);
}

/** Narrows by kind: `isKind(value, 'dict')`. */
export function isKind<K extends 'name' | 'string' | 'ref' | 'array' | 'dict' | 'stream'>(
  value: PdfValue | undefined,
  kind: K,
): value is Extract<PdfValue, { kind: K }> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

/** Same content, wherever the two were stored. References are compared as references, not followed. */
export function samePdfValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'name':
      return a.name === (b as PdfName).name;
    case 'ref':
      return a.num === (b as PdfRef).num && a.gen === (b as PdfRef).gen;
    case 'string':
      return Buffer.compare(a.bytes, (b as PdfString).bytes) === 0;
    case 'array': {
      const other = (b as PdfArray).items;
      return a.items.length === other.length && a.items.every((item, index) => samePdfValue(item, other[index]));
    }
    case 'dict': {
      const other = (b as PdfDict).entries;
      if (a.entries.size !== other.size) return false;
      return [...a.entries].every(([key, value]) => other.has(key) && samePdfValue(value, other.get(key)));
    }
    case 'stream':
    default:
      return samePdfValue(a.dict, (b as PdfStream).dict) && Buffer.compare(a.raw, (b as PdfStream).raw) === 0;
  }
}
