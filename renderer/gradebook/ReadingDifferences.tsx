import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { OpenReading, ReadingCell } from '../../preload/contract/gradebook-readings.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, reread } from '../app/queries.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { useAct } from '../kit/useAct.ts';
import { readValue } from './reading-words.ts';
import styles from './reading.module.css';

/** The cells that differ, with both values and both people; each is settled by a person. */
export function ReadingDifferences({ reading }: { reading: OpenReading }) {
  const settle = useAct(async (cell: ReadingCell, choice: 'keep' | 'take') =>
    api.gradebook.settleDifference({ readingId: reading.readingId, enrolmentId: cell.enrolmentId, column: cell.column, choice }));
  const choose = async (cell: ReadingCell, choice: 'keep' | 'take'): Promise<void> => {
    if (await settle.run(cell, choice) === null) return;
    reread('gradebook');
    refresh('grades');
  };
  if (reading.list.length === 0) return <EmptyState icon={IconCircleCheck} title={text('gradebook.reading.noDifference')} next={text('gradebook.reading.noDifferenceNext', { cells: reading.cells })} />;
  return (
    <div style={{ flex: 1, minWidth: 0, overflow: 'auto' }}>
      {settle.failure === null ? null : <ErrorNotice failure={settle.failure} onDismiss={settle.clear} />}
      <table className={styles.differences} aria-label={text('gradebook.reading.differences')}>
        <thead><tr><th>{text('grades.order')}</th><th>{text('grades.pupil')}</th><th>{text('gradebook.proof.fact.column')}</th><th>{text('gradebook.reading.first')}</th><th>{text('gradebook.reading.second')}</th><th /></tr></thead>
        <tbody>
          {reading.list.map((cell, index) => (
            <tr key={`${cell.enrolmentId}/${cell.column}`}>
              <td className="tabular">{cell.order}</td>
              <th scope="row" style={{ background: 'none', fontSize: 14, color: 'inherit' }}>{cell.name}</th>
              <td>{cell.columnTitle}</td>
              <td className={`${styles.value ?? ''} tabular`}>{readValue(cell.first, reading.sheetKind)}<small>{cell.firstBy}</small></td>
              <td className={`${styles.value ?? ''} tabular`}>{readValue(cell.second, reading.sheetKind)}<small>{reading.readerName}</small></td>
              <td>
                {cell.outcome !== 'different' ? <StateBadge state="done">{text(`gradebook.reading.outcome.${cell.outcome === 'taken' ? 'taken' : 'kept'}`, { name: cell.settledBy ?? '' })}</StateBadge> : (
                  <div className={styles.settle}>
                    <Button variant="default" size="xs" disabled={!reading.maySettle || settle.isBusy} {...(index === 0 ? { 'data-autofocus': true } : {})} onClick={() => { void choose(cell, 'keep'); }}>{text('gradebook.reading.keep', { value: readValue(cell.first, reading.sheetKind) })}</Button>
                    <Button size="xs" disabled={!reading.maySettle || settle.isBusy} onClick={() => { void choose(cell, 'take'); }}>{text('gradebook.reading.take', { value: readValue(cell.second, reading.sheetKind) })}</Button>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
