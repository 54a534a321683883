/** What a chart and the table beside it are both made of. */
export interface ChartData {
  /** What the rows are: "Ngày". */
  head: string;
  rows: { title: string; values: number[] }[];
  series: { key: string; title: string; color: string }[];
  /** Beside one another by default; on top of one another, as numbers or as shares of each row. */
  bars?: 'stacked' | 'percent';
  /** Lying bars, for titles too long to stand side by side. */
  isSideways?: boolean;
}

/** Colours told apart in light and dark, also by eyes that see fewer: Mantine's, whose shade follows the scheme. */
export const seriesColors = ['teal.6', 'orange.5', 'indigo.4', 'grape.5', 'cyan.4', 'lime.6', 'pink.5', 'gray.5', 'yellow.5', 'blue.7', 'red.4', 'violet.3'] as const;

export function seriesColor(index: number): string {
  return seriesColors[index % seriesColors.length] ?? 'teal.6';
}
