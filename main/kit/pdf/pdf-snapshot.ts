import type { PdfDict, PdfRef, PdfStream, PdfValue } from './pdf-objects.ts';
import { isKind, isName, PdfSyntaxError } from './pdf-objects.ts';
import { PdfLexer } from './pdf-lexer.ts';
import { decodeStream } from './pdf-stream-decode.ts';
import type { XrefEntry, XrefSection } from './pdf-xref.ts';
import { readXrefChain } from './pdf-xref.ts';

/**
 * One state of a PDF file: its bytes up to the end of a revision, and the objects that a reader sees there.
 * Strict: an object that is not where the cross-reference says throws {@link PdfSyntaxError}; nothing is repaired.
 */
export class PdfSnapshot {
  readonly bytes: Uint8Array;
  /** Newest first. */
  readonly sections: XrefSection[];
  readonly trailer: PdfDict;
  /** Where the newest cross-reference starts. */
  readonly startxref: number;
  private readonly entries = new Map<number, XrefEntry>();
  private readonly cache = new Map<number, PdfValue>();
  private readonly containers = new Map<number, Map<number, PdfValue>>();
  private readonly opening = new Set<number>();

  /** Parses the cross-reference chain that the last `startxref` of `bytes` names. Objects are read when asked for. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const chain = readXrefChain(bytes);
    this.startxref = chain.startxref;
    this.sections = chain.sections;
    const newest = chain.sections[0];
    if (!newest) throw new PdfSyntaxError('no cross-reference', bytes.length);
    this.trailer = newest.trailer;
    for (const section of chain.sections) {
      for (const [num, entry] of section.entries) if (!this.entries.has(num)) this.entries.set(num, entry);
    }
  }

  get encrypted(): boolean {
    return this.trailer.entries.has('Encrypt');
  }

  /** First object number that was never used. */
  get size(): number {
    const stated = this.trailer.entries.get('Size');
    const highest = Math.max(0, ...this.entries.keys());
    return Math.max(typeof stated === 'number' ? stated : 0, highest + 1);
  }

  objectNumbers(): number[] {
    return [...this.entries].filter(([, entry]) => entry.kind !== 'free').map(([num]) => num);
  }

  entry(num: number): XrefEntry | undefined {
    return this.entries.get(num);
  }

  /** The object a reference points to; a free or missing one is null, as the standard says (ISO 32000-1, 7.3.10). */
  object(num: number, gen = 0): PdfValue {
    const cached = this.cache.get(num);
    if (cached !== undefined) return cached;
    const entry = this.entries.get(num);
    if (!entry || entry.kind === 'free') return null;
    if (entry.kind === 'offset' && entry.gen !== gen) return null;
    if (this.opening.has(num)) throw new PdfSyntaxError(`object ${num} refers to itself`, 0);
    this.opening.add(num);
    try {
      const value = entry.kind === 'offset' ? this.objectAt(num, entry.gen, entry.offset) : this.packedObject(entry.container, num);
      this.cache.set(num, value);
      return value;
    } finally {
      this.opening.delete(num);
    }
  }

  /** Follows references to the value behind. */
  resolve(value: PdfValue | undefined): PdfValue {
    let current = value ?? null;
    for (let hops = 0; isKind(current, 'ref'); hops++) {
      if (hops > 20) throw new PdfSyntaxError('endless reference', 0);
      current = this.object(current.num, current.gen);
    }
    return current;
  }

  /** The dictionary behind a value (a stream's own dictionary counts), or undefined. */
  dict(value: PdfValue | undefined): PdfDict | undefined {
    const found = this.resolve(value);
    if (isKind(found, 'dict')) return found;
    return isKind(found, 'stream') ? found.dict : undefined;
  }

  get catalog(): PdfDict {
    const root = this.dict(this.trailer.entries.get('Root'));
    if (!root) throw new PdfSyntaxError('no catalog', this.startxref);
    return root;
  }

  /** References of all pages, in reading order. */
  pages(): PdfRef[] {
    const pages: PdfRef[] = [];
    const seen = new Set<number>();
    const walk = (ref: PdfValue | undefined): void => {
      if (!isKind(ref, 'ref') || seen.has(ref.num)) throw new PdfSyntaxError('broken page tree', this.startxref);
      seen.add(ref.num);
      const node = this.dict(ref);
      if (!node) throw new PdfSyntaxError('broken page tree', this.startxref);
      const kids = this.resolve(node.entries.get('Kids'));
      if (isName(node.entries.get('Type'), 'Page') || !isKind(kids, 'array')) pages.push(ref);
      else for (const kid of kids.items) walk(kid);
    };
    walk(this.catalog.entries.get('Pages'));
    return pages;
  }

  /** A stream's data with its filters undone. */
  streamData(stream: PdfStream): Uint8Array {
    return decodeStream(stream, (value) => this.resolve(value));
  }

  private readonly lengthOf = (value: PdfValue): number => {
    const length = this.resolve(value);
    return typeof length === 'number' ? length : -1;
  };

  private objectAt(num: number, gen: number, offset: number): PdfValue {
    const lexer = new PdfLexer(this.bytes, offset);
    const found = lexer.indirectObject(this.lengthOf);
    if (found.num !== num || found.gen !== gen) throw new PdfSyntaxError(`object ${num} is not where the cross-reference says`, offset);
    return found.value;
  }

  private packedObject(container: number, num: number): PdfValue {
    let objects = this.containers.get(container);
    if (!objects) {
      objects = this.unpack(container);
      this.containers.set(container, objects);
    }
    const value = objects.get(num);
    if (value === undefined) throw new PdfSyntaxError(`object ${num} is not in its object stream`, this.startxref);
    return value;
  }

  private unpack(container: number): Map<number, PdfValue> {
    if (this.entries.get(container)?.kind !== 'offset') throw new PdfSyntaxError('object stream missing', this.startxref);
    const stream = this.object(container, 0);
    if (!isKind(stream, 'stream') || !isName(stream.dict.entries.get('Type'), 'ObjStm')) throw new PdfSyntaxError('not an object stream', this.startxref);
    const count = this.resolve(stream.dict.entries.get('N'));
    const first = this.resolve(stream.dict.entries.get('First'));
    if (typeof count !== 'number' || typeof first !== 'number') throw new PdfSyntaxError('bad object stream', this.startxref);
    const data = this.streamData(stream);
    const header = new PdfLexer(data);
    const objects = new Map<number, PdfValue>();
    for (let i = 0; i < count; i++) {
      const num = header.integer();
      const offset = header.integer();
      objects.set(num, new PdfLexer(data, first + offset).value());
    }
    return objects;
  }
}
