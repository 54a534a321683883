import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PartCheck } from '../../main/entry/self-check.ts';
import { launchShell } from '../electron/launch-shell.ts';
import { expect, signIn, test } from './shells.ts';

test('the school opens, its database lies encrypted on the disk, and opens again', async ({ page, app, dataFolder }) => {
  const account = await signIn(page, 'principal');
  await expect(page.getByText(account.name).first()).toBeVisible();
  await app?.close();
  expect(readFileSync(path.join(dataFolder, 'so-truong.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  const again = await launchShell({ dataFolder });
  try {
    await signIn(await again.window(), 'teacher');
  } finally {
    await again.close();
  }
});

test('the first start on a PC: a demo school is built, its recovery key shown, and its people may sign in', async () => {
  test.setTimeout(300_000);
  const parent = mkdtempSync(path.join(os.tmpdir(), 'so-truong-first-'));
  const app = await launchShell({ dataFolder: path.join(parent, 'Dữ liệu của trường') });
  try {
    const choice = await app.window('keys');
    await choice.getByRole('button', { name: 'Dựng trường mẫu' }).click();
    await expect(choice.getByText('Đang dựng trường mẫu').first()).toBeVisible();
    const page = await app.window('bundle');
    const keys = await app.window('keys');
    const recoveryKey = await keys.getByTestId('recovery-key').innerText();
    await keys.getByRole('textbox').fill(recoveryKey.slice(-4));
    await keys.getByRole('button', { name: 'Đã cất giữ' }).click();
    await page.getByRole('button', { name: 'Hiệu trưởng' }).first().click();
    await expect(page.getByRole('navigation').first()).toBeVisible();
  } finally {
    await app.close();
    rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});

test('the self-check tries every part of the program on its own data', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-self-check-'));
  const report = path.join(folder, 'kiểm tra.json');
  const app = await launchShell({ dataFolder: path.join(folder, 'data'), args: [`--self-check=${report}`] });
  try {
    expect(await app.exited).toBe(0);
    const { checks } = JSON.parse(readFileSync(report, 'utf8')) as { checks: PartCheck[] };
    expect(checks.map(({ part, ok }) => ({ part, ok }))).toEqual(['database', 'core', 'print', 'token', 'window'].map(part => ({ part, ok: true })));
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});
