import { Table } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { hasText, text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';

function fieldName(field: string): string {
  return hasText(`students.field.${field}`) ? text(`students.field.${field}`) : field;
}

function pathName(path: string): string {
  return hasText(`students.path.${path}`) ? text(`students.path.${path}`) : path;
}

/** Who changed what of this pupil: before and after, newest first. */
export function StudentHistory({ personId }: { personId: string }) {
  const read = useRead('students.history', { personId });
  return (
    <Card flush>
      <Waiting read={read}>
        {({ entries }) => (entries.length === 0
          ? <EmptyState icon={IconHistoryOff} title={text('students.history.none')} next={text('students.history.noneNext')} />
          : (
            <Table>
              <Table.Thead><Table.Tr>{(['at', 'actor', 'path', 'field', 'before', 'after', 'reason'] as const).map(key => <Table.Th key={key}>{text(`students.history.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>
                {entries.map(entry => (
                  <Table.Tr key={`${entry.at} ${entry.field} ${entry.after ?? ''}`}>
                    <Table.Td className="tabular">{formatDateTime(entry.at)}</Table.Td>
                    <Table.Td>{entry.actor}</Table.Td>
                    <Table.Td>{pathName(entry.path)}</Table.Td>
                    <Table.Td>{fieldName(entry.field)}</Table.Td>
                    <Table.Td>{entry.before ?? '—'}</Table.Td>
                    <Table.Td>{entry.after ?? '—'}</Table.Td>
                    <Table.Td>{entry.reason ?? ''}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          ))}
      </Waiting>
    </Card>
  );
}
