import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useEffect, useId, useMemo, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useQueryValue, useRemembered } from '../app/router.tsx';
import { text } from '../../resources/language/language.ts';
import classes from './data-table.module.css';
import { arrangeRows, gridTemplate, leastWidth, nextSort, sortFromText, sortToText } from './table-columns.ts';
import type { TableColumn } from './table-columns.ts';
import { useFocusOnOpen } from './useFocusOnOpen.ts';

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 32;

export interface DataTableProps<Row> {
  /** What the rows are, for a screen reader. */
  label: string;
  rows: readonly Row[];
  /** The columns to show, in order: see {@link useColumnChoice}. */
  columns: readonly TableColumn<Row>[];
  rowId: (row: Row) => string;
  /** Words to look for in all shown columns, without accents. */
  filter?: string;
  /** The row stood on, told at every move. */
  onStand?: (row: Row | null) => void;
  /** Enter or double click. */
  onOpen?: (row: Row) => void;
  /** Shown instead of rows when none is left. */
  empty: ReactNode;
  /** Marks a row, for example one with a problem. */
  toneOf?: (row: Row) => 'needs' | 'blocked' | null;
  /** Name of this table among others of the same place; keeps its row and its order apart. */
  name?: string;
}

/**
 * A dense table: sorted by its heads, walked by arrow keys, Home, End and page keys, opened by Enter, drawn only where it is seen, so that
 * 3,000 rows are as quick as thirty. The order is kept in the address and the row in the history step: Back finds both again.
 */
export function DataTable<Row>({ label, rows, columns, rowId, filter = '', onStand, onOpen, empty, toneOf, name = 'table' }: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const [sortText, setSortText] = useQueryValue(name === 'table' ? 'sort' : `${name}.sort`);
  const [standing, setStanding] = useRemembered<string | null>(`${name}.row`, null);
  const sort = sortFromText(sortText);
  const arranged = useMemo(() => arrangeRows(rows, columns, filter, sortFromText(sortText)), [rows, columns, filter, sortText]);
  const index = standing === null ? -1 : arranged.findIndex(row => rowId(row) === standing);
  const shown = index >= 0 ? arranged[index] ?? null : null;

  // oxlint-disable-next-line react/incompatible-library -- no React compiler here; the virtualizer renders again by itself
  const virtual = useVirtualizer({
    count: arranged.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });

  // Once, when the rows are first there: stand where one stood before leaving.
  const isRestored = useRef(false);
  useEffect(() => {
    if (isRestored.current || arranged.length === 0) return;
    isRestored.current = true;
    if (index > 0) virtual.scrollToIndex(index, { align: 'center' });
  }, [arranged.length, index, virtual]);

  useEffect(() => { onStand?.(shown); }, [shown, onStand]);

  useFocusOnOpen(scroller);

  const stand = (to: number): void => {
    const bounded = Math.max(0, Math.min(arranged.length - 1, to));
    const row = arranged[bounded];
    if (row === undefined) return;
    setStanding(rowId(row));
    virtual.scrollToIndex(bounded, { align: 'auto' });
  };
  const page = (): number => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1);
  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== scroller.current) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => { stand(index + 1); },
      ArrowUp: () => { stand(index < 0 ? 0 : index - 1); },
      Home: () => { stand(0); },
      End: () => { stand(arranged.length - 1); },
      PageDown: () => { stand(index + page()); },
      PageUp: () => { stand(index - page()); },
      Enter: () => { if (shown !== null) onOpen?.(shown); },
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  const template = gridTemplate(columns);
  const width = leastWidth(columns);
  return (
    <div
      ref={scroller}
      className={classes.table}
      role="grid"
      aria-label={label}
      aria-rowcount={arranged.length + 1}
      aria-colcount={columns.length}
      tabIndex={0}
      {...(index >= 0 ? { 'aria-activedescendant': `${baseId}-${index}` } : {})}
      onKeyDown={press}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth: width }}>
        {columns.map(column => {
          const isSorted = sort?.column === column.id;
          const Arrow = sort?.descending === true ? IconArrowDown : IconArrowUp;
          return (
            <div key={column.id} role="columnheader" data-align={column.align ?? 'left'} aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
              <button type="button" tabIndex={-1} onClick={() => { setSortText(sortToText(nextSort(sort, column.id))); }} title={text('kit.table.sortBy', { column: column.title })}>
                <span>{column.title}</span>
                {isSorted ? <Arrow size={13} stroke={2} aria-hidden /> : null}
              </button>
            </div>
          );
        })}
      </div>
      {arranged.length === 0 ? <div role="row"><div role="gridcell">{empty}</div></div> : null}
      <div role="presentation" className={classes.body} style={{ height: Math.max(0, virtual.getTotalSize() - HEAD_HEIGHT), minWidth: width }}>
        {virtual.getVirtualItems().map(item => {
          const row = arranged[item.index];
          if (row === undefined) return null;
          return (
            <TableRow
              key={rowId(row)}
              id={`${baseId}-${item.index}`}
              row={row}
              columns={columns}
              index={item.index}
              top={item.start - HEAD_HEIGHT}
              template={template}
              isStanding={item.index === index}
              tone={toneOf?.(row) ?? undefined}
              onPoint={() => { setStanding(rowId(row)); }}
              onOpen={() => { onOpen?.(row); }}
            />
          );
        })}
      </div>
    </div>
  );
}

interface TableRowProps<Row> {
  id: string;
  row: Row;
  columns: readonly TableColumn<Row>[];
  index: number;
  top: number;
  template: string;
  isStanding: boolean;
  tone: string | undefined;
  onPoint: () => void;
  onOpen: () => void;
}

function isSameRow<Row>(before: TableRowProps<Row>, after: TableRowProps<Row>): boolean {
  // The two acts are new functions each time but do the same for the same row.
  return (Object.keys(after) as (keyof TableRowProps<Row>)[]).every(name => name === 'onPoint' || name === 'onOpen' || Object.is(before[name], after[name]));
}

/** Drawn again only when something of it changed: a step by arrow key draws two rows, not the screenful. */
const TableRow = memo(DrawnRow, isSameRow) as typeof DrawnRow;

function DrawnRow<Row>({ id, row, columns, index, top, template, isStanding, tone, onPoint, onOpen }: TableRowProps<Row>) {
  return (
    <div
      id={id}
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isStanding}
      data-tone={tone}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      onMouseDown={onPoint}
      onDoubleClick={onOpen}
    >
      {columns.map(column => (
        <div key={column.id} role="gridcell" data-align={column.align ?? 'left'}>
          {column.render === undefined ? column.value(row) : column.render(row)}
        </div>
      ))}
    </div>
  );
}
