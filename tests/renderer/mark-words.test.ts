import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarkValue } from '../../preload/contract/grades.ts';
import { formatMark, parseMark, sameMark } from '../../renderer/grades/mark-words.ts';
import { level, nothing, score } from './small-sheet.ts';

const typed = { twoDigits: true };
const pasted = { twoDigits: false };

describe('a score subject', () => {
  test.each([
    ['8,5', 85], ['8.5', 85], ['8', 80], ['0', 0], ['10', 100], ['10,0', 100], ['0,5', 5], [' 7 ', 70], ['8,50', 85], ['6.0', 60],
  ])('%s is %i tenths', (words, tenths) => {
    expect(parseMark('score', words, typed)).toEqual({ ok: true, value: score(tenths) });
    expect(parseMark('score', words, pasted)).toEqual({ ok: true, value: score(tenths) });
  });

  test('two typed digits above ten are tenths, and 10 stays ten', () => {
    expect(parseMark('score', '75', typed)).toEqual({ ok: true, value: score(75) });
    expect(parseMark('score', '11', typed)).toEqual({ ok: true, value: score(11) });
    expect(parseMark('score', '99', typed)).toEqual({ ok: true, value: score(99) });
    expect(parseMark('score', '10', typed)).toEqual({ ok: true, value: score(100) });
  });

  test('the same digits in a pasted block are a mistake of the workbook, not a shorthand', () => {
    expect(parseMark('score', '75', pasted)).toEqual({ ok: false, fault: 'aboveTen' });
  });

  test.each([
    ['10,5', 'aboveTen'], ['11,0', 'aboveTen'], ['100', 'aboveTen'], ['75,5', 'aboveTen'],
    ['8,55', 'decimals'], ['7.25', 'decimals'], ['05', 'leadingZero'], ['00', 'leadingZero'],
    ['abc', 'notANumber'], ['8,', 'notANumber'], [',5', 'notANumber'], ['-1', 'notANumber'], ['8 5', 'notANumber'], ['1e1', 'notANumber'], ['8,5,', 'notANumber'],
    ['Đ', 'levelInScore'], ['cđ', 'levelInScore'],
  ])('%s is refused as %s, never guessed at', (words, fault) => {
    expect(parseMark('score', words, typed)).toEqual({ ok: false, fault });
  });
});

describe('a comment subject', () => {
  test.each([['Đ', 'D'], ['đ', 'D'], ['D', 'D'], ['d', 'D'], ['Đạt', 'D'], ['dd', 'D'], ['CĐ', 'CD'], ['cđ', 'CD'], ['c', 'CD'], ['CD', 'CD'], ['Chưa đạt', 'CD']] as const)('%s is %s', (words, wanted) => {
    expect(parseMark('comment', words, typed)).toEqual({ ok: true, value: level(wanted) });
  });
  test.each([['8', 'scoreInComment'], ['8,5', 'scoreInComment'], ['tốt', 'notALevel'], ['đc', 'notALevel']])('%s is refused as %s', (words, fault) => {
    expect(parseMark('comment', words, typed)).toEqual({ ok: false, fault });
  });
  test('letters typed decomposed are the same letters', () => {
    expect(parseMark('comment', 'Đạt'.normalize('NFD'), typed)).toEqual({ ok: true, value: level('D') });
  });
});

test('nothing typed is the empty cell in both kinds', () => {
  expect(parseMark('score', '  ', typed)).toEqual({ ok: true, value: nothing });
  expect(parseMark('comment', '', typed)).toEqual({ ok: true, value: nothing });
});

test('a mark is shown as in a mark book', () => {
  expect([score(85), score(80), score(100), score(0), nothing].map(mark => formatMark(mark, 'score'))).toEqual(['8,5', '8', '10', '0', '']);
  expect([level('D'), level('CD')].map(mark => formatMark(mark, 'comment'))).toEqual(['Đ', 'CĐ']);
  const byRule: MarkValue = { state: 'zeroByRule', reason: 'bỏ kiểm tra' };
  expect(formatMark(byRule, 'score')).toBe('0');
  expect(formatMark(byRule, 'comment')).toBe('CĐ');
});

test('every mark reads back from what is shown', () => {
  for (let tenths = 0; tenths <= 100; tenths++) {
    for (const options of [typed, pasted]) expect(parseMark('score', formatMark(score(tenths), 'score'), options)).toEqual({ ok: true, value: score(tenths) });
  }
  for (const of of ['D', 'CD'] as const) expect(parseMark('comment', formatMark(level(of), 'comment'), typed)).toEqual({ ok: true, value: level(of) });
});

test('whatever is typed, a score is between 0 and 10 with at most one decimal, or a named fault', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 6 }), fc.stringMatching(/^\d{0,3}[.,]?\d{0,3}$/)), fc.boolean(), (words, twoDigits) => {
    const parsed = parseMark('score', words, { twoDigits });
    if (!parsed.ok || parsed.value.state === 'empty') return;
    expect(parsed.value.state).toBe('score');
    const { tenths } = parsed.value as { tenths: number };
    expect(Number.isInteger(tenths) && tenths >= 0 && tenths <= 100).toBe(true);
  }));
});

test('two zeros by rule are the same only with the same reason', () => {
  expect(sameMark({ state: 'zeroByRule', reason: 'a' }, { state: 'zeroByRule', reason: 'a' })).toBe(true);
  expect(sameMark({ state: 'zeroByRule', reason: 'a' }, { state: 'zeroByRule', reason: 'b' })).toBe(false);
  expect(sameMark({ state: 'zeroByRule', reason: 'a' }, score(0))).toBe(false);
  expect(sameMark(nothing, score(0))).toBe(false);
  expect(sameMark(level('D'), level('CD'))).toBe(false);
});
