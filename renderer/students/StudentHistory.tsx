import { ActionIcon, Button, Table } from '@mantine/core';
import { IconEye, IconHistoryOff } from '@tabler/icons-react';
import { useState } from 'react';
import { pupilField } from '../../preload/contract/pupil-fields.ts';
import type { StudentHistoryEntry } from '../../preload/contract/students.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { showFailure } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { isMasked, valueWords } from './student-fields.ts';

function pathName(path: string): string {
  return hasText(`students.path.${path}`) ? text(`students.path.${path}`) : path;
}

/** Who changed what of this pupil: before and after, newest first; an earlier value can be put back. */
export function StudentHistory({ personId, enrolmentId, mayEdit }: { personId: string; enrolmentId: string; mayEdit: boolean }) {
  const read = useRead('students.history', { personId });
  const [restoring, setRestoring] = useState<StudentHistoryEntry | null>(null);
  return (
    <Card flush>
      <Waiting read={read}>
        {({ entries }) => (entries.length === 0
          ? <EmptyState icon={IconHistoryOff} title={text('students.history.none')} next={text('students.history.noneNext')} />
          : (
            <Table>
              <Table.Thead><Table.Tr>{(['at', 'actor', 'path', 'field', 'before', 'after', 'reason', 'act'] as const).map(key => <Table.Th key={key}>{text(`students.history.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>
                {entries.map(entry => (
                  <Table.Tr key={`${entry.seq} ${entry.field}`}>
                    <Table.Td className="tabular" style={{ whiteSpace: 'nowrap' }}>{formatDateTime(entry.at)}</Table.Td>
                    <Table.Td>{entry.actor}</Table.Td>
                    <Table.Td>{pathName(entry.path)}</Table.Td>
                    <Table.Td>{entry.field}</Table.Td>
                    <Table.Td><HistoricValue entry={entry} side="before" personId={personId} enrolmentId={enrolmentId} /></Table.Td>
                    <Table.Td><HistoricValue entry={entry} side="after" personId={personId} enrolmentId={enrolmentId} /></Table.Td>
                    <Table.Td>{entry.reason ?? ''}</Table.Td>
                    <Table.Td>
                      {mayEdit && entry.isRestorable && entry.before !== null
                        ? <Button size="compact-xs" variant="subtle" onClick={() => { setRestoring(entry); }}>{text('students.history.restore')}</Button> : null}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          ))}
      </Waiting>
      {restoring === null ? null : (
        <ConfirmDialog
          title={text('students.history.restoreTitle', { field: restoring.field })}
          confirmLabel={text('students.history.restore')}
          reason={{ label: text('students.reason'), minLength: 0 }}
          onConfirm={async reason => {
            const result = await api.students.restore({ personId, seq: restoring.seq, field: restoring.key ?? '', reason });
            refresh('students');
            return result;
          }}
          onClose={() => { setRestoring(null); }}
        >
          {text('students.history.restoreWhat', { value: words(restoring, restoring.before ?? '') })}
        </ConfirmDialog>
      )}
    </Card>
  );
}

function words(entry: StudentHistoryEntry, value: string): string {
  const field = entry.key === null ? undefined : pupilField(entry.key);
  return field === undefined ? value : valueWords(field, value);
}

function HistoricValue({ entry, side, personId, enrolmentId }: { entry: StudentHistoryEntry; side: 'before' | 'after'; personId: string; enrolmentId: string }) {
  const [clear, setClear] = useState<string | null>(null);
  const value = clear ?? entry[side];
  if (value === null || value === '') return <>—</>;
  if (!isMasked(value) || entry.key === null) return <>{words(entry, value)}</>;
  const show = async (): Promise<void> => {
    const result = await api.students.unmask({ personId, enrolmentId, field: `history:${entry.seq}:${side}:${entry.key}` });
    if (result.ok) setClear(result.value.value);
    else showFailure(result.error);
  };
  return (
    <span style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}>
      <span className="tabular">{value}</span>
      <ActionIcon variant="subtle" size="xs" aria-label={text('students.unmask')} title={text('students.unmask')} onClick={() => { void show(); }}><IconEye size={14} /></ActionIcon>
    </span>
  );
}
