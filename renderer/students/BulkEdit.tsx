import { Button, Group, Modal, Select, Stack, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { pupilField, pupilFields } from '../../preload/contract/pupil-fields.ts';
import type { BulkPreview } from '../../preload/contract/pupil-records.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatNumber, parseDate } from '../kit/formats.ts';
import { RunningJob } from '../kit/RunningJob.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { useJob } from '../kit/useJob.ts';
import { FieldInput } from './FieldInput.tsx';
import { fieldGroups, fieldLabel, valueWords } from './student-fields.ts';

/** What makes sense for many pupils at once. */
const own = new Set(['name', 'otherName', 'birth', 'personalId', 'phone', 'email', 'universalNumber']);
const fields = pupilFields.filter(field => !own.has(field.key) && !field.key.includes('.'));
const SHOWN = 100;

/** One field of the chosen pupils, all at once: choose, look at what would change, save. */
export function BulkEdit({ enrolmentIds, onClose }: { enrolmentIds: string[]; onClose: (isSaved: boolean) => void }) {
  const [key, setKey] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<BulkPreview | null>(null);
  const look = useAct(api.students.bulkPreview);
  const save = useJob('students.bulkSave');
  const field = key === null ? undefined : pupilField(key);
  const stored = field?.type === 'date' ? parseDate(value) ?? value : value;
  const input = { enrolmentIds, changes: { [key ?? '']: stored } };
  const submit = async (): Promise<void> => {
    const saved = await save.run({ ...input, reason });
    refresh('students');
    if (saved === null) return;
    save.clear();
    showDone(text('students.bulk.saved', { pupils: formatNumber(saved.pupils), changes: formatNumber(saved.changes) }));
    onClose(true);
  };
  const close = (): void => {
    if (!save.isRunning) save.clear();
    onClose(false);
  };
  return (
    <Modal opened onClose={close} title={text('students.bulk.title', { count: formatNumber(enrolmentIds.length) })} size="lg">
      <Stack gap="sm">
        <Group grow align="flex-start">
          <Select
            data-autofocus
            searchable
            label={text('students.bulk.field')}
            data={fieldGroups.map(group => ({ group: text(`students.group.${group}`), items: fields.filter(one => one.group === group).map(one => ({ value: one.key, label: fieldLabel(one) })) })).filter(one => one.items.length > 0)}
            value={key}
            onChange={next => { setKey(next); setValue(''); setPreview(null); }}
          />
          {field === undefined ? <div /> : <FieldInput key={field.key} field={field} label={text('students.bulk.value')} value={value} onChange={next => { setValue(next); setPreview(null); }} />}
        </Group>
        {preview === null ? null : preview.changes === 0 ? <p>{text('students.bulk.nothing')}</p> : (
          <>
            <div style={{ maxHeight: 260, overflow: 'auto', border: '1px solid var(--st-line)', borderRadius: 7 }}>
              <Table>
                <Table.Thead><Table.Tr>{(['name', 'class', 'before', 'after'] as const).map(one => <Table.Th key={one}>{text(`students.bulk.${one}`)}</Table.Th>)}</Table.Tr></Table.Thead>
                <Table.Tbody>
                  {preview.rows.slice(0, SHOWN).map(row => row.changes.map(change => (
                    <Table.Tr key={`${row.enrolmentId} ${change.field}`}>
                      <Table.Td>{row.name}</Table.Td><Table.Td>{row.className}</Table.Td>
                      <Table.Td>{change.before === '' || field === undefined ? '—' : valueWords(field, change.before)}</Table.Td>
                      <Table.Td>{change.after === '' || field === undefined ? '—' : valueWords(field, change.after)}</Table.Td>
                    </Table.Tr>
                  )))}
                </Table.Tbody>
              </Table>
            </div>
            <p style={{ margin: 0 }} role="status">{text('students.bulk.count', { count: formatNumber(preview.rows.length), total: formatNumber(enrolmentIds.length) })}</p>
            <TextInput label={text('students.reason')} maxLength={300} value={reason} onChange={event => { setReason(event.currentTarget.value); }} />
          </>
        )}
        {look.failure === null ? null : <ErrorNotice failure={look.failure} />}
        <RunningJob run={save} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={close}>{text('kit.cancel')}</Button>
          {preview === null
            ? <Button loading={look.isBusy} disabled={field === undefined} onClick={() => { void look.run(input).then(setPreview); }}>{text('students.bulk.look')}</Button>
            : <Button loading={save.isRunning} disabled={preview.changes === 0} onClick={() => { void submit(); }}>{text('students.bulk.save', { count: formatNumber(preview.rows.length) })}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
