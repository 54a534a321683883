import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { CurriculumView } from '../../preload/contract/curriculum.ts';
import type { SheetSummary, SheetView } from '../../preload/contract/grades.ts';
import { ensureSheets } from '../../main/curriculum/class-sheets.ts';
import { emptySchool, teacher, type School } from './empty-school.ts';

const year = '2025-2026';
let school: School;
beforeAll(async () => { school = await emptySchool([year, '2026-2027', '2018-2019', '2022-2023', '2009-2010']); });
afterAll(async () => { await school.close(); });

const made = (atYear: string, grade: number, name: string) => {
  const found = school.addClass(atYear, grade, name);
  const count = school.write(ctx => ensureSheets(ctx, found));
  return { found, count, sheets: school.sheets(found.id) };
};
const bySubject = (sheets: ReturnType<School['sheets']>, subject: string) => sheets.filter(sheet => sheet.subject === subject);
const score = (tenths: number) => ({ state: 'score', tenths });

function type(sheetId: string, enrolmentId: string, column: string, tenths: number): void {
  school.value('grades.saveMarks', { sheetId, path: 'typed', changes: [{ enrolmentId, column, before: { state: 'empty' }, after: score(tenths) }] });
}

describe('the sheets of a new class', () => {
  test.each([1, 2, 3, 4, 5])('grade %i: four points, a sheet of qualities and competences, tests where they are written', grade => {
    const { sheets } = made(year, grade, `${grade}A`);
    expect(new Set(sheets.map(sheet => sheet.rule_set))).toEqual(new Set(['TT27-2020']));
    expect(bySubject(sheets, 'PCNL').map(sheet => [sheet.kind, sheet.term])).toEqual([['traits', 1], ['traits', 2], ['traits', 3], ['traits', 4]]);
    expect(bySubject(sheets, 'TOAN').map(sheet => sheet.periodic)).toEqual(grade >= 4 ? [1, 1, 1, 1] : [0, 1, 0, 1]);
    expect(bySubject(sheets, 'DD').map(sheet => [sheet.kind, sheet.periodic])).toEqual([['primary', 0], ['primary', 0], ['primary', 0], ['primary', 0]]);
    expect(bySubject(sheets, 'TIN')).toHaveLength(grade >= 3 ? 4 : 0);
    expect(bySubject(sheets, 'THCN')).toHaveLength(0);
    expect(bySubject(sheets, 'AN')).toHaveLength(4);
    expect(bySubject(sheets, 'NN1')).toHaveLength(grade >= 3 ? 4 : 0);
  });

  test.each([6, 7, 8, 9])('grade %i: two terms of twelve subjects, one mid-term column, ongoing columns by periods', grade => {
    const { sheets } = made(year, grade, `${grade}B`);
    expect(sheets).toHaveLength(24);
    expect(bySubject(sheets, 'TOAN').map(sheet => [sheet.term, sheet.ongoing, sheet.periodic])).toEqual([[1, 4, 1], [2, 4, 1]]);
    expect(bySubject(sheets, 'CN')[0]?.ongoing).toBe(grade >= 8 ? 3 : 2);
    expect(bySubject(sheets, 'NT')[0]).toMatchObject({ kind: 'comment', ongoing: 2 });
  });

  test.each([10, 11, 12])('grade %i: the compulsory subjects at first, then the class\'s four electives and three topic clusters', grade => {
    const { found, sheets } = made(year, grade, `${grade}C1`);
    expect(new Set(sheets.map(sheet => sheet.subject))).toEqual(new Set(['TOAN', 'VAN', 'NN1', 'SU', 'GDQPAN', 'GDTC', 'NDDP', 'HDTN']));
    const chosen = ['LI', 'HOA', 'SINH', 'AN'].map(subject => ({ subject, hasCluster: subject !== 'AN' && subject !== 'SINH' }));
    const withCluster = [...chosen, { subject: 'TOAN', hasCluster: true }];
    expect(school.value('curriculum.saveClass', { classId: found.id, subjects: withCluster })).toEqual({ sheets: 8 });
    const after = school.sheets(found.id);
    expect(bySubject(after, 'AN')[0]).toMatchObject({ kind: 'comment', ongoing: 2 });
    // Nobody has said in which term the cluster's mark stands: no column yet.
    expect(bySubject(after, 'LI').map(sheet => sheet.ongoing)).toEqual([3, 3]);
    const view = school.value<CurriculumView>('curriculum.view', { year });
    expect(view.classes.find(one => one.classId === found.id)).toMatchObject({ electives: { taken: 4, needed: 4 }, clusters: { taken: 3, needed: 3 } });
  });

  test('TT 58/2011 counts its tests of a period, TT 26/2020 one mid-term mark; older years have no sheets', () => {
    const former = made('2018-2019', 9, '9A').sheets;
    expect(bySubject(former, 'TOAN')[0]).toMatchObject({ rule_set: 'TT58-2011', ongoing: 4, periodic: 2 });
    expect(bySubject(former, 'SU')[0]).toMatchObject({ ongoing: 3, periodic: 1 });
    expect(bySubject(made('2022-2023', 9, '9A').sheets, 'TOAN')[0]).toMatchObject({ rule_set: 'TT26-2020', ongoing: 4, periodic: 1 });
    expect(made('2009-2010', 9, '9A').count).toBe(0);
  });

  test('asked twice, it makes nothing twice', () => {
    const { found } = made(year, 9, '9Z');
    expect(school.write(ctx => ensureSheets(ctx, found))).toBe(0);
  });
});

describe('a sheet of the years before', () => {
  test('opens with its own columns and weights, and averages by TT 58/2011 Đ10', () => {
    const { found, sheets } = made('2018-2019', 8, '8A');
    const pupil = school.addPupil(found, 'Trần Minh Anh', 1);
    const sheetId = bySubject(sheets, 'SU')[0]?.id ?? '';
    const opened = school.value<SheetView>('grades.openSheet', { sheetId });
    expect(opened.columns.map(column => [column.column, column.weight])).toEqual([['tx1', 1], ['tx2', 1], ['tx3', 1], ['v1', 2], ['ck', 3]]);
    // (7 + 8 + 6 + 2·6,5 + 3·7) / 8 = 55 / 8 = 6,875 → 6,9
    for (const [column, tenths] of [['tx1', 70], ['tx2', 80], ['tx3', 60], ['v1', 65], ['ck', 70]] as const) type(sheetId, pupil, column, tenths);
    expect(school.value<SheetView>('grades.openSheet', { sheetId }).rows[0]?.average).toBe(69);
    expect(school.codeOf('grades.saveMarks', { sheetId, path: 'typed', changes: [{ enrolmentId: pupil, column: 'gk', before: { state: 'empty' }, after: score(70) }] })).toBe('grades.noSuchColumn');
  });
});

describe('a curriculum that changes', () => {
  test('fewer periods take an empty column away, a column with marks is refused by name and nothing changes', () => {
    const { found, sheets } = made('2026-2027', 9, '9A');
    const pupil = school.addPupil(found, 'Lê Hoà', 1);
    const place = { year: '2026-2027', grade: 9, subject: 'CN' };
    expect(school.codeOf('curriculum.saveSubject', { ...place, changes: { periods: 35 } })).toBe('curriculum.reasonMissing');
    expect(school.value('curriculum.saveSubject', { ...place, changes: { periods: 35 }, reason: 'Kế hoạch 15/KH' })).toEqual({ sheets: 2 });
    expect(bySubject(school.sheets(found.id), 'CN').map(sheet => [sheet.ongoing, sheet.periods])).toEqual([[2, 35], [2, 35]]);
    school.value('curriculum.saveSubject', { ...place, changes: { periods: 52 } });
    type(bySubject(sheets, 'CN')[0]?.id ?? '', pupil, 'tx3', 80);
    const head = school.core.database.journalHead().seq;
    const refused = school.core.door.call('curriculum.saveSubject', { ...place, changes: { periods: 35 }, reason: 'Kế hoạch 15/KH' }, { user: 'x', name: 'x', role: 'principal', staffId: null, token: null });
    expect(refused).toMatchObject({ ok: false, error: { code: 'curriculum.marksWouldGo' } });
    expect(!refused.ok && refused.error.what).toMatch(/Công nghệ lớp 9A.*ĐĐGtx 3/);
    expect(school.core.database.journalHead().seq).toBe(head);
    const row = school.value<CurriculumView>('curriculum.view', { year: '2026-2027' }).grades.find(grade => grade.grade === 9)?.rows.find(one => one.subject === 'CN');
    expect(row).toMatchObject({ periods: 52, differs: [], reason: '' });
  });

  test('what the regulation fixes is refused; under TT 58/2011 the school\'s plan counts, not below the least', () => {
    expect(school.codeOf('curriculum.saveSubject', { year, grade: 9, subject: 'TOAN', changes: { ongoing: 5 }, reason: 'thêm' })).toBe('curriculum.fixedByRule');
    expect(school.codeOf('curriculum.saveSubject', { year, grade: 4, subject: 'TOAN', changes: { testedAt: [4] }, reason: 'bớt' })).toBe('curriculum.fixedByRule');
    expect(school.codeOf('curriculum.saveSubject', { year: '2018-2019', grade: 9, subject: 'TOAN', changes: { ongoing: 3 }, reason: 'sổ cũ' })).toBe('curriculum.tooFewOngoing');
    expect(school.codeOf('curriculum.saveSubject', { year: '2018-2019', grade: 9, subject: 'TOAN', changes: { ongoing: 6, periodic: 3 }, reason: 'sổ cũ' })).toBe('ok');
    expect(school.codeOf('curriculum.removeSubject', { year, grade: 9, subject: 'TOAN' })).toBe('curriculum.mayNotRemove');
  });

  test('Nghệ thuật on sheets of its strands: the two sheets take its place, and back while they are empty', () => {
    const { found } = made('2026-2027', 6, '6A');
    school.value('curriculum.saveSubject', { year: '2026-2027', grade: 6, subject: 'NT', changes: { strands: 'apart' }, reason: 'Hai giáo viên' });
    const codes = () => new Set(school.sheets(found.id).map(sheet => sheet.subject));
    expect(codes()).toContain('AN');
    expect(codes()).not.toContain('NT');
    school.value('curriculum.saveSubject', { year: '2026-2027', grade: 6, subject: 'NT', changes: { strands: 'together' } });
    expect(codes()).toContain('NT');
    expect(codes()).not.toContain('MT');
  });

  test('the term of topic clusters gives and takes their column', () => {
    const { found } = made('2026-2027', 10, '10A1');
    school.value('curriculum.saveClass', { classId: found.id, subjects: [{ subject: 'TOAN', hasCluster: true }] });
    expect(school.value('curriculum.setClusterTerm', { year: '2026-2027', term: 'second' })).toEqual({ sheets: 1 });
    expect(bySubject(school.sheets(found.id), 'TOAN').map(sheet => sheet.ongoing)).toEqual([4, 5]);
    expect(school.value('curriculum.setClusterTerm', { year: '2026-2027', term: 'first' })).toEqual({ sheets: 2 });
    expect(bySubject(school.sheets(found.id), 'TOAN').map(sheet => sheet.ongoing)).toEqual([5, 4]);
    expect(school.codeOf('curriculum.saveClass', { classId: found.id, subjects: [{ subject: 'GDTC', hasCluster: true }] })).toBe('curriculum.clusterWithoutMarks');
  });

  test('an elective with marks stays; a copy of the year carries the school\'s own table on', () => {
    const { found } = made('2026-2027', 11, '11A1');
    school.value('curriculum.saveClass', { classId: found.id, subjects: [{ subject: 'LI', hasCluster: false }] });
    const pupil = school.addPupil(found, 'Phạm Lan', 1);
    type(bySubject(school.sheets(found.id), 'LI')[0]?.id ?? '', pupil, 'tx1', 90);
    expect(school.codeOf('curriculum.saveClass', { classId: found.id, subjects: [] })).toBe('curriculum.marksWouldGo');
    school.value('curriculum.saveSubject', { year, grade: 7, subject: 'TIN', changes: { periods: 70 }, reason: 'Tăng cường' });
    expect(school.value<{ grades: number[] }>('curriculum.copyYear', { from: year, to: '2026-2027' }).grades).toContain(7);
    const copied = school.core.database.read.get(sql.selectFrom('curriculum_subject').selectAll().where('year', '=', '2026-2027').where('grade', '=', 7).where('subject', '=', 'TIN'));
    expect(copied).toMatchObject({ periods: 70, ongoing: 3, reason: 'Tăng cường' });
    expect(school.codeOf('curriculum.copyYear', { from: '2009-2010', to: '2026-2027' })).toBe('curriculum.nothingToCopy');
  });

  test('the order the school gives its subjects is that of the gradebook', () => {
    const { found } = made('2026-2027', 8, '8A');
    const shown = () => school.value<{ sheets: SheetSummary[] }>('grades.listSheets', { year: '2026-2027', classId: found.id }).sheets.filter(sheet => sheet.term === 1);
    expect(shown()[0]?.subject).toBe('TOAN');
    school.value('curriculum.saveSubject', { year: '2026-2027', grade: 8, subject: 'TOAN', changes: { order: 20 } });
    expect(shown().map(sheet => sheet.subject).at(-1)).toBe('TOAN');
    expect(shown()[0]?.subject).toBe('LSDL');
  });

  test('a teacher sees the curriculum and changes nothing of it', () => {
    expect(school.codeOf('curriculum.view', { year }, teacher)).toBe('ok');
    for (const [call, input] of [
      ['saveSubject', { year, grade: 9, subject: 'TIN', changes: { periods: 70 } }], ['addSubject', { year, grade: 9, subject: 'NN2' }], ['removeSubject', { year, grade: 9, subject: 'NN2' }],
      ['copyYear', { from: year, to: '2026-2027' }], ['setClusterTerm', { year, term: 'both' }], ['saveClass', { classId: 'x', subjects: [] }], ['standings', { year }],
    ] as const) expect(school.codeOf(`curriculum.${call}`, input, teacher)).toBe('call.forbidden');
  });
});
