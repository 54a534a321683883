import type { JournalRowView } from '../../preload/contract/system.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { formatDateTime } from '../kit/formats.ts';
import type { TableColumn } from '../kit/table-columns.ts';
import styles from './journal.module.css';

/** How a change came about, in words. */
export function pathWord(path: string): string {
  const key = `journal.screen.path.${path}`;
  return hasText(key) ? text(key) : path;
}

function title(column: string): string {
  return text(`journal.screen.column.${column}`);
}

/** The columns of the journal: when, who, what, of whom, before → after, and how. */
export function journalColumns(): TableColumn<JournalRowView>[] {
  return [
    { id: 'at', title: title('at'), value: row => row.at, render: row => formatDateTime(row.at), width: 148 },
    { id: 'actor', title: title('actor'), value: row => row.actorName, width: 150 },
    { id: 'what', title: title('what'), value: row => row.what, width: { least: 130, share: 2 } },
    { id: 'subject', title: title('subject'), value: row => row.subject, width: { least: 110, share: 2 } },
    {
      id: 'change',
      title: title('change'),
      value: row => `${row.before ?? ''} ${row.after ?? ''}`,
      render: row => <>{row.before === null ? null : <><span className={styles.before}>{row.before === '' ? text('journal.screen.empty') : row.before}</span> → </>}{row.after === null || row.after === '' ? text('journal.screen.empty') : row.after}</>,
      width: { least: 200, share: 4 },
    },
    { id: 'path', title: title('path'), value: row => pathWord(row.path), width: 120 },
    { id: 'reason', title: title('reason'), value: row => row.reason, width: { least: 90, share: 1 } },
  ];
}
