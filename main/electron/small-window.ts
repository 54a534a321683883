import { BrowserWindow, session, type Session } from 'electron';
import { text } from '../../resources/language/language.ts';
import { keysOrigin } from './window-security.ts';

/** What a press of a button of a small window's form sends. */
export interface Pressed {
  act: string;
  typed: string;
}

/** The page holds no script at all, so that nothing could carry a key away; its buttons are those of a plain form. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action ${keysOrigin}; base-uri 'none'; frame-ancestors 'none'`;

/**
 * A small window without script, preload or network, for what must be settled outside the program's own window: the recovery key, the
 * first start. Its pages are written here, their form posts to `app://keys/` and is answered by the main process itself. It has a session
 * of its own, in memory, so that nothing of it reaches the disk.
 */
export class SmallWindow {
  readonly window: BrowserWindow;
  readonly #session: Session;
  #page = '';
  #isClosed = false;
  /** Answers the form that was pressed: with the next page, or with nothing when the window goes. */
  #answerForm: ((page: string | null) => void) | null = null;
  #press: ((pressed: Pressed | null) => void) | null = null;

  constructor(parent: BrowserWindow | null) {
    this.#session = session.fromPartition('keys', { cache: false });
    this.window = new BrowserWindow({
      width: 640,
      height: 460,
      useContentSize: true,
      resizable: false,
      minimizable: false,
      maximizable: false,
      ...(parent === null ? {} : { parent, modal: true }),
      title: text('app.name'),
      webPreferences: { session: this.#session, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, devTools: false, spellcheck: false },
    });
    this.window.setContentProtection(true); // not in a screenshot, not in a shared screen
    this.window.removeMenu();
    this.#session.protocol.handle('app', request => this.#answer(request));
    this.window.on('closed', () => {
      this.#isClosed = true;
      this.#session.protocol.unhandle('app');
      this.#settle(null);
    });
  }

  /** Shows `page` and resolves to what the user presses there; null when he closes the window. */
  ask(page: string): Promise<Pressed | null> {
    if (this.#isClosed) return Promise.resolve(null);
    const isFirst = this.#page === '';
    this.#page = page;
    if (isFirst) void this.window.loadURL(keysOrigin);
    this.#reply(page);
    return new Promise(resolve => { this.#press = resolve; });
  }

  /** Changes what the page shows at its next `<meta http-equiv="refresh">`, without waiting for a press. */
  replace(page: string): void {
    this.#page = page;
  }

  close(): void {
    this.#reply(null);
    if (!this.#isClosed) this.window.destroy();
  }

  async #answer(request: Request): Promise<Response> {
    if (!request.url.startsWith(keysOrigin)) return new Response(null, { status: 403 });
    if (request.method !== 'POST') return pageResponse(this.#page);
    const form = new URLSearchParams(await request.text());
    const next = new Promise<string | null>(resolve => { this.#answerForm = resolve; });
    this.#settle({ act: form.get('act') ?? '', typed: form.get('typed') ?? '' });
    const page = await next;
    return page === null ? new Response(null, { status: 204 }) : pageResponse(page);
  }

  #settle(pressed: Pressed | null): void {
    this.#press?.(pressed);
    this.#press = null;
  }

  #reply(page: string | null): void {
    this.#answerForm?.(page);
    this.#answerForm = null;
  }
}

function pageResponse(page: string): Response {
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'cache-control': 'no-store' } });
}
