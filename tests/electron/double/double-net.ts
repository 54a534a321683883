import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { SessionDouble } from './double-session.ts';

interface NetRequestOptions extends http.RequestOptions {
  session?: SessionDouble;
}

/**
 * The program itself never uses Electron's `net`; electron-updater does. This is as much of it as the updater needs: a request that
 * first passes the session's `webRequest`, then goes out over Node.
 */
class NetRequest extends EventEmitter {
  readonly #options: NetRequestOptions;
  #request: http.ClientRequest | null = null;
  #isAborted = false;

  constructor(options: NetRequestOptions) {
    super();
    this.#options = options;
  }

  end(body?: Buffer): void {
    void this.#send(body);
  }

  abort(): void {
    this.#isAborted = true;
    this.#request?.destroy();
    this.emit('abort');
  }

  setHeader(): void { /* The updater sets its headers in the options. */ }

  async #send(body: Buffer | undefined): Promise<void> {
    const { session, ...options } = this.#options;
    const url = `${options.protocol ?? 'https:'}//${options.hostname}${options.port ? `:${options.port}` : ''}${options.path ?? '/'}`;
    if (await session?.isBlocked(url)) {
      this.emit('error', new Error('net::ERR_BLOCKED_BY_CLIENT'));
      return;
    }
    if (this.#isAborted) return;
    this.#request = (options.protocol === 'http:' ? http : https).request(options);
    this.#request.on('response', response => { this.emit('response', response); });
    this.#request.on('error', fault => { if (!this.#isAborted) this.emit('error', fault); });
    this.#request.on('close', () => { this.emit('close'); });
    this.#request.end(body);
  }
}

export const net = { request: (options: NetRequestOptions): NetRequest => new NetRequest(options) };
export const autoUpdater = new EventEmitter();
