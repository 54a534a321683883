import { ActionIcon, Table } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';
import { text } from '../../resources/language/language.ts';
import classes from './chart.module.css';
import type { ChartData } from './chart-data.ts';
import { formatNumber } from './formats.ts';

const Bars = lazy(() => import('./Bars.tsx'));

/** A bar chart with its table: one button turns the drawing into the numbers it is drawn from. */
export function Chart({ title, data, height = 190 }: { title: string; data: ChartData; height?: number }) {
  const [isTable, setTable] = useState(false);
  const isEmpty = data.rows.every(row => row.values.every(value => value === 0));
  const Sign = isTable ? IconChartBar : IconTable;
  return (
    <figure className={classes.chart} aria-label={title}>
      <figcaption>
        <span>{title}</span>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={`${text(isTable ? 'home.charts.chart' : 'home.charts.table')}: ${title}`} title={text(isTable ? 'home.charts.chart' : 'home.charts.table')} onClick={() => { setTable(!isTable); }}>
          <Sign size={15} stroke={1.7} />
        </ActionIcon>
      </figcaption>
      {isTable ? <Numbers data={data} height={height} /> : isEmpty ? <p className={classes.nothing} style={{ height }}>{text('home.charts.nothing')}</p> : (
        <Suspense fallback={<div style={{ height }} />}><div aria-hidden><Bars data={data} height={height} /></div></Suspense>
      )}
    </figure>
  );
}

function Numbers({ data, height }: { data: ChartData; height: number }) {
  return (
    <div className={classes.numbers} style={{ maxHeight: height }}>
      <Table className="tabular" stickyHeader>
        <Table.Thead><Table.Tr><Table.Th>{data.head}</Table.Th>{data.series.map(series => <Table.Th key={series.key} ta="right">{series.title}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {data.rows.map(row => (
            <Table.Tr key={row.title}><Table.Th scope="row" fw={400}>{row.title}</Table.Th>{data.series.map((series, index) => <Table.Td key={series.key} ta="right">{formatNumber(row.values[index] ?? 0)}</Table.Td>)}</Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
