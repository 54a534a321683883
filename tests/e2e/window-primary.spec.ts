import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SheetView } from '../../preload/contract/grades.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { expect, signIn, test as windows } from './shells.ts';
import { callBeside, goTo, markCell, pasteBlock, sheetOf, year } from './window-acts.ts';

const removed = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 } as const;

/** A primary school of one class, built once for all tests of this file; the office accounts are those of every demo school. */
const test = windows.extend<object, { primarySchool: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from this pattern
  primarySchool: [async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-tiểu-học-'));
    execFileSync(process.execPath, ['main/entry/cli.ts', 'demo', '--data', folder, '--pupils', '20', '--level', 'tieu-hoc', '--json'], { stdio: ['ignore', 'ignore', 'inherit'] });
    await use(folder);
    rmSync(folder, removed);
  }, { scope: 'worker' }],
  dataFolder: async ({ primarySchool }, use) => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'so-truong-e2e-'));
    const folder = path.join(parent, 'Trường Tiểu học');
    cpSync(primarySchool, folder, { recursive: true });
    await use(folder);
    rmSync(parent, removed);
  },
});

// One worker, so that the school is built once.
test.describe.configure({ mode: 'default' });

test('a subject of the end of the year takes its level by one key and its test as a whole mark', async ({ page }) => {
  await signIn(page, 'secretary');
  const sheet = await sheetOf(page, { className: '5A', subjectName: 'Toán', term: 4 });
  await page.evaluate(sheetId => { window.location.hash = `#/grades/${sheetId}`; }, sheet.sheetId);
  const grid = page.getByRole('grid', { name: 'Toán · 5A, Cuối năm' });
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  expect(await grid.getByRole('columnheader').allTextContents()).toEqual(['STT', 'Họ và tên', 'Mức đạt được', 'Điểm KTĐK']);
  await expect(page.getByRole('navigation', { name: 'Các sổ điểm' }).getByRole('combobox', { name: 'Thời điểm đánh giá' })).toHaveValue('Cuối năm');

  await grid.focus();
  for (const key of ['c', 'Enter', 'h', 'Enter', 't', 'ArrowRight', '8', ',', '5', 'Enter', '7', 'Enter']) await page.keyboard.press(key);
  await expect(markCell(grid, 0, 0)).toHaveText('C');
  await expect(markCell(grid, 1, 0)).toHaveText('H');
  await expect(markCell(grid, 2, 0)).toHaveText('T');
  await expect(markCell(grid, 2, 1)).toHaveText('✕8,5');
  await expect(page.getByRole('region', { name: '1 ô chưa lưu được' })).toContainText('bài kiểm tra ở tiểu học chỉ cho điểm nguyên');
  await expect(markCell(grid, 3, 1)).toHaveText('7');

  await markCell(grid, 0, 0).click();
  await pasteBlock(page, 'T\t10\r\nT\t9\r\nT\t9\r\n');
  await page.getByRole('dialog').getByRole('button', { name: 'Dán', exact: true }).click();
  await expect(markCell(grid, 2, 1)).toHaveText('9');
  await expect(page.getByRole('region', { name: /chưa lưu được/ })).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(markCell(grid, 0, 0)).toHaveText('C');
  await page.keyboard.press('Control+y');
  await expect.poll(async () => (await callBeside<SheetView>(page, 'grades.openSheet', { sheetId: sheet.sheetId })).rows[0]?.marks)
    .toEqual({ muc: { state: 'level', level: 'T' }, kt: { state: 'score', tenths: 100 } });
});

test('qualities and competences are one sheet of fifteen columns, and each point of the year is one step away', async ({ page }) => {
  await signIn(page, 'secretary');
  const sheet = await sheetOf(page, { className: '5A', subjectName: 'Phẩm chất, năng lực', term: 4 });
  await page.evaluate(sheetId => { window.location.hash = `#/grades/${sheetId}`; }, sheet.sheetId);
  const grid = page.getByRole('grid', { name: 'Phẩm chất, năng lực · 5A, Cuối năm' });
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  await expect(grid).toHaveAttribute('aria-colcount', '17');
  await grid.focus();
  for (const key of ['d', 'Tab', 'c', 'Tab', 't', 'Enter']) await page.keyboard.press(key);
  await expect(markCell(grid, 0, 0)).toHaveText('Đ');
  await expect(markCell(grid, 0, 1)).toHaveText('C');
  await page.getByRole('radiogroup', { name: 'Thời điểm đánh giá' }).getByText('Giữa HK I', { exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Phẩm chất, năng lực · 5A, Giữa học kì I' })).toBeVisible();
});

test('the year ends in the levels of TT 27/2020, says why, and asks nobody for learning or conduct levels', async ({ page }) => {
  await signIn(page, 'principal');
  const { rows } = await callBeside<YearEndOverview>(page, 'yearEnd.overview', { year });
  const excellent = rows.filter(row => row.award === 'XS');
  expect(excellent.length).toBeGreaterThan(0);
  await goTo(page, 'Tổng kết');
  await page.getByRole('navigation', { name: 'Các bước tổng kết' }).getByRole('button', { name: /Tính kết quả/ }).click();
  const results = page.getByRole('grid', { name: 'Tính kết quả' });
  await expect(results.getByRole('row').nth(2)).toBeVisible();
  const heads = await results.getByRole('columnheader').allTextContents();
  expect(heads).toContain('Đánh giá KQGD');
  expect(heads.filter(head => /Học tập|Rèn luyện/.test(head))).toEqual([]);
  await page.getByRole('button', { name: new RegExp(`^Xuất sắc ${excellent.length}$`) }).click();
  await results.focus();
  await page.keyboard.press('ArrowDown');
  const why = page.getByRole('complementary', { name: 'Vì sao có kết quả này' });
  await expect(why).toContainText('Đủ điều kiện Hoàn thành xuất sắc');
  await expect(why).toContainText('Thông tư 27/2020/TT-BGDĐT, Điều 9');
});
