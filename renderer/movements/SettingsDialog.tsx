import { Button, Modal, NumberInput, Stack, Table, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { regimeCodes, regimeSteps, type MovementSettings, type RegimeCode, type RegimeStep } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate, parseDate } from '../kit/formats.ts';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './movements.module.css';

/** Letters in document numbers, limits of the regulations, days on which the office does not work. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const read = useRead('movements.settings', {});
  return <Modal opened onClose={onClose} title={text('movements.settings')} size="min(820px, 94vw)"><Waiting read={read} lines={8}>{stored => <SettingsForm stored={stored} onClose={onClose} />}</Waiting></Modal>;
}

function SettingsForm({ stored, onClose }: { stored: MovementSettings; onClose: () => void }) {
  const [symbol, setSymbol] = useState(stored.symbol);
  const [limits, setLimits] = useState(stored.limits);
  const [days, setDays] = useState(stored.daysOff.map(formatDate).join(', '));
  const save = useAct(api.movements.saveSettings);
  const daysOff = days.split(/[,;\n]/).map(one => one.trim()).filter(one => one !== '').map(parseDate);
  const isRead = daysOff.every(day => day?.length === 'yyyy-mm-dd'.length);
  const set = (code: RegimeCode, step: RegimeStep, value: number | string): void => {
    setLimits(before => ({ ...before, [code]: { ...before[code], [step]: typeof value === 'number' && value > 0 ? value : null } }));
  };
  const submit = async (): Promise<void> => {
    if (!isRead || await save.run({ symbol, limits, daysOff: daysOff.filter(day => day !== null) }) === null) return;
    refresh('movements');
    refresh('home');
    onClose();
  };
  return (
    <form onSubmit={event => { event.preventDefault(); void submit(); }}>
      <Stack gap="sm">
        <TextInput data-autofocus label={text('movements.field.symbol')} description={text('movements.field.symbolHint')} required maxLength={20} value={symbol} onChange={event => { setSymbol(event.currentTarget.value); }} />
        <Table>
          <Table.Thead><Table.Tr><Table.Th>{text('movements.limits')}</Table.Th>{regimeSteps.map(step => <Table.Th key={step}>{text(`movements.limit.${step}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {regimeCodes.map(code => (
              <Table.Tr key={code}>
                <Table.Td>{text(`movements.regime.${code}.title`)}</Table.Td>
                {regimeSteps.map(step => (
                  <Table.Td key={step}>
                    <NumberInput size="xs" w={84} min={0} max={60} allowDecimal={false} placeholder="—" aria-label={`${text(`movements.regime.${code}.title`)}, ${text(`movements.limit.${step}`)}`} value={limits[code][step] ?? ''} onChange={value => { set(code, step, value); }} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <p className={styles.hint}>{text('movements.limitsHint')}</p>
        <Textarea label={text('movements.field.daysOff')} description={text('movements.field.daysOffHint')} autosize minRows={2} error={isRead ? undefined : text('movements.daysOffFault')} value={days} onChange={event => { setDays(event.currentTarget.value); }} />
        {save.failure === null ? null : <ErrorNotice failure={save.failure} />}
        <div className={styles.dialogActs}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={!isRead || symbol.trim() === ''} loading={save.isBusy}>{text('kit.save')}</Button></div>
      </Stack>
    </form>
  );
}
