import type { PdfDict, PdfValue } from './pdf-objects.ts';
import { isKind, isName, PdfSyntaxError } from './pdf-objects.ts';
import { PdfLexer } from './pdf-lexer.ts';
import { decodeStream } from './pdf-stream-decode.ts';

export type XrefEntry =
  | { kind: 'free' }
  | { kind: 'offset'; offset: number; gen: number }
  | { kind: 'packed'; container: number; index: number };

/** One cross-reference with the trailer that goes with it: what one save of the file wrote. */
export interface XrefSection {
  offset: number;
  form: 'table' | 'stream';
  entries: Map<number, XrefEntry>;
  trailer: PdfDict;
  /** Offset after the trailer dictionary, or after the `endobj` of a cross-reference stream. */
  end: number;
}

/** More saves than any real file has; a loop of /Prev is caught earlier by the seen offsets. */
const MAX_SECTIONS = 500;

/** Offset given by the last `startxref`, which must be within the last 1,024 bytes (ISO 32000-1, annex H.3, 18). */
export function lastStartxref(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - 1024);
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from);
  const at = tail.lastIndexOf('startxref');
  if (at < 0) throw new PdfSyntaxError('no startxref', bytes.length);
  const lexer = new PdfLexer(bytes, from + at + 'startxref'.length);
  return lexer.integer();
}

/** All cross-references from the newest to the oldest. A hybrid file's /XRefStm stands directly behind its table (ISO 32000-1, 7.5.8.4). */
export function readXrefChain(bytes: Uint8Array): { startxref: number; sections: XrefSection[] } {
  const startxref = lastStartxref(bytes);
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let next: number | undefined = startxref;
  while (next !== undefined) {
    if (seen.has(next) || seen.size > MAX_SECTIONS) throw new PdfSyntaxError('cross-references form a loop', next);
    seen.add(next);
    const section = readSection(bytes, next);
    sections.push(section);
    const hybrid = section.form === 'table' ? section.trailer.entries.get('XRefStm') : undefined;
    if (typeof hybrid === 'number') sections.push(readSection(bytes, hybrid));
    const previous = section.trailer.entries.get('Prev');
    if (previous !== undefined && typeof previous !== 'number') throw new PdfSyntaxError('bad /Prev', section.offset);
    next = previous;
  }
  return { startxref, sections };
}

function readSection(bytes: Uint8Array, offset: number): XrefSection {
  if (offset >= bytes.length) throw new PdfSyntaxError('cross-reference outside the file', offset);
  const lexer = new PdfLexer(bytes, offset);
  return lexer.take('xref') ? readTable(lexer, offset) : readStream(lexer, offset);
}

function readTable(lexer: PdfLexer, offset: number): XrefSection {
  const entries = new Map<number, XrefEntry>();
  while (!lexer.take('trailer')) {
    const first = lexer.integer();
    const count = lexer.integer();
    lexer.skipSpace();
    const fixed = fixedEntries(lexer, count);
    for (let num = first; num < first + count; num++) {
      if (entries.has(num)) lexer.fail(`object ${num} listed twice`);
      entries.set(num, fixed ? fixedEntry(fixed, (num - first) * ENTRY) : looseEntry(lexer));
    }
  }
  const trailer = lexer.value();
  if (!isKind(trailer, 'dict')) return lexer.fail('no trailer dictionary');
  return { offset, form: 'table', entries, trailer, end: lexer.at };
}

/** Bytes of an entry as the standard prescribes: `nnnnnnnnnn ggggg n` and two of line end. */
const ENTRY = 20;

/** The next `count` entries as text when all have the prescribed form; then they are consumed. */
function fixedEntries(lexer: PdfLexer, count: number): string | undefined {
  const text = Buffer.from(lexer.bytes.buffer, lexer.bytes.byteOffset + lexer.at, Math.min(count * ENTRY, lexer.bytes.length - lexer.at)).toString('latin1');
  if (text.length !== count * ENTRY || !/^(?:\d{10} \d{5} [nf][ \r\n]{2})*$/.test(text)) return undefined;
  lexer.at += text.length;
  return text;
}

function fixedEntry(text: string, at: number): XrefEntry {
  return text[at + 17] === 'n' ? { kind: 'offset', offset: Number(text.slice(at, at + 10)), gen: Number(text.slice(at + 11, at + 16)) } : { kind: 'free' };
}

/** Some writers leave out a byte of the line end. */
function looseEntry(lexer: PdfLexer): XrefEntry {
  const offset = lexer.integer();
  const gen = lexer.integer();
  if (lexer.take('n')) return { kind: 'offset', offset, gen };
  lexer.expect('f');
  return { kind: 'free' };
}

function readStream(lexer: PdfLexer, offset: number): XrefSection {
  const { value: stream, end } = lexer.indirectObject((length) => (typeof length === 'number' ? length : -1));
  if (!isKind(stream, 'stream') || !isName(stream.dict.entries.get('Type'), 'XRef')) return lexer.fail('not a cross-reference');
  const numbers = (key: string): number[] | undefined => {
    const array = stream.dict.entries.get(key);
    if (array === undefined) return undefined;
    if (!isKind(array, 'array') || !array.items.every((item) => typeof item === 'number')) return lexer.fail(`bad /${key}`);
    return array.items;
  };
  const size = stream.dict.entries.get('Size');
  const widths = numbers('W');
  if (typeof size !== 'number' || widths?.length !== 3 || widths.some((width) => width < 0 || width > 7)) return lexer.fail('bad cross-reference stream');
  const index = numbers('Index') ?? [0, size];
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const data = decodeStream(stream, directValue);
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  const field = (width: number): number => {
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (data[at++] ?? 0);
    return value;
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = index[pair] ?? 0;
    const count = index[pair + 1] ?? 0;
    for (let num = first; num < first + count; num++) {
      if (at + typeWidth + secondWidth + thirdWidth > data.length) return lexer.fail('cross-reference stream too short');
      const type = typeWidth === 0 ? 1 : field(typeWidth);
      const second = field(secondWidth);
      const third = field(thirdWidth);
      if (entries.has(num)) return lexer.fail(`object ${num} listed twice`);
      if (type > 2) return lexer.fail('unknown cross-reference entry');
      entries.set(num, type === 0 ? { kind: 'free' } : type === 1 ? { kind: 'offset', offset: second, gen: third } : { kind: 'packed', container: second, index: third });
    }
  }
  return { offset, form: 'stream', entries, trailer: stream.dict, end };
}

/** A cross-reference stream's own dictionary holds no references: they could not be looked up yet. */
function directValue(value: PdfValue | undefined): PdfValue {
  return value ?? null;
}
