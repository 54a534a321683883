import { Button } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { formatNumber } from '../kit/formats.ts';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { BulkEdit } from './BulkEdit.tsx';
import type { StudentListRow } from './student-columns.tsx';
import styles from './students.module.css';

const MOST = 1000; // pupils in one act

/** What can be done with the ticked pupils. */
export function BulkBar({ rows, ticked, onTick }: { rows: readonly StudentListRow[]; ticked: ReadonlySet<string>; onTick: (next: ReadonlySet<string> | null) => void }) {
  const [isEditing, setEditing] = useState(false);
  // In the order of the list: register numbers are given in it.
  const chosen = rows.filter(row => ticked.has(row.enrolmentId)).map(row => row.enrolmentId).slice(0, MOST);
  const give = async (call: 'register' | 'giveTemporaryCodes'): Promise<void> => {
    const result = await api.students[call]({ enrolmentIds: chosen });
    if (result.ok) showDone(text('students.bulk.given', { count: formatNumber(result.value.given.length) }));
    else showFailure(result.error);
    refresh('students');
  };
  return (
    <div className={styles.bulkBar} role="toolbar" aria-label={text('students.bulk.start')}>
      <span role="status" className="tabular">{text('students.bulk.chosen', { count: formatNumber(chosen.length) })}</span>
      <Button size="compact-sm" variant="default" onClick={() => { onTick(new Set(rows.slice(0, MOST).map(row => row.enrolmentId))); }}>{text('students.bulk.all', { count: formatNumber(Math.min(rows.length, MOST)) })}</Button>
      <Button size="compact-sm" disabled={chosen.length === 0} onClick={() => { setEditing(true); }}>{text('students.bulk.edit')}</Button>
      <Button size="compact-sm" variant="default" disabled={chosen.length === 0} onClick={() => { void give('register'); }}>{text('students.giveRegister')}</Button>
      <Button size="compact-sm" variant="default" disabled={chosen.length === 0} onClick={() => { void give('giveTemporaryCodes'); }}>{text('students.giveTemporary')}</Button>
      <Button size="compact-sm" variant="subtle" onClick={() => { onTick(null); }}>{text('kit.close')}</Button>
      {isEditing ? <BulkEdit enrolmentIds={chosen} onClose={isSaved => { setEditing(false); if (isSaved) onTick(null); }} /> : null}
    </div>
  );
}
