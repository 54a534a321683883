import { Button, SegmentedControl } from '@mantine/core';
import { IconSnowflake } from '@tabler/icons-react';
import { useState } from 'react';
import { statisticsPeriods, type StatisticsPeriod } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { Chart } from '../kit/Chart.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { formatDate } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { showDone } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { DayBox } from '../kit/DayBox.tsx';
import { MembersPane } from './MembersPane.tsx';
import { ReportActs } from './ReportActs.tsx';
import styles from './reports.module.css';
import { statisticsCharts } from './statistics-charts.ts';
import { StatisticsSections, type ChosenNumber } from './StatisticsSections.tsx';

/** The numbers of a period on a day: clicked, they name whom they count; frozen, they stay as sent. */
export function StatisticsTab({ asOf, onDay }: { asOf: string; onDay: (day: string) => void }) {
  const { year, may } = useSession();
  const [periodText, setPeriod] = useQueryValue('period');
  const period: StatisticsPeriod = statisticsPeriods.find(one => one === periodText) ?? 'start';
  const [chosen, setChosen] = useState<ChosenNumber | null>(null);
  const [isFreezing, setFreezing] = useState(false);
  const asked = { year, period, asOf };
  const read = useRead('reports.statistics', asked, { keepPrevious: true });
  const members = useRead('reports.statisticsMembers', { ...asked, section: chosen?.section ?? '', row: chosen?.row ?? '', column: chosen?.column ?? '' }, { enabled: chosen !== null });
  const title = text('reports.print.title', { period: text(`reports.period.${period}`) });
  return (
    <>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={text('reports.periodLabel')}
          value={period}
          onChange={value => { setPeriod(value); setChosen(null); }}
          data={statisticsPeriods.map(one => ({ value: one, label: text(`reports.period.${one}`) }))}
        />
        <DayBox key={asOf} label={text('reports.asOf')} day={asOf} onChange={onDay} />
        <ReportActs choice={{ of: 'statistics', ...asked }} title={title} />
        {may('reports.freeze') ? <Button leftSection={<IconSnowflake size={15} />} onClick={() => { setFreezing(true); }}>{text('reports.act.freeze')}</Button> : null}
      </div>
      <SidePane
        label={text('reports.members.label')}
        width={300}
        side={chosen === null ? <PaneEmpty>{text('reports.members.none')}</PaneEmpty> : <MembersPane title={chosen.title} read={members} />}
      >
        <div className={styles.scroll}>
          <Waiting read={read} lines={14}>
            {({ sections }) => (
              <>
                <div className={styles.charts}>{statisticsCharts(sections).map(chart => <Card key={chart.key}><Chart title={chart.title} data={chart.data} height={200} /></Card>)}</div>
                <StatisticsSections sections={sections} chosen={chosen} onChoose={setChosen} />
              </>
            )}
          </Waiting>
        </div>
      </SidePane>
      {isFreezing ? (
        <ConfirmDialog
          title={text('reports.freeze.title')}
          confirmLabel={text('reports.act.freeze')}
          reason={{ label: text('reports.freeze.note'), minLength: 0, placeholder: text('reports.freeze.placeholder') }}
          onConfirm={async note => {
            const result = await api.reports.freeze({ ...asked, note });
            if (result.ok) { refresh('reports'); showDone(text('reports.freeze.done')); }
            return result;
          }}
          onClose={() => { setFreezing(false); }}
        >
          {text('reports.freeze.what', { period: text(`reports.period.${period}`), day: formatDate(asOf) })}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
