import { app, powerMonitor, type BrowserWindow } from 'electron';
import type { Program } from '../entry/program.ts';
import type { FaultLog } from './fault-log.ts';
import type { RunningJobs } from './running-jobs.ts';
import { askLeaveUnsaved, askWhileWorking } from './shell-dialogs.ts';

export interface QuitParts {
  program: Program;
  jobs: RunningJobs;
  window: () => BrowserWindow | null;
  log: FaultLog;
}

/** A core that has died does not answer any more; leaving must not wait for it for ever. Every mark is on disk already. */
const patience = 10_000; // milliseconds

/**
 * The one way out: ask about running work, let the window go, close the database, end. Running work can be finished first, stopped (it
 * resumes at its next paper another day), or the user stays. At a shutdown of the PC there is no time to ask.
 */
export class QuitGate {
  readonly #parts: QuitParts;
  #asking = false;
  /** Counts attempts to leave, so that an earlier one that still waits for work does not act after a later one. */
  #attempt = 0;
  #windowMayGo = false;
  #closing: Promise<void> | null = null;
  #isClosed = false;
  #isEnding = false;
  #last = (): void => { app.quit(); };

  constructor(parts: QuitParts) {
    this.#parts = parts;
  }

  /** From now on every way out of the program leads through this gate. */
  install(): void {
    app.on('before-quit', event => {
      if (this.#isClosed) return;
      event.preventDefault();
      const window = this.#parts.window();
      if (window === null) void this.#end();
      else void this.#leave(window);
    });
    app.on('window-all-closed', () => { app.quit(); });
    powerMonitor.on('shutdown', () => { void this.#end(); });
  }

  /** Guards one window: its cross leaves the program, and a page with unsaved typing may hold it back. */
  guard(window: BrowserWindow): void {
    window.on('close', event => {
      if (this.#windowMayGo || this.#isClosed) return;
      event.preventDefault();
      void this.#leave(window);
    });
    window.on('closed', () => { void this.#end(); }); // not only when every window is closed: a small one may still stand open
    window.on('session-end', () => { void this.#end(); });
    window.webContents.on('will-prevent-unload', event => {
      if (askLeaveUnsaved(window) === 'leave') event.preventDefault();
      else this.#windowMayGo = false;
    });
  }

  /** Leaves as if the user had closed the window, and does `act` at the very end instead of merely quitting (restart, install). */
  leaveThen(act: () => void): void {
    this.#last = act;
    app.quit();
  }

  /** Closes the program without asking; safe to call more than once. A fault while closing is logged, never in the way. */
  close(): Promise<void> {
    this.#closing ??= this.#closeProgram();
    return this.#closing;
  }

  async #closeProgram(): Promise<void> {
    const tooLate = new Promise<never>((_resolve, reject) => {
      setTimeout(() => { reject(new Error(`not closed within ${patience / 1000} s`)); }, patience).unref();
    });
    try {
      await Promise.race([this.#parts.program.close(), tooLate]);
    } catch (fault) {
      this.#parts.log.add('closing the program', fault);
    }
    this.#isClosed = true;
  }

  /** Several ways lead here (the window has gone, all windows have gone, the PC shuts down); the last act is done once. */
  async #end(): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    await this.close();
    this.#last();
  }

  async #leave(window: BrowserWindow): Promise<void> {
    if (this.#asking) return;
    this.#attempt += 1;
    const attempt = this.#attempt;
    if (!await this.#workAllows(window) || attempt !== this.#attempt) return;
    this.#windowMayGo = true;
    window.close();
  }

  async #workAllows(window: BrowserWindow): Promise<boolean> {
    const { jobs } = this.#parts;
    if (jobs.list.length === 0) return true;
    this.#asking = true;
    const answer = await askWhileWorking(window, jobs.list).finally(() => { this.#asking = false; });
    if (answer === 'wait') await jobs.idle();
    if (answer === 'stay') this.#last = () => { app.quit(); };
    return answer !== 'stay';
  }
}
