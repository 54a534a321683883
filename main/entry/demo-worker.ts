import { parentPort, workerData } from 'node:worker_threads';
import type { Failure } from '../../preload/contract/failure.ts';
import type { Session } from '../call/context.ts';
import type { TokenPort } from '../call/services.ts';
import { buildDemoSchool } from '../demo/build-demo-school.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import { createCore, programVersion } from './create-core.ts';
import { dataFolder } from './data-folder.ts';

export interface DemoWorkerData {
  root: string;
  key: Uint8Array;
}
export type DemoMessage = { kind: 'progress'; item: string } | { kind: 'done' } | { kind: 'failed'; failure: Failure };

const port = parentPort;
if (!port) throw new Error('demo-worker.ts runs as a worker thread');
const { root, key } = workerData as DemoWorkerData;
const post = (message: DemoMessage): void => { port.postMessage(message); };
const noToken: TokenPort = {
  certificate: () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false })),
  sign: () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false })),
};
const builder: Session = { user: 'demo', name: 'Trường mẫu', role: 'principal', staffId: null, token: null };

try {
  const core = await createCore({ dataFolder: root, key: { raw: key }, shell: 'electron', token: noToken, version: programVersion(), create: true });
  try {
    await buildDemoSchool(core.door, builder, {
      pupils: 240, level: 'thcs', seed: 1, year: '2025-2026', yearEnd: true, importFolder: dataFolder(root).imports, signal: new AbortController().signal,
      progress: (_done, _total, item) => { post({ kind: 'progress', item }); },
    });
  } finally {
    await core.close();
  }
  post({ kind: 'done' });
} catch (fault) {
  post({ kind: 'failed', failure: toFailure(fault) });
}
port.close();
