import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { resourcePath } from '../resources.ts';
import type { PrintAnchor, PrintReply, PrintRequest, PrintWorkerData } from './print-messages.ts';

export type { PrintAnchor } from './print-messages.ts';

export interface PrintOrder {
  /** Folder name under `resources/templates`, e.g. `transcript-thcs-tt22`. */
  template: string;
  /** JSON values only; the template reads them as `/data.json`. */
  data: unknown;
  /** Written into the PDF as its creation time (whole seconds, UTC): the same order and timestamp give the same bytes. */
  timestamp: Date;
}

export interface PrintedPaper {
  /** PDF/A-2b, every font embedded. */
  pdf: Uint8Array;
  pages: number;
  /** The boxes the template named, in reading order. */
  anchors: PrintAnchor[];
}

export interface Printer {
  /**
   * Prints one paper; orders are served one after the other. Rejects with `print.missingGlyph` (a character the print
   * font lacks, with its place), `print.unprintableValue`, `print.unknownTemplate`, `print.templateFault` (with file, line
   * and column), `print.tooSlow`, or `print.stopped`. After any of them the printer takes further orders, unless closed.
   */
  print(order: PrintOrder): Promise<PrintedPaper>;
  /** Ends the thread; orders still waiting are rejected with `print.stopped`. */
  close(): Promise<void>;
}

export interface PrinterOptions {
  /** Longest time for one paper. A paper takes milliseconds; this bound is for a template that never ends. */
  limitMs?: number;
  /** Where the templates are; the shipped ones unless given. */
  templatesFolder?: string;
}

/** The four cuts of Tinos (Times New Roman's widths, every Vietnamese letter). No font of the PC is ever used. */
const fontParts = [
  ['400Regular', 'Tinos_400Regular.ttf'],
  ['400Regular_Italic', 'Tinos_400Regular_Italic.ttf'],
  ['700Bold', 'Tinos_700Bold.ttf'],
  ['700Bold_Italic', 'Tinos_700Bold_Italic.ttf'],
] as const;

interface Job {
  request: PrintRequest;
  resolve(paper: PrintedPaper): void;
  reject(error: AppError): void;
}

/** A printer with a worker thread of its own, started at the first order. It does not keep the process alive while idle. */
export function createPrinter(options: PrinterOptions = {}): Printer {
  const templatesFolder = options.templatesFolder ?? resourcePath('templates');
  const limitMs = options.limitMs ?? 120_000;
  const waiting: Job[] = [];
  let current: Job | undefined;
  let limit: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  let closed = false;
  let lastId = 0;

  function startWorker(): Worker {
    const workerData: PrintWorkerData = { templatesFolder, fontFiles: fontParts.map((parts) => resourcePath('fonts', ...parts)) };
    const started = new Worker(workerFile(), { workerData });
    started.on('message', (reply: PrintReply) => {
      if (started === worker && reply.id === current?.request.id) settle(reply);
    });
    started.on('error', (fault: Error) => loseWorker(started, fault.message));
    started.on('exit', (code) => loseWorker(started, `exit ${code}`));
    return started;
  }

  function loseWorker(lost: Worker, detail: string): void {
    if (lost !== worker) return;
    worker = undefined;
    const job = takeCurrent();
    job?.reject(new AppError('print.stopped', { params: { detail } }));
    next();
  }

  function settle(reply: PrintReply): void {
    const job = takeCurrent();
    if (reply.ok) job?.resolve({ pdf: reply.pdf, pages: reply.pages, anchors: reply.anchors });
    else job?.reject(new AppError(reply.code, { params: reply.params }));
    next();
  }

  function takeCurrent(): Job | undefined {
    clearTimeout(limit);
    const job = current;
    current = undefined;
    return job;
  }

  function next(): void {
    if (current !== undefined) return;
    current = waiting.shift();
    if (current === undefined) {
      worker?.unref();
      return;
    }
    worker ??= startWorker();
    worker.ref();
    limit = setTimeout(giveUp, limitMs);
    try {
      worker.postMessage(current.request, []);
    } catch (fault) {
      // A function or a handle in the data cannot be sent to a thread.
      const detail = fault instanceof Error ? fault.message : String(fault);
      takeCurrent()?.reject(new AppError('print.unprintableValue', { params: { text: detail, place: '' }, cause: fault }));
      next();
    }
  }

  function giveUp(): void {
    const stuck = worker;
    worker = undefined;
    const job = takeCurrent();
    job?.reject(new AppError('print.tooSlow', { params: { template: job.request.template, seconds: Math.round(limitMs / 1000) } }));
    // Not awaited: native code cannot be interrupted, the thread ends when Typst comes back.
    void stuck?.terminate();
    next();
  }

  return {
    async print({ template, data, timestamp }) {
      if (closed) throw new AppError('print.stopped', { params: { detail: 'closed' } });
      if (!/^[a-z0-9-]+$/u.test(template) || !existsSync(join(templatesFolder, template, 'page.typ'))) {
        throw new AppError('print.unknownTemplate', { params: { template } });
      }
      return await new Promise<PrintedPaper>((resolve, reject) => {
        const request = { id: ++lastId, template, data, timestampSeconds: Math.floor(timestamp.getTime() / 1000) };
        waiting.push({ request, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      const ended = worker;
      worker = undefined;
      const unserved = [takeCurrent(), ...waiting.splice(0)];
      for (const job of unserved) job?.reject(new AppError('print.stopped', { params: { detail: 'closed' } }));
      await ended?.terminate();
    },
  };
}

/** The worker beside this file: TypeScript in the checkout, `print-worker.js` in the bundle (where this code may sit in a sub-folder of shared chunks). */
function workerFile(): string {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.ts')) return join(dirname(here), 'print-worker.ts');
  const beside = join(dirname(here), 'print-worker.js');
  return existsSync(beside) ? beside : join(dirname(here), '..', 'print-worker.js');
}
