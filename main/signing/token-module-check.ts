import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../kit/errors.ts';

/** Machine numbers of the two library formats that matter: PE (Windows) and ELF (Linux). */
const PE_MACHINE: Record<number, string> = { 0x14c: 'ia32', 0x8664: 'x64', 0xaa64: 'arm64' };
const ELF_MACHINE: Record<number, string> = { 3: 'ia32', 62: 'x64', 183: 'arm64' };

/** The processor a driver file was built for, or undefined when it is not a library of this system's kind. Throws when it cannot be opened. */
export function libraryArchitecture(file: string): string | undefined {
  const head = Buffer.alloc(4096);
  const handle = openSync(file, 'r');
  let length: number;
  try {
    length = readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  const bytes = head.subarray(0, length);
  if (bytes.toString('latin1', 0, 4) === '\x7fELF' && bytes.length > 20) return ELF_MACHINE[bytes.readUInt16LE(18)] ?? 'other';
  if (bytes.toString('latin1', 0, 2) !== 'MZ' || bytes.length < 64) return undefined;
  const header = bytes.readUInt32LE(0x3c);
  if (header + 6 > bytes.length || bytes.toString('latin1', header, header + 4) !== 'PE\0\0') return undefined;
  return PE_MACHINE[bytes.readUInt16LE(header + 4)] ?? 'other';
}

/**
 * Refuses by name a driver file that cannot be loaded, before the system refuses it without saying why: `token.moduleMissing`,
 * `token.moduleInvalid`, `token.moduleBitness` (many tokens ship a 32-bit driver beside the 64-bit one).
 */
export function checkTokenModule(file: string, architecture: string = process.arch): void {
  const params = { file: path.basename(file) };
  let found: string | undefined;
  try {
    found = libraryArchitecture(file);
  } catch (cause) {
    throw new AppError('token.moduleMissing', { params: { ...params, path: file }, batchCanContinue: false, cause });
  }
  if (found === undefined) throw new AppError('token.moduleInvalid', { params, batchCanContinue: false });
  if (found !== architecture) throw new AppError('token.moduleBitness', { params: { ...params, found, needed: architecture }, batchCanContinue: false });
}
