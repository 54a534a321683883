import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Hex, writeFileAtomic } from './atomic-file.ts';
import { AppError } from './errors.ts';

/** Papers by their SHA-256: a name can never point to other bytes than it says, and nothing is overwritten. */
export class FileStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  pathOf(sha256: string): string {
    return path.join(this.folder, sha256.slice(0, 2), `${sha256}.pdf`);
  }

  has(sha256: string): boolean {
    return existsSync(this.pathOf(sha256));
  }

  put(bytes: Uint8Array): string {
    const sha256 = sha256Hex(bytes);
    if (!this.has(sha256)) writeFileAtomic(this.pathOf(sha256), bytes);
    return sha256;
  }

  /** @throws AppError `file.missingPaper`, `file.damagedPaper` when the bytes are not those that were filed */
  get(sha256: string): Uint8Array {
    const file = this.pathOf(sha256);
    if (!existsSync(file)) throw new AppError('file.missingPaper', { params: { file } });
    const bytes = new Uint8Array(readFileSync(file));
    if (sha256Hex(bytes) !== sha256) throw new AppError('file.damagedPaper', { params: { file } });
    return bytes;
  }
}
