import { Button, Table } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { CheckReport } from '../../preload/contract/system.ts';
import { text } from '../../resources/language/language.ts';
import { formatNumber } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Card } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { useJob } from '../kit/useJob.ts';
import styles from './system.module.css';

/** Reads all data and compares it with what is written of it: database, journal chain, filed papers, packages. */
export function DataCheck() {
  const checking = useJob('system.check');
  const run = (): void => { void checking.run({}); };
  return (
    <Card title={text('system.screen.check.title')} acts={<Button leftSection={<IconShieldCheck size={15} stroke={1.7} />} loading={checking.isRunning} onClick={run}>{text('system.screen.check.run')}</Button>}>
      <div className={styles.check}>
        {checking.result === null ? <p>{text('system.screen.check.what')}</p> : <Report report={checking.result} />}
        <RunningJob run={checking} onRetry={run} />
      </div>
    </Card>
  );
}

function Report({ report }: { report: CheckReport }) {
  const { journalRows, files, packages, completeness } = report.figures;
  return (
    <>
      <Notice state={report.ok ? 'done' : 'blocked'} title={report.ok ? text('system.screen.check.ok') : text('system.screen.check.problems', { count: formatNumber(report.problems.length) })}>
        <p className="tabular">{text('system.screen.check.figures', { journalRows: formatNumber(journalRows), files: formatNumber(files), packages: formatNumber(packages), completeness })}</p>
      </Notice>
      <Findings rows={report.problems} />
      {report.notices.length === 0 ? null : <strong>{text('system.screen.check.notices', { count: formatNumber(report.notices.length) })}</strong>}
      <Findings rows={report.notices} />
    </>
  );
}

function Findings({ rows }: { rows: CheckReport['problems'] | CheckReport['notices'] }) {
  if (rows.length === 0) return null;
  return (
    <Table>
      <Table.Thead><Table.Tr>{(['area', 'what', 'remedy'] as const).map(key => <Table.Th key={key}>{text(`system.screen.column.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
      <Table.Tbody>
        {rows.map(row => (
          <Table.Tr key={`${row.area} ${row.what}`}>
            <Table.Td className={styles.area}>{text(`system.area.${row.area}`)}</Table.Td>
            <Table.Td>{row.what}</Table.Td>
            <Table.Td>{row.remedy}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
