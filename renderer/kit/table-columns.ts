import type { ReactNode } from 'react';
import { compareWords, matches } from './matching.ts';

/** One column of a {@link DataTable}. */
export interface TableColumn<Row> {
  id: string;
  title: string;
  /** What sorting, filtering and copying see. */
  value: (row: Row) => string | number | null;
  /** What the cell shows; `value` by default. */
  render?: (row: Row) => ReactNode;
  /** Pixels, or a share of what is left with a least width. */
  width: number | { least: number; share: number };
  align?: 'left' | 'right' | 'center';
  /** A column in its own order, e.g. names by given name. */
  compare?: (left: Row, right: Row) => number;
  /** Not shown until chosen. */
  isHiddenAtFirst?: boolean;
  /** Cannot be hidden: the name of what the row is about. */
  isFixed?: boolean;
}

export interface TableSort {
  column: string;
  descending: boolean;
}

/** "name:desc" as kept in the address of a place, and back. */
export function sortToText(sort: TableSort | null): string {
  return sort === null ? '' : `${sort.column}${sort.descending ? ':desc' : ''}`;
}

export function sortFromText(words: string): TableSort | null {
  const [column, order] = words.split(':');
  return column === undefined || column === '' ? null : { column, descending: order === 'desc' };
}

/** Ascending, then descending, then the order the rows came in. */
export function nextSort(sort: TableSort | null, column: string): TableSort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

function compareValues(left: string | number | null, right: string | number | null): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareWords(String(left ?? ''), String(right ?? ''));
}

/** The rows whose shown columns hold all words of `filter`, in the wanted order; what is empty stands last either way. */
export function arrangeRows<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], filter: string, sort: TableSort | null): Row[] {
  const kept = filter.trim() === ''
    ? [...rows]
    : rows.filter(row => matches(columns.map(column => String(column.value(row) ?? '')).join(' '), filter));
  const column = columns.find(one => one.id === sort?.column);
  if (column === undefined || sort === null) return kept;
  const isEmpty = (row: Row): boolean => (column.value(row) ?? '') === '';
  const compare = column.compare ?? ((left: Row, right: Row) => compareValues(column.value(left), column.value(right)));
  return kept.sort((left, right) => {
    const emptiness = Number(isEmpty(left)) - Number(isEmpty(right));
    if (emptiness !== 0) return emptiness;
    return sort.descending ? compare(right, left) : compare(left, right);
  });
}

/** The CSS grid columns of a table. */
export function gridTemplate(columns: readonly Pick<TableColumn<unknown>, 'width'>[]): string {
  return columns.map(({ width }) => (typeof width === 'number' ? `${width}px` : `minmax(${width.least}px, ${width.share}fr)`)).join(' ');
}

/** The least width of a table, in pixels: below it the table scrolls sideways. */
export function leastWidth(columns: readonly Pick<TableColumn<unknown>, 'width'>[]): number {
  return columns.reduce((sum, { width }) => sum + (typeof width === 'number' ? width : width.least), 0);
}
