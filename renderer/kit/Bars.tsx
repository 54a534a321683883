import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { ChartData } from './chart-data.ts';

/** The drawing itself, a chunk of its own: recharts is large and most screens draw nothing. */
export default function Bars({ data, height }: { data: ChartData; height: number }) {
  const rows = data.rows.map(row => ({ '': row.title, ...Object.fromEntries(data.series.map((series, index) => [series.key, row.values[index] ?? 0])) }));
  return (
    <BarChart
      h={height}
      data={rows}
      dataKey=""
      type={data.bars ?? 'default'}
      series={data.series.map(series => ({ name: series.key, label: series.title, color: series.color }))}
      withLegend={data.series.length > 1}
      legendProps={{ verticalAlign: 'bottom', wrapperStyle: { position: 'relative', height: 'auto' } }}
      tickLine="none"
      maxBarWidth={40}
      barProps={{ isAnimationActive: false }}
      tooltipAnimationDuration={0}
      yAxisProps={{ allowDecimals: false, width: 34 }}
      xAxisProps={{ interval: data.rows.length > 14 ? 'preserveStartEnd' : 0 }}
    />
  );
}
