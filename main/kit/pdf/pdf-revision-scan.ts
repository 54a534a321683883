import { PdfLexer } from './pdf-lexer.ts';
import type { PdfValue } from './pdf-objects.ts';
import { isKind, isName, PdfSyntaxError } from './pdf-objects.ts';
import type { PdfSnapshot } from './pdf-snapshot.ts';
import type { XrefEntry } from './pdf-xref.ts';

/** Offset after the last `%%EOF` and the line end that may follow it, or -1. What lies behind belongs to no revision. */
export function endOfLastRevision(bytes: Uint8Array): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf('%%EOF');
  if (at < 0) return -1;
  let end = at + 5;
  if (bytes[end] === 13) end++;
  if (bytes[end] === 10) end++;
  return end;
}

/**
 * Walks every byte that was appended behind `from` and checks that it is nothing but whole revisions: objects, each at the place its
 * cross-reference gives, then the cross-reference, the trailer, `startxref` and `%%EOF`. Throws {@link PdfSyntaxError} at the first
 * byte that fits nowhere: an object no reader should see may be seen by one.
 */
export function scanAppendedRevisions(snapshot: PdfSnapshot, from: number): void {
  const lexer = new PdfLexer(snapshot.bytes, from);
  lexer.skipSpace();
  while (lexer.at < snapshot.bytes.length) {
    scanRevision(snapshot, lexer);
    lexer.skipSpace();
  }
}

function scanRevision(snapshot: PdfSnapshot, lexer: PdfLexer): void {
  const offsets = new Map<number, number>();
  let streamXref: number | undefined;
  lexer.skipSpace();
  while (isDigit(lexer.bytes[lexer.at])) {
    const at = lexer.at;
    const object = lexer.indirectObject((length) => lengthOf(snapshot, length));
    if (offsets.has(object.num)) throw new PdfSyntaxError(`object ${object.num} twice in one revision`, at);
    offsets.set(object.num, at);
    if (isKind(object.value, 'stream') && isName(object.value.dict.entries.get('Type'), 'XRef')) streamXref = at;
    lexer.skipSpace();
  }
  const start = streamXref ?? lexer.at;
  const section = snapshot.sections.find(({ offset }) => offset === start);
  if (!section) throw new PdfSyntaxError('bytes that belong to no revision', start);
  if (section.form === 'table') lexer.at = section.end;
  if (!lexer.take('startxref') || lexer.integer() !== start) throw new PdfSyntaxError('startxref does not fit', lexer.at);
  // `%%EOF` is a comment to the lexer, so it is consumed with the space; its absence shows when the next revision is read.
  checkEntries(section.entries, offsets, start);
}

/** Every object found must be listed where it is, and every listed object must be one of those found. */
function checkEntries(entries: Map<number, XrefEntry>, offsets: Map<number, number>, at: number): void {
  for (const [num, entry] of entries) {
    if (entry.kind === 'offset' && offsets.get(num) !== entry.offset) throw new PdfSyntaxError(`object ${num} is listed elsewhere`, at);
    if (entry.kind === 'packed' && !offsets.has(entry.container)) throw new PdfSyntaxError(`object ${num} is taken from an older object stream`, at);
  }
  for (const [num, offset] of offsets) {
    if (offset !== at && entries.get(num)?.kind !== 'offset') throw new PdfSyntaxError(`object ${num} is not listed`, offset);
  }
}

function lengthOf(snapshot: PdfSnapshot, value: PdfValue): number {
  const length = snapshot.resolve(value);
  return typeof length === 'number' ? length : -1;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}
