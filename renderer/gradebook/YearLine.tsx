import { useState } from 'react';
import type { CalendarEntry } from '../../preload/contract/gradebook-locks.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate, formatDateTime } from '../kit/formats.ts';
import styles from './locks.module.css';

/** The year from its first day to its last with today, due dates and locks on it. */
export function YearLine({ entries, startsOn, endsOn }: { entries: readonly CalendarEntry[]; startsOn: string; endsOn: string }) {
  const from = Date.parse(startsOn);
  const span = Date.parse(endsOn) - from;
  const at = (when: string | number): number => Math.max(0, Math.min(100, ((typeof when === 'number' ? when : Date.parse(when)) - from) / span * 100));
  const [now] = useState(() => Date.now());
  return (
    <div className={styles.line} role="img" aria-label={text('gradebook.calendar.line')}>
      <span className={styles.ends}>{formatDate(startsOn)}</span>
      <div className={styles.track}>
        <span className={styles.passed} style={{ width: `${at(now)}%` }} />
        {entries.map(entry => (
          <span key={entry.point}>
            {entry.opensOn === null || entry.dueOn === null ? null : <span className={styles.work} style={{ left: `${at(entry.opensOn)}%`, width: `${Math.max(0.5, at(entry.dueOn) - at(entry.opensOn))}%` }} />}
            {entry.locksAt === null ? null : (
              <span className={styles.mark} style={{ left: `${at(entry.locksAt)}%` }} data-passed={Date.parse(entry.locksAt) <= now ? true : undefined} title={`${text(`gradebook.point.${entry.point}`)}: ${formatDateTime(entry.locksAt)}`}>
                <small>{text(`gradebook.pointShort.${entry.point}`)}</small>
              </span>
            )}
          </span>
        ))}
      </div>
      <span className={styles.ends}>{formatDate(endsOn)}</span>
    </div>
  );
}
