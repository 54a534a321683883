import type { AppEvent } from '../../preload/contract/index.ts';
import type { Failure } from '../../preload/contract/failure.ts';
import type { DatabaseKey } from '../../db/open.ts';
import type { TokenPort } from '../call/services.ts';
import type { Answer, Caller } from './program.ts';

/** What the core worker is started with. */
export interface CoreWorkerData {
  dataFolder: string;
  key: DatabaseKey;
  shell: 'electron' | 'host';
  version: string;
  /** Makes an empty database when there is none: the window then asks for the school. */
  create: boolean;
}

export type ToCore =
  | { kind: 'call'; id: number; name: string; input: unknown; caller: Caller }
  | { kind: 'authorise'; id: number; name: string; caller: Caller }
  | { kind: 'running'; id: number }
  | { kind: 'close'; id: number }
  | { kind: 'tokenAnswer'; id: number; ok: true; value: unknown }
  | { kind: 'tokenAnswer'; id: number; ok: false; code: string; params: Record<string, string | number>; batchCanContinue: boolean };

export type FromCore =
  | { kind: 'ready' }
  | { kind: 'failed'; error: Failure }
  | { kind: 'answer'; id: number; answer: Answer }
  | { kind: 'authorised'; id: number; refusal: Failure | null }
  | { kind: 'runningJobs'; id: number; count: number }
  | { kind: 'closed'; id: number }
  | { kind: 'event'; event: AppEvent; to: readonly string[] | null }
  | { kind: 'token'; id: number; method: keyof TokenPort; args: unknown[] };
