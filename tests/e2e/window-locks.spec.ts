import path from 'node:path';
import type { Page } from '@playwright/test';
import type { SheetSummary } from '../../preload/contract/grades.ts';
import { callBeside, markCell, markGrid, year } from './window-acts.ts';
import { demoAccounts, expect, signIn, test } from './shells.ts';
import { signInAs, signOut } from './window-work.ts';

const shots = process.env['SO_TRUONG_SHOTS'];
async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  await page.waitForTimeout(250);
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
}

/** Leaves as whoever is signed in and comes back as `name`, at a place. */
async function enterAs(page: Page, name: string, place: string): Promise<void> {
  await signOut(page);
  const account = demoAccounts().find(one => one.name === name);
  if (account === undefined) throw new Error(`the demo school has no ${name}`);
  await signInAs(page, account);
  await page.evaluate(route => { window.location.hash = `#${route}`; }, place);
}

test('a sheet goes from its teacher to the homeroom teacher to the principal, and a locked mark is changed by request', async ({ page }) => {
  const principal = await signIn(page, 'principal');
  const { sheets } = await callBeside<{ sheets: SheetSummary[] }>(page, 'grades.listSheets', { year });
  const homeroomOf = new Map(demoAccounts().flatMap(one => one.classes.map(name => [name, one.name] as const)));
  const sheet = sheets.find(one => one.term === 1 && one.kind === 'score' && one.teacher !== null && one.teacher !== homeroomOf.get(one.className));
  const teacher = sheet?.teacher ?? '';
  const homeroom = homeroomOf.get(sheet?.className ?? '') ?? '';
  const place = `/grades/${sheet?.sheetId ?? ''}`;

  await enterAs(page, teacher, place);
  const grid = await markGrid(page);
  await page.getByRole('button', { name: 'Nộp sổ' }).click();
  await shot(page, '1-submit');
  await page.getByRole('dialog').getByRole('button', { name: 'Nộp sổ' }).click();
  await expect(grid).toHaveAttribute('aria-readonly', 'true');
  await expect(page.getByRole('note')).toContainText('đang chờ giáo viên chủ nhiệm kiểm tra');

  await enterAs(page, homeroom, '/');
  await expect(page.getByRole('link', { name: /Kiểm tra 1 sổ điểm/ })).toBeVisible();
  await shot(page, '2-home-homeroom');
  await page.getByRole('link', { name: /Kiểm tra 1 sổ điểm/ }).click();
  await page.getByRole('button', { name: 'Xác nhận đã kiểm tra' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Xác nhận đã kiểm tra' }).click();
  await expect(page.getByRole('button', { name: 'Trả lại' })).toBeVisible();

  await enterAs(page, principal.name, place);
  await page.getByRole('button', { name: 'Khoá sổ', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Khoá sổ' }).click();
  await expect(page.getByRole('button', { name: 'Mở lại' })).toBeVisible();
  await page.getByRole('button', { name: 'Bước khác' }).click();
  await page.getByRole('menuitem', { name: 'Lịch sử và niêm phong' }).click();
  await expect(page.getByRole('dialog')).toContainText('Đúng như niêm phong');
  await shot(page, '3-history');
  await page.keyboard.press('Escape');

  await enterAs(page, teacher, place);
  const middle = sheet === undefined ? 0 : (await callBeside<{ columns: { column: string }[] }>(page, 'grades.openSheet', { sheetId: sheet.sheetId })).columns.findIndex(one => one.column === 'gk');
  await markCell(await markGrid(page), 0, middle).click();
  await shot(page, '4-locked');
  await page.getByRole('button', { name: 'Xin sửa…' }).click();
  const asking = page.getByRole('dialog', { name: 'Xin sửa điểm đã khoá' });
  await asking.getByLabel(/Xin sửa thành/).fill('1,5');
  await expect(asking.getByRole('button', { name: 'Gửi đề nghị' })).toBeDisabled();
  await asking.getByLabel('Lí do').fill('Cộng nhầm điểm câu 3');
  await asking.locator('input[type=file]').setInputFiles({ name: 'bài kiểm tra.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) });
  await shot(page, '5-ask');
  await asking.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await expect(asking).toBeHidden();

  await enterAs(page, homeroom, '/grades/requests');
  await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Đồng ý' }).click();
  await expect(page.getByText('Không có đề nghị nào chờ thầy cô')).toBeVisible();

  await enterAs(page, principal.name, '/grades/requests');
  await expect(page.getByText('Cộng nhầm điểm câu 3').first()).toBeVisible();
  await shot(page, '6-requests');
  await page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Duyệt' }).click();
  await expect(page.getByText('Không có đề nghị nào chờ thầy cô')).toBeVisible();
  await page.evaluate(route => { window.location.hash = `#${route}`; }, place);
  const now = await markGrid(page);
  await expect(markCell(now, 0, middle)).toHaveText('1,5');
  await expect(now).toHaveAttribute('aria-readonly', 'true');
  await markCell(now, 0, middle).click();
  await expect(page.getByText('theo đề nghị đã duyệt')).toBeVisible();
  await page.getByRole('button', { name: 'Mở lại' }).click();
  await shot(page, '7-reopen');
  const opening = page.getByRole('dialog', { name: /Mở lại sổ/ });
  await opening.getByLabel('Lí do').fill('Chấm lại bài giữa kì');
  await opening.getByRole('button', { name: 'Mở lại' }).click();
  await expect(page.getByText(/Mở lại, còn/)).toBeVisible();
  await shot(page, '8-reopened');
});

test('the calendar locks by itself, a lock by scope is added and withdrawn, many sheets go on at once', async ({ page }) => {
  await signIn(page, 'principal');
  await page.evaluate(() => { window.location.hash = '#/system/locks'; });
  await page.getByLabel('Giữa học kì I: Bắt đầu nhập').fill('20/10/2025');
  await page.getByLabel('Giữa học kì I: Hạn nộp').fill('8/11/2025');
  await page.getByLabel('Giữa học kì I: Khoá lúc').fill('10/11/2025 17:00');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(page.getByText('Đã lưu mốc Giữa học kì I')).toBeVisible();
  await page.getByRole('button', { name: 'Thêm khoá…' }).click();
  const adding = page.getByRole('dialog', { name: 'Thêm khoá…' });
  await adding.getByLabel('Cột điểm').click();
  await page.getByRole('option', { name: 'Cột thường xuyên' }).click();
  await adding.getByLabel('Lí do').fill('Đã đối chiếu sổ giấy');
  await shot(page, '9-add-lock');
  await adding.getByRole('button', { name: 'Khoá', exact: true }).click();
  await expect(page.getByText('Toàn trường · Cột thường xuyên')).toBeVisible();
  await shot(page, '10-calendar');
  await page.getByRole('button', { name: 'Gỡ khoá' }).click();
  const withdrawing = page.getByRole('dialog');
  await withdrawing.getByLabel('Lí do').fill('Mở lại để sửa');
  await withdrawing.getByRole('button', { name: 'Gỡ khoá' }).click();
  await expect(page.getByText('Chưa có khoá nào')).toBeVisible();

  await page.evaluate(() => { window.location.hash = '#/grades'; });
  await page.getByRole('button', { name: 'Chuyển bước nhiều sổ…' }).click();
  const bulk = page.getByRole('dialog', { name: 'Chuyển bước nhiều sổ' });
  await bulk.getByRole('button', { name: 'Thực hiện' }).click();
  await expect(bulk.getByText(/\d+ sổ xong · 0 đã ở bước này · 0 không chuyển được/)).toBeVisible();
  await shot(page, '11-bulk');
  await bulk.getByRole('button', { name: 'Đóng' }).last().click();
  await page.getByPlaceholder('Mọi trạng thái').click();
  await page.getByRole('option', { name: 'Đã khoá' }).click();
  await shot(page, '12-tree');
  await expect(page.getByRole('grid', { name: 'Sổ điểm' }).or(page.getByRole('table', { name: 'Sổ điểm' })).first()).toBeVisible();
});
