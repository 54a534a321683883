import { ActionIcon, Group, Table } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../preload/contract/base.ts';
import type { classes } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import styles from './classes.module.css';

type Rows = OutputOf<(typeof classes)['rollPreview']>['rows'];

/** The class by name, as it would be numbered, with single pupils moved by hand. */
export function RollDialog({ classId, onClose }: { classId: string; onClose: () => void }) {
  const { data } = useRead('classes.rollPreview', { classId });
  return data === undefined ? null : <Order key={data.rows.map(row => row.enrolmentId).join()} classId={classId} rows={data.rows} onClose={onClose} />;
}

function Order({ classId, rows, onClose }: { classId: string; rows: Rows; onClose: () => void }) {
  const [order, setOrder] = useState(() => rows.toSorted((left, right) => left.byName - right.byName));
  const place = new Map(rows.map((row, index) => [row.enrolmentId, index + 1]));
  const shift = (index: number, by: -1 | 1): void => {
    setOrder(before => {
      const next = [...before];
      const [row] = next.splice(index, 1);
      if (row) next.splice(index + by, 0, row);
      return next;
    });
  };
  const changed = order.filter((row, index) => place.get(row.enrolmentId) !== index + 1).length;
  const put = (ids: string[]) => api.classes.setRoll({ classId, order: ids });
  return (
    <ConfirmDialog
      title={text('classes.roll.title')}
      confirmLabel={text('classes.roll.act', { count: changed })}
      onConfirm={async () => {
        const result = await put(order.map(row => row.enrolmentId));
        refresh('classes');
        if (result.ok) showUndo(text('classes.roll.done'), () => { void put(result.value.before).then(undone => { if (!undone.ok) showFailure(undone.error); refresh('classes'); }); });
        return result;
      }}
      onClose={onClose}
    >
      <p>{text('classes.roll.note')}</p>
      <div className={styles.fates}>
        <Table>
          <Table.Tbody>
            {order.map((row, index) => (
              <Table.Tr key={row.enrolmentId}>
                <Table.Td className="tabular" w={90}>{place.get(row.enrolmentId) === index + 1 ? index + 1 : `${place.get(row.enrolmentId) ?? ''} → ${index + 1}`}</Table.Td>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td w={80}>
                  <Group gap={2} wrap="nowrap">
                    <ActionIcon size="sm" variant="subtle" aria-label={text('classes.roll.up', { name: row.name })} disabled={index === 0} onClick={() => { shift(index, -1); }}><IconArrowUp size={14} /></ActionIcon>
                    <ActionIcon size="sm" variant="subtle" aria-label={text('classes.roll.down', { name: row.name })} disabled={index === order.length - 1} onClick={() => { shift(index, 1); }}><IconArrowDown size={14} /></ActionIcon>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </ConfirmDialog>
  );
}
