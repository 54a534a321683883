import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { ClipboardEvent, Dispatch, KeyboardEvent, MouseEvent, RefObject } from 'react';
import { useFocusOnOpen } from '../kit/useFocusOnOpen.ts';
import { text } from '../../resources/language/language.ts';
import { blockText, parseBlock } from './mark-grid-block.ts';
import { moveOfKey } from './mark-grid-moves.ts';
import type { MarkGridAction } from './mark-grid-reducer.ts';
import { cellAt, cellKey, selectedRange, unsavedMarks } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { MarkGridHead, headHeight, markGridLeastWidth, markGridTemplate } from './MarkGridHead.tsx';
import type { ComputedColumns } from './MarkGridHead.tsx';
import { MarkGridRow } from './MarkGridRow.tsx';
import classes from './mark-grid.module.css';

const ROW_HEIGHT = 30;

export interface MarkGridProps {
  state: MarkGridState;
  dispatch: Dispatch<MarkGridAction>;
  /** "Sổ điểm Toán 6A1 học kì 1", for a screen reader. */
  label: string;
  /** Columns the program computes: the term and, in the second one, the year; none in primary sheets. */
  computed: ComputedColumns;
  /** Names of the people who stand on a cell, by its key. */
  others: ReadonlyMap<string, string>;
  /** A block from the clipboard; the place decides whether it is looked at first. */
  onPaste: (block: string[][]) => void;
  /** The grid itself, to give the keyboard back after a dialog. */
  box: RefObject<HTMLDivElement | null>;
}

/** Draws the mark grid and turns keys, mouse and clipboard into actions. All behaviour is in the reducer. */
export function MarkGrid({ state, dispatch, label, computed, others, onPaste, box: scroller }: MarkGridProps) {
  const baseId = useId();
  const { active, columns, rows, editing } = state;
  const range = selectedRange(state);
  const unsaved = unsavedMarks(state.unsaved);

  // oxlint-disable-next-line react/incompatible-library -- no React compiler here; the virtualizer renders again by itself
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
  });

  useLayoutEffect(() => {
    virtual.scrollToIndex(active.row, { align: 'auto' });
    const box = scroller.current;
    const cell = box?.querySelector<HTMLElement>(`[data-column="${active.column}"][role="columnheader"]`);
    const name = box?.querySelector<HTMLElement>('[data-frozen]');
    if (box === null || cell === null || cell === undefined || name === null || name === undefined) return;
    const left = cell.offsetLeft - name.offsetLeft - name.offsetWidth + box.scrollLeft;
    const right = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
    if (left < box.scrollLeft) box.scrollLeft = left;
    else if (right > box.scrollLeft) box.scrollLeft = right;
  }, [active, virtual, scroller]);

  useFocusOnOpen(scroller);
  const isEditing = editing !== null;
  const wasEditing = useRef(false);
  useEffect(() => {
    // The input is gone with its focus: give it back to the grid, unless the person went elsewhere.
    if (wasEditing.current && !isEditing && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
    wasEditing.current = isEditing;
  }, [isEditing, scroller]);

  const page = (): number => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / ROW_HEIGHT) - 1);

  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const action = actionOfKey(event, state, page());
    if (action === null) return;
    // Tab on the last cell (Shift+Tab on the first) leaves the grid, or the keyboard would be caught in it.
    if (event.key === 'Tab' && leaves(state, event.shiftKey)) {
      if (isEditing) dispatch({ type: 'commit' });
      return;
    }
    event.preventDefault();
    dispatch(action);
    // After the action: the input's blur would otherwise save what Escape gives up.
    if (isEditing && (event.key === 'Enter' || event.key === 'Tab' || event.key === 'Escape')) scroller.current?.focus({ preventScroll: true });
  };

  const copy = (event: ClipboardEvent): void => {
    if (isEditing) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', blockText(state));
  };
  const cut = (event: ClipboardEvent): void => {
    if (isEditing) return;
    copy(event);
    dispatch({ type: 'clear' });
  };
  const paste = (event: ClipboardEvent): void => {
    if (isEditing) return;
    event.preventDefault();
    onPaste(parseBlock(event.clipboardData.getData('text/plain')));
  };

  const point = (event: MouseEvent, row: number, column: number): void => {
    if (event.button !== 0 || (event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    scroller.current?.focus({ preventScroll: true });
    dispatch({ type: 'stand', at: { row, column }, extend: event.shiftKey });
  };
  const drag = (event: MouseEvent, row: number, column: number): void => {
    if (event.buttons === 1 && !isEditing) dispatch({ type: 'stand', at: { row, column }, extend: true });
  };

  const template = markGridTemplate(columns, computed);
  const leastWidth = markGridLeastWidth(columns, computed);
  const standing = cellAt(state, active);
  return (
    <div
      ref={scroller}
      className={classes.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + computed + 2}
      aria-multiselectable
      aria-readonly={!state.mayEdit}
      tabIndex={0}
      data-read-only={state.mayEdit ? undefined : true}
      {...(standing === null ? {} : { 'aria-activedescendant': `${baseId}-${active.row}-${active.column}` })}
      onKeyDown={press}
      onCopy={copy}
      onCut={cut}
      onPaste={paste}
    >
      <MarkGridHead columns={columns} kind={state.kind} computed={computed} template={template} leastWidth={leastWidth} activeColumn={active.column} />
      <div role="presentation" className={classes.body} style={{ height: Math.max(0, virtual.getTotalSize() - headHeight), minWidth: leastWidth }}>
        {virtual.getVirtualItems().map(item => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const isActive = item.index === active.row;
          const isSelected = item.index >= range.top && item.index <= range.bottom;
          return (
            <MarkGridRow
              key={row.enrolmentId}
              row={row}
              index={item.index}
              top={item.start - headHeight}
              template={template}
              columns={columns}
              kind={state.kind}
              computed={computed}
              idBase={baseId}
              unsaved={unsaved}
              faulty={state.faulty}
              changedByOthers={state.changedByOthers}
              others={others}
              lockedColumns={state.lockedColumns}
              openedCells={state.openedCells}
              activeColumn={isActive ? active.column : null}
              selectedLeft={isSelected ? range.left : null}
              selectedRight={isSelected ? range.right : null}
              editing={isActive ? editing : null}
              dispatch={dispatch}
              onPoint={point}
              onDrag={drag}
            />
          );
        })}
      </div>
      {rows.length === 0 ? <p className={classes.none}>{text('grades.noPupils')}</p> : null}
    </div>
  );
}

function leaves({ active, rows, columns }: MarkGridState, backwards: boolean): boolean {
  if (backwards) return active.row === 0 && active.column === 0;
  return active.row >= rows.length - 1 && active.column >= columns.length - 1;
}

/** The action of a key, or null when the key is not the grid's. */
function actionOfKey(event: KeyboardEvent, state: MarkGridState, page: number): MarkGridAction | null {
  const { key, shiftKey, altKey } = event;
  const ctrlKey = event.ctrlKey || event.metaKey;
  if (altKey) return null;
  const move = moveOfKey({ key, ctrlKey, shiftKey });
  const extend = shiftKey && key !== 'Enter' && key !== 'Tab';
  if (state.editing !== null) {
    if (key === 'Escape') return { type: 'cancelEdit' };
    if (key === 'Enter' || key === 'Tab') return move === null ? null : { type: 'move', move, extend: false, page };
    const isArrow = key.startsWith('Arrow') || key.startsWith('Page');
    return state.editing.mode === 'overwrite' && isArrow && move !== null && !shiftKey ? { type: 'move', move, extend: false, page } : null;
  }
  if (move !== null) return { type: 'move', move, extend, page };
  if (ctrlKey) return shortcutOf(key.toLowerCase(), shiftKey);
  if (key === 'F2') return { type: 'edit' };
  if (key === 'Delete' || key === 'Backspace') return { type: 'clear' };
  if (key === 'Escape') {
    const cell = cellAt(state, state.active);
    return cell !== null && cellKey(cell.enrolmentId, cell.column) in state.faulty ? { type: 'dropFault', ...cell } : null;
  }
  return key.length === 1 && key !== ' ' ? { type: 'overwrite', words: key } : null;
}

function shortcutOf(letter: string, shiftKey: boolean): MarkGridAction | null {
  switch (letter) {
    case 'd': return { type: 'fillDown' };
    case 'z': return { type: shiftKey ? 'redo' : 'undo' };
    case 'y': return { type: 'redo' };
    case 'a': return { type: 'selectAll' };
    default: return null;
  }
}
