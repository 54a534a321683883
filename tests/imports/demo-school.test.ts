import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateSchool, type DemoPlan, type DemoPupil, type DemoSchool } from '../../main/demo/demo-school.ts';
import { Random } from '../../main/demo/random.ts';
import { writeSchoolWorkbooks } from '../../main/demo/school-workbooks.ts';
import { assessLine } from '../../main/grades/assess.ts';
import { personalIdFacts } from '../../main/imports/import-values.ts';
import { readMarksWorkbook } from '../../main/imports/marks-reader.ts';
import { readPupilsWorkbook } from '../../main/imports/pupils-reader.ts';
import { readStaffWorkbook } from '../../main/imports/staff-reader.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import type { MarkValue } from '../../main/imports/import-records.ts';

const PLAN: DemoPlan = { pupils: 600, level: 'thcs', seed: 1, year: '2025-2026' };
const UPPER: DemoPlan = { pupils: 180, level: 'thpt', seed: 5, year: '2025-2026' };

const pupilsOf = (school: DemoSchool): DemoPupil[] => school.classes.flatMap((schoolClass) => schoolClass.pupils);

interface Outcome {
  promotion: string;
  learningYear: string;
  award: string | null;
  flags: string[];
}

const mark = (value: MarkValue) => (typeof value === 'number' ? value / 10 : value);
const open = async (file: string) => readWorkbook(readFileSync(file));

/** What the assessment engine says of a pupil in June. */
function assess(school: DemoSchool, pupil: DemoPupil): Outcome {
  const schoolClass = school.classes.find((found) => found.name === pupil.className);
  const line = {
    id: pupil.code, ruleSet: 'TT22-2021', grade: pupil.grade, conduct: pupil.conduct, absences: pupil.absentWithLeave + pupil.absentWithoutLeave,
    subjects: (schoolClass?.subjects ?? []).map((subject) => ({
      code: subject.code, kind: subject.kind, periodsPerYear: subject.periods,
      terms: pupil.marks[subject.code]?.map((term) => ({ ongoing: term.ongoing.map(mark), mid: mark(term.mid), final: mark(term.final) })),
    })),
  };
  const answer = assessLine(JSON.stringify(line), { explain: false });
  if (answer === null || answer.refused) throw new Error(answer?.json ?? 'no answer');
  return JSON.parse(answer.json) as Outcome;
}

describe('a demo school', () => {
  const school = generateSchool(PLAN);
  const pupils = pupilsOf(school);

  it('is the same for the same seed and another for another', () => {
    expect(generateSchool(PLAN)).toEqual(school);
    expect(pupilsOf(generateSchool({ ...PLAN, seed: 2 })).map((pupil) => pupil.name)).not.toEqual(pupils.map((pupil) => pupil.name));
  });

  it('has as many pupils as asked for, in classes of forty, always with a 9A', () => {
    expect(school.classes.map((found) => `${found.name} ${found.pupils.length}`)).toEqual(['6A', '6B', '6C', '6D', '7A', '7B', '7C', '7D', '8A', '8B', '8C', '9A', '9B', '9C', '9D'].map((name) => `${name} 40`));
    for (const size of [1, 24, 41, 97]) {
      const small = generateSchool({ ...PLAN, pupils: size });
      expect(pupilsOf(small)).toHaveLength(size);
      expect(small.classes.some((found) => found.name === '9A')).toBe(true);
    }
    expect(generateSchool(UPPER).classes.map((found) => found.name)).toEqual(['10A1', '10A2', '11A1', '12A1', '12A2']);
  });

  it('knows every person by numbers of their own, which agree with sex and birth', () => {
    const people = [...pupils, ...school.staff];
    expect(new Set(people.map((person) => person.personalId)).size).toBe(people.length);
    expect(new Set(pupils.map((pupil) => pupil.code)).size).toBe(600);
    expect(pupils.every((pupil) => /^0\d{9}$/.test(pupil.code))).toBe(true);
    for (const person of people) {
      expect(person.personalId).toMatch(/^0\d{11}$/);
      expect(personalIdFacts(person.personalId)).toEqual({ sex: person.sex, birthYear: Number(person.birth.slice(0, 4)) });
    }
  });

  it('has the names that are hard: rare letters, great length, and two of one name in one class', () => {
    const names = pupils.map((pupil) => pupil.name);
    expect(names).toEqual(expect.arrayContaining(['Nguyễn Thị Ỷ Lan', 'Đặng Quỹ Ữu', 'Công Tằng Tôn Nữ Hoàng Mộng Thuỳ Dương']));
    expect(school.classes.some((found) => found.pupils.filter((pupil) => pupil.name === 'Nguyễn Ngọc Ánh').length >= 2)).toBe(true);
    expect(new Set(pupils.map((pupil) => pupil.ethnicGroup.code)).size).toBeGreaterThan(4);
    expect(pupils.some((pupil) => pupil.birth.length === 4)).toBe(true);
  });

  it('has an office, and for each class a homeroom teacher who teaches in it and a teacher for every subject', () => {
    expect(school.staff.map((person) => person.role)).toEqual(expect.arrayContaining(['principal', 'vicePrincipal', 'secretary', 'seal', 'teacher']));
    const homerooms = school.classes.map((found) => found.homeroom);
    expect(new Set(homerooms).size).toBe(homerooms.length);
    for (const found of school.classes) {
      expect(found.subjects).toHaveLength(12);
      expect(found.subjects.some((subject) => subject.teacher === found.homeroom)).toBe(true);
      for (const { code, teacher } of found.subjects) {
        const person = school.staff.find((entry) => entry.code === teacher);
        expect(person?.role).toBe('teacher');
        expect(code === 'HDTN' || person?.subjects.includes(code)).toBe(true);
      }
    }
  });

  it('ends its year as schools do: every outcome occurs, and most pupils go up', () => {
    const outcomes = pupils.map((pupil) => assess(school, pupil));
    const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length;
    for (const promotion of ['promoted', 'reassess', 'summer-training', 'summer-training-then-reassess', 'repeat']) expect(count((outcome) => outcome.promotion === promotion)).toBeGreaterThan(0);
    expect(count((outcome) => outcome.promotion === 'incomplete')).toBe(0);
    expect(count((outcome) => outcome.promotion === 'promoted')).toBeGreaterThan(540);
    for (const level of ['T', 'K', 'D']) expect(count((outcome) => outcome.learningYear === level)).toBeGreaterThan(60);
    expect(count((outcome) => outcome.learningYear === 'CD')).toBeGreaterThan(2);
    expect(count((outcome) => outcome.award === 'XS')).toBeGreaterThan(5);
    expect(count((outcome) => outcome.award === 'G')).toBeGreaterThan(30);
    expect(count((outcome) => outcome.flags.includes('adjusted'))).toBeGreaterThan(0);
  });

  it('and the pupils made for an outcome reach it, in schools of both levels and whatever the seed', () => {
    for (const plan of [PLAN, UPPER, { ...PLAN, pupils: 24, classSize: 12 }, ...[11, 12, 13].map((seed) => ({ ...PLAN, pupils: 80, seed })), ...[21, 22].map((seed) => ({ ...UPPER, pupils: 90, seed }))]) {
      const made = generateSchool(plan);
      const planned = pupilsOf(made).filter((pupil) => pupil.planned !== null);
      expect(new Set(planned.map((pupil) => pupil.planned))).toEqual(new Set(['promoted', 'reassess', 'summer-training', 'summer-training-then-reassess', 'repeat']));
      expect(planned.map((pupil) => assess(made, pupil).promotion)).toEqual(planned.map((pupil) => pupil.planned));
    }
  });

  it('that is under way still misses the end of the year', () => {
    const current = generateSchool({ ...PLAN, pupils: 40, state: 'inProgress' });
    expect(pupilsOf(current).every((pupil) => assess(current, pupil).promotion === 'incomplete')).toBe(true);
    expect(pupilsOf(current).every((pupil) => Object.values(pupil.marks).every(([first]) => first.final !== null))).toBe(true);
  });
});

describe('the workbooks of a demo school', () => {
  it('are read back without a single problem', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'Trường mẫu '));
    try {
      const school = generateSchool({ ...UPPER, pupils: 60, classSize: 20 });
      const files = await writeSchoolWorkbooks(school, folder);
      const expected = { schoolYear: '2025-2026', levels: ['thpt'] } as const;
      const pupils = readPupilsWorkbook(await open(files.pupils), expected);
      const staff = readStaffWorkbook(await open(files.staff), expected);
      expect({ errors: pupils.errors, warnings: pupils.warnings, unknown: pupils.unknownValues, rows: pupils.rowCount }).toEqual({ errors: [], warnings: [], unknown: [], rows: 60 });
      expect({ errors: staff.errors, warnings: staff.warnings, unknown: staff.unknownValues, rows: staff.rowCount }).toEqual({ errors: [], warnings: [], unknown: [], rows: school.staff.length });
      expect(files.marks.map((entry) => entry.className)).toEqual(['10A1', '11A1', '12A1']);
      for (const { className, file } of files.marks) {
        const marks = readMarksWorkbook(await open(file), { schoolYear: '2025-2026', className, pupilsOfClass: () => new Map(school.classes.find((found) => found.name === className)?.pupils.map((pupil) => [pupil.code, pupil.name])) });
        expect({ errors: marks.errors, warnings: marks.warnings, summaries: marks.summaries.length }).toEqual({ errors: [], warnings: [], summaries: 1 });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the random numbers of the demo', () => {
  it('are fixed for ever: a new version of the program must not change a demo school', () => {
    const random = new Random(1, 'pupils');
    expect(Array.from({ length: 6 }, () => random.below(1_000))).toMatchInlineSnapshot(`
      [
        874,
        639,
        380,
        316,
        222,
        244,
      ]
    `);
  });

  it('keep to their limits', () => {
    const random = new Random(3, 'limits');
    const values = Array.from({ length: 2_000 }, () => random.between(-2, 2));
    expect(new Set(values)).toEqual(new Set([-2, -1, 0, 1, 2]));
    expect(random.digits(5)).toMatch(/^\d{5}$/);
    expect(Array.from({ length: 500 }, () => random.chance(0)).some(Boolean)).toBe(false);
  });
});
