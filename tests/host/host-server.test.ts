import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decode, encode } from '../../preload/contract/codec.ts';
import { startHost, type Host } from '../../main/entry/host-server.ts';
import { startProgram } from '../../main/entry/start-program.ts';
import type { Program } from '../../main/entry/program.ts';
import { forkTokenProcess } from '../../main/signing/token-channel.ts';
import { demoCore } from '../bench/demo-core.ts';

/** The loopback host as a browser, and as somebody who should not be there, meets it. */
let program: Program;
let host: Host;
let window: string;
let remove: () => Promise<void>;
let password = '';

beforeAll(async () => {
  const demo = await demoCore({ pupils: 40 });
  const accounts = demo.core.door.call('accounts.demoAccounts', {}, { user: '', name: '', role: null, staffId: null, token: null });
  password = accounts.ok ? ((accounts.value as { accounts: { user: string; password: string }[] }).accounts.find(account => account.user === 'hieutruong')?.password ?? '') : '';
  await demo.core.close();
  window = mkdtempSync(path.join(os.tmpdir(), 'so-truong-window-'));
  writeFileSync(path.join(window, 'index.html'), '<!doctype html><title>Sổ Trường</title>');
  mkdirSync(path.join(window, 'assets'));
  program = await startProgram({ dataFolder: demo.folder, key: { raw: Buffer.alloc(32, 7) }, shell: 'host', openTokenChannel: () => forkTokenProcess() });
  host = await startHost({ program, rendererFolder: window });
  remove = async () => { rmSync(demo.folder, { recursive: true, force: true }); };
});
afterAll(async () => {
  await host.close();
  await program.close();
  rmSync(window, { recursive: true, force: true });
  await remove();
});

async function browser(): Promise<{ call(name: string, input: unknown, headers?: Record<string, string>): Promise<{ status: number; answer: unknown }>; cookie: string }> {
  const opened = await fetch(host.url, { redirect: 'manual' });
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    cookie,
    call: async (name, input, headers = {}) => {
      const response = await fetch(`${host.origin}/call/${name}`, {
        method: 'POST', body: encode(input), headers: { cookie, origin: host.origin, 'content-type': 'application/json', 'x-so-truong': '1', ...headers },
      });
      return { status: response.status, answer: response.status === 200 ? decode(await response.text()) : null };
    },
  };
}

describe('the loopback host', () => {
  test('lets in only who has the ticket', async () => {
    expect((await fetch(host.origin)).status).toBe(401);
    expect((await fetch(`${host.origin}/open?ticket=${'x'.repeat(32)}`, { redirect: 'manual' })).status).toBe(403);
    const { cookie } = await browser();
    const page = await fetch(host.origin, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(cookie).toMatch(/^st=[\w-]{32}$/);
  });

  test('takes no call from another page, another name, or without its own header', async () => {
    const { call, cookie } = await browser();
    expect((await call('system.info', {}, { origin: 'https://example.invalid' })).status).toBe(403);
    expect((await call('system.info', {}, { 'x-so-truong': '' })).status).toBe(403);
    const rebound = await fetch(`${host.origin}/`, { headers: { cookie, host: 'example.invalid' } });
    expect([421, 200]).toContain(rebound.status);
    expect((await fetch(`${host.origin}/call/system.info`, { headers: { cookie } })).status).toBe(403);
  });

  test('serves no file outside the window', async () => {
    const { cookie } = await browser();
    for (const attempt of ['/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/package.json', '/assets/../../x']) expect([403, 404]).toContain((await fetch(`${host.origin}${attempt}`, { headers: { cookie } })).status);
  });

  test('keeps the session token from the page, and each browser signs in for itself', async () => {
    const first = await browser();
    const second = await browser();
    const signedIn = await first.call('accounts.signIn', { user: 'hieutruong', password });
    expect(signedIn.answer).toMatchObject({ ok: true, value: { role: 'principal' } });
    expect(JSON.stringify(signedIn.answer)).not.toContain('sessionToken');
    expect((await first.call('home.board', { year: '2025-2026' })).answer).toMatchObject({ ok: true });
    expect((await second.call('home.board', { year: '2025-2026' })).answer).toMatchObject({ ok: false, error: { code: 'call.signInFirst' } });
    await first.call('accounts.signOut', {});
    expect((await first.call('home.board', { year: '2025-2026' })).answer).toMatchObject({ ok: false, error: { code: 'call.signInFirst' } });
  });

  test('tells every browser what changed', async () => {
    const { call, cookie } = await browser();
    await call('accounts.signIn', { user: 'hieutruong', password });
    const stop = new AbortController();
    const events = await fetch(`${host.origin}/events`, { headers: { cookie }, signal: stop.signal });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    const sheets = (await call('grades.listSheets', { year: '2025-2026' })).answer as { value: { sheets: { sheetId: string }[] } };
    await call('gradebook.step', { sheetId: sheets.value.sheets[0]?.sheetId, to: 'locked' });
    let seen = '';
    while (!seen.includes('"changed"')) seen += (await reader?.read())?.value ?? '';
    expect(seen).toContain('"feature":"grades"');
    stop.abort();
  });

  test('a PIN call is refused before the token process when nobody is signed in', async () => {
    const { call } = await browser();
    expect((await call('signing.openToken', { module: '/none', certificate: 'a'.repeat(64), pin: '123456' })).answer).toMatchObject({ ok: false, error: { code: 'call.signInFirst' } });
  });

  test('opens to the network only with TLS', async () => {
    await expect(startHost({ program, rendererFolder: window, address: '0.0.0.0' })).rejects.toMatchObject({ code: 'host.needsTls' });
  });
});
