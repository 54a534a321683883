import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';

/**
 * Holds a stream whose size must be known before it can enter the tar. What exceeds `memoryBytes` goes to `file`, encrypted under a key that
 * lives only in this object: the journal holds children's marks, and a power cut must not leave them readable on the disk.
 */
export class PackageSpool {
  readonly #file: string;
  readonly #memoryBytes: number;
  readonly #key = randomBytes(32);
  readonly #counter = randomBytes(16);
  #held: Buffer[] = [];
  #heldBytes = 0;
  #handle: FileHandle | undefined;
  #cipher = createCipheriv('aes-256-ctr', this.#key, this.#counter);
  bytes = 0;

  constructor(file: string, memoryBytes = 4 * 1024 ** 2) {
    this.#file = file;
    this.#memoryBytes = memoryBytes;
  }

  async write(chunk: Buffer): Promise<void> {
    this.bytes += chunk.length;
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > this.#memoryBytes) await this.#spill();
  }

  /** What was written, once. */
  async *read(): AsyncGenerator<Buffer> {
    if (this.#handle === undefined) {
      yield* this.#held;
      return;
    }
    await this.#spill();
    const decipher = createDecipheriv('aes-256-ctr', this.#key, this.#counter);
    for (let at = 0; at < this.bytes;) {
      const { bytesRead, buffer } = await this.#handle.read(Buffer.allocUnsafe(256 * 1024), 0, 256 * 1024, at);
      if (bytesRead === 0) throw new Error('the spool was cut short');
      at += bytesRead;
      yield decipher.update(buffer.subarray(0, bytesRead));
    }
  }

  async dispose(): Promise<void> {
    this.#held = [];
    if (this.#handle === undefined) return;
    await this.#handle.close();
    this.#handle = undefined;
    await rm(this.#file, { force: true });
  }

  async #spill(): Promise<void> {
    this.#handle ??= await open(this.#file, 'wx+', 0o600);
    const sealed = this.#cipher.update(Buffer.concat(this.#held));
    for (let at = 0; at < sealed.length;) at += (await this.#handle.write(sealed, at)).bytesWritten;
    this.#held = [];
    this.#heldBytes = 0;
  }
}
