import { Button } from '@mantine/core';
import { IconArrowsDiff, IconUsers } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SheetView } from '../../preload/contract/grades.ts';
import type { PresentPerson } from '../../preload/contract/mark-sheets.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { usePresence } from '../app/presence.ts';
import { useRead } from '../app/queries.ts';
import { formatClock } from '../kit/formats.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import styles from './grades.module.css';
import { cellAt, cellKey } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { useOutbox } from './outbox-context.tsx';

/** Who else is in the sheet, by the cell he stands on. */
export function useOthers(state: MarkGridState): { people: readonly PresentPerson[]; byCell: ReadonlyMap<string, string> } {
  const { enrolmentId, column } = cellAt(state, state.active) ?? {};
  const people = usePresence(state.sheetId, enrolmentId ?? null, column ?? null);
  const byCell = useMemo(() => new Map(people.flatMap(one => (one.enrolmentId === null || one.column === null ? [] : [[cellKey(one.enrolmentId, one.column), one.name] as const]))), [people]);
  return { people, byCell };
}

const NEWS_SHOWN = 12_000; // milliseconds

/** "3. Lê Văn A — Giữa kì: Trần Thị B vừa ghi lúc 10:32:07", for the last cell another person changed. */
function useNews(state: MarkGridState): string | null {
  const [news, setNews] = useState<string | null>(null);
  const known = useRef(state.changedByOthers);
  const { changedByOthers, rows, columns, sheetId } = state;
  useEffect(() => {
    const fresh = Object.keys(changedByOthers).filter(key => changedByOthers[key] !== known.current[key]);
    known.current = changedByOthers;
    const cells = rows.flatMap(row => columns.flatMap(({ column }) => (fresh.includes(cellKey(row.enrolmentId, column)) ? [{ enrolmentId: row.enrolmentId, column }] : []))).slice(0, 300);
    if (cells.length === 0) return;
    void api.gradebook.cellNews({ sheetId, cells }).then(result => {
      const last = result.ok ? result.value.cells.toSorted((left, right) => left.at.localeCompare(right.at)).at(-1) : undefined;
      if (last === undefined) return;
      const row = rows.find(one => one.enrolmentId === last.enrolmentId);
      const title = columns.find(one => one.column === last.column)?.title ?? '';
      setNews(text('grades.together.changed', { cell: `${row?.order ?? ''}. ${row?.name ?? ''} — ${title}`, by: last.by, at: formatClock(last.at) }));
    });
  }, [changedByOthers, rows, columns, sheetId]);
  useEffect(() => {
    if (news === null) return undefined;
    const timer = window.setTimeout(() => { setNews(null); }, NEWS_SHOWN);
    return () => { window.clearTimeout(timer); };
  }, [news]);
  return news;
}

/** In the bar above the grid: who is here, what another person just changed, and cells with two values that wait for a decision. */
export function SheetTogether({ sheet, state, people, onAnswered }: { sheet: SheetView; state: MarkGridState; people: readonly PresentPerson[]; onAnswered: () => void }) {
  const outbox = useOutbox();
  const news = useNews(state);
  const [isOpen, setOpen] = useState(false);
  const open = useRead('gradebook.markConflicts', { year: sheet.year, sheetId: sheet.sheetId }).data?.conflicts.filter(one => one.maySettle) ?? [];
  useEffect(() => outbox.onNews(one => { if (one.kind === 'conflict' && one.sheetId === sheet.sheetId) setOpen(true); }), [outbox, sheet.sheetId]);
  const names = [...new Set(people.map(one => one.name))];
  return (
    <>
      {news === null ? null : <span className={styles.news} role="status">{news}</span>}
      {names.length === 0 ? null : <span className={styles.people} title={names.join(', ')}><IconUsers size={13} aria-hidden /> {text('grades.together.here', { names: names.slice(0, 2).join(', ') })}</span>}
      {open.length === 0 ? null : (
        <Button size="compact-xs" variant="default" style={{ flex: 'none' }} leftSection={<IconArrowsDiff size={14} aria-hidden />} onClick={() => { setOpen(true); }}>
          {text('grades.together.conflicts', { count: open.length })}
        </Button>
      )}
      {isOpen && open.length > 0 ? <ConflictDialog conflicts={open} kind={sheet.kind} onClose={() => { setOpen(false); onAnswered(); }} /> : null}
    </>
  );
}
