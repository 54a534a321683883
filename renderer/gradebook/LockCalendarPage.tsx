import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { CalendarEntry, CalendarPoint } from '../../preload/contract/gradebook-locks.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { formatYear } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { CalendarRow } from './CalendarRow.tsx';
import { LockRules } from './LockRules.tsx';
import styles from './locks.module.css';
import { YearLine } from './YearLine.tsx';

const noHints: [] = [];
const points: readonly CalendarPoint[] = [1, 2, 3, 4];

/** Hệ thống → Lịch khoá sổ: the four points of the year, each with its own lock, and locks by scope beside them. */
export default function LockCalendarPage() {
  const { year, isClosedYear } = useSession();
  const read = useRead('gradebook.calendar', { year });
  const [level, setLevel] = useState<SchoolLevel | null>(null);
  useFoot(text('gradebook.calendar.where', { year: formatYear(year) }), noHints);
  return (
    <Page title={text('gradebook.calendar.title')} trail={[{ title: text('system.screen.title'), to: '/system' }]} aside={<span>{formatYear(year)}</span>}>
      <div className={styles.place}>
        <Waiting read={read} lines={8}>
          {found => (
            <Card
              title={text('gradebook.calendar.points')}
              acts={found.levels.length < 2 ? undefined : (
                <SegmentedControl
                  aria-label={text('gradebook.calendar.level')}
                  value={level ?? 'all'}
                  onChange={value => { setLevel(found.levels.find(one => one === value) ?? null); }}
                  data={[{ value: 'all', label: text('gradebook.calendar.all') }, ...found.levels.map(one => ({ value: one, label: text(`gradebook.level.${one}`) }))]}
                />
              )}
            >
              <YearLine entries={shownEntries(found.entries, level)} startsOn={found.startsOn} endsOn={found.endsOn} />
              <p className={styles.quiet}>{text(level === null ? 'gradebook.calendar.what' : 'gradebook.calendar.whatLevel', { level: level === null ? '' : text(`gradebook.level.${level}`) })}</p>
              <table className={styles.calendar}>
                <thead><tr>{(['point', 'opensOn', 'dueOn', 'locksAt'] as const).map(column => <th key={column}>{text(`gradebook.calendar.column.${column}`)}</th>)}<th /></tr></thead>
                <tbody>
                  {points.map(point => {
                    const own = found.entries.find(entry => entry.point === point && entry.level === level);
                    const shared = found.entries.find(entry => entry.point === point && entry.level === null);
                    return <CalendarRow key={`${level ?? 'all'} ${point} ${own?.version ?? 0}`} year={year} level={level} point={point} own={own} shared={level === null ? undefined : shared} mayChange={found.mayChange && !isClosedYear} />;
                  })}
                </tbody>
              </table>
            </Card>
          )}
        </Waiting>
        <LockRules />
      </div>
    </Page>
  );
}

/** What holds for a level: its own entries, and those for all where it has none. */
function shownEntries(entries: readonly CalendarEntry[], level: SchoolLevel | null): CalendarEntry[] {
  return points.flatMap(point => entries.find(entry => entry.point === point && entry.level === level) ?? entries.find(entry => entry.point === point && entry.level === null) ?? []);
}
