import { app, powerMonitor, session, type BrowserWindow } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { AppError } from '../kit/errors.ts';
import type { FaultLog } from './fault-log.ts';
import { askDownloadUpdate, askInstallUpdate, showFailure, tellNoUpdate } from './shell-dialogs.ts';
import type { SettingsFile } from './shell-settings.ts';

export interface UpdaterParts {
  settings: SettingsFile;
  log: FaultLog;
  window: () => BrowserWindow | null;
  /** Leaves the program in good order, then does the act. */
  leaveThen: (act: () => void) => void;
}

const lookEvery = 30 * 60_000; // milliseconds
const quietFor = 10 * 60; // seconds without key or mouse: nobody is interrupted, the line is free
const oncePer = 24 * 60 * 60_000; // milliseconds

/**
 * Looks for a newer program in the feed the school or its authority has set, and never without one. Only when asked, or once a day while
 * nobody works. The file's SHA-512 must be the one of the feed, and on Windows its publisher that of the installed program; otherwise
 * it is thrown away.
 */
export class ProgramUpdater {
  readonly #parts: UpdaterParts;
  #isBusy = false;

  constructor(parts: UpdaterParts) {
    this.#parts = parts;
  }

  start(): void {
    setInterval(() => { void this.lookQuietly(); }, lookEvery).unref();
  }

  /** From the menu: always answers with a dialog. */
  async lookOnRequest(): Promise<void> {
    try {
      if (!await this.#look()) await tellNoUpdate(this.#parts.window());
    } catch (fault) {
      this.#parts.log.add('update', fault);
      await showFailure(named(fault), this.#parts.window());
    }
  }

  /** From the clock: says nothing unless there is an update. */
  async lookQuietly(): Promise<void> {
    const { settings, log } = this.#parts;
    const checkedAt = Date.parse(settings.current.updateCheckedAt ?? '') || 0;
    if (settings.current.updateFeed === undefined || powerMonitor.getSystemIdleTime() < quietFor || Date.now() - checkedAt < oncePer) return;
    try {
      await this.#look();
    } catch (fault) {
      log.add('update', fault);
    }
  }

  /** Resolves to whether there was a newer version, whatever the user then decided. */
  async #look(): Promise<boolean> {
    if (this.#isBusy) return true;
    this.#isBusy = true;
    try {
      const feed = checkedFeed(this.#parts.settings.current.updateFeed);
      const updater = await openUpdater(feed, this.#parts.log);
      const found = await updater.checkForUpdates();
      this.#parts.settings.update({ updateCheckedAt: new Date().toISOString() });
      if (found === null) throw new AppError('update.unsupported');
      if (!found.isUpdateAvailable) return false;
      await this.#offer(updater, found.updateInfo.version);
      return true;
    } finally {
      this.#isBusy = false;
    }
  }

  async #offer(updater: AppUpdater, version: string): Promise<void> {
    const { window, leaveThen } = this.#parts;
    if (await askDownloadUpdate(window(), version) === 'later') return;
    updater.on('download-progress', ({ percent }) => { window()?.setProgressBar(percent / 100); });
    try {
      await updater.downloadUpdate();
    } finally {
      window()?.setProgressBar(-1);
    }
    if (await askInstallUpdate(window(), version) === 'now') leaveThen(() => {
      updater.quitAndInstall();
      app.quit(); // also where the installer could not be started: there is no window any more
    });
  }
}

/**
 * The feed as a folder URL.
 * @throws AppError `update.notConfigured`, `update.badFeed` (not https, and not this PC)
 */
export function checkedFeed(feed: string | undefined): string {
  if (feed === undefined || feed === '') throw new AppError('update.notConfigured');
  const url = URL.canParse(feed) ? new URL(feed) : null;
  const isLoopback = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !isLoopback)) throw new AppError('update.badFeed', { params: { feed } });
  return feed.endsWith('/') ? feed : `${feed}/`;
}

/** Electron-updater is loaded when first needed: most schools never need it. */
async function openUpdater(feed: string, log: FaultLog): Promise<AppUpdater> {
  const { default: { autoUpdater } } = await import('electron-updater');
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = true; // "later" means: when the program is next closed
  autoUpdater.allowDowngrade = false;
  autoUpdater.logger = { info: () => undefined, warn: () => undefined, error: fault => { log.add('update', fault); } };
  autoUpdater.setFeedURL({ provider: 'generic', url: feed });
  openOnlyTo(feed);
  return autoUpdater;
}

/** Every session of the program is cut off from the network; the updater's may reach its feed and nothing else. */
function openOnlyTo(feed: string): void {
  const own = session.fromPartition('electron-updater', { cache: false });
  own.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, answer) => { answer({ cancel: !url.startsWith(feed) }); });
}

function named(fault: unknown): unknown {
  if (fault instanceof AppError || !(fault instanceof Error)) return fault;
  const code = 'code' in fault ? String(fault.code) : '';
  if (code === 'ERR_CHECKSUM_MISMATCH') return new AppError('update.tampered', { cause: fault });
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE') return new AppError('update.unsigned', { cause: fault });
  return new AppError('update.unreachable', { params: { detail: fault.message.split('\n', 1)[0] ?? '' }, cause: fault });
}
