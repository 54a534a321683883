import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { SheetView } from '../../preload/contract/grades.ts';
import { demoAccounts, expect, test } from './shells.ts';
import { callBeside, empty, markCell, markGrid, openEmptied, score, sheetOf, writeBeside } from './window-acts.ts';
import { savedFile, signInAs, signOut } from './window-work.ts';

const go = (page: Page, route: string) => page.evaluate(to => { window.location.hash = `#${to}`; }, route);

/** A picture for whoever looks at the screens; nothing is compared. `LOOK` names the folder. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['LOOK'];
  if (folder === undefined) return;
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  await page.evaluate(() => { document.documentElement.dataset['mantineColorScheme'] = 'dark'; });
  await page.screenshot({ path: path.join(folder, `${name}-dark.png`) });
  await page.evaluate(() => { document.documentElement.dataset['mantineColorScheme'] = 'light'; });
}

/** A column typed by one person, so that another may read it. */
async function typedColumn(page: Page, values: readonly number[]): Promise<SheetView> {
  const sheet = await openEmptied(page);
  for (const [index, tenths] of values.entries()) await writeBeside(page, sheet.sheetId, sheet.rows[index]?.enrolmentId ?? '', 'tx1', empty, score(tenths));
  return sheetOf(page, sheet);
}

test('the history of a mark is one page, opened from its cell, and a paper', async ({ page, app, dataFolder }) => {
  const sheet = await typedColumn(page, [75]);
  const pupil = sheet.rows[0];
  await writeBeside(page, sheet.sheetId, pupil?.enrolmentId ?? '', 'tx1', score(75), empty);
  await writeBeside(page, sheet.sheetId, pupil?.enrolmentId ?? '', 'tx1', empty, score(85));
  const grid = await markGrid(page);
  await expect(markCell(grid, 0, 0)).toHaveText('8,5');
  await page.getByRole('link', { name: 'Trang lịch sử của điểm này ›' }).click();
  const page1 = page.getByRole('article', { name: `${pupil?.name} — ĐĐGtx 1` });
  await expect(page1).toContainText('Điểm đang có trong sổ: 8,5');
  await expect(page1.getByRole('listitem').last()).toContainText('gõ 8,5 vào ô trước đó đã bị xoá điểm 7,5');
  await expect(page1).toContainText('Ghi lại sau khi xoá');
  await expect(page1.getByRole('region', { name: 'Kết luận' })).toContainText('còn nguyên');
  await look(page, 'history');

  await page.getByRole('button', { name: 'In (PDF)' }).click();
  const viewer = page.getByRole('dialog', { name: 'Bản in lịch sử của điểm' });
  await expect(viewer.getByText('Trang 1/1')).toBeVisible();
  await look(page, 'history-paper');
  const folder = path.join(dataFolder, '..', 'lưu');
  const { bytes } = await savedFile(page, app, folder, async () => { await viewer.getByRole('button', { name: 'Lưu tệp PDF' }).click(); });
  const file = path.join(folder, 'giay.pdf');
  writeFileSync(file, bytes);
  const said = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
  for (const words of [pupil?.name ?? '', 'Điểm đang có trong sổ: 8,5', 'Ghi lại sau khi xoá', 'Nhật ký còn nguyên', 'audit verify']) expect(said).toContain(words);
  await page.keyboard.press('Escape');

  await go(page, `/grades/changes/${sheet.sheetId}`);
  await expect(page.getByRole('row').filter({ hasText: pupil?.name ?? '' }).first()).toContainText('→ 8,5');
  await look(page, 'sheet-history');

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Tìm học sinh, lớp, sổ điểm…' }).fill(`lich su ${pupil?.name.toLowerCase()} toan`);
  await page.getByRole('dialog').getByText(/^Lịch sử điểm Toán/).first().click();
  await expect(page.getByRole('grid', { name: /Lịch sử điểm Toán/ })).toContainText('8,5');
  await look(page, 'subject-history');
});

test('a colleague types a column again without seeing it, and only the differences are settled', async ({ page }) => {
  const sheet = await typedColumn(page, []);
  await signOut(page);
  const colleague = demoAccounts().find(one => one.role === 'principal');
  if (colleague === undefined) throw new Error('no principal');
  await signInAs(page, colleague);
  await go(page, `/grades/${sheet.sheetId}`);
  await markGrid(page);
  await page.getByRole('button', { name: 'Việc khác với sổ này' }).click();
  await page.getByRole('menuitem', { name: 'Soát điểm' }).click();
  const dialog = page.getByRole('dialog', { name: /^Soát điểm/ });
  await dialog.getByRole('radio', { name: 'Người khác nhập lại' }).check();
  await look(page, 'reading-dialog');
  await dialog.getByRole('button', { name: 'Bắt đầu' }).click();
  const box = page.getByRole('textbox', { name: /^Cuối kì của / });
  await expect(box).toBeFocused();
  const marks = sheet.rows.map(row => row.marks.ck);
  for (const [index, mark] of marks.entries()) {
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(`${sheet.rows[index]?.order}. ${sheet.rows[index]?.name}`);
    const tenths = mark?.state === 'score' ? mark.tenths : null;
    if (tenths !== null) await page.keyboard.type(index === 5 ? '1' : String(tenths / 10).replace('.', ','));
    if (index === 6) await look(page, 'reading-blind');
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: /^So sánh/ }).click();
  const differences = page.getByRole('table', { name: 'Các ô lệch' });
  await expect(differences.getByRole('row')).toHaveCount(2);
  await expect(differences.getByRole('row').nth(1)).toContainText(sheet.rows[5]?.name ?? '');
  await look(page, 'reading-differences');
  await differences.getByRole('button', { name: 'Lấy 1' }).click();
  await expect(differences.getByRole('row').nth(1)).toContainText('Đã lấy giá trị soát lại');
  await expect.poll(async () => (await sheetOf(page, sheet)).rows[5]?.marks.ck).toEqual(score(10));
  await page.getByRole('button', { name: 'Về sổ điểm' }).click();
  await expect(page.getByText('Đã soát Cuối kì')).toBeVisible();
});

test('comments are written by keyboard with phrases; drafts wait to be looked at; warnings lead to their cells', async ({ page }) => {
  const sheet = await openEmptied(page);
  await page.getByRole('button', { name: /cảnh báo/ }).click();
  const warnings = page.getByRole('region', { name: 'Cảnh báo' });
  await expect(warnings).toContainText('còn 4 ô trống');
  await look(page, 'warnings');
  await warnings.getByRole('button', { name: /Cột Cuối kì còn 4 ô trống/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Cuối kì' }).first()).toContainText(sheet.rows[0]?.name ?? '');

  await page.getByRole('button', { name: 'Nhận xét', exact: true }).click();
  const field = page.getByLabel(`Nhận xét ${sheet.rows[4]?.name}`);
  await field.click();
  await page.keyboard.press('/');
  const bank = page.getByRole('dialog', { name: 'Mẫu câu' });
  await expect(bank.getByRole('option').first()).toBeVisible();
  await page.keyboard.type('kien thuc');
  await look(page, 'phrases');
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(/kiến thức/);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByLabel(`Nhận xét ${sheet.rows[5]?.name}`)).toBeFocused();
  await expect(page.getByText(`1/${sheet.rows.length} đã viết`)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.getByRole('button', { name: 'Gợi ý cho người chưa có' }).click();
  await expect(page.getByText(/\d+ bản nháp chưa xem/).first()).toBeVisible();
  await look(page, 'comments');
  const { unseen } = await callBeside<{ unseen: number }>(page, 'gradebook.comments', { sheetId: sheet.sheetId });
  await page.getByRole('button', { name: 'Đã xem' }).first().click();
  await expect(page.getByText(`${unseen - 1} bản nháp chưa xem`)).toBeVisible();
});
