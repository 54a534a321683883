import { describe, expect, test } from 'vitest';
import { answerTo, bent, pupil27, record27, times } from './pupil-lines.ts';
import type { Line, PrimaryLevels } from './pupil-lines.ts';

/** What the command promises about primary pupils, sentence by sentence. */

const good: PrimaryLevels = { levels: times(8, 'T'), tests: [8, 8], qualities: times(15, 'T') };
const passed: PrimaryLevels = { levels: times(8, 'H'), tests: [5, 5], qualities: times(15, 'D') };
const failed: PrimaryLevels = { ...passed, tests: [5, 4] };
const FIELDS = ['id', 'level', 'completedProgramme', 'promoted', 'completedPrimary', 'award', 'awardCandidate', 'flags'];
const NOTHING = { level: null, completedProgramme: null, promoted: null, completedPrimary: null, award: null, awardCandidate: false };

describe('missing levels', () => {
  test.each<[string, Line]>([
    ['incomplete:S3:year', bent(pupil27(good), ['subjects', 3, 'level'], null)],
    ['incomplete:qualities:year', bent(pupil27(good), ['qualities', 4], null)],
    ['incomplete:competences:year', bent(pupil27(good), ['competences', 9], null)],
  ])('%s', (flag, line) => {
    const answer = answerTo({ ...line, principalPromotes: true, recognised: true, grade: 5 });
    expect(answer).toMatchObject({ ...NOTHING, flags: [flag] });
    expect(Object.keys(answer).toSorted()).toEqual(FIELDS.toSorted());
  });
  test('a supplement does not count while a level is missing', () => {
    const line = bent(pupil27(failed, { supplement: record27(passed) }), ['subjects', 0, 'level'], null);
    const answer = answerTo(line);
    expect(answer).toMatchObject(NOTHING);
    expect(answer.flags.toSorted()).toEqual(['ignored:supplement', 'incomplete:S0:year']);
  });
  test('a null test is no test', () => {
    expect(answerTo(pupil27({ ...good, tests: [] }))).toMatchObject({ level: 'HTXS', flags: [] });
    expect(answerTo(pupil27({ ...good, tests: [null, 9] }))).toMatchObject({ level: 'HTXS', flags: [] });
  });
});

describe('support and the principal', () => {
  test('after support HT at best', () => {
    const answer = answerTo(pupil27(failed, { supplement: record27({ ...good, tests: [10, 10] }), recognised: true }));
    expect(answer).toMatchObject({ level: 'HT', completedProgramme: true, promoted: true, award: null, awardCandidate: false });
  });
  test('a supplement of a pupil who needs none is ignored, even a bad one', () => {
    const answer = answerTo(pupil27(good, { supplement: record27(failed) }));
    expect(answer).toMatchObject({ level: 'HTT', promoted: true, flags: ['ignored:supplement'] });
  });
  test('the principal decides only about who has not completed the programme', () => {
    expect(answerTo(pupil27(passed, { principalPromotes: false }))).toMatchObject({ completedProgramme: true, promoted: true });
    expect(answerTo(pupil27(failed))).toMatchObject({ completedProgramme: false, promoted: null });
    expect(answerTo(pupil27(failed, { principalPromotes: true }))).toMatchObject({ level: 'CHT', promoted: true });
    expect(answerTo(pupil27(failed, { principalPromotes: false, supplement: record27(failed) }))).toMatchObject({ promoted: false });
  });
  test('only grade 5 completes primary school', () => {
    for (const grade of [3, 4]) expect(answerTo(pupil27({ ...passed, grade }))['completedPrimary']).toBeNull();
    expect(answerTo(pupil27({ ...passed, grade: 5 }))['completedPrimary']).toBe(true);
    expect(answerTo(pupil27({ ...failed, grade: 5 }, { principalPromotes: true }))).toMatchObject({ completedPrimary: false, promoted: true });
  });
});

describe('awards', () => {
  test('tiêu biểu needs HTT and recognition, never HT', () => {
    expect(answerTo(pupil27(good, { recognised: true }))).toMatchObject({ award: 'TB', awardCandidate: true });
    expect(answerTo(pupil27(good, { recognised: false }))).toMatchObject({ award: null, awardCandidate: true });
    expect(answerTo(pupil27(passed, { recognised: true }))).toMatchObject({ award: null, awardCandidate: false });
  });
  test('HTXS is XS, recognised or not, and no candidate', () => {
    const best = { ...good, tests: [9, 9] };
    expect(answerTo(pupil27(best, { recognised: true }))).toMatchObject({ level: 'HTXS', award: 'XS', awardCandidate: false });
  });
});

describe('a supplement is complete and of the same subjects', () => {
  const line = pupil27(failed, { supplement: record27(passed) });
  test.each<[string, string, string, Line]>([
    ['a level is missing', 'type', 'supplement.subjects[2].level', bent(line, ['supplement', 'subjects', 2, 'level'], null)],
    ['a quality is missing', 'type', 'supplement.qualities[1]', bent(line, ['supplement', 'qualities', 1], null)],
    ['a competence is missing', 'type', 'supplement.competences[9]', bent(line, ['supplement', 'competences', 9], null)],
    ['a test is missing', 'type', 'supplement.subjects[1].endOfYearTest', bent(line, ['supplement', 'subjects', 1, 'endOfYearTest'], null)],
    ['another subject', 'field', 'supplement.subjects[0].code', bent(line, ['supplement', 'subjects', 0, 'code'], 'X')],
    ['fewer subjects', 'count', 'supplement.subjects', bent(line, ['supplement'], record27({ ...passed, levels: times(7, 'H') }))],
    ['a field left out', 'field', 'supplement.qualities', bent(line, ['supplement', 'qualities'], undefined)],
    ['not an object', 'type', 'supplement', { ...line, supplement: [] }],
    ['a mark out of range', 'range', 'supplement.subjects[0].endOfYearTest', bent(line, ['supplement', 'subjects', 0, 'endOfYearTest'], 11)],
  ])('%s', (_, code, path, refused) => {
    expect(answerTo(refused).error).toMatchObject({ code, path });
  });
  test('it is checked even where it would be ignored', () => {
    const ignored = pupil27(good, { supplement: record27({ ...passed, qualities: times(15, null) }) });
    expect(answerTo(ignored).error).toMatchObject({ code: 'type', path: 'supplement.qualities[0]' });
  });
});
