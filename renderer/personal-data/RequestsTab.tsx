import { Button, SegmentedControl } from '@mantine/core';
import { IconMailQuestion } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { RequestView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDate } from '../kit/formats.ts';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { AddRequest } from './AddRequest.tsx';
import styles from './personal-data.module.css';
import { RequestPane } from './RequestPane.tsx';

const word = (part: string) => text(`personalData.request.${part}`);
const shows = ['open', 'all'] as const;
const signs: Record<RequestView['state'], WorkState> = { open: 'needs', answered: 'done', refused: 'blocked', withdrawn: 'quiet' };

function isLate(row: RequestView): boolean {
  return row.daysLeft !== null && row.daysLeft < 0;
}

function leftWords({ daysLeft }: RequestView): string {
  if (daysLeft === null) return '';
  if (daysLeft === 0) return word('today');
  return text(`personalData.request.${daysLeft > 0 ? 'daysLeft' : 'daysLate'}`, { count: Math.abs(daysLeft) });
}

function columnsOf(): TableColumn<RequestView>[] {
  return [
    { id: 'number', title: word('column.number'), value: row => row.number, render: row => <span className="tabular">{row.number}</span>, width: 76 },
    { id: 'kind', title: word('column.kind'), value: row => word(`kind.${row.kind}`), width: { least: 120, share: 1 } },
    { id: 'subject', title: word('column.subject'), value: row => row.subjectName, width: { least: 140, share: 1 }, isFixed: true },
    { id: 'requester', title: word('column.requester'), value: row => row.requester, width: { least: 110, share: 1 } },
    { id: 'due', title: word('column.due'), value: row => row.dueOn, render: row => <span className="tabular">{[formatDate(row.dueOn), leftWords(row)].filter(part => part !== '').join(' · ')}</span>, width: 190 },
    {
      id: 'state', title: word('column.state'), value: row => word(`state.${isLate(row) ? 'late' : row.state}`), width: 140,
      render: row => <StateBadge state={isLate(row) ? 'blocked' : signs[row.state]}>{word(`state.${isLate(row) ? 'late' : row.state}`)}</StateBadge>,
    },
  ];
}

/** The register of requests about personal data, those waiting first. */
export function RequestsTab() {
  const [shown, setShown] = useQueryValue('show');
  const show = shows.find(one => one === shown) ?? 'open';
  const read = useRead('personalData.requests', { show }, { keepPrevious: true });
  const [standing, setStanding] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const columns = useMemo(() => columnsOf(), []);
  return (
    <Waiting read={read} lines={8}>
      {({ requests, counts }) => {
        const row = requests.find(one => one.requestId === standing) ?? requests[0];
        const add = <Button onClick={() => { setAdding(true); }}>{word('add')}</Button>;
        return (
          <div className={styles.place}>
            <div className={styles.bar}>
              <SegmentedControl aria-label={text('personalData.tab.requests')} value={show} onChange={value => { setShown(value === 'open' ? '' : value); }} data={shows.map(value => ({ value, label: `${word(`show.${value}`)} (${counts[value]})` }))} />
              {counts.late > 0 ? <StateBadge state="blocked">{`${word('state.late')}: ${counts.late}`}</StateBadge> : null}
              <span className="end">{add}</span>
            </div>
            <div className={styles.rows}>
              <SidePane label={word('pane')} width={400} side={row === undefined ? <PaneEmpty>{word('paneEmpty')}</PaneEmpty> : <RequestPane key={row.requestId} request={row} />}>
                <DataTable
                  label={text('personalData.tab.requests')}
                  rows={requests}
                  columns={columns}
                  rowId={one => one.requestId}
                  onStand={one => { setStanding(one?.requestId ?? null); }}
                  toneOf={one => (isLate(one) ? 'blocked' : null)}
                  empty={<EmptyState icon={IconMailQuestion} title={word('none')} next={word('noneNext')}>{add}</EmptyState>}
                />
              </SidePane>
            </div>
            {isAdding ? <AddRequest onClose={() => { setAdding(false); }} /> : null}
          </div>
        );
      }}
    </Waiting>
  );
}
