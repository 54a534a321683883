import type { JournalRowView } from '../../preload/contract/system.ts';
import { text } from '../../resources/language/language.ts';
import { RouteLink } from '../app/router.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatClock, formatDateTime } from '../kit/formats.ts';
import { PaneEmpty } from '../kit/SidePane.tsx';
import { pathWord } from './journal-columns.tsx';
import styles from './journal.module.css';

/** One row of the journal in full; the values stand one below the other. */
export function JournalPane({ row }: { row: JournalRowView | null }) {
  if (row === null) return <PaneEmpty>{text('journal.screen.paneEmpty')}</PaneEmpty>;
  return (
    <div className={styles.pane}>
      <h2>{row.what}</h2>
      {row.subject === '' ? null : <p>{row.subject}</p>}
      {row.route === null ? null : <p><RouteLink to={row.route}>{text('gradebook.history.page')}</RouteLink></p>}
      <div className={styles.values}>
        <Values title={text('journal.screen.column.before')} values={row.before} />
        <Values title={text('journal.screen.column.after')} values={row.after} />
      </div>
      <Facts
        nameWidth={92}
        facts={[
          { name: text('journal.screen.column.at'), value: <span className="tabular">{formatDateTime(row.at).slice(0, 10)} {formatClock(row.at)}</span> },
          { name: text('journal.screen.column.actor'), value: row.actorName === row.actor ? row.actor : `${row.actorName} (${row.actor})` },
          { name: text('journal.screen.column.device'), value: row.device },
          { name: text('journal.screen.column.path'), value: pathWord(row.path) },
          ...(row.reason === null ? [] : [{ name: text('journal.screen.column.reason'), value: row.reason }]),
          { name: text('journal.screen.column.seq'), value: <span className="tabular">{row.seq}</span> },
        ]}
      />
    </div>
  );
}

function Values({ title, values }: { title: string; values: string | null }) {
  const lines = values === null || values === '' ? [] : values.split(' · ');
  return (
    <section>
      <h3>{title}</h3>
      {lines.length === 0 ? <p className={styles.before}>{text('journal.screen.empty')}</p> : <ul>{lines.map(line => <li key={line}>{line}</li>)}</ul>}
    </section>
  );
}
