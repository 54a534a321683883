import { app, shell, type Session, type WebContents } from 'electron';

/** Where the window's own files are served from; see bundle-protocol.ts. */
export const bundleOrigin = 'app://bundle/';
/** Where the small key window's form is answered; see key-window.ts. */
export const keysOrigin = 'app://keys/';

/** Sites a link of the program may open in the user's own browser: the ministry and the collections of law. */
const linkedHosts = ['moet.gov.vn', 'chinhphu.vn', 'vbpl.vn', 'dichvucong.gov.vn'];

/**
 * Whether `url` is a page of the program. Compared as text on purpose: for a scheme of our own, Node's `new URL(url).origin` is the
 * string 'null', and so equal for every such scheme.
 */
export function isOwnPage(url: string | undefined): boolean {
  return url !== undefined && url.startsWith(bundleOrigin);
}

/** Whether a link may be handed to the user's browser: https, an allowed site or one below it, no user name, no odd port. */
export function mayOpenOutside(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, hostname, port, username, password } = new URL(link);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  return linkedHosts.some(host => hostname === host || hostname.endsWith(`.${host}`));
}

/**
 * Takes from a session whatever a page could use to reach beyond the program: network, permissions (camera, notifications, file
 * system, USB …), screen capture and downloads of foreign origin.
 */
export function closeSession(session: Session): void {
  session.webRequest.onBeforeRequest({ urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] }, (_details, answer) => { answer({ cancel: true }); });
  session.setPermissionRequestHandler((_contents, _permission, answer) => { answer(false); });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false); // it would download dictionaries
}

/** Whether a page at `from` may go to `to`: about within the program's window, or within the key window, never between them or out. */
export function staysInside(from: string, to: string): boolean {
  return [bundleOrigin, keysOrigin].some(origin => from.startsWith(origin) && to.startsWith(origin));
}

/** Keeps a page where it is: no navigation, no second window, no embedded browser. An allowed https link opens outside. */
export function closeContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', event => {
    if (staysInside(contents.getURL(), event.url)) return;
    event.preventDefault();
    openOutside(event.url);
  });
  contents.on('will-redirect', event => {
    if (!staysInside(contents.getURL(), event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', event => { event.preventDefault(); });
}

function openOutside(url: string): void {
  if (mayOpenOutside(url)) void shell.openExternal(url);
}

/** The rules above for every session and page the program will ever make, so that none can be forgotten. */
export function closeEverything(): void {
  app.enableSandbox();
  app.on('session-created', session => { closeSession(session); });
  app.on('web-contents-created', (_event, contents) => { closeContents(contents); });
}
