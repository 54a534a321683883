import { Stack, Table } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import type { StudentView } from '../../preload/contract/students.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Explanation } from '../kit/Explanation.tsx';
import { formatYear } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { PrintedYears } from './PrintedYears.tsx';

/** A level or decision in words; what the catalogue does not know is shown as it came. */
function word(group: 'level' | 'promotion' | 'award', value: string | null): string {
  if (value === null) return '—';
  const key = `students.${group}.${value}`;
  return hasText(key) ? text(key) : value;
}

/** Learning, conduct, decision and award of each year, and why this year's are what they are. */
export function StudentResults({ student }: { student: StudentView }) {
  return (
    <Stack gap="sm">
      <YearTable student={student} />
      <Card title={text('yearEnd.screen.why')}><Explanation enrolmentId={student.enrolmentId} /></Card>
      <PrintedYears personId={student.personId} />
    </Stack>
  );
}

function YearTable({ student }: { student: StudentView }) {
  if (student.results.length === 0) return <Card><EmptyState icon={IconSchool} title={text('students.results.none')} next={text('students.results.noneNext')} /></Card>;
  return (
    <Card flush>
      <Table>
        <Table.Thead>
          <Table.Tr>{(['year', 'class', 'learning', 'conduct', 'promotion', 'award'] as const).map(key => <Table.Th key={key}>{text(`students.results.${key}`)}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {student.results.map(result => (
            <Table.Tr key={`${result.year} ${result.className}`}>
              <Table.Td className="tabular">{formatYear(result.year)}</Table.Td>
              <Table.Td>{result.className}</Table.Td>
              <Table.Td>{word('level', result.learning)}</Table.Td>
              <Table.Td>{word('level', result.conduct)}</Table.Td>
              <Table.Td>{word('promotion', result.promotion)}</Table.Td>
              <Table.Td>{word('award', result.award)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
