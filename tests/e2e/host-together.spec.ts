import type { Page } from '@playwright/test';
import type { MarkConflictView } from '../../preload/contract/mark-sheets.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, empty, markCell, markGrid, openEmptied, score, sheetOf, year } from './window-acts.ts';

/** A second browser, with a cookie and an account of its own, at the sheet where the first one stands. */
async function joinAs(page: Page, hostUrl: string | null, role: 'principal'): Promise<Page> {
  const context = await page.context().browser()?.newContext({ viewport: { width: 1366, height: 688 }, locale: 'vi-VN' });
  const second = await context?.newPage();
  if (second === undefined || hostUrl === null) throw new Error('no host');
  await second.goto(hostUrl);
  await signIn(second, role);
  await second.evaluate(hash => { window.location.hash = hash; }, new URL(page.url()).hash);
  return second;
}

test('two people in one sheet see each other, each other\'s marks, and decide between two values of one cell', async ({ page, hostUrl }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  const second = await joinAs(page, hostUrl, 'principal');
  const secondGrid = await markGrid(second);
  await expect(page.getByText(/Cùng xem: /)).toBeVisible();

  await secondGrid.focus();
  await second.keyboard.press('ArrowDown');
  await second.keyboard.press('ArrowDown');
  await expect(markCell(grid, 2, 0)).toHaveAttribute('data-other', /./);
  await second.keyboard.type('6,5');
  await second.keyboard.press('Enter');
  await expect(markCell(grid, 2, 0)).toHaveText('6,5');
  await expect(page.getByText(/ĐĐGtx 1: .* vừa ghi lúc \d\d:\d\d:\d\d/)).toBeVisible();

  // Out of reach one writes 8; meanwhile the other writes 5 in the same cell, and one more mark comes along.
  await page.context().setOffline(true);
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Giữ trên máy này, sẽ gửi khi có mạng (2 ô)')).toBeVisible();
  await second.keyboard.press('Control+Home');
  await second.keyboard.type('5');
  await second.keyboard.press('Enter');
  await expect(markCell(secondGrid, 0, 0)).toHaveText('5');
  await page.context().setOffline(false);
  const dialog = page.getByRole('dialog', { name: '1 ô có hai giá trị' });
  await expect(dialog).toBeVisible();
  expect((await sheetOf(second, sheet)).rows.slice(0, 2).map(row => row.marks.tx1)).toEqual([score(50), score(70)]);

  // Left for later and the window loaded anew, both values are still there, for the other person too; he decides by keyboard.
  await dialog.getByRole('button', { name: 'Để sau' }).click();
  await page.reload();
  await markGrid(page);
  await expect(page.getByRole('button', { name: '1 ô chờ chọn' })).toBeVisible();
  await second.getByRole('button', { name: '1 ô chờ chọn' }).click();
  const decide = second.getByRole('dialog', { name: '1 ô có hai giá trị' });
  await decide.getByRole('radio').first().focus();
  await second.keyboard.press('Space');
  await second.keyboard.press('ArrowDown');
  await expect(decide.getByRole('radio').nth(1)).toBeChecked();
  await decide.getByRole('button', { name: 'Ghi 1 lựa chọn' }).click();
  await expect(markCell(await markGrid(page), 0, 0)).toHaveText('8');
  await expect(page.getByRole('button', { name: '1 ô chờ chọn' })).toBeHidden();
  const { conflicts } = await callBeside<{ conflicts: MarkConflictView[] }>(page, 'gradebook.markConflicts', { year, sheetId: sheet.sheetId, withSettled: true });
  expect(conflicts).toMatchObject([{ state: 'settled', choice: 'offered', stored: score(50), offered: score(80), seen: empty }]);
  await second.context().close();
  await expect(page.getByText(/Cùng xem: /)).toBeHidden({ timeout: 60_000 });
});

test('what was typed when the session had ended is kept, and goes into the book after signing in again', async ({ page }) => {
  const sheet = await openEmptied(page);
  await markGrid(page);
  await callBeside(page, 'accounts.signOut', {});
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  const told = page.getByText('Thầy cô cần đăng nhập lại');
  await expect(told).toBeVisible();
  await expect(page.getByText(/1 ô hoặc nhận xét còn giữ trên máy này/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('signed-out.png') });
  await signIn(page, 'secretary');
  await expect.poll(async () => (await sheetOf(page, sheet)).rows[0]?.marks.tx1 ?? empty).toEqual(score(90));
});

test('a program started anew that no longer knows the browser says what to do, and what was typed goes on from there', async ({ page, hostUrl }) => {
  const sheet = await openEmptied(page);
  await markGrid(page);
  // As after a restart: the browser's cookie means nothing to the program.
  await page.context().clearCookies();
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  const notice = page.getByRole('dialog', { name: 'Sổ Trường đã khởi động lại' });
  await expect(notice).toContainText('1 ô hoặc nhận xét còn giữ trên máy này');
  await page.screenshot({ path: test.info().outputPath('reopen.png') });
  await notice.getByRole('button', { name: 'Thử lại' }).click();
  await expect(notice).toBeVisible();
  await page.goto(hostUrl ?? '');
  await signIn(page, 'secretary');
  await expect.poll(async () => (await sheetOf(page, sheet)).rows[0]?.marks.tx1 ?? empty).toEqual(score(80));
});

test('a comment written out of reach is kept over a reload, sent later, and asked about when another person wrote it', async ({ page }) => {
  const sheet = await openEmptied(page);
  await page.evaluate(sheetId => { window.location.hash = `#/grades/comments/${sheetId}`; }, sheet.sheetId);
  const field = (at: number) => page.getByLabel(`Nhận xét ${sheet.rows[at]?.name}`);
  await field(0).waitFor();
  await page.route('**/call/gradebook.saveComment', route => route.abort());
  await field(0).fill('Chăm học.');
  await field(1).fill('Tiến bộ.');
  await field(2).focus();
  await expect(page.getByText('2 nhận xét giữ trên máy này, sẽ gửi khi có mạng')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('comments-held.png') });
  await page.unroute('**/call/gradebook.saveComment');
  await callBeside(page, 'gradebook.saveComment', { sheetId: sheet.sheetId, enrolmentId: sheet.rows[0]?.enrolmentId, kind: 'subject', comment: 'Người khác ghi.', isSeen: true, version: 0 });
  await page.reload();
  const asked = page.getByRole('alert').filter({ hasText: 'Người khác ghi.' });
  await expect(asked).toContainText('Chăm học.');
  await page.screenshot({ path: test.info().outputPath('comments-two.png') });
  await asked.getByRole('button', { name: 'Ghi của tôi' }).click();
  await expect(asked).toBeHidden();
  const read = await callBeside<{ rows: { comments: { subject?: { comment: string } } }[] }>(page, 'gradebook.comments', { sheetId: sheet.sheetId });
  expect(read.rows.slice(0, 2).map(row => row.comments.subject?.comment)).toEqual(['Chăm học.', 'Tiến bộ.']);
});

test('a term record written out of reach is kept over a reload, sent later, and asked about when another person wrote it', async ({ page }) => {
  const sheet = await openEmptied(page);
  await page.evaluate(classId => { window.location.hash = `#/grades/records/${classId}`; }, sheet.classId);
  const comment = page.getByRole('textbox', { name: /Nhận xét/ });
  await comment.first().waitFor();
  await page.route('**/call/grades.saveTermRecord', route => route.abort());
  await comment.first().fill('Chăm học.');
  await comment.nth(1).fill('Tiến bộ.');
  await comment.nth(2).focus();
  await expect(page.getByText(/Giữ trên máy này, sẽ gửi khi có mạng \(2 ô\)/)).toBeVisible();
  await page.unroute('**/call/grades.saveTermRecord');
  await callBeside(page, 'grades.saveTermRecord', { enrolmentId: sheet.rows[0]?.enrolmentId, term: 2, comment: 'Người khác ghi.' });
  await page.reload();
  const asked = page.getByRole('region', { name: '1 ô người khác vừa ghi khác' });
  await expect(asked).toContainText('Người khác ghi.');
  await expect(asked).toContainText('Chăm học.');
  await asked.getByRole('button', { name: 'Ghi của tôi' }).click();
  await expect(asked).toBeHidden();
  const read = await callBeside<{ rows: { comment: string }[] }>(page, 'grades.openTermRecords', { classId: sheet.classId });
  expect(read.rows.slice(0, 2).map(row => row.comment)).toEqual(['Chăm học.', 'Tiến bộ.']);
});
