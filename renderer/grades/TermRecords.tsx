import { IconCloudOff, IconDeviceFloppy, IconLock } from '@tabler/icons-react';
import { memo, useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { KeyboardEvent } from 'react';
import type { RuleSetCode, TermRecordRow } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { ConductNotes } from '../gradebook/ConductNotes.tsx';
import { formatClock } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { useRecordOutbox } from './outbox-context.tsx';
import { RefusedRecords } from './RefusedRecords.tsx';
import grades from './grades.module.css';
import { parseRecord, recordColumnsOf, recordWords, withSeen } from './term-record-words.ts';
import type { RecordColumn } from './term-record-words.ts';
import styles from './term-records.module.css';

/** Conduct, absences and comments of a class: the homeroom teacher's sheet, saved cell by cell. */
export function TermRecords({ classId }: { classId: string }) {
  const read = useRead('grades.openTermRecords', { classId });
  return <Waiting read={read} lines={18}>{found => <RecordSheet classId={classId} className={found.className} ruleSet={found.ruleSet} rows={found.rows} isCounted={found.isCounted} mayEdit={found.mayEdit} locks={found.locks} />}</Waiting>;
}

interface RecordSheetProps {
  classId: string;
  className: string;
  ruleSet: RuleSetCode;
  rows: TermRecordRow[];
  isCounted: [boolean, boolean];
  mayEdit: boolean;
  locks: [string | null, string | null];
}

function RecordSheet({ classId, className, ruleSet, rows, isCounted, mayEdit, locks }: RecordSheetProps) {
  const outbox = useRecordOutbox();
  const columns = useMemo(() => recordColumnsOf(ruleSet), [ruleSet]);
  const status = useSyncExternalStore(watcher => outbox.watch(watcher), () => outbox.status);
  const [faulty, setFaulty] = useState<ReadonlyMap<string, string>>(new Map());
  const [here, setHere] = useState<{ row: number; column: RecordColumn } | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const hints = useMemo(() => [
    { keys: ['Enter'], does: text('grades.records.keys.down') },
    ...(columns.includes('conduct1') ? [{ keys: ['T', 'K', 'Đ', 'C'], does: text('grades.records.keys.level') }] : []),
    { keys: ['Esc'], does: text('grades.records.keys.back') },
  ], [columns]);
  const row = here === null ? undefined : rows[here.row];
  const title = text(columns.includes('conduct1') ? 'grades.records.titleOf' : 'grades.records.titleOfPrimary', { name: className });
  useFoot(row === undefined || here === null ? title : `${title} · ${row.order}. ${row.name} — ${text(`grades.records.${here.column}`)}`, hints);

  const shown = useMemo(() => {
    const words = new Map<string, string>();
    for (const { entry } of status.refused) words.set(`${entry.enrolmentId} ${entry.column}`, entry.words);
    for (const entry of status.waiting) words.set(`${entry.enrolmentId} ${entry.column}`, entry.words);
    return words;
  }, [status]);
  const refused = useMemo(() => new Map(status.refused.map(({ entry, failure }) => [`${entry.enrolmentId} ${entry.column}`, `${failure.what} ${failure.remedy}`])), [status.refused]);

  const leave = useCallback((enrolmentId: string, column: RecordColumn, words: string, seen: string): void => {
    const key = `${enrolmentId} ${column}`;
    const parsed = parseRecord(enrolmentId, column, words);
    setFaulty(now => {
      const next = new Map(now);
      if (parsed.ok) next.delete(key);
      else next.set(key, text(`grades.records.fault.${parsed.fault}`));
      return next;
    });
    if (parsed.ok) outbox.add({ classId, enrolmentId, column, words: words.trim(), input: withSeen(parsed.input, parseRecord(enrolmentId, column, seen)) });
  }, [classId, outbox]);

  const go = useCallback((at: number, column: RecordColumn): void => {
    table.current?.querySelector<HTMLInputElement>(`input[data-place="${at} ${column}"]`)?.focus();
  }, []);
  const stand = useCallback((at: number, column: RecordColumn): void => { setHere({ row: at, column }); }, []);

  const faults = faulty.size + refused.size;
  return (
    <Page fills title={title} trail={[{ title: text('grades.title'), to: '/grades' }]}>
      <div className={grades.sheet}>
        {mayEdit ? null : <div className={grades.readOnly} role="note"><IconLock size={15} aria-hidden />{text('grades.records.readOnly')}</div>}
        {locks.map((lock, at) => (lock === null ? null : <div key={lock} className={grades.readOnly} role="note"><IconLock size={15} aria-hidden />{text('gradebook.termLocked', { term: at + 1, lock })}</div>))}
        <div className={styles.scroll}>
          <table ref={table} className={styles.table} aria-label={title}>
            <colgroup>
              <col style={{ width: 38 }} />
              <col className={styles.name} />
              {columns.map(column => <col key={column} className={column === 'comment' ? undefined : styles.figure} />)}
            </colgroup>
            <thead>
              <tr>
                <th rowSpan={2}>{text('grades.order')}</th>
                <th rowSpan={2} className={styles.name}>{text('grades.pupil')}</th>
                {([1, 2] as const).map(term => <th key={term} colSpan={columns.filter(column => column.endsWith(String(term))).length}>{text('grades.term', { term })}</th>)}
                {columns.includes('conductYear') ? <th rowSpan={2}>{text('grades.records.short.conductYear')}</th> : null}
                <th rowSpan={2} className={styles.comment}>{text('grades.records.comment')}</th>
              </tr>
              <tr>{columns.filter(column => /[12]$/.test(column)).map(column => <th key={column}>{text(`grades.records.short.${column.slice(0, -1)}`)}</th>)}</tr>
            </thead>
            <tbody>
              {rows.map((one, at) => (
                <tr key={one.enrolmentId} data-active={here?.row === at ? true : undefined}>
                  <td className="tabular">{one.order}</td>
                  <th scope="row" className={styles.name}>{one.name}</th>
                  {columns.map(column => {
                    const key = `${one.enrolmentId} ${column}`;
                    return (
                      <td key={column}>
                        <RecordCell
                          at={at}
                          column={column}
                          columns={columns}
                          enrolmentId={one.enrolmentId}
                          pupil={one.name}
                          words={shown.get(key) ?? recordWords(one, column)}
                          fault={faulty.get(key) ?? refused.get(key) ?? null}
                          isWaiting={status.waiting.some(entry => entry.enrolmentId === one.enrolmentId && entry.column === column)}
                          mayEdit={mayEdit && locks[column.endsWith('1') ? 0 : 1] === null && !(column.includes('excused') && isCounted[column.endsWith('1') ? 0 : 1])}
                          onLeave={leave}
                          onGo={go}
                          onStand={stand}
                        />
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {row === undefined || here === null || !here.column.startsWith('conduct') ? null : <ConductNotes classId={classId} term={here.column === 'conduct1' ? 1 : 2} enrolmentId={row.enrolmentId} name={row.name} />}
        <RefusedRecords classId={classId} rows={rows} />
        <div className={grades.foot}>
          {status.isHeld && status.waiting.length > 0
            ? <span className={grades.held} role="status"><IconCloudOff size={15} aria-hidden />{text('grades.held', { count: status.waiting.length })}</span>
            : <span className={status.lastSavedAt === null ? undefined : grades.saved} role="status">{status.lastSavedAt === null ? text('grades.savesItself') : <><IconDeviceFloppy size={15} aria-hidden />{text('grades.saved', { at: formatClock(status.lastSavedAt) })}</>}</span>}
          {faults > 0 ? <span className={grades.faultWords}>✕ {text('grades.faults.title', { count: faults })}: {[...faulty.values(), ...refused.values()][0]}</span> : null}
          <span>{text('grades.records.yearComment')}</span>
        </div>
      </div>
    </Page>
  );
}

interface RecordCellProps {
  at: number;
  column: RecordColumn;
  columns: readonly RecordColumn[];
  enrolmentId: string;
  pupil: string;
  words: string;
  fault: string | null;
  isWaiting: boolean;
  mayEdit: boolean;
  /** `seen`: what stood there when the writer began. */
  onLeave: (enrolmentId: string, column: RecordColumn, words: string, seen: string) => void;
  onGo: (at: number, column: RecordColumn) => void;
  onStand: (at: number, column: RecordColumn) => void;
}

const RecordCell = memo((props: RecordCellProps) => {
  const { at, column, columns, enrolmentId, words, fault, mayEdit, onLeave, onGo, onStand } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const giveUp = useRef(false);
  const seen = useRef(words);
  const label = `${props.pupil}, ${text(`grades.records.${column}`)}`;
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey) return;
    const input = event.currentTarget;
    const isAtStart = input.selectionStart === 0;
    const isAtEnd = input.selectionEnd === input.value.length;
    const index = columns.indexOf(column);
    const steps: Record<string, [number, RecordColumn] | undefined> = {
      Enter: [event.shiftKey ? at - 1 : at + 1, column],
      ArrowDown: [at + 1, column],
      ArrowUp: [at - 1, column],
      ...(isAtStart ? { ArrowLeft: [at, columns[index - 1] ?? column] } : {}),
      ...(isAtEnd ? { ArrowRight: [at, columns[index + 1] ?? column] } : {}),
    };
    if (event.key === 'Escape') {
      giveUp.current = true;
      setTyped(null);
      input.blur();
      input.focus();
      return;
    }
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onGo(...step);
  };
  return (
    <input
      data-place={`${at} ${column}`}
      className={styles.cell}
      aria-label={label}
      aria-invalid={fault === null ? undefined : true}
      title={fault ?? (column === 'comment' ? words : undefined)}
      data-waiting={props.isWaiting ? true : undefined}
      data-wide={column === 'comment' ? true : undefined}
      readOnly={!mayEdit}
      maxLength={column === 'comment' ? 1000 : 12}
      autoComplete="off"
      spellCheck={false}
      value={typed ?? words}
      onFocus={event => {
        onStand(at, column);
        event.currentTarget.select();
      }}
      onChange={event => {
        if (typed === null) seen.current = words;
        setTyped(event.currentTarget.value);
      }}
      onKeyDown={press}
      onBlur={() => {
        const isGivenUp = giveUp.current;
        giveUp.current = false;
        if (isGivenUp || typed === null) return;
        if (typed.trim() !== words) onLeave(enrolmentId, column, typed, seen.current);
        // Words that are no level or number stay as typed; the rest comes back from the book.
        if (parseRecord(enrolmentId, column, typed).ok) setTyped(null);
      }}
    />
  );
});
RecordCell.displayName = 'RecordCell';
