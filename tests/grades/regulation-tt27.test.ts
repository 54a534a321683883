import { describe, expect, test } from 'vitest';
import vectors from './test-vectors.json' with { type: 'json' };
import { answerTo, pupil27, record27, times } from './pupil-lines.ts';
import type { Line, PrimaryLevels } from './pupil-lines.ts';

/** The worked examples of TT 27/2020, each test named after its row. */

const SYMBOLS: Readonly<Record<string, string>> = {
  'Hoàn thành xuất sắc': 'HTXS',
  'Hoàn thành tốt': 'HTT',
  'Hoàn thành': 'HT',
  'Chưa hoàn thành': 'CHT',
};

const allPassed = times(15, 'D');
const row8: PrimaryLevels = { levels: times(11, 'H'), tests: [5, 5, 4, 8, 8, 8], qualities: allPassed };
const mended: PrimaryLevels = { ...row8, tests: [5, 5, 5, 8, 8, 8] };
const row1: PrimaryLevels = { levels: times(11, 'T'), tests: [9, 10, 9, 9, 9, 9], qualities: times(15, 'T') };
const row2: PrimaryLevels = { ...row1, tests: [9, 10, 8, 9, 9, 9] };

describe('TT27 Đ9: overall level', () => {
  test.each(vectors.tt27)('$id is $expected', ({ subjects, pcnl, tests, expected }) => {
    const grade = pcnl.length === 13 ? 1 : 4;
    const qualities = pcnl.map((written) => (written === 'Đ' ? 'D' : written));
    const answer = answerTo(pupil27({ grade, levels: subjects, tests, qualities }));
    const level = SYMBOLS[expected] ?? '';
    expect(answer).toMatchObject({
      level,
      completedProgramme: level !== 'CHT',
      promoted: level === 'CHT' ? null : true,
      award: level === 'HTXS' ? 'XS' : null,
      awardCandidate: level === 'HTT',
      flags: [],
    });
  });

  test('12: earlier tests of the year are not among the fields that are read', () => {
    const line = pupil27(row1);
    const subjects = (line['subjects'] as Line[]).map((subject) => ({ ...subject, midYearTest: 6, endOfTermTest: 7 }));
    expect(answerTo({ ...line, subjects })).toMatchObject({ level: 'HTXS', award: 'XS' });
  });
});

describe('TT27 Đ11, Đ13: completion and award', () => {
  test('13: after support the level is HT, without an award', () => {
    const answer = answerTo(pupil27(row8, { supplement: record27(mended) }));
    expect(answer).toMatchObject({ level: 'HT', completedProgramme: true, promoted: true, award: null, flags: [] });
  });
  test('14: support without success, the principal promotes', () => {
    const answer = answerTo(pupil27(row8, { supplement: record27(row8), principalPromotes: true }));
    expect(answer).toMatchObject({ level: 'CHT', completedProgramme: false, promoted: true });
  });
  test('15: support without success, the principal does not promote', () => {
    const answer = answerTo(pupil27(row8, { supplement: record27(row8), principalPromotes: false }));
    expect(answer).toMatchObject({ level: 'CHT', completedProgramme: false, promoted: false });
  });
  test('16: grade 5 at HT has completed primary school', () => {
    expect(answerTo(pupil27({ ...mended, grade: 5 }))).toMatchObject({ level: 'HT', completedPrimary: true });
    expect(answerTo(pupil27({ ...row8, grade: 5 }))).toMatchObject({ level: 'CHT', completedPrimary: false });
    expect(answerTo(pupil27({ ...mended, grade: 4 }))['completedPrimary']).toBeNull();
  });
  test('17: a test of 8.5 is refused', () => {
    const answer = answerTo(pupil27({ ...row1, tests: [8.5] }));
    expect(answer.error).toMatchObject({ code: 'decimals', path: 'subjects[0].endOfYearTest' });
  });
  test('18: grade 2 has eight competences; ten are refused, and no mid-term test is read', () => {
    expect(answerTo(pupil27({ ...row1, grade: 2, qualities: times(13, 'T') }))['level']).toBe('HTXS');
    expect(answerTo(pupil27({ ...row1, grade: 2 })).error).toMatchObject({ code: 'count', path: 'competences' });
  });
  test('19: HTT that the class recognised is "tiêu biểu"', () => {
    expect(answerTo(pupil27(row2, { recognised: true }))).toMatchObject({ level: 'HTT', award: 'TB', awardCandidate: true });
    expect(answerTo(pupil27(row2))).toMatchObject({ level: 'HTT', award: null, awardCandidate: true });
  });
});
