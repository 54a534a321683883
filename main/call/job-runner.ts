import type { JobView } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import { AppError, toFailure } from '../kit/errors.ts';

interface Running {
  view: JobView;
  user: string;
  abort: AbortController;
}

export interface JobWork {
  signal: AbortSignal;
  progress(done: number, total: number, item: string): void;
}

const KEPT_AFTER_END = 50;
const REPORT_EVERY_MS = 100;

/** Long work: one entry per job, progress to every listener at most ten times a second, cancel between items. */
export class JobRunner {
  readonly #jobs = new Map<string, Running>();
  readonly #report: (view: JobView) => void;
  readonly #clock: () => Date;
  #count = 0;

  constructor(report: (view: JobView) => void, clock: () => Date) {
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
      this.#report({ ...view });
    };
    // The caller must have the id before the first report of it.
    setImmediate(() => {
      this.#report({ ...view });
      void work({ signal: abort.signal, progress }).then(
        result => { this.#settle(view, { state: 'done', result }); },
        (fault: unknown) => {
          if (abort.signal.aborted && isAbort(fault)) this.#settle(view, { state: 'cancelled' });
          else this.#settle(view, { state: 'failed', error: toFailure(fault) });
        },
      );
    });
    return id;
  }

  view(id: string): JobView {
    const found = this.#jobs.get(id);
    if (!found) throw new AppError('jobs.unknown', { params: { id } });
    return { ...found.view };
  }

  list(): JobView[] {
    return [...this.#jobs.values()].map(({ view }) => {
      const { result: _result, ...rest } = view;
      return rest;
    });
  }

  /** Answers whether there was anything to stop. */
  cancel(id: string): boolean {
    const found = this.#jobs.get(id);
    if (found?.view.state !== 'running') return false;
    found.abort.abort();
    return true;
  }

  get running(): number {
    return [...this.#jobs.values()].filter(({ view }) => view.state === 'running').length;
  }

  #settle(view: JobView, end: Pick<JobView, 'state'> & Partial<JobView>): void {
    Object.assign(view, end);
    this.#report({ ...view });
    const ended = [...this.#jobs.values()].filter(job => job.view.state !== 'running');
    for (const { view: old } of ended.slice(0, Math.max(0, ended.length - KEPT_AFTER_END))) this.#jobs.delete(old.id);
  }
}

function isAbort(fault: unknown): boolean {
  return fault instanceof Error && (fault.name === 'AbortError' || (fault instanceof AppError && fault.code === 'jobs.cancelled'));
}

/** Throws when a person has cancelled; call it between items. */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('jobs.cancelled');
}
