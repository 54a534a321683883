import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../kit/errors.ts';
import { hasText, text } from '../../resources/language/language.ts';
import type { AuthorityKeys } from './enrolment-authority.ts';
import { callServer, type HttpAnswer, type HttpCall } from './package-http.ts';
import { openPackage, type OpenedPackage } from './package-open.ts';
import { matchReceipt, readReceipt, type SignedReceipt } from './package-receipt.ts';

export interface PushOptions {
  /** `https://…`; `http` only to this machine. */
  server: string;
  /** The `.stpkg` file. */
  file: string;
  /** As pinned at enrolment: only its signature makes a receipt. */
  authority: Pick<AuthorityKeys, 'receiptKeys'>;
  signal?: AbortSignal;
  /** Tries in a row without progress before giving up; default 6. */
  attempts?: number;
  /** First and longest wait between tries, milliseconds; default 1000 and 60000. */
  backoff?: { firstMs: number; longestMs: number };
  /** Larger packages go by resumable upload; bytes, default 8 MiB. */
  resumableAbove?: number;
  /** Bytes per piece of a resumable upload; default 4 MiB. */
  pieceBytes?: number;
  /** Without a byte either way; a large package is checked before it is answered. Milliseconds, default five minutes. */
  idleMs?: number;
  ca?: string;
  onProgress?: (sent: { bytes: number; of: number }) => void;
}

/**
 * Brings one package to the authority and returns its receipt, whose signature, school, device, sequence and SHA-256 have been checked. What the
 * authority already holds is not sent again. Waits between tries grow and are scattered, so that schools do not return all at once.
 * @throws AppError `package.unreachable`, `package.tls`, `package.insecure`, `package.unauthorised`, `package.gap` (params `expected`: the one to send),
 *   `package.fork`, `package.refused` (params `code`, `where`), `package.tooLargeForServer`, `package.serverFull`, `package.serverFault`, `package.receiptForm`,
 *   `package.receiptSignature`, `package.receiptOther`, `package.cancelled`
 */
export async function pushPackage(options: PushOptions): Promise<SignedReceipt> {
  const line = new ServerLine(options);
  const opened = await openPackage(options.file);
  const resumable = opened.bytes > (options.resumableAbove ?? 8 * 1024 ** 2);
  return line.persist(async (progress) => {
    if (!resumable) return line.receiptFrom(await line.post(opened), opened);
    return (await line.held(opened)) ?? (await line.upload(opened, progress));
  });
}

/** A fault worth another try: the line, or a server in trouble. */
class PassingFault extends Error {
  readonly named: AppError;
  readonly waitMs: number | undefined;

  constructor(named: AppError, waitMs?: number) {
    super(named.code);
    this.named = named;
    this.waitMs = waitMs;
  }
}

class ServerLine {
  readonly #options: PushOptions;
  readonly #base: URL;

  constructor(options: PushOptions) {
    const base = URL.parse(options.server.endsWith('/') ? options.server : `${options.server}/`);
    if (base === null || !['https:', 'http:'].includes(base.protocol)) throw new AppError('package.serverAddress', { params: { server: options.server } });
    if (base.protocol === 'http:' && !['127.0.0.1', '[::1]', 'localhost'].includes(base.hostname)) throw new AppError('package.insecure', { params: { server: options.server } });
    this.#options = options;
    this.#base = base;
  }

  /** Runs `work` until it answers or fails for good; `progress` starts the counting of tries anew. */
  async persist<T>(work: (progress: () => void) => Promise<T>): Promise<T> {
    const { signal, attempts = 6, backoff = { firstMs: 1000, longestMs: 60_000 } } = this.#options;
    for (let tried = 1; ; tried += 1) {
      try {
        return await work(() => { tried = 1; });
      } catch (fault) {
        if (!(fault instanceof PassingFault)) throw fault;
        if (tried >= attempts) throw fault.named;
        const grown = Math.min(backoff.longestMs, fault.waitMs ?? backoff.firstMs * 2 ** (tried - 1));
        await pause(grown * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal }).catch((stopped: unknown) => {
          throw new AppError('package.cancelled', { cause: stopped });
        });
      }
    }
  }

  async post(opened: OpenedPackage): Promise<HttpAnswer> {
    const answer = await this.#call({
      method: 'POST',
      url: this.#url('v1/packages'),
      headers: { 'Content-Type': 'application/octet-stream', 'Package-Sha256': opened.sha256 },
      body: { stream: () => createReadStream(opened.file, { highWaterMark: 256 * 1024 }), bytes: opened.bytes },
    });
    if (answer.status === 200) this.#options.onProgress?.({ bytes: opened.bytes, of: opened.bytes });
    return answer;
  }

  /** The receipt of a package the authority already holds; null when it waits for it. */
  async held(opened: OpenedPackage): Promise<SignedReceipt | null> {
    const { school, device, sequence } = opened.header;
    const answer = await this.#call({ method: 'GET', url: this.#url(`v1/schools/${school}/devices/${device}?from=${sequence}&to=${sequence}`) });
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw this.#refusal(answer, opened);
    const { contiguousTo, receipts } = JSON.parse(answer.body) as { contiguousTo: number; receipts: unknown[] };
    if (sequence > contiguousTo + 1) throw gap(contiguousTo + 1, sequence);
    return receipts[0] === undefined ? null : this.#checked(JSON.stringify(receipts[0]), opened);
  }

  /** tus 1.0: the upload is named by the package's hash, so that it can be taken up again by a program that remembers nothing. */
  async upload(opened: OpenedPackage, progress: () => void): Promise<SignedReceipt> {
    const tus = { 'Tus-Resumable': '1.0.0' };
    const url = this.#url(`v1/uploads/${opened.sha256}`);
    const found = await this.#call({ method: 'HEAD', url, headers: tus });
    let offset = found.status === 200 ? Number(found.headers['upload-offset']) : 0;
    if (found.status !== 200) {
      const metadata = `sha256 ${Buffer.from(opened.sha256).toString('base64')}`;
      const created = await this.#call({ method: 'POST', url: this.#url('v1/uploads'), headers: { ...tus, 'Upload-Length': String(opened.bytes), 'Upload-Metadata': metadata } });
      if (created.status !== 201) throw this.#refusal(created, opened);
    }
    const handle = await open(opened.file, 'r');
    try {
      const piece = Buffer.allocUnsafe(this.#options.pieceBytes ?? 4 * 1024 ** 2);
      do {
        const { bytesRead } = await handle.read(piece, 0, piece.length, offset);
        const headers = { ...tus, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
        const answer = await this.#call({ method: 'PATCH', url, headers, body: piece.subarray(0, bytesRead) });
        if (answer.status !== 204) throw this.#refusal(answer, opened);
        offset = Number(answer.headers['upload-offset']);
        progress();
        this.#options.onProgress?.({ bytes: offset, of: opened.bytes });
      } while (offset < opened.bytes);
    } finally {
      await handle.close();
    }
    const receipt = await this.held(opened);
    if (receipt === null) throw new PassingFault(new AppError('package.serverFault', { params: { status: 404 } }));
    return receipt;
  }

  receiptFrom(answer: HttpAnswer, opened: OpenedPackage): SignedReceipt {
    if (answer.status !== 200) throw this.#refusal(answer, opened);
    return this.#checked(answer.body, opened);
  }

  #checked(answer: string, opened: OpenedPackage): SignedReceipt {
    const signed = readReceipt(Buffer.from(answer), this.#options.authority.receiptKeys);
    // The authority may hold another package under this number: its receipt is genuine, and not ours.
    if (signed.receipt.sha256 !== opened.sha256 && signed.receipt.sequence === opened.header.sequence) throw new AppError('package.fork', { params: { sequence: opened.header.sequence } });
    matchReceipt(signed.receipt, { ...opened.header, sha256: opened.sha256 });
    return signed;
  }

  async #call(call: Omit<HttpCall, 'idleMs' | 'signal' | 'ca'>): Promise<HttpAnswer> {
    let answer: HttpAnswer;
    try {
      answer = await callServer({ ...call, idleMs: this.#options.idleMs ?? 300_000, signal: this.#options.signal, ca: this.#options.ca });
    } catch (fault) {
      if (fault instanceof AppError && fault.code === 'package.unreachable') throw new PassingFault(fault);
      throw fault;
    }
    const waitMs = Number(answer.headers['retry-after']) * 1000 || undefined;
    // 423: the upload's last request is still being wound up after the line broke.
    const passing = answer.status === 429 || answer.status === 423 || (answer.status >= 500 && answer.status !== 507);
    if (passing) throw new PassingFault(new AppError('package.serverFault', { params: { status: answer.status } }), waitMs);
    return answer;
  }

  #refusal(answer: HttpAnswer, opened: OpenedPackage): AppError | PassingFault {
    const { sequence } = opened.header;
    const said = parseRefusal(answer.body);
    if (answer.status === 401) return new AppError('package.unauthorised', { params: { school: opened.header.school }, batchCanContinue: false });
    if (answer.status === 409 && said.code === 'gap') return gap(said.expected, sequence);
    if (answer.status === 409 && said.code === 'fork') return new AppError('package.fork', { params: { sequence }, batchCanContinue: false });
    if (answer.status === 413) return new AppError('package.tooLargeForServer', { params: { bytes: opened.bytes }, batchCanContinue: false });
    if (answer.status === 507) return new AppError('package.serverFull', { batchCanContinue: false });
    if (answer.status === 422) return new AppError('package.refused', { params: { code: said.code, where: said.where, reason: reasonOf(said.code) }, batchCanContinue: false });
    // The upload stands at another place than we thought, or was cleared away: ask again and go on from there.
    if ([404, 409, 410].includes(answer.status)) return new PassingFault(new AppError('package.serverFault', { params: { status: answer.status } }));
    return new AppError('package.serverFault', { params: { status: answer.status } });
  }

  #url(rest: string): URL {
    return new URL(rest, this.#base);
  }
}

/** The server's code in words: it uses the names of the package's own faults. */
function reasonOf(code: string): string {
  return hasText(`errors.package.${code}.heading`) ? text(`errors.package.${code}.heading`) : code;
}

function gap(expected: number, sequence: number): AppError {
  return new AppError('package.gap', { params: { expected, sequence }, batchCanContinue: false });
}

function parseRefusal(body: string): { code: string; where: string; expected: number } {
  try {
    const said = JSON.parse(body) as { code?: unknown; where?: unknown; expected?: unknown };
    return { code: String(said.code), where: String(said.where), expected: Number(said.expected) };
  } catch {
    return { code: '', where: '', expected: Number.NaN };
  }
}
