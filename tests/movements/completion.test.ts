import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { CourseView } from '../../preload/contract/movements.ts';
import type { SummerView } from '../../preload/contract/year-end-steps.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore } from '../bench/demo-core.ts';
import { secretary, YearEndDesk } from '../year-end/year-end-kit.ts';

let core: Core;
let remove: () => Promise<void>;
let desk: YearEndDesk;
const year = '2025-2026';
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 12, yearEnd: true }));
  desk = new YearEndDesk(core);
});
afterAll(async () => { await remove(); });

const completable = () => desk.value<{ pupils: { enrolmentId: string; name: string }[]; waitsFor: string | null }>('movements.completable', { classId: desk.classId('9A') }, secretary);

test('who passed the last grade has completed the level, once the principal has approved the final results', async () => {
  expect(completable().waitsFor).toBe('approval');
  desk.decideAll();
  await desk.job('yearEnd.compute', { year });
  expect(await desk.approve('year')).toMatchObject({ refused: [] });
  for (const row of desk.value<SummerView>('yearEnd.summer', { year }).rows) {
    if (row.training !== null) desk.value('yearEnd.saveTraining', { enrolmentId: row.enrolmentId, task: 'Lao động', informedOn: '2026-06-02', reportOn: '2026-08-10', proposedOn: '2026-08-12', level: 'CD', decisionNo: '12/QĐ' });
    for (const subject of row.subjects) desk.codeOf('yearEnd.saveReassessment', { enrolmentId: row.enrolmentId, subject: subject.subject, part: subject.part, value: { state: 'absent' }, takenOn: '2026-07-20', paper: 'BB' });
  }
  await desk.job('yearEnd.compute', { year });
  expect(await desk.approve('final')).toMatchObject({ refused: [] });
  const { pupils, waitsFor } = completable();
  expect(waitsFor).toBeNull();
  expect(pupils.length).toBeGreaterThan(3);
  const first = pupils[0]?.enrolmentId ?? '';
  const paper = { paper: 'completed', enrolmentId: first, on: '2026-06-10' };
  expect(await desk.jobCode('movements.makePaper', paper, secretary)).toBe('movements.notCompleted');
  const { movementIds } = desk.value<{ movementIds: string[] }>('movements.completeLevel', { classId: desk.classId('9A'), on: '2026-06-10', enrolmentIds: pupils.map(pupil => pupil.enrolmentId) }, secretary);
  expect(completable().pupils).toEqual([]);
  const made = await desk.job<PdfFile & { number: string }>('movements.makePaper', { ...paper, isIssued: true }, secretary);
  expect(made.number).toMatch(/^01\/GXN-/);
  expect(desk.value<CourseView>('movements.course', { enrolmentId: first }, secretary).events.at(-1)?.title).toBe('Hoàn thành chương trình cấp học');
  desk.value('movements.undo', { movementId: movementIds[1], reason: 'ghi nhầm' }, secretary);
  expect(completable().pupils).toHaveLength(1);
});
