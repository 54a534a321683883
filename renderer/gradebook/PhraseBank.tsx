import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { fillPhrase, phraseFits, type CommentRow, type PhraseView } from '../../preload/contract/gradebook-comments.ts';
import { text } from '../../resources/language/language.ts';
import { fold } from '../kit/matching.ts';
import styles from './comments.module.css';

export interface PhraseBankProps {
  phrases: readonly PhraseView[];
  pupil: CommentRow;
  subjectName: string;
  onChoose: (filled: string) => void;
  onRemove: (phrase: PhraseView) => void;
  /** Keeps what stands in the field as a phrase. */
  onKeep: (() => void) | null;
  onClose: () => void;
}

/** Phrases that fit the pupil first, found by any part without accents. Arrows choose, Enter puts one in, Escape goes back to typing. */
export function PhraseBank({ phrases, pupil, subjectName, onChoose, onRemove, onKeep, onClose }: PhraseBankProps) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => { search.current?.focus(); }, []);
  const found = useMemo(() => {
    const wanted = fold(words).split(' ').filter(word => word !== '');
    const matching = phrases.filter(phrase => wanted.every(word => fold(phrase.phrase).includes(word)));
    return [...matching.filter(phrase => phraseFits(phrase, pupil)), ...matching.filter(phrase => !phraseFits(phrase, pupil))];
  }, [phrases, words, pupil]);
  const choose = (phrase: PhraseView | undefined): void => { if (phrase !== undefined) onChoose(fillPhrase(phrase.phrase, pupil, subjectName)); };
  const press = (event: KeyboardEvent): void => {
    const acts: Record<string, () => void> = {
      ArrowDown: () => { setAt(now => Math.min(found.length - 1, now + 1)); }, ArrowUp: () => { setAt(now => Math.max(0, now - 1)); },
      Enter: () => { choose(found[at]); }, Escape: onClose, Tab: onClose,
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className={styles.bank} role="dialog" aria-label={text('gradebook.comments.bank')}>
      <input
        ref={search}
        role="combobox"
        aria-expanded
        aria-controls="phrases"
        aria-label={text('gradebook.comments.search')}
        placeholder={text('gradebook.comments.search')}
        value={words}
        onChange={event => { setWords(event.currentTarget.value); setAt(0); }}
        onKeyDown={press}
        onBlur={event => { if (!(event.relatedTarget instanceof HTMLElement && event.currentTarget.parentElement?.contains(event.relatedTarget) === true)) onClose(); }}
      />
      <ul id="phrases" role="listbox">
        {found.map((phrase, index) => (
          <li key={phrase.phraseId} role="option" aria-selected={index === at} onMouseDown={event => { event.preventDefault(); choose(phrase); }}>
            <span>{fillPhrase(phrase.phrase, pupil, subjectName)}</span>
            <span className={styles.from}>
              {phraseFits(phrase, pupil) ? '' : text('gradebook.comments.otherLevel')} {text(`gradebook.comments.from.${phrase.from}`)}
              {phrase.from === 'program' ? null : <ActionIcon size="xs" variant="subtle" color="gray" aria-label={text('gradebook.comments.remove')} onMouseDown={event => { event.preventDefault(); event.stopPropagation(); onRemove(phrase); }}><IconTrash size={12} /></ActionIcon>}
            </span>
          </li>
        ))}
        {found.length === 0 ? <li>{text('gradebook.comments.noPhrase')}</li> : null}
      </ul>
      <div className={styles.bankFoot}>
        <span style={{ flex: 1 }}>{text('gradebook.comments.placeholders')}</span>
        {onKeep === null ? null : <button type="button" onMouseDown={event => { event.preventDefault(); onKeep(); }}>{text('gradebook.comments.keep')}</button>}
      </div>
    </div>
  );
}
