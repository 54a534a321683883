import type { ElectronSurface } from './electron-surface.ts';
import { AppDouble, app as appDouble } from './double/double-app.ts';
import { takeDownloads } from './double/double-browser.ts';
import * as dialogs from './double/double-dialog.ts';
import { ipcMain as ipcMainDouble } from './double/double-ipc.ts';
import { MenuClass } from './double/double-menu.ts';
import { session as sessionDouble } from './double/double-session.ts';
import { handedOver, powerMonitor as powerMonitorDouble, powerSaveBlocker, safeStorage, screen, shell } from './double/double-system.ts';
import { utilityProcess } from './double/double-utility.ts';
import { BrowserWindowDouble } from './double/double-window.ts';
import { decodeClone, encodeClone } from './double/structured-codec.ts';

/**
 * Stands in for the `electron` module of the main process where Electron's binary cannot be had, over Debian's Chromium. What it does
 * not model throws by name. README.md beside it lists what that is.
 */
const electron: ElectronSurface = {
  app: appDouble,
  BrowserWindow: BrowserWindowDouble as unknown as ElectronSurface['BrowserWindow'],
  dialog: dialogs.dialog,
  ipcMain: ipcMainDouble,
  Menu: MenuClass,
  powerMonitor: powerMonitorDouble,
  powerSaveBlocker,
  protocol: {
    registerSchemesAsPrivileged: () => {
      if (appDouble.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    },
  },
  safeStorage,
  screen,
  session: sessionDouble,
  shell,
  utilityProcess,
};

export const { app, BrowserWindow, dialog, ipcMain, Menu, powerMonitor, protocol, session } = electron;
export { powerSaveBlocker, safeStorage, screen, shell, utilityProcess };
export { autoUpdater, net } from './double/double-net.ts';
export default electron;

/** What only a double can tell or be told; absent under real Electron. */
export interface DoubleControls {
  answers: string[];
  shown: dialogs.ShownDialog[];
  answerStanding: (answer: string) => void;
  handedOver: typeof handedOver;
  app: AppDouble;
  ipcMain: typeof ipcMainDouble;
  windows: () => BrowserWindowDouble[];
  powerMonitor: typeof powerMonitorDouble;
}
export const controls: DoubleControls = {
  answers: dialogs.coming,
  shown: dialogs.shown,
  answerStanding: dialogs.answerStanding,
  handedOver,
  app: appDouble,
  ipcMain: ipcMainDouble,
  windows: () => BrowserWindowDouble.getAllWindows(),
  powerMonitor: powerMonitorDouble,
};

/** The launcher's line: `evaluate` as Playwright's ElectronApplication has it. */
interface FromLauncher {
  kind: 'evaluate' | 'browser-connected';
  id: number;
  source: string;
  argument: string;
}

process.on('message', (message: FromLauncher) => { void answerLauncher(message); });
process.on('disconnect', () => { appDouble.exit(1); });

async function answerLauncher({ kind, id, source, argument }: FromLauncher): Promise<void> {
  if (kind === 'browser-connected') {
    await takeDownloads();
    process.send?.({ kind: 'evaluated', id, value: encodeClone(null) });
    return;
  }
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- this is what evaluate means: a test's function, run here
    const evaluate = new Function('electron', 'argument', 'controls', `return (${source})(electron, argument, controls);`) as (...given: unknown[]) => unknown;
    process.send?.({ kind: 'evaluated', id, value: encodeClone(await evaluate(electron, decodeClone(argument), controls)) });
  } catch (fault) {
    process.send?.({ kind: 'evaluated', id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) });
  }
}
