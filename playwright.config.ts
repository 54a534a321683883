import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './tests/e2e/shells.ts';

/**
 * Window specs (`window-*.spec.ts`) run in both shells, host specs (`host-*.spec.ts`) only in a browser on the host. Electron specs run in
 * the desktop program: over the double here, over the real Electron where `ELECTRON_BIN` names its binary; `electron-double-*.spec.ts` need
 * what only the double can play.
 */
const hasElectron = (process.env['ELECTRON_BIN'] ?? '') !== '';
const desktop = hasElectron ? ['window-*.spec.ts', 'electron-*.spec.ts'] : ['window-*.spec.ts', 'electron-*.spec.ts', 'electron-double-*.spec.ts'];

export default defineConfig<ShellOptions>({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/global-setup.ts',
  outputDir: 'test-results/e2e',
  workers: 2,
  fullyParallel: true,
  timeout: 120_000,
  retries: 1, // a busy machine; scripts/test.ts tells what passed only at the second try
  expect: { timeout: 20_000 },
  reporter: [['list']],
  forbidOnly: true,
  use: {
    locale: 'vi-VN',
    browserName: 'chromium',
    launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' },
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'electron-double',
      testMatch: desktop,
      ...(hasElectron ? { testIgnore: 'electron-double-*.spec.ts' } : {}),
      use: { shell: 'electron-double' },
    },
    { name: 'host', testMatch: ['window-*.spec.ts', 'host-*.spec.ts'], use: { shell: 'host' } },
  ],
});
