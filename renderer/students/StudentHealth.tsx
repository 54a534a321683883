import { Button, Group, Table, TextInput } from '@mantine/core';
import { IconHeartbeat } from '@tabler/icons-react';
import { useState } from 'react';
import type { HealthCheckView } from '../../preload/contract/pupil-records.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { formatDate, formatTenths, parseDate } from '../kit/formats.ts';
import { showFailure } from '../kit/toasts.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './students.module.css';

const columns = ['measuredOn', 'height', 'weight', 'bmi', 'eyes', 'note'] as const;
const blank = { measuredOn: '', height: '', weight: '', eyeLeft: '', eyeRight: '', note: '' };

/** "152,5" or "152.5" as tenths; null for nothing, undefined for what is no number. */
function tenthsOf(typed: string): number | null | undefined {
  if (typed.trim() === '') return null;
  const [, whole = '', tenth = '0'] = /^(\d{1,3})(?:[.,](\d))?$/.exec(typed.trim()) ?? [];
  return whole === '' ? undefined : Number(whole) * 10 + Number(tenth);
}

/** Measurements by date. They are sensitive: shown on request, which is logged. */
export function StudentHealth({ personId, mayEdit }: { personId: string; mayEdit: boolean }) {
  const [checks, setChecks] = useState<HealthCheckView[] | null>(null);
  const [draft, setDraft] = useState<typeof blank | null>(null);
  const add = useAct(api.students.addHealthCheck);
  const show = async (): Promise<void> => {
    const result = await api.students.openHealth({ personId });
    if (result.ok) setChecks(result.value.checks);
    else showFailure(result.error);
  };
  const height = tenthsOf(draft?.height ?? '');
  const weight = tenthsOf(draft?.weight ?? '');
  const measuredOn = parseDate(draft?.measuredOn ?? '') ?? '';
  const isReady = draft !== null && measuredOn.length === 10 && height !== undefined && weight !== undefined && (height !== null || weight !== null);
  const save = async (): Promise<void> => {
    if (!isReady) return;
    const saved = await add.run({ personId, measuredOn, height, weight, eyeLeft: draft.eyeLeft, eyeRight: draft.eyeRight, note: draft.note });
    if (saved === null) return;
    setDraft(null);
    await show();
  };
  if (checks === null) return <Button mt="sm" variant="default" size="compact-sm" leftSection={<IconHeartbeat size={15} />} onClick={() => { void show(); }}>{text('students.health.show')}</Button>;
  return (
    <div className={styles.health}>
      {checks.length === 0 ? <p className={styles.absent}>{text('students.health.none')}</p> : (
        <Table>
          <Table.Thead><Table.Tr>{columns.map(column => <Table.Th key={column}>{text(`students.health.${column}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {checks.map(check => (
              <Table.Tr key={check.checkId}>
                <Table.Td className="tabular">{formatDate(check.measuredOn)}</Table.Td>
                <Table.Td className="tabular">{formatTenths(check.height)}</Table.Td>
                <Table.Td className="tabular">{formatTenths(check.weight)}</Table.Td>
                <Table.Td className="tabular">{formatTenths(check.bmi)}</Table.Td>
                <Table.Td>{[check.eyeLeft, check.eyeRight].filter(words => words !== '').join(' – ')}</Table.Td>
                <Table.Td>{check.note}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {!mayEdit ? null : draft === null ? <Button variant="default" size="compact-sm" onClick={() => { setDraft(blank); }}>{text('students.health.add')}</Button> : (
        <Group gap={8} align="flex-end" onKeyDown={event => { if (event.key === 'Enter') { event.preventDefault(); void save(); } }}>
          {(['measuredOn', 'height', 'weight', 'eyeLeft', 'eyeRight', 'note'] as const).map(name => (
            <TextInput key={name} w={name === 'note' ? 160 : 110} label={text(`students.health.${name}`)} value={draft[name]} onChange={event => { setDraft({ ...draft, [name]: event.currentTarget.value }); }} />
          ))}
          <Button disabled={!isReady} loading={add.isBusy} onClick={() => { void save(); }}>{text('kit.save')}</Button>
          <Button variant="default" onClick={() => { setDraft(null); }}>{text('kit.cancel')}</Button>
        </Group>
      )}
      {add.failure === null ? null : <ErrorNotice failure={add.failure} />}
    </div>
  );
}
