import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, Table } from '@mantine/core';
import { useState } from 'react';
import { requestKinds } from '../../preload/contract/personal-data.ts';
import type { Failure } from '../../preload/contract/failure.ts';
import type { PersonalDataRules, PersonalDataSettings } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { showDone } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './personal-data.module.css';

const word = (part: string) => text(`personalData.settings.${part}`);

/** Terms and ages that the program proposes and the school compares with the law. */
export function SettingsTab() {
  const read = useRead('personalData.settings', {});
  return <Waiting read={read} lines={10}>{settings => <SettingsForm key={JSON.stringify(settings)} settings={settings} />}</Waiting>;
}

function SettingsForm({ settings }: { settings: PersonalDataSettings }) {
  const [rules, setRules] = useState<PersonalDataRules>(settings.rules);
  const [isConfirmed, setConfirmed] = useState(settings.confirmed !== null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (): Promise<void> => {
    const result = await api.personalData.saveSettings({ rules, isConfirmed });
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    refresh('personalData');
    showDone(word('saved'));
  };
  const number = (label: string, value: number, least: number, most: number, change: (value: number) => void, isShort = false) => (
    <NumberInput {...(isShort ? { 'aria-label': label, w: 90 } : { label })} min={least} max={most} allowDecimal={false} value={value} onChange={typed => { change(Number(typed) || least); }} />
  );
  return (
    <div className={styles.settings}>
      <Notice state={settings.confirmed === null ? 'needs' : 'done'} title={settings.confirmed === null ? word('noteTitle') : text('personalData.settings.confirmedBy', { by: settings.confirmed.by, at: formatDateTime(settings.confirmed.at) })}>
        <p>{word('note')}</p>
      </Notice>
      <h2>{word('terms')}</h2>
      <Table>
        <Table.Thead><Table.Tr>{(['kind', 'days', 'extension'] as const).map(key => <Table.Th key={key}>{word(key)}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {requestKinds.map(kind => {
            const name = text(`personalData.request.kind.${kind}`);
            const change = (part: Partial<PersonalDataRules['terms']['view']>): void => { setRules({ ...rules, terms: { ...rules.terms, [kind]: { ...rules.terms[kind], ...part } } }); };
            return (
              <Table.Tr key={kind}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{number(`${name}: ${word('days')}`, rules.terms[kind].days, 1, 365, days => { change({ days }); }, true)}</Table.Td>
                <Table.Td>{number(`${name}: ${word('extension')}`, rules.terms[kind].extension, 0, 365, extension => { change({ extension }); }, true)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <SimpleGrid cols={2} spacing="sm">
        <Select
          label={word('unit')}
          description={word('unitNote')}
          allowDeselect={false}
          value={rules.unit}
          onChange={value => { if (value !== null) setRules({ ...rules, unit: value }); }}
          data={(['calendar', 'working'] as const).map(value => ({ value, label: word(`unit_${value}`) }))}
        />
        {number(word('acknowledgeDays'), rules.acknowledgeDays, 1, 60, acknowledgeDays => { setRules({ ...rules, acknowledgeDays }); })}
        {number(word('childAge'), rules.childAge, 1, 18, childAge => { setRules({ ...rules, childAge }); })}
        {number(word('incidentHours'), rules.incidentHours, 1, 720, incidentHours => { setRules({ ...rules, incidentHours }); })}
      </SimpleGrid>
      <small>{word('standing')}</small>
      <Checkbox label={word('confirm')} checked={isConfirmed} onChange={event => { setConfirmed(event.currentTarget.checked); }} />
      {failure === null ? null : <ErrorNotice failure={failure} />}
      <Group><Button onClick={() => { void save(); }}>{text('kit.save')}</Button></Group>
    </div>
  );
}
