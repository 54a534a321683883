import { Indicator, Popover, Stack, UnstyledButton } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { JobView } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import { JobProgress } from '../kit/JobProgress.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showFailure } from '../kit/toasts.tsx';
import { api } from './api.ts';
import classes from './frame.module.css';
import { noteListed, useJobs } from './jobs.ts';
import { useRead } from './queries.ts';

const FINISHED_SHOWN = 4;

async function cancel(jobId: string): Promise<void> {
  const result = await api.system.cancelJob({ jobId });
  if (!result.ok) showFailure(result.error);
}

/** Running work of this person, wherever the screen is; with a way to stop it. */
export function JobLight() {
  const known = useRead('system.jobs', {});
  const jobs = useJobs();
  useEffect(() => {
    noteListed(known.data?.jobs ?? []);
  }, [known.data]);
  const running = jobs.filter(job => job.state === 'running');
  const finished = jobs.filter(job => job.state !== 'running').slice(-FINISHED_SHOWN).toReversed();
  return (
    <Popover width={360} position="bottom-end">
      <Popover.Target>
        <UnstyledButton className={classes.light} aria-label={running.length === 0 ? text('window.jobs.none') : text('window.jobs.running', { count: running.length })}>
          <Indicator disabled={running.length === 0} processing size={8} color="teal"><IconActivity size={17} stroke={1.7} aria-hidden /></Indicator>
          <span>{running.length === 0 ? text('window.jobs.idle') : text('window.jobs.running', { count: running.length })}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {running.length === 0 && finished.length === 0 ? <span>{text('window.jobs.nothing')}</span> : null}
          {running.map(job => <JobProgress key={job.id} job={job} onCancel={() => { void cancel(job.id); }} />)}
          {finished.map(job => <FinishedJob key={job.id} job={job} />)}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function FinishedJob({ job }: { job: JobView }) {
  return (
    <div className={classes.finished}>
      <div><span>{job.title}</span><StateBadge state={job.state === 'done' ? 'done' : 'blocked'}>{text(`window.jobs.${job.state}`)}</StateBadge></div>
      {job.error === undefined ? null : <p>{job.error.what} {job.error.remedy}</p>}
    </div>
  );
}
