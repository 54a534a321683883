import { readFileSync } from 'node:fs';
import type { Page, TestInfo } from '@playwright/test';
import type { CountedMember } from '../../preload/contract/reports.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, openEmptied, year } from './window-acts.ts';

const asOf = '2026-05-31';

async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
}

test('statistics: a number names its pupils, is frozen, and tells afterwards who changed it', async ({ page, app }, info) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Báo cáo');
  await page.getByLabel('Ngày lấy số liệu').fill('31/05/2026');
  await page.keyboard.press('Enter');
  const pupils = page.getByRole('table', { name: 'Học sinh', exact: true });
  const total = pupils.getByRole('button', { name: /^Tổng số học sinh – Tổng số: \d+$/ });
  const count = Number(await total.textContent());
  await total.click();
  const pane = page.getByRole('complementary', { name: 'Danh sách của một số' });
  await expect(pane.getByText(`${count} người`)).toBeVisible();
  await expect(pane.getByRole('link')).toHaveCount(count);
  await picture(page, info, 'statistics');
  await page.getByRole('button', { name: /^Xem bảng số: Học sinh theo khối/ }).click();
  await expect(page.getByRole('figure', { name: 'Học sinh theo khối' }).getByRole('table')).toContainText('Khối 9');

  await page.getByRole('button', { name: 'Chốt số liệu' }).click();
  await page.getByRole('dialog').getByLabel('Ghi chú').fill('Gửi Sở ngày 31/5');
  await page.getByRole('dialog').getByRole('button', { name: 'Chốt số liệu' }).click();
  await expect(page.getByText('Đã chốt số liệu.')).toBeVisible();
  const { members } = await callBeside<{ members: CountedMember[] }>(page, 'reports.statisticsMembers', { year, period: 'start', asOf, section: 'pupils', row: 'pupils', column: 'total' });
  const enrolmentId = members[0]?.id ?? '';
  const { personId, version } = await callBeside<{ personId: string; version: number }>(page, 'students.open', { enrolmentId });
  await callBeside(page, 'students.save', { personId, enrolmentId, expectedVersion: version, changes: { disability: 'Khuyết tật nhìn' } });

  await page.getByText('Bản đã chốt', { exact: true }).click();
  const changed = page.getByRole('table', { name: 'Số liệu đã khác' });
  await expect(changed.getByRole('row', { name: /Học sinh: Khuyết tật Tổng số/ })).toBeVisible();
  await expect(page.getByRole('link', { name: members[0]?.name ?? '' })).toBeVisible();
  await expect(page.getByText(/Khuyết tật: .* → .*, lúc /)).toBeVisible();
  await picture(page, info, 'difference');
  await page.getByRole('button', { name: 'In', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Trang 1/', { timeout: 30_000 });
  await picture(page, info, 'paper');
  await page.keyboard.press('Escape');
  if (app === null) {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Xuất Excel' }).click();
    const { sheets } = await readWorkbook(readFileSync(await (await coming).path()));
    expect(JSON.stringify(sheets)).toContain('Học sinh: Khuyết tật');
  }
});

test('a cross table counts whom one asks for, and each number opens', async ({ page }, info) => {
  await signIn(page, 'principal');
  await page.evaluate(day => { window.location.hash = `#/reports?tab=cross&rows=ethnicGroup&columns=grade&day=${day}`; }, asOf);
  const table = page.getByRole('table', { name: 'Bảng chéo' });
  await expect(table.getByRole('columnheader', { name: /^Khối/ }).first()).toBeVisible();
  const all = Number(await table.getByRole('button', { name: /^Tổng số: \d+$/ }).textContent());
  await page.getByPlaceholder('Thêm điều kiện').click();
  await page.getByRole('option', { name: 'Giới tính' }).click();
  await expect(table.getByRole('button', { name: /^Tổng số: \d+$/ })).not.toHaveText(String(all));
  const number = table.getByRole('button').first();
  const count = await number.textContent();
  await number.click();
  await expect(page.getByRole('complementary', { name: 'Danh sách của một số' })).toContainText(`${count} người`);
  await picture(page, info, 'cross');
});

test('what is missing leads to the sheet, the sheet to its chart, and the home page says how long there is', async ({ page }, info) => {
  const sheet = await openEmptied(page);
  await callBeside(page, 'reports.missing', { year });
  await page.getByRole('button', { name: 'Phổ điểm' }).click();
  await expect(page.getByRole('figure', { name: 'Toán: số bài theo phần nguyên của điểm' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Phổ điểm' }).getByRole('link', { name: sheet.className })).toBeVisible();
  await expect(page.locator('.recharts-bar-rectangle path').first()).toBeVisible();
  await picture(page, info, 'distribution');
  await page.evaluate(() => { window.location.hash = '#/grades/boards'; });
  await page.getByRole('table', { name: 'Còn thiếu gì' }).getByRole('button', { name: new RegExp(`^${sheet.className} – Cuối học kì I:`) }).click();
  await picture(page, info, 'boards');
  await page.getByRole('complementary', { name: 'Các sổ còn thiếu' }).getByRole('link', { name: `Toán ${sheet.className}` }).click();
  await expect(page.getByRole('grid', { name: /Học kì/ })).toBeVisible();
  await goTo(page, 'Trang chủ');
  await expect(page.getByRole('figure', { name: 'Sổ điểm đến bước nào' })).toBeVisible();
  await expect(page.locator('.recharts-bar-rectangle path').first()).toBeVisible();
  await picture(page, info, 'home');
});
