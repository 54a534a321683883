import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconLock, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Dispatch } from 'react';
import type { MarkHistoryEntry, SheetView } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { ExplanationFold } from '../kit/ExplanationFold.tsx';
import { formatDate, formatDateTime } from '../kit/formats.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { AskChangeDialog } from './AskChangeDialog.tsx';
import styles from './cell-pane.module.css';
import { mayBeZeroByRule } from './mark-grid-reducer.ts';
import type { MarkGridAction } from './mark-grid-reducer.ts';
import { cellAt, isLeftOut, lockAt, markAt } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { computedIn } from './MarkGridHead.tsx';
import { formatMark, leftOutWords } from './mark-words.ts';
import { standingInWords } from './MarkGridRow.tsx';

const ASK_AFTER = 220; // milliseconds on one cell, so that walking through the sheet asks nothing

/** Beside the grid: the pupil's line in words, and the history of the cell one stands on. */
export function CellPane({ sheet, state, dispatch, onAnswered }: { sheet: SheetView; state: MarkGridState; dispatch: Dispatch<MarkGridAction>; onAnswered: () => void }) {
  const [asksZero, setAsksZero] = useState(false);
  const [asksChange, setAsksChange] = useState(false);
  const row = state.rows[state.active.row];
  const column = state.columns[state.active.column];
  if (row === undefined || column === undefined) return <aside className={styles.pane} aria-label={text('grades.pane.label')} />;
  const mayBeZero = mayBeZeroByRule(column.column);
  const computed = computedIn(sheet);
  const value = markAt(state, state.active);
  const lock = lockAt(state, row.enrolmentId, column.column);
  return (
    <aside className={styles.pane} aria-label={text('grades.pane.label')}>
      <h2><RouteLink to={`/students/${row.enrolmentId}`}>{row.name}</RouteLink></h2>
      <p className="tabular">{formatDate(row.birth)} · {row.code}</p>
      <dl className={styles.line}>
        {state.columns.map((one, at) => {
          const mark = markAt(state, { row: state.active.row, column: at });
          return (
            <div key={one.column} data-active={at === state.active.column ? true : undefined}>
              <dt>{one.title}</dt>
              <dd className="tabular">{mark === null || mark.state === 'empty' ? '–' : formatMark(mark, state.kind)}</dd>
            </div>
          );
        })}
        {computed === 0 ? null : <div className={styles.average}><dt>{text(state.kind === 'score' ? 'grades.averageFull' : 'grades.termLevelFull')}</dt><dd className="tabular">{standingInWords(row.average, row.level) || '–'}</dd></div>}
        {computed === 2 ? <div className={styles.average}><dt>{text('grades.yearFull')}</dt><dd className="tabular">{standingInWords(row.year, row.yearLevel) || '–'}</dd></div> : null}
      </dl>
      {computed === 0 ? null : <ExplanationFold enrolmentId={row.enrolmentId} subject={sheet.subject} />}
      {row.standing === null ? null : <p className={styles.note}>{leftOutWords(row)}</p>}
      {value?.state === 'zeroByRule' ? <p className={styles.note}>{text('grades.zeroReason', { reason: value.reason })}</p> : null}
      {lock === null || !sheet.mayAskChange ? null : (
        <div className={styles.locked}>
          <p><IconLock size={14} aria-hidden /> {lock}</p>
          <Button variant="default" size="compact-xs" onClick={() => { setAsksChange(true); }}>{text('gradebook.ask.act')}</Button>
        </div>
      )}
      {mayBeZero && lock === null && state.mayEdit && !isLeftOut(row) && value?.state !== 'zeroByRule' ? <Button variant="default" size="compact-xs" onClick={() => { setAsksZero(true); }}>{text('grades.zero.act', { mark: state.kind === 'score' ? '0' : 'CĐ' })}</Button> : null}
      <h3>{text('grades.pane.history', { column: column.title })}</h3>
      <CellHistory sheetId={sheet.sheetId} state={state} />
      {asksChange ? <AskChangeDialog state={state} onClose={() => { setAsksChange(false); onAnswered(); }} /> : null}
      {asksZero ? (
        <ConfirmDialog
          title={text('grades.zero.title', { name: row.name, column: column.title })}
          confirmLabel={text('grades.zero.act', { mark: state.kind === 'score' ? '0' : 'CĐ' })}
          reason={{ label: text('grades.zero.reason'), minLength: 3 }}
          onConfirm={reason => {
            dispatch({ type: 'zeroByRule', reason });
            return Promise.resolve({ ok: true, value: null });
          }}
          onClose={() => { setAsksZero(false); onAnswered(); }}
        >
          {text('grades.zero.what')}
        </ConfirmDialog>
      ) : null}
    </aside>
  );
}

function CellHistory({ sheetId, state }: { sheetId: string; state: MarkGridState }) {
  const { enrolmentId, column } = cellAt(state, state.active) ?? {};
  const wanted = useMemo(() => (enrolmentId === undefined || column === undefined ? null : { sheetId, enrolmentId, column }), [sheetId, enrolmentId, column]);
  const [asked] = useDebouncedValue(wanted, ASK_AFTER);
  const read = useRead('grades.markHistory', asked ?? { sheetId, enrolmentId: '-', column: 'tx1' }, { enabled: asked !== null && asked === wanted });
  if (asked !== wanted) return null;
  return (
    <Waiting read={read} lines={3}>
      {({ entries, chainIntact }) => (
        <>
          {entries.length === 0 ? <p className={styles.quiet}>{text('grades.pane.noHistory')}</p> : <ol className={styles.history}>{entries.toReversed().map(entry => <li key={entry.seq}><HistoryLine entry={entry} /></li>)}</ol>}
          {entries.length === 0 ? null : (
            <p className={styles.chain} data-intact={chainIntact}>
              {chainIntact ? <IconShieldCheck size={14} aria-hidden /> : <IconShieldX size={14} aria-hidden />}
              {text(chainIntact ? 'grades.pane.chainIntact' : 'grades.pane.chainBroken')}
            </p>
          )}
          {entries.length === 0 || asked === null ? null : <RouteLink to={`/grades/history/${asked.sheetId}/${asked.enrolmentId}/${asked.column}`}>{text('gradebook.history.page')}</RouteLink>}
        </>
      )}
    </Waiting>
  );
}

function HistoryLine({ entry }: { entry: MarkHistoryEntry }) {
  return (
    <>
      <div className={styles.change}>
        <span className="tabular">{entry.before ?? text('grades.pane.empty')} → <strong>{entry.after ?? text('grades.pane.empty')}</strong></span>
        <span>{text(`grades.path.${entry.path}`)}</span>
      </div>
      <div className={`${styles.who ?? ''} tabular`}>{formatDateTime(entry.at)} · {entry.actorName}</div>
      {entry.reason === null ? null : <div className={styles.who}>{entry.reason}</div>}
    </>
  );
}
