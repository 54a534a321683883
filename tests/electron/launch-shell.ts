import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { _electron, chromium, type Browser, type Page } from '@playwright/test';
import type { DoubleControls } from './electron-double.ts';
import type { ElectronSurface } from './electron-surface.ts';
import type { ShownDialog } from './double/double-dialog.ts';
import { decodeClone, encodeClone } from './double/structured-codec.ts';
import { installDialogScript, type DialogScriptHolder } from './real-dialog-script.ts';

export interface LaunchOptions {
  dataFolder: string;
  /** The bundled program; `out/main/app.js` unless a test has built its own. */
  main?: string;
  args?: string[];
  env?: Record<string, string>;
  /** Answers for the dialogs of the start itself; see {@link ShellApp.answerDialogs}. Only the double can give them. */
  answers?: string[];
}

/** A launched desktop program, like Playwright's ElectronApplication, whether over the double or over the real Electron. */
export interface ShellApp {
  readonly kind: 'double' | 'electron';
  /** Runs `act` in the main process. `controls` is what only the double has. */
  evaluate<Result, Argument = undefined>(act: (electron: ElectronSurface, argument: Argument, controls: DoubleControls) => Result, argument?: Argument): Promise<Awaited<Result>>;
  /** The program's window (`bundle`) or the small key window (`keys`), once its page has loaded. */
  window(which?: 'bundle' | 'keys'): Promise<Page>;
  /** Answers for coming dialogs, in order: a button's words or a path. A dialog without an answer is closed by its cross. */
  answerDialogs(...answers: string[]): Promise<void>;
  shownDialogs(): Promise<ShownDialog[]>;
  /** Addresses handed to the user's own browser. */
  openedOutside(): Promise<string[]>;
  /** Exit code of the main process. */
  readonly exited: Promise<number | null>;
  output(): string;
  close(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '..', '..');
export const builtProgram = path.join(root, 'out', 'main', 'app.js');

/** Launches the real Electron when `ELECTRON_BIN` names it, else the double. */
export function launchShell(options: LaunchOptions): Promise<ShellApp> {
  const binary = process.env['ELECTRON_BIN'];
  return binary === undefined || binary === '' ? launchDouble(options) : launchElectron(binary, options);
}

function argumentsOf({ dataFolder, args = [] }: LaunchOptions): string[] {
  return ['--data', dataFolder, ...args];
}

function environmentOf({ env = {} }: LaunchOptions): NodeJS.ProcessEnv {
  return { ...process.env, ...env };
}

export async function launchDouble(options: LaunchOptions): Promise<ShellApp> {
  const main = options.main ?? builtProgram;
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build"`);
  const register = new URL('double-register.ts', import.meta.url).href;
  const child = fork(main, argumentsOf(options), {
    execArgv: ['--import', register, '--enable-source-maps'],
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const app = new DoubleApp(child);
  if (options.answers !== undefined) await app.answerDialogs(...options.answers);
  return app;
}

interface FromDouble {
  kind: 'ready' | 'evaluated';
  id: number;
  endpoint: string;
  browserPid: number;
  value: string;
  fault?: string;
}

class DoubleApp implements ShellApp {
  readonly kind = 'double';
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (fault: Error) => void }>();
  readonly #browser: Promise<Browser>;
  #browserPid = 0;
  #output = '';
  #count = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => { this.#output += chunk.toString(); });
    child.stderr?.on('data', (chunk: Buffer) => { this.#output += chunk.toString(); });
    this.exited = new Promise(resolve => { child.on('exit', resolve); });
    this.#browser = new Promise((resolve, reject) => {
      child.on('message', (message: FromDouble) => {
        if (message.kind === 'evaluated') this.#settle(message);
        else {
          this.#browserPid = message.browserPid;
          this.#connect(message.endpoint).then(resolve, reject);
        }
      });
      child.on('exit', code => {
        const fault = new Error(`the main process ended with ${code}\n${this.#output}`);
        reject(fault);
        for (const waiter of this.#waiting.values()) waiter.reject(fault);
        this.#waiting.clear();
      });
    });
    this.#browser.catch(() => undefined);
  }

  evaluate<Result, Argument = undefined>(act: (electron: ElectronSurface, argument: Argument, controls: DoubleControls) => Result, argument?: Argument): Promise<Awaited<Result>> {
    return this.#ask({ kind: 'evaluate', source: act.toString(), argument: encodeClone(argument) }) as Promise<Awaited<Result>>;
  }

  async window(which: 'bundle' | 'keys' = 'bundle'): Promise<Page> {
    const browser = await this.#browser;
    for (;;) {
      const page = browser.contexts()[0]?.pages().find(one => one.url().startsWith(`http://${which}.app.localhost/`));
      if (page !== undefined) {
        await page.waitForLoadState();
        return page;
      }
      if (this.#child.exitCode !== null) throw new Error(`the main process ended with ${this.#child.exitCode}\n${this.#output}`);
      await new Promise(resolve => { setTimeout(resolve, 20); });
    }
  }

  async answerDialogs(...answers: string[]): Promise<void> {
    await this.evaluate((_module, given, controls) => { controls.answers.push(...given); }, answers);
  }

  shownDialogs(): Promise<ShownDialog[]> {
    return this.evaluate((_module, _argument, controls) => controls.shown);
  }

  openedOutside(): Promise<string[]> {
    return this.evaluate((_module, _argument, controls) => controls.handedOver.openExternal);
  }

  output(): string {
    return this.#output;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.evaluate(electron => { electron.app.quit(); }).catch(() => undefined);
      const tooLate = setTimeout(() => { this.#child.kill('SIGKILL'); }, 5_000);
      await this.exited;
      clearTimeout(tooLate);
    }
    await (await this.#browser.catch(() => null))?.close();
    if (this.#browserPid !== 0) killQuietly(this.#browserPid);
  }

  async #connect(endpoint: string): Promise<Browser> {
    const browser = await chromium.connectOverCDP(endpoint);
    await this.#ask({ kind: 'browser-connected', source: '', argument: '' });
    return browser;
  }

  #ask(message: { kind: string; source: string; argument: string }): Promise<unknown> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ ...message, id }, fault => { if (fault) reject(fault); });
    });
  }

  #settle({ id, value, fault }: FromDouble): void {
    const waiter = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (fault === undefined) waiter?.resolve(decodeClone(value));
    else waiter?.reject(new Error(fault));
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with its main process.
  }
}

async function launchElectron(executablePath: string, options: LaunchOptions): Promise<ShellApp> {
  const app = await _electron.launch({
    executablePath,
    args: [options.main ?? root, ...argumentsOf(options)],
    env: Object.fromEntries(Object.entries(environmentOf(options)).filter((pair): pair is [string, string] => pair[1] !== undefined)),
  });
  await app.evaluate(installDialogScript, options.answers ?? []);
  let output = '';
  app.process().stderr?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  const exited = new Promise<number | null>(resolve => { app.process().on('exit', resolve); });
  return {
    kind: 'electron',
    evaluate: (act, argument) => app.evaluate(act as never, argument) as never,
    window: async (which = 'bundle') => {
      for (;;) {
        const page = app.windows().find(one => one.url().startsWith(`app://${which}/`));
        if (page !== undefined) return page;
        await new Promise(resolve => { setTimeout(resolve, 50); });
      }
    },
    answerDialogs: (...answers) => app.evaluate((_module, given) => { (globalThis as unknown as DialogScriptHolder).dialogScript.answers.push(...given); }, answers),
    shownDialogs: () => app.evaluate(() => (globalThis as unknown as DialogScriptHolder).dialogScript.shown),
    openedOutside: () => app.evaluate(() => (globalThis as unknown as DialogScriptHolder).dialogScript.outside),
    exited,
    output: () => output,
    close: async () => { await app.close(); },
  };
}
