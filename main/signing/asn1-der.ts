/**
 * The little of ASN.1 that signing needs on its hot path: a DER writer, and a strict reader (X.690). asn1js does the same with a
 * schema engine at about seventy times the cost per signature; it stays in use where speed does not matter.
 */
export interface DerNode {
  tag: number;
  /** Contents without tag and length. */
  body: Buffer;
  /** The whole element. */
  raw: Buffer;
}

export class DerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DerError';
  }
}

export const TAG = { boolean: 1, integer: 2, bitString: 3, octetString: 4, oid: 6, enumerated: 10, generalizedTime: 0x18, sequence: 0x30, set: 0x31 } as const;

function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  if (length < 0x10000) return Buffer.from([0x82, length >> 8, length & 255]);
  return Buffer.from([0x83, length >> 16, (length >> 8) & 255, length & 255]);
}

export function derElement(tag: number, ...parts: Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), lengthBytes(length), ...parts]);
}

export function derSequence(...parts: Uint8Array[]): Buffer {
  return derElement(TAG.sequence, ...parts);
}

/** SET OF: DER wants the encodings in ascending order (X.690, 11.6). */
export function derSetOf(...parts: Uint8Array[]): Buffer {
  return derElement(TAG.set, ...parts.toSorted((a, b) => Buffer.compare(a, b)));
}

/** `[number]` constructed, context class. */
export function derContext(number: number, ...parts: Uint8Array[]): Buffer {
  return derElement(0xa0 | number, ...parts);
}

export function derOctets(bytes: Uint8Array): Buffer {
  return derElement(TAG.octetString, bytes);
}

/** A non-negative INTEGER from its big-endian bytes; leading zeros are dropped and one is put back where the sign needs it. */
export function derInteger(value: Uint8Array | number): Buffer {
  let bytes: Uint8Array = typeof value === 'number' ? Buffer.from([value]) : value;
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  bytes = bytes.subarray(start);
  return derElement(TAG.integer, ...((bytes[0] ?? 0) & 0x80 ? [Buffer.from([0])] : []), bytes);
}

export const DER_NULL = Buffer.from([5, 0]);
export const DER_TRUE = Buffer.from([1, 1, 255]);

export function derOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [first * 40 + second];
  for (const arc of rest) {
    const group = [arc & 127];
    for (let high = Math.floor(arc / 128); high > 0; high = Math.floor(high / 128)) group.unshift((high & 127) | 128);
    bytes.push(...group);
  }
  return derElement(TAG.oid, Buffer.from(bytes));
}

export function readOid(node: DerNode | undefined): string {
  if (node?.tag !== TAG.oid || node.body.length === 0) throw new DerError('expected an object identifier');
  const arcs: number[] = [];
  let value = 0;
  for (const byte of node.body) {
    value = value * 128 + (byte & 127);
    if (byte & 128) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

/** One element at `offset`. Definite lengths only; bytes after it are the caller's business. Throws {@link DerError}. */
export function readDer(bytes: Uint8Array, offset = 0): DerNode {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const tag = buffer[offset];
  const first = buffer[offset + 1];
  if (tag === undefined || first === undefined) throw new DerError('truncated');
  if ((tag & 31) === 31) throw new DerError('long tag');
  let header = 2;
  let length = first;
  if (first & 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('bad length');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (buffer[offset + 2 + i] ?? Number.NaN);
    header += count;
  }
  const end = offset + header + length;
  if (!(end <= buffer.length)) throw new DerError('truncated');
  return { tag, body: buffer.subarray(offset + header, end), raw: buffer.subarray(offset, end) };
}

/** The elements inside `body`, which they must fill exactly. */
export function derChildren(body: Uint8Array): DerNode[] {
  const nodes: DerNode[] = [];
  for (let offset = 0; offset < body.length; ) {
    const node = readDer(body, offset);
    nodes.push(node);
    offset += node.raw.length;
  }
  return nodes;
}

/** The elements of a constructed element of the expected tag. */
export function derMembers(node: DerNode | undefined, tag: number = TAG.sequence): DerNode[] {
  if (node?.tag !== tag) throw new DerError(`expected tag ${tag}`);
  return derChildren(node.body);
}

/**
 * Rewrites BER as DER where they differ in form: indefinite lengths, over-long lengths, octet strings in pieces. Some signing
 * services write such CMS. The order inside a SET OF is kept, because a signature covers the order it was made over. `length` is what the first element took of `bytes`; padding may follow.
 */
export function berToDer(bytes: Uint8Array): { der: Buffer; length: number } {
  const { der, end } = berElement(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 0, 0);
  return { der, length: end };
}

function berElement(buffer: Buffer, offset: number, depth: number): { der: Buffer; end: number } {
  const tag = buffer[offset];
  const first = buffer[offset + 1];
  if (tag === undefined || first === undefined || depth > 40) throw new DerError('truncated');
  if (first !== 0x80) {
    const node = readDer(buffer, offset);
    const end = offset + node.raw.length;
    return { der: tag & 0x20 ? joinBer(tag, berChildren(node.body, depth)) : derElement(tag, node.body), end };
  }
  if (!(tag & 0x20)) throw new DerError('bad length');
  const children: Buffer[] = [];
  let at = offset + 2;
  while (buffer[at] !== 0 || buffer[at + 1] !== 0) {
    const child = berElement(buffer, at, depth + 1);
    children.push(child.der);
    at = child.end;
  }
  return { der: joinBer(tag, children), end: at + 2 };
}

function berChildren(body: Buffer, depth: number): Buffer[] {
  const children: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const child = berElement(body, at, depth + 1);
    children.push(child.der);
    at = child.end;
  }
  return children;
}

/** 0x24 is an octet string in pieces: DER has it in one. */
function joinBer(tag: number, children: Buffer[]): Buffer {
  if (tag !== 0x24) return derElement(tag, ...children);
  return derElement(TAG.octetString, ...children.map((child) => readDer(child).body));
}
