import { useSyncExternalStore } from 'react';
import type { JobStarted, JobView } from '../../preload/contract/common.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { api, connectionFailure, isConnectionFailure } from './api.ts';
import { callNamed } from './queries.ts';
import type { CallInput, CallOutput, CallsOfKind } from './queries.ts';

/** Names of the calls that answer a job id. */
export type JobCall = CallsOfKind<'job'>;

export interface RunJobOptions {
  onProgress?: (job: JobView) => void;
  /** Called once with the id, for a cancel button. */
  onStarted?: (jobId: string) => void;
}

/** A silent job is asked after as often as this, in milliseconds: events can be lost while a laptop sleeps. */
const ASK_AFTER = 2_000;
const GIVE_UP_AFTER = 30;

let views: ReadonlyMap<string, JobView> = new Map();
const listeners = new Set<() => void>();

/** Takes one job event into the store of running work. */
export function noteJob(job: JobView): void {
  views = new Map(views).set(job.id, job);
  for (const listener of listeners) listener();
}

/**
 * Takes the program's list of jobs, at the start of a window. The list carries no results, so that it only adds running work that no event
 * has told of yet.
 */
export function noteListed(jobs: readonly JobView[]): void {
  for (const job of jobs) if (job.state === 'running' && job.isOthers !== true && !views.has(job.id)) noteJob(job);
}

export function forgetJobs(): void {
  views = new Map();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

/** All jobs this window has heard of, oldest first. */
export function useJobs(): JobView[] {
  return [...useSyncExternalStore(subscribe, () => views).values()];
}

/** What a finished job amounts to; null while it runs. */
export function resultOf(job: JobView): Result<unknown> | null {
  if (job.state === 'running') return null;
  if (job.state === 'done') return { ok: true, value: job.result };
  return { ok: false, error: job.state === 'cancelled' ? cancelledFailure() : job.error ?? connectionFailure('lost') };
}

function cancelledFailure(): Failure {
  return {
    code: 'jobs.cancelled',
    heading: text('errors.jobs.cancelled.heading'),
    what: text('errors.jobs.cancelled.what'),
    remedy: text('errors.jobs.cancelled.remedy'),
    batchCanContinue: false,
  };
}

async function follow<Output>(jobId: string, onProgress: ((job: JobView) => void) | undefined): Promise<Result<Output>> {
  return new Promise(resolve => {
    let shown: JobView | undefined;
    let unanswered = 0;
    let isSettled = false;
    let timer: ReturnType<typeof setTimeout>;
    const settle = (result: Result<Output>): void => {
      isSettled = true;
      clearTimeout(timer);
      stop();
      resolve(result);
    };
    const look = (): void => {
      const job = views.get(jobId);
      if (job === undefined || job === shown) return;
      shown = job;
      unanswered = 0;
      clearTimeout(timer);
      timer = setTimeout(() => { void ask(); }, ASK_AFTER);
      onProgress?.(job);
      const result = resultOf(job);
      if (result !== null) settle(result as Result<Output>);
    };
    const ask = async (): Promise<void> => {
      const answer = await api.system.job({ jobId });
      if (answer.ok) {
        const heard = views.get(jobId);
        // An event that came while we asked may be newer than the answer.
        if (heard === undefined || heard.state === 'running') noteJob(answer.value);
      } else if (!isConnectionFailure(answer.error) || ++unanswered > GIVE_UP_AFTER) {
        settle({ ok: false, error: answer.error });
        return;
      }
      if (isSettled) return;
      clearTimeout(timer);
      timer = setTimeout(() => { void ask(); }, ASK_AFTER);
    };
    const stop = subscribe(look);
    timer = setTimeout(() => { void ask(); }, ASK_AFTER);
    look();
  });
}

/** Follows a job that was already started and resolves with its result. Never rejects. */
export async function followJob<Output>(started: Promise<Result<JobStarted>>, options: RunJobOptions = {}): Promise<Result<Output>> {
  const answer = await started;
  if (!answer.ok) return answer;
  options.onStarted?.(answer.value.jobId);
  return follow<Output>(answer.value.jobId, options.onProgress);
}

/** Starts the job `name` and resolves with its result: `await runJob('transcripts.prepare', { classId }, { onProgress })`. Never rejects. */
export function runJob<Name extends JobCall>(name: Name, input: CallInput<Name>, options: RunJobOptions = {}): Promise<Result<CallOutput<Name>>> {
  return followJob<CallOutput<Name>>(callNamed<JobStarted>(name, input), options);
}
