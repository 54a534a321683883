import type { JobRunner } from '../call/job-runner.ts';
import { defineModule } from '../call/module.ts';
import { check, info, journal } from './system-service.ts';

/** The program itself. Takes the running jobs, which live beside the door. */
export function systemModule(jobs: () => JobRunner) {
  return defineModule('system', {
    info, journal, check,
    jobs: ({ session }) => ({ jobs: jobs().list(session) }),
    job: ({ session }, { jobId }) => jobs().view(jobId, session),
    cancelJob: ({ session }, { jobId }) => ({ cancelled: jobs().cancel(jobId, session) }),
  });
}
