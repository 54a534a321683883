import type { JobView } from '../../preload/contract/common.ts';
import type { Role } from '../../preload/contract/permissions.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { text } from '../../resources/language/language.ts';
import { AppError, toFailure } from '../kit/errors.ts';

interface Running {
  view: JobView;
  user: string;
  abort: AbortController;
}

/** Who asks after a job. */
export interface JobAsker {
  user: string;
  role: Role | null;
}

export interface JobWork {
  signal: AbortSignal;
  progress(done: number, total: number, item: string): void;
}

const KEPT_AFTER_END = 50;
const REPORT_EVERY_MS = 100;

/**
 * Long work: one entry per job, progress at most ten times a second, cancel between items. What comes of a job (a paper, a preview, a
 * failure with names in it) is its owner's alone; who manages the system sees that others' jobs run.
 */
export class JobRunner {
  readonly #jobs = new Map<string, Running>();
  readonly #report: (view: JobView, owner: string) => void;
  readonly #clock: () => Date;
  #count = 0;

  constructor(report: (view: JobView, owner: string) => void, clock: () => Date) {
    this.#report = report;
    this.#clock = clock;
  }

  start(call: string, user: string, work: (context: JobWork) => Promise<unknown>): string {
    this.#count += 1;
    const id = `job-${this.#count}`;
    const abort = new AbortController();
    const view: JobView = {
      id, call, title: text(`jobs.${call}`), state: 'running', done: 0, total: 0, item: '', startedAt: this.#clock().toISOString(),
    };
    this.#jobs.set(id, { view, user, abort });
    let reportedAt = 0;
    const progress = (done: number, total: number, item: string) => {
      Object.assign(view, { done, total, item });
      const now = performance.now();
      if (now - reportedAt < REPORT_EVERY_MS && done !== total) return;
      reportedAt = now;
      this.#report({ ...view }, user);
    };
    // The caller must have the id before the first report of it.
    setImmediate(() => {
      this.#report({ ...view }, user);
      void work({ signal: abort.signal, progress }).then(
        result => { this.#settle(view, user, { state: 'done', result }); },
        (fault: unknown) => {
          if (abort.signal.aborted && isAbort(fault)) this.#settle(view, user, { state: 'cancelled' });
          else this.#settle(view, user, { state: 'failed', error: toFailure(fault) });
        },
      );
    });
    return id;
  }

  /** @throws AppError `jobs.unknown` also for a job of somebody else, so that ids tell nothing */
  view(id: string, asker: JobAsker): JobView {
    const found = this.#jobs.get(id);
    if (!found || !maySee(found, asker)) throw new AppError('jobs.unknown', { params: { id } });
    return found.user === asker.user ? { ...found.view } : outside(found.view);
  }

  /** The asker's own jobs, without their results, and for who manages the system that of the others there are some. */
  list(asker: JobAsker): JobView[] {
    return [...this.#jobs.values()].filter(job => maySee(job, asker)).map(({ view, user }) => {
      const { result: _result, ...rest } = view;
      return user === asker.user ? rest : outside(view);
    });
  }

  /** Answers whether there was anything to stop. Only its owner stops a job. */
  cancel(id: string, asker: JobAsker): boolean {
    const found = this.#jobs.get(id);
    if (found?.user !== asker.user || found.view.state !== 'running') return false;
    found.abort.abort();
    return true;
  }

  get running(): number {
    return [...this.#jobs.values()].filter(({ view }) => view.state === 'running').length;
  }

  #settle(view: JobView, owner: string, end: Pick<JobView, 'state'> & Partial<JobView>): void {
    Object.assign(view, end);
    this.#report({ ...view }, owner);
    const ended = [...this.#jobs.values()].filter(job => job.view.state !== 'running');
    for (const { view: old } of ended.slice(0, Math.max(0, ended.length - KEPT_AFTER_END))) this.#jobs.delete(old.id);
  }
}

function maySee(job: Running, asker: JobAsker): boolean {
  return job.user === asker.user || mayCall(asker.role, 'system.manage');
}

/** What others may know of a job: that it is there and how far it is, never whom or what it is about. */
function outside({ id, call, title, state, done, total, startedAt }: JobView): JobView {
  return { id, call, title, state, done, total, startedAt, item: '', isOthers: true };
}

function isAbort(fault: unknown): boolean {
  return fault instanceof Error && (fault.name === 'AbortError' || (fault instanceof AppError && fault.code === 'jobs.cancelled'));
}

/** Throws when a person has cancelled; call it between items. */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('jobs.cancelled');
}
