import { Button } from '@mantine/core';
import type { ImportPreview } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import type { TableColumn } from '../kit/table-columns.ts';
import { valueWords } from './import-lines.tsx';

/** One difference between the program and the sector database. `key` names what can be taken over; null for a pupil the other side lacks. */
export interface CompareLine {
  id: string;
  kind: 'different' | 'onlyThere' | 'onlyHere';
  pupil: string;
  field: string;
  here: string;
  there: string;
  key: string | null;
}

export function compareLines(preview: ImportPreview): CompareLine[] {
  const rows = preview.preview.flatMap((row): CompareLine[] => {
    if (row.outcome === 'created') return [{ id: `${row.row}/new`, kind: 'onlyThere', pupil: row.title, field: '', here: '', there: '', key: `${row.row}/new` }];
    if (row.outcome !== 'updated') return [];
    return row.changes.map(change => ({
      id: `${row.row}/${change.key ?? change.field}`, kind: 'different', pupil: row.title, field: change.field, here: valueWords(change.before), there: valueWords(change.after),
      key: change.key === undefined ? null : `${row.row}/${change.key}`,
    }));
  });
  const absent = preview.absent.map((pupil, index): CompareLine => ({ id: `absent ${index}`, kind: 'onlyHere', pupil: `${pupil.name} · ${pupil.className}`, field: pupil.code, here: '', there: '', key: null }));
  return [...rows, ...absent];
}

/** What the filter looks in. */
export function compareWords({ pupil, field, here, there }: CompareLine): string {
  return `${pupil} ${field} ${here} ${there}`;
}

export function compareColumns(kind: CompareLine['kind'], taken: ReadonlySet<string>, turn: (line: CompareLine) => void): TableColumn<CompareLine>[] {
  const pupil: TableColumn<CompareLine> = { id: 'pupil', title: text('imports.compare.column.pupil'), value: line => line.pupil, width: { least: 220, share: 3 }, isFixed: true };
  const choice: TableColumn<CompareLine> = {
    id: 'choice', title: text('imports.compare.column.choice'), value: line => choiceWords(line, taken), width: 170,
    render: line => (
      <Button size="compact-xs" variant={line.key !== null && taken.has(line.key) ? 'filled' : 'default'} tabIndex={-1} onClick={() => { turn(line); }}>{choiceWords(line, taken)}</Button>
    ),
  };
  if (kind === 'onlyHere') return [pupil, { id: 'code', title: text('imports.compare.column.code'), value: line => line.field, width: 160 }];
  if (kind === 'onlyThere') return [pupil, choice];
  return [
    pupil, { id: 'field', title: text('imports.compare.column.field'), value: line => line.field, width: { least: 150, share: 2 } },
    { id: 'here', title: text('imports.compare.column.here'), value: line => line.here, width: { least: 150, share: 2 } },
    { id: 'there', title: text('imports.compare.column.there'), value: line => line.there, width: { least: 150, share: 2 } }, choice,
  ];
}

function choiceWords({ key, kind }: CompareLine, taken: ReadonlySet<string>): string {
  const isTaken = key !== null && taken.has(key);
  if (kind === 'onlyThere') return text(isTaken ? 'imports.compare.takePupil' : 'imports.compare.leavePupil');
  return text(isTaken ? 'imports.compare.takeThere' : 'imports.compare.keepHere');
}
