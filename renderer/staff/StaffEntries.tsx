import { Button, Group, Modal, Stack, Table, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { staffEntryKinds, type StaffEntryColumn, type StaffEntryKind } from '../../preload/contract/staff-fields.ts';
import type { StaffEntryView, StaffView } from '../../preload/contract/staff.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate, parseDate } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './staff.module.css';

const isDay = (column: StaffEntryColumn) => column === 'from' || column === 'to';

/** One kind of lines of a record, with adding, changing and taking back. */
export function StaffEntries({ staff, kind }: { staff: StaffView; kind: StaffEntryKind }) {
  const [editing, setEditing] = useState<StaffEntryView | 'new' | null>(null);
  const [cancelling, setCancelling] = useState<StaffEntryView | null>(null);
  const columns: readonly StaffEntryColumn[] = staffEntryKinds[kind];
  const entries = staff.entries.filter(entry => entry.kind === kind);
  const name = text(`staff.entryKind.${kind}`);
  return (
    <Card
      flush={entries.length > 0}
      title={name}
      acts={<Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} aria-label={text('staff.entryAddOf', { kind: name })} onClick={() => { setEditing('new'); }}>{text('staff.entryAdd')}</Button>}
    >
      {entries.length === 0 ? <p className={styles.absent}>{text('staff.entryNone')}</p> : (
        <Table aria-label={name}>
          <Table.Thead><Table.Tr>{columns.map(column => <Table.Th key={column}>{text(`staff.entry.${kind}.${column}`)}</Table.Th>)}<Table.Th /></Table.Tr></Table.Thead>
          <Table.Tbody>
            {entries.map(entry => (
              <Table.Tr key={entry.entryId}>
                {columns.map(column => <Table.Td key={column} className={isDay(column) ? 'tabular' : undefined}>{isDay(column) ? formatDate(entry.values[column] ?? '') : entry.values[column]}</Table.Td>)}
                <Table.Td>
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    <Button size="compact-xs" variant="subtle" onClick={() => { setEditing(entry); }}>{text('staff.entryEdit')}</Button>
                    <Button size="compact-xs" variant="subtle" onClick={() => { setCancelling(entry); }}>{text('staff.entryCancel')}</Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {editing === null ? null : <EntryDialog staffId={staff.staffId} kind={kind} entry={editing === 'new' ? null : editing} onClose={() => { setEditing(null); }} />}
      {cancelling === null ? null : (
        <ConfirmDialog
          title={text('staff.entryCancelTitle')}
          confirmLabel={text('staff.entryCancel')}
          reason={{ label: text('staff.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.staff.cancelEntry({ entryId: cancelling.entryId, version: cancelling.version, reason });
            refresh('staff');
            return result;
          }}
          onClose={() => { setCancelling(null); }}
        >
          {text('staff.entryCancelWhat')}
        </ConfirmDialog>
      )}
    </Card>
  );
}

function EntryDialog({ staffId, kind, entry, onClose }: { staffId: string; kind: StaffEntryKind; entry: StaffEntryView | null; onClose: () => void }) {
  const columns: readonly StaffEntryColumn[] = staffEntryKinds[kind];
  const [draft, setDraft] = useState<Partial<Record<StaffEntryColumn, string>>>(() =>
    Object.fromEntries(columns.map(column => [column, isDay(column) ? formatDate(entry?.values[column] ?? '') : entry?.values[column] ?? ''])));
  const save = useAct(api.staff.saveEntry);
  const isBadDay = (column: StaffEntryColumn) => isDay(column) && (draft[column] ?? '').trim() !== '' && (parseDate(draft[column] ?? '') ?? '').length !== 10;
  const isReady = (draft[columns[0] ?? 'title'] ?? '').trim() !== '' && !columns.some(isBadDay);
  const submit = async (): Promise<void> => {
    if (!isReady || save.isBusy) return;
    const values = Object.fromEntries(columns.map(column => [column, isDay(column) ? parseDate(draft[column] ?? '') ?? '' : draft[column] ?? '']));
    const saved = await save.run({ staffId, entryId: entry?.entryId ?? null, version: entry?.version ?? 0, kind, values });
    if (saved === null) return;
    showDone(text('staff.entrySaved'));
    refresh('staff');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text(entry === null ? 'staff.entryAddOf' : 'staff.entryEditOf', { kind: text(`staff.entryKind.${kind}`) })} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          {columns.map((column, index) => (
            <TextInput
              key={column}
              {...(index === 0 ? { 'data-autofocus': true, required: true } : {})}
              label={text(`staff.entry.${kind}.${column}`)}
              maxLength={250}
              placeholder={isDay(column) ? text('staff.datePlaceholder') : ''}
              {...(isBadDay(column) ? { error: text('staff.fault.date') } : {})}
              value={draft[column] ?? ''}
              onChange={event => { const { value } = event.currentTarget; setDraft(before => ({ ...before, [column]: value })); }}
            />
          ))}
          {save.failure === null ? null : <ErrorNotice failure={save.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={save.isBusy} disabled={!isReady}>{text('kit.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
