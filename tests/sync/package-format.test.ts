import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError, toFailure } from '../../main/kit/errors.ts';
import { publicHalf, publicKeyPem, newSigningKey } from '../../main/sync/keys-ed25519.ts';
import { openAge, sealAge } from '../../main/sync/package-age.ts';
import { decryptBody, type BodyPart } from '../../main/sync/package-body.ts';
import { defaultLimits, noneBefore, packageFileName, type JournalRow } from '../../main/sync/package-format.ts';
import { inspectPackage, openPackage, signerOf } from '../../main/sync/package-open.ts';
import { PackageSpool } from '../../main/sync/package-spool.ts';
import { outside } from './outside-tools.ts';
import { chainHash, craftPackage, encryptTo, fakeSchool, journalRows, ndjson, noise, paperFiles, sealFor, sha256, temporaryFolder, type FakeSchool } from './package-fixture.ts';

let folder = '';
let remove = () => {};
let school: FakeSchool;

beforeEach(async () => {
  ({ folder, remove } = temporaryFolder());
  school = await fakeSchool();
});
afterEach(() => remove());

const verifyChain = (row: JournalRow, previous: string) => row.hash === chainHash(row, previous);

async function contentOf(file: string, identity = school.identity): Promise<{ rows: JournalRow[]; snapshot: number; papers: string[] }> {
  const opened = await openPackage(file);
  return gather(decryptBody(opened.body(), { header: opened.header, identities: [identity], verifyChain }));
}

async function gather(parts: AsyncIterable<BodyPart>): Promise<{ rows: JournalRow[]; snapshot: number; papers: string[] }> {
  const found = { rows: [] as JournalRow[], snapshot: 0, papers: [] as string[] };
  for await (const part of parts) {
    if (part.kind === 'journal') found.rows.push(...part.rows);
    if (part.kind === 'snapshot') found.snapshot += part.rows.length;
    if (part.kind === 'paper') found.papers.push(part.sha256);
  }
  return found;
}

function partsLeft(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.part'));
}

describe('someone without our program', () => {
  test('unpacks, verifies, decrypts and reads a package with unzip, openssl, age, zstd and tar', async () => {
    const files = paperFiles(path.join(folder, 'giấy tờ'), 3, 20_000);
    const snapshot = [{ table: 'pupil', id: 'p1', record: { name: 'Trần Văn Ước' } }];
    const { file, header } = await sealFor(school, folder, 1, { files, snapshot });
    expect(path.basename(file)).toBe('01-THCS-NGUYEN-DU-may-1-00000001.stpkg');

    const listing = outside('unzip', ['-Z', file]).stdout.toString();
    expect([...listing.matchAll(/(stor|def\w)\s+\S+ \S+ (\S+)$/gm)].map(([, method, name]) => [method, name])).toEqual([['stor', 'header.json'], ['stor', 'header.sig'], ['stor', 'body.age']]);
    expect(outside('unzip', ['-tq', file]).status).toBe(0);

    const out = path.join(folder, 'mở ra');
    mkdirSync(out);
    outside('unzip', ['-q', file, '-d', out]);
    const at = (name: string) => path.join(out, name);
    writeFileSync(at('school.pem'), publicKeyPem(school.signingKey));
    expect(outside('openssl', ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', at('school.pem'), '-in', at('header.json'), '-sigfile', at('header.sig')]).stdout.toString()).toContain('Signature Verified Successfully');
    expect(readFileSync(at('header.sig'))).toHaveLength(64);

    const told = JSON.parse(readFileSync(at('header.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(told)).toEqual(['bodyBytes', 'bodySha256', 'createdAt', 'device', 'files', 'format', 'journalFrom', 'journalTo', 'previous', 'recipients', 'rows', 'schema', 'school', 'sequence']);
    expect(told).toEqual(header);
    expect(told).toMatchObject({ format: 'so-truong-package/1', journalFrom: 1, journalTo: 10, previous: noneBefore, rows: { attendance: 2, mark: 8 }, files: 3 });
    expect(told['bodySha256']).toBe(sha256(readFileSync(at('body.age'))));

    writeFileSync(at('identity.txt'), `# created by hand\n${school.identity}\n`);
    const zst = outside('age', ['-d', '-i', at('identity.txt'), at('body.age')]);
    expect(zst.stderr).toBe('');
    expect(outside('zstd', ['-tq', '-'], zst.stdout).status).toBe(0);
    const tar = outside('zstd', ['-dcq', '-'], zst.stdout).stdout;
    expect(outside('tar', ['-tf', '-'], tar).stdout.toString().trim().split('\n')).toEqual(['journal.ndjson', 'snapshot.ndjson', ...files.map(({ sha256: name }) => `files/${name}.pdf`)]);
    const lines = outside('tar', ['-xOf', '-', 'journal.ndjson'], tar).stdout.toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([...journalRows(1, 10)]);
    expect(sha256(outside('tar', ['-xOf', '-', `files/${files[1]?.sha256 ?? ''}.pdf`], tar).stdout)).toBe(files[1]?.sha256);
  });

  test('writes a body with age and zstd that we read', async () => {
    const rows = [...journalRows(1, 3)];
    const byTools = (tar: Buffer) => outside('age', ['-r', school.recipient], outside('zstd', ['-19', '-c', '-'], tar).stdout).stdout;
    const { file } = await craftPackage(school, path.join(folder, 'tay.stpkg'), { entries: [{ name: 'journal.ndjson', content: ndjson(rows) }], header: { journalTo: 3, rows: { mark: 3 } }, body: byTools });
    expect((await contentOf(file)).rows).toEqual(rows);
  });

  test('does not find a child\'s name or mark in the file', async () => {
    const { file } = await sealFor(school, folder, 1);
    expect(readFileSync(file).includes(Buffer.from('Nguyễn'))).toBe(false);
  });
});

describe('a package', () => {
  test('gives back what went in, papers listed twice once', async () => {
    const files = paperFiles(path.join(folder, 'giấy'), 2, 5000);
    const { file } = await sealFor(school, folder, 1, { files: [...files, ...files], snapshot: [{ table: 'pupil', id: 'p1', record: {} }] });
    expect(await contentOf(file)).toEqual({ rows: [...journalRows(1, 10)], snapshot: 1, papers: files.map((each) => each.sha256) });
  });

  test('may carry papers and no journal row', async () => {
    const { file, header } = await sealFor(school, folder, 2, { previous: 'a'.repeat(64), journal: [], journalAfter: 41, files: paperFiles(path.join(folder, 'g'), 1, 100) });
    expect(header).toMatchObject({ journalFrom: 42, journalTo: 41, rows: {}, files: 1 });
    expect((await contentOf(file)).rows).toEqual([]);
  });

  test('is well placed whether its body shrinks much or not at all', async () => {
    const spread = { ...journalRows(1, 1).next().value as JournalRow, after: { note: 'x'.repeat(40_000) } };
    let seq = 0;
    const shrinking = Array.from({ length: 60 }, () => ({ ...spread, seq: (seq += 1) }));
    const { header } = await sealFor(school, folder, 1, { journal: shrinking });
    expect(header.bodyBytes).toBeLessThan(20_000);
    const growing = await sealFor(school, folder, 2, { previous: 'b'.repeat(64), journal: [], journalAfter: 60, files: paperFiles(path.join(folder, 'g'), 1, 99_900) });
    expect(growing.header.bodyBytes).toBeGreaterThan(100_000);
    expect(outside('unzip', ['-tq', growing.file]).status).toBe(0);
  });

  test('is encrypted anew each time, and a package once made is never overwritten', async () => {
    const first = await sealFor(school, folder, 1);
    const bytes = readFileSync(first.file);
    await expect(sealFor(school, folder, 1)).rejects.toMatchObject({ code: 'package.exists' });
    expect(readFileSync(first.file).equals(bytes)).toBe(true);
    const again = await sealFor(school, folder, 1, { outFile: path.join(folder, 'khác.stpkg') });
    expect(again.sha256).not.toBe(first.sha256);
  });

  test('opens for each of several recipients and for nobody else', async () => {
    const [second, stranger] = [await fakeSchool(), await fakeSchool()];
    const { file } = await sealFor(school, folder, 1, { recipients: [school.recipient, second.recipient] });
    expect((await contentOf(file, second.identity)).rows).toHaveLength(10);
    await expect(contentOf(file, stranger.identity)).rejects.toMatchObject({ fault: 'decrypt', where: 'body.age' });
  });

  test('belongs to the key that signed it', async () => {
    const { file } = await sealFor(school, folder, 1);
    const stranger = publicHalf(newSigningKey());
    expect(signerOf(await openPackage(file), [stranger, publicHalf(school.signingKey)])).toBe(1);
    await expect(inspectPackage(file, [stranger])).rejects.toMatchObject({ fault: 'signature', where: 'header.sig' });
  });

  test('of a thousand rows spills its journal to disk only encrypted', async () => {
    const spoolFile = path.join(folder, 'spool');
    const spool = new PackageSpool(spoolFile, 1000);
    const lines = [...journalRows(1, 50)].map((row) => Buffer.from(JSON.stringify(row)));
    for (const line of lines) await spool.write(line);
    expect(readFileSync(spoolFile).includes(Buffer.from('Nguyễn'))).toBe(false);
    expect(Buffer.concat(await Array.fromAsync(spool.read())).equals(Buffer.concat(lines))).toBe(true);
    await spool.dispose();
    expect(existsSync(spoolFile)).toBe(false);
  });

  test('has a file name that sorts by sequence', () => {
    expect(packageFileName('S', 'd', 41)).toBe('S-d-00000041.stpkg');
  });
});

describe('a damaged package is refused', () => {
  test('whichever byte of the container, the header or the signature was flipped', async () => {
    const { file, bytes } = await sealFor(school, folder, 1);
    const whole = readFileSync(file);
    const damaged = path.join(folder, 'hỏng.stpkg');
    const bodyAt = whole.indexOf('age-encryption.org');
    const offsets = Array.from({ length: bytes }, (_, at) => at).filter((at) => at < bodyAt || at > bytes - 260 || at % 37 === 0);
    const accepted: number[] = [];
    for (const at of offsets) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] as number) ^ 0x01;
      writeFileSync(damaged, copy);
      await inspectPackage(damaged, [publicHalf(school.signingKey)]).then(() => accepted.push(at), () => undefined);
    }
    expect(offsets.length).toBeGreaterThan(800);
    expect(accepted).toEqual([]);
  });

  test.each([
    ['a byte more', (whole: Buffer) => Buffer.concat([whole, Buffer.of(0)])],
    ['a byte less', (whole: Buffer) => whole.subarray(0, -1)],
    ['nothing in it', () => Buffer.alloc(0)],
    ['something before it', (whole: Buffer) => Buffer.concat([Buffer.from('MZ'), whole])],
  ])('with %s', async (_what, change) => {
    const { file } = await sealFor(school, folder, 1);
    const damaged = path.join(folder, 'hỏng.stpkg');
    writeFileSync(damaged, change(readFileSync(file)));
    await expect(openPackage(damaged)).rejects.toMatchObject({ fault: 'container' });
  });

  test('when it was unpacked and zipped again, with an entry more or in another order', async () => {
    const { file } = await sealFor(school, folder, 1);
    const out = path.join(folder, 'x');
    mkdirSync(out);
    outside('unzip', ['-q', file, '-d', out]);
    writeFileSync(path.join(out, 'thêm.txt'), 'x');
    const again = (names: string[]) => {
      const made = path.join(folder, 'lại.stpkg');
      rmSync(made, { force: true });
      execFileSync('python3', ['-c', 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],"w")\nfor n in sys.argv[2:]: z.write(n,n)\nz.close()', made, ...names], { cwd: out });
      return made;
    };
    await expect(openPackage(again(['header.json', 'header.sig', 'body.age', 'thêm.txt']))).rejects.toMatchObject({ fault: 'container' });
    await expect(openPackage(again(['header.sig', 'header.json', 'body.age']))).rejects.toMatchObject({ fault: 'container', where: 'header.json' });
  });

  test('when its header is signed but not canonical, or not complete', async () => {
    const entries = [{ name: 'journal.ndjson' }];
    const spaced = await craftPackage(school, path.join(folder, 'a'), { entries, headerBytes: (canonical) => Buffer.from(` ${canonical.toString()}`) });
    await expect(openPackage(spaced.file)).rejects.toMatchObject({ fault: 'headerForm', where: 'header.json' });
    const doubled = await craftPackage(school, path.join(folder, 'b'), { entries, headerBytes: (canonical) => Buffer.from(canonical.toString().replace('"files":0', '"files":7,"files":0')) });
    await expect(openPackage(doubled.file)).rejects.toMatchObject({ fault: 'headerForm' });
    const more = await craftPackage(school, path.join(folder, 'c'), { entries, header: { extra: 1 } as object });
    await expect(openPackage(more.file)).rejects.toMatchObject({ fault: 'headerForm' });
    const path9 = await craftPackage(school, path.join(folder, 'd'), { entries, header: { school: '../x' } });
    await expect(openPackage(path9.file)).rejects.toMatchObject({ fault: 'headerForm', where: 'header.json/school' });
    const orphan = await craftPackage(school, path.join(folder, 'e'), { entries, header: { sequence: 2 } });
    await expect(openPackage(orphan.file)).rejects.toMatchObject({ fault: 'headerForm', where: 'header.json/previous' });
  });

  test('with words for a person', async () => {
    const { file } = await sealFor(school, folder, 1);
    writeFileSync(`${file}.x`, readFileSync(file).subarray(1));
    const failure = toFailure(await openPackage(`${file}.x`).catch((fault: unknown) => fault));
    expect(failure).toMatchObject({ code: 'package.container', heading: 'Tệp gói không đúng cấu trúc' });
    expect(failure.what).toContain('header.json');
  });
});

describe('a rightly signed package with a wrong inside is refused', () => {
  const journal = { name: 'journal.ndjson', content: ndjson(journalRows(1, 3)) };
  const three = { journalTo: 3, rows: { mark: 3 } };
  const pdf = noise(300, 5);
  const paper = { name: `files/${sha256(pdf)}.pdf`, content: pdf };

  test.each([
    ['no journal', { entries: [] }, 'content'],
    ['something before the journal', { entries: [paper, journal], header: { ...three, files: 1 } }, 'content'],
    ['a path that climbs out', { entries: [journal, { name: `files/../../${sha256(pdf)}.pdf`, content: pdf }], header: { ...three, files: 1 } }, 'content'],
    ['an absolute path', { entries: [journal, { name: '/etc/passwd' }], header: three }, 'content'],
    ['a symbolic link', { entries: [journal, { name: paper.name, type: 'symlink' as const, linkname: '/etc/passwd' }], header: { ...three, files: 1 } }, 'content'],
    ['a folder', { entries: [journal, { name: 'files/', type: 'directory' as const }], header: three }, 'content'],
    ['two journals', { entries: [journal, journal], header: three }, 'content'],
    ['a paper under another paper\'s name', { entries: [journal, { ...paper, content: noise(300, 6) }], header: { ...three, files: 1 } }, 'paperHash'],
    ['the same paper twice', { entries: [journal, paper, paper], header: { ...three, files: 2 } }, 'content'],
    ['a paper more than it says', { entries: [journal, paper], header: three }, 'counts'],
    ['a paper less than it says', { entries: [journal], header: { ...three, files: 1 } }, 'counts'],
    ['other counts of rows', { entries: [journal], header: { ...three, rows: { pupil: 3 } } }, 'counts'],
    ['a row less than it says', { entries: [journal], header: { journalTo: 4, rows: { mark: 4 } } }, 'journalSequence'],
    ['a row more than it says', { entries: [journal], header: { journalTo: 2, rows: { mark: 2 } } }, 'journalSequence'],
    ['a gap in the journal', { entries: [{ ...journal, content: ndjson([...journalRows(1, 4)].filter((row) => row.seq !== 2)) }], header: three }, 'journalSequence'],
    ['a row that was rewritten', { entries: [{ ...journal, content: ndjson([...journalRows(1, 3)].map((row) => (row.seq === 2 ? { ...row, after: { value: 100 } } : row))) }], header: three }, 'journalChain'],
    ['a row with a member more', { entries: [{ ...journal, content: ndjson([...journalRows(1, 3)].map((row) => ({ ...row, extra: 1 }))) }], header: three }, 'journal'],
    ['a line that is no JSON', { entries: [{ ...journal, content: Buffer.from('{"seq":1\n') }], header: three }, 'journal'],
    ['bytes that are no UTF-8', { entries: [{ ...journal, content: Buffer.concat([Buffer.of(0xff), journal.content]) }], header: three }, 'journal'],
    ['a last line without an end', { entries: [{ ...journal, content: journal.content.subarray(0, -1) }], header: three }, 'journal'],
    ['a body that is not encrypted', { entries: [journal], header: three, body: (tar: Buffer) => zstdCompressSync(tar) }, 'decrypt'],
    ['a body that is not compressed', { entries: [journal], header: three, body: (tar: Buffer) => encryptTo(school.recipient, tar) }, 'compression'],
    ['a tar cut short', { entries: [journal, paper], header: { ...three, files: 1 }, body: (tar: Buffer) => encryptTo(school.recipient, zstdCompressSync(tar.subarray(0, 2500))) }, 'content'],
    ['a compressed body cut short', { entries: [journal, paper], header: { ...three, files: 1 }, body: (tar: Buffer) => encryptTo(school.recipient, zstdCompressSync(tar).subarray(0, -40)) }, 'compression'],
    ['an encrypted body cut short', { entries: [journal], header: three, body: async (tar: Buffer) => (await encryptTo(school.recipient, zstdCompressSync(tar))).subarray(0, -1) }, 'decrypt'],
  ])('%s', async (_what, parts, fault) => {
    const { file } = await craftPackage(school, path.join(folder, 'p.stpkg'), parts);
    const refused = await contentOf(file).catch((caught: unknown) => caught);
    expect(refused).toMatchObject({ fault, code: `package.${fault}` });
    expect((refused as { where: string }).where).not.toBe('');
  });

  test('a small file that unpacks to a huge one', async () => {
    const { file } = await craftPackage(school, path.join(folder, 'bomb'), { entries: [{ ...journal, content: Buffer.alloc(64 * 1024 ** 2, 32) }], header: three });
    const opened = await openPackage(file);
    expect(opened.bytes).toBeLessThan(20_000);
    const check = { header: opened.header, identities: [school.identity] };
    await expect(gather(decryptBody(opened.body(), check))).rejects.toMatchObject({ fault: 'tooLarge', where: 'journal.ndjson:1' });
    await expect(gather(decryptBody(opened.body(), { ...check, limits: { ...defaultLimits, contentBytes: 1024 ** 2 } }))).rejects.toMatchObject({ fault: 'tooLarge', where: 'body.age' });
    await expect(openPackage(file, { ...defaultLimits, packageBytes: 1000 })).rejects.toMatchObject({ fault: 'tooLarge' });
  });
});

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50_001) yield bytes.subarray(at, at + 50_001);
}

async function joined(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const piece of stream) copies.push(Buffer.from(piece));
  return Buffer.concat(copies);
}

describe('age, streamed', () => {
  const sizes = [0, 1, 65_535, 65_536, 65_537, 16 * 65_536, 16 * 65_536 + 1, 40 * 65_536 + 5];

  test.each(sizes)('%i bytes pass both ways between us and the age program, with and without the native cipher', async (size) => {
    const plain = noise(size, 9);
    const identity = path.join(folder, 'identity.txt');
    writeFileSync(identity, school.identity);
    const theirs = outside('age', ['-r', school.recipient], plain).stdout;
    for (const native of [true, false]) {
      const sealed = await joined(sealAge(inPieces(plain), [school.recipient], native));
      expect(outside('age', ['-d', '-i', identity], sealed).stdout.equals(plain)).toBe(true);
      expect((await joined(openAge(inPieces(theirs), [school.identity], native))).equals(plain)).toBe(true);
      await expect(joined(openAge(inPieces(sealed.subarray(0, -1)), [school.identity], native))).rejects.toThrow(Error);
    }
  });
});

describe('sealing that cannot be finished', () => {
  test('leaves nothing when the journal has a gap, a paper is missing or was changed, or it is cancelled', async () => {
    const [gone, changed] = paperFiles(path.join(folder, 'g'), 2, 300_000);
    rmSync(gone?.path ?? '');
    writeFileSync(changed?.path ?? '', noise(300_009, 77));
    const rows = [...journalRows(1, 10)].filter(({ seq }) => seq !== 5);
    const stop = new AbortController();
    async function* stopping(): AsyncGenerator<JournalRow> {
      yield* journalRows(1, 5);
      stop.abort();
      yield* journalRows(6, 6);
    }
    await expect(sealFor(school, folder, 1, { journal: rows })).rejects.toMatchObject({ fault: 'journalSequence' });
    await expect(sealFor(school, folder, 1, { files: gone === undefined ? [] : [gone] })).rejects.toMatchObject({ code: 'package.paperMissing' });
    await expect(sealFor(school, folder, 1, { files: changed === undefined ? [] : [changed] })).rejects.toMatchObject({ code: 'package.paperChanged' });
    await expect(sealFor(school, folder, 1, { journal: stopping(), signal: stop.signal })).rejects.toMatchObject({ code: 'package.cancelled' });
    await expect(sealFor(school, folder, 1, { recipients: ['age1khôngphải'] })).rejects.toMatchObject({ fault: 'headerForm' });
    expect(readdirSync(folder)).toEqual(['g']);
  });

  test('for want of space says so and leaves nothing', async () => {
    const child = spawnSync(process.execPath, [childScript(), folder, 'full'], { encoding: 'utf8' });
    expect(child.stdout.trim()).toBe('file.diskFull');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['rename', 'body'])('because the power fails (%s) leaves no package, and the next attempt clears up and succeeds', async (moment) => {
    const child = spawnSync(process.execPath, [childScript(), folder, moment], { encoding: 'utf8' });
    expect(child.signal).toBe('SIGKILL');
    expect(readdirSync(folder).filter((name) => name.endsWith('.stpkg'))).toEqual([]);
    expect(partsLeft()).toHaveLength(1);
    const { file } = await sealFor(school, folder, 1);
    expect(partsLeft()).toEqual([]);
    expect((await contentOf(file)).rows).toHaveLength(10);
  });
});

test('sealing and opening 200 MB takes no more memory than sealing and opening little', () => {
  const child = spawnSync(process.execPath, [childScript(), folder, 'memory'], { encoding: 'utf8' });
  const { grownMiB, bodyBytes } = JSON.parse(child.stdout) as { grownMiB: number; bodyBytes: number };
  console.log(`200 MB body: peak memory grew by ${grownMiB} MiB over sealing and opening 22 MB`);
  expect(bodyBytes).toBeGreaterThan(200e6);
  expect(grownMiB).toBeLessThan(100);
});

function childScript(): string {
  return path.join(import.meta.dirname, 'package-child.ts');
}

test('errors thrown here are all in the catalogue', () => {
  const faults = ['container', 'headerForm', 'signature', 'bodyHash', 'decrypt', 'compression', 'content', 'journal', 'journalSequence', 'journalChain', 'paperHash', 'counts', 'tooLarge', 'exists', 'paperMissing', 'paperChanged', 'cancelled'];
  for (const fault of faults) expect(toFailure(new AppError(`package.${fault}`, { params: { where: 'x', file: 'x' } })).heading).not.toMatch(/chưa làm được|errors\./);
});
