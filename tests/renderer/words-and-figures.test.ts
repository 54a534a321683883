import { describe, expect, test } from 'vitest';
import { formatBytes, formatDate, formatTenths, formatWhen, formatYear, parseDate, wholePercent } from '../../renderer/kit/formats.ts';
import { comparePupilNames, compareWords, fold, matches } from '../../renderer/kit/matching.ts';
import { workRate } from '../../renderer/kit/work-rate.ts';

test('a register\'s numbers have a comma and one decimal', () => {
  expect([85, 80, 100, 5, 0].map(tenths => formatTenths(tenths))).toEqual(['8,5', '8,0', '10,0', '0,5', '0,0']);
  expect(formatTenths(null)).toBe('');
});

test('a percentage is neither full before the end nor nothing after the start', () => {
  expect(wholePercent(0, 240)).toBe(0);
  expect(wholePercent(1, 240)).toBe(1);
  expect(wholePercent(239, 240)).toBe(99);
  expect(wholePercent(240, 240)).toBe(100);
  expect(wholePercent(0, 0)).toBe(0);
});

describe('dates', () => {
  test.each([['2011-09-05', '05/09/2011'], ['2011-09', '09/2011'], ['2011', '2011'], ['', '']])('%s is shown as %s', (iso, words) => {
    expect(formatDate(iso)).toBe(words);
  });
  test.each([
    ['05/09/2011', '2011-09-05'], ['5/9/2011', '2011-09-05'], ['5-9-2011', '2011-09-05'], ['5.9.2011', '2011-09-05'], [' 9/2011 ', '2011-09'], ['2011', '2011'],
    ['29/2/2012', '2012-02-29'], ['29/2/2011', null], ['31/4/2011', null], ['0/9/2011', null], ['5/13/2011', null], ['05/09/11', null], ['hôm qua', null], ['', null], ['1/2/3/2011', null],
  ])('%s is read as %s', (words, iso) => {
    expect(parseDate(words)).toBe(iso);
  });
  test('of today only the time is shown', () => {
    const now = new Date(2026, 10, 22, 14, 5);
    expect(formatWhen(new Date(2026, 10, 22, 8, 1).toISOString(), now)).toBe('08:01');
    expect(formatWhen(new Date(2026, 10, 21, 8, 1).toISOString(), now)).toBe('21/11/2026 08:01');
    expect(formatYear('2025-2026')).toBe('2025–2026');
  });
});

test('bytes in words', () => {
  expect([512, 1_536, 3_565_158].map(bytes => formatBytes(bytes))).toEqual(['512 B', '1,5 kB', '3,4 MB']);
});

describe('finding without accents', () => {
  test.each([
    ['Nguyễn Thị Ngữ', 'nguyen', true], ['Đặng Văn Đức', 'dang duc', true], ['Đặng Văn Đức', 'đức đặng', true], ['Nguyễn Thị Ngữ', 'NGỮ', true],
    ['Ngữ'.normalize('NFD'), 'Ngữ', true], ['Nguyễn Thị Ngữ', 'ngo', false], ['6A1', 'a1', true], ['Trần An', '', true],
  ])('"%s" and "%s": %s', (words, wanted, found) => {
    expect(matches(words, wanted)).toBe(found);
  });
  test('folding takes all the marks of the language away', () => {
    expect(fold('ƯỚC Ặm đỗ Huỳnh')).toBe('uoc am do huynh');
  });
});

test('pupils stand in the order of a class list: given name first', () => {
  const names = ['Trần Văn Bình', 'Nguyễn Thị An', 'Lê Đức Anh', 'Đỗ An', 'Lê Văn Bình'];
  expect(names.toSorted(comparePupilNames)).toEqual(['Đỗ An', 'Nguyễn Thị An', 'Lê Đức Anh', 'Lê Văn Bình', 'Trần Văn Bình']);
});

test('classes stand by their number', () => {
  expect(['6A10', '6A2', '10A1', '6A1'].toSorted(compareWords)).toEqual(['6A1', '6A2', '6A10', '10A1']);
});

test('rate and time left of a job', () => {
  const startedAt = '2026-11-22T08:00:00.000Z';
  const start = Date.parse(startedAt);
  expect(workRate({ startedAt, done: 0, total: 10 }, start + 5_000)).toEqual({ perSecond: 0, secondsLeft: null });
  expect(workRate({ startedAt, done: 20, total: 50 }, start + 10_000)).toEqual({ perSecond: 2, secondsLeft: 15 });
  expect(workRate({ startedAt, done: 50, total: 50 }, start + 10_000)).toEqual({ perSecond: 5, secondsLeft: 0 });
  expect(workRate({ startedAt, done: 5, total: 50 }, start - 1_000)).toEqual({ perSecond: 0, secondsLeft: null });
});
