import { Button } from '@mantine/core';
import { useRef, useState, useSyncExternalStore } from 'react';
import type { KeyboardEvent } from 'react';
import type { CommentKind, CommentRow, CommentSheet, PhraseView } from '../../preload/contract/gradebook-comments.ts';
import type { Failure } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { commentKey } from '../grades/comment-outbox.ts';
import { formatLevel } from '../grades/mark-words.ts';
import { useCommentOutbox } from '../grades/outbox-context.tsx';
import { formatTenths } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import styles from './comments.module.css';
import { PhraseBank } from './PhraseBank.tsx';

export interface CommentFieldProps {
  sheet: CommentSheet;
  row: CommentRow;
  kind: CommentKind;
  phrases: readonly PhraseView[];
  onNext: (by: 1 | -1) => void;
  onKeep: (phrase: string) => void;
  onRemove: (phrase: PhraseView) => void;
}

/** One pupil's comment. It saves itself when left; "/" or Ctrl+Space opens the phrases; Ctrl+Enter says "seen" and goes to the next pupil. */
export function CommentField({ sheet, row, kind, phrases, onNext, onKeep, onRemove }: CommentFieldProps) {
  const stored = row.comments[kind];
  const outbox = useCommentOutbox();
  const status = useSyncExternalStore(watcher => outbox.watch(watcher), () => outbox.status);
  const key = commentKey({ sheetId: sheet.sheetId, enrolmentId: row.enrolmentId, kind });
  const waiting = status.waiting.findLast(entry => commentKey(entry) === key);
  const refused = status.refused.find(({ entry }) => commentKey(entry) === key);
  const mine = waiting ?? refused?.entry;
  const [words, setWords] = useState(mine?.words ?? stored?.comment ?? '');
  const [sent, setSent] = useState(mine?.words ?? null);
  const [book, setBook] = useState({ comment: stored?.comment ?? '', isSeen: stored?.isSeen ?? true, version: stored?.version ?? 0 });
  const [isBankOpen, setBankOpen] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef(0);
  // Written by somebody else, or drafted: shown unless this person is writing here; then the save is refused and tells both texts.
  if (stored !== undefined && stored.version > book.version && (words === book.comment || stored.comment === sent)) {
    setBook({ comment: stored.comment, isSeen: stored.isSeen, version: stored.version });
    if (words === book.comment) setWords(stored.comment);
  }

  const send = (comment: string, isSeen: boolean, version: number): void => {
    setSent(comment);
    outbox.add({ sheetId: sheet.sheetId, enrolmentId: row.enrolmentId, kind, words: comment, isSeen, version });
  };
  const save = (isSeen: boolean): void => {
    const comment = words.trim();
    const now = mine ?? { words: sent !== null && words.trim() === sent ? sent : book.comment, isSeen: book.isSeen };
    if (comment === now.words && (comment === '' || isSeen === now.isSeen)) return;
    send(comment, isSeen, book.version);
  };
  const openBank = (): void => {
    caret.current = field.current?.selectionStart ?? words.length;
    setBankOpen(true);
  };
  const closeBank = (): void => {
    setBankOpen(false);
    window.setTimeout(() => { field.current?.focus(); });
  };
  const put = (filled: string): void => {
    const before = words.slice(0, caret.current);
    const gap = before === '' || /\s$/.test(before) ? '' : ' ';
    setWords(`${before}${gap}${filled}${words.slice(caret.current)}`.slice(0, 1000));
    closeBank();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const isFresh = /(^|\s)$/.test(words.slice(0, event.currentTarget.selectionStart));
    if (sheet.mayEdit && ((event.key === '/' && isFresh) || (event.key === ' ' && event.ctrlKey))) {
      event.preventDefault();
      openBank();
    } else if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault();
      save(true);
      onNext(1);
    } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      onNext(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') setWords(mine?.words ?? book.comment);
  };
  const isDraft = !book.isSeen && book.comment !== '';
  return (
    <div className={styles.row}>
      <span className={`${styles.order ?? ''} tabular`}>{row.order}</span>
      <span className={styles.name}>{row.name}</span>
      <span className={`${styles.mark ?? ''} tabular`}>{row.average === null ? levelWord(row.level) : formatTenths(row.average)}</span>
      <div className={styles.field}>
        <textarea
          ref={field}
          data-comment={row.order}
          data-draft={isDraft ? true : undefined}
          aria-label={text('gradebook.comments.of', { name: row.name })}
          rows={1}
          maxLength={1000}
          readOnly={!sheet.mayEdit}
          value={words}
          onChange={event => { setWords(event.currentTarget.value); }}
          onKeyDown={press}
          // What a person has typed over, he has seen; leaving a draft untouched says nothing.
          onBlur={() => { if (!isBankOpen && words.trim() !== (mine?.words ?? book.comment)) save(true); }}
        />
        {isBankOpen ? <PhraseBank phrases={phrases} pupil={row} subjectName={sheet.subjectName} onChoose={put} onRemove={onRemove} onKeep={words.trim().length < 3 ? null : () => { closeBank(); onKeep(words.trim()); }} onClose={closeBank} /> : null}
      </div>
      <div className={styles.acts}>
        {waiting === undefined || !status.isHeld ? null : <StateBadge state="needs">{text('gradebook.comments.kept')}</StateBadge>}
        {isDraft ? <StateBadge state="needs">{text('gradebook.comments.unseen')}</StateBadge> : null}
        {isDraft && sheet.mayEdit ? <Button variant="default" size="compact-xs" onClick={() => { save(true); }}>{text('gradebook.comments.seen')}</Button> : null}
      </div>
      {refused === undefined ? null : (
        <Refused
          book={stored?.comment ?? ''}
          mine={refused.entry.words}
          failure={refused.failure}
          onKeepBook={() => {
            outbox.giveUp(refused.entry);
            setSent(null);
            setBook({ comment: stored?.comment ?? '', isSeen: stored?.isSeen ?? true, version: stored?.version ?? 0 });
            setWords(stored?.comment ?? '');
          }}
          onWriteMine={() => { send(refused.entry.words, true, stored?.version ?? 0); }}
        />
      )}
    </div>
  );
}

/** What the book did not take: both texts where somebody else wrote meanwhile, else why; it stays here until its writer has decided. */
function Refused({ book, mine, failure, onKeepBook, onWriteMine }: { book: string; mine: string; failure: Failure; onKeepBook: () => void; onWriteMine: () => void }) {
  const isTwo = failure.code === 'gradebook.commentChanged';
  const empty = text('grades.pane.empty');
  return (
    <div className={styles.fault} role="alert">
      {isTwo ? text('grades.records.two.values', { book: book || empty, mine: mine || empty }) : `${failure.what} ${failure.remedy}`}{' '}
      <Button size="compact-xs" variant="default" onClick={onKeepBook}>{text('grades.records.two.keepBook')}</Button>{' '}
      {isTwo ? <Button size="compact-xs" onClick={onWriteMine}>{text('grades.records.two.writeMine')}</Button> : null}
    </div>
  );
}

function levelWord(level: string | null): string {
  return level === 'D' || level === 'CD' || level === 'T' || level === 'H' || level === 'C' ? formatLevel(level) : '–';
}
