import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { App } from '../electron-surface.ts';
import { startBrowser, stopBrowser } from './double-browser.ts';
import { DoubleEmitter, preventable } from './double-emitter.ts';
import { getPath, setPath } from './double-place.ts';

interface ClosableWindow {
  /** Resolves to whether the window has gone. */
  tryClose(): Promise<boolean>;
}

const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8')) as { version: string; productName: string };

export class AppDouble extends DoubleEmitter implements Omit<App, 'on' | 'once'> {
  readonly isPackaged = process.env['ELECTRON_DOUBLE_PACKAGED'] === '1';
  /** What the app would have done at its end, for tests. */
  relaunched = 0;
  isSandboxed = false;
  readonly #ready: Promise<void>;
  #isReady = false;
  #isQuitting = false;
  #lock: net.Server | null = null;
  #windows: () => ClosableWindow[] = () => [];

  constructor() {
    super('App', [
      'ready', 'before-quit', 'will-quit', 'quit', 'window-all-closed', 'second-instance', 'session-created', 'web-contents-created', 'child-process-gone',
    ]);
    // Like Electron, ready only after the main script has run.
    this.#ready = new Promise(resolve => { setImmediate(() => { void this.#start().then(resolve); }); });
  }

  useWindows(windows: () => ClosableWindow[]): void {
    this.#windows = windows;
  }

  whenReady(): Promise<void> { return this.#ready; }
  isReady(): boolean { return this.#isReady; }
  getPath(name: string): string { return getPath(name); }
  getVersion(): string { return manifest.version; }
  getName(): string { return manifest.productName; }
  getAppPath(): string { return path.resolve(import.meta.dirname, '..', '..', '..'); }
  setAppUserModelId(): void { /* Only Windows shows it. */ }
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxed = true;
  }

  relaunch(): void { this.relaunched += 1; }

  setPath(name: string, place: string): void {
    if (!existsSync(place)) throw new Error(`Failed to set path '${place}'`);
    setPath(name, place);
  }

  requestSingleInstanceLock(): boolean {
    if (this.#lock !== null) return true;
    const socket = path.join(os.tmpdir(), `electron-double-${createHash('sha256').update(getPath('userData')).digest('hex').slice(0, 16)}.sock`);
    const holder = `${socket}.pid`;
    if (isHeld(holder)) {
      const line = net.connect(socket, () => { line.end(JSON.stringify({ argv: process.argv, cwd: process.cwd() })); });
      line.on('error', () => undefined);
      return false;
    }
    writeFileSync(holder, String(process.pid));
    rmSync(socket, { force: true });
    this.#lock = net.createServer(line => {
      let text = '';
      line.on('data', chunk => { text += chunk.toString(); });
      line.on('end', () => {
        const { argv, cwd } = JSON.parse(text) as { argv: string[]; cwd: string };
        this.emit('second-instance', preventable({}), argv, cwd, undefined);
      });
    }).listen(socket);
    this.#lock.unref();
    process.on('exit', () => { rmSync(holder, { force: true }); rmSync(socket, { force: true }); });
    return true;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.close();
    this.#lock = null;
  }

  quit(): void {
    void this.#quit();
  }

  exit(code = 0): void {
    this.#isQuitting = true;
    stopBrowser();
    // Leaves time for a line to the first instance to be written.
    setTimeout(() => { process.exit(code); }, 20);
  }

  async #start(): Promise<void> {
    if (this.#isQuitting) return;
    const { endpoint, pid } = await startBrowser(path.join(getPath('userData'), 'chromium'));
    this.#isReady = true;
    process.send?.({ kind: 'ready', endpoint, browserPid: pid });
    this.emit('ready', preventable({}), {});
  }

  async #quit(): Promise<void> {
    if (this.#isQuitting) return;
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    for (const window of this.#windows()) if (!await window.tryClose()) return;
    const will = preventable({});
    this.emit('will-quit', will);
    if (will.defaultPrevented || this.#isQuitting) return;
    this.emit('quit', preventable({}), 0);
    this.exit(0);
  }
}

function isHeld(holder: string): boolean {
  if (!existsSync(holder)) return false;
  try {
    process.kill(Number(readFileSync(holder, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

export const app = new AppDouble();
