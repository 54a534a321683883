import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import type { StudentView } from '../../preload/contract/students.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore } from '../bench/demo-core.ts';
import { YearEndDesk } from './year-end-kit.ts';

const year = '2025-2026';
let core: Core;
let remove: () => Promise<void>;
let desk: YearEndDesk;
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 60 }));
  desk = new YearEndDesk(core);
});
afterAll(async () => { await remove(); });

/** The view of the school, which keeps what has not changed, says the same as each class worked out as it stands. */
function expectSame(): void {
  const school = desk.overview();
  const classes = school.classes.map(one => desk.overview(one.classId));
  expect(school.rows).toEqual(classes.flatMap(one => one.rows));
  expect(school.classes).toEqual(classes.flatMap(one => one.classes));
  const cases = desk.value<{ cases: DecisionCase[] }>('yearEnd.decisions', { year }).cases;
  expect(cases).toEqual(school.classes.flatMap(one => desk.value<{ cases: DecisionCase[] }>('yearEnd.decisions', { year, classId: one.classId }).cases));
}

test('whatever changes, the kept view of the school shows it', async () => {
  expectSame();
  const classId = desk.classId('9A');
  const sheet = desk.sheet(classId, 'TOAN', 2);
  const id = sheet.rows[0]?.enrolmentId ?? '';
  const before = desk.overview().rows.find(row => row.enrolmentId === id)?.learningYear;
  for (const { column } of sheet.columns) expect(desk.type(desk.sheet(classId, 'TOAN', 2), id, column, { state: 'score', tenths: 0 })).toBe('ok');
  expectSame();
  expect(desk.overview().rows.find(row => row.enrolmentId === id)?.learningYear).not.toBe(before);
  desk.value('grades.saveTermRecord', { enrolmentId: id, term: 2, conduct: 'CD' });
  expectSame();
  desk.value('curriculum.addStanding', { enrolmentId: sheet.rows[1]?.enrolmentId, subject: 'NT', standing: 'notTaken', term: 1, reason: 'Chuyển chương trình', paper: '', from: '2025-09-05', to: null });
  expectSame();
  expect(desk.decideAll()).toBeGreaterThan(0);
  expectSame();
  desk.value('yearEnd.saveReading', { key: 'adjustmentReading', value: 'exclude', from: year, reason: 'Theo hướng dẫn của Sở' });
  expectSame();
  const pupil = desk.value<StudentView>('students.open', { enrolmentId: id });
  desk.value('students.save', { personId: pupil.personId, expectedVersion: pupil.version, changes: { name: 'Lò Thị Đổi Tên' }, reason: 'Theo giấy khai sinh' });
  expectSame();
  expect(desk.overview().rows.find(row => row.enrolmentId === id)?.name).toBe('Lò Thị Đổi Tên');
  await desk.job('yearEnd.compute', { year });
  expectSame();
  expect(desk.overview().isStale).toBe(false);
  expect(core.database.read.get(sql.selectFrom('year_result').select('id').where('enrolment_id', '=', id))).toBeDefined();
});
