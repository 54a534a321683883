import type { JobRunner } from '../call/job-runner.ts';
import { defineModule } from '../call/module.ts';
import { check, info, journal } from './system-service.ts';

/** The program itself. Takes the running jobs, which live beside the door. */
export function systemModule(jobs: () => JobRunner) {
  return defineModule('system', {
    info, journal, check,
    jobs: () => ({ jobs: jobs().list() }),
    job: (_ctx, { jobId }) => jobs().view(jobId),
    cancelJob: (_ctx, { jobId }) => ({ cancelled: jobs().cancel(jobId) }),
  });
}
