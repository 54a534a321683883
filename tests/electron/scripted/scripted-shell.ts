import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { Bridge } from '../../../preload/contract/index.ts';
import { buildNode } from '../../../scripts/build-node.ts';
import { launchShell, type LaunchOptions, type ShellApp } from '../launch-shell.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const built = path.join(root, 'test-results', 'scripted-shell');
const entry = path.join(built, 'main', 'app.js');

/** Bundles the real shell around the scripted program and its page; once per test run, from the global setup. */
export async function buildScriptedShell(): Promise<void> {
  await buildNode({ outFolder: built, replace: {
    'main/entry/start-program.ts': 'tests/electron/scripted/scripted-program.ts',
    'main/entry/demo-build.ts': 'tests/electron/scripted/scripted-demo.ts',
  } });
  for (const file of ['index.html', 'page.js']) cpSync(path.join(import.meta.dirname, file), path.join(built, 'renderer', file));
}

export function isScriptedShellBuilt(): boolean {
  return existsSync(entry);
}

type Launch = (options?: Omit<LaunchOptions, 'dataFolder' | 'main'>) => Promise<ShellApp>;

/** A key given from outside, so that a test about something else meets no key window. */
export const plainKey = 'ab'.repeat(32);

/**
 * `test` of the shell's own specs: `launch()` starts the real shell around the scripted program on this test's own data folder, as often
 * as the test likes; `app` and `page` are a first start without any key window.
 */
export const test = base.extend<{ dataFolder: string; launch: Launch; app: ShellApp; page: Page }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from this pattern
  dataFolder: async ({}, use) => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'so-truong-shell-'));
    await use(path.join(parent, 'Dữ liệu của trường'));
    rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
  launch: async ({ dataFolder }, use) => {
    const launched: ShellApp[] = [];
    await use(async options => {
      const app = await launchShell({ dataFolder, main: entry, ...options });
      launched.push(app);
      return app;
    });
    await Promise.all(launched.map(app => app.close()));
  },
  app: async ({ launch }, use) => { await use(await launch({ env: { SO_TRUONG_KEY: plainKey } })); },
  page: async ({ app }, use) => { await use(await app.window()); },
});
export { expect } from '@playwright/test';

/** What the page of these tests puts on its window. */
export interface TestWindow {
  bridge: Bridge;
  saveBytes(name: string, text: string): void;
  holdBack(): void;
}

/** Makes a call as the page would, and gives back the whole result. */
export function callFromPage(page: Page, name: string, input: unknown = {}): Promise<unknown> {
  return page.evaluate(([called, given]) => (globalThis as unknown as TestWindow).bridge.call(called as string, given), [name, input]);
}
