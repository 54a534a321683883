import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DownloadItem, Session, WebContents } from '../electron-surface.ts';
import { browserSession } from './double-browser.ts';
import { DoubleEmitter, preventable } from './double-emitter.ts';
import { downloadFolder, fromChromium, getPath } from './double-place.ts';
import { askSaveDialog } from './double-dialog.ts';
import { app } from './double-app.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: Electron.OnBeforeRequestListenerDetails, answer: (response: Electron.CallbackResponse) => void) => void;

/** Permissions a page can ask Chromium for, by their DevTools names; the handlers of the session decide about each. */
const permissions = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'idle-detection'];

export class SessionDouble extends DoubleEmitter implements Omit<Session, 'on'> {
  readonly #handlers = new Map<string, SchemeHandler>();
  #beforeRequest: { urls: string[] | null; listener: BeforeRequest } | null = null;
  #permissionCheck: ((permission: string) => boolean) | null = null;
  #permissionRequest: ((permission: string) => boolean) | null = null;
  spellChecker = true;

  constructor() {
    super('Session', ['will-download']);
  }

  readonly protocol: Session['protocol'] = {
    handle: (scheme, handler) => {
      if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} has been intercepted`);
      this.#handlers.set(scheme, handler);
    },
    unhandle: scheme => { this.#handlers.delete(scheme); },
    isProtocolHandled: scheme => this.#handlers.has(scheme),
  };

  readonly webRequest = { onBeforeRequest: this.#onBeforeRequest.bind(this) } as unknown as Session['webRequest'];

  setPermissionRequestHandler(handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {
    this.#permissionRequest = handler === null ? null : permission => {
      let granted = false;
      handler(null as never, permission as never, answer => { granted = answer; }, {} as never);
      return granted;
    };
  }

  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    this.#permissionCheck = handler === null ? null : permission => handler(null, permission as never, '', {} as never);
  }

  setDevicePermissionHandler(): void { /* Headless Chromium offers no device to choose. */ }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled;
  }

  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    if (await this.isBlocked(request.url)) throw new Error('net::ERR_BLOCKED_BY_CLIENT');
    return (await this.serve(request)) ?? fetch(request);
  }

  /** The answer of this session's own scheme, or null when the URL is none of them. */
  async serve(request: Request): Promise<Response | null> {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1));
    return handler === undefined ? null : handler(request);
  }

  /** Asks `webRequest.onBeforeRequest` about a URL. */
  async isBlocked(url: string): Promise<boolean> {
    const rule = this.#beforeRequest;
    if (rule === null || (rule.urls !== null && !rule.urls.some(pattern => matches(pattern, url)))) return false;
    const answer = await new Promise<Electron.CallbackResponse>(resolve => { rule.listener({ url } as Electron.OnBeforeRequestListenerDetails, resolve); });
    return answer.cancel === true;
  }

  /** Tells Chromium what the session's handlers say about each permission; without handlers Electron grants everything. */
  async applyPermissions(origin: string): Promise<void> {
    for (const name of permissions) {
      const answers = [this.#permissionCheck?.(name) ?? true, this.#permissionRequest?.(name) ?? true];
      const isGranted = answers.every(Boolean);
      await browserSession().send('Browser.setPermission', { origin, permission: { name }, setting: isGranted ? 'granted' : 'denied' });
    }
  }

  /** Plays a download that Chromium has begun: the listeners, the dialog (or the path they set), the file in its place. */
  async download(facts: { guid: string; url: string; suggestedFilename: string }, contents: WebContents, ended: Promise<'completed' | 'canceled'>): Promise<void> {
    const item = new DownloadItemDouble(fromChromium(facts.url), facts.suggestedFilename);
    const event = preventable({});
    this.emit('will-download', event, item, contents);
    const arrived = path.join(downloadFolder(), facts.guid);
    if (event.defaultPrevented) {
      await browserSession().send('Browser.cancelDownload', { guid: facts.guid }).catch(() => undefined);
      return;
    }
    const state = await ended;
    const place = item.getSavePath() || await askSaveDialog({ defaultPath: path.join(getPath('downloads'), item.getFilename()), ...item.getSaveDialogOptions() });
    item.finish(place === '' || state === 'canceled' ? 'cancelled' : putInPlace(arrived, place), place);
  }

  #onBeforeRequest(...given: [BeforeRequest | null] | [Electron.WebRequestFilter, BeforeRequest | null]): void {
    const listener = given.at(-1) as BeforeRequest | null;
    const urls = given.length === 2 ? given[0].urls : null;
    this.#beforeRequest = listener === null ? null : { urls, listener };
  }
}

function putInPlace(arrived: string, place: string): 'completed' | 'interrupted' {
  try {
    copyFileSync(arrived, place);
    return 'completed';
  } catch {
    return 'interrupted';
  } finally {
    rmSync(arrived, { force: true });
  }
}

function matches(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return /^(https?|wss?|ftp|file|app):/.test(url);
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`).test(url);
}

class DownloadItemDouble extends DoubleEmitter implements Omit<DownloadItem, 'on' | 'once' | 'off'> {
  readonly #url: string;
  readonly #fileName: string;
  #savePath = '';
  #dialogOptions: Electron.SaveDialogOptions = {};
  #state: 'progressing' | 'completed' | 'cancelled' | 'interrupted' = 'progressing';

  constructor(url: string, fileName: string) {
    super('DownloadItem', ['done', 'updated']);
    this.#url = url;
    this.#fileName = fileName;
  }

  getURL(): string { return this.#url; }
  getFilename(): string { return this.#fileName; }
  getSavePath(): string { return this.#savePath; }
  setSavePath(place: string): void { this.#savePath = place; }
  setSaveDialogOptions(options: Electron.SaveDialogOptions): void { this.#dialogOptions = options; }
  getSaveDialogOptions(): Electron.SaveDialogOptions { return this.#dialogOptions; }
  getState(): 'progressing' | 'completed' | 'cancelled' | 'interrupted' { return this.#state; }
  cancel(): void { this.#state = 'cancelled'; }

  finish(state: 'completed' | 'cancelled' | 'interrupted', place: string): void {
    this.#savePath = place;
    this.#state = state;
    this.emit('done', preventable({}), state);
  }
}

const sessions = new Map<string, SessionDouble>();

function fromPartition(partition: string): SessionDouble {
  const known = sessions.get(partition);
  if (known !== undefined) return known;
  const created = new SessionDouble();
  sessions.set(partition, created);
  app.emit('session-created', created);
  return created;
}

export const session = {
  get defaultSession(): SessionDouble {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready');
    return fromPartition('');
  },
  fromPartition: (partition: string): SessionDouble => fromPartition(partition),
};
