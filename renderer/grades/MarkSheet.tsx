import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconChartHistogram, IconChevronLeft, IconChevronRight, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SheetSummary } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { CallFailed } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import { ReadingBadge, SheetTools } from '../gradebook/SheetTools.tsx';
import { WarningList } from '../gradebook/WarningList.tsx';
import { Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { CellPane } from './CellPane.tsx';
import { FaultList } from './FaultList.tsx';
import styles from './grades.module.css';
import { planPaste } from './mark-grid-block.ts';
import { isLeftOut, markAt } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { MarkGrid } from './MarkGrid.tsx';
import { computedIn } from './MarkGridHead.tsx';
import { MarkSheetPaper } from './MarkSheetPaper.tsx';
import { MarkSheetFoot } from './MarkSheetFoot.tsx';
import { useOutbox } from './outbox-context.tsx';
import { PastePreview } from './PastePreview.tsx';
import { SheetTogether, useOthers } from './SheetTogether.tsx';
import { SheetStateBadge, SheetSteps } from './SheetSteps.tsx';
import { hasPoints, periodName, siblings } from './sheet-tree.ts';
import { useMarkGrid } from './useMarkGrid.ts';
import type { ReadSheet } from './useMarkGrid.ts';

/** One sheet: reads it and, while marks are on their way, never shows an older state over them. */
export function MarkSheet({ sheetId, sheets, onOtherPeriod }: { sheetId: string; sheets: SheetSummary[]; onOtherPeriod: () => void }) {
  const outbox = useOutbox();
  const read = useQuery<ReadSheet, CallFailed>({
    queryKey: ['grades', 'openSheet', { sheetId }],
    queryFn: async () => {
      const { answered } = outbox;
      const result = await api.grades.openSheet({ sheetId });
      if (!result.ok) throw new CallFailed(result.error);
      return { sheet: result.value, answered };
    },
  });
  const { data, refetch } = read;
  useEffect(() => {
    if (data !== undefined && data.answered !== outbox.answered) void refetch();
  }, [data, outbox, refetch]);
  return <Waiting read={read} lines={18}>{found => <OpenSheet read={found} sheets={sheets} onOtherPeriod={onOtherPeriod} />}</Waiting>;
}

function filledCells(state: MarkGridState): number {
  let filled = 0;
  for (const [row, pupil] of state.rows.entries()) {
    if (isLeftOut(pupil)) continue;
    for (let column = 0; column < state.columns.length; column++) if (markAt(state, { row, column })?.state !== 'empty') filled++;
  }
  return filled;
}

function OpenSheet({ read, sheets, onOtherPeriod }: { read: ReadSheet; sheets: SheetSummary[]; onOtherPeriod: () => void }) {
  const { sheet } = read;
  const [state, dispatch] = useMarkGrid(read);
  const others = useOthers(state);
  const [block, setBlock] = useState<string[][] | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  // The dialog is still there when it says that it closes.
  const refocus = (): void => { window.setTimeout(() => { grid.current?.focus({ preventScroll: true }); }); };
  const around = siblings(sheets, sheet.sheetId);
  const filled = useMemo(() => filledCells(state), [state]);
  const expected = state.rows.filter(row => !isLeftOut(row)).length * state.columns.length;
  const title = text('grades.sheetTitle', { subject: sheet.subjectName, name: sheet.className });

  const row = state.rows[state.active.row];
  const column = state.columns[state.active.column];
  const hereParts = row === undefined || column === undefined ? null : {
    pupil: `${row.order}. ${row.name}`,
    column: sheet.kind === 'score' ? text('grades.columnWithWeight', { column: column.title, weight: column.weight }) : column.title,
  };
  const hints = useMemo(() => (state.mayEdit ? [
    { keys: ['F2'], does: text('grades.keys.edit') },
    { keys: ['Delete'], does: text('grades.keys.clear') },
    { keys: ['Ctrl', 'D'], does: text('grades.keys.fillDown') },
    { keys: ['Ctrl', 'V'], does: text('grades.keys.paste') },
    { keys: ['Ctrl', 'Z'], does: text('grades.keys.undo') },
  ] : [{ keys: ['Ctrl', 'C'], does: text('grades.keys.copy') }]), [state.mayEdit]);
  useFoot(hereParts === null ? title : `${title} · ${hereParts.pupil} — ${hereParts.column}`, hints);

  const paste = (wanted: string[][]): void => {
    if (!state.mayEdit || wanted.length === 0) return;
    if (planPaste(state, wanted).needsLook) setBlock(wanted);
    else dispatch({ type: 'paste', block: wanted });
  };
  const teacher = sheet.teacher ?? sheets.find(one => one.sheetId === sheet.sheetId)?.teacher ?? null;
  return (
    <Page
      fills
      title={title}
      trail={[{ title: text('grades.title'), to: '/grades' }]}
      aside={(
        <>
          <span>{periodName(sheet)}</span>
          <SheetStateBadge sheet={sheet} missing={expected - filled} />
        </>
      )}
      acts={(
        <>
          <SheetSteps sheet={sheet} state={state} missing={expected - filled} onClosed={refocus} />
          <MarkSheetPaper sheet={sheet} teacher={teacher} onClosed={refocus} />
          {hasPoints(sheet) ? null : <OtherPeriods periods={around.periods} sheetId={sheet.sheetId} onOpen={onOtherPeriod} />}
          <ActionIcon variant="default" size={30} disabled={around.previous === null} aria-label={text('grades.previousSheet')} title={around.previous?.subjectName} onClick={() => { navigate(`/grades/${around.previous?.sheetId ?? ''}`, { replace: true }); }}><IconChevronLeft size={16} /></ActionIcon>
          <ActionIcon variant="default" size={30} disabled={around.next === null} aria-label={text('grades.nextSheet')} title={around.next?.subjectName} onClick={() => { navigate(`/grades/${around.next?.sheetId ?? ''}`, { replace: true }); }}><IconChevronRight size={16} /></ActionIcon>
        </>
      )}
      bar={(
        <div className={styles.here}>
          <div role="status" aria-live="polite">{hereParts === null ? null : <><strong>{hereParts.pupil}</strong> — {hereParts.column}</>}</div>
          <SheetTogether sheet={sheet} state={state} people={others.people} onAnswered={refocus} />
          {teacher === null ? null : <span className={styles.teacher}>{text('grades.teacher', { name: teacher })}</span>}
          <ReadingBadge sheetId={sheet.sheetId} />
          <SheetTools sheet={sheet} onClosed={refocus} />
          {hasPoints(sheet) ? <OtherPeriods periods={around.periods} sheetId={sheet.sheetId} onOpen={onOtherPeriod} /> : null}
          <ActionIcon variant="subtle" color="gray" aria-label={text('reports.distribution.title')} title={text('reports.distribution.title')} onClick={() => { navigate(`/grades/distribution?grade=${sheet.grade}&subject=${sheet.subject}&term=${sheet.term}`); }}><IconChartHistogram size={17} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" disabled={state.undoable.length === 0} aria-label={text('grades.undo')} title={text('grades.undo')} onClick={() => { dispatch({ type: 'undo' }); }}><IconArrowBackUp size={17} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" disabled={state.redoable.length === 0} aria-label={text('grades.redo')} title={text('grades.redo')} onClick={() => { dispatch({ type: 'redo' }); }}><IconArrowForwardUp size={17} /></ActionIcon>
        </div>
      )}
    >
      <div className={styles.sheet}>
        {sheet.readOnlyReason === null ? null : (
          <div className={styles.readOnly} role="note">
            <IconLock size={15} aria-hidden />
            <span>{sheet.readOnlyReason}</span>
          </div>
        )}
        <MarkGrid state={state} dispatch={dispatch} label={`${title}, ${periodName(sheet)}`} computed={computedIn(sheet)} others={others.byCell} onPaste={paste} box={grid} />
        <FaultList state={state} dispatch={dispatch} />
        <WarningList
          sheetId={sheet.sheetId}
          mayNote={state.mayEdit}
          onStand={(enrolmentId, wanted) => {
            const at = { row: state.rows.findIndex(one => one.enrolmentId === enrolmentId), column: state.columns.findIndex(one => one.column === wanted) };
            if (at.row >= 0 && at.column >= 0) dispatch({ type: 'stand', at, extend: false });
            refocus();
          }}
          onAnswered={refocus}
        />
        <MarkSheetFoot state={state} dispatch={dispatch} filled={filled} expected={expected} />
      </div>
      <CellPane sheet={sheet} state={state} dispatch={dispatch} onAnswered={refocus} />
      {block === null ? null : <PastePreview state={state} block={block} onPaste={() => { dispatch({ type: 'paste', block }); setBlock(null); refocus(); }} onClose={() => { setBlock(null); refocus(); }} />}
    </Page>
  );
}

/** The way to the same subject's other term; in primary school to each of the four points. */
function OtherPeriods({ periods, sheetId, onOpen }: { periods: readonly SheetSummary[]; sheetId: string; onOpen: () => void }) {
  const open = (wanted: string): void => {
    onOpen();
    navigate(`/grades/${wanted}`, { replace: true });
  };
  if (periods.some(sheet => hasPoints(sheet))) {
    return (
      <SegmentedControl
        aria-label={text('grades.tree.point')}
        data={periods.map(sheet => ({ value: sheet.sheetId, label: text(`grades.pointShort.${sheet.term}`) }))}
        value={sheetId}
        onChange={open}
      />
    );
  }
  return periods.filter(sheet => sheet.sheetId !== sheetId).map(sheet => <Button key={sheet.sheetId} variant="default" onClick={() => { open(sheet.sheetId); }}>{periodName(sheet)}</Button>);
}
