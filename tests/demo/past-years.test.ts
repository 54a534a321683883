import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../db/handle.ts';
import { verifyChain } from '../../db/journal-chain.ts';
import { generateSchool, type DemoPlan } from '../../main/demo/demo-school.ts';
import { pastYears, type PastPupil, type PastYear } from '../../main/demo/past-years.ts';
import { PastMarks } from '../../main/demo/past-marks.ts';
import type { Core } from '../../main/entry/create-core.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

const PLAN: DemoPlan = { pupils: 300, level: 'thcs', seed: 1, year: '2025-2026' };
const pupilsOf = ({ classes }: PastYear): PastPupil[] => classes.flatMap(({ pupils }) => pupils);

/** Where each pupil was, year by year. */
function histories(years: readonly PastYear[]): Map<string, { year: string; grade: number; className: string; past: PastPupil }[]> {
  const seats = years.flatMap(({ year, classes }) => classes.flatMap(({ name, grade, pupils }) => pupils.map(past => ({ year, grade, className: name, past }))));
  return Map.groupBy(seats, ({ past }) => past.pupil.code);
}

describe.each(['tieu-hoc', 'thcs', 'thpt'] as const)('the past of a school (%s)', level => {
  const plan: DemoPlan = { ...PLAN, level };
  const school = generateSchool(plan);
  const years = pastYears(school, 8);
  const grades = { 'tieu-hoc': [1, 5], thcs: [6, 9], thpt: [10, 12] }[level];

  it('is the same for the same seed, another for another, and leaves the present year as it is', () => {
    expect(pastYears(generateSchool(plan), 8)).toEqual(years);
    expect(pastYears(generateSchool({ ...plan, seed: 2 }), 8)).not.toEqual(years);
    expect(generateSchool(plan)).toEqual(school);
  });

  it('has the years asked for, each of about the size of the present one', () => {
    expect(years.map(({ year }) => year)).toEqual(['2018-2019', '2019-2020', '2020-2021', '2021-2022', '2022-2023', '2023-2024', '2024-2025']);
    for (const year of years) {
      expect(Math.abs(pupilsOf(year).length - PLAN.pupils)).toBeLessThan(PLAN.pupils / 3);
      expect(new Set(year.classes.map(({ name }) => name)).size).toBe(year.classes.length);
      expect(year.classes.every(({ name, grade, homeroom }) => name.startsWith(String(grade)) && homeroom !== '')).toBe(true);
    }
    expect(pastYears(school, 1)).toEqual([]);
  });

  it('brings every pupil up one grade a year unless he repeats, and nobody is in two classes of a year', () => {
    for (const seats of histories(years).values()) {
      for (const [index, { year, grade, past }] of seats.entries()) {
        const before = seats[index - 1];
        if (before === undefined) continue;
        expect(Number(year.slice(0, 4)) - Number(before.year.slice(0, 4))).toBe(1);
        expect(grade).toBe(before.past.outcome === 'repeat' ? before.grade : before.grade + 1);
        expect(past.isRepeating).toBe(before.past.outcome === 'repeat');
        expect(before.past.outcome).not.toBe('gone');
      }
    }
  });

  it('ends last year where the present one begins: every present pupil but newcomers, one grade below, with the letter of his class', () => {
    const last = new Map(years.at(-1)?.classes.flatMap(({ name, grade, pupils }) => pupils.map(past => [past.pupil.code, { name, grade, past }] as const)));
    for (const pupil of school.classes.flatMap(({ pupils }) => pupils)) {
      const before = last.get(pupil.code);
      if (pupil.grade === grades[0] || pupil.status !== 'Đang học') expect(before).toBeUndefined();
      else expect(`${before?.grade} ${before?.name} ${before?.past.outcome}`).toBe(`${pupil.grade - 1} ${pupil.className.replace(/^\d+/, String(pupil.grade - 1))} promoted`);
    }
  });

  it('has newcomers, leavers on the way and, above primary school, repeaters', () => {
    const all = years.flatMap(pupilsOf);
    expect(all.some(({ status }) => status === 'transferredIn')).toBe(true);
    expect(all.filter(({ outcome }) => outcome === 'gone').every(({ status }) => status === 'transferredOut' || status === 'left')).toBe(true);
    expect(all.some(({ outcome }) => outcome === 'gone')).toBe(true);
    expect(all.some(({ outcome }) => outcome === 'repeat')).toBe(level !== 'tieu-hoc');
  });

  it('gives everybody a code, a register number and a personal number of his own', () => {
    const everybody = [...new Set([...school.classes.flatMap(({ pupils }) => pupils), ...years.flatMap(pupilsOf).map(({ pupil }) => pupil)])];
    for (const key of ['code', 'registerNumber', 'personalId'] as const) expect(new Set(everybody.map(pupil => pupil[key])).size).toBe(everybody.length);
  });
});

it('gives the same marks whatever was asked before, and others in another year', () => {
  const school = generateSchool({ ...PLAN, pupils: 20 });
  const [pupil] = school.classes[0]?.pupils ?? [];
  if (pupil === undefined) throw new Error('an empty school');
  const sheet = { kind: 'score', rule_set: 'TT22-2021', ongoing: 4, periodic: 1, grade: 6 } as const;
  const of = (year: string) => new PastMarks(1, year, { pupil, outcome: 'promoted' }).row(sheet);
  expect(of('2022-2023')).toEqual(of('2022-2023'));
  expect(of('2022-2023')).not.toEqual(of('2023-2024'));
});

/** One school built for all that is asked of it. */
function pastSchool(level: SchoolLevel, years: number): { core: () => Core } {
  let core: Core | undefined;
  let remove: (() => Promise<void>) | undefined;
  beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 20, level, years, yearEnd: true })); }, 120_000);
  afterAll(async () => remove?.());
  return { core: () => core ?? (() => { throw new Error('not built'); })() };
}

interface Enrolled { person_id: string; year: string; grade: number; status: string; is_repeating: number; promotion: string | null; rule_set: string | null; printed: string | null }

const enrolled = ({ database }: Core): Enrolled[] => database.read.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
  .leftJoin('year_result', 'year_result.enrolment_id', 'enrolment.id')
  .leftJoin('printed_result', join => join.onRef('printed_result.person_id', '=', 'enrolment.person_id').onRef('printed_result.year', '=', 'enrolment.year'))
  .select(['enrolment.person_id', 'enrolment.year', 'school_class.grade', 'enrolment.status', 'enrolment.is_repeating', 'year_result.promotion', 'year_result.rule_set', 'printed_result.outcome as printed'])
  .orderBy('enrolment.person_id').orderBy('enrolment.year'));

describe.each([
  { level: 'thcs', years: 7, ruleSets: ['TT22-2021', 'TT26-2020', 'TT58-2011'] },
  { level: 'tieu-hoc', years: 7, ruleSets: ['AS-PRINTED', 'TT27-2020'] },
  { level: 'thpt', years: 3, ruleSets: ['TT22-2021', 'TT26-2020'] },
] as const)('a school built with its past ($level, $years years)', ({ level, years, ruleSets }) => {
  const { core } = pastSchool(level, years);

  it('is sound: database, references, journal chain', () => {
    expect(core().database.checkIntegrity()).toEqual([]);
    expect(verifyChain(core().database.read).firstBroken).toBeNull();
  });

  it('closed the past years with approved results and locked sheets', () => {
    const { read } = core().database;
    const past = read.all(sql.selectFrom('school_year').selectAll().where('is_current', '=', 0));
    expect(past).toHaveLength(years - 1);
    expect(past.every(({ state }) => state === 'closed')).toBe(true);
    expect(read.all(sql.selectFrom('school_year').select(['year', 'state']).where('is_current', '=', 1))).toEqual([{ year: '2025-2026', state: 'open' }]);
    const open = read.all(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select('grade_sheet.id')
      .where('school_class.year', '<>', '2025-2026').where('grade_sheet.state', '<>', 'locked'));
    expect(open).toEqual([]);
    const kept = read.all(sql.selectFrom('school_class').select('id').where('year', '<>', '2025-2026')
      .where('id', 'in', sql.selectFrom('grade_sheet').select('class_id')));
    const final = read.all(sql.selectFrom('year_approval').select('class_id').where('stage', '=', 'final').where('cancelled', '=', 0));
    expect(new Set(final.map(row => row.class_id)).isSupersetOf(new Set(kept.map(row => row.id)))).toBe(true);
  });

  it('gave every pupil the result that his next year says he had', () => {
    const rows = enrolled(core());
    const past = rows.filter(row => row.year !== '2025-2026');
    expect(new Set(past.flatMap(row => row.rule_set ?? []))).toEqual(new Set(ruleSets));
    for (const [index, row] of rows.entries()) {
      if (row.year === '2025-2026') continue;
      const next = rows[index + 1]?.person_id === row.person_id ? rows[index + 1] : undefined;
      if (row.status === 'transferredOut' || row.status === 'left') {
        expect([row.promotion, row.printed, next]).toEqual([null, null, undefined]);
      } else {
        if (row.rule_set === 'AS-PRINTED') expect(row.printed).toMatch(/^Hoàn thành chương trình/);
        expect(['promoted', 'repeat']).toContain(row.promotion);
        if (next) expect(next.grade - row.grade).toBe(row.promotion === 'promoted' ? 1 : 0);
      }
    }
  });

  it('left the present list with nothing to say against what is known already', () => {
    const { read } = core().database;
    const changed = read.all(sql.selectFrom('person').select('name').where('version', '>', 1).where('id', 'in', sql.selectFrom('enrolment').select('person_id')));
    expect(changed).toEqual([]);
    const doubled = read.all(sql.selectFrom('pupil_code').select('code').where('kind', '=', 'moet').groupBy('code').having(({ fn }) => fn.countAll(), '>', 1));
    expect(doubled).toEqual([]);
  });

  it('shows a pupil with all his years', () => {
    const byPerson = [...Map.groupBy(enrolled(core()), row => row.person_id).values()];
    const longest = byPerson.toSorted((a, b) => b.length - a.length).find(rows => rows.at(-1)?.year === '2025-2026') ?? [];
    const enrolment = core().database.read.get(sql.selectFrom('enrolment').select('id').where('person_id', '=', longest[0]?.person_id ?? '').where('year', '=', '2025-2026'));
    const view = core().door.call('students.open', { enrolmentId: enrolment?.id }, principal);
    expect(view.ok && (view.value as { results: { year: string }[] }).results.map(({ year }) => year)).toEqual(longest.map(({ year }) => year).toReversed());
    expect(longest.length).toBeGreaterThan(2);
  });
});
