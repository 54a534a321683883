import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
import { fileOf, guardHeaders, typeOf } from '../kit/window-files.ts';

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
    return new Response(await readFile(file), { headers: { ...guardHeaders, 'content-type': typeOf(file), 'cache-control': 'no-cache' } });
  } catch {
    return refuse(404);
  }
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: guardHeaders });
}
