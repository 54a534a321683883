import { expect, test } from './shells.ts';
import { empty, markCell, markGrid, openEmptied, score, sheetOf } from './window-acts.ts';

test('with no connection marks are kept on this machine, and go into the book by themselves when it is back', async ({ page }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  await page.context().setOffline(true);
  for (const words of ['8', '7,5', '9']) {
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('Giữ trên máy này, sẽ gửi khi có mạng (3 ô)')).toBeVisible();
  await expect(markCell(grid, 1, 0)).toHaveText('7,5');
  await page.context().setOffline(false);
  await expect(page.getByText(/^Đã lưu \d\d:\d\d:\d\d$/)).toBeVisible({ timeout: 20_000 });
  expect((await sheetOf(page, sheet)).rows.slice(0, 3).map(row => row.marks.tx1)).toEqual([score(80), score(75), score(90)]);
});

test('marks held in a window that was closed are sent by the next one', async ({ page }) => {
  const sheet = await openEmptied(page);
  await markGrid(page);
  const context = page.context();
  await context.setOffline(true);
  await page.keyboard.type('6,5');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Giữ trên máy này, sẽ gửi khi có mạng (1 ô)')).toBeVisible();
  const address = page.url();
  await page.close();
  await context.setOffline(false);

  const next = await context.newPage();
  await next.goto(address);
  await markGrid(next);
  await expect.poll(async () => (await sheetOf(next, sheet)).rows[0]?.marks.tx1 ?? empty, { timeout: 20_000 }).toEqual(score(65));
});

test('two browsers at one sheet: what one writes the other sees, and one\'s own session never sends for the other', async ({ page, browser }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  const second = await page.context().newPage();
  await second.goto(page.url());
  const secondGrid = await markGrid(second);
  await grid.focus();
  await page.keyboard.type('9,5');
  await page.keyboard.press('Enter');
  await expect(markCell(secondGrid, 0, 0)).toHaveText('9,5');
  expect((await sheetOf(page, sheet)).rows[0]?.marks.tx1).toEqual(score(95));

  const stranger = await browser.newContext();
  const refused = await stranger.newPage();
  const answer = await refused.goto(page.url());
  expect(answer?.status()).toBe(401);
  await stranger.close();
});
