import { AppError, toFailure } from '../kit/errors.ts';
import type { SignedPdf, SignRequest } from './sign-pdf.ts';
import { signPdf } from './sign-pdf.ts';

/** A paper that waits for a signature. It is read only when its turn is near, so that a batch of any size needs little memory. */
export interface BatchPaper {
  id: string;
  read(): Promise<Uint8Array>;
}

export interface BatchHooks {
  /** Keeps the signed paper; when this throws, the paper counts as failed. */
  save(id: string, signed: SignedPdf): Promise<void>;
  /** Looked at before each paper: true stops the batch cleanly, what is done stays done. */
  stopped?(): boolean;
}

export interface BatchResult {
  signed: string[];
  failed: { id: string; error: unknown; code: string; batchCanContinue: boolean }[];
  timestampWaiting: number;
  /** True when papers were left untouched, by a stop or by a failure after which no other paper can be signed. */
  stopped: boolean;
  /** True when the stop came from such a failure; it is the last of `failed`. */
  fatal: boolean;
}

/** Papers in hand at once: while the chip signs one, the next are prepared and the last is checked. The chip itself does one thing at a time. */
const IN_HAND = 6;

/**
 * Signs papers in their order with one PIN. A failed paper is named and the others go on, unless the failure says that they would fail
 * too (`batchCanContinue` false: PIN locked, token gone); then nothing more is asked of the token.
 */
export async function signBatch(papers: Iterable<BatchPaper>, request: Omit<SignRequest, 'pdf'>, hooks: BatchHooks): Promise<BatchResult> {
  const result: BatchResult = { signed: [], failed: [], timestampWaiting: 0, stopped: false, fatal: false };
  const queue = papers[Symbol.iterator]();
  const shared = request.tsa ? { ...request, tsa: { ...request.tsa, attempts: { failedInARow: 0 } } } : request;
  const worker = async (): Promise<void> => {
    for (let next = take(); next; next = take()) await signOne(next, shared, hooks, result);
  };
  const take = (): BatchPaper | undefined => {
    if (result.stopped) return undefined;
    const { value, done } = queue.next();
    if (done) return undefined;
    if (!hooks.stopped?.()) return value;
    result.stopped = true;
    return undefined;
  };
  await Promise.all(Array.from({ length: IN_HAND }, worker));
  return result;
}

async function signOne(paper: BatchPaper, request: Omit<SignRequest, 'pdf'>, hooks: BatchHooks, result: BatchResult): Promise<void> {
  try {
    const signed = await signPdf({ ...request, pdf: await paper.read() });
    await hooks.save(paper.id, signed);
    result.signed.push(paper.id);
    if (signed.timestamp === 'waiting') result.timestampWaiting++;
  } catch (error) {
    const { code, batchCanContinue } = toFailure(error);
    // Papers in hand when the token went away were not tried: they wait for the next run like those behind them.
    if (result.fatal && !batchCanContinue) return;
    result.failed.push({ id: paper.id, error, code, batchCanContinue });
    if (error instanceof AppError && !batchCanContinue) {
      result.stopped = true;
      result.fatal = true;
    }
  }
}
