import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { Core } from '../../main/entry/create-core.ts';
import type { Session } from '../../main/call/context.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { ReadingPreview, ReadingView } from '../../preload/contract/rule-readings.ts';
import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import type { Explanation, YearEndOverview, YearResultRow } from '../../preload/contract/year-end.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

const year = '2025-2026';
let core: Core;
let remove: () => Promise<void>;
let classId: string;
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 60 }));
  const found = core.database.read.get(sql.selectFrom('school_class').select('id').where('name', '=', '9A'));
  classId = found?.id ?? '';
});
afterAll(async () => { await remove(); });

function value<T>(name: string, input: unknown, session: Session = principal): T {
  const result = core.door.call(name, input, session);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const codeOf = (name: string, input: unknown, session: Session = principal): string => {
  const result = core.door.call(name, input, session);
  return result.ok ? 'ok' : result.error.code;
};

const rowOf = (enrolmentId: string): YearResultRow => {
  const row = value<YearEndOverview>('yearEnd.overview', { year, classId }).rows.find(one => one.enrolmentId === enrolmentId);
  if (!row) throw new Error('no such pupil');
  return row;
};
const casesOf = (enrolmentId: string): DecisionCase[] => value<{ cases: DecisionCase[] }>('yearEnd.decisions', { year, classId }).cases.filter(one => one.enrolmentId === enrolmentId);
const explain = (enrolmentId: string, subject?: string) => value<Explanation>('yearEnd.explain', subject === undefined ? { enrolmentId } : { enrolmentId, subject });

/** Types the same value everywhere into the sheets of a subject, of both terms, for one pupil. */
function typeAll(enrolmentId: string, wanted: (subject: string, kind: string, at: number) => MarkValue): void {
  const sheets = core.database.read.all(sql.selectFrom('grade_sheet').select(['id', 'subject', 'kind']).where('class_id', '=', classId).where('cancelled', '=', 0).orderBy('subject'));
  const scored = [...new Set(sheets.filter(sheet => sheet.kind === 'score').map(sheet => sheet.subject))];
  for (const { id, subject, kind } of sheets) {
    const sheet = value<SheetView>('grades.openSheet', { sheetId: id });
    const row = sheet.rows.find(one => one.enrolmentId === enrolmentId);
    const after = wanted(subject, kind, scored.indexOf(subject));
    const changes = sheet.columns.map(({ column }) => ({ enrolmentId, column, before: row?.marks[column] ?? { state: 'empty' }, after }));
    value('grades.saveMarks', { sheetId: id, path: 'typed', changes });
  }
}
const scored = (marks: readonly number[]) => (_subject: string, kind: string, at: number): MarkValue =>
  (kind === 'score' ? { state: 'score', tenths: marks[at] ?? 0 } : { state: 'level', level: 'D' });

function pupilAt(index: number): string {
  const row = value<YearEndOverview>('yearEnd.overview', { year, classId }).rows[index];
  if (!row) throw new Error('the class is too small');
  return row.enrolmentId;
}
function homeroom(): Session {
  const row = core.database.read.get(sql.selectFrom('school_class').innerJoin('account', 'account.staff_id', 'school_class.homeroom_staff_id')
    .select(['account.user', 'account.name', 'account.staff_id']).where('school_class.id', '=', classId));
  if (!row) throw new Error('no homeroom teacher');
  return { user: row.user, name: row.name, role: 'teacher', staffId: row.staff_id, token: null };
}

/** C10 of the regulation's examples: waived the level is Khá, excluded it is Đạt. */
const C10 = [80, 80, 80, 80, 80, 70, 70, 40];

describe('a pupil whose two readings differ', () => {
  test('is listed with both results; the principal decides with a reason, the result follows, and a withdrawal gives it back', () => {
    const enrolmentId = pupilAt(0);
    typeAll(enrolmentId, scored(C10));
    expect(rowOf(enrolmentId).learningYear).toBe('K');
    const [found] = casesOf(enrolmentId).filter(one => one.matter === 'reading');
    expect(found).toMatchObject({ proposed: 'waive', decision: null, isOptional: false, mayDecide: true });
    expect(found?.choices.map(choice => choice.leadsTo.split(' · ')[0])).toEqual(['Khá', 'Đạt']);

    const wanted = { enrolmentId, matter: 'reading', value: 'exclude', reason: 'Biên bản họp hội đồng 12/5' };
    expect(codeOf('yearEnd.decide', wanted, homeroom())).toBe('yearEnd.notYoursToDecide');
    expect(codeOf('yearEnd.decide', { ...wanted, value: 'perhaps' })).toBe('yearEnd.noSuchChoice');
    expect(codeOf('yearEnd.decide', { ...wanted, reason: ' ' })).not.toBe('ok');
    expect(codeOf('yearEnd.decide', { ...wanted, matter: 'recognised', value: 'yes' })).toBe('yearEnd.nothingToDecide');
    const { decisionId } = value<{ decisionId: string }>('yearEnd.decide', wanted);
    expect(codeOf('yearEnd.decide', wanted)).toBe('yearEnd.alreadyDecided');

    expect(rowOf(enrolmentId)).toMatchObject({ learningYear: 'D', flags: expect.arrayContaining(['decided:reading', 'readings-differ']) });
    expect(explain(enrolmentId).decided).toEqual([expect.objectContaining({ reason: 'Biên bản họp hội đồng 12/5', by: 'hiệu trưởng Hiệu trưởng' })]);

    value('yearEnd.withdrawDecision', { decisionId, reason: 'Ghi nhầm học sinh' });
    expect(rowOf(enrolmentId)).toMatchObject({ learningYear: 'K' });
    expect(explain(enrolmentId).decided).toEqual([]);
    expect(codeOf('yearEnd.withdrawDecision', { decisionId, reason: 'Lần nữa' })).toBe('yearEnd.noDecision');
    const journal = core.database.read.all(sql.selectFrom('journal').select(['event', 'reason']).where('tbl', '=', 'year_decision').where('row_id', '=', decisionId).orderBy('seq'));
    expect(journal).toEqual([{ event: 'NEW', reason: 'Biên bản họp hội đồng 12/5' }, { event: 'CANCEL', reason: 'Ghi nhầm học sinh' }]);
  });

  test('follows the reading of the school, counted before it is chosen, from the year it was chosen for', () => {
    const enrolmentId = pupilAt(0);
    const choice = { key: 'adjustmentReading', value: 'exclude', from: year };
    const preview = value<ReadingPreview>('yearEnd.previewReading', choice);
    expect(preview.examples).toContainEqual(expect.objectContaining({ enrolmentId, before: expect.stringContaining('Khá'), after: expect.stringContaining('Đạt') }));
    expect(preview.changed).toBeGreaterThan(0);
    expect(preview.changed).toBeLessThan(preview.pupils);
    expect(rowOf(enrolmentId).learningYear).toBe('K');
    const before = value<YearEndOverview>('yearEnd.overview', { year });

    expect(codeOf('yearEnd.saveReading', { ...choice, reason: 'Theo Sở' }, homeroom())).toBe('call.forbidden');
    value('yearEnd.saveReading', { ...choice, reason: 'Theo hướng dẫn của Sở' });
    expect(rowOf(enrolmentId).learningYear).toBe('D');
    const after = value<YearEndOverview>('yearEnd.overview', { year });
    const results = ({ learning1, learning2, learningYear, promotion, award }: YearResultRow) => JSON.stringify({ learning1, learning2, learningYear, promotion, award });
    const was = new Map(before.rows.map(row => [row.enrolmentId, results(row)]));
    expect(after.rows.filter(row => was.get(row.enrolmentId) !== results(row)).length).toBe(preview.changed);

    const { readings } = value<{ readings: ReadingView[] }>('yearEnd.readings', { year });
    expect(readings.find(one => one.key === 'adjustmentReading')).toMatchObject({ value: 'exclude', chosen: { from: year, by: 'Hiệu trưởng', reason: 'Theo hướng dẫn của Sở' } });
    const past = value<{ readings: ReadingView[] }>('yearEnd.readings', { year: '2024-2025' }).readings;
    expect(past.find(one => one.key === 'adjustmentReading')).toMatchObject({ value: 'waive', chosen: null });

    // Decided for one pupil, it stands against the reading of the school.
    const { decisionId } = value<{ decisionId: string }>('yearEnd.decide', { enrolmentId, matter: 'reading', value: 'waive', reason: 'Xét hoàn cảnh riêng' });
    expect(rowOf(enrolmentId).learningYear).toBe('K');
    value('yearEnd.withdrawDecision', { decisionId, reason: 'Kết thúc thử' });
    value('yearEnd.saveReading', { ...choice, value: 'waive', reason: 'Trở lại' });
  });
});

describe('a pupil without results', () => {
  test('with a disability is decided by the principal, in the place of the missing marks', () => {
    const enrolmentId = pupilAt(1);
    const sheet = core.database.read.get(sql.selectFrom('grade_sheet').select('id').where('class_id', '=', classId).where('subject', '=', 'TOAN').where('term', '=', 2));
    const view = value<SheetView>('grades.openSheet', { sheetId: sheet?.id });
    const before = view.rows.find(one => one.enrolmentId === enrolmentId)?.marks.ck;
    value('grades.saveMarks', { sheetId: view.sheetId, path: 'typed', changes: [{ enrolmentId, column: 'ck', before, after: { state: 'empty' } }] });
    expect(casesOf(enrolmentId).map(one => one.matter)).not.toContain('disabled');
    const person = core.database.read.get(sql.selectFrom('person').innerJoin('enrolment', 'enrolment.person_id', 'person.id').selectAll('person').where('enrolment.id', '=', enrolmentId));
    core.database.write({ actor: 'test', path: 'other', reason: null }, tx => {
      tx.run(sql.updateTable('person').set({ disability: 'Khuyết tật vận động', version: (person?.version ?? 0) + 1 }).where('id', '=', person?.id ?? ''));
    });
    expect(casesOf(enrolmentId)).toEqual([expect.objectContaining({ matter: 'disabled', proposed: null })]);
    expect(rowOf(enrolmentId).promotion).toBe('incomplete');
    value('yearEnd.decide', { enrolmentId, matter: 'disabled', value: 'promoted', reason: 'Theo kế hoạch giáo dục cá nhân' });
    expect(rowOf(enrolmentId)).toMatchObject({ promotion: 'promoted', learningYear: null });
  });
});

describe('the explanation', () => {
  test('names the subjects with their values, the lowest, and the sum behind an average', () => {
    const enrolmentId = pupilAt(0);
    typeAll(enrolmentId, scored([82, 80, 80, 80, 80, 80, 70, 65]));
    const { because } = explain(enrolmentId);
    const level = because.find(one => one.field === 'Kết quả học tập cả năm');
    expect(level?.facts.join('\n')).toMatch(/6\/6 môn từ 8,0: .* 8,2; .* 8,0/);
    expect(level?.facts.join('\n')).toMatch(/Môn thấp nhất: .* 6,5\./);
    const one = explain(enrolmentId, 'TOAN');
    expect(new Set(one.because.map(({ subject }) => subject))).toEqual(new Set(['Toán']));
    expect(one.because[0]?.facts[0]).toMatch(/^ĐTBmhk = \(\d+,\d \+ .*3×\d+,\d\) \/ 9 = \d+,\d \/ 9, làm tròn: \d+,\d$/);
    expect(one.wouldChange).toEqual([]);
  });

  test('tells the nearest mark that would change the level, and typing that mark does', () => {
    const enrolmentId = pupilAt(0);
    typeAll(enrolmentId, scored([80, 80, 80, 80, 80, 79, 70, 70]));
    expect(rowOf(enrolmentId).learningYear).toBe('K');
    const [nearest] = explain(enrolmentId).wouldChange;
    expect(nearest).toMatchObject({ kind: 'raise', what: expect.stringMatching(/· Cuối kì học kì II: 7,9 → 8,1$/) });
    expect(nearest?.effects[0]).toBe('Kết quả học tập cả năm: Khá → Tốt');
  });
});
