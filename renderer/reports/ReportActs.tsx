import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReportChoice } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import { runJob } from '../app/jobs.ts';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { saveFile } from '../kit/save-file.ts';
import { showFailure } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';

/** What is on screen on paper, with letterhead and signatures, or as a workbook. */
export function ReportActs({ choice, title }: { choice: ReportChoice; title: string }) {
  const print = useJob('reports.print');
  const [isBusy, setBusy] = useState(false);
  const exportIt = async (): Promise<void> => {
    setBusy(true);
    const result = await runJob('reports.workbook', choice);
    setBusy(false);
    if (result.ok) saveFile(result.value.fileName, result.value.bytes, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    else showFailure(result.error);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconPrinter size={15} />} onClick={() => { void print.run(choice); }}>{text('reports.act.print')}</Button>
      <Button variant="default" loading={isBusy} leftSection={<IconFileSpreadsheet size={15} />} onClick={() => { void exportIt(); }}>{text('reports.act.excel')}</Button>
      {print.input === null ? null : <PrintedPaper title={title} run={print} onRetry={() => { void print.run(choice); }} />}
    </>
  );
}
