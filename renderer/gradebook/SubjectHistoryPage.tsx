import { Button } from '@mantine/core';
import { IconHistoryOff, IconPrinter } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { MarkProof } from '../../preload/contract/gradebook-proof.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';

/** Every mark of a pupil in one subject with how often it was written; Enter opens the page of one, printing makes a page for each. */
export default function SubjectHistoryPage({ params }: ScreenProps) {
  const input = { enrolmentId: params['enrolmentId'] ?? '-', subject: params['subject'] ?? '-' };
  const read = useRead('gradebook.subjectProof', input);
  const printing = useJob('gradebook.printSubjectProof');
  const [standing, setStanding] = useState<MarkProof | null>(null);
  const stand = useCallback((row: MarkProof | null) => { setStanding(row); }, []);
  const print = (): void => { void printing.run(input); };
  const first = read.data?.proofs[0];
  const title = first === undefined ? text('gradebook.history.title') : text('gradebook.history.subjectTitle', { subject: first.subjectName, name: first.pupil.name });
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('gradebook.history.open') }], []);
  useFoot(standing === null ? title : `${title} · ${standing.columnTitle}`, hints);
  const columns = useMemo<TableColumn<MarkProof>[]>(() => [
    { id: 'term', title: text('gradebook.proof.fact.term'), value: row => row.term, render: row => row.termName, width: 120 },
    { id: 'column', title: text('gradebook.proof.fact.column'), value: row => row.columnTitle, width: 120 },
    { id: 'current', title: text('gradebook.history.mark'), value: row => row.current ?? '', width: 90 },
    { id: 'summary', title: text('gradebook.history.summary'), value: row => row.summary, width: { least: 260, share: 5 } },
    { id: 'last', title: text('gradebook.history.last'), value: row => row.steps.at(-1)?.at ?? '', render: row => formatDateTime(row.steps.at(-1)?.at ?? ''), width: 140 },
    { id: 'chain', title: text('gradebook.history.verdict'), value: row => (row.verdict.isIntact ? 1 : 0), render: row => <StateBadge state={row.verdict.isIntact ? 'done' : 'blocked'}>{text(row.verdict.isIntact ? 'gradebook.history.intact' : 'gradebook.history.broken')}</StateBadge>, width: 140 },
  ], []);
  return (
    <Page
      fills
      title={title}
      trail={[{ title: text('grades.title'), to: '/grades' }, ...(first === undefined ? [] : [{ title: first.pupil.name, to: `/students/${input.enrolmentId}` }])]}
      acts={<Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} disabled={first === undefined} loading={printing.isRunning} onClick={print}>{text('gradebook.history.printAll')}</Button>}
    >
      <Waiting read={read} lines={12}>
        {({ proofs }) => (
          <DataTable
            label={title}
            name="subject-history"
            rows={proofs}
            columns={columns}
            rowId={row => `${row.sheetId}/${row.column}`}
            onStand={stand}
            onOpen={row => { navigate(`/grades/history/${row.sheetId}/${row.enrolmentId}/${row.column}`); }}
            empty={<EmptyState icon={IconHistoryOff} title={text('gradebook.history.none')} next={text('gradebook.history.noneNext')} />}
          />
        )}
      </Waiting>
      {printing.isRunning || printing.result !== null || printing.failure !== null ? <PrintedPaper title={title} run={printing} onRetry={print} /> : null}
    </Page>
  );
}
