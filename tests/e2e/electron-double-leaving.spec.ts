import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { JobView } from '../../preload/contract/common.ts';
import { leaveOpen } from '../electron/double/double-dialog.ts';
import type { ShellApp } from '../electron/launch-shell.ts';
import { callFromPage, expect, plainKey, test, type TestWindow } from '../electron/scripted/scripted-shell.ts';

const signing: JobView = { id: 'j1', call: 'signing.signClass', title: 'Ký học bạ lớp 9A', state: 'running', done: 12, total: 45, item: 'Nguyễn Thị Ngữ', startedAt: '2026-05-28T08:00:00.000Z' };

const startSigning = (page: Page) => callFromPage(page, 'play.job', signing);
const finishSigning = (page: Page) => callFromPage(page, 'play.job', { ...signing, state: 'done', done: 45 });
const closeWindow = (app: ShellApp) => app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); });
const isAwake = (app: ShellApp) => app.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(1));

test('while papers are being signed the PC does not fall asleep', async ({ app, page }) => {
  await startSigning(page);
  expect(await isAwake(app)).toBe(true);
  await finishSigning(page);
  expect(await isAwake(app)).toBe(false);
});

test('closing in the middle of a batch asks; who stays goes on working', async ({ app, page, dataFolder }) => {
  await startSigning(page);
  await app.answerDialogs('Ở lại');
  await closeWindow(app);
  await expect.poll(async () => (await app.shownDialogs()).length).toBe(1);
  const [question] = await app.shownDialogs();
  expect(question).toMatchObject({ message: 'Đang có việc chạy dở', buttons: ['Chờ xong rồi thoát', 'Dừng và thoát', 'Ở lại'] });
  expect(question?.detail).toContain('Ký học bạ lớp 9A: 12/45');
  expect(await callFromPage(page, 'play.echo', 1)).toEqual({ ok: true, value: 1 });
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(false);
});

test('who waits sees the batch finish, then the program closes by itself', async ({ app, page, dataFolder }) => {
  await startSigning(page);
  await app.answerDialogs('Chờ xong rồi thoát');
  await closeWindow(app);
  await expect.poll(async () => (await app.shownDialogs()).length).toBe(1);
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(false);
  await finishSigning(page).catch(() => undefined); // the page may be gone before its answer
  expect(await app.exited).toBe(0);
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(true);
});

test('who stops closes at once', async ({ app, page, dataFolder }) => {
  await startSigning(page);
  await app.answerDialogs('Dừng và thoát');
  await closeWindow(app);
  expect(await app.exited).toBe(0);
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(true);
});

test('pressing the cross twice asks once', async ({ app, page }) => {
  await startSigning(page);
  await app.answerDialogs(leaveOpen);
  await closeWindow(app);
  await closeWindow(app);
  await app.evaluate(({ app: program }) => { program.quit(); });
  expect((await app.shownDialogs()).length).toBe(1);
  await app.evaluate((_module, _argument, controls) => { controls.answerStanding('Dừng và thoát'); });
  expect(await app.exited).toBe(0);
});

test('who waits may think better of it and stop', async ({ app, page }) => {
  await startSigning(page);
  await app.answerDialogs('Chờ xong rồi thoát', 'Dừng và thoát');
  await closeWindow(app);
  await expect.poll(async () => (await app.shownDialogs()).length).toBe(1);
  await closeWindow(app);
  expect(await app.exited).toBe(0);
});

test('a page with unsaved typing is not closed without asking', async ({ app, page, dataFolder }) => {
  page.on('dialog', () => undefined); // the page's own question is the program's to answer, not this test's
  await page.evaluate(() => { (globalThis as unknown as TestWindow).holdBack(); });
  await page.fill('#typing', '8,5');
  await closeWindow(app);
  await expect.poll(async () => (await app.shownDialogs()).map(dialog => dialog.message)).toEqual(['Trang này có chỗ chưa lưu']);
  expect(await page.inputValue('#typing')).toBe('8,5');
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(false);
  await app.answerDialogs('Bỏ và đóng');
  await closeWindow(app);
  expect(await app.exited).toBe(0);
});

test('quitting by the menu goes the same way', async ({ app, page, dataFolder }) => {
  await expect(page.locator('h1')).toBeVisible();
  await app.evaluate(({ Menu }) => { Menu.getApplicationMenu()?.getMenuItemById('quit')?.click(); });
  expect(await app.exited).toBe(0);
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(true);
});

test('a core that does not answer any more does not hold the program open for ever', async ({ launch, dataFolder }) => {
  const app = await launch({ env: { SO_TRUONG_KEY: plainKey, SCRIPTED_CLOSE: 'hangs' } });
  await app.window();
  await closeWindow(app);
  expect(await app.exited).toBe(0);
  expect(readFileSync(path.join(dataFolder, 'window', 'faults.log'), 'utf8')).toContain('not closed within 10 s');
});

test('at a shutdown of the PC the database is closed without a question', async ({ app, page, dataFolder }) => {
  await startSigning(page);
  await app.evaluate((_module, _argument, controls) => { controls.powerMonitor.emit('shutdown'); });
  expect(await app.exited).toBe(0);
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(true);
});

test('when Windows ends the session the database is closed without a question', async ({ app, page, dataFolder }) => {
  await startSigning(page);
  await app.evaluate((_module, _argument, controls) => { controls.windows()[0]?.emit('session-end', {}); });
  expect(await app.exited).toBe(0);
  expect(existsSync(path.join(dataFolder, 'closed.json'))).toBe(true);
});
