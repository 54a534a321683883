import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser, hasScreen } from '../../scripts/find-browser.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

test('on Windows Edge is found where Windows puts it, else Chrome of this user', () => {
  const env = { 'ProgramFiles': 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)', 'LOCALAPPDATA': 'C:\\Users\\Ngữ\\AppData\\Local' };
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  const chrome = 'C:\\Users\\Ngữ\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe';
  expect(findBrowser({ platform: 'win32', env, exists: file => [edge, chrome].includes(file) })).toBe(edge);
  expect(findBrowser({ platform: 'win32', env, exists: file => file === chrome })).toBe(chrome);
  expect(findBrowser({ platform: 'win32', env: {}, exists: () => true })).toBeNull();
});

test('on Linux a browser is looked for in the PATH only', () => {
  const env = { PATH: '/usr/local/bin:/usr/bin' };
  expect(findBrowser({ platform: 'linux', env, exists: file => file === '/usr/bin/chromium' })).toBe('/usr/bin/chromium');
  expect(findBrowser({ platform: 'linux', env, exists: () => false })).toBeNull();
});

test('a Linux machine without a display has no screen; a Windows PC always has', () => {
  expect(hasScreen({ platform: 'linux', env: {} })).toBe(false);
  expect(hasScreen({ platform: 'linux', env: { DISPLAY: '' } })).toBe(false);
  expect(hasScreen({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true);
  expect(hasScreen({ platform: 'win32', env: {} })).toBe(true);
});

test('npm start without a screen makes a demo school, prints the address of its window, and stops when told', async () => {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'so-truong-start-'));
  const data = path.join(parent, 'Trường mẫu');
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' };
  const child = spawn(process.execPath, ['scripts/start.ts', '--data', data, '--pupils', '30'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>(resolve => { child.on('exit', resolve); });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /^http:\/\/127\.0\.0\.1:\d+\/\S+$/m.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.on('exit', code => { reject(new Error(`npm start ended with ${code}: ${output}`)); });
    });
    const opened = await fetch(url, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL(opened.headers.get('location') ?? '/', url), { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Sổ Trường</title>');
    expect((await fetch(new URL('/', url))).status).toBe(401);
    child.kill('SIGINT');
    expect(await exited).toBe(0);
  } finally {
    child.kill('SIGKILL');
    rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}, 180_000);

test('npm start says what it does not know', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/start.ts', '--dat', 'x'], { cwd: root, encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr).toContain("Unknown option '--dat'");
});
