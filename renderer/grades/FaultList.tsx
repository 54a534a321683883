import { CloseButton } from '@mantine/core';
import type { Dispatch } from 'react';
import { text } from '../../resources/language/language.ts';
import styles from './grades.module.css';
import { faultInWords } from './mark-faults.ts';
import type { MarkGridAction } from './mark-grid-reducer.ts';
import { cellKey } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';

/** The cells whose words are not in the book, each with the reason; a click goes there. */
export function FaultList({ state, dispatch }: { state: MarkGridState; dispatch: Dispatch<MarkGridAction> }) {
  const faults = Object.values(state.faulty);
  if (faults.length === 0) return null;
  const placed = faults
    .map(cell => ({ cell, row: state.rows.findIndex(row => row.enrolmentId === cell.enrolmentId), column: state.columns.findIndex(column => column.column === cell.column) }))
    .toSorted((left, right) => left.row - right.row || left.column - right.column);
  return (
    <section className={styles.faults} aria-label={text('grades.faults.title', { count: faults.length })}>
      <h2>✕ {text('grades.faults.title', { count: faults.length })}</h2>
      <ul>
        {placed.map(({ cell, row, column }) => (
          <li key={cellKey(cell.enrolmentId, cell.column)}>
            <button type="button" onClick={() => { dispatch({ type: 'stand', at: { row, column }, extend: false }); }}>
              {state.rows[row] === undefined ? '' : `${state.rows[row].order}. ${state.rows[row].name}`} — {state.columns[column]?.title}: <strong>“{cell.words}”</strong> {faultInWords(cell)}
            </button>
            <CloseButton size="xs" aria-label={text('grades.faults.drop')} title={text('grades.faults.drop')} onClick={() => { dispatch({ type: 'dropFault', enrolmentId: cell.enrolmentId, column: cell.column }); }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
