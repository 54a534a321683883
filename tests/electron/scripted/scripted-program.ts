import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JobView } from '../../../preload/contract/common.ts';
import type { AppEvent } from '../../../preload/contract/index.ts';
import type { Answer, Caller, Program } from '../../../main/entry/program.ts';
import type { ProgramOptions } from '../../../main/entry/start-program.ts';
import { AppError } from '../../../main/kit/errors.ts';

/**
 * A program behind the real shell whose every act a test chooses, by calls named `play.…`. Bundled in place of start-program.ts, so that
 * tests of the shell need no database and can play what a real core does seldom.
 */
export function startProgram(options: ProgramOptions): Promise<Program> {
  const program = new ScriptedProgram(options);
  return program.opened();
}

class ScriptedProgram implements Program {
  readonly #options: ProgramOptions;
  readonly #listeners = new Set<Parameters<Program['on']>[0]>();
  readonly #calls: { name: string; caller: Caller }[] = [];

  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  /** The "database" of this program is a file with the key it was made with. */
  async opened(): Promise<Program> {
    const { key, dataFolder } = this.#options;
    const keyHex = 'raw' in key ? Buffer.from(key.raw).toString('hex') : key.passphrase;
    const database = path.join(dataFolder, 'so-truong.db');
    if (!existsSync(database)) writeFileSync(database, keyHex);
    if (readFileSync(database, 'utf8') !== keyHex) throw new AppError('database.wrongKey', { params: { file: database } });
    return this;
  }

  async call(name: string, input: unknown, caller: Caller): Promise<Answer> {
    this.#calls.push({ name, caller });
    switch (name) {
      case 'accounts.signIn': return { ...ok({ name: 'Lê Thị Ngữ' }), sessionToken: 'token-of-the-session' };
      case 'accounts.signOut': return { ...ok({ signedOut: true }), sessionToken: null };
      case 'accounts.current': return ok({ account: caller.sessionToken === null ? null : { user: 'vanphong', name: 'Lê Thị Ngữ', role: 'secretary', homeroomOf: [] } });
      case 'play.echo': return ok(input);
      case 'play.caller': return ok(caller);
      case 'play.calls': return ok(this.#calls);
      case 'play.fault': throw new Error('the scripted core throws');
      case 'play.event': return this.#tell(input as AppEvent);
      case 'play.job': return this.#tell({ topic: 'job', job: input as JobView });
      case 'play.crash': return this.#crash();
      case 'play.unhandled': return this.#stumble();
      case 'play.rejected': return this.#reject();
      default: return { result: { ok: false, error: { code: 'call.unknown', heading: name, what: '', remedy: '', batchCanContinue: false } } };
    }
  }

  on(listener: Parameters<Program['on']>[0]): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  async runningJobs(): Promise<number> {
    return 0;
  }

  /** `SCRIPTED_CLOSE=hangs` plays a core that has died and answers nothing any more. */
  async close(): Promise<void> {
    if (process.env['SCRIPTED_CLOSE'] === 'hangs') await new Promise(() => undefined);
    writeFileSync(path.join(this.#options.dataFolder, 'closed.json'), JSON.stringify(this.#calls.map(({ name }) => name)));
  }

  #tell(event: AppEvent): Answer {
    for (const listener of this.#listeners) listener(event, null);
    return ok(null);
  }

  #crash(): Answer {
    this.#options.onCrash?.(new Error('the scripted core died'));
    return ok(null);
  }

  #reject(): Answer {
    void Promise.reject(new Error('nobody waited for this'));
    return ok(null);
  }

  #stumble(): Answer {
    setTimeout(() => { throw new Error('nobody foresaw this'); }, 0);
    return ok(null);
  }
}

function ok(value: unknown): Answer {
  return { result: { ok: true, value } };
}
