import type { PdfDict, PdfRef, PdfValue } from './pdf-objects.ts';
import { pdfDict, pdfRef, PdfSyntaxError } from './pdf-objects.ts';
import type { PdfSnapshot } from './pdf-snapshot.ts';
import { writePdfValue } from './pdf-writer.ts';

/**
 * One incremental update of a PDF with a classic cross-reference table: the old bytes stay as they are, new and changed objects
 * follow (ISO 32000-1, 7.5.6). Files whose newest cross-reference is a stream must keep to streams and are not for this class.
 */
export class PdfAppender {
  private readonly snapshot: PdfSnapshot;
  private readonly chunks: Uint8Array[];
  private readonly offsets = new Map<number, { offset: number; gen: number }>();
  private nextNumber: number;
  /** Length of the file so far. */
  length: number;

  constructor(snapshot: PdfSnapshot) {
    if (snapshot.sections[0]?.form !== 'table') throw new PdfSyntaxError('the file uses a cross-reference stream', snapshot.startxref);
    this.snapshot = snapshot;
    this.chunks = [snapshot.bytes];
    this.length = snapshot.bytes.length;
    this.nextNumber = snapshot.size;
    if (snapshot.bytes.at(-1) !== 10) this.push(Buffer.from('\n'));
  }

  /** Reserves `count` consecutive object numbers and returns the first. */
  reserve(count: number): number {
    const first = this.nextNumber;
    this.nextNumber += count;
    return first;
  }

  /** Writes a new object and returns its reference. */
  add(value: PdfValue): PdfRef {
    const ref = pdfRef(this.reserve(1));
    this.put(ref, value);
    return ref;
  }

  /** Writes the new state of an object. */
  put(ref: PdfRef, value: PdfValue): void {
    this.putParts(ref, [Buffer.from(writePdfValue(value), 'latin1')]);
  }

  /** Writes a stream whose data is stored exactly as given; /Length is set. */
  addStream(dict: PdfDict, raw: Uint8Array): PdfRef {
    const ref = pdfRef(this.reserve(1));
    const entries = new Map(dict.entries).set('Length', raw.length);
    const head = writePdfValue({ kind: 'dict', entries, repeatedKeys: [] });
    this.putParts(ref, [Buffer.from(`${head}\nstream\n`, 'latin1'), raw, Buffer.from('\nendstream')]);
    return ref;
  }

  /** Writes an object from ready bytes and returns the file offset at which they start. */
  putParts(ref: PdfRef, parts: Uint8Array[]): number {
    if (this.offsets.has(ref.num)) throw new TypeError(`object ${ref.num} written twice`);
    this.offsets.set(ref.num, { offset: this.length, gen: ref.gen });
    this.push(Buffer.from(`${ref.num} ${ref.gen} obj\n`));
    const start = this.length;
    for (const part of parts) this.push(part);
    this.push(Buffer.from('\nendobj\n'));
    return start;
  }

  /** The whole file with its new cross-reference and trailer. Call once. */
  finish(): Buffer {
    const numbers = [...this.offsets.keys()].sort((a, b) => a - b);
    let table = 'xref\n';
    for (let i = 0; i < numbers.length; ) {
      let end = i + 1;
      while (end < numbers.length && numbers[end] === (numbers[end - 1] ?? 0) + 1) end++;
      table += `${numbers[i]} ${end - i}\n`;
      for (; i < end; i++) {
        const { offset, gen } = this.offsets.get(numbers[i] ?? -1) ?? { offset: 0, gen: 0 };
        table += `${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} n \n`;
      }
    }
    const trailer = pdfDict({ Size: this.nextNumber });
    for (const key of ['Root', 'Info', 'ID']) {
      const value = this.snapshot.trailer.entries.get(key);
      if (value !== undefined) trailer.entries.set(key, value);
    }
    trailer.entries.set('Prev', this.snapshot.startxref);
    const xref = this.length;
    this.push(Buffer.from(`${table}trailer\n${writePdfValue(trailer)}\nstartxref\n${xref}\n%%EOF\n`, 'latin1'));
    return Buffer.concat(this.chunks, this.length);
  }

  private push(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.length += bytes.length;
  }
}

/** A copy of `dict` with some keys set, for writing back with {@link PdfAppender.put}. */
export function withEntries(dict: PdfDict, changes: Record<string, PdfValue>): PdfDict {
  const entries = new Map(dict.entries);
  for (const [key, value] of Object.entries(changes)) entries.set(key, value);
  return { kind: 'dict', entries, repeatedKeys: [] };
}
