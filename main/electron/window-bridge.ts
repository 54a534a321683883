import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { AccountView } from '../../preload/contract/accounts.ts';
import type { Result } from '../../preload/contract/failure.ts';
import type { AppEvent } from '../../preload/contract/index.ts';
import type { Caller, Program } from '../entry/program.ts';
import { toFailure } from '../kit/errors.ts';
import type { FaultLog } from './fault-log.ts';
import { isOwnPage } from './window-security.ts';

/**
 * The main process's end of the preload bridge. Each page has one session token, kept here and never sent to it: a page that was taken
 * over could still ask, but could not carry the session away.
 */
export class WindowBridge {
  readonly #program: Program;
  readonly #log: FaultLog;
  readonly #sessions = new Map<WebContents, string>();
  readonly #pages = new Set<WebContents>();

  constructor(program: Program, log: FaultLog) {
    this.#program = program;
    this.#log = log;
  }

  install(): void {
    ipcMain.handle('call', (event: IpcMainInvokeEvent, name: unknown, input: unknown) => {
      if (!this.#isTrusted(event)) throw new Error('refused: the call does not come from a page of the program');
      return this.#call(event.sender, String(name), input);
    });
  }

  /** Lets a page call; without this its calls are refused, whatever its address. */
  admit(contents: WebContents): void {
    this.#pages.add(contents);
    contents.once('destroyed', () => {
      this.#pages.delete(contents);
      void this.#forget(contents);
    });
  }

  /** Passes an event on to the pages that may be told: those of the sessions `to`, or (null) every page whose user is signed in. */
  announce(event: AppEvent, to: readonly string[] | null): void {
    for (const [contents, token] of this.#sessions) if (!contents.isDestroyed() && (to === null || to.includes(token))) contents.send('event', event);
  }

  /** The main frame of an admitted page, still on our own origin: never a frame inside it, never where it may have navigated since. */
  #isTrusted(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    return this.#pages.has(event.sender) && frame !== null && frame.parent === null && isOwnPage(frame.url);
  }

  async #call(contents: WebContents, name: string, input: unknown): Promise<Result<unknown>> {
    try {
      const { result, sessionToken } = await this.#program.call(name, input, this.#caller(contents));
      if (sessionToken === null) this.#sessions.delete(contents);
      else if (sessionToken !== undefined) this.#sessions.set(contents, sessionToken);
      return result;
    } catch (fault) {
      this.#log.add(`call ${name}`, fault);
      return { ok: false, error: toFailure(fault) };
    }
  }

  /** What the user signed in on `contents` may do is asked of the program itself; null when nobody is. */
  async accountOf(contents: WebContents): Promise<AccountView | null> {
    const { result } = await this.#program.call('accounts.current', {}, this.#caller(contents));
    return result.ok ? (result.value as { account: AccountView | null }).account : null;
  }

  #caller(contents: WebContents): Caller {
    return { origin: 'window', sessionToken: this.#sessions.get(contents) ?? null };
  }

  /** A closed window signs its user out. */
  async #forget(contents: WebContents): Promise<void> {
    const sessionToken = this.#sessions.get(contents);
    this.#sessions.delete(contents);
    if (sessionToken === undefined) return;
    try {
      await this.#program.call('accounts.signOut', {}, { origin: 'window', sessionToken });
    } catch (fault) {
      this.#log.add('signing out a closed window', fault);
    }
  }
}
