import { Table } from '@mantine/core';
import { formatNumber } from '../kit/formats.ts';
import styles from './reports.module.css';

/** A number that opens whom it counts; nought and a number that is only shown are plain. */
export function NumberCell({ value, label, isChosen, onChoose }: { value: number; label: string; isChosen: boolean; onChoose: (() => void) | null }) {
  return (
    <Table.Td ta="right" className="tabular">
      {value === 0 || onChoose === null
        ? <span className={value === 0 ? styles.zero : undefined}>{formatNumber(value)}</span>
        : <button type="button" className={styles.number} aria-label={`${label}: ${value}`} aria-pressed={isChosen} onClick={onChoose}>{formatNumber(value)}</button>}
    </Table.Td>
  );
}
