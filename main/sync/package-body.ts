import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdDecompress } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import type { z } from 'zod';
import { openAge } from './package-age.ts';
import { defaultLimits, journalRow, noneBefore, PackageError, snapshotRow, totalRows, type JournalRow, type PackageHeader, type PackageLimits, type SnapshotRow } from './package-format.ts';

export type BodyPart =
  | { kind: 'journal'; rows: JournalRow[] }
  | { kind: 'snapshot'; rows: SnapshotRow[] }
  | { kind: 'paper'; sha256: string; bytes: Buffer };

/** Whether `row.hash` follows from the row and the hash of the row before (64 zeros before the first). The formula belongs to the school's database. */
export type VerifyChain = (row: JournalRow, previousHash: string) => boolean;

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

export interface BodyCheck {
  header: PackageHeader;
  /** `AGE-SECRET-KEY-1…`; any one that fits. */
  identities: readonly string[];
  limits?: PackageLimits;
  verifyChain?: VerifyChain | undefined;
  /** Hash of journal row `journalFrom - 1`, when it is known. */
  previousHash?: string | undefined;
}

const rowsAtOnce = 500;
/** 16 MiB: what zstd's ordinary levels ask for and no more, whatever the frame claims. */
const windowLog = 24;

/**
 * Decrypts a body and yields what is in it, in order, checked: names, row form, sequence, chain, counts, each paper's SHA-256.
 * Nothing may be kept before the iteration has ended by itself: only then was the end of the body seen and authenticated.
 * @throws PackageError `decrypt`, `compression`, `content`, `journal`, `journalSequence`, `journalChain`, `paperHash`, `counts`, `tooLarge`
 */
export async function* decryptBody(body: AsyncIterable<Uint8Array>, check: BodyCheck): AsyncGenerator<BodyPart> {
  const limits = check.limits ?? defaultLimits;
  const tar = extract();
  const inflow = pipeline(
    Readable.from(authenticated(body, check.identities)),
    createZstdDecompress({ chunkSize: 256 * 1024, params: { [constants.ZSTD_d_windowLogMax]: windowLog } }),
    (source: AsyncIterable<Buffer>) => within(source, limits.contentBytes),
    tar,
  );
  // Watched from the start, so that a fault before the first entry is not an unhandled rejection.
  const broken = inflow.then(() => undefined, (fault: unknown) => named(fault));
  try {
    yield* readEntries(tar, check, limits);
  } catch (fault) {
    if (fault instanceof PackageError) throw fault;
    throw (await broken) ?? new PackageError('content', 'body.age', fault);
  } finally {
    tar.destroy();
  }
  const fault = await broken;
  if (fault !== undefined) throw fault;
}

async function* authenticated(body: AsyncIterable<Uint8Array>, identities: readonly string[]): AsyncGenerator<Uint8Array> {
  try {
    yield* openAge(body, identities);
  } catch (fault) {
    throw new PackageError('decrypt', 'body.age', fault);
  }
}

async function* within(source: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limit) throw new PackageError('tooLarge', 'body.age');
    yield chunk;
  }
}

function named(fault: unknown): PackageError {
  if (fault instanceof PackageError) return fault;
  const code = (fault as NodeJS.ErrnoException).code ?? '';
  const compression = code.startsWith('ZSTD_') || code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE';
  return new PackageError(compression ? 'compression' : 'content', 'body.age', fault);
}

async function* readEntries(tar: AsyncIterable<Entry>, check: BodyCheck, limits: PackageLimits): AsyncGenerator<BodyPart> {
  const { header } = check;
  const seen = new Set<string>();
  for await (const entry of tar) {
    const { name, type, size } = entry.header;
    if (type !== 'file' || seen.has(name)) throw new PackageError('content', name);
    if (seen.size === 0) {
      if (name !== 'journal.ndjson') throw new PackageError('content', name);
      yield* readJournal(entry, check, limits);
    } else if (name === 'snapshot.ndjson' && seen.size === 1) {
      yield* readSnapshot(entry, limits);
    } else {
      const sha256 = /^files\/([0-9a-f]{64})\.pdf$/.exec(name)?.[1];
      if (sha256 === undefined) throw new PackageError('content', name);
      if (size > limits.paperBytes) throw new PackageError('tooLarge', name);
      if (papersIn(seen) >= header.files) throw new PackageError('counts', 'header.json/files');
      yield { kind: 'paper', sha256, bytes: await readPaper(entry, name, sha256) };
    }
    seen.add(name);
  }
  if (seen.size === 0) throw new PackageError('content', 'journal.ndjson');
  if (papersIn(seen) !== header.files) throw new PackageError('counts', 'header.json/files');
}

function papersIn(seen: ReadonlySet<string>): number {
  return seen.size - 1 - (seen.has('snapshot.ndjson') ? 1 : 0);
}

async function readPaper(entry: Entry, name: string, sha256: string): Promise<Buffer> {
  const bytes = Buffer.concat(await Array.fromAsync(entry as AsyncIterable<Buffer>));
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new PackageError('paperHash', name);
  return bytes;
}

async function* readJournal(entry: Entry, check: BodyCheck, limits: PackageLimits): AsyncGenerator<BodyPart> {
  const { header, verifyChain } = check;
  const counts: Record<string, number> = {};
  let expected = header.journalFrom;
  let previousHash = header.journalFrom === 1 ? noneBefore : check.previousHash;
  let rows: JournalRow[] = [];
  for await (const { value: row, where } of readLines(entry, 'journal.ndjson', journalRow, limits)) {
    if (row.seq !== expected || expected > header.journalTo) throw new PackageError('journalSequence', where);
    if (verifyChain !== undefined && previousHash !== undefined && !verifyChain(row, previousHash)) throw new PackageError('journalChain', where);
    previousHash = row.hash;
    expected += 1;
    counts[row.table] = (counts[row.table] ?? 0) + 1;
    rows.push(row);
    if (rows.length < rowsAtOnce) continue;
    yield { kind: 'journal', rows };
    rows = [];
  }
  if (rows.length > 0) yield { kind: 'journal', rows };
  if (expected !== header.journalTo + 1) throw new PackageError('journalSequence', `journal.ndjson: seq ${expected}`);
  const tables = Object.keys(header.rows);
  if (totalRows(counts) !== totalRows(header.rows) || tables.some((table) => (counts[table] ?? 0) !== header.rows[table])) throw new PackageError('counts', 'header.json/rows');
}

async function* readSnapshot(entry: Entry, limits: PackageLimits): AsyncGenerator<BodyPart> {
  let rows: SnapshotRow[] = [];
  for await (const { value } of readLines(entry, 'snapshot.ndjson', snapshotRow, limits)) {
    rows.push(value);
    if (rows.length < rowsAtOnce) continue;
    yield { kind: 'snapshot', rows };
    rows = [];
  }
  if (rows.length > 0) yield { kind: 'snapshot', rows };
}

async function* readLines<T>(entry: Entry, name: string, form: z.ZodType<T>, limits: PackageLimits): AsyncGenerator<{ value: T; where: string }> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  const parse = (line: Buffer) => {
    number += 1;
    const where = `${name}:${number}`;
    if (line.length > limits.lineBytes) throw new PackageError('tooLarge', where);
    let json: unknown;
    try {
      json = JSON.parse(decoder.decode(line));
    } catch (fault) {
      throw new PackageError('journal', where, fault);
    }
    const checked = form.safeParse(json);
    if (!checked.success) throw new PackageError('journal', [where, ...(checked.error.issues[0]?.path ?? [])].join('/'));
    return { value: checked.data, where };
  };
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, end));
      yield parse(held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held));
      held = [];
      heldBytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    held.push(chunk.subarray(from));
    heldBytes += chunk.length - from;
    if (heldBytes > limits.lineBytes) throw new PackageError('tooLarge', `${name}:${number + 1}`);
  }
  if (heldBytes > 0) throw new PackageError('journal', `${name}:${number + 1}`);
}
