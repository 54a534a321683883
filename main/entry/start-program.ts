import { Worker } from 'node:worker_threads';
import { specOf } from '../../preload/contract/index.ts';
import type { Failure } from '../../preload/contract/failure.ts';
import type { DatabaseKey } from '../../db/open.ts';
import type { TokenPort } from '../call/services.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import { TokenDesk } from '../signing/token-desk.ts';
import type { TokenChannel } from '../signing/token-channel.ts';
import type { CoreWorkerData, FromCore, ToCore } from './core-messages.ts';
import { programVersion } from './create-core.ts';
import type { Answer, Caller, Program } from './program.ts';

export interface ProgramOptions {
  dataFolder: string;
  key: DatabaseKey;
  shell: 'electron' | 'host';
  /** Makes an empty database when there is none. */
  create?: boolean;
  /** Starts the token process: a child process in Node, a utility process in Electron. */
  openTokenChannel: () => TokenChannel;
  /** The core worker died by itself. */
  onCrash?: (fault: Error) => void;
}

/** A failure that came ready-made from the core while starting. */
export class StartFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.what);
    this.failure = failure;
  }
}

/**
 * Starts the core worker and, at first need, the token process, and routes calls: a call of kind `token` goes to the token process and
 * never through the core, which is only asked whether the caller may.
 * @throws StartFailure when the database cannot be opened
 */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const workerData: CoreWorkerData = { dataFolder: options.dataFolder, key: options.key, shell: options.shell, version: programVersion(), create: options.create === true };
  const worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './core.ts' : './core.js', import.meta.url), { workerData });
  const program = new RunningProgram(worker, new TokenDesk(options.openTokenChannel), options.onCrash);
  await program.ready;
  return program;
}

class RunningProgram implements Program {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #desk: TokenDesk;
  readonly #listeners = new Set<Parameters<Program['on']>[0]>();
  readonly #waiting = new Map<number, (message: FromCore) => void>();
  #count = 0;
  #closing = false;
  /** Set once the core is gone: what is asked afterwards fails at once instead of waiting for ever. */
  #gone: FromCore | null = null;

  constructor(worker: Worker, desk: TokenDesk, onCrash: ((fault: Error) => void) | undefined) {
    this.#worker = worker;
    this.#desk = desk;
    this.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: FromCore) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'failed') reject(new StartFailure(message.error));
        else this.#receive(message);
      });
      const died = (fault: Error) => {
        reject(fault);
        this.#gone = { kind: 'failed', error: toFailure(new AppError('core.died', { params: { detail: fault.message } })) };
        for (const settle of this.#waiting.values()) settle(this.#gone);
        this.#waiting.clear();
        if (!this.#closing) onCrash?.(fault);
      };
      worker.on('error', died);
      worker.on('exit', code => { if (!this.#closing) died(new Error(`exit ${code}`)); });
    });
  }

  async call(name: string, input: unknown, caller: Caller): Promise<Answer> {
    const spec = specOf(name);
    if (spec?.kind === 'token') return { result: await this.#tokenCall(name, input, caller) };
    const message = await this.#ask(id => ({ kind: 'call', id, name, input, caller }));
    return message.kind === 'answer' ? message.answer : { result: { ok: false, error: lost(message) } };
  }

  on(listener: Parameters<Program['on']>[0]): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  async runningJobs(): Promise<number> {
    const message = await this.#ask(id => ({ kind: 'running', id }));
    return message.kind === 'runningJobs' ? message.count : 0;
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#desk.close();
    await this.#ask(id => ({ kind: 'close', id }));
    await this.#worker.terminate();
  }

  async #tokenCall(name: string, input: unknown, caller: Caller): Promise<Answer['result']> {
    const message = await this.#ask(id => ({ kind: 'authorise', id, name, caller }));
    if (message.kind !== 'authorised') return { ok: false, error: lost(message) };
    if (message.refusal) return { ok: false, error: message.refusal };
    const parsed = specOf(name)?.input.safeParse(input);
    if (!parsed?.success) return { ok: false, error: toFailure(new AppError('call.badInput', { params: { detail: '' } })) };
    try {
      return { ok: true, value: await this.#desk.call(name, parsed.data) };
    } catch (fault) {
      return { ok: false, error: toFailure(fault) };
    }
  }

  #ask(make: (id: number) => ToCore): Promise<FromCore> {
    if (this.#gone) return Promise.resolve(this.#gone);
    this.#count += 1;
    const id = this.#count;
    return new Promise(resolve => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage(make(id));
    });
  }

  #receive(message: FromCore): void {
    if (message.kind === 'event') {
      for (const listener of this.#listeners) listener(message.event, message.to);
    } else if (message.kind === 'token') {
      void this.#answerCore(message);
    } else if ('id' in message) {
      const settle = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      settle?.(message);
    }
  }

  async #answerCore({ id, method, args }: Extract<FromCore, { kind: 'token' }>): Promise<void> {
    let answer: ToCore;
    try {
      const port: TokenPort = this.#desk;
      const value = method === 'certificate' ? await port.certificate(args[0] as string) : await port.sign(args[0] as string, args[1] as Uint8Array);
      answer = { kind: 'tokenAnswer', id, ok: true, value };
    } catch (fault) {
      const known = fault instanceof AppError ? fault : new AppError('token.unexpected', { params: { detail: String(fault) }, batchCanContinue: false });
      answer = { kind: 'tokenAnswer', id, ok: false, code: known.code, params: known.params, batchCanContinue: known.batchCanContinue };
    }
    this.#worker.postMessage(answer);
  }
}

function lost(message: FromCore): Failure {
  return message.kind === 'failed' ? message.error : toFailure(new AppError('core.died', { params: { detail: message.kind } }));
}
