import type { PdfArray, PdfDict, PdfString, PdfValue } from './pdf-objects.ts';
import { isKind, PdfSyntaxError } from './pdf-objects.ts';

const WHITE = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) WHITE[code] = 1;
const DELIMITER = new Uint8Array(256);
for (const char of '()<>[]{}/%') DELIMITER[char.charCodeAt(0)] = 1;

/** Deeper nesting than any real file: stops a made-up file from exhausting the stack. */
const MAX_DEPTH = 200;

export interface IndirectObject {
  num: number;
  gen: number;
  value: PdfValue;
  /** Offset after `endobj`. */
  end: number;
}

/** Reads PDF objects from bytes at {@link PdfLexer.at}. Every method throws {@link PdfSyntaxError} rather than skip what it does not understand. */
export class PdfLexer {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  fail(message: string): never {
    throw new PdfSyntaxError(message, this.at);
  }

  /** Moves over white space and comments. */
  skipSpace(): void {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.at];
      if (byte === undefined) return;
      if (WHITE[byte]) this.at++;
      else if (byte === 0x25) while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++;
      else return;
    }
  }

  /** True and consumed when the next word is exactly `word`. */
  take(word: string): boolean {
    this.skipSpace();
    const end = this.at + word.length;
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at + i] !== word.charCodeAt(i)) return false;
    const next = this.bytes[end];
    if (next !== undefined && !WHITE[next] && !DELIMITER[next]) return false;
    this.at = end;
    return true;
  }

  expect(word: string): void {
    if (!this.take(word)) this.fail(`expected ${word}`);
  }

  /** A non-negative whole number. */
  integer(): number {
    this.skipSpace();
    const start = this.at;
    let value = 0;
    for (let byte = this.bytes[this.at]; byte !== undefined && byte >= 48 && byte <= 57; byte = this.bytes[++this.at]) value = value * 10 + byte - 48;
    if (this.at === start || this.at - start > 15) this.fail('expected a whole number');
    return value;
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) this.fail('nested too deep');
    this.skipSpace();
    const byte = this.bytes[this.at];
    switch (byte) {
      case undefined:
        return this.fail('end of file inside an object');
      case 0x2f:
        return { kind: 'name', name: this.name() };
      case 0x28:
        return this.literalString();
      case 0x3c:
        return this.bytes[this.at + 1] === 0x3c ? this.dict(depth) : this.hexString();
      case 0x5b:
        return this.array(depth);
      default:
        return this.numberOrWord();
    }
  }

  /** `N G obj … endobj` at the current place; `lengthOf` resolves a stream's indirect /Length. */
  indirectObject(lengthOf: (value: PdfValue) => number): IndirectObject {
    const num = this.integer();
    const gen = this.integer();
    this.expect('obj');
    let value = this.value();
    if (isKind(value, 'dict') && this.take('stream')) value = { kind: 'stream', dict: value, raw: this.streamData(value, lengthOf) };
    this.expect('endobj');
    return { num, gen, value, end: this.at };
  }

  private streamData(dict: PdfDict, lengthOf: (value: PdfValue) => number): Uint8Array {
    if (this.bytes[this.at] === 13 && this.bytes[this.at + 1] === 10) this.at += 2;
    else if (this.bytes[this.at] === 10) this.at++;
    else this.fail('stream keyword not followed by a line end');
    const length = lengthOf(dict.entries.get('Length') ?? null);
    const start = this.at;
    if (!Number.isSafeInteger(length) || length < 0 || start + length > this.bytes.length) this.fail('bad stream length');
    this.at = start + length;
    this.expect('endstream');
    return this.bytes.subarray(start, start + length);
  }

  private name(): string {
    const { bytes } = this;
    let text = '';
    for (this.at++; ; this.at++) {
      const byte = bytes[this.at];
      if (byte === undefined || WHITE[byte] || DELIMITER[byte]) return text;
      if (byte === 0x23) {
        const code = hexPair(bytes[this.at + 1], bytes[this.at + 2]);
        if (code < 0) this.fail('bad #xx in a name');
        text += String.fromCharCode(code);
        this.at += 2;
      } else text += String.fromCharCode(byte);
    }
  }

  private dict(depth: number): PdfDict {
    const entries = new Map<string, PdfValue>();
    const repeatedKeys: string[] = [];
    this.at += 2;
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) {
        this.at += 2;
        return { kind: 'dict', entries, repeatedKeys };
      }
      if (this.bytes[this.at] !== 0x2f) this.fail('expected a key');
      const key = this.name();
      if (entries.has(key)) repeatedKeys.push(key);
      entries.set(key, this.value(depth + 1));
    }
  }

  private array(depth: number): PdfArray {
    const items: PdfValue[] = [];
    this.at++;
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x5d) {
        this.at++;
        return { kind: 'array', items };
      }
      items.push(this.value(depth + 1));
    }
  }

  private hexString(): PdfString {
    const start = this.at;
    const close = this.bytes.indexOf(0x3e, start);
    if (close < 0) this.fail('hex string without end');
    this.at = close + 1;
    const text = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start + 1, close - start - 1).toString('latin1');
    const plain = Buffer.from(text, 'hex');
    // Node stops at the first character that is no digit, so that a full length means digits only.
    if (plain.length * 2 === text.length) return { kind: 'string', bytes: plain, hex: true, start, end: this.at };
    const digits = text.replaceAll(/[\0\t\n\f\r ]/g, '');
    if (!/^[0-9A-Fa-f]*$/.test(digits)) this.fail('bad hex string');
    return { kind: 'string', bytes: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex'), hex: true, start, end: this.at };
  }

  private literalString(): PdfString {
    const { bytes } = this;
    const start = this.at;
    const out: number[] = [];
    let open = 1;
    for (this.at++; ; this.at++) {
      const byte = bytes[this.at];
      if (byte === undefined) this.fail('string without end');
      if (byte === 0x28) open++;
      if (byte === 0x29 && --open === 0) break;
      if (byte === 0x5c) this.escape(out);
      else if (byte === 13) {
        if (bytes[this.at + 1] === 10) this.at++;
        out.push(10);
      } else out.push(byte);
    }
    this.at++;
    return { kind: 'string', bytes: Uint8Array.from(out), hex: false, start, end: this.at };
  }

  /** At a backslash: appends what it stands for and stops on its last byte. */
  private escape(out: number[]): void {
    const byte = this.bytes[++this.at];
    if (byte === undefined) this.fail('string without end');
    const plain = 'nrtbf'.indexOf(String.fromCharCode(byte));
    if (plain >= 0) out.push([10, 13, 9, 8, 12][plain] ?? 0);
    else if (byte >= 48 && byte <= 55) {
      let code = 0;
      let digits = 0;
      for (let next = this.bytes[this.at]; digits < 3 && next !== undefined && next >= 48 && next <= 55; next = this.bytes[++this.at], digits++) code = code * 8 + next - 48;
      this.at--;
      out.push(code & 255);
    } else if (byte === 13) {
      if (this.bytes[this.at + 1] === 10) this.at++;
    } else if (byte !== 10) out.push(byte);
  }

  private numberOrWord(): PdfValue {
    const { bytes } = this;
    const start = this.at;
    let end = start;
    let whole = 0;
    let digitsOnly = true;
    for (let byte = bytes[end]; byte !== undefined && !WHITE[byte] && !DELIMITER[byte]; byte = bytes[++end]) {
      if (byte >= 48 && byte <= 57) whole = whole * 10 + byte - 48;
      else digitsOnly = false;
    }
    this.at = end;
    if (digitsOnly && end > start && end - start <= 15) return this.referenceAfter(whole) ?? whole;
    const word = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, 64)).toString('latin1');
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) {
      this.at = start;
      this.fail(`unknown word ${JSON.stringify(word.slice(0, 20))}`);
    }
    return Number(word);
  }

  /** After a whole number: `G R` makes it a reference; otherwise nothing is consumed. */
  private referenceAfter(num: number): PdfValue | undefined {
    const { bytes } = this;
    const back = this.at;
    let at = this.at;
    while (WHITE[bytes[at] ?? 255]) at++;
    const genStart = at;
    let gen = 0;
    for (let byte = bytes[at]; byte !== undefined && byte >= 48 && byte <= 57; byte = bytes[++at]) gen = gen * 10 + byte - 48;
    if (at === genStart || at - genStart > 5) return undefined;
    while (WHITE[bytes[at] ?? 255]) at++;
    const after = bytes[at + 1];
    if (bytes[at] === 0x52 && (after === undefined || WHITE[after] || DELIMITER[after])) {
      this.at = at + 1;
      return { kind: 'ref', num, gen };
    }
    this.at = back;
    return undefined;
  }
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function hexPair(high: number | undefined, low: number | undefined): number {
  const a = hexDigit(high);
  const b = hexDigit(low);
  return a < 0 || b < 0 ? -1 : a * 16 + b;
}
