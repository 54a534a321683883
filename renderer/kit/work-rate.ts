import type { JobView } from '../../preload/contract/common.ts';

export interface WorkRate {
  /** Items per second, 0 while nothing is done. */
  perSecond: number;
  /** Whole seconds left at this rate, null while it cannot be told. */
  secondsLeft: number | null;
}

/** How fast a job goes and how long it will still take, at the moment `now` (milliseconds since 1970). */
export function workRate(job: Pick<JobView, 'startedAt' | 'done' | 'total'>, now: number): WorkRate {
  const seconds = (now - Date.parse(job.startedAt)) / 1000;
  if (!(seconds > 0) || job.done <= 0) return { perSecond: 0, secondsLeft: null };
  const perSecond = job.done / seconds;
  const left = job.total - job.done;
  return { perSecond, secondsLeft: left > 0 ? Math.ceil(left / perSecond) : 0 };
}
