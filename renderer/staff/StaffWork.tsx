import { Button, Group, Modal, Select, Stack, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { staffStatuses, type StaffStatus, type StaffView } from '../../preload/contract/staff.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate, parseDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Card } from '../kit/Page.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './staff.module.css';
import { StaffEntries } from './StaffEntries.tsx';

/** How he stands to the school over the years, and his contracts. */
export function StaffWork({ staff }: { staff: StaffView }) {
  const [isChanging, setChanging] = useState(false);
  return (
    <div className={styles.stack}>
      <Card flush={staff.statuses.length > 0} title={text('staff.status.head')} acts={<Button size="compact-xs" variant="default" onClick={() => { setChanging(true); }}>{text('staff.status.change')}</Button>}>
        {staff.statuses.length === 0 ? <p className={styles.absent}>{text('staff.status.none')}</p> : (
          <Table aria-label={text('staff.status.head')}>
            <Table.Thead><Table.Tr>{(['head', 'from', 'paper', 'note'] as const).map(key => <Table.Th key={key}>{text(`staff.status.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {staff.statuses.map(one => (
                <Table.Tr key={`${one.from} ${one.status}`}>
                  <Table.Td>{text(`staff.status.${one.status}`)}</Table.Td><Table.Td className="tabular">{formatDate(one.from)}</Table.Td><Table.Td>{one.paper}</Table.Td><Table.Td>{one.note}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Card>
      <StaffEntries staff={staff} kind="contract" />
      {isChanging ? <StatusDialog staff={staff} onClose={() => { setChanging(false); }} /> : null}
    </div>
  );
}

function StatusDialog({ staff, onClose }: { staff: StaffView; onClose: () => void }) {
  const [status, setStatus] = useState<StaffStatus | null>(null);
  const [from, setFrom] = useState('');
  const [note, setNote] = useState('');
  const [paper, setPaper] = useState('');
  const change = useAct(api.staff.setStatus);
  const day = parseDate(from) ?? '';
  const isReady = status !== null && day.length === 10;
  const leaves = status !== null && status !== 'working' && status !== 'leave';
  const submit = async (): Promise<void> => {
    if (status === null || !isReady || change.isBusy) return;
    const done = await change.run({ staffId: staff.staffId, status, from: day, note, paper });
    if (done === null) return;
    showDone([
      text('staff.status.saved', { name: staff.name }), ...(done.assignmentsEnded > 0 ? [text('staff.status.ended', { count: done.assignmentsEnded })] : []),
      ...(done.homeroomOf.length > 0 ? [text('staff.status.homeroom', { classes: done.homeroomOf.join(', ') })] : []),
    ].join(' '));
    refresh('staff');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('staff.status.changeTitle', { name: staff.name })} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <Select
            data-autofocus
            label={text('staff.status.new')}
            required
            data={staffStatuses.filter(one => one !== staff.status).map(value => ({ value, label: text(`staff.status.${value}`) }))}
            value={status}
            onChange={setStatus}
          />
          <TextInput label={text('staff.status.from')} required placeholder={text('staff.datePlaceholder')} value={from} onChange={event => { setFrom(event.currentTarget.value); }} />
          <TextInput label={text('staff.status.paper')} maxLength={100} value={paper} onChange={event => { setPaper(event.currentTarget.value); }} />
          <TextInput label={text('staff.status.note')} maxLength={250} value={note} onChange={event => { setNote(event.currentTarget.value); }} />
          {leaves ? <Notice state="needs" title={text('staff.status.leaves')} /> : null}
          {change.failure === null ? null : <ErrorNotice failure={change.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={change.isBusy} disabled={!isReady}>{text('staff.status.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
