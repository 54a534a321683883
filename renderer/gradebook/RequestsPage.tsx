import { Button, SegmentedControl } from '@mantine/core';
import { IconChecks, IconMessageQuestion } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ChangeRequestView } from '../../preload/contract/gradebook-requests.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { RequestPane } from './RequestPane.tsx';

const shows = ['waiting', 'mine', 'all'] as const;
const signs: Record<ChangeRequestView['state'], WorkState> = { waiting: 'needs', approved: 'done', refused: 'blocked', withdrawn: 'quiet' };

function changeWords({ cells }: ChangeRequestView): string {
  const [first] = cells;
  if (first === undefined) return '';
  const change = `${first.before ?? text('grades.pane.empty')} → ${first.after ?? text('grades.pane.empty')}`;
  return cells.length === 1 ? `${first.title}: ${change}` : text('gradebook.requests.cells', { count: cells.length, change });
}

function columnsOf(): TableColumn<ChangeRequestView>[] {
  return [
    { id: 'asked', title: text('gradebook.requests.column.asked'), value: row => row.askedAt, render: row => <span className="tabular">{formatDateTime(row.askedAt)}</span>, width: 138 },
    { id: 'sheet', title: text('gradebook.requests.column.sheet'), value: row => `${row.className} ${row.subjectName}`, width: { least: 130, share: 1 }, isFixed: true },
    { id: 'pupil', title: text('grades.pupil'), value: row => [...new Set(row.cells.map(cell => cell.name))].join(', '), width: { least: 150, share: 2 } },
    { id: 'change', title: text('gradebook.requests.column.change'), value: changeWords, width: { least: 150, share: 1 } },
    { id: 'by', title: text('gradebook.requests.column.by'), value: row => row.askedBy, width: { least: 130, share: 1 } },
    {
      id: 'state', title: text('grades.overview.state'), value: row => text(`gradebook.requests.state.${row.state}`),
      render: row => <StateBadge state={signs[row.state]}>{text(`gradebook.requests.state.${row.state}`)}</StateBadge>, width: 120,
    },
  ];
}

/** Requests to change locked marks: those that wait for this person, those he asked for, all he may see. */
export default function RequestsPage() {
  const { year } = useSession();
  const [shown, setShown] = useQueryValue('show');
  const show = shows.find(one => one === shown) ?? 'waiting';
  const read = useRead('gradebook.requests', { year, show }, { keepPrevious: true });
  const [standing, setStanding] = useState<string | null>(null);
  const columns = useMemo(() => columnsOf(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('grades.keys.open') }], []);
  useFoot(text('gradebook.requests.title'), hints);
  const counts = read.data?.counts;
  return (
    <Page
      fills
      title={text('gradebook.requests.title')}
      trail={[{ title: text('grades.title'), to: '/grades' }]}
      bar={(
        <SegmentedControl
          aria-label={text('gradebook.requests.show')}
          value={show}
          onChange={value => { setShown(value === 'waiting' ? '' : value); setStanding(null); }}
          data={shows.map(one => ({ value: one, label: counts === undefined ? text(`gradebook.requests.${one}`) : `${text(`gradebook.requests.${one}`)} (${counts[one]})` }))}
        />
      )}
    >
      <Waiting read={read} lines={8}>
        {({ requests }) => {
          const row = requests.find(one => one.requestId === standing) ?? requests[0];
          return (
            <SidePane label={text('gradebook.requests.pane')} width={360} side={row === undefined ? <PaneEmpty>{text('gradebook.requests.paneEmpty')}</PaneEmpty> : <RequestPane key={row.requestId} request={row} />}>
              <DataTable
                label={text('gradebook.requests.title')}
                rows={requests}
                columns={columns}
                rowId={one => one.requestId}
                onStand={one => { setStanding(one?.requestId ?? null); }}
                onOpen={one => { navigate(`/grades/${one.sheetId}`); }}
                empty={(
                  <EmptyState icon={show === 'waiting' ? IconChecks : IconMessageQuestion} title={text(`gradebook.requests.none.${show}`)} next={text('gradebook.requests.noneNext')}>
                    <Button variant="default" onClick={() => { navigate('/grades'); }}>{text('grades.title')}</Button>
                  </EmptyState>
                )}
              />
            </SidePane>
          );
        }}
      </Waiting>
    </Page>
  );
}
