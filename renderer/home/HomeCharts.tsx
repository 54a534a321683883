import type { HomeCharts as Charts } from '../../preload/contract/home.ts';
import { text } from '../../resources/language/language.ts';
import { Chart } from '../kit/Chart.tsx';
import { formatDate } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import classes from './home.module.css';

/** How far the sheets are, who was away this week, how full the records are; what does not concern this person is not there. */
export function HomeCharts({ charts }: { charts: Charts }) {
  const { progress, attendance, completeness } = charts;
  return (
    <div className={classes.charts}>
      <Card>
        <Chart
          title={text('home.charts.progress')}
          data={{
            head: text('home.charts.state'), isSideways: true, series: [{ key: 'sheets', title: text('home.charts.sheets'), color: 'teal.6' }],
            rows: progress.map(one => ({ title: text(`gradebook.state.${one.state}`), values: [one.count] })),
          }}
        />
      </Card>
      {attendance === null ? null : (
        <Card>
          <Chart
            title={text('home.charts.attendance')}
            data={{
              head: text('home.charts.day'), bars: 'stacked',
              series: [{ key: 'excused', title: text('home.charts.excused'), color: 'teal.6' }, { key: 'unexcused', title: text('home.charts.unexcused'), color: 'orange.5' }],
              rows: attendance.map(day => ({ title: formatDate(day.date).slice(0, 5), values: [day.excused, day.unexcused] })),
            }}
          />
        </Card>
      )}
      {completeness === null ? null : (
        <Card>
          <Chart
            title={text('home.charts.completeness')}
            data={{
              head: text('home.charts.filled'), isSideways: true, series: [{ key: 'pupils', title: text('home.charts.pupils'), color: 'teal.6' }],
              rows: completeness.map(band => ({ title: band.from === band.to ? text('home.charts.full') : text('home.charts.band', band), values: [band.count] })),
            }}
          />
        </Card>
      )}
    </div>
  );
}
