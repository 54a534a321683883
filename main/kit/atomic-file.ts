import { createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AppError } from './errors.ts';

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export async function sha256OfFile(file: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}

/**
 * Writes a whole file so that a power cut leaves the old one or the new one, never half: temporary name → flush → rename → read back.
 * `mode` is the POSIX permission of a new file; Windows ignores it.
 * @throws AppError `file.diskFull`, `file.notWritable`, `file.readBack`
 */
export function writeFileAtomic(file: string, bytes: Uint8Array, mode = 0o666): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (fault) {
    rmSync(temporary, { force: true });
    throw fileFault(fault, file);
  }
  if (sha256Hex(readFileSync(file)) !== sha256Hex(bytes)) throw new AppError('file.readBack', { params: { file } });
}

/** Names the faults of the file system that a person can do something about. */
export function fileFault(fault: unknown, file: string): unknown {
  const code = (fault as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('file.diskFull', { params: { file }, cause: fault, batchCanContinue: false });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return new AppError('file.notWritable', { params: { file }, cause: fault, batchCanContinue: false });
  if (code === 'ENOENT') return new AppError('file.missing', { params: { file }, cause: fault });
  if (code === 'EISDIR') return new AppError('file.isFolder', { params: { file }, cause: fault });
  return fault;
}
