import { describe, expect, test } from 'vitest';
import { ongoingRequired } from '../../main/grades/rules/subject-results.ts';
import { ruleSetOf } from '../../resources/catalogues/rule-sets.ts';
import { ongoingCount, subjectByCode, subjectsOfGrade } from '../../resources/catalogues/subject-catalogue.ts';

/** Each step of TT 22/2021 Đ21 and TT 27/2020: the grade, the last year before, the first year of the newer regulation. */
const steps: [grade: number, before: string, beforeYear: string, after: string, afterYear: string][] = [
  [6, 'TT26-2020', '2020-2021', 'TT22-2021', '2021-2022'],
  [7, 'TT26-2020', '2021-2022', 'TT22-2021', '2022-2023'],
  [8, 'TT26-2020', '2022-2023', 'TT22-2021', '2023-2024'],
  [9, 'TT26-2020', '2023-2024', 'TT22-2021', '2024-2025'],
  [10, 'TT26-2020', '2021-2022', 'TT22-2021', '2022-2023'],
  [11, 'TT26-2020', '2022-2023', 'TT22-2021', '2023-2024'],
  [12, 'TT26-2020', '2023-2024', 'TT22-2021', '2024-2025'],
  [1, 'AS-PRINTED', '2019-2020', 'TT27-2020', '2020-2021'],
  [2, 'AS-PRINTED', '2020-2021', 'TT27-2020', '2021-2022'],
  [3, 'AS-PRINTED', '2021-2022', 'TT27-2020', '2022-2023'],
  [4, 'AS-PRINTED', '2022-2023', 'TT27-2020', '2023-2024'],
  [5, 'AS-PRINTED', '2023-2024', 'TT27-2020', '2024-2025'],
  [9, 'TT58-2011', '2019-2020', 'TT26-2020', '2020-2021'],
  [12, 'AS-PRINTED', '2010-2011', 'TT58-2011', '2011-2012'],
];

describe('the regulation of a grade and year', () => {
  test.each(steps)('grade %i: %s in %s, %s from %s on', (grade, before, beforeYear, after, afterYear) => {
    expect(ruleSetOf(grade, beforeYear).ruleSet).toBe(before);
    expect(ruleSetOf(grade, afterYear).ruleSet).toBe(after);
  });

  test('today every grade is under TT 27/2020 or TT 22/2021, and says where', () => {
    for (let grade = 1; grade <= 12; grade += 1) {
      const { ruleSet, article } = ruleSetOf(grade, '2026-2027');
      expect(ruleSet).toBe(grade <= 5 ? 'TT27-2020' : 'TT22-2021');
      expect(article).toContain(grade <= 5 ? '27/2020' : '22/2021');
    }
  });
});

describe('the catalogue', () => {
  test('the number of ongoing marks is that of the rules, whatever the periods', () => {
    for (const ruleSet of ['TT22-2021', 'TT26-2020', 'TT58-2011'] as const) {
      for (const kind of ['score', 'comment'] as const) {
        for (let periods = 1; periods <= 200; periods += 1) expect(ongoingCount(kind, periods, ruleSet)).toBe(ongoingRequired(ruleSet, kind, periods));
      }
    }
  });

  test('tests of a primary year stand where TT 27/2020 Đ7 has them', () => {
    const tested = (grade: number) => Object.fromEntries(subjectsOfGrade(grade, '2025-2026').flatMap(subject => {
      const points = subject.testedAt?.[String(grade)];
      return points === undefined ? [] : [[subject.code, points.join('')]];
    }));
    expect(tested(1)).toEqual({ TV: '24', TOAN: '24' });
    expect(tested(2)).toEqual({ TV: '24', TOAN: '24' });
    expect(tested(3)).toEqual({ TV: '24', TOAN: '24', NN1: '24', THCN: '24' });
    for (const grade of [4, 5]) expect(tested(grade)).toEqual({ TV: '1234', TOAN: '1234', NN1: '24', LSDL: '24', KH: '24', THCN: '24' });
  });

  test('lower secondary has eight scored and four comment subjects, and every strand is known', () => {
    const compulsory = subjectsOfGrade(9, '2025-2026').filter(subject => subject.choice === 'compulsory');
    expect(compulsory.filter(subject => subject.kind === 'score')).toHaveLength(8);
    expect(compulsory.filter(subject => subject.kind === 'comment').map(subject => subject.code).sort()).toEqual(['GDTC', 'HDTN', 'NDDP', 'NT']);
    for (let grade = 1; grade <= 12; grade += 1) {
      for (const subject of subjectsOfGrade(grade, '2025-2026')) for (const strand of subject.strands ?? []) expect(subjectByCode(strand, grade)?.strandOf).toBe(subject.code);
    }
  });

  test('a year before is known by its own subjects: Thể dục, Vật lí, and Ngoại ngữ as a core subject only since TT 26/2020', () => {
    const codes = subjectsOfGrade(9, '2018-2019').map(subject => subject.code);
    expect(codes).toContain('TD');
    expect(codes).toContain('LI');
    expect(codes).not.toContain('KHTN');
    expect(subjectByCode('NN', 9, '2018-2019')?.coreUnder).toEqual(['TT26-2020']);
    expect(subjectByCode('TOAN', 9, '2018-2019')?.coreUnder).toEqual(['TT58-2011', 'TT26-2020']);
    expect(subjectsOfGrade(5, '2018-2019')).toEqual([]);
  });
});
