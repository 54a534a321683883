import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { ShellApp } from '../electron/launch-shell.ts';
import { expect, plainKey, test as base } from '../electron/scripted/scripted-shell.ts';

/** A publisher's feed on this machine: `latest-linux.yml` and the file it names. */
interface Feed {
  url: string;
  asked: string[];
  offer(version: string, options?: { tampered?: boolean }): void;
}

const installer = Buffer.from('#!/bin/sh\n# a newer program, as one file that runs\nexit 0\n');

const test = base.extend<{ feed: Feed; place: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from this pattern
  place: async ({}, use) => {
    const place = mkdtempSync(path.join(os.tmpdir(), 'so-truong-update-'));
    await use(place);
    rmSync(place, { recursive: true, force: true });
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  feed: async ({}, use) => {
    const files = new Map<string, Buffer>();
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
      const name = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
      asked.push(name);
      const file = files.get(name);
      response.writeHead(file === undefined ? 404 : 200, { 'content-length': file?.length ?? 0 }).end(file);
    });
    await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
    await use({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/so-truong`,
      asked,
      offer: (version, { tampered = false } = {}) => {
        const name = `so-truong-${version}.AppImage`;
        const sha512 = createHash('sha512').update(installer).digest('base64');
        files.set('/so-truong/latest-linux.yml', Buffer.from(`version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${installer.length}\npath: ${name}\nsha512: ${sha512}\nreleaseDate: '2026-11-22T00:00:00.000Z'\n`));
        files.set(`/so-truong/${name}`, tampered ? Buffer.from(installer.toString().replace('newer', 'wrong')) : installer);
      },
    });
    server.closeAllConnections();
    server.close();
  },
});

/** Starts the program as an installed AppImage whose feed is `feed`. */
async function startInstalled(launch: (options: object) => Promise<ShellApp>, dataFolder: string, place: string, feed: string | undefined): Promise<ShellApp> {
  mkdirSync(path.join(dataFolder, 'window'), { recursive: true });
  writeFileSync(path.join(dataFolder, 'window', 'shell-settings.json'), JSON.stringify(feed === undefined ? {} : { updateFeed: feed }));
  const appImage = path.join(place, 'so-truong.AppImage');
  copyFileSync(process.execPath, appImage);
  writeFileSync(path.join(place, 'app-update.yml'), 'provider: generic\nurl: https://updates.example.invalid/\nupdaterCacheDirName: so-truong-updater\n');
  const app = await launch({ env: { SO_TRUONG_KEY: plainKey, ELECTRON_DOUBLE_PACKAGED: '1', ELECTRON_DOUBLE_RESOURCES: place, APPIMAGE: appImage, XDG_CACHE_HOME: path.join(place, 'cache') } });
  await (await app.window()).locator('h1').waitFor();
  return app;
}

const look = (app: ShellApp) => app.evaluate(({ Menu }) => { Menu.getApplicationMenu()?.getMenuItemById('update')?.click(); });
const messages = async (app: ShellApp): Promise<string[]> => (await app.shownDialogs()).map(dialog => dialog.message);
const downloaded = (place: string): string[] => {
  const pending = path.join(place, 'cache', 'so-truong-updater', 'pending');
  return existsSync(pending) ? readdirSync(pending).filter(name => name.endsWith('.AppImage')) : [];
};

test('without a feed nothing is looked for, and the menu says how to set one', async ({ launch, dataFolder, place }) => {
  const app = await startInstalled(launch, dataFolder, place, undefined);
  await look(app);
  await expect.poll(() => messages(app)).toEqual(['Chưa đặt nơi lấy bản mới']);
});

test('a feed that is not https is refused', async ({ launch, dataFolder, place }) => {
  const app = await startInstalled(launch, dataFolder, place, 'http://updates.example.invalid/so-truong');
  await look(app);
  await expect.poll(() => messages(app)).toEqual(['Nơi lấy bản mới không hợp lệ']);
});

test('a feed without anything newer', async ({ launch, dataFolder, place, feed }) => {
  feed.offer('0.0.1');
  const app = await startInstalled(launch, dataFolder, place, feed.url);
  await look(app);
  await expect.poll(() => messages(app)).toEqual(['Đang là bản mới nhất']);
});

test('a feed that does not answer', async ({ launch, dataFolder, place, feed }) => {
  const app = await startInstalled(launch, dataFolder, place, feed.url);
  await look(app);
  await expect.poll(() => messages(app)).toEqual(['Chưa hỏi được nơi phát hành']);
});

test('a newer version is downloaded when the user says so, and installed when the program closes', async ({ launch, dataFolder, place, feed }) => {
  feed.offer('99.0.0');
  const app = await startInstalled(launch, dataFolder, place, feed.url);
  await app.answerDialogs('Tải về', 'Cài khi thoát');
  await look(app);
  await expect.poll(() => messages(app)).toEqual(['Có bản mới 99.0.0', 'Bản 99.0.0 đã tải xong và đúng dấu kiểm']);
  expect(downloaded(place)).toEqual(['so-truong-99.0.0.AppImage']);
  expect(await app.evaluate((_module, _argument, controls) => controls.windows()[0]?.progress)).toBe(-1);
});

test('installed at once, the program is closed in order first, then replaced', async ({ launch, dataFolder, place, feed }) => {
  feed.offer('99.0.0');
  const app = await startInstalled(launch, dataFolder, place, feed.url);
  await app.answerDialogs('Tải về', 'Cài ngay');
  await look(app);
  expect(await app.exited).toBe(0);
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(true);
  expect(readFileSync(path.join(place, 'so-truong.AppImage'))).toEqual(installer);
});

test('a download that differs from what its publisher announced is thrown away', async ({ launch, dataFolder, place, feed }) => {
  feed.offer('99.0.0', { tampered: true });
  const app = await startInstalled(launch, dataFolder, place, feed.url);
  await app.answerDialogs('Tải về');
  await look(app);
  await expect.poll(() => messages(app)).toEqual(['Có bản mới 99.0.0', 'Bản tải về không đúng dấu kiểm']);
  expect(downloaded(place)).toEqual([]);
});

test('nothing is downloaded when the user says later', async ({ launch, dataFolder, place, feed }) => {
  feed.offer('99.0.0');
  const app = await startInstalled(launch, dataFolder, place, feed.url);
  await app.answerDialogs('Để sau');
  await look(app);
  await expect.poll(() => messages(app)).toEqual(['Có bản mới 99.0.0']);
  expect(feed.asked).toEqual(['/so-truong/latest-linux.yml']);
});

test('the updater reaches its feed and nothing else', async ({ launch, dataFolder, place, feed }) => {
  feed.offer('0.0.1');
  const app = await startInstalled(launch, dataFolder, place, feed.url);
  await look(app);
  await expect.poll(() => messages(app)).toHaveLength(1);
  const reach = (url: string) => app.evaluate(({ session }, wanted) => session.fromPartition('electron-updater', { cache: false }).fetch(wanted).then(() => 'reached', (fault: Error) => fault.message), url);
  expect(await reach(`${feed.url}/latest-linux.yml`)).toBe('reached');
  expect(await reach(feed.url.replace('/so-truong', '/elsewhere'))).toContain('ERR_BLOCKED_BY_CLIENT');
});
