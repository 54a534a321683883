import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { MarkColumn } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { Page } from '../kit/Page.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { ProofSheet } from './ProofSheet.tsx';

/** "History of this mark" on one page, and as a paper that an inspector reads without help. */
export default function MarkHistoryPage({ params }: ScreenProps) {
  const parsed = MarkColumn.safeParse(params['column']);
  const input = { sheetId: params['sheetId'] ?? '-', enrolmentId: params['enrolmentId'] ?? '-', column: parsed.success ? parsed.data : 'tx1' as const };
  const read = useRead('gradebook.markProof', input);
  const printing = useJob('gradebook.printMarkProof');
  const print = (): void => { void printing.run(input); };
  const proof = read.data;
  const place = proof === undefined ? '' : `${proof.subjectName} · ${proof.className} · ${proof.columnTitle}`;
  useFoot(place === '' ? text('gradebook.history.title') : `${proof?.pupil.name ?? ''} · ${place}`, []);
  return (
    <Page
      title={text('gradebook.history.title')}
      trail={[{ title: text('grades.title'), to: '/grades' }, ...(proof === undefined ? [] : [{ title: text('grades.sheetTitle', { subject: proof.subjectName, name: proof.className }), to: `/grades/${proof.sheetId}` }])]}
      acts={(
        <>
          {proof === undefined ? null : <RouteLink to={`/grades/subject/${proof.enrolmentId}/${proof.subject}`} style={{ alignSelf: 'center' }}>{text('gradebook.history.wholeSubject')}</RouteLink>}
          <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} disabled={proof === undefined} loading={printing.isRunning} onClick={print}>{text('gradebook.history.print')}</Button>
        </>
      )}
    >
      <Waiting read={read} lines={10}>{found => <ProofSheet proof={found} />}</Waiting>
      {printing.isRunning || printing.result !== null || printing.failure !== null ? <PrintedPaper title={text('gradebook.history.paper')} run={printing} onRetry={print} /> : null}
    </Page>
  );
}
