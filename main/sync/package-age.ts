import { createCipheriv, createDecipheriv, createSecretKey, getCiphers, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter } from 'age-encryption';

/*
 * age v1 (age-encryption.org/v1), streamed. The header, and with it every decision about keys, is age-encryption's; the payload is sealed by
 * OpenSSL's ChaCha20-Poly1305, ten times faster than the library's own (measured: 806 against 82 MB/s). BoringSSL, inside Electron, may lack
 * that cipher: then the library does the payload too.
 */
const chunkBytes = 64 * 1024;
const tagBytes = 16;
const sealedChunkBytes = chunkBytes + tagBytes;
/** A mebibyte at a time: the work between two turns of the event loop stays near a millisecond. */
const chunksAtOnce = 16;
const nonceBytes = 16;
const headerLimit = 64 * 1024;
const cipher = 'chacha20-poly1305';

export const hasNativeCipher: boolean = getCiphers().includes(cipher);

/** Encrypts `source` to `recipients` (`age1…`), a block at a time. A yielded block is overwritten by the next but one: use it up by then. */
export async function* sealAge(source: AsyncIterable<Uint8Array>, recipients: readonly string[], native = hasNativeCipher): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  if (!native) {
    yield* await encrypter.encrypt(webStream(source));
    return;
  }
  let fileKey = new Uint8Array();
  encrypter.addRecipient({ wrapFileKey: (key) => ((fileKey = key.slice()), []) });
  const empty = await encrypter.encrypt(new Uint8Array());
  // The library's own nonce and its sealed empty payload are dropped; the payload below gets a fresh nonce, so no key stream is used twice.
  yield empty.subarray(0, empty.length - nonceBytes - tagBytes);
  const nonce = randomBytes(nonceBytes);
  yield nonce;
  const key = payloadKey(fileKey, nonce);
  let counter = 0;
  let held: Buffer = Buffer.alloc(0);
  // Fresh buffers for every block would make the garbage collector half of the work (measured).
  let sealed = Buffer.allocUnsafeSlow(sealedChunkBytes * chunksAtOnce);
  let other = Buffer.allocUnsafeSlow(sealedChunkBytes * chunksAtOnce);
  for await (const block of inBlocks(source, chunkBytes * chunksAtOnce)) {
    if (held.length > 0) {
      yield sealBlock(key, counter, false, held, sealed);
      counter += chunksAtOnce;
      [sealed, other] = [other, sealed];
    }
    held = block;
  }
  yield sealBlock(key, counter, true, held, sealed);
}

/**
 * Decrypts what {@link sealAge} or the `age` program wrote, for one of `identities` (`AGE-SECRET-KEY-1…`). Nothing is yielded before it is authenticated,
 * but only a stream read to its end is known to be whole. @throws Error for a wrong key, a changed byte or a missing end
 */
export async function* openAge(source: AsyncIterable<Uint8Array>, identities: readonly string[], native = hasNativeCipher): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  if (!native) {
    yield* await decrypter.decrypt(webStream(source));
    return;
  }
  const iterator = source[Symbol.asyncIterator]();
  try {
    const { header, nonce, rest } = await readPreamble(iterator);
    const key = payloadKey(await decrypter.decryptHeader(header), nonce);
    let counter = 0;
    let held: Buffer | undefined;
    for await (const block of inBlocks(resume(rest, iterator), sealedChunkBytes * chunksAtOnce)) {
      if (held !== undefined) {
        yield openBlock(key, counter, false, held);
        counter += chunksAtOnce;
      }
      held = block;
    }
    if (held === undefined) throw new Error('age: the payload is missing');
    yield openBlock(key, counter, true, held);
  } finally {
    await iterator.return?.();
  }
}

/** The DOM's type lacks `from`; Node has it. */
function webStream(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(source)) as unknown as ReadableStream<Uint8Array>;
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32)));
}

/** STREAM (age-encryption.org/v1, "Payload"): an 11-byte counter, then one byte that marks the last chunk. */
function chunkNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Seals a run of chunks, the last of which ends the payload when `final`. */
function sealBlock(key: KeyObject, counter: number, final: boolean, plain: Buffer, sealed: Buffer): Buffer {
  const chunks = Math.max(1, Math.ceil(plain.length / chunkBytes));
  for (let index = 0, at = 0; index < chunks; index += 1) {
    const sealing = createCipheriv(cipher, key, chunkNonce(counter + index, final && index === chunks - 1), { authTagLength: tagBytes });
    at += sealing.update(plain.subarray(index * chunkBytes, (index + 1) * chunkBytes)).copy(sealed, at);
    sealing.final();
    at += sealing.getAuthTag().copy(sealed, at);
  }
  return sealed.subarray(0, plain.length + chunks * tagBytes);
}

function openBlock(key: KeyObject, counter: number, final: boolean, sealed: Buffer): Buffer {
  const chunks = Math.ceil(sealed.length / sealedChunkBytes);
  const plain = Buffer.allocUnsafe(Math.max(0, sealed.length - chunks * tagBytes));
  for (let index = 0, at = 0; index < chunks; index += 1) {
    const chunk = sealed.subarray(index * sealedChunkBytes, (index + 1) * sealedChunkBytes);
    // An empty chunk is allowed only as the whole payload: otherwise one payload would have two forms.
    if (chunk.length < tagBytes || (chunk.length === tagBytes && counter + index > 0)) throw new Error('age: a chunk is cut short');
    const opening = createDecipheriv(cipher, key, chunkNonce(counter + index, final && index === chunks - 1), { authTagLength: tagBytes });
    opening.setAuthTag(chunk.subarray(chunk.length - tagBytes));
    at += opening.update(chunk.subarray(0, chunk.length - tagBytes)).copy(plain, at);
    opening.final();
  }
  return plain;
}

async function readPreamble(iterator: AsyncIterator<Uint8Array>): Promise<{ header: Buffer; nonce: Buffer; rest: Buffer }> {
  let read = Buffer.alloc(0);
  for (;;) {
    const footer = read.indexOf('\n--- ');
    const end = footer < 0 ? -1 : read.indexOf('\n', footer + 1) + 1;
    if (end > 0 && read.length >= end + nonceBytes) {
      return { header: read.subarray(0, end), nonce: read.subarray(end, end + nonceBytes), rest: read.subarray(end + nonceBytes) };
    }
    if (end <= 0 && read.length > headerLimit) throw new Error('age: the header has no end');
    const next = await iterator.next();
    if (next.done === true) throw new Error('age: the header is cut short');
    read = Buffer.concat([read, next.value]);
  }
}

async function* resume(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}

/** The same bytes in pieces of `size`; only the last may be shorter, and none is empty. A piece is overwritten by the next but one. */
async function* inBlocks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let gathered = Buffer.allocUnsafeSlow(size);
  let other = Buffer.allocUnsafeSlow(size);
  let used = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.length;) {
      const taken = Math.min(size - used, piece.length - at);
      gathered.set(piece.subarray(at, at + taken), used);
      used += taken;
      at += taken;
      if (used < size) continue;
      yield gathered;
      [gathered, other] = [other, gathered];
      used = 0;
    }
  }
  if (used > 0) yield gathered.subarray(0, used);
}
