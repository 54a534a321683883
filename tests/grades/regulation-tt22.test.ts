import { describe, expect, test } from 'vitest';
import { award22, conductYear22, learningLevel22 } from '../../main/grades/rules/tt22-2021.ts';
import { commentTermResult, termAverage, yearAverage, yearResult } from '../../main/grades/rules/subject-results.ts';
import { tenthsOf } from '../../main/grades/rules/tenths.ts';
import type { Level22, Standing } from '../../main/grades/rules/assessment-types.ts';
import vectors from './test-vectors.json' with { type: 'json' };
import { answerTo, pupil22, steady, subjectsOf, times } from './pupil-lines.ts';

/** The worked examples of the circular, each test named after its row. */

const tenths = (mark: number): number => tenthsOf(mark) ?? Number.NaN;
const level = (written: string): Level22 => written.replace('Đ', 'D') as Level22;

const valuesOf = (scores: readonly number[], failed: number): Standing[] => [
  ...scores.map(tenths),
  ...times<Standing>(failed, 'CD'),
  ...times<Standing>(4 - failed, 'D'),
];

const failing = (reassessed: readonly (number | null)[]) => [
  ...subjectsOf([5, 5, 5, 5, 5]),
  ...[4.5, 4, 3.2].map((mark, index) => steady(`L${index}`, mark, { reassessed: reassessed[index] ?? null })),
];

const twoFailing = (more: { reassessed?: number }) => [...subjectsOf(times(6, 5)), steady('L0', 4.5, more), steady('L1', 3, more)];

const awardOf = (scores: readonly number[], conduct: readonly string[]) => answerTo(pupil22(subjectsOf(scores), { conduct }))['award'];

describe('TT22 Đ9 k1: average of a term', () => {
  test.each(vectors.tt22.dtb_mhk)('$id gives $expected', ({ tx, gk, ck, expected }) => {
    expect(termAverage(tx.map(tenths), tenths(gk), tenths(ck))).toBe(tenths(Number(expected)));
  });

  test('A13: one ongoing mark of three is empty, so there is no result', () => {
    expect(termAverage([80, null, 70], 80, 80)).toBeNull();
    const maths = { ...steady('TOAN', 8), periodsPerYear: 70, terms: times(2, { ongoing: [8, null, 7], mid: 8, final: 8 }) };
    const answer = answerTo(pupil22([maths]));
    expect(answer.subjects[0]).toEqual({ code: 'TOAN', terms: [null, null], year: null, final: null });
    expect(answer.flags).toEqual(['incomplete:TOAN:1', 'incomplete:TOAN:2']);
  });

  test('A10: the topic cluster of grade 10 counts as one more ongoing mark', () => {
    const physics = { ...steady('LI', 8), periodsPerYear: 70, terms: times(2, { ongoing: [8, 7, 8, 9], mid: 7.5, final: 8 }) };
    expect(answerTo(pupil22([physics], { grade: 10 })).subjects[0]?.terms).toEqual([7.9, 7.9]);
  });
});

describe('TT22 Đ9 k1: result of the year', () => {
  test.each(vectors.tt22.dtb_mcn)('$id: $hk1 and $hk2 give $expected', ({ hk1, hk2, expected }) => {
    expect(yearAverage(tenths(hk1), tenths(hk2))).toBe(tenths(Number(expected)));
  });

  test('B11: CĐ then Đ in a comment subject is Đ', () => expect(yearResult(['CD', 'D'])).toBe('D'));
  test('B12: Đ then CĐ in a comment subject is CĐ', () => expect(yearResult(['D', 'CD'])).toBe('CD'));
  test('B13: one CĐ among the entries of a term makes it CĐ', () => {
    expect(commentTermResult('TT22-2021', { ongoing: ['D', 'D'], periodic: ['CD'], final: 'D' })).toBe('CD');
  });
});

describe('TT22 Đ9 k2–3: level of the learning result', () => {
  test.each(vectors.tt22.level)('$id before the adjustment is $raw', ({ scores, nx_cd, raw }) => {
    expect(learningLevel22(valuesOf(scores, nx_cd)).unadjusted).toBe(level(raw));
  });
  test.each(vectors.tt22.level)('$id, one subject waived, is $final_waive_any', ({ scores, nx_cd, final_waive_any }) => {
    expect(learningLevel22(valuesOf(scores, nx_cd), 'waive', 'any').level).toBe(level(final_waive_any));
  });
  test.each(vectors.tt22.level)('$id, one subject excluded, is $final_exclude_any', ({ scores, nx_cd, final_exclude_any }) => {
    expect(learningLevel22(valuesOf(scores, nx_cd), 'exclude', 'any').level).toBe(level(final_exclude_any));
  });
  test.each(vectors.tt22.level)(
    '$id, only scored subjects waived, is $final_waive_scored_only',
    ({ scores, nx_cd, final_waive_scored_only }) => {
      expect(learningLevel22(valuesOf(scores, nx_cd), 'waive', 'scored').level).toBe(level(final_waive_scored_only));
    },
  );

  test('C24: a pupil exempt from practice keeps the subject by its theory marks', () => {
    const answer = answerTo(pupil22([...subjectsOf([8, 8, 8, 8, 8, 8, 6.5, 7], ['D', 'D', 'D']), steady('GDTC', 'D')]));
    expect(answer['learningYear']).toBe('T');
  });

  test('C10 tells a person that the two readings differ', () => {
    const answer = answerTo(pupil22(subjectsOf([8, 8, 8, 8, 8, 7, 7, 4])));
    expect(answer['learningYear']).toBe('K');
    expect(answer.flags.toSorted()).toEqual(['adjusted', 'readings-differ']);
  });
});

describe('TT22 Đ8: conduct of the year', () => {
  test.each(vectors.tt22.conduct_year)('D-$hk1$hk2 is $expected', ({ hk1, hk2, expected }) => {
    expect(conductYear22([level(hk1), level(hk2)])).toBe(level(expected));
  });
});

describe('TT22 Đ12–14: promotion', () => {
  const passed = subjectsOf(times(8, 7));

  test('E1: 45 absences still promote', () => {
    expect(answerTo(pupil22(passed, { absences: 45 }))).toMatchObject({ learningYear: 'K', promotion: 'promoted' });
  });
  test('E2: 46 absences do not, and the award is a question for the principal', () => {
    const answer = answerTo(pupil22(subjectsOf(times(8, 8.5)), { absences: 46 }));
    expect(answer).toMatchObject({ learningYear: 'T', conductYear: 'T', promotion: 'repeat', award: 'G', flags: ['no-rule'] });
  });
  test('E3: conduct CĐ waits for the summer, and a passed training promotes', () => {
    const june = { conduct: ['T', 'CD'], absences: 3 };
    expect(answerTo(pupil22(subjectsOf(times(8, 5)), june))).toMatchObject({ learningYear: 'D', promotion: 'summer-training' });
    expect(answerTo(pupil22(subjectsOf(times(8, 5)), { ...june, summerConduct: 'D' }))).toMatchObject({
      conductYear: 'CD',
      conductFinal: 'D',
      promotion: 'promoted',
    });
  });
  test('E4: training that was not done is a repeat', () => {
    const answer = answerTo(pupil22(subjectsOf(times(8, 5)), { conduct: ['T', 'CD'], absences: 3, summerConduct: 'CD' }));
    expect(answer).toMatchObject({ conductFinal: 'CD', promotion: 'repeat', flags: [] });
  });
  test('E5: three subjects re-assessed to 5.5, 4.0, 5.0 promote', () => {
    const june = { conduct: ['D', 'D'], absences: 10 };
    expect(answerTo(pupil22(failing([]), june))).toMatchObject({ learningYear: 'CD', promotion: 'reassess' });
    const august = answerTo(pupil22(failing([5.5, 4, 5]), june));
    expect(august).toMatchObject({ learningYear: 'CD', learningFinal: 'D', promotion: 'promoted', flags: [] });
    expect(august.subjects.slice(-3).map(({ year, final }) => [year, final])).toEqual([
      [4.5, 5.5],
      [4, 4],
      [3.2, 5],
    ]);
  });
  test('E6: the lowest still below 3.5 after the re-assessment is a repeat', () => {
    const answer = answerTo(pupil22(failing([5.5, 4, 3.2]), { conduct: ['D', 'D'], absences: 10 }));
    expect(answer).toMatchObject({ learningFinal: 'CD', promotion: 'repeat' });
  });
  test('E7: of two comment subjects re-assessed, one may stay CĐ', () => {
    const music = steady('NHAC', 'CD', { reassessed: 'D' });
    const art = steady('MT', 'CD', { reassessed: 'CD' });
    const answer = answerTo(pupil22([...subjectsOf(times(8, 6), ['D', 'D']), music, art], { conduct: ['K', 'K'] }));
    expect(answer).toMatchObject({ learningYear: 'CD', learningFinal: 'D', promotion: 'promoted' });
  });
  test('E8: training first, then re-assessment; the principal may override', () => {
    const june = { conduct: ['D', 'CD'], absences: 5 };
    expect(answerTo(pupil22(twoFailing({}), june))).toMatchObject({ promotion: 'summer-training-then-reassess', flags: ['no-rule'] });
    expect(answerTo(pupil22(twoFailing({}), { ...june, summerConduct: 'D' }))).toMatchObject({ promotion: 'reassess' });
    const august = answerTo(pupil22(twoFailing({ reassessed: 5 }), { ...june, summerConduct: 'D' }));
    expect(august).toMatchObject({ learningFinal: 'D', promotion: 'promoted', flags: ['no-rule'] });
  });
  test('E9: both CĐ and training failed is a repeat', () => {
    const subjects = [...subjectsOf(times(6, 5)), steady('L0', 3, { reassessed: 9 })];
    const answer = answerTo(pupil22(subjects, { conduct: ['D', 'CD'], absences: 5, summerConduct: 'CD' }));
    expect(answer).toMatchObject({ promotion: 'repeat', learningFinal: 'CD' });
    expect(answer.flags.toSorted()).toEqual(['ignored:L0', 'no-rule']);
  });
  test('E10: a subject at 4.2 needs no re-assessment when the level is Đ, and one is not counted', () => {
    const answer = answerTo(pupil22([...subjectsOf(times(7, 5.5)), steady('LI', 4.2, { reassessed: 9 })], { conduct: ['D', 'D'] }));
    expect(answer).toMatchObject({ learningYear: 'D', learningFinal: 'D', promotion: 'promoted', flags: ['ignored:LI'] });
    expect(answer.subjects.at(-1)).toMatchObject({ year: 4.2, final: 4.2 });
  });
});

describe('TT22 Đ15: awards', () => {
  test('F1: six subjects at 9.0 are an excellent pupil', () => expect(awardOf([9, 9, 9, 9, 9, 9, 8, 6.5], ['T', 'T'])).toBe('XS'));
  test('F2: five at 9.0 and one at 8.9 are a good pupil', () => expect(awardOf([9, 9, 9, 9, 9, 8.9, 8.5, 8], ['T', 'T'])).toBe('G'));
  test('F3: conduct K has no award', () => expect(awardOf(times(8, 9.5), ['K', 'K'])).toBeNull());
  test('F4: an adjusted K has no award', () => expect(awardOf([...times(7, 9.5), 4.9], ['T', 'T'])).toBeNull());
  test('comment subjects are not counted among the six', () => {
    expect(award22('T', 'T', [90, 90, 90, 90, 90, 'D', 'D'])).toBe('G');
  });
});
