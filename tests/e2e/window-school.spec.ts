import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { launchShell } from '../electron/launch-shell.ts';
import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';

async function look(page: Page, file: (name: string) => string, name: string): Promise<void> {
  await page.screenshot({ path: file(`${name}.png`) });
}

test('an empty database asks for the school, and home says what to do next', async ({ shell, browser }, info) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-trường mới '));
  const env = { ...process.env, SO_TRUONG_PASSPHRASE: 'chỉ cho bài kiểm tra' };
  const begin = async (page: Page): Promise<void> => {
    await page.getByRole('textbox', { name: 'Mã trường' }).fill('25-00123-4');
    await page.getByRole('textbox', { name: 'Tên trường' }).fill('Trường TH&THCS Bản Lác');
    await page.getByRole('textbox', { name: 'Cơ quan chủ quản' }).fill('UBND XÃ MAI CHÂU');
    await page.getByRole('textbox', { name: 'Xã, phường' }).fill('Mai Châu');
    await page.getByRole('textbox', { name: 'Tỉnh, thành phố' }).fill('Phú Thọ');
    for (const level of ['Tiểu học', 'THCS']) await page.getByRole('checkbox', { name: level }).check();
    for (const [index, name] of ['Lường Văn Thắng', 'Hà Thị Mai'].entries()) {
      await page.getByRole('textbox', { name: 'Họ và tên' }).nth(index).fill(name);
      await page.getByLabel('Mật khẩu (từ 8 kí tự)').nth(index).fill('rừng xanh suối mát');
      await page.getByLabel('Nhập lại mật khẩu').nth(index).fill('rừng xanh suối mát');
    }
    await look(page, file => info.outputPath(file), 'begin');
    await page.getByRole('button', { name: 'Tạo trường' }).click();
    await expect(page.getByRole('button', { name: 'Đăng nhập', exact: true })).toBeVisible();
    await page.getByLabel('Tên đăng nhập').fill('vanthu');
    await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('rừng xanh suối mát');
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Bắt đầu: 0/6 việc' })).toBeVisible();
    await goTo(page, 'Lớp');
    await page.getByRole('button', { name: 'Thêm lớp' }).click();
    await page.getByLabel('Tên lớp').fill('6A');
    await page.getByRole('combobox', { name: 'Khối' }).click();
    await page.getByRole('option', { name: 'Khối 6' }).click();
    await page.getByRole('button', { name: 'Tạo lớp' }).click();
    await expect(page.getByRole('heading', { name: 'Lớp 6A' })).toBeVisible();
    await goTo(page, 'Trang chủ');
    await look(page, file => info.outputPath(file), 'start');
  };
  try {
    if (shell === 'host') {
      const child = spawn(process.execPath, ['main/entry/cli.ts', 'serve', '--new', '--data', folder, '--json'], { stdio: ['ignore', 'pipe', 'inherit'], env });
      const exited = new Promise<void>(resolve => { child.on('exit', () => { resolve(); }); });
      const url = await new Promise<string>(resolve => { child.stdout.on('data', (chunk: Buffer) => { const found = /\{.*\}/.exec(chunk.toString())?.[0]; if (found !== undefined) resolve((JSON.parse(found) as { url: string }).url); }); });
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
      const page = await context.newPage();
      await page.goto(url);
      await begin(page);
      await context.close();
      child.kill('SIGINT');
      await exited;
    } else {
      const app = await launchShell({ dataFolder: folder });
      await (await app.window('keys')).getByRole('button', { name: 'Bắt đầu với trường thật' }).click();
      await begin(await app.window());
      await app.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});

test('the office keeps the school, its days and a class, moves a pupil with his marks, and takes it back', async ({ page }, info) => {
  const shot = (name: string) => look(page, file => info.outputPath(file), name);
  await signIn(page, 'secretary');
  await goTo(page, 'Hệ thống');
  await page.getByRole('link', { name: 'Hồ sơ trường' }).click();
  await page.getByRole('textbox', { name: 'Hiệu trưởng', exact: true }).fill('Lò Thị Mai');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Đã lưu hồ sơ trường')).toBeVisible();
  await page.getByRole('alert').filter({ hasText: 'Đã lưu hồ sơ trường' }).getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByRole('textbox', { name: 'Hiệu trưởng', exact: true })).toHaveValue('');
  await shot('school');

  await goTo(page, 'Hệ thống');
  await page.getByRole('link', { name: 'Năm học, học kì, ngày nghỉ' }).click();
  await page.getByRole('button', { name: 'Thêm ngày' }).click();
  await page.getByLabel('Tên', { exact: true }).fill('Nghỉ Tết Nguyên đán');
  await page.getByLabel('Từ ngày').fill('16/2/2026');
  await page.getByLabel(/Đến ngày/).fill('22/2/2026');
  await page.getByRole('button', { name: 'Lưu 6 ngày' }).click();
  await expect(page.getByText('Nghỉ Tết Nguyên đán')).toBeVisible();
  await shot('years');

  await goTo(page, 'Lớp');
  await page.getByRole('link', { name: /^9A/ }).click();
  await page.getByRole('button', { name: 'Sắp xếp, chuyển lớp' }).click();
  const rows = page.getByRole('row').filter({ has: page.getByRole('checkbox', { name: /^Chọn (?!cả)/ }) });
  await expect(rows.first()).toBeVisible();
  const count = await rows.count();
  await shot('people');
  await goTo(page, 'Lớp');
  await page.getByRole('button', { name: 'Thêm lớp' }).click();
  await page.getByLabel('Tên lớp').fill('9Z');
  await page.getByRole('combobox', { name: 'Khối' }).click();
  await page.getByRole('option', { name: 'Khối 9' }).click();
  await page.getByRole('button', { name: 'Tạo lớp' }).click();
  await page.getByRole('button', { name: 'Hồ sơ lớp' }).click();
  await page.getByLabel('Ngoại ngữ 1', { exact: true }).fill('Tiếng Anh');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Đã lưu hồ sơ lớp 9Z')).toBeVisible();
  await shot('record');

  await goTo(page, 'Lớp');
  await page.getByRole('link', { name: /^9A/ }).click();
  await page.getByRole('button', { name: 'Sắp xếp, chuyển lớp' }).click();
  await page.getByRole('checkbox', { name: /^Chọn (?!cả)/ }).first().focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Chuyển sang lớp… (1)' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Lớp chuyển đến' }).click();
  await page.getByRole('option', { name: /^9Z/ }).click();
  await expect(dialog.getByText(/ô đi theo/)).toBeVisible();
  await shot('move');
  await dialog.getByLabel('Lí do').fill('Theo đơn của gia đình');
  await dialog.getByRole('button', { name: 'Chuyển', exact: true }).click();
  await expect(rows).toHaveCount(count - 1);
  await page.getByRole('alert').filter({ hasText: 'Đã chuyển 1 học sinh' }).getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(rows).toHaveCount(count);
  await expect(page.getByText('đã hoàn tác')).toBeVisible();

  await goTo(page, 'Lớp');
  await page.getByRole('heading', { name: /Khối 9/ }).getByRole('link', { name: 'Xếp lớp…' }).click();
  await expect(page.getByRole('button', { name: /^Xếp \d+ học sinh/ })).toBeEnabled();
  for (const at of [0, 1]) await page.getByRole('checkbox', { name: /^Chọn / }).nth(at).check();
  await page.getByRole('button', { name: 'Học cùng (2)' }).click();
  await expect(page.getByText('học cùng lớp')).toBeVisible();
  await shot('placement');
});
