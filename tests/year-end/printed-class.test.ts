import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { promotionIn } from '../../main/year-end/printed-class.ts';
import type { RollOverView, RollPreview } from '../../preload/contract/roll-over.ts';
import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import type { Explanation, YearEndOverview } from '../../preload/contract/year-end.ts';
import { emptySchool, principal, type School } from '../curriculum/empty-school.ts';
import { YearEndDesk } from './year-end-kit.ts';

const year = '2009-2010';
let school: School;
let desk: YearEndDesk;
let classId: string;
const pupils = { up: '', again: '', unclear: '', untyped: '' };

beforeAll(async () => {
  school = await emptySchool([year]);
  desk = new YearEndDesk(school.core, year);
  const found = school.addClass(year, 7, '7A');
  classId = found.id;
  Object.keys(pupils).forEach((who, index) => { pupils[who as 'up'] = school.addPupil(found, `Học sinh ${who}`, index + 1); });
  for (const [who, outcome] of [['up', 'Được lên lớp'], ['again', 'Ở lại lớp'], ['unclear', 'Lên lớp sau khi thi lại']] as const) type(who, outcome);
});
afterAll(async () => { await school.close(); });

function type(who: keyof typeof pupils, outcome: string): void {
  const person = school.core.database.read.get(sql.selectFrom('enrolment').select('person_id').where('id', '=', pupils[who]));
  school.value('curriculum.savePrinted', {
    personId: person?.person_id, printedId: null, version: 0,
    result: { year, grade: 7, school: 'Trường cũ', className: '7A', lines: [], learning: 'Khá', conduct: 'Tốt', outcome, award: '', absences: '12 buổi' },
  });
}
const overview = () => school.value<YearEndOverview>('yearEnd.overview', { year });
const promotions = () => Object.fromEntries(overview().rows.map(row => [row.name.replace('Học sinh ', ''), row.promotion]));
const cases = () => school.value<{ cases: DecisionCase[] }>('yearEnd.decisions', { year }).cases;

test.each([
  ['Được lên lớp', 'promoted'], ['lên lớp 8', 'promoted'], ['Lên lớp thẳng.', 'promoted'], ['Hoàn thành chương trình tiểu học', 'promoted'],
  ['Hoàn thành chương trình lớp học, được lên lớp', 'promoted'], ['Ở lại lớp', 'repeat'], ['Lưu ban', 'repeat'], ['Không được lên lớp', 'repeat'],
  ['Thi lại', 'incomplete'], ['Chưa được lên lớp', 'incomplete'], ['', 'incomplete'],
])('the words “%s” of a book mean %s', (words, promotion) => { expect(promotionIn(words)).toBe(promotion); });

describe('a class kept as printed goes through the year end on what its books say', () => {
  test('plain words stand; the others are for the principal, with a reason', () => {
    expect(promotions()).toEqual({ up: 'promoted', again: 'repeat', unclear: 'incomplete', untyped: 'incomplete' });
    expect(overview().rows[0]).toMatchObject({ ruleSet: 'AS-PRINTED', absences: 12 });
    expect(cases().map(one => [one.enrolmentId, one.matter])).toEqual([[pupils.unclear, 'printed'], [pupils.untyped, 'printed']]);
    expect(cases()[0]?.question).toContain('“Lên lớp sau khi thi lại”');
    expect(school.codeOf('yearEnd.decide', { enrolmentId: pupils.up, matter: 'printed', value: 'repeat', reason: 'Theo biên bản' })).toBe('yearEnd.nothingToDecide');
    expect(school.codeOf('yearEnd.decide', { enrolmentId: pupils.unclear, matter: 'partYear', value: 'promoted', reason: 'Theo biên bản' })).toBe('yearEnd.nothingToDecide');
  });

  test('not approved before everybody is decided; then approved, twice, and frozen', async () => {
    await desk.job('yearEnd.compute', { year });
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'year' })).toBe('yearEnd.undecided');
    school.value('yearEnd.decide', { enrolmentId: pupils.unclear, matter: 'printed', value: 'promoted', reason: 'Theo biên bản thi lại' });
    type('untyped', 'Lưu ban');
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'year' })).toBe('yearEnd.notFiled');
    await desk.job('yearEnd.compute', { year });
    expect(await desk.approve('year')).toEqual({ approved: 1, refused: [] });
    expect(await desk.approve('final')).toEqual({ approved: 1, refused: [] });
    expect(overview().classes[0]).toMatchObject({ stale: 0, undecided: 0, waiting: 0, pupils: 4 });
    expect(school.value<Explanation>('yearEnd.explain', { enrolmentId: pupils.unclear })).toMatchObject({
      because: [{ facts: ['Sổ ghi: “Lên lớp sau khi thi lại”.', 'Được lên lớp'] }], decided: [{ reason: 'Theo biên bản thi lại', by: `hiệu trưởng ${principal.name}` }],
    });
  });

  test('the year rolls over: who was promoted goes up, who was not is placed by a person', async () => {
    const plan = school.value<RollPreview>('yearEnd.rollPreview', { year });
    expect(plan.notFinal).toEqual([]);
    expect(Object.fromEntries(plan.pupils.map(one => [one.enrolmentId, one.outcome]))).toEqual({ [pupils.up]: 'promoted', [pupils.again]: 'repeat', [pupils.unclear]: 'promoted', [pupils.untyped]: 'repeat' });
    const done = await desk.job<RollOverView>('yearEnd.rollOver', {
      year, startsOn: '2010-09-05', term2From: '2011-01-05', endsOn: '2011-05-31',
      classes: [{ name: '7A', grade: 7, fromClassId: null, homeroomStaffId: null }, { name: '8A', grade: 8, fromClassId: classId, homeroomStaffId: null }],
      moves: plan.pupils.map(({ enrolmentId, outcome }) => ({ enrolmentId, to: outcome === 'promoted' ? '8A' : '7A' })),
    });
    expect(done).toMatchObject({ pupils: 4, leavers: 0 });
  });
});
