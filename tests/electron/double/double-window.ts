import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from '../electron-surface.ts';
import { app } from './double-app.ts';
import type { CdpSession } from './cdp-client.ts';
import { browserSession, openPage } from './double-browser.ts';
import { WebContentsDouble } from './double-contents.ts';
import { DoubleEmitter, preventable } from './double-emitter.ts';
import { session, SessionDouble } from './double-session.ts';

type Bounds = Electron.Rectangle;
const windows = new Set<BrowserWindowDouble>();
let count = 0;

export class BrowserWindowDouble extends DoubleEmitter implements Omit<BrowserWindow, 'on' | 'once' | 'off' | 'webContents'> {
  readonly id: number;
  readonly webContents: WebContentsDouble;
  /** What Electron would show around the page, for tests. */
  progress = -1;
  isContentProtected = false;
  hasMenu = true;
  readonly options: BrowserWindowConstructorOptions;
  readonly #opened: Promise<{ page: CdpSession; targetId: string }>;
  #bounds: Bounds;
  #isVisible: boolean;
  #isMinimized = false;
  #isMaximized = false;
  #isFocused = false;
  #isDestroyed = false;
  #isLoaded = false;
  #settleClosing: ((hasGone: boolean) => void) | null = null;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', [
      'ready-to-show', 'close', 'closed', 'show', 'hide', 'focus', 'minimize', 'restore', 'maximize', 'unmaximize', 'resize', 'unresponsive', 'session-end',
    ]);
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    if (preferences.contextIsolation === false || preferences.nodeIntegration === true || preferences.sandbox === false) {
      throw new Error('electron double: only sandboxed, isolated pages without Node are modelled');
    }
    this.options = options;
    this.id = count += 1;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.#isVisible = options.show ?? true;
    const { width, height } = this.#bounds;
    this.#opened = openPage({ width, height });
    const own = (preferences.session as SessionDouble | undefined) ?? session.defaultSession;
    this.webContents = new WebContentsDouble(this.id, {
      session: own,
      preload: preferences.preload,
      javascript: preferences.javascript ?? true,
      firstLoaded: () => { this.#firstLoaded(); },
      closed: () => { this.#closed(); },
    }, this.#sized(own));
    this.webContents.on('will-prevent-unload', event => { if (!(event as Electron.Event).defaultPrevented) setImmediate(() => { this.#endClosing(false); }); });
    windows.add(this);
    app.emit('web-contents-created', preventable({}), this.webContents);
    browserSession().on<{ frameId: string; guid: string; url: string; suggestedFilename: string }>('Browser.downloadWillBegin', facts => {
      void this.#downloadMine(own, facts);
    });
  }

  static getAllWindows(): BrowserWindowDouble[] { return [...windows]; }
  static getFocusedWindow(): BrowserWindowDouble | null { return [...windows].find(window => window.isFocused()) ?? null; }

  loadURL(url: string): Promise<void> { return this.webContents.loadURL(url); }
  isVisible(): boolean { return this.#isVisible; }
  isFocused(): boolean { return this.#isFocused; }
  isMinimized(): boolean { return this.#isMinimized; }
  isMaximized(): boolean { return this.#isMaximized; }
  isDestroyed(): boolean { return this.#isDestroyed; }
  getBounds(): Bounds { return { ...this.#bounds }; }
  getNormalBounds(): Bounds { return { ...this.#bounds }; }
  getTitle(): string { return this.webContents.getTitle() || (this.options.title ?? 'Electron'); }
  setTitle(): void { throw new Error('electron double: setTitle is not modelled; the page has the title'); }
  setProgressBar(progress: number): void { this.progress = progress; }
  setContentProtection(enabled: boolean): void { this.isContentProtected = enabled; }
  removeMenu(): void { this.hasMenu = false; }

  show(): void {
    this.#isVisible = true;
    this.emit('show');
    this.focus();
  }

  hide(): void {
    this.#isVisible = false;
    this.#isFocused = false;
    this.emit('hide');
  }

  focus(): void {
    for (const window of windows) window.#isFocused = window === this;
    this.emit('focus');
  }

  minimize(): void {
    this.#isMinimized = true;
    this.#isFocused = false;
    this.emit('minimize');
  }

  restore(): void {
    this.#isMinimized = false;
    this.emit('restore');
  }

  maximize(): void {
    this.#isMaximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#isMaximized = false;
    this.emit('unmaximize');
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    void this.#opened.then(({ page }) => this.#fit(page));
    this.emit('resize');
  }

  close(): void {
    void this.tryClose();
  }

  /** Asks the app, then the page; resolves to whether the window has gone. */
  async tryClose(): Promise<boolean> {
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    if (this.#isDestroyed) return true;
    const settled = new Promise<boolean>(resolve => { this.#settleClosing = resolve; });
    await this.webContents.close();
    return settled;
  }

  destroy(): void {
    void this.#opened.then(({ targetId }) => this.webContents.destroyNow(targetId));
    this.#closed();
  }

  async #sized(own: SessionDouble): Promise<{ page: CdpSession; targetId: string }> {
    const opened = await this.#opened;
    await this.#fit(opened.page);
    await own.applyPermissions('http://bundle.app.localhost');
    return opened;
  }

  async #fit(page: CdpSession): Promise<void> {
    const { width, height } = this.#bounds;
    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }).catch(() => undefined);
  }

  async #downloadMine(own: SessionDouble, facts: { frameId: string; guid: string; url: string; suggestedFilename: string }): Promise<void> {
    if (facts.frameId !== (await this.#opened).targetId) return;
    const ended = new Promise<'completed' | 'canceled'>(resolve => {
      browserSession().on<{ guid: string; state: string }>('Browser.downloadProgress', ({ guid, state }) => {
        if (guid === facts.guid && (state === 'completed' || state === 'canceled')) resolve(state);
      });
    });
    await own.download(facts, this.webContents as unknown as WebContents, ended);
  }

  #firstLoaded(): void {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    this.emit('ready-to-show');
  }

  #endClosing(hasGone: boolean): void {
    this.#settleClosing?.(hasGone);
    this.#settleClosing = null;
  }

  #closed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.delete(this);
    for (const child of windows) if (child.options.parent === (this as unknown as BrowserWindow)) child.destroy();
    this.emit('closed');
    this.#endClosing(true);
    if (windows.size > 0) return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
  }
}

app.useWindows(() => [...windows]);
