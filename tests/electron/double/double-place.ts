import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Where the double keeps what Electron would keep in the user's account: paths of `app.getPath`, downloads on their way. */
const scratch = mkdtempSync(path.join(os.tmpdir(), 'electron-double-'));
process.on('exit', () => { rmSync(scratch, { recursive: true, force: true }); });
const paths = new Map<string, string>([
  ['appData', path.join(scratch, 'appData')],
  ['userData', path.join(scratch, 'appData', 'app')],
  ['documents', process.env['ELECTRON_DOUBLE_DOCUMENTS'] ?? path.join(scratch, 'Tài liệu')],
  ['downloads', path.join(scratch, 'Tải về')],
  ['temp', os.tmpdir()],
  ['exe', process.execPath],
]);

export function getPath(name: string): string {
  const found = paths.get(name);
  if (found === undefined) throw new Error(`electron double: app.getPath('${name}') is not modelled`);
  mkdirSync(name === 'exe' ? path.dirname(found) : found, { recursive: true });
  return found;
}

export function setPath(name: string, place: string): void {
  if (!path.isAbsolute(place)) throw new Error('Path must be absolute');
  paths.set(name, place);
}

export function downloadFolder(): string {
  const folder = path.join(scratch, 'on-their-way');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** `app://bundle/x` is `http://bundle.app.localhost/x` inside Chromium: a secure origin of its own without a scheme of its own. */
export function toChromium(url: string): string {
  return url.replaceAll(/app:\/\/([a-z0-9-]+)/g, 'http://$1.app.localhost');
}

export function fromChromium(url: string): string {
  return url.replaceAll(/http:\/\/([a-z0-9-]+)\.app\.localhost(?::\d+)?/g, 'app://$1');
}
