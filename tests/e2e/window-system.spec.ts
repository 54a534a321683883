import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ClassCard } from '../../preload/contract/classes.ts';
import { demoAccounts, expect, signIn, test } from './shells.ts';
import { callBeside, goTo, year } from './window-acts.ts';

test('the data is checked and found whole; the program says where it lies and who may sign in', async ({ page, dataFolder }) => {
  await signIn(page, 'principal');
  await goTo(page, 'Hệ thống');
  await expect(page.getByText(path.basename(dataFolder))).toBeVisible();
  await expect(page.getByText('Dữ liệu được mã hoá')).toBeVisible();
  const accounts = page.getByRole('row').filter({ hasText: 'Đang dùng' });
  await expect(accounts).toHaveCount(demoAccounts().length);
  await page.getByRole('main').getByRole('button', { name: 'Kiểm tra', exact: true }).click();
  await expect(page.getByText('Dữ liệu còn nguyên vẹn')).toBeVisible({ timeout: 30_000 });
});

test('a filed paper that is gone is named, with what to do', async ({ page, dataFolder }) => {
  test.slow();
  await signIn(page, 'secretary');
  const { classes } = await callBeside<{ classes: ClassCard[] }>(page, 'classes.list', { year });
  await callBeside(page, 'transcripts.prepare', { classId: classes[0]?.classId ?? '' });
  await goTo(page, 'Học bạ');
  await expect(page.getByRole('grid', { name: 'Học bạ' }).getByRole('row').nth(1)).toContainText(/Chủ nhiệm ký \d+ bản/, { timeout: 60_000 });
  rmSync(path.join(dataFolder, 'files'), { recursive: true });

  await goTo(page, 'Hệ thống');
  await page.getByRole('main').getByRole('button', { name: 'Kiểm tra', exact: true }).click();
  await expect(page.getByText(/^\d+ chỗ cần xử lí/)).toBeVisible({ timeout: 30_000 });
  const problem = page.getByRole('row', { name: /Học bạ đã lưu Thiếu tệp/ }).first();
  await expect(problem).toContainText('Khôi phục thư mục dữ liệu từ bản sao lưu.');
});
