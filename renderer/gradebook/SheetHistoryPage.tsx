import { Button } from '@mantine/core';
import { IconPrinter, IconShieldCheck } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { ChangedCell } from '../../preload/contract/gradebook-proof.ts';
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
import styles from './history.module.css';

/** The cells of a sheet that were changed after they were first written, with counts; Enter opens the page of one. */
export default function SheetHistoryPage({ params }: ScreenProps) {
  const sheetId = params['sheetId'] ?? '-';
  const read = useRead('gradebook.sheetProof', { sheetId });
  const printing = useJob('gradebook.printSheetProof');
  const [standing, setStanding] = useState<ChangedCell | null>(null);
  const stand = useCallback((row: ChangedCell | null) => { setStanding(row); }, []);
  const print = (): void => { void printing.run({ sheetId }); };
  const sheet = read.data;
  const title = text('gradebook.history.sheet');
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('gradebook.history.open') }], []);
  useFoot(standing === null ? title : `${standing.name} — ${standing.columnTitle}`, hints);
  const columns = useMemo<TableColumn<ChangedCell>[]>(() => [
    { id: 'order', title: text('grades.order'), value: row => row.order, width: 54 },
    { id: 'name', title: text('grades.pupil'), value: row => row.name, width: { least: 150, share: 2 } },
    { id: 'column', title: text('gradebook.proof.fact.column'), value: row => row.columnTitle, width: 110 },
    { id: 'values', title: text('gradebook.proof.sheetColumn.values'), value: row => row.values.map(value => value ?? text('gradebook.proof.empty')).join(' → '), width: { least: 160, share: 3 } },
    { id: 'sign', title: '', value: row => (row.isDeletedAndRetyped ? 1 : 0), render: row => (row.isDeletedAndRetyped ? <StateBadge state="needs">{text('gradebook.proof.sign.retyped')}</StateBadge> : null), width: 180 },
    { id: 'lastBy', title: text('gradebook.history.lastBy'), value: row => row.lastBy, width: { least: 120, share: 1 } },
    { id: 'lastAt', title: text('gradebook.history.last'), value: row => row.lastAt, render: row => formatDateTime(row.lastAt), width: 140 },
    { id: 'reason', title: text('journal.screen.column.reason'), value: row => row.reason, width: { least: 90, share: 2 } },
  ], []);
  return (
    <Page
      fills
      title={title}
      trail={[{ title: text('grades.title'), to: '/grades' }, ...(sheet === undefined ? [] : [{ title: text('grades.sheetTitle', { subject: sheet.subjectName, name: sheet.className }), to: `/grades/${sheetId}` }])]}
      acts={<Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} disabled={sheet === undefined} loading={printing.isRunning} onClick={print}>{text('gradebook.history.print')}</Button>}
    >
      <Waiting read={read} lines={14}>
        {found => (
          <div className={styles.fills}>
            <div className={styles.counts} role="status">
              <span>{text('gradebook.proof.sheetCounts', found.counts)}</span>
              <StateBadge state={found.isIntact ? 'done' : 'blocked'}>{text(found.isIntact ? 'gradebook.history.intact' : 'gradebook.history.broken')}</StateBadge>
            </div>
            <DataTable
              label={title}
              name="sheet-history"
              rows={found.cells}
              columns={columns}
              rowId={row => `${row.enrolmentId}/${row.column}`}
              onStand={stand}
              onOpen={row => { navigate(`/grades/history/${sheetId}/${row.enrolmentId}/${row.column}`); }}
              empty={<EmptyState icon={IconShieldCheck} title={text('gradebook.history.noChanges')} next={text('gradebook.history.noChangesNext')} />}
            />
          </div>
        )}
      </Waiting>
      {printing.isRunning || printing.result !== null || printing.failure !== null ? <PrintedPaper title={title} run={printing} onRetry={print} /> : null}
    </Page>
  );
}
