import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReadingPreview, ReadingView } from '../../preload/contract/rule-readings.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatNumber, formatYear } from '../kit/formats.ts';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './rule-readings.module.css';

const LEAST_REASON = 3;

/** Chooses a reading: counts first whose results it would change, then asks for the reason. */
export function ReadingDialog({ reading, year, onClose }: { reading: ReadingView; year: string; onClose: () => void }) {
  const [value, setValue] = useState(reading.value);
  const [reason, setReason] = useState('');
  const save = useAct(api.yearEnd.saveReading);
  const isSame = value === reading.value;
  const mayKeep = !isSame || reading.chosen === null;
  const choose = async (): Promise<void> => {
    const saved = await save.run({ key: reading.key, value, from: year, reason: reason.trim() });
    if (saved === null) return;
    showDone(text('yearEnd.reading.saved'));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={text(`yearEnd.reading.${reading.key}.name`)}>
      <form onSubmit={event => { event.preventDefault(); if (mayKeep && reason.trim().length >= LEAST_REASON && !save.isBusy) void choose(); }}>
        <Stack gap="sm">
          <blockquote className={styles.rule}>{text(`yearEnd.reading.${reading.key}.rule`)}</blockquote>
          <Radio.Group label={text('yearEnd.reading.value')} value={value} onChange={setValue}>
            <Stack gap={6} mt={6}>{reading.values.map(one => <Radio key={one} value={one} label={text(`yearEnd.reading.${reading.key}.${one}`)} />)}</Stack>
          </Radio.Group>
          <span>{text('yearEnd.reading.from')}: <strong className="tabular">{formatYear(year)}</strong></span>
          {isSame ? <small>{text('yearEnd.reading.same')}</small> : <Preview reading={reading} value={value} year={year} />}
          <Textarea label={text('yearEnd.reading.reason')} required maxLength={300} autosize minRows={2} value={reason} onChange={event => { setReason(event.currentTarget.value); }} />
          {save.failure === null ? null : <ErrorNotice failure={save.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={save.isBusy} disabled={!mayKeep || reason.trim().length < LEAST_REASON}>{text('yearEnd.reading.choose')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Preview({ reading, value, year }: { reading: ReadingView; value: string; year: string }) {
  const read = useRead('yearEnd.previewReading', { key: reading.key, value, from: year });
  return <div className={styles.preview} aria-live="polite"><Waiting read={read} lines={2}>{found => <PreviewWords found={found} year={year} />}</Waiting></div>;
}

function PreviewWords({ found: { pupils, changed, examples }, year }: { found: ReadingPreview; year: string }) {
  if (changed === 0) return <p>{text('yearEnd.reading.previewNone', { year: formatYear(year), pupils: formatNumber(pupils) })}</p>;
  return (
    <>
      <p><strong>{text('yearEnd.reading.preview', { changed: formatNumber(changed), pupils: formatNumber(pupils), year: formatYear(year) })}</strong></p>
      <ul>
        {examples.map(one => <li key={one.enrolmentId}>{text('yearEnd.reading.example', { name: one.name, class: one.className, before: one.before, after: one.after })}</li>)}
        {changed > examples.length ? <li>{text('yearEnd.reading.more', { count: formatNumber(changed - examples.length) })}</li> : null}
      </ul>
    </>
  );
}
