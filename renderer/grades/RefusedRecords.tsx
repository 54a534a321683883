import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import type { TermRecordRow } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import grades from './grades.module.css';
import { useRecordOutbox } from './outbox-context.tsx';
import { parseRecord, recordWords, withSeen } from './term-record-words.ts';

/** Cells of this class that another person wrote meanwhile: the book's value beside one's own, each to be decided; until then both stay. */
export function RefusedRecords({ classId, rows }: { classId: string; rows: readonly TermRecordRow[] }) {
  const outbox = useRecordOutbox();
  const { refused } = useSyncExternalStore(watcher => outbox.watch(watcher), () => outbox.status);
  const asked = refused.filter(({ entry, failure }) => entry.classId === classId && failure.code === 'grades.changedMeanwhile');
  if (asked.length === 0) return null;
  return (
    <section className={grades.faults} aria-label={text('grades.records.two.title', { count: asked.length })}>
      <h2>● {text('grades.records.two.title', { count: asked.length })}</h2>
      <ul>
        {asked.map(({ entry }) => {
          const row = rows.find(one => one.enrolmentId === entry.enrolmentId);
          const inBook = row === undefined ? '' : recordWords(row, entry.column);
          const empty = text('grades.pane.empty');
          return (
            <li key={`${entry.enrolmentId} ${entry.column}`}>
              <span>{row?.order}. {row?.name} — {text(`grades.records.${entry.column}`)}: {text('grades.records.two.values', { book: inBook || empty, mine: entry.words || empty })}</span>
              <Button size="compact-xs" variant="default" onClick={() => { outbox.giveUp(entry); }}>{text('grades.records.two.keepBook')}</Button>
              <Button size="compact-xs" onClick={() => { outbox.add({ ...entry, input: withSeen(entry.input, parseRecord(entry.enrolmentId, entry.column, inBook)) }); }}>{text('grades.records.two.writeMine')}</Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
