import type { Database } from '../../db/open.ts';
import type { FileStore } from '../kit/file-store.ts';
import type { Printer } from '../kit/print/typst-printer.ts';

/** The token process as the core sees it: it can ask for signatures inside a session somebody opened with his PIN, and nothing else. */
export interface TokenPort {
  /** Certificate and chain (DER) of an open session. */
  certificate(session: string): Promise<{ certificate: Uint8Array; chain: Uint8Array[]; keyType: 'rsa' | 'ecdsa' }>;
  /** Signs DER bytes on the token; the key never leaves it. */
  sign(session: string, bytes: Uint8Array): Promise<Uint8Array>;
}

/** What services need besides the database. */
export interface CoreServices {
  database: Database;
  dataFolder: string;
  device: string;
  version: string;
  shell: 'electron' | 'host' | 'cli';
  clock(): Date;
  files: FileStore;
  /** Started at first use: most sessions print nothing. */
  printer(): Promise<Printer>;
  token: TokenPort;
}
