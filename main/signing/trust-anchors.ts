import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../kit/errors.ts';
import { fileFault } from '../kit/atomic-file.ts';

/** PEM certificates of the authorities this school trusts: every `.pem`, `.crt` and `.cer` text file in `trust/` of the data folder. */
export function trustAnchors(dataFolder: string): string {
  return trustFiles(dataFolder).map(readTrustFile).join('\n');
}

export function trustFolder(dataFolder: string): string {
  return path.join(dataFolder, 'trust');
}

export function trustFiles(dataFolder: string): string[] {
  const folder = trustFolder(dataFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(name => /\.(pem|crt|cer)$/i.test(name)).sort().map(name => path.join(folder, name));
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
