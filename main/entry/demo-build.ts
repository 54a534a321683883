import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { dataFolder } from './data-folder.ts';
import type { DemoMessage, DemoWorkerData } from './demo-worker.ts';

export interface DemoBuild {
  /** Settles when the school stands, or rejects with why it does not; then nothing of it is left. */
  done: Promise<'done'>;
  /** Gives up; what was built so far is taken away. */
  stop(): Promise<void>;
}

/** Builds a demo school in `root` in a thread of its own, so that the window that tells of it keeps answering. */
export function startDemoBuild(root: string, key: Uint8Array, onProgress: (item: string) => void): DemoBuild {
  const workerData: DemoWorkerData = { root, key };
  const worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './demo-worker.ts' : './demo-worker.js', import.meta.url), { workerData });
  const clear = (): void => { rmSync(dataFolder(root).database, { force: true, maxRetries: 5, retryDelay: 100 }); };
  const done = new Promise<'done'>((resolve, reject) => {
    const fail = (fault: Error): void => {
      clear();
      reject(fault);
    };
    worker.on('message', (message: DemoMessage) => {
      if (message.kind === 'progress') onProgress(message.item);
      else if (message.kind === 'done') resolve('done');
      else fail(Object.assign(new Error(message.failure.what), { failure: message.failure }));
    });
    worker.on('error', fail);
  });
  return {
    done,
    stop: async () => {
      done.catch(() => undefined);
      await worker.terminate();
      clear();
    },
  };
}
