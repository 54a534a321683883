import { describe, expect, test } from 'vitest';
import { ageIn, cameBy, entryOf, isMinority, statusOn } from '../../main/reports/report-rules.ts';
import { distributionOf } from '../../main/reports/distribution.ts';

describe('where a pupil stands on the day of reference', () => {
  const enrolment = (status: 'studying' | 'transferredIn' | 'transferredOut' | 'left', on = '2025-11-10') => ({ status, status_on: on });
  test('who dropped out in November was studying in September', () => {
    expect(statusOn(enrolment('left'), [], '2025-09-30')?.status).toBe('studying');
    expect(statusOn(enrolment('left'), [], '2025-11-10')?.status).toBe('left');
  });
  test('who transferred in in November was not there in September', () => {
    expect(statusOn(enrolment('transferredIn'), [], '2025-09-30')).toBeNull();
    expect(statusOn(enrolment('transferredIn'), [], '2025-12-01')?.status).toBe('transferredIn');
  });
  test('a history is followed day by day: came in October, left in March', () => {
    const history = [{ status: 'transferredIn' as const, from: '2025-10-01', reason: '' }, { status: 'left' as const, from: '2026-03-01', reason: 'Hoàn cảnh khó khăn' }];
    const days = ['2025-09-30', '2025-10-01', '2026-02-28', '2026-03-01'].map(day => statusOn(enrolment('left', '2026-03-01'), history, day)?.status ?? null);
    expect(days).toEqual([null, 'transferredIn', 'transferredIn', 'left']);
    expect(statusOn(enrolment('left'), history, '2026-05-01')?.reason).toBe('Hoàn cảnh khó khăn');
    expect(cameBy(enrolment('left'), history, '2026-05-01')).toBe(true);
    expect(cameBy(enrolment('left'), history, '2025-09-30')).toBe(false);
  });
});

test('a pupil is newly admitted in grades 1, 6 and 10 unless he repeats', () => {
  expect([1, 2, 6, 9, 10, 12].map(grade => entryOf(grade, false))).toEqual(['new', 'other', 'new', 'other', 'new', 'other']);
  expect(entryOf(6, true)).toBe('repeat');
});

test('age goes by the year of birth, minority leaves out Kinh, foreigners and what is not recorded', () => {
  expect(ageIn('2025-2026', '2014-12-31')).toBe(11);
  expect(ageIn('2025-2026', '2014')).toBe(11);
  expect(ageIn('2025-2026', '')).toBeNull();
  expect(['Kinh', 'Tày', '', 'Người nước ngoài'].map(isMinority)).toEqual([false, true, false, false]);
});

test('marks fall into whole marks and into the levels of the circular: 8,0 and 6,5 belong to the upper one', () => {
  const marks = [0, 34, 35, 49, 50, 64, 65, 79, 80, 100].map(tenths => ({ tenths, level: null, count: 1 }));
  const { wholes, levels } = distributionOf(marks);
  expect(wholes).toEqual([1, 0, 0, 2, 1, 1, 2, 1, 1, 0, 1]);
  expect(levels).toEqual([{ key: 'from80', count: 2 }, { key: 'from65', count: 2 }, { key: 'from50', count: 2 }, { key: 'from35', count: 2 }, { key: 'from0', count: 2 }]);
  expect(distributionOf([{ tenths: null, level: 'CD', count: 3 }, { tenths: null, level: 'D', count: 20 }])).toEqual({ wholes: [], levels: [{ key: 'D', count: 20 }, { key: 'CD', count: 3 }] });
});
