import { Button, Progress } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { OpenReading } from '../../preload/contract/gradebook-readings.ts';
import type { MarkValue } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { reread } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { useAct } from '../kit/useAct.ts';
import { useFocusOnOpen } from '../kit/useFocusOnOpen.ts';
import { parseMark, wayOf } from '../grades/mark-words.ts';
import { readValue } from './reading-words.ts';
import styles from './reading.module.css';

/**
 * The cells one by one in big print. Aloud, the mark of the book stands there: Enter says it is right, another value is typed over it. Blind,
 * only the pupil stands there. Each cell is kept at once, so that one can stop and go on.
 */
export function ReadingWalk({ reading }: { reading: OpenReading }) {
  const { list, kind, sheetKind, readingId } = reading;
  const [noted, setNoted] = useState<ReadonlyMap<number, MarkValue>>(() => new Map(list.flatMap((cell, at) => (cell.second === null ? [] : [[at, cell.second] as const]))));
  const [at, setAt] = useState(() => Math.max(0, list.findIndex(cell => cell.second === null)));
  const [words, setWords] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const here = useRef<HTMLButtonElement>(null);
  const cell = list[at];
  const save = useAct(async (value: MarkValue) => api.gradebook.readCell({ readingId, enrolmentId: cell?.enrolmentId ?? '', column: cell?.column ?? 'tx1', value }));
  const finish = useAct(async () => api.gradebook.finishReading({ readingId }));
  useFocusOnOpen(input);
  if (cell === undefined) return null;
  const isComplete = noted.size === list.length;

  const go = (to: number): void => {
    setAt(Math.max(0, Math.min(list.length - 1, to)));
    setWords('');
    setFault(null);
    // After the next drawing, when the row of the list is the new one.
    window.setTimeout(() => {
      input.current?.focus();
      here.current?.scrollIntoView({ block: 'nearest' });
    });
  };
  const compare = async (): Promise<void> => {
    if (await finish.run() !== null) reread('gradebook');
  };
  const note = async (): Promise<void> => {
    const typed = words.trim();
    const parsed = parseMark(wayOf(sheetKind, cell.column), typed, { twoDigits: true });
    if (!parsed.ok) {
      setFault(text(`grades.fault.${parsed.fault}`));
      return;
    }
    const value = typed === '' && kind === 'aloud' ? cell.first ?? parsed.value : typed === '' ? noted.get(at) ?? parsed.value : parsed.value;
    if (await save.run(value) === null) return;
    setNoted(now => new Map(now).set(at, value));
    go(at + 1);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.ctrlKey && isComplete) void compare();
    else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      if (event.key === 'Enter') void note();
      else go(at + 1);
    } else if (event.key === 'ArrowUp') {
      event.preventDefault();
      go(at - 1);
    } else if (event.key === 'Delete') {
      // On paper there is nothing: said on purpose, for Enter alone means "right".
      event.preventDefault();
      void save.run({ state: 'empty' }).then(saved => {
        if (saved === null) return;
        setNoted(now => new Map(now).set(at, { state: 'empty' }));
        go(at + 1);
      });
    }
  };
  const second = noted.get(at);
  return (
    <div className={styles.walk}>
      <div className={styles.stage}>
        <div className={styles.column}>{cell.columnTitle}</div>
        <h2 className={styles.pupil}>{cell.order}. {cell.name}</h2>
        {kind === 'aloud' ? <div className={`${styles.mark ?? ''} tabular`} aria-label={text('gradebook.reading.inBook')}>{readValue(cell.first, sheetKind)}</div> : null}
        <input
          ref={input}
          className={`${styles.box ?? ''} tabular`}
          aria-label={text('gradebook.reading.box', { name: cell.name, column: cell.columnTitle })}
          aria-invalid={fault === null ? undefined : true}
          placeholder={second === undefined ? '' : readValue(second, sheetKind)}
          autoComplete="off"
          value={words}
          onChange={event => { setWords(event.currentTarget.value); setFault(null); }}
          onKeyDown={press}
        />
        <div className={styles.hint} data-fault={fault === null ? undefined : true} role="status">{fault ?? text(`gradebook.reading.hint.${kind}`)}</div>
        {save.failure === null ? null : <ErrorNotice failure={save.failure} onDismiss={save.clear} />}
        <div className={styles.progress}>
          <Progress value={(noted.size / list.length) * 100} aria-label={text('gradebook.reading.progress', { read: noted.size, cells: list.length })} />
          <span className="tabular">{text('gradebook.reading.progress', { read: noted.size, cells: list.length })}</span>
        </div>
        {isComplete ? <Button size="md" loading={finish.isBusy} onClick={() => { void compare(); }}>{text('gradebook.reading.compare')}</Button> : null}
        {finish.failure === null ? null : <ErrorNotice failure={finish.failure} onDismiss={finish.clear} />}
      </div>
      <ol className={styles.list} aria-label={text('gradebook.reading.list')}>
        {list.map((one, index) => (
          <li key={`${one.enrolmentId}/${one.column}`}>
            <button ref={index === at ? here : null} type="button" tabIndex={-1} aria-current={index === at} onClick={() => { go(index); }}>
              <span className="tabular">{one.order}</span><span>{one.name}</span><span>{noted.has(index) ? '✓' : ''}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
