import path from 'node:path';
import { BrowserWindow, app, screen } from 'electron';
import { text } from '../../resources/language/language.ts';
import { bundleOrigin } from './window-security.ts';
import type { SettingsFile } from './shell-settings.ts';
import { fitToScreens, smallest } from './window-state.ts';

/** Opens the program's window where it was last time; it is shown when its first screen is drawn. */
export function openMainWindow(settings: SettingsFile, bundleFolder: string): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const displays = [primary, ...screen.getAllDisplays().filter(display => display.id !== primary.id)];
  const { maximized, ...bounds } = fitToScreens(settings.current.window, displays.map(display => display.workArea));
  const window = new BrowserWindow({
    ...bounds,
    minWidth: Math.min(smallest.width, bounds.width),
    minHeight: Math.min(smallest.height, bounds.height),
    show: false,
    title: text('app.name'),
    backgroundColor: '#ffffff',
    autoHideMenuBar: false,
    webPreferences: {
      preload: path.join(bundleFolder, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    // While maximized, the bounds to remember are those the window returns to.
    settings.update({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  });
  void window.loadURL(`${bundleOrigin}index.html`);
  return window;
}

/** Brings the window in front of the user, also out of the task bar. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
