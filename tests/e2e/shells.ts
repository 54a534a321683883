import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { launchShell, type ShellApp } from '../electron/launch-shell.ts';
import { accountsFile, demoFolder } from './global-setup.ts';

/** The two ways a person sees the same window. */
export type Shell = 'electron-double' | 'host';

/** An account of the demo school, with its password. */
export interface DemoLogin {
  user: string;
  password: string;
  role: 'principal' | 'secretary' | 'sealClerk' | 'teacher';
  name: string;
  classes: string[];
}

export interface ShellFixtures {
  /** A data folder of this test's own: the demo school, copied. Its path holds spaces and Vietnamese letters. */
  dataFolder: string;
  /** The address that lets a browser in, on the host; null in Electron. */
  hostUrl: string | null;
  /** The window, loaded; in Electron (or its double) or in a browser on the loopback host. */
  page: Page;
  /** The launched Electron behind `page`; null on the host. */
  app: ShellApp | null;
}
export interface ShellOptions {
  shell: Shell;
}

/**
 * `test` of every window spec: written once, run in both shells. Example:
 * `test('the list', async ({ page }) => { await signIn(page, 'secretary'); … })`
 */
export const test = base.extend<ShellFixtures & ShellOptions>({
  shell: ['electron-double', { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from this pattern
  dataFolder: async ({}, use) => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'so-truong-e2e-'));
    const folder = path.join(parent, 'Trường mẫu Hoà Bình');
    cpSync(demoFolder, folder, { recursive: true });
    await use(folder);
    rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
  app: async ({ shell, dataFolder }, use) => {
    if (shell === 'host') {
      await use(null);
      return;
    }
    const app = await launchShell({ dataFolder });
    await use(app);
    await app.close();
  },
  hostUrl: async ({ shell, dataFolder }, use) => {
    if (shell !== 'host') {
      await use(null);
      return;
    }
    const host = await serveOnLoopback(dataFolder);
    await use(host.url);
    await host.stop();
  },
  page: async ({ hostUrl, app, browser }, use) => {
    if (app !== null || hostUrl === null) {
      if (app !== null) await use(await app.window());
      return;
    }
    const context = await browser.newContext({ viewport: { width: 1366, height: 688 }, locale: 'vi-VN' });
    const page = await context.newPage();
    await page.goto(hostUrl);
    await use(page);
    await context.close();
  },
});
export { expect } from '@playwright/test';

/** Signs in through the window as the first demo account of `role`, and waits for the frame. */
export async function signIn(page: Page, role: DemoLogin['role']): Promise<DemoLogin> {
  const account = demoAccounts().find(one => one.role === role);
  if (account === undefined) throw new Error(`the demo school has no ${role}`);
  await page.getByLabel('Tên đăng nhập').fill(account.user);
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(account.password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('navigation').first().waitFor();
  return account;
}

/** The accounts of the demo school, as its builder printed them. */
export function demoAccounts(): DemoLogin[] {
  return JSON.parse(readFileSync(accountsFile, 'utf8')) as DemoLogin[];
}

/** Starts the command line's own `serve` and reads the address it prints. */
async function serveOnLoopback(dataFolder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['main/entry/cli.ts', 'serve', '--data', dataFolder, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>(resolve => { child.on('exit', () => { resolve(); }); });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    let faults = '';
    child.stderr.on('data', (chunk: Buffer) => { faults += chunk.toString(); });
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^\{.*\}$/m.exec(output)?.[0];
      if (line !== undefined) resolve((JSON.parse(line) as { url: string }).url);
    });
    child.on('exit', code => { reject(new Error(`serve ended with ${code}: ${faults}`)); });
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGINT');
      const tooLate = setTimeout(() => { child.kill('SIGKILL'); }, 5_000);
      await exited;
      clearTimeout(tooLate);
    },
  };
}
