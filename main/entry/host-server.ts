import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { decode, encode } from '../../preload/contract/codec.ts';
import { AppError } from '../kit/errors.ts';
import { fileOf, guardHeaders, typeOf } from '../kit/window-files.ts';
import type { Program } from './program.ts';

export interface HostOptions {
  program: Program;
  /** The built window (`out/renderer`). */
  rendererFolder: string;
  port?: number;
  /** Loopback by default. Any other address needs `tls`: passwords and marks would cross the school's network in the clear. */
  address?: string;
  /** PEM. */
  tls?: { cert: string; key: string };
}

export interface Host {
  /** Opens the window: carries a one-time ticket that this host exchanges for a cookie. */
  url: string;
  origin: string;
  close(): Promise<void>;
}

const MAX_BODY = 64 * 1024 * 1024;
/** Serves the same window and the same calls to a browser on this machine. */
export async function startHost(options: HostOptions): Promise<Host> {
  const server = new HostServer(options);
  return server.listen();
}

class HostServer {
  readonly #program: Program;
  readonly #root: string;
  readonly #options: HostOptions;
  readonly #tickets = new Set<string>();
  /** Browsers let in, each with the session of whoever signed in there. */
  readonly #browsers = new Map<string, { sessionToken: string | null }>();
  readonly #server: ReturnType<typeof createServer>;
  #origin = '';

  constructor(options: HostOptions) {
    this.#options = options;
    this.#program = options.program;
    this.#root = path.resolve(options.rendererFolder);
    const handle = (request: IncomingMessage, response: ServerResponse) => { void this.#handle(request, response); };
    this.#server = options.tls ? createTlsServer(options.tls, handle) : createServer(handle);
  }

  get #isLoopback(): boolean {
    return this.#options.address === undefined || this.#options.address === '127.0.0.1';
  }

  async listen(): Promise<Host> {
    const address = this.#options.address ?? '127.0.0.1';
    if (!this.#isLoopback && !this.#options.tls) throw new AppError('host.needsTls', { params: { address } });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port ?? 0, address, resolve);
    });
    this.#origin = `${this.#options.tls ? 'https' : 'http'}://${address}:${(this.#server.address() as AddressInfo).port}`;
    const ticket = randomBytes(24).toString('base64url');
    this.#tickets.add(ticket);
    return {
      url: `${this.#origin}/open?ticket=${ticket}`,
      origin: this.#origin,
      close: () => new Promise(resolve => {
        this.#server.close(() => { resolve(); });
        this.#server.closeAllConnections();
      }),
    };
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      // A page elsewhere that points its own name at this address (DNS rebinding) still sends its own Host.
      if (request.headers.host !== new URL(this.#origin).host) return end(response, 421);
      const url = new URL(request.url ?? '/', this.#origin);
      if (url.pathname === '/open') return this.#letIn(url, response);
      const browser = this.#browserOf(request);
      // On the school's network people have no ticket: the account they sign in with is what lets them in.
      if (!browser && !this.#isLoopback && request.method === 'GET' && url.pathname === '/') return this.#newBrowser(response);
      if (!browser) return end(response, 401, 'Hãy mở bằng đường dẫn mà Sổ Trường in ra.');
      if (url.pathname.startsWith('/call/')) return await this.#call(request, response, url.pathname.slice('/call/'.length), browser);
      if (url.pathname === '/events') return this.#events(request, response, browser);
      if (request.method !== 'GET') return end(response, 405);
      return await this.#file(url.pathname, response);
    } catch {
      if (!response.headersSent) end(response, 500);
      else response.destroy();
    }
  }

  /** The ticket is checked in constant time and stays valid while the host runs, so that the printed address can be opened again. */
  #letIn(url: URL, response: ServerResponse): void {
    const given = Buffer.from(url.searchParams.get('ticket') ?? '');
    const known = [...this.#tickets].some(ticket => given.length === ticket.length && timingSafeEqual(given, Buffer.from(ticket)));
    if (!known) return end(response, 403, 'Đường dẫn mở đã cũ. Hãy lấy đường dẫn mới từ Sổ Trường.');
    this.#newBrowser(response);
  }

  #newBrowser(response: ServerResponse): void {
    const browser = randomBytes(24).toString('base64url');
    this.#browsers.set(browser, { sessionToken: null });
    const secure = this.#options.tls ? '; Secure' : '';
    response.writeHead(302, { location: '/', 'set-cookie': `st=${browser}; HttpOnly; SameSite=Strict; Path=/${secure}`, 'cache-control': 'no-store' }).end();
  }

  #browserOf(request: IncomingMessage): { sessionToken: string | null } | undefined {
    const cookie = /(?:^|;\s*)st=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    return cookie === undefined ? undefined : this.#browsers.get(cookie);
  }

  async #call(request: IncomingMessage, response: ServerResponse, name: string, browser: { sessionToken: string | null }): Promise<void> {
    const fromOurPage = request.method === 'POST' && request.headers.origin === this.#origin && request.headers['x-so-truong'] === '1';
    if (!fromOurPage) return end(response, 403);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAX_BODY) return end(response, 413);
      chunks.push(chunk);
    }
    let input: unknown;
    try {
      input = decode(Buffer.concat(chunks).toString('utf8'));
    } catch {
      return end(response, 400);
    }
    const answer = await this.#program.call(decodeURIComponent(name), input, { origin: 'browser', sessionToken: browser.sessionToken });
    if (answer.sessionToken !== undefined) browser.sessionToken = answer.sessionToken;
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(encode(answer.result));
  }

  #events(request: IncomingMessage, response: ServerResponse, browser: { sessionToken: string | null }): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    // A job's event carries its result: nobody who has not signed in may read along, and only its owner.
    const stop = this.#program.on((event, to) => {
      if (browser.sessionToken !== null && (to === null || to.includes(browser.sessionToken))) response.write(`data: ${encode(event)}\n\n`);
    });
    const alive = setInterval(() => { response.write(': alive\n\n'); }, 20_000);
    request.on('close', () => { stop(); clearInterval(alive); });
  }

  async #file(pathname: string, response: ServerResponse): Promise<void> {
    const file = fileOf(pathname, this.#root);
    if (file === null) return end(response, 403);
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch {
      return end(response, 404);
    }
    response.writeHead(200, {
      ...guardHeaders, 'content-type': typeOf(file), 'cache-control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store',
    }).end(bytes);
  }
}

function end(response: ServerResponse, status: number, message = ''): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(message);
}
