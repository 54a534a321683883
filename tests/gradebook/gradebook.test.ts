import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { MarkHistoryEntry, MarkValue, RecomputedRow, SheetView } from '../../preload/contract/grades.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 60 })); });
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

function sheetOf(subject: string, term: 1 | 2): SheetView {
  const row = core.database.read.get(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select('grade_sheet.id')
    .where('subject', '=', subject).where('term', '=', term).where('school_class.name', '=', '9A'));
  return value<SheetView>('grades.openSheet', { sheetId: row?.id });
}
const score = (tenths: number): MarkValue => ({ state: 'score', tenths });
const save = (sheet: SheetView, enrolmentId: string, column: string, before: MarkValue | undefined, after: MarkValue) =>
  ({ sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId, column, before: before ?? { state: 'empty' }, after }] });

function teacherOf(sheet: SheetView): Session {
  const row = core.database.read.get(sql.selectFrom('assignment').innerJoin('account', 'account.staff_id', 'assignment.staff_id')
    .select(['account.user', 'account.name', 'account.staff_id']).where('class_id', '=', sheet.classId).where('subject', '=', sheet.subject).where('to_date', 'is', null));
  if (!row) throw new Error('no teacher');
  return { user: row.user, name: row.name, role: 'teacher', staffId: row.staff_id, token: null };
}

describe('a mark typed', () => {
  test('changes the averages of term and year at once, in exact tenths', () => {
    const sheet = sheetOf('TOAN', 2);
    const row = sheet.rows[0];
    if (!row) throw new Error('empty class');
    let marks = row.marks;
    // Worked example A8 of the regulation: (10 + 9 + 9,5 + 8 + 2·9,5 + 3·9) / 9 = 82,5 / 9 = 9,166… → 9,2
    const wanted = { tx1: 100, tx2: 90, tx3: 95, tx4: 80, gk: 95, ck: 90 } as const;
    let recomputed: RecomputedRow | undefined;
    for (const [column, tenths] of Object.entries(wanted)) {
      const saved = value<{ rows: RecomputedRow[] }>('grades.saveMarks', save(sheet, row.enrolmentId, column, marks[column as 'gk'], score(tenths)));
      recomputed = saved.rows[0];
      marks = { ...marks, [column]: score(tenths) };
    }
    expect(recomputed?.average).toBe(92);
    const term1 = sheetOf('TOAN', 1).rows[0]?.average ?? 0;
    expect(recomputed?.year).toBe(Math.floor((2 * (term1 + 2 * 92) + 3) / 6));
  });

  test('an emptied cell takes the average away: empty is never 0', () => {
    const sheet = sheetOf('VAN', 2);
    const row = sheet.rows[1];
    const saved = value<{ rows: RecomputedRow[] }>('grades.saveMarks', save(sheet, row?.enrolmentId ?? '', 'ck', row?.marks.ck, { state: 'empty' }));
    expect(saved.rows[0]).toMatchObject({ average: null, year: null });
    const byRule = value<{ rows: RecomputedRow[] }>('grades.saveMarks', save(sheet, row?.enrolmentId ?? '', 'ck', { state: 'empty' }, { state: 'zeroByRule', reason: 'Không dự kiểm tra bù' }));
    expect(byRule.rows[0]?.average).not.toBeNull();
    const back = value<{ rows: RecomputedRow[] }>('grades.saveMarks', save(sheet, row?.enrolmentId ?? '', 'ck', { state: 'zeroByRule', reason: 'Không dự kiểm tra bù' }, row?.marks.ck ?? score(70)));
    expect(back.rows[0]?.average).toBe(row?.average);
  });

  test('a comment subject takes Đ and CĐ, a scored one takes marks, and the columns are those of the subject', () => {
    const music = sheetOf('NT', 1);
    const maths = sheetOf('TOAN', 1);
    const pupil = music.rows[0]?.enrolmentId ?? '';
    expect(codeOf('grades.saveMarks', save(music, pupil, 'gk', music.rows[0]?.marks.gk, score(80)))).toBe('grades.scoreInCommentSubject');
    expect(codeOf('grades.saveMarks', save(maths, pupil, 'gk', maths.rows[0]?.marks.gk, { state: 'level', level: 'D' }))).toBe('grades.levelInScoreSubject');
    expect(codeOf('grades.saveMarks', save(music, pupil, 'tx3', undefined, { state: 'level', level: 'D' }))).toBe('grades.noSuchColumn');
    const saved = value<{ rows: RecomputedRow[] }>('grades.saveMarks', save(music, pupil, 'gk', music.rows[0]?.marks.gk, { state: 'level', level: 'CD' }));
    expect(saved.rows[0]?.level).toBe('CD');
  });

  test('a block with one bad cell changes nothing', () => {
    const sheet = sheetOf('TIN', 1);
    const head = core.database.journalHead().seq;
    const [first, second] = sheet.rows;
    const changes = [
      { enrolmentId: first?.enrolmentId, column: 'gk', before: first?.marks.gk, after: score(55) },
      { enrolmentId: second?.enrolmentId, column: 'tx5', before: { state: 'empty' }, after: score(60) },
    ];
    expect(codeOf('grades.saveMarks', { sheetId: sheet.sheetId, path: 'pasted', changes })).toBe('grades.noSuchColumn');
    expect(core.database.journalHead().seq).toBe(head);
    expect(sheetOf('TIN', 1).rows[0]?.marks.gk).toEqual(first?.marks.gk);
  });

  test('somebody else was faster: both values are told and nothing is overwritten', () => {
    const sheet = sheetOf('GDCD', 1);
    const pupil = sheet.rows[0];
    value('grades.saveMarks', save(sheet, pupil?.enrolmentId ?? '', 'gk', pupil?.marks.gk, score(33)));
    const result = core.door.call('grades.saveMarks', save(sheet, pupil?.enrolmentId ?? '', 'gk', pupil?.marks.gk, score(44)), principal);
    expect(result).toMatchObject({ ok: false, error: { code: 'grades.changedMeanwhile', field: 'changes.0' } });
    expect(!result.ok && result.error.what).toMatch(/3,3.*4,4/);
  });

  test('a pupil of another class is not in this sheet', () => {
    const other = core.database.read.get(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').select('enrolment.id').where('school_class.name', '<>', '9A'));
    expect(codeOf('grades.saveMarks', save(sheetOf('TOAN', 1), other?.id ?? '', 'gk', undefined, score(50)))).toBe('grades.notInClass');
  });
});

describe('who may touch which sheet', () => {
  test('the assigned teacher may, a colleague may not', () => {
    const sheet = sheetOf('NN1', 1);
    const pupil = sheet.rows[2];
    const teacher = teacherOf(sheet);
    expect(codeOf('grades.saveMarks', save(sheet, pupil?.enrolmentId ?? '', 'gk', pupil?.marks.gk, score(61)), teacher)).toBe('ok');
    const colleague: Session = { ...teacher, user: 'khac', staffId: 'somebody-else' };
    expect(codeOf('grades.saveMarks', save(sheet, pupil?.enrolmentId ?? '', 'gk', score(61), score(62)), colleague)).toBe('grades.notYourSheet');
    expect(value<SheetView>('grades.openSheet', { sheetId: sheet.sheetId }, colleague)).toMatchObject({ mayEdit: false });
  });

  test('a locked sheet takes no mark by any path, in the database itself, until the principal opens it with a reason', () => {
    const sheet = sheetOf('CN', 1);
    const pupil = sheet.rows[0];
    const change = save(sheet, pupil?.enrolmentId ?? '', 'gk', pupil?.marks.gk, score(12));
    value('gradebook.step', { sheetId: sheet.sheetId, to: 'locked' });
    expect(codeOf('grades.saveMarks', change)).toBe('grades.sheetLocked');
    expect(() => core.database.write({ actor: 'x', path: 'other', reason: null }, tx =>
      tx.writePrepared("update mark set tenths = 10, version = version + 1 where sheet_id = ? and col = 'gk'", [sheet.sheetId]))).toThrow('grades.sheetLocked');
    const until = new Date(core.services.clock().getTime() + 3_600_000).toISOString();
    expect(codeOf('gradebook.step', { sheetId: sheet.sheetId, to: 'reopened', reason: 'x', until })).toBe('gradebook.reasonNeeded');
    value('gradebook.step', { sheetId: sheet.sheetId, to: 'reopened', reason: 'Nhập nhầm cột, có biên bản', until });
    expect(codeOf('grades.saveMarks', change)).toBe('ok');
  });
});

describe('the history of a mark', () => {
  test('shows typed, emptied and typed again, with who and why, and proves its links', () => {
    const sheet = sheetOf('LSDL', 2);
    const pupil = sheet.rows[3];
    const id = pupil?.enrolmentId ?? '';
    value('grades.saveMarks', save(sheet, id, 'tx1', pupil?.marks.tx1, score(80)));
    value('grades.saveMarks', save(sheet, id, 'tx1', score(80), { state: 'empty' }));
    value('grades.saveMarks', { ...save(sheet, id, 'tx1', { state: 'empty' }, score(85)), reason: 'chấm lại' });
    const { entries, chainIntact } = value<{ entries: MarkHistoryEntry[]; chainIntact: boolean }>('grades.markHistory', { sheetId: sheet.sheetId, enrolmentId: id, column: 'tx1' });
    expect(entries.map(entry => [entry.path, entry.before, entry.after, entry.reason]).slice(-3)).toEqual([
      ['typed', entries[0]?.after ?? null, '8,0', null], ['typed', '8,0', null, null], ['typed', null, '8,5', 'chấm lại'],
    ]);
    expect(entries[0]).toMatchObject({ path: 'imported', before: null });
    expect(chainIntact).toBe(true);
  });
});

describe('the year end follows the marks', () => {
  test('is stale after a mark changed, and explains itself by article', async () => {
    const signal = new AbortController().signal;
    await core.door.runJob('yearEnd.compute', { year: '2025-2026' }, principal, { signal, progress: () => undefined });
    const settled = value<YearEndOverview>('yearEnd.overview', { year: '2025-2026' });
    expect(settled.isStale).toBe(false);
    const good = settled.rows.find(row => row.className === '9A' && row.learningYear === 'T');
    const sheet = sheetOf('KHTN', 2);
    const pupil = sheet.rows.find(row => row.enrolmentId === good?.enrolmentId);
    value('grades.saveMarks', save(sheet, pupil?.enrolmentId ?? '', 'gk', pupil?.marks.gk, score(0)));
    value('grades.saveMarks', save(sheet, pupil?.enrolmentId ?? '', 'ck', pupil?.marks.ck, score(1)));
    expect(value<YearEndOverview>('yearEnd.overview', { year: '2025-2026' }).isStale).toBe(true);
    const { because } = value<{ because: { article: string; rule: string; facts: string[] }[] }>('yearEnd.explain', { enrolmentId: pupil?.enrolmentId });
    expect(because.some(step => step.article.includes('22/2021') && step.article.includes('Điều 12'))).toBe(true);
    expect(because.flatMap(step => step.facts).every(fact => !fact.includes('{{') && !fact.includes('yearEnd.'))).toBe(true);
    expect(because.map(step => step.rule).every(rule => !rule.startsWith('yearEnd.'))).toBe(true);
  });

  test('names what is missing and counts the pupil as incomplete', () => {
    const sheet = sheetOf('GDTC', 1);
    const pupil = sheet.rows[0];
    value('grades.saveMarks', save(sheet, pupil?.enrolmentId ?? '', 'ck', pupil?.marks.ck, { state: 'empty' }));
    const overview = value<YearEndOverview>('yearEnd.overview', { year: '2025-2026' });
    expect(overview.incomplete).toBe(1);
    expect(overview.missing).toMatchObject([{ className: '9A', count: 1, route: `/grades/sheet/${sheet.sheetId}` }]);
  });
});
