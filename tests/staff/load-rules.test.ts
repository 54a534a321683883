import { describe, expect, test } from 'vitest';
import { loadOf, tenthsOf, type LoadFacts } from '../../main/staff/load-rules.ts';
import { nextClassName } from '../../main/staff/teaching-copy.ts';
import { finderOf } from '../../main/staff/teaching-paste.ts';

const norms = { weeks: 35, teacher: { 'tieu-hoc': 230, thcs: 190, thpt: 170 }, homeroom: { 'tieu-hoc': 40, thcs: 40, thpt: 45 }, principal: 20, vicePrincipal: 40, duties: [] };
const facts = (given: Partial<LoadFacts>): LoadFacts => ({ job: 'teacher', ownNorm: null, lessons: [], homeroomGrades: [], posts: [], ...given });
const maths = (grade: number) => ({ grade, periods: 140 });

describe('the lessons of a teacher', () => {
  test('four lessons a week in three classes, a homeroom and a duty of three lessons are 19', () => {
    expect(loadOf(facts({ lessons: [maths(6), maths(6), maths(7)], homeroomGrades: [6], posts: [{ periods: 30 }] }), norms))
      .toEqual({ lessons: 120, reduced: 70, total: 190, norm: 190, state: 'fit' });
  });

  test('lessons are summed over the year before they are divided: 52 in each of five classes is 7,4 a week, not 5 × 1,5', () => {
    expect(loadOf(facts({ lessons: Array.from({ length: 5 }, () => ({ grade: 6, periods: 52 })) }), norms).lessons).toBe(74);
  });

  test('one lesson too many or too few is told', () => {
    expect(loadOf(facts({ lessons: [{ grade: 6, periods: 35 * 20 }] }), norms).state).toBe('over');
    expect(loadOf(facts({ lessons: [{ grade: 6, periods: 35 * 18 }] }), norms).state).toBe('under');
  });

  test('the norm follows the post, the level of most lessons, the higher level of two equal, or what the school set for one person', () => {
    expect(loadOf(facts({ job: 'principal' }), norms).norm).toBe(20);
    expect(loadOf(facts({ job: 'officer', lessons: [maths(6)] }), norms)).toMatchObject({ norm: null, state: 'unknown' });
    expect(loadOf(facts({ lessons: [maths(6), maths(6), maths(10)] }), norms).norm).toBe(190);
    expect(loadOf(facts({ lessons: [maths(6), maths(10)] }), norms).norm).toBe(170);
    expect(loadOf(facts({ homeroomGrades: [1] }), norms).norm).toBe(230);
    expect(loadOf(facts({ lessons: [maths(6)], ownNorm: 105 }), norms)).toMatchObject({ norm: 105, state: 'under' });
    expect([tenthsOf('18,5'), tenthsOf('19'), tenthsOf(''), tenthsOf('x')]).toEqual([185, 190, null, null]);
  });
});

test('a class a year later', () => {
  expect([nextClassName('6A', 6), nextClassName('9A1', 9), nextClassName('10A1', 10), nextClassName('Lá', 1)]).toEqual(['7A', '10A1', '11A1', null]);
});

test('a teacher is found by code, full name with or without marks, or a last name that only one has', () => {
  const find = finderOf([
    { id: '1', code: 'GV01', name: 'Lò Thị Hoa' }, { id: '2', code: 'GV02', name: 'Nguyễn Văn Hoà' }, { id: '3', code: 'GV03', name: 'Trần Thu Lan' }, { id: '4', code: 'GV04', name: 'Vũ Ngọc Lan' },
  ]);
  const id = (words: string) => { const found = find(words); return typeof found === 'string' ? found : found.id; };
  expect(id('gv02')).toBe('2');
  expect(id('Lo Thi Hoa')).toBe('1');
  // "Hoa" is one with its marks; "hoa" without any could be both only if nobody had exactly that.
  expect(id('Hoa')).toBe('1');
  expect(id('Hoà'.normalize('NFD'))).toBe('2');
  expect(id('Lan')).toBe('teachers');
  expect(id('Thu Lan')).toBe('3');
  expect(id('Bình')).toBe('teacher');
});
