import { useState } from 'react';
import styles from './curriculum.module.css';

export interface NumberCellProps {
  label: string;
  value: number;
  mayEdit: boolean;
  onSave: (value: number) => Promise<void>;
}

/** A whole number in a table, typed over where it stands: Enter or leaving saves, Esc gives up. */
export function NumberCell({ label, value, mayEdit, onSave }: NumberCellProps) {
  const [words, setWords] = useState<string | null>(null);
  if (!mayEdit) return <span className={styles.number}>{value}</span>;
  const leave = (): void => {
    if (words === null) return;
    const typed = Number(words);
    setWords(null);
    if (/^\d{1,3}$/.test(words) && typed !== value) void onSave(typed);
  };
  return (
    <input
      className={styles.number}
      aria-label={label}
      inputMode="numeric"
      maxLength={3}
      value={words ?? String(value)}
      onFocus={event => { event.currentTarget.select(); }}
      onChange={event => { setWords(event.currentTarget.value); }}
      onBlur={leave}
      onKeyDown={event => {
        if (event.key === 'Enter') leave();
        else if (event.key === 'Escape') setWords(null);
      }}
    />
  );
}
