import { beforeEach, expect, test, vi } from 'vitest';
import { FaultLog } from '../../main/electron/fault-log.ts';
import { ProgramUpdater } from '../../main/electron/program-updater.ts';
import type { SettingsFile, ShellSettings } from '../../main/electron/shell-settings.ts';

const system = vi.hoisted(() => ({ idleSeconds: 0, checks: 0, offline: false }));
vi.mock('electron', () => ({
  powerMonitor: { getSystemIdleTime: () => system.idleSeconds },
  session: { fromPartition: () => ({ webRequest: { onBeforeRequest: () => undefined } }) },
}));
vi.mock('electron-updater', () => ({
  default: {
    autoUpdater: {
      setFeedURL: () => undefined,
      checkForUpdates: () => {
        system.checks += 1;
        return system.offline ? Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED')) : Promise.resolve({ isUpdateAvailable: false, updateInfo: { version: '0.0.1' } });
      },
    },
  },
}));

const lunch = 45 * 60; // seconds
const faults: string[] = [];

function updaterWith(current: Partial<ShellSettings>): { updater: ProgramUpdater; settings: ShellSettings } {
  const settings: ShellSettings = { language: 'vi', ...current };
  const file = { current: settings, update: (change: Partial<ShellSettings>) => { Object.assign(settings, change); } } as unknown as SettingsFile;
  const log = Object.assign(Object.create(FaultLog.prototype) as FaultLog, { add: (_where: string, fault: unknown) => { faults.push(String(fault)); } });
  return { updater: new ProgramUpdater({ settings: file, log, window: () => null, leaveThen: () => undefined }), settings };
}

beforeEach(() => {
  Object.assign(system, { idleSeconds: lunch, checks: 0, offline: false });
  faults.length = 0;
});

test('a PC nobody uses looks once a day, and remembers when', async () => {
  const { updater, settings } = updaterWith({ updateFeed: 'https://so.gd.example/' });
  await updater.lookQuietly();
  await updater.lookQuietly();
  expect(system.checks).toBe(1);
  expect(Date.parse(settings.updateCheckedAt ?? '')).toBeGreaterThan(0);
});

test('a day later it looks again', async () => {
  const { updater } = updaterWith({ updateFeed: 'https://so.gd.example/', updateCheckedAt: new Date(Date.now() - 25 * 60 * 60_000).toISOString() });
  await updater.lookQuietly();
  expect(system.checks).toBe(1);
});

test('while somebody works, or without a feed, nothing is looked for', async () => {
  system.idleSeconds = 5;
  await updaterWith({ updateFeed: 'https://so.gd.example/' }).updater.lookQuietly();
  system.idleSeconds = lunch;
  await updaterWith({}).updater.lookQuietly();
  expect(system.checks).toBe(0);
});

test('a line that is down is a line in the log, not a dialog', async () => {
  system.offline = true;
  await updaterWith({ updateFeed: 'https://so.gd.example/' }).updater.lookQuietly();
  expect(faults).toEqual(['Error: net::ERR_INTERNET_DISCONNECTED']);
});
