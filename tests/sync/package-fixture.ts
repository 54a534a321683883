import { createHash, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, zstdCompressSync } from 'node:zlib';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { pack } from 'tar-stream';
import { newSigningKey, signBytes } from '../../main/sync/keys-ed25519.ts';
import { canonicalBytes } from '../../main/sync/keys-signed-json.ts';
import { containerFrame } from '../../main/sync/package-container.ts';
import { noneBefore, packageEntries, packageFileName, packageFormat, type JournalRow, type PackageHeader } from '../../main/sync/package-format.ts';
import { sealPackage, type SealedPackage, type SealOptions } from '../../main/sync/package-seal.ts';

/** A folder with a space and Vietnamese letters in its name, as on a school's PC. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const parent = mkdtempSync(path.join(tmpdir(), 'so-truong-'));
  const folder = path.join(parent, 'Dữ liệu trường');
  mkdirSync(folder);
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The chain of this fixture: SHA-256 over the hash before and the rest of the row. */
export function chainHash(row: Omit<JournalRow, 'hash'>, previousHash: string): string {
  return sha256(previousHash + JSON.stringify([row.seq, row.at, row.path, row.table, row.id, row.version, row.event, row.before, row.after, row.reason]));
}

export function* journalRows(from: number, to: number, before = noneBefore): Generator<JournalRow> {
  let previous = before;
  for (let seq = from; seq <= to; seq += 1) {
    const row: Omit<JournalRow, 'hash'> = {
      seq,
      at: `2026-11-22T08:${String(seq % 60).padStart(2, '0')}:00+07:00`,
      actor: 'co.lan',
      device: 'may-van-phong',
      path: 'typed',
      table: seq % 5 === 0 ? 'attendance' : 'mark',
      id: `019330f0-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      version: 1 + (seq % 3),
      event: seq % 3 === 0 ? 'NEW' : 'UPDATE',
      before: seq % 3 === 0 ? null : { value: (seq * 7) % 101, note: 'Nguyễn Thị Ngữ' },
      after: { value: (seq * 13) % 101, note: 'Nguyễn Thị Ngữ' },
      reason: seq % 4 === 0 ? 'Nhập nhầm cột' : null,
    };
    previous = chainHash(row, previous);
    yield { ...row, hash: previous };
  }
}

/** `count` papers of `bytes` each that zstd cannot shrink, like the streams inside a PDF. */
export function paperFiles(folder: string, count: number, bytes: number, seed = 1): { sha256: string; path: string }[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(bytes, seed * 100_003 + index)]);
    const file = { sha256: sha256(content), path: path.join(folder, `${sha256(content)}.pdf`) };
    writeFileSync(file.path, content);
    return file;
  });
}

export function noise(bytes: number, seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = (seed << 1) | 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return Buffer.from(words.buffer, 0, bytes);
}

export interface FakeSchool {
  school: string;
  device: string;
  signingKey: KeyObject;
  identity: string;
  recipient: string;
}

export async function fakeSchool(school = '01-THCS-NGUYEN-DU', device = 'may-1'): Promise<FakeSchool> {
  const identity = await generateX25519Identity();
  return { school, device, signingKey: newSigningKey(), identity, recipient: await identityToRecipient(identity) };
}

/** The school's package number `sequence` with ten journal rows, the papers it is given, and whatever `changes` say. */
export async function sealFor(school: FakeSchool, folder: string, sequence: number, changes: Partial<SealOptions> = {}): Promise<SealedPackage> {
  return sealPackage({
    school: school.school,
    device: school.device,
    sequence,
    previous: noneBefore,
    journal: journalRows((sequence - 1) * 10 + 1, sequence * 10),
    files: [],
    recipients: [school.recipient],
    signingKey: school.signingKey,
    schema: 40,
    createdAt: '2026-11-22T14:05:12+07:00',
    outFile: path.join(folder, packageFileName(school.school, school.device, sequence)),
    ...changes,
  });
}

export interface CraftedEntry {
  name: string;
  content?: Uint8Array;
  type?: 'file' | 'symlink' | 'directory';
  linkname?: string;
}

/** A package put together by hand and rightly signed, with whatever a hostile or broken school might put in it. */
export async function craftPackage(school: FakeSchool, file: string, parts: { entries: CraftedEntry[]; header?: Partial<PackageHeader>; body?: (tar: Buffer) => Uint8Array | Promise<Uint8Array>; headerBytes?: (canonical: Buffer) => Buffer }): Promise<{ file: string; sha256: string; header: PackageHeader }> {
  const tar = pack();
  for (const { name, content = new Uint8Array(), type = 'file', linkname } of parts.entries) tar.entry({ name, type, ...(linkname === undefined ? {} : { linkname }) }, Buffer.from(content));
  tar.finalize();
  const tarBytes = Buffer.concat(await Array.fromAsync(tar as AsyncIterable<Buffer>));
  const body = Buffer.from(await (parts.body ?? ((bytes) => encryptTo(school.recipient, zstdCompressSync(bytes))))(tarBytes));
  const header: PackageHeader = {
    format: packageFormat,
    school: school.school,
    device: school.device,
    sequence: 1,
    previous: noneBefore,
    journalFrom: 1,
    journalTo: 0,
    schema: 40,
    createdAt: '2026-11-22T14:05:12+07:00',
    recipients: [school.recipient],
    bodySha256: sha256(body),
    bodyBytes: body.length,
    rows: {},
    files: 0,
    ...parts.header,
  };
  const headerBytes = (parts.headerBytes ?? ((canonical) => canonical))(canonicalBytes(header));
  const signature = signBytes(headerBytes, school.signingKey);
  const contents = [headerBytes, signature, body];
  const { heads, tail } = containerFrame(contents.map((content, index) => ({ name: packageEntries[index] as string, bytes: content.length, crc32: crc32(content) })));
  const whole = Buffer.concat([...contents.flatMap((content, index) => [heads[index] as Buffer, content]), tail]);
  writeFileSync(file, whole);
  return { file, sha256: sha256(whole), header };
}

export async function encryptTo(recipient: string, bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(bytes);
}

export function ndjson(rows: Iterable<object>): Buffer {
  return Buffer.from([...rows].map((row) => `${JSON.stringify(row)}\n`).join(''));
}
