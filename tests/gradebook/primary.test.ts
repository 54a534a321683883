import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { MarkColumn, MarkValue, SheetSummary, SheetView } from '../../preload/contract/grades.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { MarkProof } from '../../preload/contract/gradebook-proof.ts';
import type { ImportDone, ImportPreview } from '../../preload/contract/imports.ts';
import type { TranscriptBoard } from '../../preload/contract/transcripts.ts';
import type { Because, OverallLevel } from '../../preload/contract/year-end.ts';
import type { Session } from '../../main/call/context.ts';
import { generateSchool } from '../../main/demo/demo-school.ts';
import { classWorkbook } from '../../main/demo/school-workbooks.ts';
import { pupilsWorkbook } from '../../main/demo/pupils-workbook.ts';
import { staffWorkbook } from '../../main/demo/staff-workbook.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { sha256Hex } from '../../main/kit/atomic-file.ts';
import { writeWorkbook, type WrittenCell, type WrittenWorkbook } from '../../main/kit/excel/workbook.ts';
import { verifyPdf } from '../../main/signing/verify-pdf.ts';
import { demoCore } from '../bench/demo-core.ts';
import { textOf } from '../print/print-fixture.ts';
import vectors from '../grades/test-vectors.json' with { type: 'json' };
import { YearEndDesk } from '../year-end/year-end-kit.ts';

let core: Core;
let desk: YearEndDesk;
let remove: () => Promise<void>;
let class5: string;
let class1: string;
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 44, level: 'tieu-hoc', yearEnd: true }));
  desk = new YearEndDesk(core);
  [class5, class1] = [desk.classId('5A'), desk.classId('1A')];
});
afterAll(async () => { await remove(); });

const empty: MarkValue = { state: 'empty' };
const level = (of: string) => ({ state: 'level', level: of }) as MarkValue;
const test10 = (mark: number): MarkValue => ({ state: 'score', tenths: mark * 10 });

function change(sheet: SheetView, enrolmentId: string, column: MarkColumn, after: MarkValue) {
  const before = sheet.rows.find(row => row.enrolmentId === enrolmentId)?.marks[column] ?? empty;
  return { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId, column, before, after }] };
}
const save = (sheet: SheetView, enrolmentId: string, column: MarkColumn, after: MarkValue, session?: Session) =>
  desk.codeOf('grades.saveMarks', change(sheet, enrolmentId, column, after), session);

function sheetsOf(classId: string, point: number): SheetSummary[] {
  return desk.value<{ sheets: SheetSummary[] }>('grades.listSheets', { year: desk.year, classId }).sheets.filter(sheet => sheet.term === point);
}

describe('the sheets of a primary class', () => {
  test('a history names the point of the year, on screen and on paper, where a secondary one names its term', async () => {
    const sheet = desk.sheet(class5, 'TOAN', 3);
    const where = { sheetId: sheet.sheetId, enrolmentId: sheet.rows[0]?.enrolmentId, column: 'muc' };
    expect(desk.value<MarkProof>('gradebook.markProof', where).termName).toBe('Giữa học kì II');
    const paper = await desk.job<PdfFile>('gradebook.printMarkProof', where);
    expect(textOf(paper.bytes)).toContain('giữa học kì II');
    expect(textOf(paper.bytes)).not.toContain('Học kì 3');
  });

  test('stand at four points, with a test where the regulation has one (TT 27/2020 Đ7)', () => {
    const tested = (classId: string, point: number) => sheetsOf(classId, point)
      .filter(({ subject }) => desk.sheet(classId, subject, point).columns.some(({ column }) => column === 'kt')).map(({ subject }) => subject);
    expect([1, 2, 3, 4].map(point => tested(class1, point))).toEqual([[], ['TV', 'TOAN'], [], ['TV', 'TOAN']]);
    expect([1, 2].map(point => tested(class5, point).toSorted())).toEqual([['TOAN', 'TV'], ['CN', 'KH', 'LSDL', 'NN1', 'TIN', 'TOAN', 'TV']]);
  });

  test('qualities and competences are one sheet of the class: thirteen in grades 1 and 2, fifteen after', () => {
    const titles = (classId: string) => desk.sheet(classId, 'PCNL', 4).columns.map(({ title }) => title);
    expect(titles(class5)).toEqual([
      'Yêu nước', 'Nhân ái', 'Chăm chỉ', 'Trung thực', 'Trách nhiệm', 'Tự chủ và tự học', 'Giao tiếp và hợp tác', 'Giải quyết vấn đề và sáng tạo',
      'Ngôn ngữ', 'Tính toán', 'Khoa học', 'Công nghệ', 'Tin học', 'Thẩm mĩ', 'Thể chất',
    ]);
    expect(titles(class1).slice(8)).toEqual(['Ngôn ngữ', 'Tính toán', 'Khoa học', 'Thẩm mĩ', 'Thể chất']);
  });

  test('take only what belongs into each cell, and bad input changes nothing', () => {
    const maths = desk.sheet(class5, 'TOAN', 4);
    const ethics = desk.sheet(class5, 'DD', 4);
    const traits = desk.sheet(class5, 'PCNL', 4);
    const pupil = maths.rows[5]?.enrolmentId ?? '';
    const head = core.database.journalHead().seq;
    expect(save(maths, pupil, 'kt', { state: 'score', tenths: 85 })).toBe('grades.testNotWhole');
    expect(save(maths, pupil, 'kt', level('T'))).toBe('grades.levelInScoreSubject');
    expect(save(maths, pupil, 'kt', { state: 'zeroByRule', reason: 'vắng' })).toBe('grades.noZeroByRule');
    expect(save(maths, pupil, 'muc', level('D'))).toBe('grades.otherLevel.primary');
    expect(save(maths, pupil, 'muc', test10(9))).toBe('grades.scoreInCommentSubject');
    expect(save(ethics, pupil, 'kt', test10(9))).toBe('grades.noSuchColumn');
    expect(save(traits, pupil, 'pc1', level('H'))).toBe('grades.otherLevel.traits');
    expect(save(desk.sheet(class1, 'PCNL', 4), desk.sheet(class1, 'PCNL', 4).rows[0]?.enrolmentId ?? '', 'nl9', level('T'))).toBe('grades.noSuchColumn');
    expect(core.database.journalHead().seq).toBe(head);
  });

  test('a class teacher writes the traits of her class; a teacher of another subject does not', () => {
    const traits = desk.sheet(class5, 'PCNL', 1);
    const english = desk.sheet(class5, 'NN1', 1);
    const pupil = traits.rows[0]?.enrolmentId ?? '';
    const of = (staffId: string | null): Session => ({ user: 'gv', name: 'gv', role: 'teacher', staffId, token: null });
    const homeroom = of(core.database.read.get(sql.selectFrom('school_class').select('homeroom_staff_id').where('id', '=', class5))?.homeroom_staff_id ?? null);
    const specialist = of(core.database.read.get(sql.selectFrom('assignment').select('staff_id').where('class_id', '=', class5).where('subject', '=', 'NN1'))?.staff_id ?? null);
    expect([save(traits, pupil, 'pc2', level('C'), homeroom), save(traits, pupil, 'pc3', level('C'), specialist)]).toEqual(['ok', 'grades.notYourSheet']);
    expect([save(english, pupil, 'muc', level('C'), specialist), save(english, pupil, 'muc', level('T'), homeroom)]).toEqual(['ok', 'grades.notYourSheet']);
  });
});

const CODES: Readonly<Record<string, OverallLevel>> = { 'Hoàn thành xuất sắc': 'HTXS', 'Hoàn thành tốt': 'HTT', 'Hoàn thành': 'HT', 'Chưa hoàn thành': 'CHT' };

describe('the year of a primary class', () => {
  test('ends as the regulation\'s own examples do, written cell by cell into the sheets (TT 27/2020 Đ9)', async () => {
    const five = vectors.tt27.filter(vector => vector.pcnl.length === 15);
    const subjects = sheetsOf(class5, 4).filter(({ kind }) => kind === 'primary').map(({ subject }) => desk.sheet(class5, subject, 4));
    const tested = subjects.filter(({ columns }) => columns.length === 2).toSorted((a, b) => Number(a.subject === 'CN') - Number(b.subject === 'CN'));
    const traits = desk.sheet(class5, 'PCNL', 4);
    five.forEach((vector, index) => {
      const pupil = traits.rows[index]?.enrolmentId ?? '';
      // Twelve lines on the form, strands apart: the example has eleven, its last is given to the last strand too.
      subjects.forEach((sheet, at) => { expect(save(sheet, pupil, 'muc', level(vector.subjects[Math.min(at, 10)] ?? ''))).toBe('ok'); });
      tested.forEach((sheet, at) => { expect(save(desk.sheet(class5, sheet.subject, 4), pupil, 'kt', test10(vector.tests[Math.min(at, 5)] ?? 0))).toBe('ok'); });
      traits.columns.forEach(({ column }, at) => { expect(save(traits, pupil, column, level(vector.pcnl[at] === 'Đ' ? 'D' : vector.pcnl[at] ?? ''))).toBe('ok'); });
    });
    expect(desk.overview(class5).isStale).toBe(true);
    await desk.job('yearEnd.compute', { year: desk.year });
    const rows = desk.overview(class5).rows;
    expect(five.map((_, index) => rows[index]?.overall)).toEqual(five.map(({ expected }) => CODES[expected]));
    expect(rows[0]).toMatchObject({ completedProgramme: true, promotion: 'promoted', award: 'XS', awardCandidate: false });
    expect(rows[1]).toMatchObject({ completedProgramme: true, promotion: 'promoted', award: null, awardCandidate: true });
    expect(rows[7]).toMatchObject({ completedProgramme: false, promotion: 'support', award: null });
    const stored = core.database.read.get(sql.selectFrom('year_result').selectAll().where('enrolment_id', '=', rows[0]?.enrolmentId ?? ''));
    expect(stored).toMatchObject({ rule_set: 'TT27-2020', overall: 'HTXS', overall_first: 'HTXS', completed_programme: 1, promoted: 1, learning_year: null, conduct_year: null });
  });

  test('tests of the other points do not count (vector 12)', () => {
    const maths = desk.sheet(class5, 'TOAN', 3);
    const first = desk.overview(class5).rows[0];
    expect(save(maths, first?.enrolmentId ?? '', 'kt', test10(6))).toBe('ok');
    expect(desk.overview(class5).rows[0]?.overall).toBe('HTXS');
  });

  test('a test that was not entered leaves the pupil without a result, and the place that mends it is named', () => {
    const maths = desk.sheet(class5, 'TOAN', 4);
    const pupil = maths.rows[0];
    expect(save(maths, pupil?.enrolmentId ?? '', 'kt', empty)).toBe('ok');
    const overview = desk.overview(class5);
    expect(overview.rows[0]).toMatchObject({ overall: null, promotion: 'incomplete', flags: ['incomplete:TOAN:year'] });
    expect(overview.missing).toEqual([expect.objectContaining({ what: 'Toán Cuối năm: ô còn trống', count: 1, route: `/grades/sheet/${maths.sheetId}` })]);
    expect(save(desk.sheet(class5, 'TOAN', 4), pupil?.enrolmentId ?? '', 'kt', pupil?.marks.kt ?? empty)).toBe('ok');
  });

  test('every result is explained in words, with its article', () => {
    for (const row of desk.overview(class5).rows.slice(0, 10)) {
      const { because } = desk.value<{ because: Because[] }>('yearEnd.explain', { enrolmentId: row.enrolmentId });
      expect(because.length).toBeGreaterThan(5);
      for (const { field, rule, facts, article } of because) {
        expect(article).toContain('Thông tư 27/2020/TT-BGDĐT');
        for (const words of [field, rule, ...facts]) expect(words).not.toMatch(/yearEnd\.|grades\.|\{\{|undefined/);
      }
    }
    const held = desk.value<{ because: Because[] }>('yearEnd.explain', { enrolmentId: desk.overview(class5).rows[9]?.enrolmentId ?? '' });
    expect(held.because.flatMap(({ facts }) => facts).join(' ')).toContain('Chưa đủ Hoàn thành: Thể chất.');
  });

  test('learning and conduct levels, and the missing conduct of a term, are never asked of a primary class', () => {
    expect(desk.overview().missing).toEqual([]);
    expect(desk.codeOf('grades.saveTermRecord', { enrolmentId: desk.overview(class5).rows[0]?.enrolmentId, term: 1, conduct: 'T' })).toBe('grades.otherConduct');
    expect(desk.codeOf('grades.saveTermRecord', { enrolmentId: desk.overview(class5).rows[0]?.enrolmentId, term: 1, excused: 2, comment: 'Ngoan.' })).toBe('ok');
  });
});

async function handed(workbook: WrittenWorkbook, fileName: string) {
  const bytes = await writeWorkbook(workbook);
  return { fileName, bytes, sha256: sha256Hex(bytes) };
}

/** The 35 columns of the ministry's form for the lower grades, in its order, under three rows of headers. */
function ministryForm(rows: { code: string; name: string; maths: string | number; overall: string }[]): WrittenWorkbook {
  const subjects = ['Toán', 'Tiếng Việt', 'Ngoại ngữ'].flatMap(name => [[name, 'Mức đạt được'], [name, 'Điểm KTĐK']])
    .toSpliced(4, 0, ['Đạo đức', 'Mức đạt được'], ['TN&XH', 'Mức đạt được'])
    .concat(['Tiếng DT', 'Tin học', 'Âm nhạc', 'Mĩ thuật', 'HĐTN', 'GDTC'].map(name => [name, 'Mức đạt được']));
  const traits = [
    ['Năng lực chung', ['Tự chủ và tự học', 'Giao tiếp và hợp tác', 'Giải quyết vấn đề và sáng tạo']],
    ['Năng lực đặc thù', ['Ngôn ngữ', 'Tính toán', 'Khoa học', 'Thẩm mĩ', 'Thể chất']],
    ['Phẩm chất', ['Yêu nước', 'Nhân ái', 'Chăm chỉ', 'Trung thực', 'Trách nhiệm']],
  ] as const;
  const persons = ['STT', 'Mã lớp', 'Mã HS', 'Họ tên', 'Ngày sinh'];
  const outcomes = ['Hoàn thành CTLH', 'Lên lớp', 'Xếp loại'];
  const columns = [
    ...persons.map(name => [name, name, name]), ...subjects.map(([name = '', what = '']) => ['Môn học và hoạt động giáo dục', name, what]),
    ...traits.flatMap(([group, names]) => names.map(name => ['Năng lực, phẩm chất', group, name])), ...outcomes.map(name => [name, name, name]),
  ];
  const heads = [0, 1, 2].map(row => columns.map((column): WrittenCell => ({ value: column[row] ?? '', style: 'header' })));
  const body = rows.map(({ code, name, maths, overall }, index) => [
    index + 1, '1A', { value: code, style: 'text' as const }, name, '05/09/2019', 'T', maths, 'T', 10, 'T', 'T', null, null, null, null, 'T', 'T', 'T', 'T',
    ...Array.from({ length: 8 }, () => 'T'), 'Đ', ...Array.from({ length: 4 }, () => 'T'), 'x', 'x', overall,
  ]);
  const merged = persons.map((_, index) => ({ firstRow: 3, lastRow: 5, firstColumn: index + 1, lastColumn: index + 1 }));
  return { createdAt: '2026-05-25T08:00:00Z', sheets: [{ name: 'KetQuaHocTap', merged, rows: [['TRƯỜNG TIỂU HỌC'], ['KẾT QUẢ HỌC TẬP CUỐI NĂM, NĂM HỌC 2025-2026'], ...heads, ...body] }] };
}

describe('results forms', () => {
  const pupils = () => desk.sheet(class1, 'TOAN', 4).rows.slice(0, 2);
  const preview = (file: { fileName: string; bytes: Uint8Array }) => desk.job<ImportPreview>('imports.preview', file);

  test('the ministry\'s form is recognised by its headers; what would change is shown before it is saved, and a result that is not the rule\'s is told', async () => {
    const [one, two] = pupils();
    const file = await handed(ministryForm([
      { code: one?.code ?? '', name: one?.name ?? '', maths: 9, overall: 'Hoàn thành' }, { code: two?.code ?? '', name: two?.name ?? '', maths: 8, overall: 'Hoàn thành tốt' },
    ]), 'KetQuaHocTapImportExcel.xlsx');
    expect(ministryForm([]).sheets[0]?.rows[2]).toHaveLength(35);
    const shown = await preview(file);
    expect(shown).toMatchObject({ kind: 'marks', rows: 2 });
    expect(shown.problems.map(({ code, severity, row }) => [code, severity, row])).toEqual([['imports.otherResult', 'warning', 7]]);
    const head = core.database.journalHead().seq;
    expect(await desk.job<ImportDone>('imports.apply', { ...file, kind: 'marks' })).toMatchObject({ rows: 2 });
    expect(core.database.journalHead().seq).toBeGreaterThan(head);
    expect(desk.sheet(class1, 'TOAN', 4).rows[1]?.marks).toEqual({ muc: level('T'), kt: test10(8) });
    expect(desk.sheet(class1, 'PCNL', 4).rows[0]?.marks).toMatchObject({ pc1: level('D'), pc2: level('T'), nl7: level('T'), nl8: level('T') });
    expect(desk.overview(class1).rows[0]?.overall).toBe('HT');
    expect(await desk.job<ImportPreview>('imports.preview', file)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  test('a decimal mark, an unknown pupil and a wrong letter are each named by place, and nothing is saved', async () => {
    const [one] = pupils();
    const file = await handed(ministryForm([
      { code: one?.code ?? '', name: one?.name ?? '', maths: '8,5', overall: '' }, { code: '0899999999', name: 'Ai Đó', maths: 7, overall: '' },
      { code: one?.code ?? '', name: one?.name ?? '', maths: 7, overall: '' },
    ]), 'kq.xlsx');
    const { problems } = await preview(file);
    expect(problems.filter(({ severity }) => severity === 'error').map(({ row, code }) => `${row} ${code}`).toSorted()).toEqual(['6 testNotWhole', '7 imports.notInClass', '8 codeTwice']);
    expect(problems.find(({ code }) => code === 'testNotWhole')?.column).toContain('(G)');
    expect(await desk.jobCode('imports.apply', { ...file, kind: 'marks' })).toBe('imports.hasErrors');
  });
});

describe('a school with a primary and a lower secondary level', () => {
  test('keeps each class by its own regulation, from files to the end of the year', async () => {
    core.database.write({ actor: 'test', path: 'other', reason: null }, tx => {
      tx.writePrepared("update school set name = 'Trường TH&THCS Suối Ngọc', levels = 'tieu-hoc,thcs', version = version + 1", []);
    });
    const upper = generateSchool({ pupils: 20, level: 'thcs', seed: 77, year: desk.year });
    // Another school's numbers: those of the primary pupils are taken.
    for (const pupil of upper.classes.flatMap(found => found.pupils)) pupil.registerNumber = `9${pupil.registerNumber}`;
    const apply = async (kind: string, workbook: WrittenWorkbook) => { await desk.job('imports.apply', { ...(await handed(workbook, `${kind}.xlsx`)), kind }); };
    await apply('staff', staffWorkbook(upper));
    await apply('pupils', pupilsWorkbook(upper));
    for (const found of upper.classes) await apply('marks', classWorkbook(upper, found));
    await desk.job('yearEnd.compute', { year: desk.year });
    const overview = desk.overview();
    expect(overview.missing).toEqual([]);
    const ruleSets = Map.groupBy(overview.rows, row => row.className);
    expect([...ruleSets].map(([name, rows]) => [name, ...new Set(rows.map(row => row.ruleSet))])).toEqual([['1A', 'TT27-2020'], ['5A', 'TT27-2020'], ['9A', 'TT22-2021']]);
    expect(overview.rows.filter(row => row.className === '9A').every(row => row.learningYear !== null && row.overall === null)).toBe(true);
    expect(new Set(desk.value<{ sheets: SheetSummary[] }>('grades.listSheets', { year: desk.year }).sheets.map(({ kind }) => kind))).toEqual(new Set(['primary', 'traits', 'score', 'comment']));
  });
});

describe('the học bạ of a primary class', () => {
  test('is printed on its own form with three empty fields, and says what the rules decided', async () => {
    await desk.job('yearEnd.compute', { year: desk.year });
    const prepared = await desk.job<{ prepared: number; blocked: unknown[] }>('transcripts.prepare', { classId: class1 });
    const board = desk.value<TranscriptBoard>('transcripts.board', { classId: class1 });
    expect(prepared).toMatchObject({ prepared: board.rows.length, blocked: [] });
    const { bytes } = desk.value<{ bytes: Uint8Array }>('transcripts.paper', { transcriptId: board.rows[0]?.transcriptId });
    expect((await verifyPdf(bytes, { trust: '', now: new Date(), checkRevocation: false })).status).toBe('unsigned');
    expect(Buffer.from(bytes).toString('latin1').match(/\/FT ?\/Sig/g)).toHaveLength(3);
    expect(await desk.job('transcripts.prepare', { classId: class1 })).toMatchObject({ prepared: 0, kept: board.rows.length });
  });
});
