import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { readWorkbook } from './workbook.ts';

/** What the thread answers: the workbook, a fault a person can act on, or whatever else went wrong. */
export type WorkbookReply = { workbook: Awaited<ReturnType<typeof readWorkbook>> } | { code: string; params: Record<string, string | number> } | { fault: string };

function reply(message: WorkbookReply): void {
  parentPort?.postMessage(message);
}

readWorkbook(workerData as Uint8Array).then(
  workbook => { reply({ workbook }); },
  (fault: unknown) => { reply(fault instanceof AppError ? { code: fault.code, params: fault.params } : { fault: String(fault) }); },
);
