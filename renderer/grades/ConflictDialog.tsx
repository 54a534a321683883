import { Button, Group, Modal, Stack, Table } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import type { Conflict } from './mark-outbox.ts';
import { formatMark } from './mark-words.ts';

/** Another person changed the same cells: shows both values and asks. Nothing is thrown away before an answer, so it cannot be closed. */
export function ConflictDialog({ conflicts, state, onChoose }: { conflicts: Conflict[]; state: MarkGridState; onChoose: (choice: 'mine' | 'theirs') => void }) {
  const words = (value: Conflict['stored']): string => formatMark(value, state.kind) || text('grades.pane.empty');
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={text('grades.conflict.title', { count: conflicts.length })} size="md">
      <Stack gap="sm">
        <p style={{ margin: 0 }}>{text('grades.conflict.what')}</p>
        <Table>
          <Table.Thead><Table.Tr>{(['cell', 'seen', 'stored', 'mine'] as const).map(key => <Table.Th key={key}>{text(`grades.conflict.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {conflicts.map(({ change, stored }) => {
              const row = state.rows.find(one => one.enrolmentId === change.enrolmentId);
              return (
                <Table.Tr key={`${change.enrolmentId} ${change.column}`}>
                  <Table.Td>{row?.order}. {row?.name} — {state.columns.find(column => column.column === change.column)?.title}</Table.Td>
                  <Table.Td className="tabular">{words(change.before)}</Table.Td>
                  <Table.Td className="tabular"><strong>{words(stored)}</strong></Table.Td>
                  <Table.Td className="tabular"><strong>{words(change.after)}</strong></Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" data-autofocus onClick={() => { onChoose('theirs'); }}>{text('grades.conflict.keepTheirs')}</Button>
          <Button onClick={() => { onChoose('mine'); }}>{text('grades.conflict.writeMine')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
