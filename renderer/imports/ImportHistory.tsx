import { Button, Table } from '@mantine/core';
import { IconArrowBackUp, IconHistoryOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { ImportRun } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatNumber, formatWhen } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './imports.module.css';

const heads = ['at', 'file', 'kind', 'rows', 'created', 'updated', 'actor', 'undo'] as const;
const figures: ReadonlySet<string> = new Set(['rows', 'created', 'updated']);

/** Every import of this school, newest first, with a way back or why there is none. */
export function ImportHistory() {
  const read = useRead('imports.history', {});
  const [undoing, setUndoing] = useState<ImportRun | null>(null);
  return (
    <Card flush title={text('imports.screen.history')}>
      <Waiting read={read} lines={3}>
        {({ runs }) => (runs.length === 0 ? <EmptyState icon={IconHistoryOff} title={text('imports.screen.noHistory')} next={text('imports.screen.noHistoryNext')} /> : (
          <Table.ScrollContainer minWidth={760} mt={8}>
            <Table>
              <Table.Thead>
                <Table.Tr>{heads.map(key => <Table.Th key={key} ta={figures.has(key) ? 'right' : 'left'}>{text(`imports.screen.column.${key}`)}</Table.Th>)}</Table.Tr>
              </Table.Thead>
              <Table.Tbody className="tabular">
                {runs.map(run => (
                  <Table.Tr key={run.importId}>
                    <Table.Td className={styles.nowrap}>{formatWhen(run.at)}</Table.Td>
                    <Table.Td className={styles.fileName}>{run.fileName}</Table.Td>
                    <Table.Td className={styles.nowrap}>{text(`imports.screen.kinds.${run.kind}`)}</Table.Td>
                    <Table.Td ta="right">{formatNumber(run.rows)}</Table.Td>
                    <Table.Td ta="right">{formatNumber(run.created)}</Table.Td>
                    <Table.Td ta="right">{formatNumber(run.updated)}</Table.Td>
                    <Table.Td className={styles.nowrap}>{run.actor}</Table.Td>
                    <Table.Td><WayBack run={run} onUndo={() => { setUndoing(run); }} /></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        ))}
      </Waiting>
      {undoing === null ? null : (
        <ConfirmDialog
          title={text('imports.screen.undoTitle')}
          confirmLabel={text('imports.screen.undo')}
          tone="danger"
          reason={{ label: text('imports.screen.undoReason'), minLength: 3, placeholder: text('imports.screen.undoReasonExample') }}
          onClose={() => { setUndoing(null); }}
          onConfirm={async reason => {
            const result = await api.imports.undo({ importId: undoing.importId, reason });
            if (result.ok) showDone(text('imports.screen.undone', { count: formatNumber(result.value.undone) }));
            return result;
          }}
        >
          {text('imports.screen.undoWhat', { file: undoing.fileName, created: formatNumber(undoing.created), updated: formatNumber(undoing.updated) })}
        </ConfirmDialog>
      )}
    </Card>
  );
}

function WayBack({ run, onUndo }: { run: ImportRun; onUndo: () => void }) {
  if (run.state === 'undone') return <StateBadge state="quiet">{text('imports.screen.isUndone')}</StateBadge>;
  if (run.heldBy !== null) return <span className={styles.held} title={run.heldBy}>{run.heldBy}</span>;
  return <Button size="compact-xs" variant="subtle" leftSection={<IconArrowBackUp size={14} stroke={1.7} />} onClick={onUndo}>{text('imports.screen.undo')}</Button>;
}
