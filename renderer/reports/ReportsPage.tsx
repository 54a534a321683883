import { Button, SegmentedControl } from '@mantine/core';
import { IconChartHistogram, IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { formatYear, vietnamDay } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { CrossTab } from './CrossTab.tsx';
import { SnapshotsTab } from './SnapshotsTab.tsx';
import { StatisticsTab } from './StatisticsTab.tsx';

const tabs = ['statistics', 'cross', 'snapshots'] as const;
const noHints: [] = [];

/** Today on the calendar of Việt Nam; of a year that is over or still to come its last day or its first. */
function dayOf(year: string, now: Date): string {
  const today = vietnamDay(now);
  const [first, last] = [`${year.slice(0, 4)}-06-01`, `${year.slice(5)}-08-31`];
  return today < first ? first : today > last ? last : today;
}

/** Statistics of the three periods, cross tables, and what was frozen. */
export default function ReportsPage() {
  const { year } = useSession();
  const [now] = useState(() => new Date());
  const [tabText, setTab] = useQueryValue('tab');
  const tab = tabs.find(one => one === tabText) ?? 'statistics';
  const [chosenDay, setDay] = useQueryValue('day');
  const asOf = chosenDay === '' ? dayOf(year, now) : chosenDay;
  useFoot(text('reports.where', { year: formatYear(year) }), noHints);
  return (
    <Page
      fills
      title={text('reports.title')}
      aside={<SegmentedControl aria-label={text('reports.title')} value={tab} onChange={value => { setTab(value === 'statistics' ? '' : value); }} data={tabs.map(one => ({ value: one, label: text(`reports.tab.${one}`) }))} />}
      acts={(
        <>
          <Button variant="default" leftSection={<IconListCheck size={15} />} onClick={() => { navigate('/grades/boards'); }}>{text('reports.board.title')}</Button>
          <Button variant="default" leftSection={<IconChartHistogram size={15} />} onClick={() => { navigate('/grades/distribution'); }}>{text('reports.distribution.title')}</Button>
        </>
      )}
    >
      <div style={{ display: 'flex', flexDirection: 'column', gap: 10, flex: 1, minHeight: 0, paddingTop: 10 }}>
        {tab === 'statistics' ? <StatisticsTab key={year} asOf={asOf} onDay={setDay} /> : tab === 'cross' ? <CrossTab key={year} asOf={asOf} onDay={setDay} /> : <SnapshotsTab key={year} />}
      </div>
    </Page>
  );
}
