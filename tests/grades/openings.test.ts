import { describe, expect, test } from 'vitest';
import { readPupil } from '../../main/grades/assess-input.ts';
import type { Openings } from '../../main/grades/rules/assessment-types.ts';
import { assess22 } from '../../main/grades/rules/tt22-2021.ts';
import { assess58 } from '../../main/grades/rules/tt58-2011.ts';
import { pupil22, pupil58, steady, subjectsOf, times } from './pupil-lines.ts';

/** Where a circular is silent, what a person decided is carried to the end; and that it is silent stays said. */

function of22(line: unknown, openings: Openings) {
  const pupil = readPupil(line);
  if (pupil.ruleSet !== 'TT22-2021') throw new Error('not TT22');
  return assess22({ ...pupil, openings });
}
function of58(line: unknown, openings: Openings) {
  const pupil = readPupil(line);
  if (pupil.ruleSet !== 'TT58-2011') throw new Error('not TT58');
  return assess58({ ...pupil, openings });
}

describe('TT22', () => {
  test('E2 with an award: given or withheld, and said in both cases', () => {
    const line = pupil22(subjectsOf(times(8, 8)), { absences: 46 });
    expect(of22(line, {})).toMatchObject({ award: 'G', silent: ['award-despite-absences'] });
    expect(of22(line, { awardDespiteAbsences: 'none' })).toMatchObject({ award: null, silent: ['award-despite-absences'], decision: { promotion: 'repeat' } });
  });
  test('E8, both fail: training and re-assessment promote, unless it was decided that the year is repeated', () => {
    const scores = [5, 5, 5, 5, 5, 5];
    const line = pupil22([...subjectsOf(scores), steady('A', 4.5, { reassessed: 5 }), steady('B', 3, { reassessed: 5 })], { conduct: ['T', 'CD'], summerConduct: 'D' });
    expect(of22(line, {})).toMatchObject({ decision: { promotion: 'promoted' }, silent: ['conduct-and-learning-both-fail'] });
    expect(of22(line, { bothFail: 'repeat' })).toMatchObject({
      decision: { promotion: 'repeat', branch: 'learning-and-conduct-too-low' }, reassessed: false, silent: ['conduct-and-learning-both-fail'],
    });
  });
  test('an adjustment after the re-assessment is applied or not', () => {
    const line = pupil22([...subjectsOf([6.5, 6.5, 6.5, 6.5, 6.5, 6.5]), steady('A', 3, { reassessed: 6.5 }), steady('B', 3)]);
    expect(of22(line, {})).toMatchObject({ learningYear: { level: 'CD' }, learningFinal: { level: 'D' }, decision: { promotion: 'promoted' } });
    const without = of22(line, { adjustAfterReassessment: 'none' });
    expect(without).toMatchObject({ learningFinal: { level: 'CD', adjustment: null }, decision: { promotion: 'repeat' }, silent: ['adjusted-after-reassessment'] });
  });
});

describe('TT58', () => {
  test('B6, the average of Giỏi but Kém: the decision is Kém or Yếu, and Yếu may be tested again', () => {
    const line = pupil58('TT58-2011', subjectsOf([...times(10, 9), 1.9]));
    expect(of58(line, {})).toMatchObject({ learningYear: { level: 'KEM' }, decision: { promotion: 'repeat' } });
    expect(of58(line, { goodAverageKem: 'Y' })).toMatchObject({
      learningYear: { level: 'Y', unadjusted: 'KEM' }, decision: { promotion: 'reassess' }, silent: ['good-average-but-kem'],
    });
  });
  test('a title with 46 absences is withheld when that was decided', () => {
    const line = pupil58('TT58-2011', subjectsOf(times(8, 9)), { absences: 46 });
    expect(of58(line, {}).titleYear).toBe('G');
    expect(of58(line, { awardDespiteAbsences: 'none' }).titleYear).toBeNull();
  });
});

test('a pupil without results is promoted or not by the word of the principal, and by nothing else', () => {
  const line = pupil22([...subjectsOf(times(7, 8)), steady('X', 8, { terms: times(2, { ongoing: [null, null, null, null], mid: null, final: null }) })]);
  expect(of22(line, {}).decision).toEqual({ promotion: 'incomplete', branch: 'marks-missing' });
  expect(of22(line, { withoutResults: 'promoted' }).decision).toEqual({ promotion: 'promoted', branch: 'decided-without-results' });
  expect(of22(pupil22(subjectsOf(times(8, 3))), { withoutResults: 'promoted' }).decision.promotion).toBe('reassess');
});
