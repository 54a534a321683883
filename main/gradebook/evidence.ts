import path from 'node:path';
import { AppError } from '../kit/errors.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const kinds = [{ ending: 'pdf', head: [0x25, 0x50, 0x44, 0x46] }, { ending: 'jpg', head: [0xff, 0xd8, 0xff] }, { ending: 'png', head: [0x89, 0x50, 0x4e, 0x47] }] as const;

/**
 * What a piece of evidence is by its first bytes, not by its name.
 * @throws AppError `gradebook.evidenceKind` for anything but a PDF, JPEG or PNG of at most 10 MB
 */
export function evidenceKind(bytes: Uint8Array): 'pdf' | 'jpg' | 'png' {
  const found = kinds.find(({ head }) => head.every((byte, index) => bytes[index] === byte));
  if (!found || bytes.length > MOST_BYTES) throw new AppError('gradebook.evidenceKind', { field: 'evidence' });
  return found.ending;
}

/** The name shown and printed: no folders, whatever system it came from. */
export function evidenceName(fileName: string): string {
  return path.win32.basename(fileName).normalize('NFC');
}
