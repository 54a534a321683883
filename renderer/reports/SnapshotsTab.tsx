import { SegmentedControl, Table } from '@mantine/core';
import { IconCircleCheck, IconSnowflake } from '@tabler/icons-react';
import type { SnapshotDifference, SnapshotLine } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDateTime, formatNumber } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { ReportActs } from './ReportActs.tsx';
import styles from './reports.module.css';
import { StatisticsSections } from './StatisticsSections.tsx';

/** Numbers as they were sent, and what has changed since. */
export function SnapshotsTab() {
  const { year } = useSession();
  const [chosen, setChosen] = useQueryValue('snapshot');
  const read = useRead('reports.snapshots', { year });
  return (
    <div className={styles.scroll}>
      <Waiting read={read} lines={8}>
        {({ snapshots }) => {
          if (snapshots.length === 0) return <EmptyState icon={IconSnowflake} title={text('reports.snapshots.none')} next={text('reports.snapshots.noneNext')} />;
          const line = snapshots.find(one => one.snapshotId === chosen) ?? snapshots[0];
          return (
            <>
              <Card flush>
                <Table aria-label={text('reports.tab.snapshots')} highlightOnHover>
                  <Table.Thead><Table.Tr>{['title', 'takenAt', 'by', 'note', 'code'].map(key => <Table.Th key={key}>{text(`reports.snapshots.column.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
                  <Table.Tbody>
                    {snapshots.map(one => (
                      <Table.Tr key={one.snapshotId} aria-selected={one.snapshotId === line?.snapshotId} {...(one.snapshotId === line?.snapshotId ? { bg: 'var(--st-selected)' } : {})}>
                        <Table.Td><button type="button" className={styles.number} style={{ textAlign: 'left' }} onClick={() => { setChosen(one.snapshotId); }}>{one.title}</button></Table.Td>
                        <Table.Td className="tabular">{formatDateTime(one.takenAt)}</Table.Td>
                        <Table.Td>{one.by}</Table.Td>
                        <Table.Td>{one.note}</Table.Td>
                        <Table.Td><code>{one.sha256.slice(0, 12)}</code></Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Card>
              {line === undefined ? null : <Snapshot key={line.snapshotId} line={line} />}
            </>
          );
        }}
      </Waiting>
    </div>
  );
}

function Snapshot({ line }: { line: SnapshotLine }) {
  const [show, setShow] = useQueryValue('show');
  const isSent = show === 'sent';
  const { snapshotId } = line;
  const sent = useRead('reports.snapshot', { snapshotId }, { enabled: isSent });
  const difference = useRead('reports.difference', { snapshotId }, { enabled: !isSent });
  return (
    <>
      <div className={styles.bar} style={{ padding: 0 }}>
        <SegmentedControl
          aria-label={text('reports.snapshots.show')}
          value={isSent ? 'sent' : 'difference'}
          onChange={value => { setShow(value === 'sent' ? 'sent' : ''); }}
          data={['difference', 'sent'].map(one => ({ value: one, label: text(`reports.snapshots.${one}`) }))}
        />
        <ReportActs key={isSent ? 'sent' : 'difference'} choice={{ of: isSent ? 'snapshot' : 'difference', snapshotId }} title={line.title} />
      </div>
      {isSent
        ? <Waiting read={sent} lines={10}>{found => <StatisticsSections sections={found.statistics.sections} chosen={null} onChoose={null} />}</Waiting>
        : <Waiting read={difference} lines={10}>{found => <Difference difference={found} />}</Waiting>}
    </>
  );
}

function Difference({ difference: { numbers, members } }: { difference: SnapshotDifference }) {
  if (numbers.length === 0 && members.length === 0) {
    return <EmptyState icon={IconCircleCheck} title={text('reports.snapshots.same')} next={text('reports.snapshots.sameNext')} />;
  }
  return (
    <>
      <Card title={text('reports.print.difference.numbers')} flush>
        <div className={styles.table}>
          <Table aria-label={text('reports.print.difference.numbers')}>
            <Table.Thead><Table.Tr>{['what', 'where'].map(key => <Table.Th key={key}>{text(`reports.print.difference.${key}`)}</Table.Th>)}{['before', 'after'].map(key => <Table.Th key={key} ta="right">{text(`reports.print.difference.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody className="tabular">
              {numbers.map(one => (
                <Table.Tr key={`${one.section} ${one.row} ${one.column}`}><Table.Td>{one.section}: {one.row}</Table.Td><Table.Td>{one.column}</Table.Td><Table.Td ta="right">{formatNumber(one.before)}</Table.Td><Table.Td ta="right">{formatNumber(one.after)}</Table.Td></Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </Card>
      <Card title={text('reports.print.difference.members')}>
        <ul className={styles.members}>
          {members.map(member => (
            <li key={member.id}>
              <strong>{member.route === null ? member.name : <RouteLink to={member.route}>{member.name}</RouteLink>}</strong>
              <small>{member.detail}</small>
              <ul className={styles.changes}>
                {member.left.length === 0 ? null : <li style={{ display: 'list-item', border: 0 }}>{text('reports.difference.left', { rows: member.left.join('; ') })}</li>}
                {member.joined.length === 0 ? null : <li style={{ display: 'list-item', border: 0 }}>{text('reports.difference.joined', { rows: member.joined.join('; ') })}</li>}
                {member.changes.length === 0 ? <li style={{ display: 'list-item', border: 0 }}>{text('reports.difference.noChange')}</li> : member.changes.map(one => (
                  <li key={`${one.at} ${one.what}`} style={{ display: 'list-item', border: 0 }}>
                    {text('reports.difference.change', { what: one.what, before: one.before ?? '–', after: one.after ?? '–', at: formatDateTime(one.at), actor: one.actor })}{one.reason === null ? '' : ` (${one.reason})`}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
