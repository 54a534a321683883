/// <reference types="electron" />
/**
 * The part of Electron that the program uses and the double models, cut out of Electron's own types. Three things hold it honest: the
 * assertions at the end (the real module fits it), `electron-double.ts` (the double fits it), and `electron-surface.test.ts`, which
 * compiles the program against it alone, so that a member used but not modelled is a compile error.
 */
type Emitting = 'on' | 'once' | 'off';

export interface WebFrame extends Pick<Electron.WebFrameMain, 'url'> {
  readonly parent: WebFrame | null;
}

export interface WebContents extends Pick<
  Electron.WebContents,
  Emitting | 'id' | 'send' | 'isDestroyed' | 'getURL' | 'getTitle' | 'loadURL' | 'reload' | 'print' | 'printToPDF' | 'executeJavaScript'
  | 'setWindowOpenHandler' | 'forcefullyCrashRenderer'
> {
  readonly mainFrame: WebFrame;
}

export interface BrowserWindow extends Pick<
  Electron.BrowserWindow,
  Emitting | 'id' | 'loadURL' | 'show' | 'hide' | 'focus' | 'close' | 'destroy' | 'isDestroyed' | 'isVisible' | 'isFocused' | 'isMinimized' | 'minimize'
  | 'restore' | 'isMaximized' | 'maximize' | 'unmaximize' | 'getBounds' | 'setBounds' | 'getNormalBounds' | 'getTitle' | 'setTitle'
  | 'setProgressBar' | 'setContentProtection' | 'removeMenu'
> {
  readonly webContents: WebContents;
}

export interface WebPreferences extends Omit<Electron.WebPreferences, 'session'> {
  session?: Session;
}
export interface BrowserWindowConstructorOptions extends Omit<Electron.BrowserWindowConstructorOptions, 'parent' | 'webPreferences'> {
  parent?: BrowserWindow;
  webPreferences?: WebPreferences;
}
export interface BrowserWindowConstructor {
  new (options?: BrowserWindowConstructorOptions): BrowserWindow;
  getAllWindows(): BrowserWindow[];
  getFocusedWindow(): BrowserWindow | null;
}

export interface DownloadItem extends Pick<
  Electron.DownloadItem, Emitting | 'getURL' | 'getFilename' | 'getSavePath' | 'setSavePath' | 'setSaveDialogOptions' | 'getSaveDialogOptions' | 'cancel' | 'getState'
> {}

export interface Session extends Pick<
  Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled' | 'fetch'
> {
  readonly protocol: Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'>;
  readonly webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'>;
  on(event: 'will-download', listener: (event: Electron.Event, item: DownloadItem, contents: WebContents) => void): this;
}

export interface App extends Pick<
  Electron.App,
  'quit' | 'exit' | 'relaunch' | 'enableSandbox' | 'whenReady' | 'isReady' | 'getPath' | 'setPath' | 'getVersion' | 'getName' | 'getAppPath' | 'isPackaged'
  | 'setAppUserModelId' | 'requestSingleInstanceLock' | 'releaseSingleInstanceLock'
> {
  on(event: 'before-quit' | 'will-quit', listener: (event: Electron.Event) => void): this;
  on(event: 'window-all-closed', listener: () => void): this;
  on(event: 'second-instance', listener: (event: Electron.Event, argv: string[], workingDirectory: string, additionalData: unknown) => void): this;
  on(event: 'session-created', listener: (session: Session) => void): this;
  on(event: 'web-contents-created', listener: (event: Electron.Event, contents: WebContents) => void): this;
  on(event: 'child-process-gone', listener: (event: Electron.Event, details: Electron.Details) => void): this;
  once(event: 'quit', listener: (event: Electron.Event, exitCode: number) => void): this;
}

export interface IpcMainInvokeEvent extends Pick<Electron.IpcMainInvokeEvent, 'frameId' | 'processId'> {
  readonly sender: WebContents;
  readonly senderFrame: WebFrame | null;
}
export interface IpcMain {
  handle(channel: string, listener: (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown): void;
  removeHandler(channel: string): void;
}

/** `Window` is the double's own window here, and Electron's in the assertion below. */
export interface Dialog<Window = BrowserWindow> {
  showMessageBox(window: Window, options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue>;
  showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue>;
  showMessageBoxSync(window: Window, options: Electron.MessageBoxSyncOptions): number;
  showSaveDialog(window: Window, options: Electron.SaveDialogOptions): Promise<Electron.SaveDialogReturnValue>;
}

export type PowerMonitor = Pick<Electron.PowerMonitor, 'getSystemIdleTime'> & {
  on(event: 'shutdown', listener: () => void): unknown;
};

export interface UtilityProcess extends Pick<Electron.UtilityProcess, Emitting | 'postMessage' | 'kill' | 'pid'> {}
export interface MenuItem extends Pick<Electron.MenuItem, 'id' | 'label' | 'type' | 'role' | 'visible' | 'enabled' | 'checked' | 'click'> {
  submenu?: Menu;
}
export interface Menu {
  readonly items: MenuItem[];
  getMenuItemById(id: string): MenuItem | null;
}

/** Everything a main-process module may import from 'electron' as a value. */
export interface ElectronSurface {
  app: App;
  BrowserWindow: BrowserWindowConstructor;
  dialog: Dialog;
  ipcMain: IpcMain;
  Menu: {
    buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
    getApplicationMenu(): Menu | null;
  };
  powerMonitor: PowerMonitor;
  powerSaveBlocker: Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>;
  protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;
  safeStorage: Pick<Electron.SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>;
  screen: Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>;
  session: { readonly defaultSession: Session; fromPartition(partition: string, options?: Electron.FromPartitionOptions): Session };
  shell: Pick<Electron.Shell, 'openExternal' | 'openPath'>;
  utilityProcess: { fork(file: string, args?: string[], options?: Electron.ForkOptions): UtilityProcess };
}

export declare const app: App;
export declare const BrowserWindow: BrowserWindowConstructor;
export declare const dialog: Dialog;
export declare const ipcMain: IpcMain;
export declare const Menu: ElectronSurface['Menu'];
export declare const powerMonitor: PowerMonitor;
export declare const powerSaveBlocker: ElectronSurface['powerSaveBlocker'];
export declare const protocol: ElectronSurface['protocol'];
export declare const safeStorage: ElectronSurface['safeStorage'];
export declare const screen: ElectronSurface['screen'];
export declare const session: ElectronSurface['session'];
export declare const shell: ElectronSurface['shell'];
export declare const utilityProcess: ElectronSurface['utilityProcess'];

/** What a sandboxed preload script may import. */
export declare const contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
export declare const ipcRenderer: Pick<Electron.IpcRenderer, 'invoke' | 'on' | 'off'>;

export type MenuItemConstructorOptions = Electron.MenuItemConstructorOptions;
export type MessageBoxOptions = Electron.MessageBoxOptions;
export type FileFilter = Electron.FileFilter;
export type Rectangle = Electron.Rectangle;
export type IpcRendererEvent = Electron.IpcRendererEvent;

/** The real module fits the surface: nothing here was invented. Each line fails to compile where Electron changes. */
type Fits<Real extends Surface, Surface> = Real;
export type RealElectronFits = [
  Fits<Electron.WebContents, WebContents>,
  Fits<Electron.BrowserWindow, BrowserWindow>,
  Fits<Electron.DownloadItem, DownloadItem>,
  Fits<Electron.Session, Session>,
  Fits<Electron.App, App>,
  Fits<Electron.IpcMainInvokeEvent, IpcMainInvokeEvent>,
  Fits<Electron.IpcMain, IpcMain>,
  Fits<Electron.Dialog, Dialog<Electron.BrowserWindow>>,
  Fits<Electron.PowerMonitor, PowerMonitor>,
  Fits<Electron.UtilityProcess, UtilityProcess>,
  Fits<Electron.MenuItem, MenuItem>,
  Fits<Electron.Menu, Menu>,
];
