import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { CommentKind, CommentRow, CommentSheet, PhraseView } from '../../preload/contract/gradebook-comments.ts';
import type { Failure } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { formatLevel } from '../grades/mark-words.ts';
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
  onSaved: () => void;
  onKeep: (phrase: string) => void;
  onRemove: (phrase: PhraseView) => void;
}

/** One pupil's comment. It saves itself when left; "/" or Ctrl+Space opens the phrases; Ctrl+Enter says "seen" and goes to the next pupil. */
export function CommentField({ sheet, row, kind, phrases, onNext, onSaved, onKeep, onRemove }: CommentFieldProps) {
  const stored = row.comments[kind];
  const [words, setWords] = useState(stored?.comment ?? '');
  const [book, setBook] = useState({ comment: stored?.comment ?? '', isSeen: stored?.isSeen ?? true, version: stored?.version ?? 0 });
  // What is in the book as the running saves know it: one begun while another runs must not compare with an older drawing.
  const known = useRef(book);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBankOpen, setBankOpen] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef(0);
  const sending = useRef<Promise<unknown>>(Promise.resolve());
  // Written by somebody else, or drafted: shown unless this person is writing here; then the save is refused and tells both texts.
  if (stored !== undefined && stored.version > book.version && words === book.comment) {
    setBook({ comment: stored.comment, isSeen: stored.isSeen, version: stored.version });
    setWords(stored.comment);
  }
  useEffect(() => { if (book.version > known.current.version) known.current = book; }, [book]);

  const save = (isSeen: boolean): Promise<void> => {
    const task = sending.current.then(async () => {
      const comment = words.trim();
      const { current } = known;
      if (comment === current.comment && (comment === '' || isSeen === current.isSeen)) return;
      const result = await api.gradebook.saveComment({ sheetId: sheet.sheetId, enrolmentId: row.enrolmentId, kind, comment, isSeen, version: current.version });
      if (result.ok) {
        known.current = { comment, isSeen, version: result.value.version };
        setBook(known.current);
        setFailure(null);
        onSaved();
      } else setFailure(result.error);
    });
    sending.current = task;
    return task;
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
      void save(true);
      onNext(1);
    } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      onNext(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') setWords(book.comment);
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
          onBlur={() => { if (!isBankOpen && words.trim() !== book.comment) void save(true); }}
        />
        {isBankOpen ? <PhraseBank phrases={phrases} pupil={row} subjectName={sheet.subjectName} onChoose={put} onRemove={onRemove} onKeep={words.trim().length < 3 ? null : () => { closeBank(); onKeep(words.trim()); }} onClose={closeBank} /> : null}
      </div>
      <div className={styles.acts}>
        {isDraft ? <StateBadge state="needs">{text('gradebook.comments.unseen')}</StateBadge> : null}
        {isDraft && sheet.mayEdit ? <Button variant="default" size="compact-xs" onClick={() => { void save(true); }}>{text('gradebook.comments.seen')}</Button> : null}
      </div>
      {failure === null ? null : <div className={styles.fault} role="alert">{failure.what} {failure.remedy}</div>}
    </div>
  );
}

function levelWord(level: string | null): string {
  return level === 'D' || level === 'CD' || level === 'T' || level === 'H' || level === 'C' ? formatLevel(level) : '–';
}
