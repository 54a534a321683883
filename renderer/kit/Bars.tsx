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
      maxBarWidth={data.isSideways === true ? 18 : 40}
      barProps={{ isAnimationActive: false }}
      tooltipAnimationDuration={0}
      barChartProps={{ accessibilityLayer: false /* the table beside it is what the keyboard reaches */ }}
      {...(data.isSideways === true ? { orientation: 'vertical', yAxisProps: { width: 96 }, xAxisProps: { allowDecimals: false } } : {
        yAxisProps: data.bars === 'percent' ? { width: 48, domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] } : { width: 34, allowDecimals: false },
        xAxisProps: { interval: data.rows.length > 14 ? 'preserveStartEnd' : 0 },
      })}
    />
  );
}
