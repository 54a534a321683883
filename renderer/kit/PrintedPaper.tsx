import { Modal } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { PdfFile } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import type { JobCall } from '../app/jobs.ts';
import { RunningJob } from './RunningJob.tsx';
import type { JobRun } from './useJob.ts';
import classes from './work-layout.module.css';

const PdfViewer = lazy(async () => ({ default: (await import('./PdfViewer.tsx')).PdfViewer }));

/** A paper that a job makes, in a window of its own: progress, then the pages to print or save. Closing forgets it. */
export function PrintedPaper<Name extends JobCall>({ title, run, onRetry }: { title: string; run: JobRun<Name>; onRetry: () => void }) {
  const file = run.result as PdfFile | null;
  return (
    <Modal opened onClose={run.clear} title={title} size="min(1100px, 92vw)">
      <div className={classes.printed}>
        {file === null ? <RunningJob run={run} onRetry={onRetry} /> : <Suspense fallback={text('kit.loading')}><PdfViewer file={file} takesKeyboard /></Suspense>}
      </div>
    </Modal>
  );
}
