import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AGAIN_AFTER, ChangeGatherer, SUMMED_UP_AFTER, TOGETHER, concerns } from '../../renderer/app/changes.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function listen() {
  const told: string[] = [];
  const gatherer = new ChangeGatherer({
    reread: (feature, keys) => { told.push(`${feature} ${[...keys].join(',')}`.trim()); },
    markStale: feature => { told.push(`stale ${feature}`); },
  });
  return { gatherer, told };
}

test('the many changes of one act are passed on as one', () => {
  const { gatherer, told } = listen();
  gatherer.note({ feature: 'sync', keys: ['1'] });
  gatherer.note({ feature: 'sync', keys: ['2'] });
  expect(told).toEqual([]);
  vi.advanceTimersByTime(TOGETHER);
  expect(told).toEqual(['sync 1,2', 'stale home']);
});

test('while someone types, the sheet is read again now and then, and what sums it up more rarely', () => {
  const { gatherer, told } = listen();
  for (let second = 0; second < 9; second += 0.5) {
    gatherer.note({ feature: 'grades', keys: ['s1'] });
    vi.advanceTimersByTime(500);
  }
  expect(told.filter(one => one === 'grades s1').length).toBeLessThanOrEqual(9_000 / AGAIN_AFTER + 1);
  expect(told.filter(one => one === 'home')).toHaveLength(0);
  vi.advanceTimersByTime(SUMMED_UP_AFTER);
  expect(told.filter(one => one === 'home')).toHaveLength(1);
  const before = told.length;
  vi.advanceTimersByTime(SUMMED_UP_AFTER * 3);
  expect(told).toHaveLength(before);
});

test('signed out, nothing is passed on', () => {
  const { gatherer, told } = listen();
  gatherer.note({ feature: 'grades', keys: ['s1'] });
  gatherer.stop();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});

test('an open sheet is not read again for another sheet', () => {
  expect(concerns('grades.openSheet', { sheetId: 's1' }, new Set(['s1', 's2']))).toBe(true);
  expect(concerns('grades.openSheet', { sheetId: 's1' }, new Set(['s2']))).toBe(false);
  expect(concerns('grades.openSheet', { sheetId: 's1' }, new Set())).toBe(true);
  expect(concerns('grades.openTermRecords', { classId: 'c1' }, new Set(['s2']))).toBe(true);
  expect(concerns('sync.status', undefined, new Set(['1']))).toBe(true);
});
