import { Button, Table } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';
import type { StudentView } from '../../preload/contract/students.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDateTime, formatYear } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { StudentDocuments } from './StudentDocuments.tsx';
import styles from './students.module.css';

const PdfViewer = lazy(async () => ({ default: (await import('../kit/PdfViewer.tsx')).PdfViewer }));

/** The papers of a pupil, and the one chosen beside them. */
export function StudentPapers({ student, mayEdit }: { student: StudentView; mayEdit: boolean }) {
  const { may } = useSession();
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <div className={styles.papers}>
      <StudentDocuments personId={student.personId} mayEdit={mayEdit} />
      <Card flush title={text('students.papers.title')}>
        {student.transcripts.length === 0 ? <EmptyState icon={IconFileOff} title={text('students.papers.none')} next={text('students.papers.noneNext')} /> : (
        <Table>
          <Table.Thead><Table.Tr>{(['paper', 'state', 'preparedAt', 'act'] as const).map(key => <Table.Th key={key}>{text(`students.papers.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {student.transcripts.map(paper => (
              <Table.Tr key={paper.transcriptId}>
                <Table.Td className="tabular">{text('students.papers.transcript', { year: formatYear(paper.year) })}</Table.Td>
                <Table.Td>{hasText(`students.paperState.${paper.state}`) ? text(`students.paperState.${paper.state}`) : paper.state}</Table.Td>
                <Table.Td className="tabular">{formatDateTime(paper.preparedAt)}</Table.Td>
                <Table.Td><Button size="compact-xs" variant="light" disabled={!may('transcripts.view')} onClick={() => { setOpened(paper.transcriptId); }}>{text('students.papers.open')}</Button></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        )}
      </Card>
      {opened === null ? null : <OpenedPaper key={opened} transcriptId={opened} />}
    </div>
  );
}

function OpenedPaper({ transcriptId }: { transcriptId: string }) {
  const paper = useRead('transcripts.paper', { transcriptId });
  return <div className={styles.paper}><Waiting read={paper}>{file => <Suspense fallback={null}><PdfViewer file={file} /></Suspense>}</Waiting></div>;
}
