import type { SheetColumn, SheetKind, SheetSummary } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import classes from './mark-grid.module.css';

export const headHeight = 46;
const orderWidth = 38;
const leastPupilWidth = 150;

/** How many columns the program computes: none, the term, or the term and the year. */
export type ComputedColumns = 0 | 1 | 2;

export function computedIn({ kind, term }: Pick<SheetSummary, 'kind' | 'term'>): ComputedColumns {
  if (kind === 'primary' || kind === 'traits') return 0;
  return term === 2 ? 2 : 1;
}

/** Columns that stand under one heading; `alone` has none. */
type HeadGroup = 'ongoing' | 'periodTests' | 'qualities' | 'generalCompetences' | 'specificCompetences' | 'alone';

function groupOf({ column }: SheetColumn): HeadGroup {
  if (column.startsWith('tx')) return 'ongoing';
  if (/^v\d/.test(column)) return 'periodTests';
  if (column.startsWith('pc')) return 'qualities';
  if (column.startsWith('nl')) return Number(column.slice(2)) <= 3 ? 'generalCompetences' : 'specificCompetences';
  return 'alone';
}

function widthsOf(column: SheetColumn): { least: number; most: number } {
  const group = groupOf(column);
  if (group === 'ongoing' || group === 'periodTests') return { least: 52, most: 80 };
  return group === 'alone' ? { least: 64, most: 92 } : { least: 66, most: 88 };
}

const leastComputed = 58;

/** The CSS grid columns: order, name, marks, what is computed, and what is left over. */
export function markGridTemplate(columns: readonly SheetColumn[], computed: ComputedColumns): string {
  const marks = columns.map(column => `minmax(${widthsOf(column).least}px, ${widthsOf(column).most}px)`);
  return [`${orderWidth}px`, `minmax(${leastPupilWidth}px, 290px)`, ...marks, ...Array.from({ length: computed }, () => `minmax(${leastComputed}px, 76px)`), '1fr'].join(' ');
}

/** Pixels below which the grid scrolls sideways. */
export function markGridLeastWidth(columns: readonly SheetColumn[], computed: ComputedColumns): number {
  return orderWidth + leastPupilWidth + columns.reduce((sum, column) => sum + widthsOf(column).least, 0) + leastComputed * computed;
}

export interface MarkGridHeadProps {
  columns: readonly SheetColumn[];
  kind: SheetKind;
  computed: ComputedColumns;
  template: string;
  leastWidth: number;
  activeColumn: number;
}

function groupTitle(group: HeadGroup, kind: SheetKind): string {
  if (group === 'ongoing') return text(kind === 'score' ? 'grades.ongoingScore' : 'grades.ongoingComment');
  return text(`grades.group.${group}`);
}

/** "1" under "ĐĐGtx", the name of a trait, or a title with its weight. */
function headOf(column: SheetColumn, kind: SheetKind) {
  const group = groupOf(column);
  if (group === 'ongoing' || group === 'periodTests') return column.column.replace(/^\D+/, '');
  if (group !== 'alone') return <span className={classes.trait}>{column.short}</span>;
  return <><span>{column.short}</span><small>{kind === 'score' ? text('grades.weight', { weight: column.weight }) : ''}</small></>;
}

/** Two lines: the group with its weight, and the columns. */
export function MarkGridHead({ columns, kind, computed, template, leastWidth, activeColumn }: MarkGridHeadProps) {
  const groups = Map.groupBy(columns.map((column, index) => ({ group: groupOf(column), index })), ({ group }) => group);
  return (
    <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth: leastWidth }}>
      <div role="columnheader" className={classes.frozenOrder} style={{ gridRow: '1 / 3' }}>{text('grades.order')}</div>
      <div role="columnheader" className={classes.frozenName} data-frozen style={{ gridRow: '1 / 3' }}>{text('grades.pupil')}</div>
      {[...groups].map(([group, members]) => (group === 'alone' ? null : (
        <div key={group} role="presentation" className={classes.group} style={{ gridRow: 1, gridColumn: `${(members[0]?.index ?? 0) + 3} / span ${members.length}` }}>{groupTitle(group, kind)}</div>
      )))}
      {columns.map((column, index) => (
        <div
          key={column.column}
          role="columnheader"
          data-column={index}
          data-active={index === activeColumn ? true : undefined}
          aria-label={column.title}
          title={column.title}
          style={{ gridRow: groupOf(column) === 'alone' ? '1 / 3' : 2, gridColumn: index + 3 }}
        >
          {headOf(column, kind)}
        </div>
      ))}
      {computed > 0 ? <div role="columnheader" className={classes.computedHead} style={{ gridRow: '1 / 3', gridColumn: columns.length + 3 }}>{text(kind === 'score' ? 'grades.average' : 'grades.termLevel')}</div> : null}
      {computed > 1 ? <div role="columnheader" className={classes.computedHead} style={{ gridRow: '1 / 3', gridColumn: columns.length + 4 }}>{text('grades.year')}</div> : null}
    </div>
  );
}
