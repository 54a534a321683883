import { spawnSync } from 'node:child_process';
import fs, { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDistrictDatabase } from '../../district/district-database.ts';
import { enrolSchool } from '../../district/district-schools.ts';
import { startDistrict } from '../../district/district-server.ts';
import { readAuthorityKeys } from '../../main/sync/enrolment-authority.ts';
import { writeSchoolEnrolment } from '../../main/sync/enrolment-school.ts';
import { pushPackage } from '../../main/sync/package-push.ts';
import { readReceipt } from '../../main/sync/package-receipt.ts';
import { outside } from '../sync/outside-tools.ts';
import { craftPackage, paperFiles, sealFor, temporaryFolder, type FakeSchool } from '../sync/package-fixture.ts';
import { enrolledSchool, newPostgres, openDistrict, post, type TestDistrict } from './district-fixture.ts';

// Making an embedded database is seconds of work, and minutes on a machine that does other things.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const limit = 3 * 1024 ** 2;
let folder = '';
let district: TestDistrict;
let school: FakeSchool;
let cleanUp = async () => {};

beforeEach(async () => {
  const temporary = temporaryFolder();
  folder = temporary.folder;
  const { db, drop } = await newPostgres();
  district = await openDistrict(folder, db, { limits: { packageBytes: limit }, pendingBytes: 10 * 1024 ** 2, adminToken: 'mat-khau-dai' });
  cleanUp = async () => {
    await district.running.close().catch(() => undefined);
    await drop();
    temporary.remove();
  };
  school = await enrolledSchool(folder, district);
});
afterEach(() => cleanUp());

const at = (route: string) => new URL(route, district.running.url);
const uploadsLeft = () => readdirSync(path.join(district.keysDir, 'incoming', 'uploads'));
const sealBig = () => sealFor(school, folder, 1, { files: paperFiles(path.join(folder, 'giấy'), 2, 900_000) });

describe('the calls', () => {
  test('answer in the contract\'s words', async () => {
    const sealed = await sealFor(school, folder, 1);
    const bytes = readFileSync(sealed.file);
    const without = await fetch(at('/v1/packages'), { method: 'POST', body: bytes });
    expect([without.status, await without.json()]).toEqual([422, { code: 'packageSha256', where: 'Package-Sha256' }]);
    expect((await fetch(at('/v1/schools/S-01/devices/may-1'))).status).toBe(200);
    expect(await (await fetch(at('/v1/schools/S-01/devices/may-1'))).json()).toEqual({ contiguousTo: 0, receipts: [] });
    for (const route of ['/v1/schools/S-77/devices/may-1', '/v1/schools/..%2f..%2fx/devices/may-1', '/gì-đó']) expect((await fetch(at(route))).status).toBe(404);

    const answer = await post(district.running.url, bytes, sealed.sha256);
    expect(answer).toMatchObject({ status: 200, body: { school: 'S-01', device: 'may-1', sequence: 1, sha256: sealed.sha256, contiguousTo: 1, rows: { attendance: 2, mark: 8 } } });
    const zip = await fetch(at('/v1/packages'), { method: 'POST', body: bytes, headers: { 'Package-Sha256': sealed.sha256.toUpperCase(), Accept: 'application/zip' } });
    const file = path.join(folder, 'r.streceipt');
    writeFileSync(file, Buffer.from(await zip.arrayBuffer()));
    expect(outside('unzip', ['-tq', file]).status).toBe(0);
    expect(readReceipt(readFileSync(file), district.authority.receiptKeys).receipt).toEqual(readReceipt(Buffer.from(answer.text), district.authority.receiptKeys).receipt);
  });

  test('offer the keys, signed by the root that schools pinned', async () => {
    const offered = readAuthorityKeys(await (await fetch(at('/v1/keys'))).text());
    expect(offered.fingerprint).toBe(district.authority.fingerprint);
    expect(offered.fingerprint).toBe(district.running.fingerprint);
    expect(offered.recipients).toEqual(district.authority.recipients);
  });

  test('take nothing above the limit, announced or not', async () => {
    const much = Buffer.alloc(limit + 1);
    expect(await post(district.running.url, much, 'a'.repeat(64))).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
    const unannounced = await fetch(at('/v1/packages'), { method: 'POST', body: Readable.toWeb(Readable.from([much, much])), headers: { 'Package-Sha256': 'a'.repeat(64) }, duplex: 'half' } as unknown as RequestInit);
    expect(unannounced.status).toBe(413);
    expect(readdirSync(path.join(district.keysDir, 'incoming'))).toEqual(['uploads']);
  });

  test('keep nothing of a sender that hangs up', async () => {
    const sealed = await sealBig();
    await new Promise<void>((resolve) => {
      const request = plainRequest(at('/v1/packages'), { method: 'POST', headers: { 'Package-Sha256': sealed.sha256, 'Content-Length': sealed.bytes } });
      request.on('error', () => resolve());
      request.write(readFileSync(sealed.file).subarray(0, 500_000), () => request.destroy());
    });
    await expect.poll(() => readdirSync(path.join(district.keysDir, 'incoming'))).toEqual(['uploads']);
    expect((await post(district.running.url, readFileSync(sealed.file), sealed.sha256)).status).toBe(200);
  });
});

describe('a resumable upload', () => {
  const tus = { 'Tus-Resumable': '1.0.0' };
  const patch = (url: URL, offset: number, bytes: Uint8Array) => fetch(url, { method: 'PATCH', body: Buffer.from(bytes), headers: { ...tus, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' } });
  const create = async (length: number, metadata?: string) => fetch(at('/v1/uploads'), { method: 'POST', headers: { ...tus, 'Upload-Length': String(length), ...(metadata === undefined ? {} : { 'Upload-Metadata': metadata }) } });

  test('is plain tus 1.0: create, send, break off, ask where, go on', async () => {
    const sealed = await sealBig();
    const bytes = readFileSync(sealed.file);
    const options = await fetch(at('/v1/uploads'), { method: 'OPTIONS' });
    expect([options.headers.get('Tus-Version'), options.headers.get('Tus-Max-Size')]).toEqual(['1.0.0', String(limit)]);
    const created = await create(bytes.length);
    expect(created.status).toBe(201);
    const url = at(created.headers.get('Location') ?? '');
    expect((await patch(url, 0, bytes.subarray(0, 700_000))).status).toBe(204);
    expect((await patch(url, 5, bytes.subarray(5))).status).toBe(409);
    await district.running.close();
    await district.start();
    const resumed = at(url.pathname);
    const head = await fetch(resumed, { method: 'HEAD', headers: tus });
    expect([head.status, head.headers.get('Upload-Offset')]).toEqual([200, '700000']);
    const last = await patch(resumed, 700_000, bytes.subarray(700_000));
    expect([last.status, last.headers.get('Upload-Offset')]).toEqual([204, String(bytes.length)]);
    const { contiguousTo, receipts } = await (await fetch(at('/v1/schools/S-01/devices/may-1'))).json() as { contiguousTo: number; receipts: { sha256: string }[] };
    expect([contiguousTo, receipts[0]?.sha256]).toEqual([1, sealed.sha256]);
    await expect.poll(uploadsLeft).toEqual([]);
  });

  test('whose last answer was lost is taken up by a sender who remembers nothing', async () => {
    const sealed = await sealBig();
    await create(sealed.bytes, `sha256 ${Buffer.from(sealed.sha256).toString('base64')}`);
    // Every byte arrived, and then the power failed before the package was looked at.
    writeFileSync(path.join(district.keysDir, 'incoming', 'uploads', sealed.sha256), readFileSync(sealed.file));
    const receipt = await pushPackage({ server: district.running.url, file: sealed.file, authority: district.authority, resumableAbove: 0 });
    expect(receipt.receipt.sha256).toBe(sealed.sha256);
    await expect.poll(uploadsLeft).toEqual([]);
  });

  test('of what does not check is answered like any package, and kept no longer', async () => {
    const { file, sha256 } = await craftPackage(school, path.join(folder, 'p'), { entries: [{ name: 'khác' }] });
    const bytes = readFileSync(file);
    const url = at((await create(bytes.length, `sha256 ${Buffer.from(sha256).toString('base64')}`)).headers.get('Location') ?? '');
    expect(url.pathname).toBe(`/v1/uploads/${sha256}`);
    const refused = await patch(url, 0, bytes);
    expect([refused.status, await refused.json()]).toEqual([422, { code: 'content', where: 'khác' }]);
    await expect.poll(uploadsLeft).toEqual([]);
  });

  test('cannot fill the disk: neither one too large nor many unfinished ones are begun', async () => {
    expect((await create(limit + 1)).status).toBe(413);
    for (let begun = 0; begun < 3; begun += 1) expect((await create(limit)).status).toBe(201);
    expect((await create(limit)).status).toBe(503);
    expect((await fetch(at('/v1/uploads/..%2f..%2fsigning.pem'), { method: 'HEAD', headers: tus })).status).toBe(404);
  });

  test('goes through a line that breaks every 300 kB', async () => {
    const sealed = await sealBig();
    const target = Number(new URL(district.running.url).port);
    let cuts = 0;
    const line = createServer((socket) => {
      const server = connect(target, '127.0.0.1');
      let passed = 0;
      socket.on('data', (chunk) => {
        passed += chunk.length;
        server.write(chunk);
        if (passed <= 300_000) return;
        cuts += 1;
        socket.destroy();
        server.destroy();
      });
      server.pipe(socket);
      server.on('error', () => socket.destroy());
      socket.on('error', () => server.destroy());
      socket.on('close', () => server.end());
    });
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
    const seen: number[] = [];
    const receipt = await pushPackage({
      server: `http://127.0.0.1:${(line.address() as AddressInfo).port}`, file: sealed.file, authority: district.authority,
      resumableAbove: 0, pieceBytes: 400_000, attempts: 30, backoff: { firstMs: 5, longestMs: 50 }, onProgress: ({ bytes }) => seen.push(bytes),
    });
    line.close();
    expect(cuts).toBeGreaterThan(2);
    expect(receipt.receipt.sha256).toBe(sealed.sha256);
    expect(seen.at(-1)).toBe(sealed.bytes);
  });

  test('is not begun for what the authority already holds, nor for what it cannot take yet', async () => {
    const sealed = await sealBig();
    const push = (file: string) => pushPackage({ server: district.running.url, file, authority: district.authority, resumableAbove: 0 });
    const first = await push(sealed.file);
    let calls = 0;
    expect((await pushPackage({ server: district.running.url, file: sealed.file, authority: district.authority, resumableAbove: 0, onProgress: () => { calls += 1; } })).json.equals(first.json)).toBe(true);
    expect(calls).toBe(0);
    const third = await sealFor(school, folder, 3, { previous: 'a'.repeat(64) });
    await expect(push(third.file)).rejects.toMatchObject({ code: 'package.gap', params: { expected: 2 } });
    const rival = await sealFor(school, folder, 1, { outFile: path.join(folder, 'khác') });
    await expect(push(rival.file)).rejects.toMatchObject({ code: 'package.fork' });
    expect(uploadsLeft()).toEqual([]);
  });
});

const look = (headers: Record<string, string> = {}) => new Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
  const request = plainRequest(at('/'), { headers }, (response) => {
    Array.fromAsync(response as AsyncIterable<Buffer>).then((chunks) => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: response.headers }), reject);
  });
  request.on('error', reject);
  request.end();
});

async function sealedBytes(): Promise<[Buffer, string]> {
  const made = await sealFor(school, folder, 1);
  return [readFileSync(made.file), made.sha256];
}

describe('the overview', () => {
  test('shows who sent what, harmless whatever a school calls itself, and fetches nothing', async () => {
    await enrolledSchool(folder, district, 'S-02');
    await post(district.running.url, ...await sealedBytes());
    const file = path.join(folder, 'x.json');
    writeFileSync(file, writeSchoolEnrolment({ school: 'S-03', name: '<script>alert("1")</script>', device: 'd', packageKey: school.signingKey, createdAt: '2026-11-22T08:00:00Z' }).text);
    await enrolSchool({ db: district.db, file });
    const { body, headers } = await look();
    expect(body).toContain('<td>may-1</td><td class="n">1</td>');
    expect(body).toContain('Chưa nhận gói nào');
    expect(body).not.toMatch(/<script|https?:|src=|href=/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('is for this machine and for bearers of the token, not for proxied or renamed guests', async () => {
    expect((await look()).status).toBe(200);
    for (const headers of [{ 'X-Forwarded-For': '203.0.113.5' }, { Host: 'evil.example' }, { 'X-Forwarded-For': '203.0.113.5', Authorization: 'Bearer sai' }]) expect((await look(headers)).status).toBe(401);
    expect((await look({ 'X-Forwarded-For': '203.0.113.5', Authorization: 'Bearer mat-khau-dai' })).status).toBe(200);
  });

  test('does not let a guest change the list of schools', async () => {
    const answer = await fetch(at('/admin/schools'), { method: 'POST', body: JSON.stringify({ act: 'revoke', school: 'S-01', fingerprint: 'x', reason: '' }) });
    expect(answer.status).toBe(401);
  });
});

describe('starting', () => {
  test('on an address of the network needs a certificate', async () => {
    await expect(startDistrict({ db: district.db, port: 0, keysDir: district.keysDir, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'district.tlsNeeded' });
  });

  test('on a port in use, without keys, or without a database says so', async () => {
    const port = Number(new URL(district.running.url).port);
    await expect(startDistrict({ db: district.db, port, keysDir: district.keysDir })).rejects.toMatchObject({ code: 'district.address', params: { port } });
    await expect(startDistrict({ db: district.db, port: 0, keysDir: path.join(folder, 'trống') })).rejects.toMatchObject({ code: 'district.keysMissing' });
    await expect(startDistrict({ db: 'postgres://ai:bi-mat@127.0.0.1:1/x', port: 0, keysDir: district.keysDir })).rejects.toMatchObject({ code: 'district.database', params: { database: 'postgres://ai:***@127.0.0.1:1/x' } });
  });

  test('with a certificate speaks TLS, and a school stops at a certificate it does not trust', async () => {
    const [key, cert] = [path.join(folder, 'k.pem'), path.join(folder, 'c.pem')];
    outside('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=nhan.example', '-addext', 'subjectAltName=IP:127.0.0.1']);
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const secure = await startDistrict({ db: district.db, port: 0, keysDir: district.keysDir, host: '127.0.0.1', tls });
    try {
      const sealed = await sealFor(school, folder, 1);
      const push = (ca?: string) => pushPackage({ server: secure.url, file: sealed.file, authority: district.authority, attempts: 1, resumableAbove: 0, ...(ca === undefined ? {} : { ca }) });
      await expect(push()).rejects.toMatchObject({ code: 'package.tls' });
      expect((await push(tls.cert)).receipt.sequence).toBe(1);
    } finally {
      await secure.close();
    }
  });
});

test('what the embedded database committed is on the disk, not in its cache', async () => {
  const database = await openDistrictDatabase(path.join(folder, 'kho'));
  const flushed = vi.spyOn(fs, 'fsyncSync');
  for (const id of ['S-1', 'S-2', 'S-3']) {
    const before = flushed.mock.calls.length;
    await database.insertInto('school').values({ id, name: id, enrolled_at: new Date() }).execute();
    expect(flushed.mock.calls.length).toBeGreaterThan(before);
  }
  flushed.mockRestore();
  await database.destroy();
});

test('the database of a killed server opens again', () => {
  const child = spawnSync(process.execPath, [path.join(import.meta.dirname, 'district-child.ts'), path.join(folder, 'kho'), district.keysDir], { encoding: 'utf8' });
  expect(child.stderr).toBe('');
  expect(child.stdout.trim().split('\n')).toEqual(['started', 'district.inUse', 'enrolled S-05', 'S-05 known', 'started after a kill', 'S-05 known']);
});
