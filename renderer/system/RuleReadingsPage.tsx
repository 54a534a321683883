import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReadingView } from '../../preload/contract/rule-readings.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { formatDateTime, formatYear } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { ReadingDialog } from './ReadingDialog.tsx';
import styles from './rule-readings.module.css';

const noHints: [] = [];

/** What the circulars leave open: the text of the rule, the reading the school chose, by whom, when, from which year, and why. */
export default function RuleReadingsPage() {
  const { year, isClosedYear } = useSession();
  const read = useRead('yearEnd.readings', { year });
  const [changing, setChanging] = useState<ReadingView | null>(null);
  useFoot(text('yearEnd.reading.title'), noHints);
  return (
    <Page title={text('yearEnd.reading.title')} trail={[{ title: text('system.screen.title'), to: '/system' }]} aside={<span className="tabular">{formatYear(year)}</span>}>
      <p className={styles.note}>{text('yearEnd.reading.note')}</p>
      <Waiting read={read} lines={14}>
        {({ readings, mayChange }) => (
          <div className={styles.list}>
            {readings.map(one => (
              <Card
                key={one.key}
                title={text(`yearEnd.reading.${one.key}.name`)}
                acts={mayChange && !isClosedYear
                  ? <Button size="compact-xs" variant="default" aria-label={`${text('yearEnd.reading.change')}: ${text(`yearEnd.reading.${one.key}.name`)}`} onClick={() => { setChanging(one); }}>{text('yearEnd.reading.change')}</Button>
                  : undefined}
              >
                <OneReading one={one} />
              </Card>
            ))}
            <Card title={text('yearEnd.reading.personal')}><p className={styles.note}>{text('yearEnd.reading.personalWhat')}</p></Card>
            {mayChange ? null : <p className={styles.note}>{text('yearEnd.reading.onlyPrincipal')}</p>}
          </div>
        )}
      </Waiting>
      {changing === null ? null : <ReadingDialog reading={changing} year={year} onClose={() => { setChanging(null); }} />}
    </Page>
  );
}

function OneReading({ one }: { one: ReadingView }) {
  const word = (value: string) => text(`yearEnd.reading.${one.key}.${value}`);
  return (
    <div className={styles.reading}>
      <blockquote>{text(`yearEnd.reading.${one.key}.rule`)}</blockquote>
      <ul>
        {one.values.map(value => (
          <li key={value} data-chosen={value === one.value ? true : undefined}><span aria-hidden>{value === one.value ? '●' : '○'}</span>{word(value)}</li>
        ))}
      </ul>
      <small>
        {one.chosen === null ? text('yearEnd.reading.unchosen')
          : text('yearEnd.reading.chosen', { by: one.chosen.by, at: formatDateTime(one.chosen.at), from: formatYear(one.chosen.from), reason: one.chosen.reason })}
      </small>
      {one.others.length === 0 ? null : (
        <details>
          <summary>{text('yearEnd.reading.others')}</summary>
          {one.others.map(other => (
            <small key={other.at}>{text('yearEnd.reading.other', { value: word(other.value), from: formatYear(other.from), by: other.by, at: formatDateTime(other.at), reason: other.reason })}</small>
          ))}
        </details>
      )}
    </div>
  );
}
