import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { RollOverView, RollPreview } from '../../preload/contract/roll-over.ts';
import type { SummerPupil, SummerView } from '../../preload/contract/year-end-steps.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore } from '../bench/demo-core.ts';
import { YearEndDesk } from './year-end-kit.ts';

let core: Core;
let remove: () => Promise<void>;
let desk: YearEndDesk;
const year = '2025-2026';
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 70, level: 'tieu-hoc', yearEnd: true }));
  desk = new YearEndDesk(core);
});
afterAll(async () => { await remove(); });

const summer = () => desk.value<SummerView>('yearEnd.summer', { year }).rows;
const save = (row: SummerPupil, index: number, value: object) => desk.codeOf('yearEnd.saveReassessment', {
  enrolmentId: row.enrolmentId, subject: row.subjects[index]?.subject, part: row.subjects[index]?.part, value, takenOn: '2026-06-20', paper: 'Phiếu 1',
});

describe('a primary school from May into the next year (TT 27/2020 Đ11)', () => {
  test('who did not complete the programme is helped and assessed a second time, value by value', async () => {
    desk.decideAll();
    await desk.job('yearEnd.compute', { year });
    expect(await desk.approve('year')).toMatchObject({ refused: [] });
    const waiting = summer();
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.every(row => row.promotionYear === 'support' && row.training === null && row.subjects.length > 0)).toBe(true);
    const row = waiting[0];
    if (!row) throw new Error('nobody waits');
    row.subjects.forEach((subject, index) => {
      if (subject.takes === 'whole') expect(save(row, index, { state: 'score', tenths: 65 })).toBe('yearEnd.wrongValue');
      expect(save(row, index, typeof subject.takes === 'string' ? { state: 'score', tenths: 60 } : { state: 'level', level: subject.takes[1] })).toBe('ok');
    });
    expect(summer().find(one => one.enrolmentId === row.enrolmentId)).toMatchObject({ promotion: 'promoted', learningYear: 'CHT', learningFinal: 'HT' });
  });

  test('who still did not is for the principal to decide; then the year is final', async () => {
    for (const row of summer().filter(one => one.promotion === 'support')) {
      row.subjects.forEach((subject, index) => { expect(save(row, index, typeof subject.takes === 'string' ? { state: 'score', tenths: 20 } : { state: 'level', level: 'C' })).toBe('ok'); });
      expect(summer().find(one => one.enrolmentId === row.enrolmentId)?.promotion).toBe('principal-decides');
    }
    const waits = summer().filter(one => one.promotion === 'principal-decides').length;
    if (waits > 0) expect((await desk.approve('final')).refused.length).toBeGreaterThan(0);
    expect(desk.decideAll()).toBe(waits);
    await desk.job('yearEnd.compute', { year });
    const left = desk.overview().classes.filter(one => one.final === null).map(one => one.classId);
    expect(await desk.approve('final', left)).toMatchObject({ refused: [] });
  });

  test('the last grade leaves with the programme completed, the others go up', async () => {
    const paper = await desk.job<PdfFile>('yearEnd.printList', { year, list: 'completed' });
    expect(paper.pages).toBeGreaterThan(0);
    const plan = desk.value<RollPreview>('yearEnd.rollPreview', { year });
    expect(plan.pupils.filter(one => one.outcome === 'completed').every(one => one.grade === 5 && one.place.kind === 'leaves')).toBe(true);
    const done = await desk.job<RollOverView>('yearEnd.rollOver', {
      year, startsOn: plan.startsOn, endsOn: plan.endsOn, term2From: plan.term2From,
      classes: plan.classes.map(({ name, grade, fromClassId, homeroomStaffId }) => ({ name, grade, fromClassId, homeroomStaffId })),
      moves: plan.pupils.map(({ enrolmentId, grade, place }) => ({
        enrolmentId, to: place.kind === 'class' ? place.name : place.kind === 'leaves' ? null : plan.classes.find(one => one.grade === grade)?.name ?? '',
      })),
    });
    expect(done.leavers).toBe(plan.pupils.filter(one => one.outcome === 'completed').length);
    const { sheets } = desk.value<{ sheets: { kind: string; term: number }[] }>('grades.listSheets', { year: '2026-2027' });
    expect(sheets.some(sheet => sheet.kind === 'traits' && sheet.term === 4)).toBe(true);
  });
});
