import type { StatisticsSection } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import { seriesColor, type ChartData } from '../kit/chart-data.ts';

/** The numbers of some rows by grade. */
function byGrade(section: StatisticsSection, keys: (row: StatisticsSection['rows'][number]) => boolean, isStacked: boolean): ChartData {
  const rows = section.rows.filter(keys);
  const grades = section.columns.flatMap((column, index) => (/^g\d/.test(column.key) ? [{ title: column.title, index }] : []));
  return {
    head: text('reports.dimension.grade'), ...(isStacked ? { bars: 'stacked' } : {}),
    series: rows.map((row, index) => ({ key: row.key, title: row.title, color: seriesColor(index) })),
    rows: grades.map(grade => ({ title: grade.title, values: rows.map(row => row.counts[grade.index] ?? 0) })),
  };
}

/** What of a period is worth drawing: pupils by grade, and where there are results their levels. */
export function statisticsCharts(sections: readonly StatisticsSection[]): { key: string; title: string; data: ChartData }[] {
  return sections.flatMap(section => {
    if (section.key === 'pupils') {
      const special = new Set(['femaleMinority', 'repeat', 'disabled', 'policy', 'poor', 'nearPoor']);
      return [
        { key: 'pupils', title: text('reports.chart.pupils'), data: byGrade(section, row => row.key === 'pupils', false) },
        { key: 'special', title: text('reports.chart.special'), data: byGrade(section, row => special.has(row.key) && row.counts.some(count => count > 0), false) },
      ];
    }
    if (section.key !== 'results' && section.key !== 'term1') return [];
    return section.rows.filter(row => row.indent === 0).map(head => ({ key: head.key, title: head.title, data: byGrade(section, row => row.key.startsWith(`${head.key}:`), true) }));
  });
}
