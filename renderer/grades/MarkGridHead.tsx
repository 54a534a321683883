import type { SheetColumn, SheetKind } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import classes from './mark-grid.module.css';

export const headHeight = 46;
const orderWidth = 38;
const leastPupilWidth = 150;
const leastWidths = { ongoing: 52, periodic: 64, computed: 58 };

function isOngoing(column: SheetColumn): boolean {
  return column.column.startsWith('tx');
}

/** The CSS grid columns: order, name, marks, average, the year in the second term, and what is left over. */
export function markGridTemplate(columns: readonly SheetColumn[], withYear: boolean): string {
  const marks = columns.map(column => (isOngoing(column) ? `minmax(${leastWidths.ongoing}px, 80px)` : `minmax(${leastWidths.periodic}px, 92px)`));
  const computed = Array.from({ length: withYear ? 2 : 1 }, () => `minmax(${leastWidths.computed}px, 76px)`);
  return [`${orderWidth}px`, `minmax(${leastPupilWidth}px, 290px)`, ...marks, ...computed, '1fr'].join(' ');
}

/** Pixels below which the grid scrolls sideways. */
export function markGridLeastWidth(columns: readonly SheetColumn[], withYear: boolean): number {
  const marks = columns.reduce((sum, column) => sum + (isOngoing(column) ? leastWidths.ongoing : leastWidths.periodic), 0);
  return orderWidth + leastPupilWidth + marks + leastWidths.computed * (withYear ? 2 : 1);
}

export interface MarkGridHeadProps {
  columns: readonly SheetColumn[];
  kind: SheetKind;
  withYear: boolean;
  template: string;
  leastWidth: number;
  activeColumn: number;
}

/** Two lines: the group with its weight, and the columns. */
export function MarkGridHead({ columns, kind, withYear, template, leastWidth, activeColumn }: MarkGridHeadProps) {
  const ongoing = columns.filter(column => isOngoing(column)).length;
  const weight = (column: SheetColumn): string => (kind === 'score' ? text('grades.weight', { weight: column.weight }) : '');
  return (
    <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth: leastWidth }}>
      <div role="columnheader" className={classes.frozenOrder} style={{ gridRow: '1 / 3' }}>{text('grades.order')}</div>
      <div role="columnheader" className={classes.frozenName} data-frozen style={{ gridRow: '1 / 3' }}>{text('grades.pupil')}</div>
      {ongoing > 0 ? <div role="presentation" className={classes.group} style={{ gridRow: 1, gridColumn: `3 / span ${ongoing}` }}>{text(kind === 'score' ? 'grades.ongoingScore' : 'grades.ongoingComment')}</div> : null}
      {columns.map((column, index) => (
        <div
          key={column.column}
          role="columnheader"
          data-column={index}
          data-active={index === activeColumn ? true : undefined}
          aria-label={column.title}
          title={column.title}
          style={isOngoing(column) ? { gridRow: 2, gridColumn: index + 3 } : { gridRow: '1 / 3', gridColumn: index + 3 }}
        >
          {isOngoing(column) ? column.column.slice(2) : <><span>{column.title}</span><small>{weight(column)}</small></>}
        </div>
      ))}
      <div role="columnheader" className={classes.computedHead} style={{ gridRow: '1 / 3', gridColumn: columns.length + 3 }}>{text(kind === 'score' ? 'grades.average' : 'grades.termLevel')}</div>
      {withYear ? <div role="columnheader" className={classes.computedHead} style={{ gridRow: '1 / 3', gridColumn: columns.length + 4 }}>{text('grades.year')}</div> : null}
    </div>
  );
}
