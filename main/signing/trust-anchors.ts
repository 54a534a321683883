import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../kit/errors.ts';
import { fileFault } from '../kit/atomic-file.ts';

/** PEM certificates of the authorities this school trusts: every `.pem`, `.crt` and `.cer` text file in `trust/` of the data folder. */
export function trustAnchors(dataFolder: string): string {
  const folder = path.join(dataFolder, 'trust');
  if (!existsSync(folder)) return '';
  return readdirSync(folder).filter(name => /\.(pem|crt|cer)$/i.test(name)).map(name => readTrustFile(path.join(folder, name))).join('\n');
}

/** @throws AppError `signing.trustNotPem`, `file.missing` */
export function readTrustFile(file: string): string {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (fault) {
    throw fileFault(fault, file);
  }
  if (!content.includes('-----BEGIN CERTIFICATE-----')) throw new AppError('signing.trustNotPem', { params: { file } });
  return content;
}
