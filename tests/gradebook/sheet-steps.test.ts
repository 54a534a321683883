import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BulkOutcome, SheetWorkflow } from '../../preload/contract/gradebook-steps.ts';
import type { SheetState } from '../../preload/contract/grades.ts';
import { maySheetStep, nextSteps, type SheetPart } from '../../main/gradebook/sheet-step-rules.ts';
import { settleOverdue } from '../../main/gradebook/overdue-watch.ts';
import { bookSchool, change, principal, score, secretary, type BookSchool } from './book-core.ts';

const states: SheetState[] = ['open', 'submitted', 'checked', 'locked', 'reopened'];
const part = (...roles: ('teacher' | 'homeroom' | 'principal')[]): SheetPart => ({
  isTeacher: roles.includes('teacher'), isHomeroom: roles.includes('homeroom'), isPrincipal: roles.includes('principal'),
});

describe('who may lead a sheet where (TT 22/2021 Đ18–20)', () => {
  // Every pair that somebody may take; whatever is not listed is refused.
  const allowed: Record<string, string[]> = {
    teacher: ['open>submitted', 'submitted>open'],
    homeroom: ['submitted>open', 'submitted>checked', 'checked>open'],
    principal: ['open>submitted', 'open>checked', 'open>locked', 'submitted>open', 'submitted>checked', 'submitted>locked', 'checked>open', 'checked>locked',
      'locked>reopened', 'reopened>reopened', 'reopened>locked'],
    nobody: [],
  };
  for (const [role, pairs] of Object.entries(allowed)) {
    test(`${role}: every pair of states`, () => {
      const who = role === 'nobody' ? part() : part(role as 'teacher');
      const may = states.flatMap(from => states.filter(to => maySheetStep(who, from, to).may).map(to => `${from}>${to}`));
      expect(may.toSorted()).toEqual(pairs.toSorted());
    });
  }

  test('a refusal names whose act it is', () => {
    const code = (who: SheetPart, from: SheetState, to: SheetState) => {
      const verdict = maySheetStep(who, from, to);
      return verdict.may ? 'ok' : verdict.code;
    };
    expect(code(part('homeroom'), 'open', 'submitted')).toBe('gradebook.teacherOnly');
    expect(code(part('teacher'), 'submitted', 'checked')).toBe('gradebook.homeroomOnly');
    expect(code(part('teacher'), 'checked', 'open')).toBe('gradebook.homeroomOnly');
    expect(code(part('teacher', 'homeroom'), 'checked', 'locked')).toBe('gradebook.principalOnly');
    expect(code(part('homeroom'), 'open', 'checked')).toBe('gradebook.noStep');
    expect(code(part('principal'), 'locked', 'open')).toBe('gradebook.noStep');
  });

  test('taking back his own sheet needs no reason, giving back another\'s does', () => {
    expect(maySheetStep(part('teacher'), 'submitted', 'open')).toMatchObject({ step: { act: 'withdraw', needsReason: false } });
    expect(maySheetStep(part('homeroom'), 'submitted', 'open')).toMatchObject({ step: { act: 'return', needsReason: true } });
  });

  test('the usual step comes first, passing over others after it', () => {
    expect(nextSteps(part('principal'), 'open').map(step => [step.act, step.skips])).toEqual([['submit', []], ['check', ['submitted']], ['lock', ['submitted', 'checked']]]);
    expect(nextSteps(part('teacher'), 'checked')).toEqual([]);
  });
});

describe('a sheet on its way', () => {
  let school: BookSchool;
  beforeAll(async () => { school = await bookSchool(); });
  afterAll(async () => { await school.remove(); });
  const stepTo = (sheetId: string, to: SheetState, more: object = {}) => ({ sheetId, to, ...more });

  test('teacher submits, homeroom checks, principal locks; each door opens to its own only', () => {
    const { codeOf, value } = school;
    const sheet = school.sheet('TOAN', 1);
    const teacher = school.teacherOf(sheet);
    const homeroom = school.homeroomOf(sheet);
    const stranger = { ...teacher, user: 'khac', staffId: 'someone' };
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'submitted'), stranger)).toBe('gradebook.teacherOnly');
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'submitted'), secretary)).toBe('gradebook.teacherOnly');
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'submitted'), teacher)).toBe('ok');
    expect(codeOf('grades.saveMarks', change(sheet, 0, 'gk', score(11)), teacher)).toBe('grades.sheetLocked');
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'open'), teacher)).toBe('ok');
    expect(codeOf('grades.saveMarks', change(sheet, 0, 'gk', score(11)), teacher)).toBe('ok');
    value('gradebook.step', stepTo(sheet.sheetId, 'submitted'), teacher);
    if (homeroom.staffId !== teacher.staffId) expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'checked'), teacher)).toBe('gradebook.homeroomOnly');
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'open'), homeroom)).toBe(homeroom.staffId === teacher.staffId ? 'ok' : 'gradebook.reasonNeeded');
    value('gradebook.step', stepTo(sheet.sheetId, 'checked'), homeroom);
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'open'), teacher)).toBe(homeroom.staffId === teacher.staffId ? 'gradebook.reasonNeeded' : 'gradebook.homeroomOnly');
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'locked'), homeroom)).toBe('gradebook.principalOnly');
    expect(value('gradebook.step', stepTo(sheet.sheetId, 'locked'))).toEqual({ state: 'locked', skipped: [] });
    const { steps, state, next } = value<SheetWorkflow>('gradebook.workflow', { sheetId: sheet.sheetId });
    expect(steps.map(one => one.to)).toEqual(['submitted', 'open', 'submitted', 'checked', 'locked']);
    expect(steps.at(-1)).toMatchObject({ by: principal.name, reason: null });
    expect({ state, next: next.map(one => one.act) }).toEqual({ state: 'locked', next: ['reopen'] });
  });

  test('the sentence of a lock says who and when', () => {
    school.at('2026-01-06T07:05:00.000Z');
    const sheet = school.sheet('VAN', 1);
    school.value('gradebook.step', stepTo(sheet.sheetId, 'locked', { reason: 'Cuối học kì' }));
    const locked = school.sheet('VAN', 1);
    expect(locked.readOnlyReason).toContain('Hiệu trưởng đã khoá sổ lúc 14:05 ngày 06/01/2026');
    expect(locked.readOnlyReason).toContain('Cuối học kì');
    expect(Object.keys(locked.lockedColumns)).toEqual(locked.columns.map(one => one.column));
    const refused = school.core.door.call('grades.saveMarks', change(locked, 0, 'gk', score(50)), principal);
    expect(!refused.ok && refused.error.what).toContain('14:05 ngày 06/01/2026');
    expect(!refused.ok && refused.error.remedy).toContain('Xin sửa');
  });

  test('reopened: only the named cells, until the minute, then locked by itself and sealed', () => {
    const { codeOf, value } = school;
    school.at('2026-01-07T01:00:00.000Z');
    const sheet = school.sheet('KHTN', 1);
    const teacher = school.teacherOf(sheet);
    value('gradebook.step', stepTo(sheet.sheetId, 'locked'));
    const [first, second] = sheet.rows;
    const scope = [{ enrolmentId: first?.enrolmentId ?? '', column: 'gk' }, { enrolmentId: null, column: 'tx2' }];
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'reopened', { reason: 'Nhập nhầm', until: '2026-01-07T00:59:00Z', scope }))).toBe('gradebook.untilNeeded');
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'reopened', { until: '2026-01-08T01:00:00Z', scope }))).toBe('gradebook.reasonNeeded');
    expect(codeOf('gradebook.step', stepTo(sheet.sheetId, 'reopened', { reason: 'Nhập nhầm', until: '2026-01-08T01:00:00Z', scope: [{ enrolmentId: 'ai đó', column: null }] }))).toBe('gradebook.scopeUnknown');
    value('gradebook.step', stepTo(sheet.sheetId, 'reopened', { reason: 'Nhập nhầm', until: '2026-01-08T01:00:00Z', scope }));
    const now = school.sheet('KHTN', 1, teacher);
    expect(now).toMatchObject({ state: 'reopened', mayEdit: true, reopenedUntil: '2026-01-08T01:00:00.000Z' });
    expect(codeOf('grades.saveMarks', change(now, 0, 'gk', score(12)), teacher)).toBe('ok');
    expect(codeOf('grades.saveMarks', change(now, 1, 'tx2', score(13)), teacher)).toBe('ok');
    expect(codeOf('grades.saveMarks', change(now, 1, 'gk', score(14)), teacher)).toBe('grades.sheetLocked');
    school.at('2026-01-08T00:59:59.999Z');
    expect(codeOf('grades.saveMarks', change(school.sheet('KHTN', 1), 0, 'gk', score(15)), teacher)).toBe('ok');
    school.at('2026-01-08T01:00:00.000Z');
    expect(school.raw("update mark set tenths = 20, version = version + 1, journal_seq = journal_next() where sheet_id = ? and enrolment_id = ? and col = 'gk'", [sheet.sheetId, first?.enrolmentId])).toBe('grades.sheetLocked');
    expect(codeOf('grades.saveMarks', change(school.sheet('KHTN', 1), 0, 'gk', score(16)), teacher)).toBe('grades.sheetLocked');
    expect(school.sheet('KHTN', 1)).toMatchObject({ state: 'locked', mayEdit: false, reopenedUntil: null });
    settleOverdue(school.core.door);
    const { steps } = value<SheetWorkflow>('gradebook.workflow', { sheetId: sheet.sheetId });
    expect(steps.at(-1)).toMatchObject({ from: 'reopened', to: 'locked', by: '', at: '2026-01-08T01:00:00.000Z' });
    expect(steps.at(-2)?.scope).toContain(`${first?.name ?? ''} — Giữa kì`);
    const { seals } = value<{ seals: { differences: { name: string; what: string }[] }[] }>('gradebook.seals', { sheetId: sheet.sheetId });
    expect(seals).toHaveLength(2);
    expect(seals[1]?.differences.filter(one => !one.what.includes('học kì')).map(one => [one.name, one.what])).toEqual([[first?.name, 'Giữa kì'], [second?.name, 'ĐĐGtx 2']]);
  });

  test('a whole class at once: each sheet says what became of it', async () => {
    const sheet = school.sheet('TIN', 2);
    const homeroom = school.homeroomOf(sheet);
    const input = { year: '2025-2026', classId: sheet.classId, term: 2 };
    const submitted = await school.job<{ done: number; refused: number; outcomes: BulkOutcome[] }>('gradebook.stepMany', { ...input, to: 'submitted' }, homeroom);
    expect(submitted.refused).toBeGreaterThan(0);
    expect(submitted.outcomes.filter(one => one.outcome === 'refused').every(one => one.why?.includes('giáo viên dạy môn này') === true)).toBe(true);
    const all = await school.job<{ done: number; unchanged: number; refused: number; outcomes: BulkOutcome[] }>('gradebook.stepMany', { ...input, to: 'submitted' });
    expect(all.refused).toBe(0);
    expect(all.done + all.unchanged).toBe(all.outcomes.length);
    const checked = await school.job<{ done: number }>('gradebook.stepMany', { ...input, to: 'checked' }, homeroom);
    expect(checked.done).toBe(all.outcomes.length);
    const locked = await school.job<{ done: number; unchanged: number }>('gradebook.stepMany', { ...input, to: 'locked' });
    expect(locked).toMatchObject({ done: all.outcomes.length, unchanged: 0 });
    expect(await school.job('gradebook.stepMany', { ...input, to: 'locked' })).toMatchObject({ done: 0, unchanged: all.outcomes.length, refused: 0 });
  });
});
