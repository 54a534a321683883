import { describe, expect, test } from 'vitest';
import { assessLine } from '../../main/grades/assess.ts';
import { answerTo, bent, pupil22, pupil27, pupil58, record27, steady, subjectsOf, times } from './pupil-lines.ts';
import type { Answer, Line } from './pupil-lines.ts';

/** What is refused, with which code and where; and what looks wrong but is not. */

const fair = pupil22(subjectsOf(times(8, 7)));
const fair58 = pupil58('TT58-2011', subjectsOf(times(8, 7)));
const primary = pupil27({ levels: times(8, 'T'), tests: [8, 8], qualities: times(15, 'T') });
const fairTerm = { ongoing: times(4, 7), mid: 7, final: 7 };
const mid = ['subjects', 0, 'terms', 0, 'mid'] as const;

type Case = [what: string, code: string, path: string, line: unknown];

function expectRefused(cases: readonly Case[]): void {
  test.each(cases)('%s: %s at "%s"', (_, code, path, line) => {
    const { error, id } = answerTo(line);
    expect(error).toMatchObject({ code, path });
    expect(error?.message).toMatch(/[À-ỹ]/);
    expect(id).toBe('HS1');
  });
}

const written = (json: string, field: 'mid' | 'absences' | 'periodsPerYear'): Answer => {
  const marked = field === 'mid' ? bent(fair, mid, 'HERE') : field === 'absences' ? { ...fair, absences: 'HERE' } : bent(fair, ['subjects', 0, 'periodsPerYear'], 'HERE');
  return JSON.parse(assessLine(JSON.stringify(marked).replace('"HERE"', json), { explain: false })?.json ?? '') as Answer;
};

describe('marks and entries', () => {
  const markPath = 'subjects[0].terms[0].mid';
  expectRefused([
    ['above 10', 'range', markPath, bent(fair, mid, 10.1)],
    ['below 0', 'range', markPath, bent(fair, mid, -1)],
    ['two decimals', 'decimals', markPath, bent(fair, mid, 8.55)],
    ['a hundredth', 'decimals', markPath, bent(fair, mid, 0.01)],
    ['text', 'type', markPath, bent(fair, mid, '8')],
    ['true', 'type', markPath, bent(fair, mid, true)],
    ['an object', 'type', markPath, bent(fair, mid, {})],
    ['a list', 'type', markPath, bent(fair, mid, [8])],
    ['a level in a score subject', 'type', markPath, bent(fair, mid, 'D')],
    ['left out', 'field', markPath, bent(fair, mid, undefined)],
    ['one ongoing mark', 'decimals', 'subjects[3].terms[1].ongoing[2]', bent(fair, ['subjects', 3, 'terms', 1, 'ongoing', 2], 7.25)],
    ['the final mark', 'range', 'subjects[3].terms[1].final', bent(fair, ['subjects', 3, 'terms', 1, 'final'], 11)],
    ['a mark in a comment subject', 'type', 'subjects[8].terms[0].mid', bent(fair, ['subjects', 8, 'terms', 0, 'mid'], 8)],
    ['T in a comment subject', 'level', 'subjects[8].terms[0].mid', bent(fair, ['subjects', 8, 'terms', 0, 'mid'], 'T')],
    ['Đ with its letter', 'level', 'subjects[8].terms[0].mid', bent(fair, ['subjects', 8, 'terms', 0, 'mid'], 'Đ')],
    ['no list of ongoing marks', 'type', 'subjects[0].terms[0].ongoing', bent(fair, ['subjects', 0, 'terms', 0, 'ongoing'], null)],
    ['re-assessed to 5.55', 'decimals', 'subjects[0].reassessed', bent(fair, ['subjects', 0, 'reassessed'], 5.55)],
    ['re-assessed to a level', 'type', 'subjects[0].reassessed', bent(fair, ['subjects', 0, 'reassessed'], 'D')],
    ['re-assessed to a mark', 'type', 'subjects[8].reassessed', bent(fair, ['subjects', 8, 'reassessed'], 5)],
    ['TT58 without periodic', 'field', 'subjects[0].terms[0].periodic', bent(fair58, ['subjects', 0, 'terms', 0, 'periodic'], undefined)],
    ['TT58, periodic mark', 'range', 'subjects[0].terms[0].periodic[0]', bent(fair58, ['subjects', 0, 'terms', 0, 'periodic', 0], 12)],
  ]);
});

describe('subjects and terms', () => {
  expectRefused([
    ['no subject', 'count', 'subjects', { ...fair, subjects: [] }],
    ['subjects not a list', 'type', 'subjects', { ...fair, subjects: { length: 1 } }],
    ['a subject that is null', 'type', 'subjects[1]', bent(fair, ['subjects', 1], null)],
    ['two equal codes', 'duplicate', 'subjects[2].code', bent(fair, ['subjects', 2, 'code'], 'S0')],
    ['two __proto__', 'duplicate', 'subjects[1].code', pupil22([steady('__proto__', 7), steady('__proto__', 8)])],
    ['a code that is a number', 'type', 'subjects[2].code', bent(fair, ['subjects', 2, 'code'], 5)],
    ['an unknown kind', 'type', 'subjects[2].kind', bent(fair, ['subjects', 2, 'kind'], 'constructor')],
    ['no kind', 'field', 'subjects[2].kind', bent(fair, ['subjects', 2, 'kind'], undefined)],
    ['one term', 'count', 'subjects[0].terms', bent(fair, ['subjects', 0, 'terms'], [fairTerm])],
    ['three terms', 'count', 'subjects[0].terms', bent(fair, ['subjects', 0, 'terms'], [fairTerm, fairTerm, fairTerm])],
    ['a term that is null', 'type', 'subjects[0].terms[1]', bent(fair, ['subjects', 0, 'terms', 1], null)],
    ['no periods', 'range', 'subjects[0].periodsPerYear', bent(fair, ['subjects', 0, 'periodsPerYear'], 0)],
    ['half a period', 'decimals', 'subjects[0].periodsPerYear', bent(fair, ['subjects', 0, 'periodsPerYear'], 34.5)],
    ['periods as text', 'type', 'subjects[0].periodsPerYear', bent(fair, ['subjects', 0, 'periodsPerYear'], '35')],
    ['core that is not true or false', 'type', 'subjects[0].core', bent(fair58, ['subjects', 0, 'core'], 1)],
    ['TT58 without a core subject', 'count', 'subjects', { ...fair58, subjects: (fair58['subjects'] as Line[]).slice(2) }],
    ['TT58, only a comment subject is core', 'count', 'subjects', pupil58('TT58-2011', [steady('N', 'D')])],
  ]);
});

describe('the pupil', () => {
  expectRefused([
    ['unknown rule set', 'ruleset', 'ruleSet', { ...fair, ruleSet: 'TT22' }],
    ['a rule set named like a method', 'ruleset', 'ruleSet', { ...fair, ruleSet: 'toString' }],
    ['rule set left out', 'field', 'ruleSet', bent(fair, ['ruleSet'], undefined)],
    ['rule set null', 'type', 'ruleSet', { ...fair, ruleSet: null }],
    ['grade 5 under TT22', 'grade', 'grade', { ...fair, grade: 5 }],
    ['grade 13', 'grade', 'grade', { ...fair, grade: 13 }],
    ['grade 6 under TT27', 'grade', 'grade', { ...primary, grade: 6 }],
    ['grade 0', 'grade', 'grade', { ...primary, grade: 0 }],
    ['grade as text', 'type', 'grade', { ...fair, grade: '8' }],
    ['grade 8.5', 'decimals', 'grade', { ...fair, grade: 8.5 }],
    ['absences null', 'type', 'absences', { ...fair, absences: null }],
    ['absences left out', 'field', 'absences', bent(fair, ['absences'], undefined)],
    ['absences below 0', 'range', 'absences', { ...fair, absences: -1 }],
    ['half a session', 'decimals', 'absences', { ...fair, absences: 1.5 }],
    ['conduct left out', 'field', 'conduct', bent(fair, ['conduct'], undefined)],
    ['three conduct levels', 'count', 'conduct', { ...fair, conduct: ['T', 'T', 'T'] }],
    ['a conduct level of TT58', 'level', 'conduct[1]', { ...fair, conduct: ['T', 'TB'] }],
    ['a conduct level of TT22', 'level', 'conduct[0]', { ...fair58, conduct: ['CD', 'T'] }],
    ['conduct as a number', 'type', 'conduct[0]', { ...fair, conduct: [1, 'T'] }],
    ['TT58 conduct of the year left out', 'field', 'conductYear', bent(fair58, ['conductYear'], undefined)],
    ['TT58 conduct of the year', 'level', 'conductYear', { ...fair58, conductYear: 'KEM' }],
    ['summer conduct', 'level', 'summerConduct', { ...fair, summerConduct: 'Y' }],
    ['options not an object', 'type', 'options', { ...fair, options: 'waive' }],
    ['an unknown reading', 'type', 'options.adjustmentReading', { ...fair, options: { adjustmentReading: 'both' } }],
    ['an unknown adjustment subject', 'type', 'options.adjustmentSubject', { ...fair, options: { adjustmentSubject: '' } }],
  ]);
});

describe('primary pupils', () => {
  expectRefused([
    ['a test of 8.5', 'decimals', 'subjects[0].endOfYearTest', bent(primary, ['subjects', 0, 'endOfYearTest'], 8.5)],
    ['a test of 11', 'range', 'subjects[0].endOfYearTest', bent(primary, ['subjects', 0, 'endOfYearTest'], 11)],
    ['a test left out', 'field', 'subjects[0].endOfYearTest', bent(primary, ['subjects', 0, 'endOfYearTest'], undefined)],
    ['a level of the qualities', 'level', 'subjects[0].level', bent(primary, ['subjects', 0, 'level'], 'D')],
    ['a level of the subjects', 'level', 'qualities[0]', bent(primary, ['qualities', 0], 'H')],
    ['four qualities', 'count', 'qualities', { ...primary, qualities: times(4, 'T') }],
    ['eight competences in grade 3', 'count', 'competences', { ...primary, competences: times(8, 'T') }],
    ['no subject', 'count', 'subjects', { ...primary, subjects: [] }],
    ['two equal codes', 'duplicate', 'subjects[1].code', bent(primary, ['subjects', 1, 'code'], 'S0')],
    ['the principal says maybe', 'type', 'principalPromotes', { ...primary, principalPromotes: 'maybe' }],
    ['recognised as a number', 'type', 'recognised', { ...primary, recognised: 1 }],
    ['two equal codes in the supplement', 'duplicate', 'supplement.subjects[1].code', { ...primary, supplement: bent(record27({ levels: times(8, 'T'), tests: [8, 8], qualities: times(15, 'T') }), ['subjects', 1, 'code'], 'S0') }],
  ]);
});

describe('lines that are not a JSON object', () => {
  test.each(['{', '[]', '42', 'null', '"text"', 'true', '{"id":"a"}}', "{'id':'a'}", '{"id":"a",}', 'NaN', '\u0000', '[{}]', '{"id":"\n"}'])('%j', (line) => {
    const answered = JSON.parse(assessLine(line, { explain: false })?.json ?? '') as Answer;
    expect(answered).toMatchObject({ id: null, error: { code: 'json', path: '' } });
  });
  test.each(['', ' ', '\t \r', '\u00a0', '\ufeff'])('white space only is no line: %j', (line) => {
    expect(assessLine(line, { explain: false })).toBeNull();
  });
});

describe('the id of a refused line', () => {
  test('is echoed when it is text', () => expect(answerTo({ id: 'lớp 6', ruleSet: 'x' })).toMatchObject({ id: 'lớp 6' }));
  test('is null when it is not, or left out', () => {
    expect(answerTo({ ...fair, id: 5 })).toMatchObject({ id: null, error: { code: 'type', path: 'id' } });
    expect(answerTo({ ...fair, id: null })).toMatchObject({ id: null, error: { code: 'type', path: 'id' } });
    expect(answerTo(bent(fair, ['id'], undefined))).toMatchObject({ id: null, error: { code: 'field', path: 'id' } });
  });
  test('may be any text, also of half a letter pair', () => {
    expect(answerTo({ ...fair, id: '' }).id).toBe('');
    expect(answerTo({ ...fair, id: '__proto__' }).id).toBe('__proto__');
    expect(answerTo({ ...fair, id: '\ud800"\\' }).id).toBe('\ud800"\\');
  });
});

describe('numbers count by value, as they are written', () => {
  // Ongoing 7, 7, 7, 7 and final 7: the term shows which mark was read.
  test.each([
    ['8', 7.2],
    ['8.0', 7.2],
    ['8.50', 7.3],
    ['85e-1', 7.3],
    ['0.85E+1', 7.3],
    ['1e1', 7.7],
    ['10.000000000000000000000000', 7.7],
    ['-0', 5.4],
    ['0e999999999999', 5.4],
    ['-0.0e-400', 5.4],
    ['8.1', 7.2],
  ])('%s is a mark', (json, term) => expect(written(json, 'mid').subjects[0]?.terms[0]).toBe(term));
  test.each([
    '8.55',
    '8.0000000000000001',
    '9.99999999999999999999',
    '7.1000000000000000000001',
    '1e-400',
    '0.00000000000000000000001',
    '855e-2',
  ])('%s has too many decimals', (json) => expect(written(json, 'mid').error).toMatchObject({ code: 'decimals' }));
  test.each(['1e400', '-1e400', '1e2', '11', '-0.1', '123456789012345678901234567890', '1e99999999999999999999'])('%s is out of range', (json) => {
    expect(written(json, 'mid').error).toMatchObject({ code: 'range' });
  });
  test.each(['10.00000000000000001', '-1e-400'])('%s is refused', (json) => expect(written(json, 'mid').error).toBeDefined());
  test.each([
    ['45', 'promoted'],
    ['4.5e1', 'promoted'],
    ['45.0', 'promoted'],
    ['-0', 'promoted'],
    ['46', 'repeat'],
    ['1e300', 'repeat'],
    ['1e309', 'repeat'],
    ['1e400', 'repeat'],
  ])('%s absences: %s', (json, promotion) => expect(written(json, 'absences')).toMatchObject({ promotion }));
  test.each(['45.0000000000000001', '9999999999999999.5', '1e-5'])('%s absences are refused', (json) => {
    expect(written(json, 'absences').error).toMatchObject({ code: 'decimals', path: 'absences' });
  });
  test('a whole year of 35.0 periods asks for two ongoing marks, so four are too many', () => {
    expect(written('3.5e1', 'periodsPerYear').error).toMatchObject({ code: 'count' });
    expect(written('1.05e2', 'periodsPerYear').subjects[0]?.year).toBe(7);
  });
  test('text that looks like such a number stays as it is', () => {
    const id = '[1e400,8.0000000000000000001,-1e-5] \\" 1e9';
    expect(answerTo({ ...fair, id }).id).toBe(id);
  });
});

test('a line of a million brackets in an unknown field is answered like any other', () => {
  const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
  const line = `${JSON.stringify(fair).slice(0, -1)},"extra":${deep},"more":1e999}`;
  expect(JSON.parse(assessLine(line, { explain: false })?.json ?? '')).toEqual(answerTo(fair));
});

test('twenty thousand subjects are answered', () => {
  const subjects = times(20_000, 0).map((_, index) => steady(`M${index}`, index === 7 ? 3 : 8));
  expect(answerTo(pupil22(subjects))).toMatchObject({ learningYear: 'D', flags: ['adjusted'] });
});
