import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DatabaseKey } from '../../db/open.ts';
import { writeFileAtomic } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';

/** Where everything of a school lies on this PC. */
export interface DataFolder {
  root: string;
  database: string;
  files: string;
  packages: string;
  imports: string;
  keys: string;
}

export function dataFolder(root: string): DataFolder {
  const full = path.resolve(root);
  return {
    root: full,
    database: path.join(full, 'so-truong.db'),
    files: path.join(full, 'files'),
    packages: path.join(full, 'packages'),
    imports: path.join(full, 'import'),
    keys: path.join(full, 'keys'),
  };
}

/** The user's application-data folder: %APPDATA% on Windows, XDG on Linux, Library on macOS. */
export function defaultDataFolder(): string {
  if (process.platform === 'win32') return path.join(process.env['APPDATA'] ?? path.join(os.homedir(), 'AppData', 'Roaming'), 'So Truong');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support', 'So Truong');
  return path.join(process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'), 'so-truong');
}

/** Name of this PC in journal rows and packages: short, stable, made once for the data folder. */
export function deviceName(folder: DataFolder): string {
  const file = path.join(folder.root, 'device.txt');
  if (!existsSync(file)) {
    mkdirSync(folder.root, { recursive: true });
    writeFileAtomic(file, Buffer.from(`pc-${randomBytes(3).toString('hex')}\n`));
  }
  return readFileSync(file, 'utf8').trim();
}

const KEY_FILE = 'database.key';

/**
 * The database key from `SO_TRUONG_KEY` (64 hex digits) or `SO_TRUONG_PASSPHRASE`; else from the key file a demo school keeps beside
 * its data. `demo: true` makes that file: outside the window there is no OS keystore, and a demo holds invented people only.
 * @throws AppError `key.missing`, `key.notHex`
 */
export function keyFromEnvironment(folder: DataFolder, options: { demo?: boolean } = {}): DatabaseKey {
  const hex = process.env['SO_TRUONG_KEY'];
  if (hex !== undefined && hex !== '') {
    if (!/^[0-9a-f]{64}$/i.test(hex)) throw new AppError('key.notHex');
    return { raw: Buffer.from(hex, 'hex') };
  }
  const passphrase = process.env['SO_TRUONG_PASSPHRASE'];
  if (passphrase !== undefined && passphrase !== '') return { passphrase };
  const file = path.join(folder.root, KEY_FILE);
  if (!existsSync(file) && options.demo === true && !existsSync(folder.database)) {
    mkdirSync(folder.root, { recursive: true });
    writeFileAtomic(file, Buffer.from(`${randomBytes(32).toString('hex')}\n`), 0o600);
  }
  if (!existsSync(file) || !statSync(file).isFile()) throw new AppError('key.missing', { params: { file } });
  const stored = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(stored)) throw new AppError('key.notHex');
  return { raw: Buffer.from(stored, 'hex') };
}
