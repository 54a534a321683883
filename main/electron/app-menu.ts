import { Menu, app, type MenuItemConstructorOptions } from 'electron';
import { text } from '../../resources/language/language.ts';

/** What the menu asks of the program; each is one function, so that the menu holds no logic of its own. */
export interface MenuActs {
  print(): void;
  savePage(): void;
  openDataFolder(): void;
  /** Null where the key is not kept by this program (a demo, a key from the environment). */
  showRecoveryKey: (() => void) | null;
  checkForUpdate(): void;
  showLicences(): void;
  showAbout(): void;
}

/** Sets the program's menu in the current language. Editing and zoom are the system's own roles, with our words. */
export function setAppMenu(acts: MenuActs): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate([fileMenu(acts), editMenu(), viewMenu(), helpMenu(acts)]));
}

function fileMenu(acts: MenuActs): MenuItemConstructorOptions {
  return menu('file', [
    { id: 'print', label: text('shell.menu.print'), accelerator: 'CmdOrCtrl+P', click: () => { acts.print(); } },
    { id: 'savePage', label: text('shell.menu.savePage'), click: () => { acts.savePage(); } },
    { type: 'separator' },
    { id: 'dataFolder', label: text('shell.menu.dataFolder'), click: () => { acts.openDataFolder(); } },
    { id: 'recoveryKey', label: text('shell.menu.recoveryKey'), visible: acts.showRecoveryKey !== null, click: () => { acts.showRecoveryKey?.(); } },
    { type: 'separator' },
    { id: 'quit', label: text('shell.menu.quit'), accelerator: 'CmdOrCtrl+Q', click: () => { app.quit(); } },
  ]);
}

function editMenu(): MenuItemConstructorOptions {
  const roles = ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const;
  return menu('edit', roles.map(role => ({ role, label: text(`shell.menu.${role}`) })));
}

function viewMenu(): MenuItemConstructorOptions {
  return menu('view', [
    { role: 'reload', label: text('shell.menu.reload') },
    { type: 'separator' },
    { role: 'zoomIn', label: text('shell.menu.zoomIn') },
    { role: 'zoomOut', label: text('shell.menu.zoomOut') },
    { role: 'resetZoom', label: text('shell.menu.resetZoom') },
    { role: 'togglefullscreen', label: text('shell.menu.fullScreen') },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: text('shell.menu.devTools') } as const]),
  ]);
}

function helpMenu(acts: MenuActs): MenuItemConstructorOptions {
  return menu('help', [
    { id: 'update', label: text('shell.menu.update'), click: () => { acts.checkForUpdate(); } },
    { id: 'licences', label: text('shell.menu.licences'), click: () => { acts.showLicences(); } },
    { id: 'about', label: text('shell.menu.about'), click: () => { acts.showAbout(); } },
  ]);
}

function menu(name: 'file' | 'edit' | 'view' | 'help', submenu: MenuItemConstructorOptions[]): MenuItemConstructorOptions {
  return { label: text(`shell.menu.${name}`), submenu };
}
