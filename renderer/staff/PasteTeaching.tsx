import { Button, Group, Modal, Stack, Table, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PastedTeaching, TeachingView } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './staff.module.css';

/** A block from Excel: read first, shown as it would be saved, then saved as one act. */
export function PasteTeaching({ view, onClose }: { view: TeachingView; onClose: () => void }) {
  const [block, setBlock] = useState('');
  const [found, setFound] = useState<PastedTeaching | null>(null);
  const read = useAct(api.staff.readPasted);
  const save = useAct(api.staff.assign);
  const submit = async (): Promise<void> => {
    if (found === null) {
      setFound(await read.run({ year: view.year, text: block }));
      return;
    }
    const changes = found.changes.map(({ classId, subject, staffId }) => ({ classId, subject, staffId }));
    const done = await save.run({ changes, from: view.day, path: 'pasted' });
    if (done === null) return;
    showDone(text('staff.teaching.pasted', { count: done.changed }));
    refresh('staff');
    onClose();
  };
  const failure = read.failure ?? save.failure;
  return (
    <Modal opened onClose={onClose} title={text('staff.teaching.pasteTitle')} size="xl">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <p className={styles.note}>{text('staff.teaching.pasteHow')}</p>
          <Textarea
            data-autofocus
            label={text('staff.teaching.pasteBox')}
            rows={found === null ? 8 : 3}
            value={block}
            styles={{ input: { whiteSpace: 'pre', overflowX: 'auto' } }}
            onChange={event => { setBlock(event.currentTarget.value); setFound(null); }}
          />
          {found === null ? null : <Preview found={found} day={view.day} />}
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={read.isBusy || save.isBusy} disabled={block.trim() === '' || found?.changes.length === 0}>
              {found === null ? text('staff.teaching.pasteRead') : text('staff.teaching.pasteDo', { count: found.changes.length })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Preview({ found, day }: { found: PastedTeaching; day: string }) {
  return (
    <>
      {found.problems.length === 0 ? null : (
        <Notice state="needs" title={text('staff.teaching.pasteLeft')}>
          <div className={styles.paste}>
            {found.problems.map(({ row, column, words, problem }) => (
              <div key={`${row}/${column}`}>{text('staff.teaching.pasteAt', { row, column })}: <strong>{words}</strong> — {text(`staff.teaching.pasteProblem.${problem}`)}</div>
            ))}
          </div>
        </Notice>
      )}
      <div className={styles.paste}>
        <Table aria-label={text('staff.teaching.pasteRead')}>
          <Table.Thead><Table.Tr>{[text('staff.teaching.class'), text('staff.column.subjects'), text('staff.history.before'), text('staff.history.after')].map(title => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {found.changes.map(change => (
              <Table.Tr key={`${change.classId} ${change.subject}`}>
                <Table.Td>{change.className}</Table.Td><Table.Td>{change.subjectName}</Table.Td><Table.Td>{change.before ?? '—'}</Table.Td><Table.Td>{change.after}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <small>{text('staff.teaching.pasteUnchanged', { count: found.unchanged })} · {text('staff.teaching.since', { day: formatDate(day) })}</small>
    </>
  );
}
