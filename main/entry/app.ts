import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { declareBundleScheme } from '../electron/bundle-protocol.ts';
import { readLaunch } from '../electron/launch-arguments.ts';
import { closeEverything } from '../electron/window-security.ts';
import { dataFolder, defaultDataFolder } from './data-folder.ts';
import { DesktopShell } from './desktop-shell.ts';
import { runSelfCheck } from './self-check.ts';

/**
 * The desktop program. What must be settled before Electron is ready: where everything lies, the scheme of the window's files, the rules
 * for every page, and that no second program opens the same data.
 */
const launch = readLaunch(process.argv);
const folder = dataFolder(launch.dataFolder ?? defaultDataFolder());
const profile = path.join(folder.root, 'window');
mkdirSync(profile, { recursive: true });
app.setPath('userData', profile);
app.setAppUserModelId('vn.sotruong.app');
declareBundleScheme();
closeEverything();

if (launch.selfCheck !== null) {
  void checkAndLeave(launch.selfCheck);
} else if (app.requestSingleInstanceLock()) {
  const shell = new DesktopShell(folder);
  app.on('second-instance', () => { shell.bringForward(); });
  // Between the small windows of the start there is no window at all; the program must not end there.
  app.on('window-all-closed', () => undefined);
  void start(shell);
} else {
  app.quit();
}

async function start(shell: DesktopShell): Promise<void> {
  await app.whenReady();
  // Dialogs exist only from here on; a fault before this ends the program, with its trace on standard error.
  process.on('uncaughtException', fault => { void shell.fault('program', fault); });
  process.on('unhandledRejection', fault => { void shell.fault('program', fault); });
  await shell.start();
}

async function checkAndLeave(reportFile: string): Promise<void> {
  await app.whenReady();
  app.exit(await runSelfCheck(reportFile) ? 0 : 1);
}
