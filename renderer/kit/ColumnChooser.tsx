import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { keepPreference, keptPreference } from '../app/preferences.ts';
import { text } from '../../resources/language/language.ts';
import type { TableColumn } from './table-columns.ts';

export interface ColumnChoice<Row> {
  all: readonly TableColumn<Row>[];
  shown: readonly TableColumn<Row>[];
  toggle: (id: string) => void;
}

/** Which columns of a table this person wants to see, kept on this machine under `name`. `all` must be a stable array. */
export function useColumnChoice<Row>(name: string, all: readonly TableColumn<Row>[]): ColumnChoice<Row> {
  // Only what differs from the first choice is kept, so that a column added later starts as its maker meant it.
  const key = `so-truong.columns-turned.${name}`;
  const [turned, setTurned] = useState<ReadonlySet<string>>(() => new Set(keptPreference(key)?.split(' ').filter(id => id !== '') ?? []));
  const shown = useMemo(() => all.filter(column => column.isFixed === true || (column.isHiddenAtFirst === true) === turned.has(column.id)), [all, turned]);
  const toggle = (id: string): void => {
    const next = new Set(turned);
    if (!next.delete(id)) next.add(id);
    setTurned(next);
    keepPreference(key, [...next].join(' '));
  };
  return { all, shown, toggle };
}

export function ColumnChooser<Row>({ choice }: { choice: ColumnChoice<Row> }) {
  return (
    <Popover position="bottom-end">
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={15} stroke={1.7} />}>{text('kit.table.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown style={{ maxHeight: '62vh', overflow: 'auto' }}>
        <Stack gap={6}>
          {choice.all.map(column => (
            <Checkbox
              key={column.id}
              label={column.title}
              disabled={column.isFixed === true}
              checked={choice.shown.some(one => one.id === column.id)}
              onChange={() => { choice.toggle(column.id); }}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
