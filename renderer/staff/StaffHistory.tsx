import { Table } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDate, formatDateTime } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';

const columns = ['at', 'who', 'field', 'before', 'after', 'reason'] as const;

function shown(value: string | null): string {
  return value === null ? '—' : /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value;
}

/** Who changed what in the record, newest first. */
export function StaffHistory({ staffId }: { staffId: string }) {
  const read = useRead('staff.history', { staffId });
  return (
    <Card flush>
      <Waiting read={read}>
        {({ entries }) => (entries.length === 0
          ? <EmptyState icon={IconHistoryOff} title={text('staff.history.none')} next="" />
          : (
            <Table aria-label={text('staff.history.label')}>
              <Table.Thead><Table.Tr>{columns.map(key => <Table.Th key={key}>{text(`staff.history.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>
                {entries.map(entry => (
                  <Table.Tr key={`${entry.seq} ${entry.field}`}>
                    <Table.Td className="tabular" style={{ whiteSpace: 'nowrap' }}>{formatDateTime(entry.at)}</Table.Td>
                    <Table.Td>{entry.actor}</Table.Td>
                    <Table.Td>{entry.field}</Table.Td>
                    <Table.Td className="tabular">{shown(entry.before)}</Table.Td>
                    <Table.Td className="tabular">{shown(entry.after)}</Table.Td>
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
