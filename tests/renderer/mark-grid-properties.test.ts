import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { reduceMarkGrid } from '../../renderer/grades/mark-grid-reducer.ts';
import type { MarkGridAction } from '../../renderer/grades/mark-grid-reducer.ts';
import { cellKey, markAt } from '../../renderer/grades/mark-grid-state.ts';
import type { MarkGridState } from '../../renderer/grades/mark-grid-state.ts';
import { parseMark, sameMark } from '../../renderer/grades/mark-words.ts';
import { nothing, score, smallGrid } from './small-sheet.ts';

const words = fc.constantFrom('8', '8,5', '75', '10', '0', '', 'abc', '8,55', '11,5', 'Đ', '6.5');
const move = fc.constantFrom('up', 'down', 'left', 'right', 'rowStart', 'rowEnd', 'top', 'bottom', 'first', 'last', 'pageUp', 'pageDown', 'next', 'previous');
const block = fc.integer({ min: 1, max: 3 }).chain(width => fc.array(fc.array(words, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));

const action: fc.Arbitrary<MarkGridAction> = fc.oneof(
  fc.record({ type: fc.constant('move' as const), move, extend: fc.boolean(), page: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ type: fc.constant('stand' as const), at: fc.record({ row: fc.integer({ min: -2, max: 8 }), column: fc.integer({ min: -2, max: 6 }) }), extend: fc.boolean() }),
  fc.record({ type: fc.constant('overwrite' as const), words }),
  fc.record({ type: fc.constant('type' as const), words }),
  fc.constantFrom<MarkGridAction>(
    { type: 'edit' }, { type: 'commit' }, { type: 'cancelEdit' }, { type: 'clear' }, { type: 'fillDown' }, { type: 'undo' }, { type: 'redo' }, { type: 'selectAll' },
    { type: 'zeroByRule', reason: 'vắng' }, { type: 'setTwoDigits', twoDigits: false },
  ),
  fc.record({ type: fc.constant('paste' as const), block }),
);
const start = fc.array(fc.oneof(fc.constant(nothing), fc.integer({ min: 0, max: 100 }).map(score)), { minLength: 24, maxLength: 24 })
  .map(marks => smallGrid({ marks: Object.fromEntries(marks.map((value, index) => [`${Math.floor(index / 4)} ${['tx1', 'tx2', 'gk', 'ck'][index % 4] ?? ''}`, value])) }));

function shown(state: MarkGridState): unknown[] {
  return state.rows.flatMap((_, row) => state.columns.map((__, column) => markAt(state, { row, column })));
}

test('whatever is done, one stands inside the sheet', () => {
  fc.assert(fc.property(start, fc.array(action, { maxLength: 40 }), (state, actions) => {
    const end = actions.reduce((now, one) => reduceMarkGrid(now, one), state);
    for (const { row, column } of [end.active, end.anchor]) {
      expect(row).toBeGreaterThanOrEqual(0);
      expect(row).toBeLessThan(end.rows.length);
      expect(column).toBeGreaterThanOrEqual(0);
      expect(column).toBeLessThan(end.columns.length);
    }
  }));
});

test('every change starts from what the cell held before it, so that the book can follow them one by one', () => {
  fc.assert(fc.property(start, fc.array(action, { maxLength: 40 }), (state, actions) => {
    const end = actions.reduce((now, one) => reduceMarkGrid(now, one), state);
    const book = new Map(state.rows.flatMap(row => state.columns.map(({ column }) => [cellKey(row.enrolmentId, column), row.marks[column] ?? nothing])));
    for (const batch of end.unsaved) {
      expect(batch.changes.length).toBeGreaterThan(0);
      const cells = batch.changes.map(change => cellKey(change.enrolmentId, change.column));
      expect(new Set(cells).size).toBe(cells.length);
      for (const change of batch.changes) {
        const key = cellKey(change.enrolmentId, change.column);
        expect(book.get(key)).toEqual(change.before);
        expect(sameMark(change.before, change.after)).toBe(false);
        book.set(key, change.after);
      }
    }
    expect([...book.values()]).toEqual(shown(end));
  }));
});

test('undone to the beginning the sheet is as it was, redone to the end it is as it became', () => {
  fc.assert(fc.property(start, fc.array(action, { maxLength: 30 }), (state, actions) => {
    const writing = actions.filter(one => one.type !== 'undo' && one.type !== 'redo');
    const end = reduceMarkGrid(writing.reduce((now, one) => reduceMarkGrid(now, one), state), { type: 'commit' });
    let back = end;
    while (back.undoable.length > 0) back = reduceMarkGrid(back, { type: 'undo' });
    expect(shown(back)).toEqual(shown(state));
    let forth = back;
    while (forth.redoable.length > 0) forth = reduceMarkGrid(forth, { type: 'redo' });
    expect(shown(forth)).toEqual(shown(end));
  }));
});

test('red words are always words that are no mark, and typing a mark over them clears them', () => {
  fc.assert(fc.property(start, fc.array(action, { maxLength: 40 }), (state, actions) => {
    const end = actions.reduce((now, one) => reduceMarkGrid(now, one), state);
    for (const cell of Object.values(end.faulty)) {
      expect(parseMark('score', cell.words, { twoDigits: false }).ok).toBe(false);
      const at = { row: end.rows.findIndex(row => row.enrolmentId === cell.enrolmentId), column: end.columns.findIndex(column => column.column === cell.column) };
      const mended = [{ type: 'stand', at, extend: false }, { type: 'overwrite', words: '8' }, { type: 'commit' }] as const;
      const after = mended.reduce<MarkGridState>((now, one) => reduceMarkGrid(now, one), end);
      expect(Object.keys(after.faulty)).not.toContain(cellKey(cell.enrolmentId, cell.column));
      expect(markAt(after, at)).toEqual(score(80));
    }
  }));
});

test('a sheet that may not be edited is never written', () => {
  fc.assert(fc.property(fc.array(action, { maxLength: 40 }), actions => {
    const end = actions.reduce((now, one) => reduceMarkGrid(now, one), smallGrid({ mayEdit: false, marks: { '0 tx1': score(80) } }));
    expect(end.unsaved).toEqual([]);
    expect(end.faulty).toEqual({});
  }));
});
