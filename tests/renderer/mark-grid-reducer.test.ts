import { describe, expect, test } from 'vitest';
import { reduceMarkGrid, wordsAt } from '../../renderer/grades/mark-grid-reducer.ts';
import type { MarkGridAction } from '../../renderer/grades/mark-grid-reducer.ts';
import { markAt, selectedRange } from '../../renderer/grades/mark-grid-state.ts';
import type { MarkGridState } from '../../renderer/grades/mark-grid-state.ts';
import type { Move } from '../../renderer/grades/mark-grid-moves.ts';
import { level, nothing, score, smallGrid, smallSheet } from './small-sheet.ts';

function play(state: MarkGridState, ...actions: MarkGridAction[]): MarkGridState {
  return actions.reduce((now, action) => reduceMarkGrid(now, action), state);
}
function go(move: Move, extend = false): MarkGridAction {
  return { type: 'move', move, extend, page: 3 };
}
function at(row: number, column: number, extend = false): MarkGridAction {
  return { type: 'stand', at: { row, column }, extend };
}
/** Types words into the cell one stands on, as keys come: the first letter begins, the rest follows. */
function typing(words: string): MarkGridAction[] {
  return [{ type: 'overwrite', words: words.charAt(0) }, { type: 'type', words }];
}
function shown(state: MarkGridState): string[][] {
  return state.rows.map((_, row) => state.columns.map((__, column) => wordsAt(state, { row, column })));
}

describe('walking', () => {
  test.each<[Move, number, number]>([
    ['up', 1, 1], ['down', 3, 1], ['left', 2, 0], ['right', 2, 2], ['rowStart', 2, 0], ['rowEnd', 2, 3], ['top', 0, 1], ['bottom', 5, 1],
    ['first', 0, 0], ['last', 5, 3], ['pageUp', 0, 1], ['pageDown', 5, 1], ['next', 2, 2], ['previous', 2, 0],
  ])('%s from the third pupil, second mark', (move, row, column) => {
    expect(play(smallGrid(), at(2, 1), go(move)).active).toEqual({ row, column });
  });

  test('no move leaves the sheet', () => {
    const corner = play(smallGrid(), at(5, 3));
    for (const move of ['down', 'right', 'pageDown', 'rowEnd', 'next'] as const) expect(play(corner, go(move)).active).toEqual({ row: 5, column: 3 });
    for (const move of ['up', 'left', 'pageUp', 'rowStart', 'previous'] as const) expect(play(smallGrid(), go(move)).active).toEqual({ row: 0, column: 0 });
  });

  test('Tab goes on in the next line, Shift+Tab back in the one before', () => {
    expect(play(smallGrid(), at(0, 3), go('next')).active).toEqual({ row: 1, column: 0 });
    expect(play(smallGrid(), at(1, 0), go('previous')).active).toEqual({ row: 0, column: 3 });
  });

  test('Shift keeps the other corner, a plain move gives the selection up', () => {
    const selected = play(smallGrid(), at(1, 1), go('down', true), go('right', true));
    expect(selectedRange(selected)).toEqual({ top: 1, bottom: 2, left: 1, right: 2 });
    expect(selectedRange(play(selected, go('up')))).toEqual({ top: 1, bottom: 1, left: 2, right: 2 });
  });

  test('a drag outside the sheet stops at its edge, and Ctrl+A takes all', () => {
    expect(play(smallGrid(), at(2, 2), at(99, -4, true)).active).toEqual({ row: 5, column: 0 });
    expect(selectedRange(play(smallGrid(), { type: 'selectAll' }))).toEqual({ top: 0, bottom: 5, left: 0, right: 3 });
  });
});

describe('typing', () => {
  test('a typed mark is written as the cell is left, with what the writer saw', () => {
    const state = play(smallGrid({ marks: { '0 tx1': score(80) } }), ...typing('8,5'), go('down'));
    expect(state.unsaved).toEqual([{ id: 'test-0', path: 'typed', changes: [{ enrolmentId: 'e0', column: 'tx1', before: score(80), after: score(85) }] }]);
    expect(state.active).toEqual({ row: 1, column: 0 });
    expect(markAt(state, { row: 0, column: 0 })).toEqual(score(85));
  });

  test('a click elsewhere leaves the cell and so writes it', () => {
    const state = play(smallGrid(), ...typing('9'), at(3, 2));
    expect(state.unsaved[0]?.changes[0]).toMatchObject({ enrolmentId: 'e0', column: 'tx1', after: score(90) });
  });

  test('Escape writes nothing', () => {
    const state = play(smallGrid(), ...typing('9'), { type: 'cancelEdit' }, go('down'));
    expect(state.unsaved).toEqual([]);
  });

  test('F2 begins with what stands there, and leaving it unchanged writes nothing', () => {
    const editing = play(smallGrid({ marks: { '0 tx1': score(85) } }), { type: 'edit' });
    expect(editing.editing).toEqual({ words: '8,5', mode: 'edit', before: score(85) });
    expect(play(editing, { type: 'commit' }).unsaved).toEqual([]);
  });

  test('the same value typed in another spelling writes nothing', () => {
    expect(play(smallGrid({ marks: { '0 tx1': score(80) } }), ...typing('8,0'), go('down')).unsaved).toEqual([]);
  });

  test('"75" is 7,5 while the setting is on, and a fault when it is off', () => {
    expect(markAt(play(smallGrid(), ...typing('75'), go('down')), { row: 0, column: 0 })).toEqual(score(75));
    const strict = play(smallGrid(), { type: 'setTwoDigits', twoDigits: false }, ...typing('75'), go('down'));
    expect(strict.unsaved).toEqual([]);
    expect(Object.values(strict.faulty)).toEqual([{ enrolmentId: 'e0', column: 'tx1', words: '75', fault: 'aboveTen' }]);
  });

  test('one key is enough in a comment subject', () => {
    const state = play(smallGrid({ kind: 'comment' }), ...typing('đ'), go('down'), ...typing('c'), go('down'));
    expect([markAt(state, { row: 0, column: 0 }), markAt(state, { row: 1, column: 0 })]).toEqual([level('D'), level('CD')]);
  });

  test('emptied by typing nothing, the cell is emptied in the book', () => {
    const state = play(smallGrid({ marks: { '0 tx1': score(80) } }), { type: 'edit' }, { type: 'type', words: '' }, { type: 'commit' });
    expect(state.unsaved[0]?.changes).toEqual([{ enrolmentId: 'e0', column: 'tx1', before: score(80), after: nothing }]);
  });
});

test('a cell that another person wrote while one was typing is sent with what one saw, so that the program asks', () => {
  const begun = play(smallGrid(), ...typing('9'));
  const state = play(begun, { type: 'refreshed', sheet: smallSheet({ marks: { '0 tx1': score(40) } }) }, go('down'));
  expect(state.unsaved[0]?.changes).toEqual([{ enrolmentId: 'e0', column: 'tx1', before: nothing, after: score(90) }]);
});

describe('words that are no mark', () => {
  const faulty = play(smallGrid({ marks: { '0 tx1': score(80) } }), ...typing('8,55'), go('down'));

  test('stay as typed, with the reason, and are not saved', () => {
    expect(faulty.unsaved).toEqual([]);
    expect(wordsAt(faulty, { row: 0, column: 0 })).toBe('8,55');
    expect(Object.values(faulty.faulty)).toMatchObject([{ words: '8,55', fault: 'decimals' }]);
    expect(markAt(faulty, { row: 0, column: 0 })).toEqual(score(80));
  });

  test('are mended where they stand', () => {
    const mended = play(faulty, at(0, 0), { type: 'edit' }, { type: 'type', words: '8,5' }, { type: 'commit' });
    expect(mended.faulty).toEqual({});
    expect(mended.unsaved[0]?.changes[0]?.after).toEqual(score(85));
  });

  test('go away when the mark of the book is typed again, without a save', () => {
    const mended = play(faulty, at(0, 0), ...typing('8'), { type: 'commit' });
    expect(mended.faulty).toEqual({});
    expect(mended.unsaved).toEqual([]);
  });

  test('can be dropped in favour of what is in the book', () => {
    const dropped = play(faulty, { type: 'dropFault', enrolmentId: 'e0', column: 'tx1' });
    expect(wordsAt(dropped, { row: 0, column: 0 })).toBe('8');
  });

  test('and left as they are, stay a fault', () => {
    const again = play(faulty, at(0, 0), { type: 'edit' }, { type: 'commit' });
    expect(Object.values(again.faulty)).toHaveLength(1);
  });
});

describe('many cells at once', () => {
  test('Delete empties the selection in one save, and only what was filled', () => {
    const state = play(smallGrid({ marks: { '0 tx1': score(80), '1 tx2': score(70) } }), at(0, 0), at(1, 1, true), { type: 'clear' });
    expect(state.unsaved).toHaveLength(1);
    expect(state.unsaved[0]?.changes.map(change => [change.enrolmentId, change.column, change.after])).toEqual([['e0', 'tx1', nothing], ['e1', 'tx2', nothing]]);
  });

  test('Delete while typing is the editor\'s own key', () => {
    expect(play(smallGrid({ marks: { '0 tx1': score(80) } }), { type: 'edit' }, { type: 'clear' }).unsaved).toEqual([]);
  });

  test('Ctrl+D fills the first row of the selection down', () => {
    const state = play(smallGrid({ marks: { '1 tx1': score(80), '1 tx2': score(65) } }), at(1, 0), at(3, 1, true), { type: 'fillDown' });
    expect(shown(state).slice(1, 4).map(row => row.slice(0, 2))).toEqual([['8', '6,5'], ['8', '6,5'], ['8', '6,5']]);
  });

  test('Ctrl+D on one row takes the row above; on the first row there is none', () => {
    const marks = { '0 tx1': score(80) };
    expect(wordsAt(play(smallGrid({ marks }), at(1, 0), { type: 'fillDown' }), { row: 1, column: 0 })).toBe('8');
    expect(play(smallGrid({ marks }), at(0, 0), { type: 'fillDown' }).unsaved).toEqual([]);
  });

  test('a pasted block is one save of its own path, and is selected afterwards', () => {
    const state = play(smallGrid(), at(1, 0), { type: 'paste', block: [['8', '9'], ['7,5', '10']] });
    expect(state.unsaved).toMatchObject([{ path: 'pasted' }]);
    expect(state.unsaved[0]?.changes).toHaveLength(4);
    expect(selectedRange(state)).toEqual({ top: 1, bottom: 2, left: 0, right: 1 });
  });

  test('in a pasted block the good cells are saved and the others stay in red', () => {
    const state = play(smallGrid(), { type: 'paste', block: [['8', '75'], ['x', '9']] });
    expect(state.unsaved[0]?.changes.map(change => change.after)).toEqual([score(80), score(90)]);
    expect(Object.values(state.faulty).map(cell => [cell.words, cell.fault])).toEqual([['75', 'aboveTen'], ['x', 'notANumber']]);
  });

  test('more than the program takes at once goes in parts, and comes back in one undo', () => {
    const pupils = 1_000;
    const block = Array.from({ length: pupils }, () => ['8', '9', '7']);
    const state = play(smallGrid({ pupils }), { type: 'paste', block });
    expect(state.unsaved.map(batch => batch.changes.length)).toEqual([2_000, 1_000]);
    expect(new Set(state.unsaved.map(batch => batch.id)).size).toBe(2);
    const undone = play(state, { type: 'undo' });
    expect(undone.unsaved.slice(2).flatMap(batch => batch.changes)).toHaveLength(3_000);
    expect(markAt(undone, { row: 999, column: 2 })).toEqual(nothing);
  });
});

describe('0 by rule', () => {
  test('stands with its reason in a periodic cell', () => {
    const state = play(smallGrid(), at(0, 2), { type: 'zeroByRule', reason: ' không dự kiểm tra bù ' });
    expect(state.unsaved[0]?.changes[0]).toEqual({ enrolmentId: 'e0', column: 'gk', before: nothing, after: { state: 'zeroByRule', reason: 'không dự kiểm tra bù' } });
  });
  test('is refused in an ongoing cell and without a reason', () => {
    expect(play(smallGrid(), at(0, 0), { type: 'zeroByRule', reason: 'vắng' }).unsaved).toEqual([]);
    expect(play(smallGrid(), at(0, 2), { type: 'zeroByRule', reason: '  ' }).unsaved).toEqual([]);
  });
  test('looked at with F2 and left, it keeps its reason', () => {
    const state = smallGrid({ marks: { '0 gk': { state: 'zeroByRule', reason: 'vắng' } } });
    expect(play(state, at(0, 2), { type: 'edit' }, { type: 'commit' }).unsaved).toEqual([]);
  });
});

describe('taking back', () => {
  test('Ctrl+Z is a further save of path "undo", Ctrl+Y another', () => {
    const typed = play(smallGrid({ marks: { '0 tx1': score(80) } }), ...typing('9'), go('down'));
    const undone = play(typed, { type: 'undo' });
    expect(undone.unsaved[1]).toMatchObject({ path: 'undo', changes: [{ before: score(90), after: score(80) }] });
    const redone = play(undone, { type: 'redo' });
    expect(redone.unsaved[2]).toMatchObject({ path: 'undo', changes: [{ before: score(80), after: score(90) }] });
    expect(redone.active).toEqual({ row: 0, column: 0 });
  });

  test('a new mark after an undo ends the way forward', () => {
    const state = play(smallGrid(), ...typing('9'), go('down'), { type: 'undo' }, ...typing('5'), go('down'));
    expect(state.redoable).toEqual([]);
    expect(play(state, { type: 'redo' })).toBe(state);
  });

  test('a cell that another person changed since is left alone', () => {
    const typed = play(smallGrid(), ...typing('9'), go('down'));
    const batch = typed.unsaved[0];
    if (batch === undefined) throw new Error('nothing written');
    const saved = play(typed, { type: 'saved', batch, rows: [] }, { type: 'refreshed', sheet: smallSheet({ marks: { '0 tx1': score(40) } }) });
    const undone = play(saved, { type: 'undo' });
    expect(undone.unsaved).toEqual([]);
    expect(undone.undoable).toEqual([]);
    expect(wordsAt(undone, { row: 0, column: 0 })).toBe('4');
  });

  test('nothing to take back changes nothing', () => {
    const state = smallGrid();
    expect(play(state, { type: 'undo' })).toBe(state);
    expect(play(state, { type: 'redo' })).toBe(state);
  });
});

describe('what the program answers', () => {
  const typed = play(smallGrid(), ...typing('9'), go('down'));
  const [batch] = typed.unsaved;
  if (batch === undefined) throw new Error('nothing written');

  test('a saved batch becomes the book, with the averages of the answer', () => {
    const state = play(typed, { type: 'saved', batch, rows: [{ enrolmentId: 'e0', average: 90, level: null, year: 85, yearLevel: null }] });
    expect(state.unsaved).toEqual([]);
    expect(state.rows[0]).toMatchObject({ marks: { tx1: score(90) }, average: 90, year: 85 });
    expect(state.rows[1]).toBe(typed.rows[1]);
  });

  test('a refused batch keeps its words in red with the refusal', () => {
    const state = play(typed, { type: 'refused', batch, refusal: 'Sổ đã khoá.' });
    expect(state.unsaved).toEqual([]);
    expect(Object.values(state.faulty)).toEqual([{ enrolmentId: 'e0', column: 'tx1', words: '9', fault: { refusal: 'Sổ đã khoá.' } }]);
  });

  test('after a refusal the same words can be tried again', () => {
    const refused = play(typed, { type: 'refused', batch, refusal: 'Sổ đã khoá.' });
    const again = play(refused, at(0, 0), { type: 'edit' }, { type: 'commit' });
    expect(again.unsaved).toHaveLength(1);
    expect(again.faulty).toEqual({});
  });

  test('a refused batch does not paint over a newer mark of the same cell', () => {
    const newer = play(typed, at(0, 0), ...typing('7'), go('down'));
    const state = play(newer, { type: 'refused', batch, refusal: 'Sổ đã khoá.' });
    expect(state.faulty).toEqual({});
    expect(wordsAt(state, { row: 0, column: 0 })).toBe('7');
  });

  test('waiting batches that were rewritten take the place of the old ones; those not handed over stay', () => {
    const newer = play(typed, at(1, 0), ...typing('7'), go('down'));
    const rewritten = { ...batch, changes: batch.changes.map(change => ({ ...change, before: score(40) })) };
    const state = play(newer, { type: 'requeued', unsaved: [rewritten], handedOver: new Set([batch.id]) });
    expect(state.unsaved).toEqual([rewritten, newer.unsaved[1]]);
  });
});

describe('the sheet read again', () => {
  test('keeps what is not saved yet over what is in the book', () => {
    const typed = play(smallGrid(), ...typing('9'), go('down'));
    const state = play(typed, { type: 'refreshed', sheet: smallSheet({ marks: { '0 tx1': score(50), '1 tx1': score(60) } }) });
    expect(wordsAt(state, { row: 0, column: 0 })).toBe('9');
    expect(wordsAt(state, { row: 1, column: 0 })).toBe('6');
  });

  test('notes what others changed, once for each news, and nothing that one wrote oneself', () => {
    const typed = play(smallGrid(), ...typing('9'), go('down'));
    const once = play(typed, { type: 'refreshed', sheet: smallSheet({ marks: { '0 tx1': score(90), '1 tx1': score(60) } }) });
    expect(once.changedByOthers).toEqual({ 'e1 tx1': 1 });
    const twice = play(once, { type: 'refreshed', sheet: smallSheet({ marks: { '0 tx1': score(90), '1 tx1': score(70) } }) });
    expect(twice.changedByOthers).toEqual({ 'e1 tx1': 2 });
    expect(play(twice, { type: 'refreshed', sheet: smallSheet({ marks: { '0 tx1': score(90), '1 tx1': score(70) } }) }).changedByOthers).toBe(twice.changedByOthers);
  });

  test('stays with the pupil when the list changed', () => {
    const standing = play(smallGrid(), at(3, 1));
    const sheet = smallSheet();
    const state = play(standing, { type: 'refreshed', sheet: { ...sheet, rows: sheet.rows.slice(2) } });
    expect(state.active).toEqual({ row: 1, column: 1 });
    const gone = play(standing, { type: 'refreshed', sheet: { ...sheet, rows: sheet.rows.slice(0, 2) } });
    expect(gone.active).toEqual({ row: 1, column: 1 });
  });

  test('locked meanwhile, it ends the editing', () => {
    const state = play(smallGrid(), ...typing('9'), { type: 'refreshed', sheet: smallSheet({ mayEdit: false }) });
    expect(state.editing).toBeNull();
    expect(state.mayEdit).toBe(false);
  });
});

test('a locked sheet takes nothing, whatever is tried', () => {
  const locked = smallGrid({ mayEdit: false, marks: { '0 gk': score(80) } });
  const tried = play(
    locked, ...typing('9'), go('down'), at(0, 2), { type: 'edit' }, { type: 'clear' }, { type: 'fillDown' }, { type: 'paste', block: [['9', 'x']] },
    { type: 'zeroByRule', reason: 'vắng' }, { type: 'undo' }, { type: 'redo' },
  );
  expect(tried.unsaved).toEqual([]);
  expect(tried.faulty).toEqual({});
  expect(tried.editing).toBeNull();
});

test('a class without pupils can be walked and written in without harm', () => {
  const empty = smallGrid({ pupils: 0 });
  const tried = play(empty, go('down'), go('last'), ...typing('9'), { type: 'commit' }, { type: 'clear' }, { type: 'fillDown' }, { type: 'paste', block: [['9']] }, { type: 'undo' }, { type: 'selectAll' });
  expect(tried.unsaved).toEqual([]);
  expect(tried.faulty).toEqual({});
  expect(tried.active.row).toBe(0);
});
