import { Table } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';

const columns = ['at', 'actor', 'record', 'field', 'before', 'after', 'reason'] as const;

/** Who changed what of the school, newest first. */
export function SchoolHistory() {
  const read = useRead('school.history', {});
  return (
    <Card flush>
      <Waiting read={read} lines={10}>
        {({ entries }) => (entries.length === 0 ? <EmptyState icon={IconHistoryOff} title={text('school.history.none')} next={text('school.history.noneNext')} /> : (
          <Table stickyHeader>
            <Table.Thead><Table.Tr>{columns.map(column => <Table.Th key={column}>{text(`school.history.${column}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {entries.map(entry => (
                <Table.Tr key={`${entry.seq} ${entry.field}`}>
                  {columns.map(column => <Table.Td key={column} className="tabular">{column === 'at' ? formatDateTime(entry.at) : entry[column] ?? ''}</Table.Td>)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ))}
      </Waiting>
    </Card>
  );
}
