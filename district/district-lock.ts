import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../main/kit/errors.ts';

const beatMs = 5000;
const deadAfterMs = 30_000;

/** How to reach the server that holds a folder. Readable by its owner alone: the token lets its holder enrol schools. */
export interface RunningServer {
  pid: number;
  url: string;
  token: string;
  /** PEM of the server's own certificate, when it speaks TLS. */
  certificate: string | null;
}

/**
 * The embedded database belongs to one process at a time and does not guard itself: two would destroy it. The holder keeps a file beside it fresh;
 * a file gone stale, or of a process that is no more, is nobody's.
 */
export class FolderLock {
  readonly #file: string;
  readonly #beat: NodeJS.Timeout;

  /** @throws AppError `district.inUse` */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = lockFile(folder);
    if (readHolder(folder) !== null) throw new AppError('district.inUse', { params: { folder } });
    rmSync(this.#file, { force: true });
    try {
      this.#write({ pid: process.pid, url: '', token: '', certificate: null }, 'wx');
    } catch (fault) {
      throw new AppError('district.inUse', { params: { folder }, cause: fault });
    }
    this.#beat = setInterval(() => this.#touch(), beatMs).unref();
  }

  /** Says where the holder can be asked to act on the folder's database. */
  publish(server: Omit<RunningServer, 'pid'>): void {
    this.#write({ pid: process.pid, ...server }, 'w');
  }

  release(): void {
    clearInterval(this.#beat);
    rmSync(this.#file, { force: true });
  }

  #write(server: RunningServer, flag: 'w' | 'wx'): void {
    writeFileSync(this.#file, JSON.stringify(server), { mode: 0o600, flag });
  }

  #touch(): void {
    try {
      utimesSync(this.#file, new Date(), new Date());
    } catch {
      // A folder on a share that is away for a moment; the next beat tries again.
    }
  }
}

/** The process that holds `folder`, or null. Its `url` is empty when it takes no requests. */
export function readHolder(folder: string): RunningServer | null {
  const file = lockFile(folder);
  try {
    if (Date.now() - statSync(file).mtimeMs > deadAfterMs) return null;
    const holder = JSON.parse(readFileSync(file, 'utf8')) as RunningServer;
    process.kill(holder.pid, 0);
    return holder;
  } catch (fault) {
    // Another user's process exists all the same.
    if ((fault as NodeJS.ErrnoException).code === 'EPERM') return JSON.parse(readFileSync(file, 'utf8')) as RunningServer;
    return null;
  }
}

function lockFile(folder: string): string {
  return path.join(folder, 'district-server.json');
}
