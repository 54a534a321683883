import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { WebContents, WebFrame } from '../electron-surface.ts';
import type { CdpSession } from './cdp-client.ts';
import { browserSession } from './double-browser.ts';
import { DoubleEmitter, preventable } from './double-emitter.ts';
import { ipcMain } from './double-ipc.ts';
import { fromChromium, toChromium } from './double-place.ts';
import type { SessionDouble } from './double-session.ts';
import { mainWorldSource, preloadWorldSource } from './page-worlds.ts';
import { answerRequest, type PausedRequest } from './page-requests.ts';
import { printToPdf } from './page-pdf.ts';
import { decodeClone, encodeClone } from './structured-codec.ts';

const world = 'electron-preload';
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** What a page says to the double through the binding of its preload world. */
type FromPage = { kind: 'invoke'; id: number; channel: string; args: unknown[] } | { kind: 'preload-fault'; message: string };

export interface ContentsOwner {
  session: SessionDouble;
  preload: string | undefined;
  javascript: boolean;
  /** Called at the first load, as Electron's first paint. */
  firstLoaded(): void;
  closed(): void;
}

export class WebContentsDouble extends DoubleEmitter implements Omit<WebContents, 'on' | 'once' | 'off'> {
  readonly id: number;
  readonly mainFrame: WebFrame;
  /** Navigations the page asked for and the app refused, and windows it asked for, for tests. */
  readonly refused: string[] = [];
  readonly #owner: ContentsOwner;
  readonly #attached: Promise<CdpSession>;
  #page: CdpSession | null = null;
  #url = '';
  #title = '';
  #expected = '';
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #preloadContext: number | null = null;
  #whenPreloaded: (() => void)[] = [];
  #isDestroyed = false;

  constructor(id: number, owner: ContentsOwner, opened: Promise<{ page: CdpSession; targetId: string }>) {
    super('WebContents', [
      'will-navigate', 'will-redirect', 'will-attach-webview', 'will-prevent-unload', 'did-finish-load', 'did-navigate', 'did-navigate-in-page', 'page-title-updated',
      'render-process-gone', 'destroyed',
    ]);
    this.id = id;
    this.#owner = owner;
    const url = (): string => this.#url;
    this.mainFrame = { get url() { return url(); }, parent: null };
    this.#attached = opened.then(({ page, targetId }) => this.#attach(page, targetId));
    this.#attached.catch((fault: unknown) => { process.stderr.write(`electron double: ${String(fault)}\n`); });
  }

  getURL(): string { return this.#url; }
  getTitle(): string { return this.#title; }
  isDestroyed(): boolean { return this.#isDestroyed; }
  setWindowOpenHandler(handler: OpenHandler): void { this.#openHandler = handler; }
  reload(): void { void this.#attached.then(page => this.#load(page, this.#url)); }
  forcefullyCrashRenderer(): void { void this.#attached.then(page => page.send('Page.crash')).catch(() => undefined); }

  async loadURL(url: string): Promise<void> {
    await this.#load(await this.#attached, url);
  }

  send(channel: string, ...args: unknown[]): void {
    const text = encodeClone({ kind: 'event', channel, args }); // before anything else: what cannot be cloned throws here, as in Electron
    void this.#preloaded().then(context => this.#deliver(text, context));
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#attached;
    const { result, exceptionDetails } = await page.send<{ result: { value: unknown }; exceptionDetails?: { exception?: { description?: string } } }>(
      'Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? 'Script failed to execute');
    return result.value;
  }

  print(_options?: Electron.WebContentsPrintOptions, callback?: (success: boolean, failureReason: string) => void): void {
    // There is no printer here: as if the user had chosen one and it had taken the page.
    setImmediate(() => { callback?.(true, ''); });
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    return printToPdf(await this.#attached, options);
  }

  /** Runs the page's own `beforeunload` and closes it; resolves once it has gone or has been kept. */
  async close(): Promise<void> {
    const page = await this.#attached;
    await page.send('Page.close').catch(() => undefined);
  }

  async destroyNow(targetId: string): Promise<void> {
    await browserSession().send('Target.closeTarget', { targetId }).catch(() => undefined);
  }

  async #load(page: CdpSession, url: string): Promise<void> {
    this.#expected = url;
    const loaded = new Promise<void>(resolve => { this.once('did-finish-load', resolve); });
    const { errorText } = await page.send<{ errorText?: string }>('Page.navigate', { url: toChromium(url) });
    if (errorText !== undefined && errorText !== 'net::ERR_ABORTED') throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  async #attach(page: CdpSession, targetId: string): Promise<CdpSession> {
    this.#page = page;
    page.on<{ context: { id: number; name: string; auxData: { frameId: string } } }>('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== world || context.auxData.frameId !== targetId) return;
      this.#preloadContext = context.id;
      for (const resolve of this.#whenPreloaded.splice(0)) resolve();
    });
    page.on('Runtime.executionContextsCleared', () => { this.#preloadContext = null; });
    page.on<{ name: string; payload: string; executionContextId: number }>('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === 'doubleSend') void this.#hear(decodeClone(payload) as FromPage, executionContextId);
    });
    page.on<{ frame: { parentId?: string; url: string } }>('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.#url = fromChromium(frame.url);
      this.emit('did-navigate', preventable({}), this.#url);
    });
    page.on<{ url: string }>('Page.navigatedWithinDocument', ({ url }) => {
      this.#url = fromChromium(url);
      this.emit('did-navigate-in-page', preventable({}), this.#url);
    });
    page.on('Page.loadEventFired', () => {
      void this.#takeTitle().then(() => this.emit('did-finish-load', preventable({}))).then(() => this.#owner.firstLoaded());
    });
    page.on<{ url: string }>('Page.windowOpen', ({ url }) => { this.#openHandler({ url: fromChromium(url) } as Electron.HandlerDetails); });
    page.on<{ type: string }>('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload') return;
      const event = preventable({});
      this.emit('will-prevent-unload', event);
      void page.send('Page.handleJavaScriptDialog', { accept: event.defaultPrevented }).catch(() => undefined);
    });
    page.on('Inspector.targetCrashed', () => { this.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 }); });
    page.on<PausedRequest>('Fetch.requestPaused', request => { void this.#answer(page, request, targetId).catch(() => undefined); });
    browserSession().on<{ targetId: string }>('Target.targetDestroyed', gone => { if (gone.targetId === targetId) this.#gone(); });
    browserSession().on<{ targetInfo: { targetId: string; title: string } }>('Target.targetInfoChanged', ({ targetInfo }) => {
      if (targetInfo.targetId === targetId) this.#title = targetInfo.title;
    });
    await browserSession().send('Target.setDiscoverTargets', { discover: true });
    await page.send('Page.enable');
    await page.send('Runtime.enable');
    await page.send('Inspector.enable');
    await page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    if (!this.#owner.javascript) await page.send('Emulation.setScriptExecutionDisabled', { value: true });
    if (this.#owner.preload !== undefined) await installPreload(page, this.#owner.preload);
    return page;
  }

  async #answer(page: CdpSession, request: PausedRequest, targetId: string): Promise<void> {
    const url = fromChromium(request.request.url);
    const isNavigation = request.resourceType === 'Document' && request.frameId === targetId;
    if (isNavigation && url !== this.#expected) {
      const event = preventable({ url, isMainFrame: true, isSameDocument: false });
      this.emit('will-navigate', event, url);
      if (event.defaultPrevented) {
        this.refused.push(url);
        await page.send('Fetch.failRequest', { requestId: request.requestId, errorReason: 'Aborted' });
        return;
      }
    }
    if (isNavigation) this.#expected = '';
    await answerRequest(page, request, url, this.#owner.session);
  }

  async #hear(message: FromPage, context: number): Promise<void> {
    if (message.kind === 'preload-fault') {
      process.stderr.write(`electron double: Unable to load preload script: ${message.message}\n`);
      return;
    }
    const { id, channel, args } = message;
    let answer: object;
    try {
      answer = { value: await ipcMain.invoke(channel, { sender: this, senderFrame: this.mainFrame, frameId: 1, processId: this.id }, args) };
    } catch (fault) {
      answer = { fault: `Error invoking remote method '${channel}': ${String(fault)}` };
    }
    await this.#deliver(encodeClone({ kind: 'answer', id, ...answer }), context);
  }

  async #deliver(text: string, contextId: number): Promise<void> {
    // The page may have gone on meanwhile; then nobody waits for it any more.
    await this.#page?.send('Runtime.evaluate', { contextId, expression: `doubleReceive(${JSON.stringify(text)})` }).catch(() => undefined);
  }

  async #preloaded(): Promise<number> {
    await this.#attached;
    if (this.#preloadContext === null) await new Promise<void>(resolve => { this.#whenPreloaded.push(resolve); });
    return this.#preloadContext ?? 0;
  }

  async #takeTitle(): Promise<void> {
    this.#title = String(await this.executeJavaScript('document.title').catch(() => ''));
  }

  #gone(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit('destroyed');
    this.#owner.closed();
  }
}

async function installPreload(page: CdpSession, file: string): Promise<void> {
  const secret = randomUUID();
  await page.send('Runtime.addBinding', { name: 'doubleSend', executionContextName: world });
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(secret) });
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadWorldSource(secret, readFileSync(file, 'utf8'), process.platform), worldName: world });
}
