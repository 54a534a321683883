import { useSyncExternalStore } from 'react';
import type { JobView } from '../../preload/contract/common.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { api } from '../app/api.ts';
import { runJob, useJobs } from '../app/jobs.ts';
import type { JobCall } from '../app/jobs.ts';
import type { CallInput, CallOutput } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { showFailure } from './toasts.tsx';

interface Run {
  /** Another person at the same window must not see it. */
  user: string;
  input: unknown;
  jobId: string | null;
  outcome: Result<unknown> | null;
}

// Outside React: who leaves a screen while its job runs finds the progress, or what came of it, on return.
let runs: ReadonlyMap<JobCall, Run> = new Map();
const listeners = new Set<() => void>();

function note(call: JobCall, run: Run | null): void {
  const next = new Map(runs);
  if (run === null) next.delete(call);
  else next.set(call, run);
  runs = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export interface JobRun<Name extends JobCall> {
  /** Starts it; resolves with what it answers, or null after a failure. */
  run: (input: CallInput<Name>) => Promise<CallOutput<Name> | null>;
  isRunning: boolean;
  /** Its progress, once the program has told of it. */
  job: JobView | null;
  /** What it was started with. */
  input: CallInput<Name> | null;
  result: CallOutput<Name> | null;
  failure: Failure | null;
  stop: () => void;
  /** Forgets input and outcome. */
  clear: () => void;
}

/** One kind of long work as a screen sees it: progress while it runs, then its result or why there is none, kept across places until cleared. */
export function useJob<Name extends JobCall>(call: Name): JobRun<Name> {
  const { account } = useSession();
  const found = useSyncExternalStore(subscribe, () => runs).get(call);
  const mine = found?.user === account.user ? found : undefined;
  const jobs = useJobs();
  const job = mine?.jobId === undefined || mine.jobId === null ? null : jobs.find(one => one.id === mine.jobId) ?? null;

  const run = async (input: CallInput<Name>): Promise<CallOutput<Name> | null> => {
    let now: Run = { user: account.user, input, jobId: null, outcome: null };
    note(call, now);
    const result = await runJob(call, input, {
      onStarted: jobId => {
        now = { ...now, jobId };
        note(call, now);
      },
    });
    // A later start of the same work has taken this one's place.
    if (runs.get(call) === now) note(call, { ...now, outcome: result });
    return result.ok ? result.value : null;
  };
  const stop = (): void => {
    if (mine?.jobId !== undefined && mine.jobId !== null) void cancel(mine.jobId);
  };
  const outcome = mine?.outcome ?? null;
  return {
    run,
    isRunning: mine !== undefined && outcome === null,
    job: outcome === null ? job : null,
    input: mine === undefined ? null : mine.input as CallInput<Name>,
    result: outcome?.ok === true ? outcome.value as CallOutput<Name> : null,
    failure: outcome?.ok === false ? outcome.error : null,
    stop,
    clear: () => { note(call, null); },
  };
}

async function cancel(jobId: string): Promise<void> {
  const result = await api.system.cancelJob({ jobId });
  if (!result.ok) showFailure(result.error);
}
