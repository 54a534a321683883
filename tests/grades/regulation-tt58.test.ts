import { describe, expect, test } from 'vitest';
import { termAverageWithPeriodic } from '../../main/grades/rules/subject-results.ts';
import { tenthsOf } from '../../main/grades/rules/tenths.ts';
import { learningLevel58, subjectsAverage, title58 } from '../../main/grades/rules/tt58-2011.ts';
import vectors from './test-vectors.json' with { type: 'json' };
import { answerTo, pupil58, steady, subjectsOf, times } from './pupil-lines.ts';

/** The worked examples of TT 58/2011 and TT 26/2020, each test named after its row. */

const tenths = (mark: number): number => tenthsOf(mark) ?? Number.NaN;
const averageOf = (ongoing: number[], periodic: number[], final: number): number | null =>
  termAverageWithPeriodic(ongoing.map(tenths), periodic.map(tenths), tenths(final));

type Row = (typeof vectors.tt58.hoc_luc)[number];

// B6 is the case on which the circular is silent: the level stays KEM and a person decides.
const expected = (written: string): string => ({ 'Tb': 'TB', '?': 'KEM' })[written] ?? written;

const year = (subjects: Record<string, unknown>[], conductYear: string, absences = 0) =>
  answerTo(pupil58('TT58-2011', subjects, { conduct: [conductYear, conductYear], conductYear, absences }));

const standings = (row: Row, cores: readonly string[]) => [
  ...Object.entries(row.avgs).map(([name, mark]) => ({ value: tenths(mark), core: cores.includes(name) })),
  ...times(row.nx_cd, { value: 'CD' as const, core: false }),
  { value: 'D' as const, core: false },
];

describe('TT58 Đ10–11: averages', () => {
  test('A1 is 7.0', () => expect(averageOf([7, 8, 6], [7.5, 6.5], 7)).toBe(70));
  test('A2 is 8.2', () => expect(averageOf([8, 9, 7, 8], [8, 7.5, 9], 8.5)).toBe(82));
  test('A3 is 5.0', () => expect(averageOf([5, 6], [4.5], 5)).toBe(50));
  test('A4 with a 0 by rule is 5.3', () => expect(averageOf([0, 6, 7], [6, 5], 6)).toBe(53));
  test('A5: the mean of the subjects is 6.8', () => expect(subjectsAverage([65, 70, 81, 54])?.value).toBe(68));
});

describe('TT58 Đ13: học lực', () => {
  test.each(vectors.tt58.hoc_luc)('$id has the average $dtb', (row) => {
    expect(learningLevel58(standings(row, []))?.average.value).toBe(tenths(Number(row.dtb)));
  });
  test.each(vectors.tt58.hoc_luc)('$id under TT58 is $tt58', (row) => {
    expect(learningLevel58(standings(row, ['Toán', 'Văn']))?.level).toBe(expected(row.tt58));
  });
  test.each(vectors.tt58.hoc_luc)('$id under TT26 is $tt26', (row) => {
    expect(learningLevel58(standings(row, ['Toán', 'Văn', 'NN']))?.level).toBe(expected(row.tt26));
  });

  test('B6 through the command: KEM, with no-rule', () => {
    const answer = answerTo(pupil58('TT58-2011', subjectsOf([...times(10, 9), 1.9])));
    expect(answer).toMatchObject({ averageYear: 8.4, learningYear: 'KEM', promotion: 'repeat', flags: ['no-rule'] });
  });
  test('B4 through the command: K, adjusted', () => {
    const answer = answerTo(pupil58('TT26-2020', subjectsOf([9, 9, 9, 9, 9, 8.5, 8.5, 8.5, 9, 9, 4.9])));
    expect(answer).toMatchObject({ averageYear: 8.5, learningYear: 'K', flags: ['adjusted'] });
  });
});

describe('TT58 Đ15–18: titles and promotion', () => {
  const good = subjectsOf(times(10, 8.5));
  const fair = subjectsOf(times(10, 7));
  const average = subjectsOf(times(10, 5.5));
  const weak = subjectsOf(times(10, 4));
  const very = subjectsOf(times(10, 3));

  test('C1: Giỏi and Tốt', () => expect(year(good, 'T')).toMatchObject({ learningYear: 'G', titleYear: 'G', promotion: 'promoted' }));
  test('C2: Giỏi and Khá', () => expect(year(good, 'K')).toMatchObject({ titles: ['TT', 'TT'], titleYear: 'TT' }));
  test('C3: Khá and Khá', () => expect(year(fair, 'K')).toMatchObject({ learningYear: 'K', titleYear: 'TT' }));
  test('C4: Trung bình, 45 absences', () => expect(year(average, 'T', 45)).toMatchObject({ titleYear: null, promotion: 'promoted' }));
  test('C5: Trung bình, 46 absences', () => expect(year(average, 'T', 46)).toMatchObject({ promotion: 'repeat', flags: [] }));
  test('C6: Yếu with conduct Trung bình', () => expect(year(weak, 'TB')).toMatchObject({ learningYear: 'Y', promotion: 'reassess' }));
  test('C7: Yếu and Yếu', () => expect(year(weak, 'Y')).toMatchObject({ promotion: 'repeat' }));
  test('C8: Kém', () => expect(year(very, 'T')).toMatchObject({ learningYear: 'KEM', promotion: 'repeat' }));
  test('C9: conduct Yếu', () => expect(year(average, 'Y')).toMatchObject({ promotion: 'summer-training' }));

  test('C8 has no re-assessment: one that was held is not counted', () => {
    const answer = year([...very, steady('X', 3, { reassessed: 9 })], 'T');
    expect(answer).toMatchObject({ promotion: 'repeat', flags: ['ignored:X'] });
  });
  test('a title needs both levels', () => {
    expect(title58(null, 'T')).toBeNull();
    expect(title58('G', null)).toBeNull();
    expect(title58('G', 'TB')).toBeNull();
    expect(title58('TB', 'T')).toBeNull();
  });
});
