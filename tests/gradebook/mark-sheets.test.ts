import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { ImportDone, ImportPreview } from '../../preload/contract/imports.ts';
import type { IssuedWorkbook, MarkConflictView, MarkSheetIssue } from '../../preload/contract/mark-sheets.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { codeIn, parseIssueMark } from '../../main/gradebook/mark-sheet-codes.ts';
import { sha256Hex } from '../../main/kit/atomic-file.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

/** A teacher without the program gets his sheet as a workbook, fills it in at home and hands it back. */
let core: Core;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, folder, remove } = await demoCore({ pupils: 60 })); });
afterAll(async () => { await remove(); });

const year = '2025-2026';
const quiet = { signal: new AbortController().signal, progress: () => undefined };
const secretary: Session = { user: 'vanphong', name: 'Văn phòng', role: 'secretary', staffId: null, token: null };

function call<T>(name: string, input: unknown, session: Session = principal): T {
  const result = core.door.call(name, input, session);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
async function job<T>(name: string, input: unknown, session: Session = principal): Promise<T> {
  const result = await core.door.runJob(name, input, session, quiet);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
async function codeOf(name: string, input: unknown, session: Session = principal): Promise<string> {
  const result = await core.door.runJob(name, input, session, quiet);
  return result.ok ? 'ok' : result.error.code;
}

function sheetOf(subject: string, term: 1 | 2, className = '9A'): SheetView {
  const row = core.database.read.get(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select('grade_sheet.id')
    .where('subject', '=', subject).where('term', '=', term).where('school_class.name', '=', className));
  return call<SheetView>('grades.openSheet', { sheetId: row?.id });
}
const score = (tenths: number): MarkValue => ({ state: 'score', tenths });
const empty: MarkValue = { state: 'empty' };
const issue = (sheet: SheetView) => job<IssuedWorkbook>('gradebook.issueMarkSheets', { scope: { of: 'sheet', sheetId: sheet.sheetId } });
function type(sheet: SheetView, row: number, column: 'tx1' | 'tx2' | 'gk' | 'ck', after: MarkValue, session: Session = principal): void {
  const pupil = sheetOf(sheet.subject, sheet.term as 1, sheet.className).rows[row];
  call('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId: pupil?.enrolmentId, column, before: pupil?.marks[column] ?? empty, after }] }, session);
}
const markOf = (sheet: SheetView, row: number, column: 'tx1' | 'gk' | 'ck') => sheetOf(sheet.subject, sheet.term as 1, sheet.className).rows[row]?.marks[column] ?? empty;

const FIRST_PUPIL = 10;
/** What a teacher does in Excel: opens the file, types, saves. */
async function typedIn(bytes: Uint8Array, act: (sheet: exceljs.Worksheet) => void): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes.slice().buffer);
  const [sheet] = book.worksheets;
  if (sheet) act(sheet);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
const preview = (bytes: Uint8Array, more: object = {}) => job<ImportPreview>('imports.preview', { fileName: 'phiếu.xlsx', bytes, ...more });
const apply = (bytes: Uint8Array, more: object = {}) => job<ImportDone>('imports.apply', { fileName: 'phiếu.xlsx', bytes, kind: 'marks', sha256: sha256Hex(bytes), ...more });
const refusals = async (bytes: Uint8Array, more: object = {}) => (await preview(bytes, more)).problems.filter(problem => problem.severity === 'error').map(({ code, message }) => ({ code, message }));
const columnOf = (sheet: SheetView, column: string) => 4 + sheet.columns.findIndex(one => one.column === column);

describe('a sheet handed out', () => {
  test('is locked but for its mark cells, takes only what the sheet takes, and carries its code and a line to sign', async () => {
    const sheet = sheetOf('TOAN', 1);
    const { bytes, codes, fileName } = await issue(sheet);
    expect(fileName).toMatch(/9A.*\.xlsx$/);
    expect(codes[0]).toMatch(/^9A-TOAN-HK1-\d\d-[A-Z0-9]{3}$/);
    const file = path.join(folder, 'out.xlsx');
    writeFileSync(file, bytes);
    const xml = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    expect(xml).toMatch(/<sheetProtection [^>]*sheet="1"/);
    expect(xml).toMatch(/<pane [^>]*ySplit="9"[^>]*state="frozen"/);
    expect(xml).toMatch(/<dataValidation type="decimal"[^>]*>/);
    expect(xml).toContain('<formula1>0</formula1><formula2>10</formula2>');
    const book = new exceljs.Workbook();
    await book.xlsx.load(bytes.slice().buffer);
    const written = book.worksheets[0];
    const isLocked = (row: number, column: number) => written?.getRow(row).getCell(column).protection?.locked !== false;
    expect([1, 2, 3].map(column => isLocked(FIRST_PUPIL, column))).toEqual([true, true, true]);
    expect(sheet.columns.map((_, index) => isLocked(FIRST_PUPIL, 4 + index))).toEqual(sheet.columns.map(() => false));
    const texts = written?.getSheetValues().flat().map(value => (typeof value === 'string' ? value : ''));
    expect(texts).toContain('Giáo viên bộ môn (kí, ghi rõ họ tên)');
    expect(texts?.some(value => codeIn(value) === codes[0])).toBe(true);
    const hidden = texts?.map(value => parseIssueMark(value)).find(mark => mark !== null);
    expect(hidden).toMatchObject({ sheetId: sheet.sheetId, code: codes[0], year, className: '9A', term: 1, subject: 'TOAN' });
    expect(written?.getRow(8).hidden).toBe(true);
  });

  test('of a comment subject offers Đ and CĐ', async () => {
    const { bytes } = await issue(sheetOf('NT', 1));
    const file = path.join(folder, 'out.xlsx');
    writeFileSync(file, bytes);
    expect(execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' })).toMatch(/type="list"[\s\S]*?<formula1>(&quot;|")Đ,CĐ(&quot;|")<\/formula1>/);
  });

  test('comes as one workbook for a class or a teacher; a colleague\'s sheets are none of his', async () => {
    const sheet = sheetOf('TOAN', 1);
    const ofClass = await job<IssuedWorkbook>('gradebook.issueMarkSheets', { scope: { of: 'class', classId: sheet.classId, term: 2 } });
    const sheets = core.database.read.all(sql.selectFrom('grade_sheet').select('subject').where('class_id', '=', sheet.classId).where('term', '=', 2));
    expect(ofClass.codes).toHaveLength(sheets.length);
    const teacher = core.database.read.get(sql.selectFrom('assignment').innerJoin('account', 'account.staff_id', 'assignment.staff_id').select(['account.user', 'account.staff_id'])
      .where('class_id', '=', sheet.classId).where('subject', '=', 'TOAN').where('to_date', 'is', null));
    const session: Session = { user: teacher?.user ?? '', name: 'GV', role: 'teacher', staffId: teacher?.staff_id ?? null, token: null };
    const own = await job<IssuedWorkbook>('gradebook.issueMarkSheets', { scope: { of: 'teacher', staffId: session.staffId, year, term: 1 } }, session);
    expect(own.codes.some(code => code.startsWith('9A-TOAN-HK1-'))).toBe(true);
    expect((await job<IssuedWorkbook>('gradebook.issueMarkSheets', { scope: { of: 'teacherOf', sheetId: sheet.sheetId } })).codes).toHaveLength(own.codes.length);
    expect(await codeOf('gradebook.issueMarkSheets', { scope: { of: 'sheet', sheetId: sheetOf('VAN', 1).sheetId } }, session)).toBe('gradebook.notIssued');
    const { issues } = call<{ issues: MarkSheetIssue[] }>('gradebook.markSheetIssues', { year, sheetId: sheet.sheetId });
    expect(issues.map(one => one.state).slice(0, 3)).toEqual(['out', 'replaced', 'replaced']);
    expect(issues[0]?.issuedFor).not.toBe('');
  });
});

describe('a sheet that comes back', () => {
  test('unchanged changes nothing', async () => {
    const sheet = sheetOf('KHTN', 1);
    const { bytes } = await issue(sheet);
    const shown = await preview(bytes);
    expect(shown).toMatchObject({ kind: 'marks', created: 0, updated: 0, conflicts: [] });
    expect(shown.problems).toEqual([]);
    expect(shown.unchanged).toBe(sheet.rows.length);
  });

  test('brings what was typed in; a blank never becomes 0 and never empties; the import is taken back like any other', async () => {
    const sheet = sheetOf('KHTN', 1);
    const { bytes } = await issue(sheet);
    const [before0, before1] = [markOf(sheet, 0, 'gk'), markOf(sheet, 1, 'ck')];
    const filled = await typedIn(bytes, page => {
      page.getRow(FIRST_PUPIL).getCell(columnOf(sheet, 'gk')).value = 1.5;
      page.getRow(FIRST_PUPIL + 1).getCell(columnOf(sheet, 'ck')).value = null;
      page.getRow(FIRST_PUPIL + 2).getCell(columnOf(sheet, 'gk')).value = '9,5';
    });
    const shown = await preview(filled);
    expect(shown).toMatchObject({ updated: 2, created: 0, conflicts: [] });
    expect(shown.problems).toMatchObject([{ code: 'issueBlank', severity: 'warning' }]);
    const done = await apply(filled);
    expect([markOf(sheet, 0, 'gk'), markOf(sheet, 1, 'ck'), markOf(sheet, 2, 'gk')]).toEqual([score(15), before1, score(95)]);
    expect(call<{ issues: MarkSheetIssue[] }>('gradebook.markSheetIssues', { year, sheetId: sheet.sheetId }).issues[0]).toMatchObject({ state: 'returned', returns: 1 });

    // The same paper, filled in further, is no conflict with itself.
    const further = await typedIn(filled, page => { page.getRow(FIRST_PUPIL).getCell(columnOf(sheet, 'gk')).value = 2.5; });
    expect(await preview(further)).toMatchObject({ updated: 1, conflicts: [] });

    call('imports.undo', { importId: done.importId, reason: 'nhập thử' });
    expect(markOf(sheet, 0, 'gk')).toEqual(before0);
    expect(call<{ issues: MarkSheetIssue[] }>('gradebook.markSheetIssues', { year, sheetId: sheet.sheetId }).issues[0]).toMatchObject({ state: 'out', returns: 0 });
    expect(await preview(filled)).toMatchObject({ updated: 2 });
  });

  test('with a cell changed here and there asks a person; what only one side changed needs no question', async () => {
    const sheet = sheetOf('TIN', 1);
    const { bytes, codes } = await issue(sheet);
    const issuedGk = markOf(sheet, 0, 'gk');
    for (const row of [0, 1, 2]) type(sheet, row, 'gk', score(10 + row), secretary);
    type(sheet, 3, 'gk', score(44), secretary);
    const filled = await typedIn(bytes, page => {
      for (const row of [0, 1, 2]) page.getRow(FIRST_PUPIL + row).getCell(columnOf(sheet, 'gk')).value = 2 + row / 10;
      page.getRow(FIRST_PUPIL + 4).getCell(columnOf(sheet, 'gk')).value = 0;
    });
    const shown = await preview(filled);
    expect(shown.conflicts.map(one => [one.program, one.file, one.choice])).toEqual([['1,0', '2,0', null], ['1,1', '2,1', null], ['1,2', '2,2', null]]);
    expect(shown.conflicts[0]).toMatchObject({ column: 'Giữa kì', row: FIRST_PUPIL, programBy: expect.stringMatching(/./), issued: issuedGk.state === 'score' ? `${Math.trunc(issuedGk.tenths / 10)},${issuedGk.tenths % 10}` : null });
    expect(shown.updated).toBe(1);
    expect(await codeOf('imports.apply', { fileName: 'p.xlsx', bytes: filled, kind: 'marks', sha256: sha256Hex(filled) })).toBe('imports.conflictsOpen');

    const [first, second, third] = shown.conflicts.map(one => one.key);
    // Somebody writes the first cell once more: the choice for what stood there does not count for what stands there now.
    type(sheet, 0, 'gk', score(13), secretary);
    const settle = { [first ?? '']: 'file', [second ?? '']: 'program', [third ?? '']: 'later' };
    expect(await codeOf('imports.apply', { fileName: 'p.xlsx', bytes: filled, kind: 'marks', sha256: sha256Hex(filled), settle })).toBe('imports.conflictsOpen');
    const again = (await preview(filled)).conflicts[0];
    expect(again).toMatchObject({ program: '1,3' });
    await apply(filled, { settle: { ...settle, [again?.key ?? '']: 'file' } });
    expect([0, 1, 2, 3, 4].map(row => markOf(sheet, row, 'gk'))).toEqual([score(20), score(11), score(12), score(44), score(0)]);

    const { conflicts } = call<{ conflicts: MarkConflictView[] }>('gradebook.markConflicts', { year, sheetId: sheet.sheetId });
    expect(conflicts).toMatchObject([{ stored: score(12), offered: score(22), source: codes[0], state: 'open', maySettle: true }]);
    call('gradebook.settleConflicts', { settle: [{ conflictId: conflicts[0]?.conflictId, choice: 'offered', stored: score(12) }] });
    expect(markOf(sheet, 2, 'gk')).toEqual(score(22));
  });

  test('is refused by name when it is an older issue, of another sheet, year or school, retitled, unknown, or its sheet is locked', async () => {
    const sheet = sheetOf('CN', 1);
    const older = await issue(sheet);
    const { bytes } = await issue(sheet);
    expect(await refusals(older.bytes)).toMatchObject([{ code: 'imports.issueOlder', message: expect.stringMatching(/Tệp phát ngày .* cho 9A .* HK I; đã phát lại ngày/) }]);
    expect(await refusals(bytes, { sheetId: sheetOf('TOAN', 1).sheetId })).toMatchObject([{ code: 'imports.issueOtherSheet', message: expect.stringContaining('9A Toán HK I') }]);
    expect(await refusals(bytes, { sheetId: sheetOf('CN', 2).sheetId })).toMatchObject([{ code: 'imports.issueOtherSheet' }]);
    const retitled = await typedIn(bytes, page => {
      page.getRow(4).getCell(3).value = '9B';
    });
    expect(await refusals(retitled)).toMatchObject([{ code: 'imports.issueTitles', message: expect.stringContaining('9B') }]);
    const hidden = (change: (value: string) => string) => typedIn(bytes, page => { page.getRow(8).getCell(1).value = change(page.getRow(8).getCell(1).text); });
    expect(await refusals(await hidden(value => value.replace(/schoolCode=[^&]*/, 'schoolCode=0000&schoolName=THCS+Kh%C3%A1c').replace(/&schoolName=[^&]*$/, '')))).toMatchObject([{ code: 'imports.issueOtherSchool' }]);
    expect(await refusals(await hidden(value => value.replace(/issueId=[^&]*/, 'issueId=khong-co')))).toMatchObject([{ code: 'imports.issueUnknown' }]);
    expect(await refusals(await hidden(value => value.replace(/content=[^&]*/, 'content=khac')))).toMatchObject([{ code: 'imports.issueUnknown' }]);
    expect(await refusals(await hidden(value => value.replace('issue/1', 'issue/9')))).toMatchObject([{ code: 'imports.issueVersion' }]);
    expect(await refusals(await typedIn(bytes, page => { page.spliceColumns(5, 1); }))).toMatchObject([{ code: 'imports.issueStructure' }]);
    const sorted = await typedIn(bytes, page => {
      const [one, two] = [page.getRow(FIRST_PUPIL), page.getRow(FIRST_PUPIL + 1)];
      [one.getCell(3).value, two.getCell(3).value] = [two.getCell(3).value, one.getCell(3).value];
    });
    expect((await refusals(sorted)).map(one => one.code)).toEqual(['imports.issueNameDiffers', 'imports.issueNameDiffers']);
    core.database.write({ actor: 'test', path: 'other', reason: null }, tx => tx.run(sql.updateTable('grade_sheet').set({ state: 'locked', version: sql.selectFrom('grade_sheet').select(({ eb }) => eb('version', '+', 1).as('v')).where('id', '=', sheet.sheetId) as never })
      .where('id', '=', sheet.sheetId)));
    expect(await refusals(bytes)).toMatchObject([{ code: 'imports.issueClosed' }]);
    expect(await codeOf('gradebook.issueMarkSheets', { scope: { of: 'sheet', sheetId: sheet.sheetId } })).toBe('gradebook.notIssued');
  });

  test('with words that are no marks is refused cell by cell, and nothing of it is written', async () => {
    const sheet = sheetOf('GDCD', 1);
    const { bytes } = await issue(sheet);
    const wrong = await typedIn(bytes, page => {
      page.getRow(FIRST_PUPIL).getCell(columnOf(sheet, 'gk')).value = 11;
      page.getRow(FIRST_PUPIL + 1).getCell(columnOf(sheet, 'gk')).value = 8.55;
      page.getRow(FIRST_PUPIL + 2).getCell(columnOf(sheet, 'gk')).value = 'Đ';
      page.getRow(FIRST_PUPIL + 3).getCell(columnOf(sheet, 'gk')).value = 6;
    });
    const head = core.database.journalHead().seq;
    expect((await refusals(wrong)).map(one => one.code)).toEqual(['markOutOfRange', 'markDecimals', 'levelInScoreSubject']);
    expect(await codeOf('imports.apply', { fileName: 'p.xlsx', bytes: wrong, kind: 'marks', sha256: sha256Hex(wrong) })).toBe('imports.hasErrors');
    expect(core.database.journalHead().seq).toBe(head);
  });

  test('whose hidden row was lost is known by the code people read', async () => {
    const sheet = sheetOf('LSDL', 1);
    const { bytes } = await issue(sheet);
    const copied = await typedIn(bytes, page => {
      page.getRow(8).getCell(1).value = null;
      page.getRow(FIRST_PUPIL).getCell(columnOf(sheet, 'gk')).value = 3.5;
    });
    expect(await preview(copied)).toMatchObject({ kind: 'marks', updated: 1, conflicts: [] });
  });
});
