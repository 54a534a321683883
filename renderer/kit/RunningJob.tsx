import type { JobCall } from '../app/jobs.ts';
import { text } from '../../resources/language/language.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { JobProgress } from './JobProgress.tsx';
import type { JobRun } from './useJob.ts';
import classes from './work-layout.module.css';

/** The progress of a job while it runs, its failure when it failed, otherwise nothing. */
export function RunningJob<Name extends JobCall>({ run, onRetry }: { run: JobRun<Name>; onRetry?: () => void }) {
  if (run.failure !== null) {
    return <div className={classes.notice}><ErrorNotice failure={run.failure} onDismiss={run.clear} {...(onRetry === undefined ? {} : { onRetry })} /></div>;
  }
  if (!run.isRunning) return null;
  return (
    <div className={classes.notice} role="status">
      {run.job === null ? <span>{text('kit.loading')}</span> : <JobProgress job={run.job} onCancel={run.stop} />}
    </div>
  );
}
