import { fork, type ChildProcess } from 'node:child_process';
import type { ElectronSurface, UtilityProcess } from '../electron-surface.ts';
import { app } from './double-app.ts';
import { DoubleEmitter } from './double-emitter.ts';

/** A utility process is a real child process here too, with Electron's `process.parentPort` laid over Node's own line. */
class UtilityProcessDouble extends DoubleEmitter implements Omit<UtilityProcess, 'on' | 'once' | 'off'> {
  readonly #child: ChildProcess;

  constructor(file: string, args: string[], options: Electron.ForkOptions) {
    super('UtilityProcess', ['spawn', 'message', 'exit', 'error']);
    this.#child = fork(file, args, {
      execArgv: ['--import', new URL('utility-register.ts', import.meta.url).href],
      serialization: 'advanced',
      env: options.env === undefined ? process.env : (options.env as NodeJS.ProcessEnv),
      stdio: options.stdio === 'ignore' ? ['ignore', 'ignore', 'ignore', 'ipc'] : ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', message => this.emit('message', message));
    this.#child.on('exit', code => this.emit('exit', code ?? 1));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object);
  }

  kill(): boolean {
    return this.#child.kill('SIGKILL');
  }
}

export const utilityProcess: ElectronSurface['utilityProcess'] = {
  fork: (file, args = [], options = {}) => {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    return new UtilityProcessDouble(file, args, options) as unknown as UtilityProcess;
  },
};
