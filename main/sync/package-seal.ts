import { createHash, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, crc32 } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { fileFault, sha256Hex } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import { sealAge } from './package-age.ts';
import { containerFrame } from './package-container.ts';
import { defaultLimits, noneBefore, packageEntries, packageFormat, packageHeader, PackageError, type JournalRow, type PackageHeader, type SnapshotRow } from './package-format.ts';
import { inspectPackage } from './package-open.ts';
import { PackageSpool } from './package-spool.ts';
import { publicHalf, signBytes } from './keys-ed25519.ts';
import { canonicalBytes } from './keys-signed-json.ts';

export interface SealOptions {
  school: string;
  device: string;
  /** 1, 2, 3 … per device. */
  sequence: number;
  /** SHA-256 of the package file before; 64 zeros for the first. */
  previous: string;
  /** In order of `seq`, without gaps. */
  journal: AsyncIterable<JournalRow> | Iterable<JournalRow>;
  /** Where the journal stands when `journal` is empty: the `seq` of the last row sent. */
  journalAfter?: number;
  /** Only in a first or full package: every record as it stands at the last journal row. */
  snapshot?: AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>;
  /** Newly signed papers. One listed twice is sent once. */
  files: Iterable<{ sha256: string; path: string }>;
  /** The authority's age public keys (`age1…`). */
  recipients: readonly string[];
  /** The school's Ed25519 package key (private). */
  signingKey: KeyObject;
  /** Number of the newest database migration. */
  schema: number;
  /** RFC 3339 with offset. */
  createdAt: string;
  outFile: string;
  signal?: AbortSignal;
}

export interface SealedPackage {
  file: string;
  sha256: string;
  bytes: number;
  header: PackageHeader;
}

/**
 * Writes one package: tar → zstd → age → `body.age`, then the signed header, then the container; under a temporary name, flushed, renamed, opened
 * again and checked. Memory does not grow with the body. The same input gives other bytes each time (age draws a new key), so a package is sealed
 * once and kept; a file that exists is never replaced.
 * @throws AppError `package.exists`, `package.paperChanged`, `package.paperMissing`, `package.cancelled`, `file.diskFull`, `file.notWritable`; PackageError `journalSequence`, `headerForm`, `tooLarge`
 */
export async function sealPackage(options: SealOptions): Promise<SealedPackage> {
  const folder = path.dirname(options.outFile);
  if (existsSync(options.outFile)) throw new AppError('package.exists', { params: { file: options.outFile } });
  const temporary = (part: string) => path.join(folder, `.${path.basename(options.outFile)}.${randomBytes(4).toString('hex')}.${part}.part`);
  const whole = temporary('whole');
  const journal = new PackageSpool(temporary('journal'));
  const snapshot = options.snapshot === undefined ? undefined : new PackageSpool(temporary('snapshot'));
  try {
    await mkdir(folder, { recursive: true });
    await removeAbandonedParts(options.outFile);
    const range = await spoolJournal(options, journal);
    if (snapshot !== undefined && options.snapshot !== undefined) await spoolLines(options.snapshot, snapshot, options.signal);
    const papers = await measurePapers(options.files);
    const header: PackageHeader = {
      format: packageFormat,
      school: options.school,
      device: options.device,
      sequence: options.sequence,
      previous: options.previous,
      ...range,
      schema: options.schema,
      createdAt: options.createdAt,
      recipients: [...options.recipients],
      bodySha256: noneBefore,
      bodyBytes: likelyBodyBytes(journal, snapshot, papers),
      files: papers.length,
    };
    const form = packageHeader.safeParse(header);
    if (!form.success) throw new PackageError('headerForm', `header.json/${form.error.issues[0]?.path.join('/') ?? ''}`);
    // Of the header only the length of `bodyBytes` is still unknown: with the right number of digits reserved, the body need not be copied behind it.
    const reserved = headOf(header, options.signingKey, 0).head.length;
    const body = await writeBody(options, { journal, snapshot, papers }, whole, reserved);
    header.bodySha256 = body.sha256;
    header.bodyBytes = body.bytes;
    await writeFrame(whole, reserved, headOf(header, options.signingKey, body.crc32));
    options.signal?.throwIfAborted();
    // A rename would replace a file that came to be in the meantime, and with it a package that may already have been sent.
    if (existsSync(options.outFile)) throw new AppError('package.exists', { params: { file: options.outFile } });
    await rename(whole, options.outFile);
    await flushFolder(folder);
    // The header says what was meant to be written; this reads what was.
    const checked = await inspectPackage(options.outFile, [publicHalf(options.signingKey)]);
    return { file: options.outFile, sha256: checked.sha256, bytes: checked.bytes, header };
  } catch (fault) {
    if (options.signal?.aborted === true) throw new AppError('package.cancelled', { cause: fault });
    throw fileFault(fault, options.outFile);
  } finally {
    await Promise.all([rm(whole, { force: true }), journal.dispose(), snapshot?.dispose()]);
  }
}

/** Takes away what a power cut left of an earlier attempt at `outFile`; nothing under its final name is touched. */
export async function removeAbandonedParts(outFile: string): Promise<void> {
  const prefix = `.${path.basename(outFile)}.`;
  for (const name of await readdir(path.dirname(outFile))) {
    if (name.startsWith(prefix) && name.endsWith('.part')) await rm(path.join(path.dirname(outFile), name), { force: true });
  }
}

type JournalRange = Pick<PackageHeader, 'journalFrom' | 'journalTo' | 'rows'>;

async function spoolJournal(options: SealOptions, spool: PackageSpool): Promise<JournalRange> {
  const rows: Record<string, number> = {};
  let from: number | undefined;
  let to = options.journalAfter ?? 0;
  await spoolLines(options.journal, spool, options.signal, (row) => {
    if (from !== undefined && row.seq !== to + 1) throw new PackageError('journalSequence', `journal.ndjson: seq ${row.seq}`);
    from ??= row.seq;
    to = row.seq;
    rows[row.table] = (rows[row.table] ?? 0) + 1;
  });
  return { journalFrom: from ?? to + 1, journalTo: to, rows };
}

async function spoolLines<T extends object>(rows: AsyncIterable<T> | Iterable<T>, spool: PackageSpool, signal: AbortSignal | undefined, see: (row: T) => void = () => undefined): Promise<void> {
  let lines = '';
  const add = (row: T) => {
    see(row);
    lines += `${JSON.stringify(row)}\n`;
    return lines.length >= 256 * 1024;
  };
  const flush = async () => {
    signal?.throwIfAborted();
    await spool.write(Buffer.from(lines));
    lines = '';
  };
  // A plain iterable is not put through `for await`: a turn of the event loop for each of a million rows is a second lost.
  if (Symbol.asyncIterator in rows) {
    for await (const row of rows) if (add(row)) await flush();
  } else {
    for (const row of rows) if (add(row)) await flush();
  }
  await flush();
}

interface Paper {
  sha256: string;
  path: string;
  bytes: number;
}

async function measurePapers(files: SealOptions['files']): Promise<Paper[]> {
  const papers = new Map<string, Paper>();
  for (const file of files) {
    if (papers.has(file.sha256)) continue;
    const facts = await stat(file.path).catch((fault: unknown) => {
      throw new AppError('package.paperMissing', { params: { file: file.path }, cause: fault });
    });
    if (facts.size > defaultLimits.paperBytes) throw new PackageError('tooLarge', file.path);
    papers.set(file.sha256, { ...file, bytes: facts.size });
  }
  return [...papers.values()];
}

interface BodyParts {
  journal: PackageSpool;
  snapshot: PackageSpool | undefined;
  papers: readonly Paper[];
}

interface BodyFacts {
  sha256: string;
  bytes: number;
  crc32: number;
}

async function writeBody(options: SealOptions, parts: BodyParts, file: string, start: number): Promise<BodyFacts> {
  const digest = createHash('sha256');
  const facts = { bytes: 0, crc32: 0 };
  const tar = pack();
  const filling = fillTar(tar, parts, new Date(options.createdAt), options.signal).catch((fault: unknown) => {
    tar.destroy(fault as Error);
    throw fault;
  });
  const compressed = createZstdCompress({ chunkSize: 1024 ** 2, params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } });
  const written = pipeline(Readable.from(tar), compressed, async (source: AsyncIterable<Uint8Array>) => {
    const handle = await open(file, 'wx', 0o600);
    let writing = Promise.resolve();
    try {
      for await (const block of sealAge(source, options.recipients)) {
        options.signal?.throwIfAborted();
        digest.update(block);
        facts.crc32 = crc32(block, facts.crc32);
        // The disk takes one block while the next is compressed and sealed.
        await writing;
        writing = writeAll(handle, block, start + facts.bytes);
        facts.bytes += block.length;
        if (facts.bytes > defaultLimits.packageBytes) throw new PackageError('tooLarge', 'body.age');
      }
      await writing;
    } finally {
      await writing.catch(() => undefined);
      await handle.close();
    }
  });
  const [filled, wrote] = await Promise.allSettled([filling, written]);
  // The cause comes first: a paper that changed breaks the tar, and the broken tar breaks everything after it.
  if (filled.status === 'rejected' && filled.reason instanceof AppError) throw filled.reason;
  if (wrote.status === 'rejected') throw wrote.reason;
  if (filled.status === 'rejected') throw filled.reason;
  return { ...facts, sha256: digest.digest('hex') };
}

async function fillTar(tar: Pack, parts: BodyParts, mtime: Date, signal: AbortSignal | undefined): Promise<void> {
  const header = (name: string, size: number) => ({ name, size, mode: 0o600, mtime });
  await addEntry(tar, header('journal.ndjson', parts.journal.bytes), parts.journal.read(), signal);
  if (parts.snapshot !== undefined) await addEntry(tar, header('snapshot.ndjson', parts.snapshot.bytes), parts.snapshot.read(), signal);
  for await (const { paper, bytes } of readAhead(parts.papers)) {
    // The size stands in the tar before the content: a paper that changes while it is read must end the package, not shift what follows.
    if (bytes.length !== paper.bytes || sha256Hex(bytes) !== paper.sha256) throw new AppError('package.paperChanged', { params: { file: paper.path } });
    await addEntry(tar, header(`files/${paper.sha256}.pdf`, paper.bytes), [bytes], signal);
  }
  tar.finalize();
}

/** Each paper's bytes, the next one being read while this one is used. */
async function* readAhead(papers: readonly Paper[]): AsyncGenerator<{ paper: Paper; bytes: Buffer }> {
  const read = (paper: Paper | undefined) => {
    const reading = paper === undefined ? undefined : readFile(paper.path);
    reading?.catch(() => undefined);
    return reading;
  };
  let next = read(papers[0]);
  for (const [index, paper] of papers.entries()) {
    const bytes = await next;
    next = read(papers[index + 1]);
    if (bytes !== undefined) yield { paper, bytes };
  }
}

async function addEntry(tar: Pack, header: { name: string; size: number; mode: number; mtime: Date }, content: AsyncIterable<Buffer> | Iterable<Buffer>, signal: AbortSignal | undefined): Promise<void> {
  const finished = Promise.withResolvers<void>();
  finished.promise.catch(() => undefined);
  const sink = tar.entry(header, (fault) => (fault ? finished.reject(fault) : finished.resolve()));
  for await (const chunk of content) {
    signal?.throwIfAborted();
    if (sink.write(chunk)) continue;
    const drained = new Promise<void>((resolve) => sink.once('drain', () => resolve()));
    await Promise.race([finished.promise, drained]);
  }
  sink.end(null);
  await finished.promise;
}

interface PackageHead {
  /** Everything before the body. */
  head: Buffer;
  tail: Buffer;
}

function headOf(header: PackageHeader, signingKey: KeyObject, bodyCrc32: number): PackageHead {
  const headerBytes = canonicalBytes(header);
  const signature = signBytes(headerBytes, signingKey);
  const { heads, tail } = containerFrame([
    { name: packageEntries[0], bytes: headerBytes.length, crc32: crc32(headerBytes) },
    { name: packageEntries[1], bytes: signature.length, crc32: crc32(signature) },
    { name: packageEntries[2], bytes: header.bodyBytes, crc32: bodyCrc32 },
  ]);
  const [beforeHeader, beforeSignature, beforeBody] = heads as [Buffer, Buffer, Buffer];
  return { head: Buffer.concat([beforeHeader, headerBytes, beforeSignature, signature, beforeBody]), tail };
}

/** PDFs hardly shrink; journal lines shrink to about a tenth. A wrong guess costs one copy of the body. */
function likelyBodyBytes(journal: PackageSpool, snapshot: PackageSpool | undefined, papers: readonly Paper[]): number {
  const lines = journal.bytes + (snapshot?.bytes ?? 0);
  return Math.max(1, Math.round(lines / 10) + papers.reduce((sum, paper) => sum + paper.bytes, 0));
}

async function writeFrame(file: string, bodyAt: number, { head, tail }: PackageHead): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const bodyBytes = (await handle.stat()).size - bodyAt;
    if (head.length !== bodyAt) await moveWithin(handle, bodyAt, head.length, bodyBytes);
    await writeAll(handle, head, 0);
    await writeAll(handle, tail, head.length + bodyBytes);
    await handle.truncate(head.length + bodyBytes + tail.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves bytes by a few places: from the far end when they move up, so that none is overwritten before it was read. */
async function moveWithin(handle: FileHandle, from: number, to: number, bytes: number): Promise<void> {
  const step = 1024 ** 2;
  const steps = Math.ceil(bytes / step);
  for (let index = 0; index < steps; index += 1) {
    const at = (to > from ? steps - 1 - index : index) * step;
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(Math.min(step, bytes - at)), 0, null, from + at);
    await writeAll(handle, buffer.subarray(0, bytesRead), to + at);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}

/** Without this the new name may be lost in a power cut though the content is safe. Windows has no such call and needs none on NTFS. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
