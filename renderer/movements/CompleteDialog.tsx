import { Button, Checkbox, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { refreshPupils } from './ActDialog.tsx';
import { today } from './movement-words.ts';
import styles from './movements.module.css';

const FINAL = new Set([5, 9, 12]);

/** A final class has completed the level: everybody who passed, unless somebody is left out. */
export function CompleteDialog({ onClose }: { onClose: () => void }) {
  const { year } = useSession();
  const classes = useRead('classes.list', { year });
  const [classId, setClassId] = useState<string | null>(null);
  const [on, setOn] = useState(today());
  const [paper, setPaper] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const read = useRead('movements.completable', { classId: classId ?? '' }, { enabled: classId !== null });
  const complete = useAct(api.movements.completeLevel);
  const pupils = read.data?.pupils ?? [];
  const chosen = pupils.filter(one => !left.has(one.enrolmentId));
  const submit = async (): Promise<void> => {
    if (classId === null || chosen.length === 0) return;
    const made = await complete.run({ classId, on, paper, enrolmentIds: chosen.map(one => one.enrolmentId) });
    if (made === null) return;
    refreshPupils();
    showDone(text('movements.completedMany', { count: made.movementIds.length }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('movements.complete')} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <Select data-autofocus label={text('movements.column.class')} required value={classId} onChange={value => { setClassId(value); setLeft(new Set()); }}
            data={(classes.data?.classes ?? []).filter(one => FINAL.has(one.grade)).map(one => ({ value: one.classId, label: one.name }))} />
          <DayInput label={text('movements.field.on')} required value={on} onChange={setOn} />
          <TextInput label={text('movements.field.paper')} maxLength={80} value={paper} onChange={event => { setPaper(event.currentTarget.value); }} />
          {read.data?.waitsFor ? <Notice state="blocked" title={text(`movements.waits.${read.data.waitsFor}`)} /> : null}
          {read.data?.waitsFor === null && pupils.length === 0 ? <p className={styles.hint}>{text('movements.completeNone')}</p> : null}
          <div className={styles.held}>
            {pupils.map(one => (
              <Checkbox key={one.enrolmentId} size="xs" label={`${one.name} · ${formatDate(one.birth)}`} checked={!left.has(one.enrolmentId)}
                onChange={event => { const isIn = event.currentTarget.checked; setLeft(before => { const next = new Set(before); if (isIn) next.delete(one.enrolmentId); else next.add(one.enrolmentId); return next; }); }} />
            ))}
          </div>
          {complete.failure === null ? null : <ErrorNotice failure={complete.failure} />}
          <div className={styles.dialogActs}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={chosen.length === 0 || on === ''} loading={complete.isBusy}>{text('movements.completeNow', { count: chosen.length })}</Button></div>
        </Stack>
      </form>
    </Modal>
  );
}
