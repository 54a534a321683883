import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { writeFileAtomic } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import { keyFingerprint } from './recovery-key.ts';

/** `database-key.json`: the key sealed by this user's OS keystore, or only its fingerprint where the PC has no keystore. */
const KeyFile = z.object({
  version: z.literal(1),
  fingerprint: z.string(),
  sealed: z.string().nullable(),
  /** Whether the user has proved that the recovery key was written down. Until then it is shown at every start. */
  isWrittenDown: z.boolean(),
});
type KeyFile = z.infer<typeof KeyFile>;

/**
 * The school's database key in the keystore of the operating system (DPAPI on Windows, the keyring on Linux). Copied to another PC or
 * another user the file is worthless; there the recovery key opens the data.
 */
export class KeyStore {
  readonly #file: string;

  constructor(dataFolder: string) {
    this.#file = path.join(dataFolder, 'database-key.json');
  }

  get exists(): boolean {
    return existsSync(this.#file);
  }

  /** Makes the key of a new database and keeps it. 32 random bytes. */
  async create(): Promise<Buffer> {
    const key = randomBytes(32);
    await this.keep(key, false);
    return key;
  }

  /** Keeps `key` for this user on this PC; without a keystore only what tells it from a wrong one. */
  async keep(key: Buffer, isWrittenDown: boolean): Promise<void> {
    const sealed = await hasKeystore() ? (await safeStorage.encryptStringAsync(key.toString('hex'))).toString('base64') : null;
    this.#write({ version: 1, fingerprint: keyFingerprint(key), sealed, isWrittenDown });
  }

  get isWrittenDown(): boolean {
    return this.#content().isWrittenDown;
  }

  markWrittenDown(): void {
    this.#write({ ...this.#content(), isWrittenDown: true });
  }

  /**
   * The kept key.
   * @throws AppError `shellKey.damaged` (the file is not ours any more), `shellKey.noKeystore` (this PC keeps none: ask for the recovery
   * key), `shellKey.sealedElsewhere` (another PC or user sealed it)
   */
  async read(): Promise<Buffer> {
    const { fingerprint, sealed, isWrittenDown } = this.#content();
    if (sealed === null || !await hasKeystore()) throw new AppError('shellKey.noKeystore', { batchCanContinue: false });
    const key = await this.#unseal(Buffer.from(sealed, 'base64'), isWrittenDown);
    if (keyFingerprint(key) !== fingerprint) throw new AppError('shellKey.damaged', { params: { file: this.#file }, batchCanContinue: false });
    return key;
  }

  /** Whether a typed key is the one of this database. True as well when the file cannot say: then the database itself will. */
  mayBe(key: Buffer): boolean {
    try {
      return this.#content().fingerprint === keyFingerprint(key);
    } catch {
      return true;
    }
  }

  async #unseal(sealed: Buffer, isWrittenDown: boolean): Promise<Buffer> {
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
      const key = Buffer.from(result, 'hex');
      if (shouldReEncrypt) await this.keep(key, isWrittenDown);
      return key;
    } catch (fault) {
      throw new AppError('shellKey.sealedElsewhere', { batchCanContinue: false, cause: fault });
    }
  }

  /** Takes back a key with which nothing was locked. */
  forget(): void {
    rmSync(this.#file, { force: true });
  }

  #write(content: KeyFile): void {
    writeFileAtomic(this.#file, Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8'));
  }

  #content(): KeyFile {
    try {
      return KeyFile.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch (fault) {
      throw new AppError('shellKey.damaged', { params: { file: this.#file }, batchCanContinue: false, cause: fault });
    }
  }
}

/** On a Linux desktop without a keyring Electron "encrypts" with a password known to everyone: that is none. */
async function hasKeystore(): Promise<boolean> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false;
  return safeStorage.isAsyncEncryptionAvailable();
}
