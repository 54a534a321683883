import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { WorkbookReply } from './workbook-worker.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

/** Smaller files are read faster than a thread starts. */
const WORTH_A_THREAD = 150_000;

/**
 * {@link readWorkbook} in a thread of its own, so that unpacking a large file holds nobody up. Aborting ends the thread.
 * @throws as {@link readWorkbook}; the signal's reason when aborted
 */
export async function readWorkbookApart(bytes: Uint8Array, signal: AbortSignal): Promise<Workbook> {
  signal.throwIfAborted();
  if (bytes.length < WORTH_A_THREAD) return readWorkbook(bytes);
  const worker = new Worker(workerFile(), { workerData: bytes });
  const { promise, resolve, reject } = Promise.withResolvers<Workbook>();
  worker.on('message', (reply: WorkbookReply) => {
    if ('workbook' in reply) resolve(reply.workbook);
    else reject('code' in reply ? new AppError(reply.code, { params: reply.params }) : new Error(reply.fault));
  });
  worker.on('error', reject);
  worker.on('exit', () => { reject(new Error('the reading thread ended')); });
  const stop = (): void => { reject(signal.reason as Error); };
  signal.addEventListener('abort', stop);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** The thread's file lies beside the program, or one folder up when this code is in a shared part of the bundle. */
function workerFile(): string {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.ts')) return join(dirname(here), 'workbook-worker.ts');
  const beside = join(dirname(here), 'workbook-worker.js');
  return existsSync(beside) ? beside : join(dirname(here), '..', 'workbook-worker.js');
}
