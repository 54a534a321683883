import { Button } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { refresh } from '../app/queries.ts';
import { formatNumber } from '../kit/formats.ts';
import { RunningJob } from '../kit/RunningJob.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';
import { BulkEdit } from './BulkEdit.tsx';
import type { StudentListRow } from './student-columns.tsx';
import styles from './students.module.css';

const MOST = 5000; // pupils in one act

/** What can be done with the ticked pupils. */
export function BulkBar({ rows, ticked, onTick }: { rows: readonly StudentListRow[]; ticked: ReadonlySet<string>; onTick: (next: ReadonlySet<string> | null) => void }) {
  const [isEditing, setEditing] = useState(false);
  // In the order of the list: register numbers are given in it.
  const chosen = rows.filter(row => ticked.has(row.enrolmentId)).map(row => row.enrolmentId).slice(0, MOST);
  const register = useJob('students.register');
  const temporary = useJob('students.giveTemporaryCodes');
  const isBusy = register.isRunning || temporary.isRunning;
  const give = async (job: typeof register | typeof temporary): Promise<void> => {
    const done = await job.run({ enrolmentIds: chosen });
    refresh('students');
    if (done === null) return;
    showDone(text('students.bulk.given', { count: formatNumber(done.given.length) }));
    job.clear();
  };
  return (
    <>
      <div className={styles.bulkBar} role="toolbar" aria-label={text('students.bulk.start')}>
        <span role="status" className="tabular">{text('students.bulk.chosen', { count: formatNumber(chosen.length) })}</span>
        <Button size="compact-sm" variant="default" onClick={() => { onTick(new Set(rows.slice(0, MOST).map(row => row.enrolmentId))); }}>{text('students.bulk.all', { count: formatNumber(Math.min(rows.length, MOST)) })}</Button>
        <Button size="compact-sm" disabled={chosen.length === 0} onClick={() => { setEditing(true); }}>{text('students.bulk.edit')}</Button>
        <Button size="compact-sm" variant="default" disabled={chosen.length === 0 || isBusy} onClick={() => { void give(register); }}>{text('students.giveRegister')}</Button>
        <Button size="compact-sm" variant="default" disabled={chosen.length === 0 || isBusy} onClick={() => { void give(temporary); }}>{text('students.giveTemporary')}</Button>
        <Button size="compact-sm" variant="subtle" onClick={() => { onTick(null); }}>{text('kit.close')}</Button>
        {isEditing ? <BulkEdit enrolmentIds={chosen} onClose={isSaved => { setEditing(false); if (isSaved) onTick(null); }} /> : null}
      </div>
      <RunningJob run={register} />
      <RunningJob run={temporary} />
    </>
  );
}
