import { Button, Checkbox, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MarkColumn, SheetView } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { readingInWords } from './reading-words.ts';
import styles from './reading.module.css';

/** Second readings of a sheet so far, and the start of another: which columns, aloud with a colleague or blind by another person. */
export function ReadingDialog({ sheet, onClose }: { sheet: Pick<SheetView, 'sheetId' | 'subjectName' | 'className' | 'columns' | 'rows'>; onClose: () => void }) {
  const read = useRead('gradebook.readings', { sheetId: sheet.sheetId });
  const written = sheet.columns.filter(({ column }) => sheet.rows.some(row => (row.marks[column]?.state ?? 'empty') !== 'empty'));
  const [columns, setColumns] = useState<string[]>(() => written.slice(-1).map(one => one.column));
  const [kind, setKind] = useState<'aloud' | 'blind'>('aloud');
  const [partner, setPartner] = useState('');
  const start = useAct(async () => api.gradebook.startReading({ sheetId: sheet.sheetId, kind, columns: columns as MarkColumn[], partner: kind === 'aloud' ? partner : '' }));
  const begin = async (): Promise<void> => {
    const started = await start.run();
    if (started !== null) navigate(`/grades/reading/${started.readingId}`);
  };
  return (
    <Modal opened onClose={onClose} title={text('gradebook.reading.dialog', { subject: sheet.subjectName, name: sheet.className })} size="lg">
      <Waiting read={read} lines={4}>
        {({ readings, mayStart }) => (
          <Stack gap="md">
            {readings.length === 0 ? null : (
              <ul className={styles.past} aria-label={text('gradebook.reading.past')}>
                {readings.map(reading => (
                  <li key={reading.readingId}>
                    <span>{readingInWords(reading)}</span>
                    {reading.state === 'dropped' ? null : <Button variant="default" size="compact-xs" onClick={() => { navigate(`/grades/reading/${reading.readingId}`); }}>{text(reading.state === 'done' ? 'gradebook.reading.see' : 'gradebook.reading.goOn')}</Button>}
                  </li>
                ))}
              </ul>
            )}
            {!mayStart || written.length === 0 ? <p style={{ margin: 0 }}>{text(written.length === 0 ? 'gradebook.reading.nothingWritten' : 'gradebook.reading.notNow')}</p> : (
              <form onSubmit={event => { event.preventDefault(); void begin(); }}>
                <Stack gap="sm">
                  <Checkbox.Group label={text('gradebook.reading.columns')} value={columns} onChange={setColumns}>
                    <Group gap="md" mt={4}>{written.map(one => <Checkbox key={one.column} value={one.column} label={one.title} />)}</Group>
                  </Checkbox.Group>
                  <Radio.Group label={text('gradebook.reading.how')} value={kind} onChange={value => { setKind(value === 'blind' ? 'blind' : 'aloud'); }}>
                    <Stack gap={6} mt={4}>
                      <Radio value="aloud" label={text('gradebook.reading.kind.aloud')} description={text('gradebook.reading.about.aloud')} />
                      <Radio value="blind" label={text('gradebook.reading.kind.blind')} description={text('gradebook.reading.about.blind')} />
                    </Stack>
                  </Radio.Group>
                  {kind === 'aloud' ? <TextInput label={text('gradebook.reading.partner')} value={partner} maxLength={100} onChange={event => { setPartner(event.currentTarget.value); }} /> : null}
                  {start.failure === null ? null : <ErrorNotice failure={start.failure} onDismiss={start.clear} />}
                  <Group justify="flex-end" gap={8}>
                    <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
                    <Button type="submit" loading={start.isBusy} disabled={columns.length === 0}>{text('gradebook.reading.start')}</Button>
                  </Group>
                </Stack>
              </form>
            )}
          </Stack>
        )}
      </Waiting>
    </Modal>
  );
}
