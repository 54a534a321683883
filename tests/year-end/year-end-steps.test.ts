import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { RollOverView, RollPreview } from '../../preload/contract/roll-over.ts';
import type { MarkValue } from '../../preload/contract/grades.ts';
import type { SummerPupil, SummerView } from '../../preload/contract/year-end-steps.ts';
import type { YearEndCounts } from '../../preload/contract/year-end.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';
import { secretary, YearEndDesk } from './year-end-kit.ts';

let core: Core;
let remove: () => Promise<void>;
let desk: YearEndDesk;
const year = '2025-2026';
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 80, yearEnd: true }));
  desk = new YearEndDesk(core);
});
afterAll(async () => { await remove(); });

const summer = () => desk.value<SummerView>('yearEnd.summer', { year });
const pupil = (of: (row: SummerPupil) => boolean): SummerPupil => {
  const found = summer().rows.find(of);
  if (!found) throw new Error('the demo school has no such pupil');
  return found;
};
const again = (row: SummerPupil, index: number, value: object, over: object = {}) => {
  const subject = row.subjects[index];
  return { enrolmentId: row.enrolmentId, subject: subject?.subject, part: subject?.part, value, takenOn: '2026-07-20', paper: 'BB-07', ...over };
};
const passed = (takes: SummerPupil['subjects'][number]['takes']) => (typeof takes === 'string' ? { state: 'score', tenths: 60 } : { state: 'level', level: takes[0] });
const training = (row: SummerPupil, over: object = {}) => ({
  enrolmentId: row.enrolmentId, task: 'Lao động giúp gia đình, sinh hoạt hè ở phường', informedOn: '2026-06-02', reportOn: '2026-08-10', proposedOn: '2026-08-12', level: 'D', decisionNo: '12/QĐ-THCS', ...over,
});

describe('the principal approves the year, class by class', () => {
  test('a class with missing marks is refused, and told how many pupils', async () => {
    const classId = desk.classId('9A');
    const sheet = desk.sheet(classId, 'TOAN', 2);
    const row = sheet.rows[3];
    const before: MarkValue = row?.marks.ck ?? { state: 'empty' };
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'year' })).toBe('yearEnd.undecided');
    expect(desk.decideAll()).toBeGreaterThan(0);
    await desk.job<YearEndCounts>('yearEnd.compute', { year });
    expect(desk.type(sheet, row?.enrolmentId ?? '', 'ck', { state: 'empty' })).toBe('ok');
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'year' })).toBe('yearEnd.stillMissing');
    expect(desk.type(desk.sheet(classId, 'TOAN', 2), row?.enrolmentId ?? '', 'ck', before)).toBe('ok');
    expect(desk.overview(classId).classes[0]?.year).toBeNull();
  });

  test('results computed before a change are refused until they are computed again', async () => {
    const classId = desk.classId('9A');
    const sheet = desk.sheet(classId, 'VAN', 1);
    const row = sheet.rows.find(one => one.marks.tx1?.state === 'score');
    const before = row?.marks.tx1 ?? { state: 'empty' };
    const id = row?.enrolmentId ?? '';
    // Far enough to move a level: everything 0.
    for (const { column } of sheet.columns) desk.type(desk.sheet(classId, 'VAN', 1), id, column, { state: 'score', tenths: 0 });
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'year' })).toMatch(/yearEnd\.(notFiled|undecided)/);
    for (const { column } of sheet.columns) desk.type(desk.sheet(classId, 'VAN', 1), id, column, row?.marks[column] ?? before);
    expect(desk.overview(classId).isStale).toBe(false);
  });

  test('the office cannot approve, the principal can; a second time is refused', async () => {
    const classId = desk.classId('9A');
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'year' }, secretary)).toBe('call.forbidden');
    expect(await desk.approve('year', [classId])).toEqual({ approved: 1, refused: [] });
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'year' })).toBe('yearEnd.alreadyApproved');
    const approval = desk.overview(classId).classes[0]?.year;
    expect(approval).toMatchObject({ by: principal.name, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(approval?.journalSeq).toBeGreaterThan(100);
  });

  test('afterwards a computation changes nothing and shows what would be other', async () => {
    const classId = desk.classId('9A');
    const before = desk.overview(classId);
    const row = before.rows.find(one => one.promotion === 'promoted');
    const id = row?.enrolmentId ?? '';
    const sheet = desk.sheet(classId, 'TOAN', 2);
    const marks = sheet.rows.find(one => one.enrolmentId === id)?.marks ?? {};
    for (const { column } of sheet.columns) desk.type(desk.sheet(classId, 'TOAN', 2), id, column, { state: 'score', tenths: 0 });
    await desk.job<YearEndCounts>('yearEnd.compute', { year, classId });
    const after = desk.overview(classId);
    expect(after.rows.find(one => one.enrolmentId === id)).toMatchObject({ promotion: 'promoted', learningYear: row?.learningYear });
    expect(after.differences).toContainEqual(expect.objectContaining({ enrolmentId: id, field: 'Học tập cả năm' }));
    expect(after.isStale).toBe(false);
    for (const { column } of sheet.columns) desk.type(desk.sheet(classId, 'TOAN', 2), id, column, marks[column] ?? { state: 'empty' });
    expect(desk.overview(classId).differences).toEqual([]);
  });

  test('withdrawn with a reason that the journal keeps; without one it stands', async () => {
    const classId = desk.classId('9A');
    expect(desk.codeOf('yearEnd.withdraw', { classId, stage: 'year', reason: '' })).toBe('call.badInput');
    expect(desk.codeOf('yearEnd.withdraw', { classId, stage: 'year', reason: 'Nhầm điểm môn Toán' }, secretary)).toBe('call.forbidden');
    expect(desk.codeOf('yearEnd.withdraw', { classId, stage: 'year', reason: 'Nhầm điểm môn Toán' })).toBe('ok');
    const entry = core.database.read.get(sql.selectFrom('journal').selectAll().where('tbl', '=', 'year_approval').orderBy('seq', 'desc'));
    expect(entry).toMatchObject({ event: 'CANCEL', actor: 'hieutruong', reason: 'Nhầm điểm môn Toán' });
    expect(desk.codeOf('yearEnd.withdraw', { classId, stage: 'year', reason: 'Lần nữa' })).toBe('yearEnd.notApproved');
  });

  test('a class that is not ready does not hold up the others', async () => {
    const other = desk.overview().classes.find(one => one.className !== '9A');
    const sheet = desk.sheet(other?.classId ?? '', 'TOAN', 1);
    const row = sheet.rows[0];
    const before: MarkValue = row?.marks.gk ?? { state: 'empty' };
    desk.type(sheet, row?.enrolmentId ?? '', 'gk', { state: 'empty' });
    const outcome = await desk.approve('year');
    expect(outcome.refused.map(one => one.className)).toEqual([other?.className]);
    expect(outcome.refused[0]?.why).toContain('thiếu điểm');
    desk.type(desk.sheet(other?.classId ?? '', 'TOAN', 1), row?.enrolmentId ?? '', 'gk', before);
    expect(await desk.approve('year', [other?.classId ?? ''])).toMatchObject({ approved: 1 });
  });
});

describe('the summer', () => {
  test('lists who waits, with the year beside what is still empty', () => {
    const { rows, waiting, notApproved } = summer();
    expect(notApproved).toEqual([]);
    expect(waiting.reassess + waiting.training).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(3);
    const one = pupil(row => row.promotionYear === 'reassess');
    expect(one.training).toBeNull();
    expect(one.subjects.every(subject => subject.again.state === 'empty' && subject.original !== '')).toBe(true);
  });

  test('only subjects below 5,0 or not passed are re-assessed, only for who may, only with a value that fits', () => {
    const one = pupil(row => row.promotionYear === 'reassess' && row.subjects.some(subject => subject.takes === 'tenths'));
    const free = ['TOAN', 'VAN', 'KHTN', 'LSDL', 'NN1', 'GDCD', 'TIN', 'CN'].find(code => !one.subjects.some(subject => subject.subject === code)) ?? '';
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'score', tenths: 60 }, { subject: free }))).toBe('yearEnd.notEligible');
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'level', level: 'D' }))).toBe('yearEnd.wrongValue');
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'score', tenths: 101 }))).toBe('call.badInput');
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'score', tenths: 60 }, { takenOn: '' }))).toBe('yearEnd.noDay');
    const promoted = desk.overview().rows.find(row => row.promotion === 'promoted');
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'score', tenths: 60 }, { enrolmentId: promoted?.enrolmentId }))).toBe('yearEnd.nothingInSummer');
    const stranger = { user: 'gv', name: 'GV', role: 'teacher' as const, staffId: 'somebody', token: null };
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'score', tenths: 60 }), stranger)).toBe('grades.notYourClass');
  });

  test('a passed re-assessment promotes; original and new value stand side by side', () => {
    const one = pupil(row => row.promotionYear === 'reassess');
    one.subjects.forEach((subject, index) => { expect(desk.codeOf('yearEnd.saveReassessment', again(one, index, passed(subject.takes)))).toBe('ok'); });
    const after = pupil(row => row.enrolmentId === one.enrolmentId);
    expect(after).toMatchObject({ promotion: 'promoted', promotionYear: 'reassess', learningYear: 'CD', subjects: expect.arrayContaining([expect.objectContaining({ original: one.subjects[0]?.original, takenOn: '2026-07-20', paper: 'BB-07' })]) });
    expect(after.learningFinal).not.toBe('CD');
    expect(desk.overview().differences).toEqual([]);
  });

  test('who does not come keeps the value of the year and stays in the grade', () => {
    const one = pupil(row => row.promotionYear === 'reassess' && row.promotion === 'reassess');
    one.subjects.forEach((_subject, index) => { expect(desk.codeOf('yearEnd.saveReassessment', again(one, index, { state: 'absent' }, { takenOn: '' }))).toBe('ok'); });
    expect(pupil(row => row.enrolmentId === one.enrolmentId)).toMatchObject({ promotion: 'repeat', learningFinal: 'CD' });
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'empty' }))).toBe('ok');
    expect(pupil(row => row.enrolmentId === one.enrolmentId).subjects[0]?.again).toEqual({ state: 'empty' });
  });

  test('training: a task first, a report and a proposal before a level above Chưa đạt, days in order', () => {
    const one = pupil(row => row.promotionYear === 'summer-training');
    expect(desk.codeOf('yearEnd.saveTraining', training(one, { level: null, reportOn: null, proposedOn: null }))).toBe('ok');
    expect(pupil(row => row.enrolmentId === one.enrolmentId)).toMatchObject({ promotion: 'summer-training', training: { level: null } });
    expect(desk.codeOf('yearEnd.saveTraining', training(one, { task: '' }))).toBe('yearEnd.noTask');
    expect(desk.codeOf('yearEnd.saveTraining', training(one, { reportOn: null }))).toBe('yearEnd.trainingNotReported');
    expect(desk.codeOf('yearEnd.saveTraining', training(one, { reportOn: '2026-06-01' }))).toBe('yearEnd.daysOutOfOrder');
    expect(desk.codeOf('yearEnd.saveTraining', training(one, { level: 'TB' }))).toBe('yearEnd.noSuchLevel');
    const homeroom = core.database.read.get(sql.selectFrom('school_class').select('homeroom_staff_id').where('id', '=', one.classId))?.homeroom_staff_id ?? '';
    expect(desk.codeOf('yearEnd.saveTraining', training(one), { user: 'cn', name: 'CN', role: 'teacher', staffId: homeroom, token: null })).toBe('yearEnd.principalGivesLevel');
    expect(desk.codeOf('yearEnd.saveTraining', training(one, { level: null }), { user: 'cn', name: 'CN', role: 'teacher', staffId: homeroom, token: null })).toBe('ok');
    expect(desk.codeOf('yearEnd.saveTraining', training(one))).toBe('ok');
    expect(pupil(row => row.enrolmentId === one.enrolmentId)).toMatchObject({ promotion: 'promoted', conductFinal: 'D', conductYear: 'CD' });
    const none = pupil(row => row.promotionYear === 'reassess');
    expect(desk.codeOf('yearEnd.saveTraining', training(none))).toBe('yearEnd.noTraining');
  });

  test('both failed: training first, and who passes it is re-assessed', () => {
    const one = pupil(row => row.promotionYear === 'summer-training-then-reassess');
    expect(one.reassessmentWaits).toContain('rèn luyện hè');
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'score', tenths: 60 }))).toBe('yearEnd.trainingFirst');
    expect(desk.codeOf('yearEnd.saveTraining', training(one))).toBe('ok');
    expect(pupil(row => row.enrolmentId === one.enrolmentId)).toMatchObject({ promotion: 'reassess', reassessmentWaits: null });
    one.subjects.forEach((subject, index) => { expect(desk.codeOf('yearEnd.saveReassessment', again(one, index, passed(subject.takes)))).toBe('ok'); });
    expect(pupil(row => row.enrolmentId === one.enrolmentId).promotion).toBe('promoted');
  });
});

describe('the final results, and the next year', () => {
  test('nobody may wait, and the next year needs every class final', async () => {
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [pupil(row => row.promotion === 'summer-training' || row.promotion === 'reassess' || row.promotion === 'summer-training-then-reassess').classId], stage: 'final' })).toBe('yearEnd.stillWaiting');
    const plan = desk.value<RollPreview>('yearEnd.rollPreview', { year });
    expect(plan.notFinal.length).toBeGreaterThan(0);
    expect(await desk.jobCode('yearEnd.rollOver', roll(plan))).toBe('yearEnd.notFinal');
  });

  test('the second approval freezes everything', async () => {
    for (const row of summer().rows.filter(one => one.promotion !== 'promoted' && one.promotion !== 'repeat')) {
      if (row.training !== null) desk.value('yearEnd.saveTraining', training(row, { level: 'CD', reportOn: null, proposedOn: null }));
      else row.subjects.forEach((_subject, index) => { desk.value('yearEnd.saveReassessment', again(row, index, { state: 'absent' })); });
    }
    expect(summer().waiting).toEqual({ reassess: 0, training: 0 });
    desk.decideAll();
    await desk.job('yearEnd.compute', { year });
    expect(await desk.approve('final')).toMatchObject({ refused: [] });
    const one = pupil(row => row.promotionYear === 'reassess');
    expect(desk.codeOf('yearEnd.saveReassessment', again(one, 0, { state: 'score', tenths: 100 }))).toBe('yearEnd.finallyApproved');
    expect(desk.codeOf('yearEnd.withdraw', { classId: one.classId, stage: 'year', reason: 'Thử rút trước' })).toBe('yearEnd.withdrawFinalFirst');
  });

  test('who stays must be given a class, of his grade; the rest is proposed', async () => {
    const plan = desk.value<RollPreview>('yearEnd.rollPreview', { year });
    expect(plan).toMatchObject({ toYear: '2026-2027', startsOn: expect.stringMatching(/^2026-/), notFinal: [], done: null });
    const open = plan.pupils.filter(one => one.place.kind === 'open');
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(one => one.outcome === 'repeat')).toBe(true);
    expect(plan.pupils.some(one => one.outcome === 'undecided')).toBe(false);
    expect(plan.pupils.filter(one => one.outcome === 'completed').every(one => one.grade === 9 && one.place.kind === 'leaves')).toBe(true);
    const first = open[0];
    const unplaced = roll(plan);
    expect(await desk.jobCode('yearEnd.rollOver', { ...unplaced, moves: unplaced.moves.filter(move => move.enrolmentId !== first?.enrolmentId) })).toBe('yearEnd.pupilUnplaced');
    expect(await desk.jobCode('yearEnd.rollOver', { ...unplaced, moves: unplaced.moves.map(move => (move.enrolmentId === first?.enrolmentId ? { ...move, to: '12Z' } : move)) })).toBe('yearEnd.noSuchClass');
    const wrong = plan.classes.find(one => one.grade !== first?.grade)?.name ?? '';
    expect(await desk.jobCode('yearEnd.rollOver', { ...unplaced, moves: unplaced.moves.map(move => (move.enrolmentId === first?.enrolmentId ? { ...move, to: wrong } : move)) })).toBe('yearEnd.wrongGrade');
    expect(await desk.jobCode('yearEnd.rollOver', { ...unplaced, classes: [...unplaced.classes, unplaced.classes[0]] })).toBe('yearEnd.classTwice');
    expect(await desk.jobCode('yearEnd.rollOver', { ...unplaced, term2From: '2026-01-01' })).toBe('yearEnd.yearDays');
    expect(core.database.read.all(sql.selectFrom('school_year').select('year')).length).toBe(1);
  });

  test('rolled over: classes, sheets and places of the next year; the old year is closed; undone as if it had not been', async () => {
    const plan = desk.value<RollPreview>('yearEnd.rollPreview', { year });
    const done = await desk.job<RollOverView>('yearEnd.rollOver', roll(plan));
    expect(done).toMatchObject({ state: 'applied', heldBy: [], toYear: '2026-2027' });
    const next = desk.value<{ year: string; years: { year: string; state: string; isCurrent: boolean }[] }>('school.current', {});
    expect(next.year).toBe('2026-2027');
    expect(next.years.find(one => one.year === year)).toMatchObject({ state: 'closed', isCurrent: false });
    const promoted = plan.pupils.find(one => one.outcome === 'promoted');
    const rows = desk.value<{ rows: { name: string; className: string }[] }>('students.list', { year: '2026-2027' }).rows;
    expect(rows.length).toBe(done.pupils);
    expect(rows).toContainEqual(expect.objectContaining({ name: promoted?.name, className: promoted?.place.kind === 'class' ? promoted.place.name : '' }));
    const repeating = core.database.read.all(sql.selectFrom('enrolment').select('id').where('year', '=', '2026-2027').where('is_repeating', '=', 1));
    expect(repeating.length).toBe(plan.pupils.filter(one => one.outcome === 'repeat').length);
    expect(desk.value<{ sheets: unknown[] }>('grades.listSheets', { year: '2026-2027' }).sheets.length).toBeGreaterThan(20);

    const sheet = desk.sheet(desk.classId('9A'), 'TOAN', 2);
    expect(desk.type(sheet, sheet.rows[0]?.enrolmentId ?? '', 'ck', { state: 'score', tenths: 100 })).toBe('grades.yearClosed');
    expect(await desk.jobCode('yearEnd.compute', { year })).toBe('yearEnd.yearClosed');

    expect(desk.value<{ undone: number }>('yearEnd.undoRollOver', { rollOverId: done.rollOverId, reason: 'Xếp nhầm lớp' }).undone).toBeGreaterThan(50);
    expect(desk.value('school.current', {})).toMatchObject({ year });
    expect(desk.value<{ rows: unknown[] }>('students.list', { year: '2026-2027' }).rows).toEqual([]);
    expect(core.database.checkIntegrity()).toEqual([]);
  });

  test('a mark typed in the new year holds the undo and is named', async () => {
    const plan = desk.value<RollPreview>('yearEnd.rollPreview', { year });
    const done = await desk.job<RollOverView>('yearEnd.rollOver', roll(plan));
    const nextClass = core.database.read.get(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').select(['school_class.id', 'school_class.name'])
      .where('enrolment.year', '=', '2026-2027').where('enrolment.cancelled', '=', 0));
    const next = new YearEndDesk(core, '2026-2027');
    const sheet = next.sheet(nextClass?.id ?? '', 'TOAN', 1);
    expect(next.type(sheet, sheet.rows[0]?.enrolmentId ?? '', 'tx1', { state: 'score', tenths: 80 })).toBe('ok');
    const view = desk.value<RollPreview>('yearEnd.rollPreview', { year }).done;
    expect(view?.heldBy[0]).toMatch(new RegExp(`lớp ${nextClass?.name ?? ''}, môn Toán`));
    const refused = core.door.call('yearEnd.undoRollOver', { rollOverId: done.rollOverId, reason: 'Thử lại' }, principal);
    expect(refused).toMatchObject({ ok: false, error: { code: 'yearEnd.rollOverHeld' } });
    expect(!refused.ok && refused.error.what).toContain('môn Toán');
  });

  test('the principal opens the old year again with a reason, and closes it; the current one stays open', () => {
    expect(desk.codeOf('yearEnd.reopenYear', { year, reason: 'Sửa học bạ theo đơn' }, secretary)).toBe('call.forbidden');
    expect(desk.codeOf('yearEnd.reopenYear', { year, reason: 'x' })).toBe('call.badInput');
    expect(desk.value('yearEnd.reopenYear', { year, reason: 'Sửa học bạ theo đơn' })).toEqual({ state: 'open' });
    expect(desk.codeOf('yearEnd.withdraw', { classId: desk.classId('9A'), stage: 'final', reason: 'Sau khi chuyển năm' })).toBe('yearEnd.rolledOver');
    expect(desk.value('yearEnd.closeYear', { year })).toEqual({ state: 'closed' });
    expect(desk.codeOf('yearEnd.closeYear', { year: '2026-2027' })).toBe('yearEnd.currentStaysOpen');
  });
});

/** The proposal as it stands, repeaters put into the first class of their grade. */
function roll(plan: RollPreview) {
  return {
    year: plan.fromYear, startsOn: plan.startsOn, endsOn: plan.endsOn, term2From: plan.term2From,
    classes: plan.classes.map(({ name, grade, fromClassId, homeroomStaffId }) => ({ name, grade, fromClassId, homeroomStaffId })),
    moves: plan.pupils.map(({ enrolmentId, grade, place }) => ({
      enrolmentId, to: place.kind === 'class' ? place.name : place.kind === 'leaves' ? null : plan.classes.find(one => one.grade === grade)?.name ?? '',
    })),
  };
}
