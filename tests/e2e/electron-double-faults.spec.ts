import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { leaveOpen } from '../electron/double/double-dialog.ts';
import type { ShellApp } from '../electron/launch-shell.ts';
import { callFromPage, expect, test } from '../electron/scripted/scripted-shell.ts';

const messages = async (app: ShellApp): Promise<string[]> => (await app.shownDialogs()).map(dialog => dialog.message);
const log = (dataFolder: string): string => readFileSync(path.join(dataFolder, 'window', 'faults.log'), 'utf8');

/** The page after it was opened again: a crashed page cannot be asked any more, so the test looks through the main process. */
const headingSeenByMain = (app: ShellApp): Promise<unknown> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.querySelector("h1")?.textContent').catch(() => null) ?? null);

async function crashPage(app: ShellApp, page: Page): Promise<void> {
  await expect(page.locator('h1')).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(); });
}

test('a page that dies is told of and opened again; its user is still signed in', async ({ app, page, dataFolder }) => {
  await callFromPage(page, 'accounts.signIn');
  await app.answerDialogs('Mở lại');
  await crashPage(app, page);
  await expect.poll(() => messages(app)).toEqual(['Cửa sổ vừa dừng đột ngột']);
  await expect.poll(() => headingSeenByMain(app)).toBe('Trang của bài thử');
  const caller = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('window.bridge.call("play.caller", {}).then(JSON.stringify)'));
  expect(caller).toContain('token-of-the-session');
  expect(log(dataFolder)).toContain('render process gone: crashed');
});

test('after a page died the user may also leave; the program is closed in order', async ({ app, page, dataFolder }) => {
  await app.answerDialogs('Thoát');
  await crashPage(app, page);
  expect(await app.exited).toBe(0);
  expect(JSON.parse(readFileSync(path.join(dataFolder, 'closed.json'), 'utf8'))).toEqual([]);
});

test('a page that hangs is waited for, or ended and opened again', async ({ app, page }) => {
  await expect(page.locator('h1')).toBeVisible();
  await app.answerDialogs('Chờ thêm');
  await app.evaluate((_module, _argument, controls) => { controls.windows()[0]?.emit('unresponsive'); });
  await expect.poll(() => messages(app)).toEqual(['Cửa sổ đang không đáp lại']);
  expect(await callFromPage(page, 'play.echo', 'còn sống')).toEqual({ ok: true, value: 'còn sống' });
  await app.answerDialogs('Mở lại', 'Mở lại');
  await app.evaluate((_module, _argument, controls) => { controls.windows()[0]?.emit('unresponsive'); });
  await expect.poll(() => messages(app)).toEqual(['Cửa sổ đang không đáp lại', 'Cửa sổ đang không đáp lại', 'Cửa sổ vừa dừng đột ngột']);
  await expect.poll(() => headingSeenByMain(app)).toBe('Trang của bài thử');
});

for (const [what, call, trace] of [['a core that dies', 'play.crash', 'the scripted core died'], ['a fault nobody foresaw', 'play.unhandled', 'nobody foresaw this'], ['a promise nobody waits for', 'play.rejected', 'nobody waited for this']] as const) {
  test(`${what} is logged and told of, and the program starts again`, async ({ app, page, dataFolder }) => {
    await app.answerDialogs(leaveOpen);
    await callFromPage(page, call);
    await expect.poll(() => messages(app)).toEqual(['Chương trình gặp một lỗi ngoài dự kiến']);
    expect((await app.shownDialogs())[0]?.detail).toContain(path.join(dataFolder, 'window', 'faults.log'));
    await callFromPage(page, call); // a second fault while the first is on screen asks nothing more
    expect(await messages(app)).toHaveLength(1);
    await app.evaluate((_module, _argument, controls) => { controls.answerStanding('Khởi động lại'); });
    expect(await app.exited).toBe(1);
    expect(log(dataFolder)).toContain(trace);
    expect(readFileSync(path.join(dataFolder, 'closed.json'), 'utf8')).toContain(call);
  });
}

test('only the window\'s own page is answered: not a frame in it, not another address, not a page that was never admitted', async ({ app, page }) => {
  await expect(page.locator('h1')).toBeVisible();
  const outcomes = await app.evaluate(async (_module, _argument, { ipcMain, windows }) => {
    const sender = windows()[0]?.webContents;
    const ask = (event: object) => ipcMain.invoke('call', event, ['play.echo', 'x']).then(() => 'answered', (fault: Error) => fault.message);
    const ownFrame = { url: 'app://bundle/index.html', parent: null };
    return Promise.all([
      ask({ sender, senderFrame: ownFrame }),
      ask({ sender, senderFrame: { url: 'app://bundle/index.html', parent: ownFrame } }),
      ask({ sender, senderFrame: { url: 'app://bundle.example.invalid/index.html', parent: null } }),
      ask({ sender, senderFrame: { url: 'https://example.invalid/', parent: null } }),
      ask({ sender, senderFrame: null }),
      ask({ sender: {}, senderFrame: ownFrame }),
    ]);
  });
  const refused = 'refused: the call does not come from a page of the program';
  expect(outcomes).toEqual(['answered', refused, refused, refused, refused, refused]);
});

test('every page is sandboxed, whatever its window says', async ({ app, page }) => {
  await expect(page.locator('h1')).toBeVisible();
  expect(await app.evaluate((_module, _argument, controls) => controls.app.isSandboxed)).toBe(true);
});

test('a helper process of Electron that ends is noted for whoever supports the school', async ({ app, page, dataFolder }) => {
  await expect(page.locator('h1')).toBeVisible();
  await app.evaluate((_module, _argument, controls) => { controls.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 }); });
  await expect.poll(() => log(dataFolder)).toContain('GPU  crashed');
});

test('a page is not led elsewhere by a redirection', async ({ app, page }) => {
  await expect(page.locator('h1')).toBeVisible();
  const prevented = await app.evaluate((_module, _argument, controls) => ['https://example.invalid/', 'app://bundle/other.html'].map(url => {
    let isPrevented = false;
    controls.windows()[0]?.webContents.emit('will-redirect', { url, preventDefault: () => { isPrevented = true; } });
    return isPrevented;
  }));
  expect(prevented).toEqual([true, false]);
});

test('an embedded browser cannot be attached to the page', async ({ app, page }) => {
  await expect(page.locator('h1')).toBeVisible();
  const isPrevented = await app.evaluate((_module, _argument, controls) => {
    let prevented = false;
    controls.windows()[0]?.webContents.emit('will-attach-webview', { preventDefault: () => { prevented = true; } });
    return prevented;
  });
  expect(isPrevented).toBe(true);
});

test('the help menu tells of the program and its licences', async ({ app, page, dataFolder }) => {
  await expect(page.locator('h1')).toBeVisible();
  const choose = (id: string) => app.evaluate(({ Menu }, item) => { Menu.getApplicationMenu()?.getMenuItemById(item)?.click(); }, id);
  await choose('about');
  await expect.poll(async () => (await app.shownDialogs())[0]?.message).toMatch(/^Sổ Trường \d+\.\d+\.\d+$/);
  expect((await app.shownDialogs())[0]?.detail).toContain(dataFolder);
  await choose('licences');
  await choose('dataFolder');
  await expect.poll(() => app.evaluate((_module, _argument, controls) => controls.handedOver.openPath)).toEqual([expect.stringMatching(/THIRD-PARTY-NOTICES\.md$/), dataFolder]);
  await app.evaluate(({ shell }) => { shell.openPath = () => Promise.resolve('no program for this'); });
  await choose('dataFolder');
  await expect.poll(() => messages(app)).toContain('Chưa mở được');
});
