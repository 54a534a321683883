import { existsSync } from 'node:fs';
import path from 'node:path';
import { app, session, shell, type BrowserWindow } from 'electron';
import type { DatabaseKey } from '../../db/open.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { currentLanguage, useLanguage } from '../../resources/language/language.ts';
import { setAppMenu } from '../electron/app-menu.ts';
import { serveBundle } from '../electron/bundle-protocol.ts';
import { FaultLog } from '../electron/fault-log.ts';
import { KeyStore } from '../electron/key-store.ts';
import { askRecoveryKey, showRecoveryKey } from '../electron/key-window.ts';
import { bringForward, openMainWindow } from '../electron/main-window.ts';
import { printPage, savePageAsPdf } from '../electron/page-print.ts';
import { ProgramUpdater } from '../electron/program-updater.ts';
import { QuitGate } from '../electron/quit-gate.ts';
import { RunningJobs } from '../electron/running-jobs.ts';
import { saveDownloads } from '../electron/save-downloads.ts';
import { askCannotStart, askProgramFault, askUnresponsive, askWindowGone, failureOf, showAbout, showFailure, tellKeyRefused } from '../electron/shell-dialogs.ts';
import { SettingsFile } from '../electron/shell-settings.ts';
import { buildingPage, firstStartPage } from '../electron/small-pages.ts';
import { SmallWindow } from '../electron/small-window.ts';
import { openTokenUtility } from '../electron/token-utility.ts';
import { WindowBridge } from '../electron/window-bridge.ts';
import { closeSession } from '../electron/window-security.ts';
import { AppError } from '../kit/errors.ts';
import { keyFromEnvironment, type DataFolder } from './data-folder.ts';
import type { Program } from './program.ts';
import { startDemoBuild } from './demo-build.ts';
import { startProgram } from './start-program.ts';

/** Faults that another key can cure. */
const keyFaults = ['database.wrongKey', 'shellKey.noKeystore', 'shellKey.sealedElsewhere', 'shellKey.damaged', 'shellKey.missing'];

/** The bundle's `out/`: this file's own folder is `out/main`. */
const bundleFolder = path.resolve(import.meta.dirname, '..');

/** The licences of what the program is made of: beside app.asar once installed, where other programs can open it. */
function licencesFile(): string {
  return app.isPackaged ? path.join(process.resourcesPath, 'THIRD-PARTY-NOTICES.txt') : path.join(app.getAppPath(), 'THIRD-PARTY-NOTICES.md');
}

/** The opened school: the program and the key its database was opened with. */
interface OpenSchool {
  program: Program;
  key: DatabaseKey;
}

/** The program on one office PC, from its start to its end: one data folder, one window. */
export class DesktopShell {
  readonly #folder: DataFolder;
  readonly #settings: SettingsFile;
  readonly #log: FaultLog;
  readonly #keys: KeyStore;
  readonly #jobs = new RunningJobs();
  #window: BrowserWindow | null = null;
  #gate: QuitGate | null = null;
  #isFaulted = false;
  /** There is no database yet and the user begins a school of his own. */
  #isBeginning = false;

  constructor(folder: DataFolder) {
    this.#folder = folder;
    this.#settings = new SettingsFile(path.join(folder.root, 'window'));
    this.#log = new FaultLog(path.join(folder.root, 'window'));
    this.#keys = new KeyStore(folder.root);
  }

  /** Opens the school and its window; ends the program when the user gives up opening it. */
  async start(): Promise<void> {
    useLanguage(this.#settings.current.language);
    closeSession(session.defaultSession);
    serveBundle(session.defaultSession, path.join(bundleFolder, 'renderer'));
    const school = await this.#openSchool();
    if (school === null) {
      app.exit(0);
      return;
    }
    const { program, key } = school;
    const gate = new QuitGate({ program, jobs: this.#jobs, window: () => this.#window, log: this.#log });
    const bridge = new WindowBridge(program, this.#log);
    const updater = new ProgramUpdater({ settings: this.#settings, log: this.#log, window: () => this.#window, leaveThen: act => { gate.leaveThen(act); } });
    this.#gate = gate;
    gate.install();
    bridge.install();
    program.on((event, to) => {
      this.#jobs.take(event);
      bridge.announce(event, to);
    });
    saveDownloads(session.defaultSession, this.#settings, () => this.#window);
    const window = this.#openWindow(bridge, gate);
    this.#setMenu(window, bridge, updater, key);
    this.#followLanguage(window, () => { this.#setMenu(window, bridge, updater, key); });
    updater.start();
    app.on('child-process-gone', (_event, { type, reason, name }) => { this.#log.add('child process', `${type} ${name ?? ''} ${reason}`); });
    await this.#settleRecoveryKey(key, window);
  }

  bringForward(): void {
    if (this.#window !== null) bringForward(this.#window);
  }

  /** A fault nobody foresaw: logged, told, and the program starts again or ends; what was typed is on disk. */
  async fault(where: string, fault: unknown): Promise<void> {
    this.#log.add(where, fault);
    if (this.#isFaulted) return;
    this.#isFaulted = true;
    const answer = await askProgramFault(this.#window, failureOf(fault).what, this.#log.file);
    await this.#gate?.close();
    if (answer === 'restart') app.relaunch();
    app.exit(1);
  }

  /** Asks again and again for what is missing, until the school is open or the user gives up. */
  async #openSchool(): Promise<OpenSchool | null> {
    let typed: Buffer | null = null;
    for (;;) {
      try {
        const key = typed === null ? await this.#findKey() : { raw: typed };
        if (key === null) return null;
        const program = await this.#startProgram(key);
        // Only a key that has opened the database is worth keeping.
        if (typed !== null) await this.#keys.keep(typed, true);
        return { program, key };
      } catch (fault) {
        this.#log.add('opening the school', fault);
        const answer = await askCannotStart(fault, keyFaults.includes(failureOf(fault).code));
        if (answer === 'quit') return null;
        typed = answer === 'recoveryKey' ? await askRecoveryKey(key => this.#keys.mayBe(key)) : null;
      }
    }
  }

  /** The key of the school on this PC; null when there is no school and the user wants none. */
  async #findKey(): Promise<DatabaseKey | null> {
    if (this.#isKeyGivenFromOutside()) return keyFromEnvironment(this.#folder);
    if (!existsSync(this.#folder.database)) return this.#beginSchool();
    if (!this.#keys.exists) throw new AppError('shellKey.missing', { batchCanContinue: false });
    return { raw: await this.#keys.read() };
  }

  /** By whoever set the variable, or by the command line that built a demo school and kept its key beside it. */
  #isKeyGivenFromOutside(): boolean {
    return process.env['SO_TRUONG_KEY'] !== undefined || process.env['SO_TRUONG_PASSPHRASE'] !== undefined || existsSync(path.join(this.#folder.root, 'database.key'));
  }

  async #beginSchool(): Promise<DatabaseKey | null> {
    const raw = await this.#keys.create();
    if (await this.#offerBeginning(raw)) return { raw };
    this.#keys.forget();
    return null;
  }

  /** Offers a school of one's own (the window asks for it) or a demo; resolves to whether there is one to open now. */
  async #offerBeginning(key: Buffer): Promise<boolean> {
    const small = new SmallWindow(null);
    try {
      const pressed = await small.ask(firstStartPage(this.#folder.root));
      this.#isBeginning = pressed?.act === 'begin';
      if (pressed?.act !== 'demo') return this.#isBeginning;
      const hasClosed = small.ask(buildingPage('')).then(() => 'closed' as const);
      const build = startDemoBuild(this.#folder.root, key, item => { small.replace(buildingPage(item)); });
      if (await Promise.race([build.done, hasClosed]) !== 'closed') return true;
      await build.stop();
      return false;
    } finally {
      small.close();
    }
  }

  async #startProgram(key: DatabaseKey): Promise<Program> {
    let isStarted = false;
    const program = await startProgram({
      dataFolder: this.#folder.root,
      key,
      shell: 'electron',
      create: this.#isBeginning,
      openTokenChannel: openTokenUtility,
      onCrash: fault => { if (isStarted) void this.fault('core', fault); },
    });
    isStarted = true;
    return program;
  }

  #openWindow(bridge: WindowBridge, gate: QuitGate): BrowserWindow {
    const window = openMainWindow(this.#settings, bundleFolder);
    const contents = window.webContents;
    this.#window = window;
    window.on('closed', () => { this.#window = null; });
    bridge.admit(contents);
    gate.guard(window);
    contents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      this.#log.add('window', `render process gone: ${reason}`);
      void this.#afterWindowGone(window, reason);
    });
    window.on('unresponsive', () => { void this.#afterSilence(window); });
    return window;
  }

  async #afterWindowGone(window: BrowserWindow, reason: string): Promise<void> {
    if (await askWindowGone(window, reason) === 'quit') app.quit();
    else window.webContents.reload();
  }

  /** A page that stays silent is ended; what follows is as after any page that died. */
  async #afterSilence(window: BrowserWindow): Promise<void> {
    if (await askUnresponsive(window) === 'reopen') window.webContents.forcefullyCrashRenderer();
  }

  #setMenu(window: BrowserWindow, bridge: WindowBridge, updater: ProgramUpdater, key: DatabaseKey): void {
    setAppMenu({
      print: () => { void printPage(window.webContents, window); },
      savePage: () => { void savePageAsPdf(window, this.#settings); },
      openDataFolder: () => { void this.#open(this.#folder.root); },
      showRecoveryKey: this.#keys.exists && 'raw' in key ? () => { void this.#showKeyAgain(Buffer.from(key.raw), window, bridge); } : null,
      checkForUpdate: () => { void updater.lookOnRequest(); },
      showLicences: () => { void this.#open(licencesFile()); },
      showAbout: () => { void showAbout(window, this.#folder.root); },
    });
  }

  async #open(place: string): Promise<void> {
    const refusal = await shell.openPath(place);
    if (refusal !== '') await showFailure(new AppError('shellOpen.refused', { params: { place, refusal } }), this.#window);
  }

  /** The menu speaks the language chosen in the window, which the page tells by its `lang`. */
  #followLanguage(window: BrowserWindow, setMenu: () => void): void {
    const follow = async (): Promise<void> => {
      if (window.isDestroyed()) return;
      const lang: unknown = await window.webContents.executeJavaScript('document.documentElement.lang');
      const language = lang === 'en' ? 'en' : 'vi';
      if (language === currentLanguage()) return;
      useLanguage(language);
      this.#settings.update({ language });
      setMenu();
    };
    const quietly = (): void => { follow().catch((fault: unknown) => { this.#log.add('language of the window', fault); }); };
    window.webContents.on('did-finish-load', quietly);
    window.webContents.on('did-navigate-in-page', quietly);
    window.on('focus', quietly);
  }

  /** A new school's recovery key is shown at every start until someone has proved to have written it down. */
  async #settleRecoveryKey(key: DatabaseKey, window: BrowserWindow): Promise<void> {
    if (!this.#keys.exists || !('raw' in key) || this.#keys.isWrittenDown) return;
    if (await showRecoveryKey(Buffer.from(key.raw), true, this.#settings, window)) this.#keys.markWrittenDown();
  }

  async #showKeyAgain(key: Buffer, window: BrowserWindow, bridge: WindowBridge): Promise<void> {
    const account = await bridge.accountOf(window.webContents);
    if (account === null || !mayCall(account.role, 'system.manage')) await tellKeyRefused(window);
    else if (await showRecoveryKey(key, false, this.#settings, window)) this.#keys.markWrittenDown();
  }
}
