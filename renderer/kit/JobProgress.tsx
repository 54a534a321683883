import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { JobView } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import { formatNumber, wholePercent } from './formats.ts';
import classes from './notices.module.css';
import { workRate } from './work-rate.ts';

export interface JobProgressProps {
  job: JobView;
  onCancel?: () => void;
}

/** Running work: what is being worked on, how many of how many, rate, time left, and a way to stop. */
export function JobProgress({ job, onCancel }: JobProgressProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => { setNow(Date.now()); }, 500);
    return () => { window.clearInterval(timer); };
  }, []);
  const { perSecond, secondsLeft } = workRate(job, now);
  const percent = wholePercent(job.done, job.total);
  return (
    <div className={classes.progress}>
      <div className={classes.progressLine}>
        <strong>{job.title}</strong>
        {job.item === '' ? null : <span>{job.item}</span>}
        {onCancel === undefined ? <span /> : <Button size="compact-xs" variant="default" onClick={onCancel}>{text('kit.progress.stop')}</Button>}
      </div>
      <Progress value={job.total > 0 ? percent : 100} striped={job.total <= 0} animated={job.total <= 0} size="sm" aria-label={job.title} />
      <div className={classes.progressLine}>
        {job.total > 0 ? <span>{text('kit.progress.count', { done: formatNumber(job.done), total: formatNumber(job.total), percent })}</span> : <span />}
        {perSecond > 0 ? <span>{text('kit.progress.rate', { rate: perSecond >= 10 ? formatNumber(Math.round(perSecond)) : perSecond.toFixed(1).replace('.', ',') })}</span> : null}
        <span>{leftInWords(secondsLeft)}</span>
      </div>
    </div>
  );
}

function leftInWords(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 90) return text('kit.progress.secondsLeft', { seconds });
  return text('kit.progress.minutesLeft', { minutes: Math.ceil(seconds / 60) });
}
