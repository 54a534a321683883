import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { SheetWarning } from '../../preload/contract/gradebook-warnings.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { onChanged, reread, useRead } from '../app/queries.ts';
import { usePreference } from '../app/preferences.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import styles from './warnings.module.css';

export interface WarningListProps {
  sheetId: string;
  mayNote: boolean;
  /** Goes to a cell of the grid. */
  onStand: (enrolmentId: string, column: MarkColumn) => void;
  /** A dialog closed: the grid wants the keyboard back. */
  onAnswered: () => void;
}

const QUIET = 4_000; // milliseconds without a change: looking at a class takes more than typing a mark

/** What looks odd in the sheet. It stops nobody; a click goes to the first cell, a note says why it is right. */
export function WarningList({ sheetId, mayNote, onStand, onAnswered }: WarningListProps) {
  const read = useRead('gradebook.warnings', { sheetId }, { keepPrevious: true });
  const { refetch } = read;
  useEffect(() => {
    let timer: number | undefined;
    const stop = onChanged((feature, keys) => {
      if (feature !== 'grades' || (keys.size > 0 && !keys.has(sheetId))) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => { void refetch(); }, QUIET);
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [sheetId, refetch]);
  const [isOpen, setOpen] = usePreference('warnings.open', false);
  const [noting, setNoting] = useState<SheetWarning | null>(null);
  const found = read.data?.warnings ?? [];
  if (found.length === 0) return null;
  const open = read.data?.open ?? 0;
  return (
    <section className={styles.warnings} aria-label={text('gradebook.warning.list')}>
      <button type="button" aria-expanded={isOpen} onClick={() => { setOpen(!isOpen); }}>{isOpen ? '▾' : '▸'} {text('gradebook.warning.count', { count: open, noted: found.length - open })}</button>
      {isOpen ? (
        <ul>
          {found.map(warning => (
            <li key={warning.key} data-noted={warning.noted === null ? undefined : true}>
              <button type="button" onClick={() => { if (warning.cells[0] !== undefined) onStand(warning.cells[0].enrolmentId, warning.cells[0].column); }}>
                {warning.title} <span className={styles.names}>{namesOf(warning)}{warning.noted === null ? '' : ` ✓ ${warning.noted.by}: ${warning.noted.note}`}</span>
              </button>
              {mayNote ? <Button variant="subtle" color="gray" size="compact-xs" onClick={() => { setNoting(warning); }}>{text(warning.noted === null ? 'gradebook.warning.note' : 'gradebook.warning.unnote')}</Button> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {noting === null ? null : (
        <ConfirmDialog
          title={text(noting.noted === null ? 'gradebook.warning.note' : 'gradebook.warning.unnote')}
          confirmLabel={text(noting.noted === null ? 'gradebook.warning.note' : 'gradebook.warning.unnote')}
          {...(noting.noted === null ? { reason: { label: text('gradebook.warning.why'), minLength: 3 } } : {})}
          onConfirm={async note => {
            const result = await api.gradebook.noteWarning({ sheetId, warning: noting.key, note: noting.noted === null ? note : '' });
            if (result.ok) reread('gradebook');
            return result;
          }}
          onClose={() => { setNoting(null); onAnswered(); }}
        >
          {noting.title}
        </ConfirmDialog>
      )}
    </section>
  );
}

function namesOf({ names, count, kind }: SheetWarning): string {
  // Of a whole column the names say nothing.
  if (kind === 'identical' || kind === 'shifted' || kind === 'allSame' || kind === 'wrongColumn') return '';
  return count > names.length ? text('gradebook.warning.namesMore', { names: names.join(', '), count: count - names.length }) : names.join(', ');
}
