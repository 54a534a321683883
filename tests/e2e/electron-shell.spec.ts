import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { callFromPage, expect, plainKey, test, type TestWindow } from '../electron/scripted/scripted-shell.ts';

test('the page reaches the program by its two frozen functions and nothing else', async ({ page }) => {
  const seen = await page.evaluate(() => {
    const global = globalThis as unknown as Record<string, unknown>;
    const bridge = global['bridge'] as object;
    return { names: Object.keys(bridge), isFrozen: Object.isFrozen(bridge), require: typeof global['require'], process: typeof global['process'], ipc: typeof global['ipcRenderer'] };
  });
  expect(seen).toEqual({ names: ['call', 'on'], isFrozen: true, require: 'undefined', process: 'undefined', ipc: 'undefined' });
});

test('values and bytes cross the bridge as they are', async ({ page }) => {
  const answer = await page.evaluate(async () => {
    const result = await (globalThis as unknown as TestWindow).bridge.call('play.echo', { name: 'Nguyễn Thị Ngữ', mark: 75, file: new Uint8Array([0, 127, 255]), nothing: null });
    const value = (result as unknown as { value: { name: string; mark: number; file: Uint8Array; nothing: null } }).value;
    return { name: value.name, mark: value.mark, nothing: value.nothing, isBytes: value.file instanceof Uint8Array, bytes: [...value.file] };
  });
  expect(answer).toEqual({ name: 'Nguyễn Thị Ngữ', mark: 75, nothing: null, isBytes: true, bytes: [0, 127, 255] });
});

test('the session stays in the main process: the page never sees its token, a reload keeps it, signing out ends it', async ({ page }) => {
  expect(await callFromPage(page, 'play.caller')).toEqual({ ok: true, value: { origin: 'window', sessionToken: null } });
  expect(JSON.stringify(await callFromPage(page, 'accounts.signIn'))).not.toContain('token-of-the-session');
  await page.reload();
  expect(await callFromPage(page, 'play.caller')).toEqual({ ok: true, value: { origin: 'window', sessionToken: 'token-of-the-session' } });
  await callFromPage(page, 'accounts.signOut');
  expect(await callFromPage(page, 'play.caller')).toEqual({ ok: true, value: { origin: 'window', sessionToken: null } });
});

test('a call that fails inside still answers, with words for the user', async ({ page, dataFolder }) => {
  const answer = await callFromPage(page, 'play.fault');
  expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected', heading: 'Việc này chưa làm được' } });
  expect(readFileSync(path.join(dataFolder, 'window', 'faults.log'), 'utf8')).toContain('call play.fault');
});

test('events reach a signed-in page only', async ({ page }) => {
  const event = { topic: 'changed', feature: 'grades', keys: ['sheet-1'] };
  await callFromPage(page, 'play.event', event);
  await callFromPage(page, 'accounts.signIn');
  await callFromPage(page, 'play.event', { ...event, keys: ['sheet-2'] });
  await expect(page.locator('#events li')).toHaveText([JSON.stringify({ ...event, keys: ['sheet-2'] })]);
});

test('the page runs no script but the program\'s own and loads nothing from elsewhere', async ({ page, app }) => {
  await expect(page.locator('#inline')).toHaveText('chưa chạy');
  expect(await page.evaluate(() => fetch('https://moet.gov.vn/').then(() => 'reached', () => 'refused'))).toBe('refused');
  const refused = await page.evaluate(() => new Promise(resolve => {
    document.addEventListener('securitypolicyviolation', event => { resolve(event.effectiveDirective); }, { once: true });
    document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://moet.gov.vn/' }));
  }));
  expect(refused).toBe('frame-src');
  const below = await app.evaluate(({ session }) => session.defaultSession.fetch('https://moet.gov.vn/').then(() => 'reached', (fault: Error) => fault.message));
  expect(below).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('the window stays where it is: links leave only to the sites of the list, in the user\'s own browser', async ({ page, app }) => {
  const address = page.url();
  await page.click('#elsewhere');
  await page.click('#ministry');
  await page.evaluate(() => {
    window.open('https://vanban.chinhphu.vn/tt22');
    window.open('https://chinhphu.vn.example.invalid/');
    window.open('http://moet.gov.vn/');
    window.open('file:///etc/passwd');
  });
  await expect.poll(() => app.openedOutside()).toEqual(['https://moet.gov.vn/van-ban', 'https://vanban.chinhphu.vn/tt22']);
  expect(page.url()).toBe(address);
  await expect(page.locator('h1')).toHaveText('Trang của bài thử');
});

test('the page is given no permission: not the camera, not notifications, not the place', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['camera', 'notifications', 'geolocation'] as PermissionName[];
    return Promise.all(names.map(async name => (await navigator.permissions.query({ name })).state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied']);
});

test('a file of the page is saved where the user says, and the folder is remembered', async ({ page, app, dataFolder }) => {
  const folder = path.join(path.dirname(dataFolder), 'Hồ sơ lớp 9A');
  await app.evaluate((_electron, wanted) => import('node:fs').then(fs => fs.mkdirSync(wanted)), folder);
  const first = path.join(folder, 'Học bạ Nguyễn Thị Ngữ.pdf');
  await app.answerDialogs(first);
  await page.evaluate(() => { (globalThis as unknown as TestWindow).saveBytes('Học bạ: Ngữ?.pdf', '%PDF-1.7 học bạ'); });
  await expect.poll(() => readIfThere(first)).toBe('%PDF-1.7 học bạ');
  await app.answerDialogs(path.join(folder, 'hai.xlsx'));
  await page.evaluate(() => { (globalThis as unknown as TestWindow).saveBytes('hai.xlsx', 'PK'); });
  await expect.poll(() => readIfThere(path.join(folder, 'hai.xlsx'))).toBe('PK');
  const shown = (await app.shownDialogs()).map(dialog => dialog.defaultPath);
  expect(path.basename(shown[0] ?? '')).toMatch(/^Học bạ[-_ ].*\.pdf$/);
  expect(shown[1]).toBe(path.join(folder, 'hai.xlsx'));
});

test('the page is printed by the menu; a printer that refuses is told of, a closed print dialog is not', async ({ app, page }) => {
  await expect(page.locator('h1')).toBeVisible();
  const print = (reason: string | null) => app.evaluate(({ BrowserWindow, Menu }, failure) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) contents.print = (_options, callback) => { callback?.(failure === null, failure ?? ''); };
    Menu.getApplicationMenu()?.getMenuItemById('print')?.click();
  }, reason);
  await print(null);
  await print('Print job canceled');
  expect(await app.shownDialogs()).toEqual([]);
  await print('Invalid printer settings');
  await expect.poll(async () => (await app.shownDialogs()).map(dialog => dialog.message)).toEqual(['Chưa in được']);
  expect((await app.shownDialogs())[0]?.detail).toContain('Invalid printer settings');
});

test('the page can be saved as a PDF, named as the page', async ({ app, page, dataFolder }) => {
  await expect(page.locator('h1')).toBeVisible();
  const file = path.join(dataFolder, 'danh sách.pdf');
  await app.answerDialogs(file);
  await app.evaluate(({ Menu }) => { Menu.getApplicationMenu()?.getMenuItemById('savePage')?.click(); });
  await expect.poll(() => readIfThere(file)?.slice(0, 5)).toBe('%PDF-');
  expect(path.basename((await app.shownDialogs())[0]?.defaultPath ?? '')).toBe('Lớp 9A.pdf');
});

test('the program remembers where its window was', async ({ app, launch }) => {
  await app.window();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1100, height: 650 }); });
  await app.close();
  const again = await launch({ env: { SO_TRUONG_KEY: plainKey } });
  await again.window();
  expect(await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual({ x: 40, y: 30, width: 1100, height: 650 });
});

test('the menu follows the language chosen in the window', async ({ app, page }) => {
  const fileMenu = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label);
  await expect.poll(fileMenu).toBe('Tệp');
  await page.evaluate(() => {
    document.documentElement.lang = 'en';
    location.hash = '#/elsewhere';
  });
  await expect.poll(fileMenu).toBe('File');
});

test('closing the window signs out, closes the program and ends it', async ({ app, page, dataFolder }) => {
  await callFromPage(page, 'accounts.signIn');
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); });
  expect(await app.exited).toBe(0);
  expect(JSON.parse(readFileSync(path.join(dataFolder, 'closed.json'), 'utf8'))).toEqual(['accounts.signIn', 'accounts.signOut']);
});

test('a settings file that was damaged counts as none', async ({ launch, dataFolder }) => {
  const first = await launch({ env: { SO_TRUONG_KEY: plainKey } });
  await first.window();
  await first.close();
  writeFileSync(path.join(dataFolder, 'window', 'shell-settings.json'), '{"language":"vi","window":{"x":');
  const second = await launch({ env: { SO_TRUONG_KEY: plainKey } });
  await expect((await second.window()).locator('h1')).toHaveText('Trang của bài thử');
});

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
