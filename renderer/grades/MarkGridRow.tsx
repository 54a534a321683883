import { memo, useLayoutEffect, useRef } from 'react';
import type { Dispatch, MouseEvent } from 'react';
import type { MarkValue, SheetColumn, SheetRow, SheetKind } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { formatTenths } from '../kit/formats.ts';
import type { MarkGridAction } from './mark-grid-reducer.ts';
import { cellKey, isLeftOut, lockAt } from './mark-grid-state.ts';
import type { CellEdit, MarkGridState } from './mark-grid-state.ts';
import classes from './mark-grid.module.css';
import { emptyMark, formatLevel, formatMark, leftOutWords } from './mark-words.ts';
import { faultInWords } from './mark-faults.ts';
import type { ComputedColumns } from './MarkGridHead.tsx';

export interface MarkGridRowProps {
  row: SheetRow;
  index: number;
  top: number;
  template: string;
  columns: readonly SheetColumn[];
  kind: SheetKind;
  computed: ComputedColumns;
  idBase: string;
  unsaved: ReadonlyMap<string, MarkValue>;
  faulty: MarkGridState['faulty'];
  changedByOthers: MarkGridState['changedByOthers'];
  others: ReadonlyMap<string, string>;
  lockedColumns: MarkGridState['lockedColumns'];
  openedCells: MarkGridState['openedCells'];
  activeColumn: number | null;
  selectedLeft: number | null;
  selectedRight: number | null;
  editing: CellEdit | null;
  dispatch: Dispatch<MarkGridAction>;
  onPoint: (event: MouseEvent, row: number, column: number) => void;
  onDrag: (event: MouseEvent, row: number, column: number) => void;
}

/** A term or year value as computed by the program. */
export function standingInWords(tenths: number | null, level: 'D' | 'CD' | null): string {
  return level === null ? formatTenths(tenths) : formatLevel(level);
}

function sameRow(before: MarkGridRowProps, after: MarkGridRowProps): boolean {
  return (Object.keys(after) as (keyof MarkGridRowProps)[]).every(name => name === 'onPoint' || name === 'onDrag' || Object.is(before[name], after[name]));
}

/** One pupil's line. Drawn again only when something of it changed. */
export const MarkGridRow = memo((props: MarkGridRowProps) => {
  const { row, index, columns, activeColumn, selectedLeft, selectedRight } = props;
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      data-active={activeColumn === null ? undefined : true}
      data-fifth={row.order % 5 === 0 ? true : undefined}
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.top}px)` }}
    >
      <div role="gridcell" className={classes.frozenOrder}>{row.order}</div>
      <div role="rowheader" className={classes.frozenName} title={`${row.name} · ${row.code}`}>{row.name}</div>
      {columns.map((column, at) => (
        <MarkCell
          key={column.column}
          row={props}
          column={column}
          at={at}
          isActive={at === activeColumn}
          isSelected={selectedLeft !== null && selectedRight !== null && at >= selectedLeft && at <= selectedRight}
        />
      ))}
      {props.computed > 0 ? <div role="gridcell" className={classes.computed}>{standingInWords(row.average, row.level)}</div> : null}
      {props.computed > 1 ? <div role="gridcell" className={classes.computed}>{standingInWords(row.year, row.yearLevel)}</div> : null}
    </div>
  );
}, sameRow);
MarkGridRow.displayName = 'MarkGridRow';

function MarkCell({ row: props, column, at, isActive, isSelected }: { row: MarkGridRowProps; column: SheetColumn; at: number; isActive: boolean; isSelected: boolean }) {
  const { row, index, kind, editing, dispatch } = props;
  const key = cellKey(row.enrolmentId, column.column);
  const faulty = props.faulty[key];
  const waiting = props.unsaved.get(key);
  const value = waiting ?? row.marks[column.column] ?? emptyMark;
  const news = props.changedByOthers[key];
  const other = props.others.get(key);
  const lock = lockAt(props, row.enrolmentId, column.column);
  const isEdited = isActive && editing !== null;
  const isClosed = isLeftOut(row);
  const why = faulty !== undefined ? faultInWords(faulty) : isClosed ? leftOutWords(row) : value.state === 'zeroByRule' ? text('grades.zeroReason', { reason: value.reason }) : lock ?? (other === undefined ? undefined : text('grades.together.standsHere', { name: other }));
  return (
    <div
      id={`${props.idBase}-${index}-${at}`}
      role="gridcell"
      aria-colindex={at + 3}
      aria-selected={isSelected}
      aria-invalid={faulty === undefined ? undefined : true}
      title={why}
      className={classes.cell}
      data-active={isActive ? true : undefined}
      data-locked={lock === null ? undefined : true}
      aria-readonly={lock === null && !isClosed ? undefined : true}
      data-faulty={faulty === undefined ? undefined : true}
      data-waiting={waiting === undefined ? undefined : true}
      data-closed={isClosed ? true : undefined}
      data-other={other}
      data-zero={value.state === 'zeroByRule' && faulty === undefined ? true : undefined}
      onMouseDown={event => { props.onPoint(event, index, at); }}
      onMouseEnter={event => { props.onDrag(event, index, at); }}
      onDoubleClick={() => { dispatch({ type: 'edit' }); }}
    >
      {/* A new key starts the flash again for each news of this cell. */}
      {news === undefined ? null : <span key={news} className={classes.flash} aria-hidden />}
      {isEdited ? <CellInput editing={editing} label={`${row.name}, ${column.title}`} dispatch={dispatch} /> : faulty !== undefined ? <><span aria-hidden>✕</span>{faulty.words}</> : isClosed ? text(`curriculum.standing.${row.standing}.cell`) : formatMark(value, kind)}
    </div>
  );
}

function CellInput({ editing, label, dispatch }: { editing: CellEdit; label: string; dispatch: Dispatch<MarkGridAction> }) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const field = input.current;
    if (field === null) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  }, []);
  return (
    <input
      ref={input}
      className={classes.input}
      aria-label={label}
      value={editing.words}
      maxLength={20}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      onChange={event => { dispatch({ type: 'type', words: event.currentTarget.value }); }}
      onBlur={() => { dispatch({ type: 'commit' }); }}
    />
  );
}
