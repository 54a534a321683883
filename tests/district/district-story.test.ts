import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDistrictDatabase } from '../../district/district-database.ts';
import { revokeSchoolKey } from '../../district/district-schools.ts';
import { keyFingerprint, newSigningKey } from '../../main/sync/keys-ed25519.ts';
import { noneBefore, packageFileName } from '../../main/sync/package-format.ts';
import { pushPackage } from '../../main/sync/package-push.ts';
import { readReceipt } from '../../main/sync/package-receipt.ts';
import type { SealedPackage, SealOptions } from '../../main/sync/package-seal.ts';
import { craftPackage, fakeSchool, journalRows, ndjson, noise, paperFiles, sealFor, sha256, temporaryFolder, type FakeSchool } from '../sync/package-fixture.ts';
import { countRows, enrolledSchool, enrolWith, newEmbedded, newPostgres, openDistrict, post, removeTemplate, type TestDistrict } from './district-fixture.ts';

// Making an embedded database is seconds of work, and minutes on a machine that does other things.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const places = [
  ['embedded (PGlite)', newEmbedded],
  ['PostgreSQL', async () => newPostgres()],
] as const;

afterAll(removeTemplate);

describe.each(places)('the authority on %s', (_name, place) => {
  let folder = '';
  let district: TestDistrict;
  let school: FakeSchool;
  let cleanUp: () => Promise<void>;

  beforeEach(async () => {
    const temporary = temporaryFolder();
    folder = temporary.folder;
    const { db, drop } = await place(folder);
    district = await openDistrict(folder, db);
    cleanUp = async () => {
      await district.running.close().catch(() => undefined);
      await drop();
      temporary.remove();
    };
    school = await enrolledSchool(folder, district);
  });
  afterEach(() => cleanUp());

  const stored = async () => {
    await district.running.close();
    return countRows(district.db);
  };
  const send = (sealed: Pick<SealedPackage, 'file' | 'sha256'>) => post(district.running.url, readFileSync(sealed.file), sealed.sha256);
  /** Packages 1…n of a device, chained in number, hash and journal. */
  const chain = async (of: FakeSchool, count: number, changes: Partial<SealOptions> = {}) => {
    const sealed: SealedPackage[] = [];
    const rows = [...journalRows(1, count * 10)];
    for (let sequence = 1; sequence <= count; sequence += 1) {
      sealed.push(await sealFor(of, folder, sequence, { journal: rows.slice((sequence - 1) * 10, sequence * 10), previous: sealed.at(-1)?.sha256 ?? noneBefore, ...changes }));
    }
    return sealed as [SealedPackage, ...SealedPackage[]];
  };

  test('receives a school\'s packages in order, keeps rows and papers, and gives receipts that verify', async () => {
    const files = paperFiles(path.join(folder, 'giấy'), 2, 30_000);
    const first = await sealFor(school, folder, 1, { journal: journalRows(1, 1200), files, snapshot: [{ table: 'pupil', id: 'p1', record: { name: 'Trần Văn Ước' } }] });
    const receipt = await pushPackage({ server: district.running.url, file: first.file, authority: district.authority });
    expect(receipt.receipt).toMatchObject({ school: 'S-01', device: 'may-1', sequence: 1, sha256: first.sha256, contiguousTo: 1, rows: { attendance: 240, mark: 960 } });

    const last = [...journalRows(1, 1200)].at(-1)?.hash;
    const second = await sealFor(school, folder, 2, { journal: journalRows(1201, 1210, last), previous: first.sha256, files: files.slice(0, 1) });
    expect((await send(second)).body).toMatchObject({ sequence: 2, contiguousTo: 2 });

    const status = await (await fetch(new URL('/v1/schools/S-01/devices/may-1', district.running.url))).json() as { contiguousTo: number; receipts: object[] };
    expect(status.contiguousTo).toBe(2);
    expect(status.receipts.map((each) => readReceipt(Buffer.from(JSON.stringify(each)), district.authority.receiptKeys).receipt.sequence)).toEqual([1, 2]);

    expect(await stored()).toMatchObject({ school: 1, package: 2, journal_row: 1210, snapshot_row: 1, paper: 2, package_paper: 3 });
    const database = await openDistrictDatabase(district.db);
    const paper = await database.selectFrom('paper').select('content').where('sha256', '=', files[0]?.sha256 ?? '').executeTakeFirstOrThrow();
    expect(sha256(paper.content)).toBe(files[0]?.sha256);
    const { rows } = await sql<{ after: object; reason: string | null; hash: string }>`select after, reason, hash from journal_row where seq = 1204`.execute(database);
    const sent = [...journalRows(1201, 1204, last)].at(-1);
    expect(rows[0]).toEqual({ after: sent?.after, reason: sent?.reason, hash: sent?.hash });
    await database.destroy();
  });

  test('gives the same receipt, byte for byte, for the same package again - also after a restart', async () => {
    const [first] = await chain(school, 1);
    const receipt = await send(first);
    const again = await send(first);
    await district.running.close();
    await district.start();
    const later = await send(first);
    expect(receipt.status).toBe(200);
    expect([again.text, later.text]).toEqual([receipt.text, receipt.text]);
    expect(await stored()).toMatchObject({ package: 1, journal_row: 10 });
  });

  test('asks for the missing one when there is a gap, and takes the rest once it came', async () => {
    const [first, second, third] = await chain(school, 3) as unknown as [SealedPackage, SealedPackage, SealedPackage];
    expect(await send(second)).toMatchObject({ status: 409, body: { code: 'gap', expected: 1 } });
    await send(first);
    expect(await send(third)).toMatchObject({ status: 409, body: { code: 'gap', expected: 2 } });
    await expect(pushPackage({ server: district.running.url, file: third.file, authority: district.authority })).rejects.toMatchObject({ code: 'package.gap', params: { expected: 2, sequence: 3 } });
    for (const sealed of [second, third]) expect((await send(sealed)).status).toBe(200);
    expect(await stored()).toMatchObject({ package: 3, journal_row: 30 });
  });

  test('refuses another package of the same number as a fork', async () => {
    const [first] = await chain(school, 1);
    await send(first);
    const other = await sealFor(school, folder, 1, { outFile: path.join(folder, 'khác.stpkg') });
    expect(await send(other)).toMatchObject({ status: 409, body: { code: 'fork' } });
    await expect(pushPackage({ server: district.running.url, file: other.file, authority: district.authority })).rejects.toMatchObject({ code: 'package.fork' });
    expect(await stored()).toMatchObject({ package: 1, journal_row: 10 });
  });

  test('refuses a package that does not follow what it has, in hash or in journal', async () => {
    const [first] = await chain(school, 1);
    await send(first);
    const orphan = await sealFor(school, folder, 2, { previous: 'c'.repeat(64) });
    expect(await send(orphan)).toMatchObject({ status: 422, body: { code: 'previous', where: 'header.json/previous' } });
    const skipping = await sealFor(school, folder, 2, { previous: first.sha256, journal: journalRows(12, 20), outFile: path.join(folder, 'b') });
    expect(await send(skipping)).toMatchObject({ status: 422, body: { code: 'journalGap', where: 'header.json/journalFrom' } });
    const rewritten = await sealFor(school, folder, 2, { previous: first.sha256, journal: journalRows(11, 20, 'd'.repeat(64)), outFile: path.join(folder, 'c') });
    expect(await send(rewritten)).toMatchObject({ status: 422, body: { code: 'journalChain', where: 'journal.ndjson:1' } });
    expect(await stored()).toMatchObject({ package: 1, journal_row: 10 });
  });

  test('stores one of two uploads of the same package that arrive together, and answers both alike', async () => {
    const [first, second] = await chain(school, 2) as unknown as [SealedPackage, SealedPackage];
    const answers = await Promise.all([send(first), send(first), send(first), send(first)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    const other = await sealFor(school, folder, 2, { previous: first.sha256, outFile: path.join(folder, 'khác'), journal: journalRows(11, 20, [...journalRows(1, 10)].at(-1)?.hash) });
    const rivals = await Promise.all([send(second), send(other)]);
    expect(rivals.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await stored()).toMatchObject({ package: 2, journal_row: 20 });
  });

  test('keeps two devices of a school apart, and two schools', async () => {
    const device2 = { ...school, device: 'may-2' };
    const other = await enrolledSchool(folder, district, 'S-02');
    const answers = await Promise.all([school, device2, other].map(async (each) => {
      const sealed = await sealFor(each, folder, 1, { outFile: path.join(folder, packageFileName(each.school, each.device, 1)) });
      return send(sealed);
    }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await stored()).toMatchObject({ school: 2, device: 3, package: 3, journal_row: 30 });
  });

  test('does not know strangers, and no longer knows a key that was revoked', async () => {
    const stranger = { ...await fakeSchool('S-99'), recipient: school.recipient };
    const unknown = await sealFor(stranger, folder, 1);
    expect(await send(unknown)).toMatchObject({ status: 401, body: { code: 'unknownSchool' } });
    await expect(pushPackage({ server: district.running.url, file: unknown.file, authority: district.authority })).rejects.toMatchObject({ code: 'package.unauthorised' });
    const imposter = await sealFor({ ...school, signingKey: newSigningKey() }, folder, 1, { outFile: path.join(folder, 'giả') });
    expect(await send(imposter)).toMatchObject({ status: 422, body: { code: 'signature', where: 'header.sig' } });

    const [first] = await chain(school, 1);
    await revokeSchoolKey({ db: district.db, school: 'S-01', fingerprint: keyFingerprint(school.signingKey), reason: 'mất máy' });
    expect(await send(first)).toMatchObject({ status: 401, body: { code: 'revokedKey' } });
    await expect(revokeSchoolKey({ db: district.db, school: 'S-01', fingerprint: 'AAAA', reason: '' })).rejects.toMatchObject({ code: 'district.unknownKey' });
    expect(await stored()).toMatchObject({ package: 0, device: 0, journal_row: 0 });
  });

  test('goes on with a school whose key was rotated, and takes what was sealed before', async () => {
    const [first] = await chain(school, 1, { createdAt: '2026-11-20T10:00:00+07:00' });
    const renewed = { ...school, signingKey: newSigningKey() };
    await enrolWith(folder, district, renewed, school.signingKey);
    expect((await send(first)).status).toBe(200);
    const last = [...journalRows(1, 10)].at(-1)?.hash;
    const next = { previous: first.sha256, journal: [...journalRows(11, 20, last)], createdAt: '2199-01-01T00:00:00Z' };
    const withOld = await sealFor(school, folder, 2, { ...next, outFile: path.join(folder, 'cũ') });
    expect(await send(withOld)).toMatchObject({ status: 401, body: { code: 'endedKey' } });
    expect((await send(await sealFor(renewed, folder, 2, next))).status).toBe(200);
    // A revoked key cannot hand over to a new one.
    await revokeSchoolKey({ db: district.db, school: 'S-01', fingerprint: keyFingerprint(renewed.signingKey), reason: 'mất máy' });
    await expect(enrolWith(folder, district, { ...school, signingKey: newSigningKey() }, renewed.signingKey)).rejects.toMatchObject({ code: 'enrolment.rotationUnknown' });
  });

  test('stores nothing from a package of which any byte was flipped, even when the sender vouches for the damaged file', async () => {
    const { file } = await sealFor(school, folder, 1, { files: paperFiles(path.join(folder, 'g'), 1, 2000) });
    const whole = readFileSync(file);
    const step = 61;
    for (let at = 7; at < whole.length; at += step) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0x10;
      const refused = await post(district.running.url, damaged, sha256(damaged));
      expect([401, 422], `byte ${at}: ${JSON.stringify(refused.body)}`).toContain(refused.status);
      expect(refused.body).toMatchObject({ code: expect.stringMatching(/^\w+$/), where: expect.stringMatching(/./) });
    }
    expect(await post(district.running.url, whole, 'f'.repeat(64))).toMatchObject({ status: 422, body: { code: 'packageSha256', where: 'Package-Sha256' } });
    expect(await stored()).toMatchObject({ package: 0, device: 0, journal_row: 0, paper: 0 });
  });

  test('stores nothing of a rightly signed package whose last part is wrong', async () => {
    const rows = [...journalRows(1, 1500)];
    const journal = { name: 'journal.ndjson', content: ndjson(rows) };
    const header = { journalTo: 1500, rows: { attendance: 300, mark: 1200 } };
    const good = noise(5000, 3);
    const papers = [{ name: `files/${sha256(good)}.pdf`, content: good }, { name: `files/${sha256('x')}.pdf`, content: good }];
    const wrong = await craftPackage(school, path.join(folder, 'a'), { entries: [journal, ...papers], header: { ...header, files: 2 } });
    expect(await send(wrong)).toMatchObject({ status: 422, body: { code: 'paperHash', where: `files/${sha256('x')}.pdf` } });
    const elsewhere = await craftPackage({ ...school, recipient: (await fakeSchool()).recipient }, path.join(folder, 'b'), { entries: [journal], header });
    expect(await send(elsewhere)).toMatchObject({ status: 422, body: { code: 'decrypt', where: 'body.age' } });
    const noisy = await craftPackage(school, path.join(folder, 'c'), { entries: [{ ...journal, content: ndjson(rows.map((row) => (row.seq === 1499 ? { ...row, actor: 'a\0b' } : row))) }], header });
    expect(await send(noisy)).toMatchObject({ status: 422, body: { code: 'journal', where: 'journal.ndjson:1499/actor' } });
    expect(await stored()).toMatchObject({ package: 0, device: 0, journal_row: 0, paper: 0 });
    expect(readdirSync(path.join(district.db.startsWith('postgres') ? district.keysDir : district.db, 'incoming'))).toEqual(['uploads']);
  });

  test('never lets go of what it gave a receipt for, not even by hand', async () => {
    const [first] = await chain(school, 1);
    await send(first);
    await district.running.close();
    const database = await openDistrictDatabase(district.db);
    await expect(sql`update journal_row set hash = ''`.execute(database)).rejects.toThrow(/append-only/);
    await expect(sql`delete from package`.execute(database)).rejects.toThrow(/append-only/);
    await database.destroy();
  });

  test('holds text as it came, whatever letters a row contains', async () => {
    const after = { note: 'Đặng \\u0000 "Ước"\n\u{1F4D8}', 'escaped': '\u0000\uD800' };
    const [row] = [...journalRows(1, 1)];
    const { file, sha256: hash } = await craftPackage(school, path.join(folder, 'p'), { entries: [{ name: 'journal.ndjson', content: ndjson([{ ...row, after, hash: 'e'.repeat(64) }]) }], header: { journalTo: 1, rows: { mark: 1 } } });
    await district.running.close();
    const lenient = await openDistrict(folder, district.db, { verifyChain: () => true });
    const answer = await post(lenient.running.url, readFileSync(file), hash);
    await lenient.running.close();
    expect(answer.status).toBe(200);
    const database = await openDistrictDatabase(district.db);
    const { rows } = await sql<{ after: string }>`select after::text from journal_row`.execute(database);
    expect(JSON.parse(rows[0]?.after ?? '')).toEqual(after);
    await database.destroy();
  });
});
