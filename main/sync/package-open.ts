import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { fileFault } from '../kit/atomic-file.ts';
import { containerFrame, localHeaderBytes, readLocalHeader, type ContainerEntry } from './package-container.ts';
import { defaultLimits, packageEntries, packageHeader, PackageError, type PackageHeader, type PackageLimits } from './package-format.ts';
import { verifyBytes } from './keys-ed25519.ts';
import { canonicalBytes } from './keys-signed-json.ts';

const headerLimit = 1024 ** 2;
const signatureBytes = 64;

/** A package whose container, header form and hashes are in order. Whose it is says {@link signerOf}; what is in it, `readBody`. */
export interface OpenedPackage {
  file: string;
  header: PackageHeader;
  headerBytes: Buffer;
  signature: Buffer;
  /** Of the whole file. */
  sha256: string;
  bytes: number;
  /** The encrypted body, from its first byte. */
  body(): AsyncIterable<Buffer>;
}

/**
 * Reads a package once from end to end: exactly three stored entries in order and nothing else, canonical header, `bodySha256`, `bodyBytes`.
 * It asks nobody's key. @throws PackageError `tooLarge`, `container`, `headerForm`, `bodyHash`; AppError `file.…`
 */
export async function openPackage(file: string, limits: PackageLimits = defaultLimits): Promise<OpenedPackage> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    return await readContainer(file, handle, limits);
  } catch (fault) {
    throw fileFault(fault, file);
  } finally {
    await handle?.close();
  }
}

/** {@link openPackage} and the signature of one of `keys`. @throws PackageError `signature` as well */
export async function inspectPackage(file: string, keys: readonly KeyObject[], limits: PackageLimits = defaultLimits): Promise<OpenedPackage> {
  const opened = await openPackage(file, limits);
  if (signerOf(opened, keys) < 0) throw new PackageError('signature', 'header.sig');
  return opened;
}

/** Which of `keys` (Ed25519, public) signed the header; -1 for none. */
export function signerOf(opened: OpenedPackage, keys: readonly KeyObject[]): number {
  return keys.findIndex((key) => verifyBytes(opened.headerBytes, opened.signature, key));
}

async function readContainer(file: string, handle: FileHandle, limits: PackageLimits): Promise<OpenedPackage> {
  const { size } = await handle.stat();
  if (size > limits.packageBytes) throw new PackageError('tooLarge', 'package');
  const whole = createHash('sha256');
  let at = 0;

  async function take(count: number, buffer = Buffer.allocUnsafe(count)): Promise<Buffer> {
    for (let filled = 0; filled < count;) {
      const { bytesRead } = await handle.read(buffer, filled, count - filled, at + filled);
      if (bytesRead === 0) throw new PackageError('container', 'package');
      filled += bytesRead;
    }
    at += count;
    whole.update(buffer);
    return buffer;
  }

  const heads: Buffer[] = [];
  const entries: ContainerEntry[] = [];
  async function enter(name: string): Promise<ContainerEntry> {
    const head = await take(localHeaderBytes + name.length);
    const entry = readLocalHeader(head, name);
    if (entry === null || at + entry.bytes > size) throw new PackageError('container', name);
    heads.push(head);
    entries.push(entry);
    return entry;
  }

  const headerEntry = await enter(packageEntries[0]);
  if (headerEntry.bytes > headerLimit) throw new PackageError('tooLarge', 'header.json');
  const headerBytes = await take(headerEntry.bytes);
  const signatureEntry = await enter(packageEntries[1]);
  if (signatureEntry.bytes !== signatureBytes) throw new PackageError('container', 'header.sig');
  const signature = await take(signatureBytes);
  const bodyEntry = await enter(packageEntries[2]);
  const bodyAt = at;
  const bodyDigest = createHash('sha256');
  let bodyCrc = 0;
  const block = Buffer.allocUnsafeSlow(1024 ** 2);
  for (let left = bodyEntry.bytes; left > 0;) {
    const chunk = await take(Math.min(left, block.length), block.subarray(0, left));
    left -= chunk.length;
    bodyDigest.update(chunk);
    bodyCrc = crc32(chunk, bodyCrc);
  }
  const found = [crc32(headerBytes), crc32(signature), bodyCrc];
  const frame = containerFrame(entries.map((entry, index) => ({ ...entry, crc32: found[index] as number })));
  if (frame.totalBytes !== size) throw new PackageError('container', 'package');
  const tail = await take(frame.tail.length);
  heads.forEach((head, index) => {
    if (!head.equals(frame.heads[index] as Buffer)) throw new PackageError('container', packageEntries[index] as string);
  });
  if (!tail.equals(frame.tail)) throw new PackageError('container', 'central directory');

  const header = parseHeader(headerBytes);
  if (header.bodyBytes !== bodyEntry.bytes) throw new PackageError('bodyHash', 'header.json/bodyBytes');
  if (header.bodySha256 !== bodyDigest.digest('hex')) throw new PackageError('bodyHash', 'header.json/bodySha256');
  return {
    file,
    header,
    headerBytes,
    signature,
    sha256: whole.digest('hex'),
    bytes: size,
    body: () => createReadStream(file, { start: bodyAt, end: bodyAt + bodyEntry.bytes - 1, highWaterMark: 256 * 1024 }),
  };
}

function parseHeader(bytes: Buffer): PackageHeader {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (fault) {
    throw new PackageError('headerForm', 'header.json', fault);
  }
  const form = packageHeader.safeParse(json);
  if (!form.success) throw new PackageError('headerForm', ['header.json', ...(form.error.issues[0]?.path ?? [])].join('/'));
  // RFC 8785: one header, one byte form. Otherwise a doubled name could mean one thing here and another to the next reader.
  if (!canonicalBytes(form.data).equals(bytes)) throw new PackageError('headerForm', 'header.json');
  return form.data;
}
