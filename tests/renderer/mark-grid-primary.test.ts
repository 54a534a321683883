import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarkColumn, MarkLevel, MarkValue } from '../../preload/contract/grades.ts';
import { blockText, parseBlock } from '../../renderer/grades/mark-grid-block.ts';
import { reduceMarkGrid } from '../../renderer/grades/mark-grid-reducer.ts';
import type { MarkGridAction } from '../../renderer/grades/mark-grid-reducer.ts';
import { markAt } from '../../renderer/grades/mark-grid-state.ts';
import type { MarkGridState } from '../../renderer/grades/mark-grid-state.ts';
import { computedIn } from '../../renderer/grades/MarkGridHead.tsx';
import { formatMark, parseMark, wayOf } from '../../renderer/grades/mark-words.ts';
import { filterSheets, periodName, pointOf, siblings } from '../../renderer/grades/sheet-tree.ts';
import { nothing, score, smallGrid, smallSheet } from './small-sheet.ts';

const typed = { twoDigits: true };
const of = (level: MarkLevel): MarkValue => ({ state: 'level', level });
const traitColumns: MarkColumn[] = ['pc1', 'pc2', 'nl1'];

function play(state: MarkGridState, ...actions: MarkGridAction[]): MarkGridState {
  return actions.reduce((now, action) => reduceMarkGrid(now, action), state);
}
const write = (row: number, column: number, words: string): MarkGridAction[] =>
  [{ type: 'stand', at: { row, column }, extend: false }, { type: 'overwrite', words }, { type: 'commit' }];

describe('a primary subject takes its level by one letter', () => {
  test.each([['t', 'T'], ['T', 'T'], ['h', 'H'], ['c', 'C'], ['Hoàn thành tốt', 'T'], ['hoàn thành', 'H'], ['CHT', 'C']] as const)('%s is %s', (words, level) => {
    expect(parseMark('primary', words, typed)).toEqual({ ok: true, value: of(level) });
  });
  test.each(['Đ', 'd', '8', 'k', 'constructor'])('%s is told with the letters there are', words => {
    expect(parseMark('primary', words, typed)).toEqual({ ok: false, fault: 'notPrimaryLevel' });
  });
});

describe('qualities and competences take T, Đ, C', () => {
  test.each([['t', 'T'], ['đ', 'D'], ['d', 'D'], ['c', 'C'], ['Đạt', 'D'], ['cần cố gắng', 'C']] as const)('%s is %s', (words, level) => {
    expect(parseMark('traits', words, typed)).toEqual({ ok: true, value: of(level) });
  });
  test.each(['h', '9', 'cđ'])('%s is refused', words => { expect(parseMark('traits', words, typed)).toEqual({ ok: false, fault: 'notTraitLevel' }); });
});

describe('a periodic test is a whole mark', () => {
  test.each([['8', 80], ['10', 100], ['0', 0], ['9,0', 90]])('%s is %i tenths', (words, tenths) => { expect(parseMark('test', words, typed)).toEqual({ ok: true, value: score(tenths) }); });
  test.each([['8,5', 'notWhole'], ['7.25', 'notWhole'], ['75', 'aboveTen'], ['11', 'aboveTen'], ['T', 'levelInTest'], ['05', 'leadingZero'], ['abc', 'notANumber']])(
    '%s is refused as %s, even with two digits meaning tenths elsewhere', (words, fault) => { expect(parseMark('test', words, typed)).toEqual({ ok: false, fault }); },
  );
  test('only the test column of a primary sheet is one', () => {
    expect([wayOf('primary', 'kt'), wayOf('primary', 'muc'), wayOf('traits', 'pc1'), wayOf('score', 'ck')]).toEqual(['test', 'primary', 'traits', 'score']);
  });
});

describe('the grid of a primary sheet', () => {
  test('level and test stand side by side, each with its own words', () => {
    const state = play(smallGrid({ kind: 'primary', columns: ['muc', 'kt'] }), ...write(0, 0, 't'), ...write(0, 1, '9'), ...write(1, 0, '9'), ...write(1, 1, '8,5'));
    expect([markAt(state, { row: 0, column: 0 }), markAt(state, { row: 0, column: 1 })]).toEqual([of('T'), score(90)]);
    expect(Object.values(state.faulty).map(cell => [cell.column, cell.words, cell.fault])).toEqual([['muc', '9', 'notPrimaryLevel'], ['kt', '8,5', 'notWhole']]);
    expect(state.unsaved.flatMap(batch => batch.changes)).toHaveLength(2);
  });

  test('a block from a spreadsheet lands in both columns, and undo takes it back', () => {
    const empty = smallGrid({ kind: 'primary', columns: ['muc', 'kt'] });
    const state = play(empty, { type: 'paste', block: parseBlock('T\t10\nH\t7\nC\t4,5\n') });
    expect(blockText(state, { top: 0, bottom: 2, left: 0, right: 1 })).toBe('T\t10\r\nH\t7\r\nC\t\r\n');
    expect(Object.values(state.faulty).map(cell => cell.words)).toEqual(['4,5']);
    expect(markAt(play(state, { type: 'undo' }), { row: 0, column: 0 })).toEqual(nothing);
  });

  test('no 0 by rule and no average: TT 27/2020 knows neither', () => {
    const state = smallGrid({ kind: 'primary', columns: ['muc', 'kt'] });
    expect(play(state, { type: 'stand', at: { row: 0, column: 1 }, extend: false }, { type: 'zeroByRule', reason: 'vắng' }).unsaved).toEqual([]);
    expect([computedIn({ kind: 'primary', term: 2 }), computedIn({ kind: 'traits', term: 4 }), computedIn({ kind: 'score', term: 1 }), computedIn({ kind: 'comment', term: 2 })]).toEqual([0, 0, 1, 2]);
  });

  test('what is copied from levels and pasted back changes nothing, whatever the levels', () => {
    const marks = fc.array(fc.constantFrom(nothing, of('T'), of('D'), of('C')), { minLength: 18, maxLength: 18 });
    fc.assert(fc.property(marks, given => {
      const state = smallGrid({ kind: 'traits', columns: traitColumns, marks: Object.fromEntries(given.map((value, at) => [`${Math.floor(at / 3)} ${traitColumns[at % 3] ?? ''}`, value])) });
      const all = play(state, { type: 'selectAll' });
      expect(play(all, { type: 'paste', block: parseBlock(blockText(all)) }).unsaved).toEqual([]);
      for (const value of given) expect(parseMark('traits', formatMark(value, 'traits'), typed)).toEqual({ ok: true, value });
    }));
  });
});

describe('points of the year', () => {
  const at = (sheetId: string, kind: 'primary' | 'score', term: 1 | 2 | 3 | 4) => ({ ...smallSheet({ kind }), sheetId, term });
  const sheets = [at('p1', 'primary', 1), at('p2', 'primary', 2), at('p4', 'primary', 4), at('s1', 'score', 1), at('s2', 'score', 2)];

  test('are named as the regulation names them', () => {
    expect(([1, 2, 3, 4] as const).map(term => periodName({ kind: 'primary', term }))).toEqual(['Giữa học kì I', 'Cuối học kì I', 'Giữa học kì II', 'Cuối năm']);
    expect(periodName({ kind: 'score', term: 2 })).toBe('Học kì 2');
  });

  test('a secondary term stands at both points of its half', () => {
    const shown = (point: 1 | 2 | 3 | 4) => filterSheets(sheets, { point, words: '', teacher: null }).map(sheet => sheet.sheetId);
    expect([shown(1), shown(2), shown(3), shown(4)]).toEqual([['p1', 's1'], ['p2', 's1'], ['s2'], ['p4', 's2']]);
    expect([pointOf({ kind: 'score', term: 1 }), pointOf({ kind: 'score', term: 2 }), pointOf({ kind: 'traits', term: 3 })]).toEqual([2, 4, 3]);
  });

  test('one steps to every other point of the subject', () => {
    expect(siblings(sheets.filter(sheet => sheet.kind === 'primary'), 'p2').periods.map(sheet => sheet.sheetId)).toEqual(['p1', 'p2', 'p4']);
  });
});
