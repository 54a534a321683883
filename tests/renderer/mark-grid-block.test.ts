import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockText, parseBlock, planPaste } from '../../renderer/grades/mark-grid-block.ts';
import { reduceMarkGrid } from '../../renderer/grades/mark-grid-reducer.ts';
import type { MarkGridState } from '../../renderer/grades/mark-grid-state.ts';
import { nothing, score, smallGrid } from './small-sheet.ts';

function select(state: MarkGridState, from: [number, number], to: [number, number]): MarkGridState {
  const standing = reduceMarkGrid(state, { type: 'stand', at: { row: from[0], column: from[1] }, extend: false });
  return reduceMarkGrid(standing, { type: 'stand', at: { row: to[0], column: to[1] }, extend: true });
}

describe('what a spreadsheet puts on the clipboard', () => {
  test.each([
    ['8\t9\r\n7\t6\r\n', [['8', '9'], ['7', '6']]],
    ['8\t9\n7\t6', [['8', '9'], ['7', '6']]],
    ['8,5', [['8,5']]],
    ['', []],
    ['\t\r\n', [['', '']]],
    ['8\t\r\n\t9\r\n', [['8', ''], ['', '9']]],
    ['8\r\n\r\n9\r\n', [['8'], [''], ['9']]],
    ['"hai\ndòng"\t9\r\n', [['hai\ndòng', '9']]],
    ['"nói ""vâng"""\t9', [['nói "vâng"', '9']]],
    ['5" ống\t9', [['5" ống', '9']]],
    ['8\r7\r', [['8'], ['7']]],
  ])('%j is read as %j', (clipboard, block) => {
    expect(parseBlock(clipboard)).toEqual(block);
  });

  test('any block of plain cells survives the way through the clipboard', () => {
    const cell = fc.string({ maxLength: 5 }).filter(words => !/[\t\r\n"]/.test(words));
    const block = fc.integer({ min: 1, max: 5 }).chain(width => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
    fc.assert(fc.property(block, rows => {
      const clipboard = `${rows.map(row => row.join('\t')).join('\r\n')}\r\n`;
      expect(parseBlock(clipboard)).toEqual(rows);
    }));
  });
});

test('a copied selection is read by Excel as rows and columns, with the comma of the paper', () => {
  const state = select(smallGrid({ marks: { '0 tx1': score(85), '0 tx2': score(100), '1 tx1': score(70) } }), [0, 0], [1, 1]);
  expect(blockText(state)).toBe('8,5\t10\r\n7\t\r\n');
});

describe('where a block lands', () => {
  test('on one cell it starts there; nothing needs a look while the cells are empty', () => {
    const plan = planPaste(select(smallGrid(), [1, 1], [1, 1]), [['8', '9'], ['7', '6']]);
    expect(plan).toMatchObject({ range: { top: 1, bottom: 2, left: 1, right: 2 }, outside: 0, overwritten: 0, needsLook: false });
    expect(plan.cells.map(cell => [cell.enrolmentId, cell.column, cell.after])).toEqual([
      ['e1', 'tx2', score(80)], ['e1', 'gk', score(90)], ['e2', 'tx2', score(70)], ['e2', 'gk', score(60)],
    ]);
  });

  test('filled cells beyond the selection ask for a look first', () => {
    const state = select(smallGrid({ marks: { '1 tx1': score(50) } }), [0, 0], [0, 0]);
    expect(planPaste(state, [['8'], ['7']])).toMatchObject({ overwritten: 1, needsLook: true });
    expect(planPaste(state, [['8'], ['5']])).toMatchObject({ overwritten: 0, needsLook: false });
  });

  test('filled cells within the selection were chosen by the person', () => {
    const state = select(smallGrid({ marks: { '0 tx1': score(50), '1 tx1': score(50) } }), [0, 0], [1, 0]);
    expect(planPaste(state, [['8'], ['7']])).toMatchObject({ overwritten: 0, needsLook: false });
  });

  test('one copied cell fills the whole selection', () => {
    const plan = planPaste(select(smallGrid(), [0, 0], [2, 1]), [['9']]);
    expect(plan.cells).toHaveLength(6);
    expect(plan.needsLook).toBe(false);
  });

  test('a row repeats down a selection that is a whole number of rows', () => {
    const plan = planPaste(select(smallGrid(), [0, 0], [2, 1]), [['9', '8']]);
    expect(plan.cells.map(cell => cell.words)).toEqual(['9', '8', '9', '8', '9', '8']);
  });

  test('sizes that do not fit each other ask for a look', () => {
    expect(planPaste(select(smallGrid(), [0, 0], [2, 0]), [['9'], ['8']])).toMatchObject({ needsLook: true, range: { top: 0, bottom: 1, left: 0, right: 0 } });
    expect(planPaste(select(smallGrid(), [0, 0], [1, 1]), [['9', '8', '7']]).needsLook).toBe(true);
  });

  test('what falls below or right of the sheet is counted and left out', () => {
    const plan = planPaste(select(smallGrid(), [5, 3], [5, 3]), [['9', '8'], ['7', '6']]);
    expect(plan).toMatchObject({ outside: 3, needsLook: true, range: { top: 5, bottom: 5, left: 3, right: 3 } });
    expect(plan.cells).toHaveLength(1);
  });

  test('rows of unequal length are filled up with empty cells', () => {
    const plan = planPaste(select(smallGrid({ marks: { '1 tx2': score(40) } }), [0, 0], [1, 1]), [['9', '8'], ['7']]);
    expect(plan.cells.at(-1)).toMatchObject({ enrolmentId: 'e1', column: 'tx2', before: score(40), after: nothing });
  });

  test('words that are no marks are listed with their fault', () => {
    const plan = planPaste(smallGrid(), [['8,55']]);
    expect(plan.cells).toMatchObject([{ words: '8,55', after: null, fault: 'decimals' }]);
  });

  test('a 0 by rule pasted over itself keeps its reason', () => {
    const state = smallGrid({ marks: { '0 gk': { state: 'zeroByRule', reason: 'bỏ kiểm tra' } } });
    const standing = select(state, [0, 2], [0, 2]);
    expect(planPaste(standing, parseBlock(blockText(standing))).cells).toEqual([]);
  });
});

test('a selection pasted over itself changes nothing', () => {
  const mark = fc.oneof(fc.constant(nothing), fc.integer({ min: 0, max: 100 }).map(score));
  const corner = fc.record({ row: fc.integer({ min: 0, max: 5 }), column: fc.integer({ min: 0, max: 3 }) });
  fc.assert(fc.property(fc.array(mark, { minLength: 24, maxLength: 24 }), corner, corner, (marks, from, to) => {
    const columns = ['tx1', 'tx2', 'gk', 'ck'];
    const state = smallGrid({ marks: Object.fromEntries(marks.map((value, index) => [`${Math.floor(index / 4)} ${columns[index % 4] ?? ''}`, value])) });
    const selected = select(state, [from.row, from.column], [to.row, to.column]);
    const plan = planPaste(selected, parseBlock(blockText(selected)));
    expect(plan.cells).toEqual([]);
    expect(plan.needsLook).toBe(false);
  }));
});
