import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TokenReply, TokenRequest } from './token-protocol.ts';

/** A line to a running token process, whatever carries it. */
export interface TokenChannel {
  post(request: TokenRequest): void;
  onMessage(listener: (reply: TokenReply) => void): void;
  onExit(listener: (code: number | null) => void): void;
  /** Ends the process at once, even while a driver holds it. */
  kill(): void;
}

/** The token process's own file: beside the bundle when built, in `main/entry` in the checkout. */
export function tokenProcessFile(): string {
  const bundled = fileURLToPath(new URL('token.js', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('../entry/token.ts', import.meta.url));
}

/** Starts the token process under Node. Its output is dropped: vendor drivers print there what nobody may see. */
export function forkTokenProcess(options: { env?: NodeJS.ProcessEnv } = {}): TokenChannel {
  const child = fork(tokenProcessFile(), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [], env: options.env ?? process.env });
  return {
    post: (request) => void child.send(request, () => undefined),
    onMessage: (listener) => void child.on('message', (reply) => listener(reply as TokenReply)),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The part of Electron's `UtilityProcess` that is used, so that this file does not need Electron. */
export interface UtilityProcessLike {
  postMessage(request: TokenRequest): void;
  on(event: 'message', listener: (reply: TokenReply) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** The same line over Electron: pass `utilityProcess.fork(tokenProcessFile(), [], { stdio: 'ignore', allowLoadingUnsignedLibraries: true })`. */
export function utilityTokenProcess(child: UtilityProcessLike): TokenChannel {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    post: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}
