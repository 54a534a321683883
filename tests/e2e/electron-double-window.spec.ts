import path from 'node:path';
import { expect, plainKey, test, type TestWindow } from '../electron/scripted/scripted-shell.ts';

test('a disk that does not take the file is told of, with what to do', async ({ page, app, dataFolder }) => {
  await app.answerDialogs(path.join(dataFolder, 'no such folder', 'x', 'a.pdf'));
  await page.evaluate(() => { (globalThis as unknown as TestWindow).saveBytes('a.pdf', 'x'); });
  await expect.poll(async () => (await app.shownDialogs()).at(-1)?.message).toBe('Tệp chưa lưu được');
});

test('a second start brings the first window forward and ends', async ({ app, launch }) => {
  await app.window();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.minimize(); });
  const second = await launch({ env: { SO_TRUONG_KEY: plainKey } });
  expect(await second.exited).toBe(0);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(window => window.isMinimized()))).toEqual([false]);
});

test('no default place to save is inside the program: the user\'s documents come first', async ({ app, page, dataFolder }) => {
  await page.evaluate(() => { (globalThis as unknown as TestWindow).saveBytes('Sổ điểm.xlsx', 'PK'); });
  await expect.poll(async () => (await app.shownDialogs()).length).toBe(1);
  const [dialog] = await app.shownDialogs();
  expect(path.basename(dialog?.defaultPath ?? '')).toBe('Sổ điểm.xlsx');
  expect(dialog?.defaultPath.startsWith(dataFolder)).toBe(false);
});

test('a download from anywhere but the page itself is refused', async ({ app, page }) => {
  await expect(page.locator('h1')).toBeVisible();
  const isPrevented = await app.evaluate(({ session }) => {
    let prevented = false;
    const event = { preventDefault: () => { prevented = true; } };
    (session.defaultSession as unknown as { emit(name: string, ...args: object[]): void }).emit('will-download', event, { getURL: () => 'https://example.invalid/a.exe' });
    return prevented;
  });
  expect(isPrevented).toBe(true);
});
