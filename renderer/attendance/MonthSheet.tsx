import { Button } from '@mantine/core';
import { IconChecks, IconCloudOff, IconDeviceFloppy, IconLock } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { KeyboardEvent } from 'react';
import type { AbsenceKind, AttendanceMonth, AttendanceRow, DaySession } from '../../preload/contract/attendance.ts';
import { text } from '../../resources/language/language.ts';
import { api, onConnection } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { formatClock, formatDate } from '../kit/formats.ts';
import { showDone, showFailure } from '../kit/toasts.tsx';
import grades from '../kit/sheet-foot.module.css';
import styles from './attendance.module.css';
import { AttendanceOutbox, cellKey } from './attendance-outbox.ts';
import { weekday } from './calendar.ts';

/** Outlives a look at another place: what is held here still goes into the book. */
const outbox = new AttendanceOutbox(
  (classId, entries) => api.attendance.save({ classId, path: 'typed', changes: entries.map(({ enrolmentId, date, session, before, after }) => ({ enrolmentId, date, session, before, after })) }),
  showFailure,
);
const TRY_AGAIN_AFTER = 5_000; // milliseconds

interface Column {
  date: string;
  session: DaySession;
  isSchoolDay: boolean;
  isCalled: boolean;
}

function useOutbox() {
  useEffect(() => {
    const again = (): void => { void outbox.flush(); };
    const timer = window.setInterval(() => { if (outbox.status.isHeld) again(); }, TRY_AGAIN_AFTER);
    const stop = onConnection(state => { if (state === 'up') again(); });
    const warn = (event: BeforeUnloadEvent): void => { if (outbox.status.waiting.length > 0) event.preventDefault(); };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.clearInterval(timer);
      stop();
      window.removeEventListener('beforeunload', warn);
    };
  }, []);
  return useSyncExternalStore(watcher => outbox.watch(watcher), () => outbox.status);
}

const nextByClick = { none: 'excused', excused: 'unexcused', unexcused: null } as const;

/** Pupils down, days across; P, K and space write, arrows walk, Ctrl+Z takes back, Ctrl+Enter finishes the session. */
export function MonthSheet({ view, today }: { view: AttendanceMonth; today: string }) {
  const status = useOutbox();
  const table = useRef<HTMLTableElement>(null);
  const undo = useRef<{ row: AttendanceRow; column: Column; before: AbsenceKind | null }[]>([]);
  const columns = useMemo<Column[]>(() => view.days.flatMap(day => (view.plan.sessions === 2 ? (['am', 'pm'] as const) : [view.plan.mainSession])
    .map(session => ({ date: day.date, session, isSchoolDay: day.isSchoolDay, isCalled: day.called.includes(session) }))), [view]);
  const [here, setHere] = useState<{ row: number; column: number } | null>(null);
  const start = Math.max(0, columns.findIndex(column => column.date === today));

  const stored = useMemo(() => {
    const kinds = new Map<string, AbsenceKind | null>();
    for (const row of view.rows) for (const absence of row.absences) kinds.set(cellKey({ enrolmentId: row.enrolmentId, ...absence }), absence.kind);
    return kinds;
  }, [view]);
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    outbox.forgetSaved();
  }, [view]);
  // Asked of the outbox itself: keys come faster than the sheet is drawn.
  const kindAt = (row: AttendanceRow, column: Column): AbsenceKind | null => {
    const key = cellKey({ enrolmentId: row.enrolmentId, ...column });
    const written = outbox.written(key);
    return written === undefined ? stored.get(key) ?? null : written;
  };

  const write = (row: AttendanceRow, column: Column, after: AbsenceKind | null, isUndo = false): void => {
    const before = kindAt(row, column);
    if (!view.mayEdit || !column.isSchoolDay || before === after) return;
    if (!isUndo) undo.current.push({ row, column, before });
    outbox.add({ classId: view.classId, enrolmentId: row.enrolmentId, date: column.date, session: column.session, before, after });
  };
  const go = (row: number, column: number): void => {
    const at = { row: Math.min(Math.max(row, 0), view.rows.length - 1), column: Math.min(Math.max(column, 0), columns.length - 1) };
    table.current?.querySelector<HTMLElement>(`[data-place="${at.row} ${at.column}"]`)?.focus();
  };
  const callRoll = async (column: Column): Promise<void> => {
    await outbox.flush();
    const result = await api.attendance.save({ classId: view.classId, path: 'typed', changes: [], called: [{ date: column.date, session: column.session }] });
    if (result.ok) showDone(text('attendance.callRollDone', { day: dayWords(view, column) }));
    else showFailure(result.error);
  };
  const press = (event: KeyboardEvent, rowAt: number, columnAt: number): void => {
    const [row, column] = [view.rows[rowAt], columns[columnAt]];
    if (row === undefined || column === undefined || event.altKey) return;
    const acts: Record<string, () => void> = {
      ArrowUp: () => { go(rowAt - 1, columnAt); }, ArrowDown: () => { go(rowAt + 1, columnAt); }, Enter: () => { go(rowAt + 1, columnAt); },
      ArrowLeft: () => { go(rowAt, columnAt - 1); }, ArrowRight: () => { go(rowAt, columnAt + 1); }, Home: () => { go(0, columnAt); }, End: () => { go(view.rows.length - 1, columnAt); },
      p: () => { write(row, column, 'excused'); }, k: () => { write(row, column, 'unexcused'); }, ' ': () => { write(row, column, null); },
      Delete: () => { write(row, column, null); }, Backspace: () => { write(row, column, null); },
    };
    const controls: Record<string, () => void> = {
      z: () => {
        const last = undo.current.pop();
        if (last !== undefined) write(last.row, last.column, last.before, true);
      },
      Enter: () => { if (view.mayEdit) void callRoll(column); },
    };
    const act = (event.ctrlKey ? controls : acts)[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const hints = useMemo(() => [
    { keys: ['P', 'K'], does: text('attendance.keys.absent') }, { keys: ['Space'], does: text('attendance.keys.present') },
    { keys: ['Ctrl', 'Enter'], does: text('attendance.keys.call') }, { keys: ['Ctrl', 'Z'], does: text('kit.undo') },
  ], []);
  const [activeRow, activeColumn] = [here === null ? undefined : view.rows[here.row], here === null ? undefined : columns[here.column]];
  useFoot(activeRow === undefined || activeColumn === undefined
    ? text('attendance.sheetOf', { name: view.className, month: view.month })
    : text('attendance.whereCell', {
      order: activeRow.order, name: activeRow.name, day: dayWords(view, activeColumn), session: '', state: text(`attendance.kind.${kindAt(activeRow, activeColumn) ?? 'present'}`),
    }), hints);
  const finishing = activeColumn ?? columns[start];
  return (
    <div className={styles.sheet}>
      {view.mayEdit ? null : <div className={grades.readOnly} role="note"><IconLock size={15} aria-hidden />{text('attendance.readOnly')}</div>}
      <div className={styles.scroll}>
        <table ref={table} className={styles.table} role="grid" aria-label={text('attendance.sheetOf', { name: view.className, month: view.month })}>
          <thead>
            <tr>
              <th className={styles.order}>{text('attendance.order')}</th>
              <th className={styles.name}>{text('attendance.pupil')}</th>
              {columns.map((column, at) => (
                <th key={`${column.date} ${column.session}`} className={styles.day} data-off={column.isSchoolDay ? undefined : true} data-active={here?.column === at ? true : undefined}>
                  <span>{Number(column.date.slice(8))}{view.plan.sessions === 2 ? text(`attendance.session.${column.session}`).charAt(0).toLowerCase() : ''}</span>
                  <small>{text(`kit.weekday.${weekday(column.date)}`)}</small>
                  <i title={column.isCalled ? text('attendance.called') : undefined}>{column.isCalled ? '✓' : ''}</i>
                </th>
              ))}
              <th className={styles.total}>{text('attendance.monthTotal')}</th>
              <th className={styles.total}>{text('attendance.yearTotal')}</th>
            </tr>
          </thead>
          <tbody>
            {view.rows.map((row, rowAt) => (
              <tr key={row.enrolmentId} data-active={here?.row === rowAt ? true : undefined}>
                <td className={styles.order}>{row.order}</td>
                <th scope="row" className={styles.name}>{row.name}{row.hasLeft ? <small> · {text('attendance.left')}</small> : null}</th>
                {columns.map((column, at) => {
                  const kind = kindAt(row, column);
                  return (
                    <td
                      key={`${column.date} ${column.session}`}
                      data-place={`${rowAt} ${at}`}
                      data-kind={kind ?? undefined}
                      data-off={column.isSchoolDay ? undefined : true}
                      tabIndex={(here === null ? rowAt === 0 && at === start : here.row === rowAt && here.column === at) ? 0 : -1}
                      aria-label={`${row.name}, ${dayWords(view, column)}: ${text(`attendance.kind.${kind ?? 'present'}`)}`}
                      onFocus={() => { setHere({ row: rowAt, column: at }); }}
                      onKeyDown={event => { press(event, rowAt, at); }}
                      onDoubleClick={() => { write(row, column, nextByClick[kind ?? 'none']); }}
                    >
                      {kind === null ? '' : text(`attendance.letter.${kind}`)}
                    </td>
                  );
                })}
                <td className={styles.total}>{row.month.excused + row.month.unexcused || ''}</td>
                <td className={styles.total} data-warning={row.warning ?? undefined} title={row.warning === null ? undefined : text(`attendance.warnings.${row.warning}`)}>{row.year.excused + row.year.unexcused || ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={grades.foot}>
        {status.isHeld && status.waiting.length > 0
          ? <span className={grades.held} role="status"><IconCloudOff size={15} aria-hidden />{text('attendance.save.held', { count: status.waiting.length })}</span>
          : <span className={status.lastSavedAt === null ? undefined : grades.saved} role="status">{status.lastSavedAt === null ? text('attendance.save.itself') : <><IconDeviceFloppy size={15} aria-hidden />{text('attendance.save.saved', { at: formatClock(status.lastSavedAt) })}</>}</span>}
        <span style={{ flex: 1 }} />
        {view.mayEdit && finishing?.isSchoolDay === true && !finishing.isCalled
          ? <Button size="compact-sm" leftSection={<IconChecks size={15} />} onClick={() => { void callRoll(finishing); }}>{text('attendance.callRoll', { day: dayWords(view, finishing) })}</Button> : null}
      </div>
    </div>
  );
}

function dayWords(view: AttendanceMonth, { date, session }: Pick<Column, 'date' | 'session'>): string {
  return view.plan.sessions === 2 ? `${formatDate(date)} ${text(`attendance.session.${session}`).toLowerCase()}` : formatDate(date);
}
