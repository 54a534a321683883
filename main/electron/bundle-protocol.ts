import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy } from './window-security.ts';

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

/** Headers of every answer of the `app:` scheme. */
export const guardHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** Makes `app:` a standard, secure scheme, so that the window has an origin, storage and fetch. Must run before the program is ready. */
export function declareBundleScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Serves the files of `folder` as `app://bundle/…` in `session`, and nothing else. */
export function serveBundle(session: Session, folder: string): void {
  session.protocol.handle('app', request => answerFile(request, path.resolve(folder)));
}

async function answerFile(request: Request, folder: string): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.host !== 'bundle') return refuse(403);
  const file = fileOf(url.pathname, folder);
  if (file === null) return refuse(403);
  try {
    const type = mimeTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
    return new Response(await readFile(file), { headers: { ...guardHeaders, 'content-type': type } });
  } catch {
    return refuse(404);
  }
}

/** The file a path of the URL names, or null when it points outside the folder (`..`, a drive letter, a NUL, broken escapes). */
export function fileOf(pathname: string, folder: string): string | null {
  let wanted: string;
  try {
    wanted = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (wanted.includes('\0')) return null;
  const file = path.resolve(folder, `.${wanted === '/' ? '/index.html' : wanted}`);
  return file.startsWith(folder + path.sep) ? file : null;
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: guardHeaders });
}
