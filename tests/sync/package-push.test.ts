import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toFailure } from '../../main/kit/errors.ts';
import { newSigningKey, publicHalf } from '../../main/sync/keys-ed25519.ts';
import { pushPackage, type PushOptions } from '../../main/sync/package-push.ts';
import { receiptDocument, signReceipt, type Receipt } from '../../main/sync/package-receipt.ts';
import type { SealedPackage } from '../../main/sync/package-seal.ts';
import { fakeSchool, sealFor, temporaryFolder } from './package-fixture.ts';

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

const rootKey = newSigningKey();
let folder = '';
let remove = () => {};
let sealed: SealedPackage;
let server: Server;
let address = '';
/** What the authority answers, one after another; the last for ever. */
let replies: Reply[] = [];
let calls = 0;

beforeEach(async () => {
  ({ folder, remove } = temporaryFolder());
  sealed = await sealFor(await fakeSchool('S-01'), folder, 1);
  calls = 0;
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => (replies[Math.min(calls++, replies.length - 1)] as Reply)(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  remove();
});

const push = (options: Partial<PushOptions> = {}) => pushPackage({ server: address, file: sealed.file, authority: { receiptKeys: [publicHalf(rootKey)] }, backoff: { firstMs: 1, longestMs: 4 }, ...options });
const json = (status: number, body: object): Reply => (_request, response) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
const silent: Reply = () => undefined;
const hangUp: Reply = (request) => request.socket.destroy();
const receipt = (changes: Partial<Receipt> = {}, key = rootKey): Reply => json(200, receiptDocument(signReceipt({
  school: 'S-01', device: 'may-1', sequence: 1, sha256: sealed.sha256, receivedAt: '2026-11-22T07:05:12Z', contiguousTo: 1, rows: sealed.header.rows, ...changes,
}, key)));

describe('sending a package', () => {
  test('says what it is and takes the receipt', async () => {
    let seen: NodeJS.Dict<string | string[]> = {};
    replies = [(request, response) => {
      seen = request.headers;
      receipt()(request, response);
    }];
    expect((await push()).receipt.contiguousTo).toBe(1);
    expect(seen).toMatchObject({ 'package-sha256': sealed.sha256, 'content-length': String(sealed.bytes) });
  });

  test('tries again after a broken line and a server in trouble, and then succeeds', async () => {
    replies = [hangUp, json(500, {}), json(503, { code: 'busy' }), receipt()];
    expect((await push()).receipt.sequence).toBe(1);
    expect(calls).toBe(4);
  });

  test('gives up after the tries it was given, and names the last fault', async () => {
    replies = [json(502, {})];
    await expect(push({ attempts: 3 })).rejects.toMatchObject({ code: 'package.serverFault', params: { status: 502 } });
    expect(calls).toBe(3);
    replies = [hangUp];
    await expect(push({ attempts: 2 })).rejects.toMatchObject({ code: 'package.unreachable' });
    await expect(push({ server: 'http://127.0.0.1:9', attempts: 2 })).rejects.toMatchObject({ code: 'package.unreachable', params: { detail: 'ECONNREFUSED' } });
    replies = [silent];
    await expect(push({ attempts: 1, idleMs: 50 })).rejects.toMatchObject({ code: 'package.unreachable', params: { detail: 'ETIMEDOUT' } });
  });

  test.each([
    [json(401, { code: 'unknownSchool' }), 'package.unauthorised', {}],
    [json(409, { code: 'gap', expected: 7 }), 'package.gap', { expected: 7, sequence: 1 }],
    [json(409, { code: 'fork' }), 'package.fork', { sequence: 1 }],
    [json(413, { code: 'tooLarge' }), 'package.tooLargeForServer', {}],
    [json(422, { code: 'journalChain', where: 'journal.ndjson:3' }), 'package.refused', { where: 'journal.ndjson:3', reason: 'Chuỗi băm của nhật ký bị đứt' }],
    [json(507, { code: 'diskFull' }), 'package.serverFull', {}],
    [json(404, {}), 'package.serverFault', { status: 404 }],
  ] as [Reply, string, object][])('is refused for good: %#', async (reply, code, params) => {
    replies = [reply];
    const refused = await push({ attempts: 1 }).catch((fault: unknown) => fault);
    expect(refused).toMatchObject({ code, params });
    expect(calls).toBe(1);
    expect(toFailure(refused).heading).not.toContain('chưa làm được');
  });

  test('does not believe a receipt that the authority did not sign, or that is for something else', async () => {
    replies = [receipt({}, newSigningKey())];
    await expect(push()).rejects.toMatchObject({ code: 'package.receiptSignature' });
    for (const changes of [{ device: 'may-2' }, { school: 'S-02' }, { sequence: 2 }]) {
      replies = [receipt(changes)];
      await expect(push()).rejects.toMatchObject({ code: 'package.receiptOther' });
    }
    replies = [receipt({ sha256: 'b'.repeat(64) })];
    await expect(push()).rejects.toMatchObject({ code: 'package.fork' });
    replies = [json(200, { ok: true })];
    await expect(push()).rejects.toMatchObject({ code: 'package.receiptForm' });
  });

  test('stops when told to, while waiting and while sending', async () => {
    const stop = new AbortController();
    replies = [(request, response) => {
      json(500, {})(request, response);
      setImmediate(() => stop.abort());
    }];
    await expect(push({ signal: stop.signal, backoff: { firstMs: 60_000, longestMs: 60_000 } })).rejects.toMatchObject({ code: 'package.cancelled' });
    const second = new AbortController();
    replies = [() => second.abort()];
    await expect(push({ signal: second.signal })).rejects.toMatchObject({ code: 'package.cancelled' });
  });

  test('goes over the network only encrypted, and only to an address', async () => {
    await expect(push({ server: 'http://nhan.so-gddt.vn' })).rejects.toMatchObject({ code: 'package.insecure' });
    for (const wrong of ['nhan.so-gddt.vn', 'ftp://nhan', '']) await expect(push({ server: wrong })).rejects.toMatchObject({ code: 'package.serverAddress' });
  });

  test('meets a server that does not speak TLS with a word about safety', async () => {
    await expect(push({ server: address.replace('http', 'https'), attempts: 1 })).rejects.toMatchObject({ code: 'package.tls' });
  });
});
