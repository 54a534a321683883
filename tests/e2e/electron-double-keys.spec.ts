import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { toRecoveryKey } from '../../main/electron/recovery-key.ts';
import type { ShellApp } from '../electron/launch-shell.ts';
import { callFromPage, expect, test } from '../electron/scripted/scripted-shell.ts';

const messages = async (app: ShellApp): Promise<string[]> => (await app.shownDialogs()).map(dialog => dialog.message);
const keyFile = (dataFolder: string): { sealed: string | null; isWrittenDown: boolean } => JSON.parse(readFileSync(path.join(dataFolder, 'database-key.json'), 'utf8')) as never;
const databaseKey = (dataFolder: string): string => readFileSync(path.join(dataFolder, 'so-truong.db'), 'utf8');
const lastLetters = (recoveryKey: string): string => recoveryKey.slice(-4);

type Launch = (options?: object) => Promise<ShellApp>;

/** The first start on a PC: builds the demo school and waits for the recovery key that follows. */
async function begin(launch: Launch, options?: object): Promise<{ app: ShellApp; keys: Page }> {
  const app = await launch(options);
  await (await app.window('keys')).getByRole('button', { name: 'Dựng trường mẫu' }).click();
  let keys: Page | null = null;
  await expect.poll(async () => {
    keys = await app.window('keys');
    return keys.getByTestId('recovery-key').count().catch(() => 0); // the first window closes meanwhile
  }).toBe(1);
  return { app, keys: keys as unknown as Page };
}

/** Reads the recovery key from the window and proves it was written down. */
async function writeDown(keys: Page): Promise<string> {
  const recoveryKey = await keys.getByTestId('recovery-key').innerText();
  await keys.getByRole('textbox').fill(lastLetters(recoveryKey).toLowerCase());
  await keys.getByRole('button', { name: 'Đã cất giữ' }).click();
  await expect.poll(() => keys.isClosed()).toBe(true);
  return recoveryKey;
}

test('a new school: its key goes to the keystore, its recovery key is shown until it is written down', async ({ launch, dataFolder }) => {
  const { app: first, keys } = await begin(launch);
  const recoveryKey = await keys.getByTestId('recovery-key').innerText();
  expect(recoveryKey).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){13}[0-9A-HJKMNP-TV-Z]{4}$/);
  // The key lies nowhere on the disk in clear text (the scripted database, which is the key, aside).
  expect(JSON.stringify(keyFile(dataFolder))).not.toContain(databaseKey(dataFolder));
  await keys.getByRole('textbox').fill('0000');
  await keys.getByRole('button', { name: 'Đã cất giữ' }).click();
  await expect(keys.getByRole('alert')).toContainText('Chưa đúng 4 kí tự cuối');
  expect(keyFile(dataFolder).isWrittenDown).toBe(false);
  await first.close();

  const second = await launch();
  expect(await writeDown(await second.window('keys'))).toBe(recoveryKey);
  await expect.poll(() => keyFile(dataFolder).isWrittenDown).toBe(true);
  await second.close();

  const third = await launch();
  await expect((await third.window()).locator('h1')).toBeVisible();
  expect(await third.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the key window is closed to everything: no script, no screenshot, no menu, its own session', async ({ launch }) => {
  const { app } = await begin(launch);
  const facts = await app.evaluate((_module, _argument, controls) => controls.windows().filter(window => window.webContents.getURL().startsWith('app://keys/')).map(window => ({
    isContentProtected: window.isContentProtected,
    hasMenu: window.hasMenu,
    javascript: window.options.webPreferences?.javascript,
    preload: window.options.webPreferences?.preload ?? null,
    isSharedSession: window.options.webPreferences?.session === undefined,
  })));
  expect(facts).toEqual([{ isContentProtected: true, hasMenu: false, javascript: false, preload: null, isSharedSession: false }]);
});

test('the recovery key can be saved to a stick and printed', async ({ launch, dataFolder }) => {
  const { app, keys } = await begin(launch);
  const recoveryKey = await keys.getByTestId('recovery-key').innerText();
  const file = path.join(dataFolder, 'Khoá của trường.txt');
  await app.answerDialogs(file);
  await keys.getByRole('button', { name: 'Lưu vào tệp…' }).click();
  await expect(keys.getByRole('status')).toContainText('Khoá của trường.txt');
  expect(readFileSync(file, 'utf8')).toContain(recoveryKey);
  await app.answerDialogs(path.join(dataFolder, 'no such folder', '\0'));
  await keys.getByRole('button', { name: 'Lưu vào tệp…' }).click();
  await expect.poll(async () => (await messages(app)).length).toBeGreaterThan(2);
  await app.evaluate((_module, _argument, controls) => {
    for (const { webContents } of controls.windows()) Object.assign(webContents, { print: (_options: object, done: (ok: boolean, reason: string) => void) => { done(false, 'out of paper'); } });
  });
  await keys.getByRole('button', { name: 'In khoá…' }).click();
  await expect.poll(() => messages(app)).toContain('Chưa in được');
});

test('on another PC the data opens with the recovery key, once; a misread letter and another school\'s key are told apart', async ({ launch, dataFolder }) => {
  const { app: here, keys: shown } = await begin(launch);
  const recoveryKey = await writeDown(shown);
  await here.close();
  const other = { ELECTRON_DOUBLE_KEYSTORE: 'another PC' };

  const there = await launch({ env: other, answers: ['Nhập khoá khôi phục…'] });
  const keys = await there.window('keys');
  expect(await messages(there)).toEqual(['Khoá dữ liệu thuộc về máy hoặc người dùng khác']);
  const type = async (typed: string): Promise<void> => {
    await keys.getByLabel('Khoá khôi phục').fill(typed);
    await keys.getByRole('button', { name: 'Mở dữ liệu' }).click();
  };
  await type(recoveryKey.replace(/^./, letter => (letter === 'A' ? 'B' : 'A')));
  await expect(keys.getByRole('alert')).toContainText('có kí tự bị thiếu, thừa hoặc nhầm');
  await type(toRecoveryKey(Buffer.alloc(32, 7)));
  await expect(keys.getByRole('alert')).toContainText('Đây là khoá của một bộ dữ liệu khác');
  await type(` ${recoveryKey.toLowerCase().replaceAll(' ', '-')} `);
  await expect((await there.window()).locator('h1')).toBeVisible();
  await there.close();

  const again = await launch({ env: other });
  await expect((await again.window()).locator('h1')).toBeVisible();
  expect(await messages(again)).toEqual([]);
  expect(keyFile(dataFolder).isWrittenDown).toBe(true);
});

test('who has no recovery key can give up; nothing is changed', async ({ launch, dataFolder }) => {
  const { app: here, keys: shown } = await begin(launch);
  await writeDown(shown);
  await here.close();
  const before = keyFile(dataFolder);
  const there = await launch({ env: { ELECTRON_DOUBLE_KEYSTORE: 'another PC' }, answers: ['Nhập khoá khôi phục…', 'Thoát'] });
  await (await there.window('keys')).getByRole('button', { name: 'Thôi' }).click();
  expect(await there.exited).toBe(0);
  expect(keyFile(dataFolder)).toEqual(before);
});

test('a PC without a keystore keeps no key: it is asked for at each start', async ({ launch, dataFolder }) => {
  const none = { ELECTRON_DOUBLE_KEYSTORE: 'none' };
  const { app: first, keys: shown } = await begin(launch, { env: none });
  const recoveryKey = await writeDown(shown);
  await first.close();
  expect(keyFile(dataFolder).sealed).toBeNull();
  for (const start of ['second', 'third']) {
    const app = await launch({ env: none, answers: ['Nhập khoá khôi phục…'] });
    const keys = await app.window('keys');
    await keys.getByLabel('Khoá khôi phục').fill(recoveryKey);
    await keys.getByRole('button', { name: 'Mở dữ liệu' }).click();
    await expect((await app.window()).locator('h1'), `${start} start`).toBeVisible();
    expect(await messages(app)).toEqual(['Máy này không có kho khoá']);
    await app.close();
  }
});

test('a database whose key file is gone opens with the recovery key only', async ({ launch, dataFolder }) => {
  const { app: here, keys: shown } = await begin(launch);
  const recoveryKey = await writeDown(shown);
  await here.close();
  rmSync(path.join(dataFolder, 'database-key.json'));
  const again = await launch({ answers: ['Nhập khoá khôi phục…'] });
  const keys = await again.window('keys');
  expect(await messages(again)).toEqual(['Không thấy khoá của dữ liệu']);
  await keys.getByLabel('Khoá khôi phục').fill(recoveryKey);
  await keys.getByRole('button', { name: 'Mở dữ liệu' }).click();
  await expect((await again.window()).locator('h1')).toBeVisible();
  expect(keyFile(dataFolder).sealed).not.toBeNull();
});

test('a database of another key is not opened and not harmed', async ({ launch, dataFolder }) => {
  const first = await launch({ env: { SO_TRUONG_KEY: 'ab'.repeat(32) } });
  await first.window();
  await first.close();
  const second = await launch({ env: { SO_TRUONG_KEY: 'cd'.repeat(32) }, answers: ['Thử lại', 'Thoát'] });
  expect(await second.exited).toBe(0);
  expect(databaseKey(dataFolder)).toBe('ab'.repeat(32));
});

test('the first start: who leaves or closes the building of the demo leaves nothing behind', async ({ launch, dataFolder }) => {
  const first = await launch();
  const choice = await first.window('keys');
  await expect(choice.getByText(dataFolder)).toBeVisible();
  await choice.getByRole('button', { name: 'Thoát' }).click();
  expect(await first.exited).toBe(0);

  const second = await launch({ env: { SCRIPTED_DEMO: 'slow' } });
  const building = await second.window('keys');
  await building.getByRole('button', { name: 'Dựng trường mẫu' }).click();
  await expect(building.getByRole('status')).toHaveText('Lớp 9A');
  await second.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); });
  expect(await second.exited).toBe(0);
  expect(readdirSync(dataFolder)).toEqual(['window']);
});

test('a demo school that cannot be built is a fault in the log, not an empty window', async ({ launch, dataFolder }) => {
  const app = await launch({ env: { SCRIPTED_DEMO: 'fails' }, answers: ['Thoát'] });
  await (await app.window('keys')).getByRole('button', { name: 'Dựng trường mẫu' }).click();
  expect(await app.exited).toBe(0);
  expect(readFileSync(path.join(dataFolder, 'window', 'faults.log'), 'utf8')).toContain('the disk is full');
});

test('the recovery key is shown again only to those in charge', async ({ launch }) => {
  const { app, keys: shown } = await begin(launch);
  const recoveryKey = await writeDown(shown);
  const page = await app.window();
  const choose = () => app.evaluate(({ Menu }) => { Menu.getApplicationMenu()?.getMenuItemById('recoveryKey')?.click(); });
  await choose();
  await expect.poll(() => messages(app)).toEqual(['Khoá khôi phục chỉ dành cho người phụ trách']);
  await callFromPage(page, 'accounts.signIn');
  await choose();
  expect(await writeDown(await app.window('keys'))).toBe(recoveryKey);
});
