import type { ImportPreview, ImportPreviewRow } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import styles from './imports.module.css';

/** One line of a preview: a problem of the file, or a row with what saving it will do. */
export interface ImportLine {
  id: string;
  row: number;
  sheet: string;
  outcome: 'error' | 'warning' | 'created' | 'updated' | 'unchanged';
  title: string;
  /** Where in the row, for a problem. */
  column: string;
  value: string;
  /** Where a correction of it is kept; null for a fault that no cell holds. */
  cell: string | null;
  remedy: string;
  changes: ImportPreviewRow['changes'];
}

export const badges: Record<ImportLine['outcome'], WorkState> = { error: 'blocked', warning: 'needs', created: 'done', updated: 'done', unchanged: 'quiet' };

/** Problems first (errors before warnings), then what is changed, what is new, what stays. */
export function linesOf(preview: ImportPreview): ImportLine[] {
  const problems = preview.problems.map((problem, index): ImportLine => ({
    id: `problem ${index}`, row: problem.row, sheet: problem.sheet ?? '', outcome: problem.severity, title: problem.message, column: problem.column, value: problem.value, cell: problem.cell ?? null, remedy: problem.remedy, changes: [],
  }));
  const rows = preview.preview.flatMap((row, index): ImportLine[] => (row.outcome === 'problem' ? [] : [{
    id: `row ${index}`, row: row.row, sheet: row.sheet ?? '', outcome: row.outcome, title: row.title, column: '', value: '', cell: null, remedy: '', changes: row.changes,
  }]));
  const order: Record<ImportLine['outcome'], number> = { error: 0, warning: 1, updated: 2, created: 3, unchanged: 4 };
  return [...problems, ...rows].sort((left, right) => order[left.outcome] - order[right.outcome]);
}

/** The columns of a preview; the sheet's name only where the file has more than one. */
export function importColumns(preview: ImportPreview): TableColumn<ImportLine>[] {
  const sheets = new Set([...preview.problems, ...preview.preview].map(one => one.sheet).filter(name => name !== undefined));
  return [
    {
      id: 'outcome',
      title: text('imports.screen.column.outcome'),
      value: line => text(`imports.screen.outcome.${line.outcome}`),
      render: line => <StateBadge state={badges[line.outcome]}>{text(`imports.screen.outcome.${line.outcome}`)}</StateBadge>,
      width: 118,
    },
    ...(sheets.size > 1 ? [{ id: 'sheet', title: text('imports.screen.column.sheet'), value: (line: ImportLine) => line.sheet, width: 110 }] : []),
    { id: 'row', title: text('imports.screen.column.row'), value: line => line.row, width: 58, align: 'right' },
    { id: 'title', title: text('imports.screen.column.title'), value: line => line.title, width: { least: 210, share: 3 } },
    { id: 'detail', title: text('imports.screen.column.detail'), value: line => detailWords(line), render: line => <Detail line={line} />, width: { least: 240, share: 4 } },
  ];
}

/** A value as a person writes it: days as on paper, nothing as "(empty)". */
export function valueWords(value: string | null): string {
  if (value === null || value === '') return text('imports.screen.emptyCell');
  return /^\d{4}-\d{2}(-\d{2})?$/.test(value) ? formatDate(value) : value;
}

function detailWords(line: ImportLine): string {
  if (line.column !== '') return `${line.column}: ${line.value}`;
  return line.changes.map(change => `${change.field}: ${change.before ?? ''} ${change.after ?? ''}`).join(' · ');
}

function Detail({ line }: { line: ImportLine }) {
  if (line.column !== '') return <span><span className={styles.field}>{line.column}:</span> {valueWords(line.value)}</span>;
  return (
    <>
      {line.changes.map(change => (
        <span key={change.field} className={styles.change}>
          <span className={styles.field}>{change.field}:</span>{' '}
          {change.before === null || change.before === '' ? null : <><s>{valueWords(change.before)}</s> → </>}
          {valueWords(change.after)}
        </span>
      ))}
    </>
  );
}
