import { describe, expect, test } from 'vitest';
import { answerTo, bent, pupil22, pupil58, steady, subjectsOf, times } from './pupil-lines.ts';
import type { Line } from './pupil-lines.ts';

/** What the command promises about secondary pupils, sentence by sentence. */

const flagsOf = (line: Line): string[] => answerTo(line).flags.toSorted();
const RULE_SETS_58 = ['TT58-2011', 'TT26-2020'] as const;
const fair22 = pupil22(subjectsOf(times(8, 7)));

const withOngoing = (kind: 'score' | 'comment', periodsPerYear: number, count: number): Line => {
  const value = kind === 'score' ? 7 : 'D';
  return steady('M', value, { periodsPerYear, terms: times(2, { ongoing: times(count, value), mid: value, final: value }) });
};

const state = (ruleSet: string, grade: number, subject: Line): string => {
  const line =
    ruleSet === 'TT22-2021'
      ? pupil22([subject, steady('C', 7)], { grade })
      : { ...pupil22([subject, steady('C', 7, { core: true })], { grade }), ruleSet, conductYear: 'T' };
  const answer = answerTo(line);
  if (answer.error) return `${answer.error.code} ${answer.error.path}`;
  return answer.subjects[0]?.terms[0] === null ? 'missing' : 'complete';
};

const yearOf = (line: Line) => answerTo(pupil22([line], { ruleSet: 'TT58-2011', conductYear: 'T' })).subjects[0]?.year;

const term58 = (ongoing: string[], periodic: string[], final: string) => {
  const subject = steady('N', 'D', { periodsPerYear: 35, terms: times(2, { ongoing, periodic, final }) });
  const core = steady('C', 7, { core: true, terms: times(2, { ongoing: times(4, 7), periodic: [], final: 7 }) });
  return answerTo(pupil22([subject, core], { ruleSet: 'TT58-2011', conductYear: 'T' })).subjects[0]?.terms[0];
};

const oneFailing = (reassessed: number | null) => pupil22([...subjectsOf(times(6, 5)), steady('L', 3, { reassessed })], { conduct: ['T', 'T'] });

const levels58 = (marks: readonly number[], comments: readonly ('D' | 'CD')[] = ['D']) =>
  answerTo(pupil58('TT58-2011', subjectsOf(marks, comments)));

describe('every field of the rule set is there', () => {
  const COMMON = ['id', 'subjects', 'learning', 'learningYear', 'learningFinal', 'conductYear', 'conductFinal', 'promotion', 'award', 'flags'];

  test('TT22', () => {
    expect(Object.keys(answerTo(fair22)).toSorted()).toEqual(COMMON.toSorted());
    const empty = bent(bent(fair22, ['conduct'], []), ['subjects', 0, 'terms', 0, 'ongoing'], []);
    expect(Object.keys(answerTo(empty)).toSorted()).toEqual(COMMON.toSorted());
  });
  test.each(RULE_SETS_58)('%s', (ruleSet) => {
    const fields = [...COMMON, 'average', 'averageYear', 'titles', 'titleYear'].toSorted();
    expect(Object.keys(answerTo(pupil58(ruleSet, subjectsOf(times(8, 7))))).toSorted()).toEqual(fields);
  });
  test('subjects keep the order of the input', () => {
    const codes = ['Z', 'A', '__proto__', 'constructor', 'M', 'conduct'];
    expect(answerTo(pupil22(codes.map((code) => steady(code, 7)))).subjects.map(({ code }) => code)).toEqual(codes);
  });
});

describe('missing marks', () => {
  test('a term with a mark missing is null, and so are the year and the final value', () => {
    const answer = answerTo(bent(fair22, ['subjects', 1, 'terms', 1, 'final'], null));
    expect(answer.subjects[1]).toEqual({ code: 'S1', terms: [7, null], year: null, final: null });
    expect(answer).toMatchObject({ learning: ['K', null], learningYear: null, learningFinal: null, promotion: 'incomplete' });
    expect(answer.flags).toEqual(['incomplete:S1:2']);
  });
  test('also where the outcome seems certain: a CĐ beside an empty entry, a term II that is complete', () => {
    const comment = bent(fair22, ['subjects', 8, 'terms', 0], { ongoing: ['CD'], mid: 'CD', final: 'CD' });
    expect(answerTo(comment).subjects[8]).toEqual({ code: 'N0', terms: [null, 'D'], year: null, final: null });
    expect(flagsOf(comment)).toEqual(['incomplete:N0:1']);
  });
  test('a shorter list of ongoing marks is one filled up with null', () => {
    const short = bent(fair22, ['subjects', 0, 'terms', 0, 'ongoing'], [7, 7, 7]);
    const padded = bent(fair22, ['subjects', 0, 'terms', 0, 'ongoing'], [7, 7, 7, null]);
    expect(answerTo(short)).toEqual(answerTo(padded));
  });
  test('a conduct level that is not given yet', () => {
    const answer = answerTo({ ...fair22, conduct: [null, 'T'] });
    expect(answer).toMatchObject({ conductYear: null, conductFinal: null, award: null, promotion: 'incomplete', learningYear: 'K' });
    expect(answer.flags).toEqual(['incomplete:conduct:1']);
    expect(answerTo({ ...fair22, conduct: ['T'] })).toEqual(answerTo({ ...fair22, conduct: ['T', null] }));
  });
  test('marks missing come before too many absences', () => {
    expect(answerTo({ ...fair22, conduct: ['T', null], absences: 99 })['promotion']).toBe('incomplete');
  });
  test.each(RULE_SETS_58)('%s: the average needs the scored subjects only, the level all of them', (ruleSet) => {
    const line = pupil58(ruleSet, subjectsOf(times(8, 7)));
    const noComment = answerTo(bent(line, ['subjects', 8, 'terms', 0, 'final'], null));
    expect(noComment).toMatchObject({ average: [7, 7], averageYear: 7, learning: [null, 'K'], learningYear: null, titles: [null, 'TT'] });
    const noScore = answerTo(bent(line, ['subjects', 2, 'terms', 0, 'final'], null));
    expect(noScore).toMatchObject({ average: [null, 7], averageYear: null, learningYear: null, titleYear: null });
  });
  test.each(RULE_SETS_58)('%s: the conduct of the year is given, whatever the terms are', (ruleSet) => {
    const line = pupil58(ruleSet, subjectsOf(times(8, 7)), { conduct: [null, null], conductYear: 'K' });
    expect(answerTo(line)).toMatchObject({ conductYear: 'K', titleYear: 'TT', titles: [null, null], promotion: 'incomplete' });
    expect(flagsOf(line)).toEqual(['incomplete:conduct:1', 'incomplete:conduct:2']);
    expect(flagsOf({ ...line, conduct: ['T', 'T'], conductYear: null })).toEqual(['incomplete:conduct:year']);
  });
});

describe('number of ongoing entries', () => {
  test.each([
    ['TT22-2021', 'score', 35, 2],
    ['TT22-2021', 'score', 36, 3],
    ['TT22-2021', 'score', 70, 3],
    ['TT22-2021', 'score', 71, 4],
    ['TT22-2021', 'comment', 105, 2],
    ['TT26-2020', 'score', 35, 2],
    ['TT26-2020', 'score', 70, 3],
    ['TT26-2020', 'score', 71, 4],
    ['TT26-2020', 'comment', 35, 2],
    ['TT26-2020', 'comment', 36, 3],
    ['TT26-2020', 'comment', 71, 4],
  ] as const)('%s, %s, %i periods: %i in grade 9, fewer is missing and more an error', (ruleSet, kind, periods, needed) => {
    expect(state(ruleSet, 9, withOngoing(kind, periods, needed - 1))).toBe('missing');
    expect(state(ruleSet, 9, withOngoing(kind, periods, needed))).toBe('complete');
    expect(state(ruleSet, 9, withOngoing(kind, periods, needed + 1))).toBe('count subjects[0].terms[0].ongoing');
  });
  test('the topic cluster: one more in grades 10–12, of a scored subject, under TT22', () => {
    expect(state('TT22-2021', 10, withOngoing('score', 70, 4))).toBe('complete');
    expect(state('TT22-2021', 12, withOngoing('score', 70, 3))).toBe('complete');
    expect(state('TT22-2021', 12, withOngoing('score', 70, 2))).toBe('missing');
    expect(state('TT22-2021', 10, withOngoing('score', 70, 5))).toBe('count subjects[0].terms[0].ongoing');
    expect(state('TT22-2021', 10, withOngoing('comment', 70, 3))).toBe('count subjects[0].terms[0].ongoing');
    expect(state('TT26-2020', 10, withOngoing('score', 70, 4))).toBe('count subjects[0].terms[0].ongoing');
  });
  test('a null among the entries is a mark missing, the cluster one too', () => {
    const cluster = withOngoing('score', 70, 3);
    const terms = times(2, { ongoing: [7, 7, 7, null], mid: 7, final: 7 });
    expect(state('TT22-2021', 11, { ...cluster, terms })).toBe('missing');
    expect(state('TT22-2021', 9, { ...cluster, terms })).toBe('count subjects[0].terms[0].ongoing');
  });
  test.each([
    [35, 2],
    [36, 3],
    [104, 3],
    [105, 4],
  ])('TT58-2011, %i periods: at least %i, any larger number, any number of periodic tests', (periodsPerYear, needed) => {
    const subject = (ongoing: number, periodic: readonly (number | null)[]) =>
      steady('M', 7, { core: true, periodsPerYear, terms: times(2, { ongoing: times(ongoing, 7), periodic, final: 7 }) });
    expect(yearOf(subject(needed - 1, [7]))).toBeNull();
    expect(yearOf(subject(needed, []))).toBe(7);
    expect(yearOf(subject(needed + 9, times(20, 7)))).toBe(7);
    expect(yearOf(subject(needed, [7, null]))).toBeNull();
  });
});

describe('comment subjects', () => {
  test('TT58: the final one and two thirds of all, each counting one', () => {
    expect(term58(['D', 'CD'], [], 'D')).toBe('D');
    expect(term58(['D', 'CD'], ['CD'], 'D')).toBe('CD');
    expect(term58(['D', 'D', 'D', 'D'], ['D'], 'CD')).toBe('CD');
    expect(term58(['D', 'D', 'CD'], ['CD', 'D'], 'D')).toBe('D');
  });
  test('the year is that of semester II', () => {
    const comment = { ...steady('N', 'D'), terms: [(steady('x', 'CD')['terms'] as unknown[])[0], (steady('x', 'D')['terms'] as unknown[])[0]] };
    expect(answerTo(pupil22([...subjectsOf(times(8, 7), []), comment])).subjects.at(-1)).toMatchObject({ terms: ['CD', 'D'], year: 'D' });
  });
});

describe('what happens in the summer', () => {
  test('a re-assessment counts even when it is lower', () => {
    expect(answerTo(oneFailing(2)).subjects.at(-1)).toMatchObject({ year: 3, final: 2 });
    expect(answerTo(oneFailing(2))).toMatchObject({ learningFinal: 'CD', promotion: 'repeat', flags: [] });
  });
  test('45 absences leave both ways of the summer open', () => {
    expect(answerTo({ ...oneFailing(5), absences: 45 })).toMatchObject({ learningFinal: 'D', promotion: 'promoted', flags: [] });
    const trained = { ...fair22, conduct: ['T', 'CD'], summerConduct: 'D', absences: 45 };
    expect(answerTo(trained)).toMatchObject({ conductFinal: 'D', promotion: 'promoted', flags: [] });
    const weak58 = [...subjectsOf(times(8, 5)), steady('L', 3, { reassessed: 5 })];
    expect(answerTo(pupil58('TT58-2011', weak58, { absences: 45 }))).toMatchObject({ promotion: 'promoted', flags: [] });
    expect(answerTo(pupil58('TT58-2011', weak58, { absences: 46 }))).toMatchObject({ promotion: 'repeat', flags: ['ignored:L'] });
  });
  test('it does not count above 45 absences, with conduct CĐ, with a level of Đ, or for a subject of 5.0', () => {
    expect(flagsOf({ ...oneFailing(9), absences: 46 })).toEqual(['ignored:L']);
    expect(flagsOf({ ...oneFailing(9), conduct: ['T', 'CD'] })).toEqual(['ignored:L', 'no-rule']);
    expect(flagsOf({ ...oneFailing(9), conduct: [null, 'T'] })).toEqual(['ignored:L', 'incomplete:conduct:1']);
    expect(flagsOf(pupil22([...subjectsOf(times(7, 5)), steady('L', 3.5, { reassessed: 9 })]))).toEqual(['ignored:L']);
    const fine = pupil22([...subjectsOf(times(5, 5)), steady('F', 5, { reassessed: 9 }), steady('L', 3)]);
    expect(flagsOf(fine)).toEqual(['ignored:F']);
    expect(answerTo(fine)['promotion']).toBe('reassess');
  });
  test('it does not count while a mark is missing', () => {
    const line = bent(oneFailing(9), ['subjects', 0, 'terms', 0, 'mid'], null);
    expect(flagsOf(line)).toEqual(['ignored:L', 'incomplete:S0:1']);
  });
  test('a level raised by the adjustment after a re-assessment is a proposal', () => {
    const line = pupil22([...subjectsOf(times(6, 6.5)), steady('A', 3, { reassessed: 6 }), steady('B', 3)]);
    expect(answerTo(line)).toMatchObject({ learningYear: 'CD', learningFinal: 'D', promotion: 'promoted' });
    expect(flagsOf(line)).toEqual(['adjusted', 'no-rule']);
  });
  test('summer conduct counts only for CĐ within 45 absences, and is told when it does not', () => {
    expect(answerTo({ ...fair22, summerConduct: 'CD' })).toMatchObject({ conductFinal: 'T', flags: ['ignored:summerConduct'] });
    const failed = { ...fair22, conduct: ['T', 'CD'] };
    expect(answerTo({ ...failed, summerConduct: 'T' })).toMatchObject({ conductYear: 'CD', conductFinal: 'T', flags: [] });
    expect(answerTo({ ...failed, summerConduct: 'T', absences: 46 })).toMatchObject({
      conductFinal: 'CD',
      promotion: 'repeat',
      flags: ['ignored:summerConduct'],
    });
  });
  test('summer conduct counts under TT22 also while a mark is missing', () => {
    const line = bent({ ...fair22, conduct: ['T', 'CD'], summerConduct: 'D' }, ['subjects', 0, 'terms', 0, 'mid'], null);
    expect(answerTo(line)).toMatchObject({ conductFinal: 'D', promotion: 'incomplete', flags: ['incomplete:S0:1'] });
  });
  test('TT58: summer training needs a level of Trung bình, re-assessment a conduct of Trung bình before the summer', () => {
    const both = pupil58('TT58-2011', [...subjectsOf(times(8, 4)), steady('L', 4, { reassessed: 9 })], {
      conduct: ['Y', 'Y'],
      conductYear: 'Y',
      summerConduct: 'T',
    });
    expect(answerTo(both)).toMatchObject({ learningYear: 'Y', conductFinal: 'Y', promotion: 'repeat' });
    expect(flagsOf(both)).toEqual(['ignored:L', 'ignored:summerConduct']);
    const trained = pupil58('TT58-2011', subjectsOf(times(8, 5)), { conduct: ['Y', 'Y'], conductYear: 'Y' });
    expect(answerTo({ ...trained, summerConduct: 'TB' })).toMatchObject({ conductFinal: 'TB', promotion: 'promoted', flags: [] });
    expect(answerTo({ ...trained, summerConduct: 'Y' })).toMatchObject({ conductFinal: 'Y', promotion: 'repeat', flags: [] });
  });
  test('TT58: the average is computed again from the final values', () => {
    const subjects = [...subjectsOf(times(7, 5), []), steady('A', 3, { reassessed: 6 }), steady('B', 3.5)];
    const answer = answerTo(pupil58('TT58-2011', subjects));
    expect(answer).toMatchObject({ averageYear: 4.6, learningYear: 'Y', learningFinal: 'Y', promotion: 'repeat' });
    const enough = answerTo(pupil58('TT58-2011', [...subjects.slice(0, 7), steady('A', 3, { reassessed: 7 }), steady('B', 3.5)]));
    expect(enough).toMatchObject({ averageYear: 4.6, learningFinal: 'TB', promotion: 'promoted' });
  });
});

describe('TT58 adjustment', () => {
  test('an average of 8.0 with no core subject at 8.0 is held to Khá', () => {
    // But for the 1.9 the pupil would be Khá, not Giỏi: from Khá to Kém gives Yếu.
    const answer = levels58([7.9, 7.9, ...times(9, 9.5), 1.9]);
    expect(answer).toMatchObject({ averageYear: 8.6, learningYear: 'Y', flags: ['adjusted'] });
  });
  test('the one subject may be the core one', () => {
    expect(levels58([3, 6.4, ...times(9, 7.5)])).toMatchObject({ learningYear: 'TB', flags: ['adjusted'] });
  });
  test('one step down is not adjusted, two culprits are not', () => {
    expect(levels58([...times(10, 8.5), 6.4])).toMatchObject({ learningYear: 'K', flags: [] });
    expect(levels58([...times(10, 9), 3.4, 3.4])).toMatchObject({ learningYear: 'Y', flags: [] });
    expect(levels58(times(10, 8.5), ['CD', 'CD'])).toMatchObject({ learningYear: 'Y', flags: [] });
    expect(levels58(times(10, 8.5), ['CD', 'D'])).toMatchObject({ learningYear: 'TB', flags: ['adjusted'] });
  });
  test('Giỏi to Kém is told in a semester too', () => {
    const line = pupil58('TT58-2011', subjectsOf(times(11, 9)));
    const bad = bent(line, ['subjects', 10, 'terms', 0], { ongoing: times(4, 1), periodic: [1], final: 1 });
    expect(answerTo(bad)).toMatchObject({ learning: ['KEM', 'G'], flags: expect.arrayContaining(['no-rule']) });
  });
  test('a title despite too many absences is a question for a person, an absent title is not', () => {
    expect(flagsOf(pupil58('TT58-2011', subjectsOf(times(8, 7)), { absences: 46 }))).toEqual(['no-rule']);
    expect(flagsOf(pupil58('TT58-2011', subjectsOf(times(8, 6)), { absences: 46 }))).toEqual([]);
  });
});

describe('input that is left alone', () => {
  test('unknown fields, and the fields of other rule sets', () => {
    const more = { conductYear: 5, supplement: 7, recognised: 'x', extra: { deep: [[]] }, ['__proto__']: null };
    expect(answerTo({ ...fair22, ...more })).toEqual(answerTo(fair22));
    expect(answerTo(bent(fair22, ['subjects', 0, 'core'], 'yes'))).toEqual(answerTo(fair22));
  });
  test('options are for TT22 only', () => {
    const line = pupil58('TT26-2020', subjectsOf(times(8, 7)));
    expect(answerTo({ ...line, options: { adjustmentReading: 5 } })).toEqual(answerTo(line));
  });
  test('grades 9 and 12 use the same words', () => {
    for (const grade of [6, 9, 12]) expect(answerTo({ ...fair22, grade })['promotion']).toBe('promoted');
  });
});
