import { readFileSync } from 'node:fs';
import path from 'node:path';
import { utils } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { generateSchool } from '../../main/demo/demo-school.ts';
import type { MarkValue } from '../../main/imports/import-records.ts';
import { marksFormSheet, summaryFormSheet, type MarksFormSheet } from '../../main/imports/marks-form.ts';
import { readMarksWorkbook, type MarksExpectations } from '../../main/imports/marks-reader.ts';
import { AppError } from '../../main/kit/errors.ts';
import { readWorkbook, type WrittenSheet } from '../../main/kit/excel/workbook.ts';
import { dateCell, formulaCell, naCell, workbookBytes, type TestCell, type TestSheet } from '../fake/broken-workbooks.ts';
import { FIXTURES, FIXTURE_SCHOOL } from '../fake/import-fixtures.ts';

const CLASS_9A = new Map([['0801000001', 'Nguyễn Thị Ngữ'], ['0801000002', 'Đặng Văn Hữu'], ['0801000003', 'Giàng A Páo']]);
const PUPILS = [...CLASS_9A].map(([code, name]) => ({ code, name }));
const MATHS: MarksFormSheet = {
  schoolYear: '2025-2026', className: '9A', subject: { code: 'TOAN', name: 'Toán', short: 'Toán', kind: 'score' }, term: 1, ongoingCount: 4, teacher: { code: 'GV01', name: 'Lê Thị Hạnh' },
  pupils: PUPILS,
};
const SPORT: MarksFormSheet = { ...MATHS, subject: { code: 'GDTC', name: 'Giáo dục thể chất', short: 'GDTC', kind: 'comment' }, ongoingCount: 2 };
const SUMMARY = { schoolYear: '2025-2026', className: '9A', homeroom: { code: 'GV01', name: 'Lê Thị Hạnh' }, pupils: PUPILS };
const EXPECTED: MarksExpectations = { schoolYear: '2025-2026', className: '9A', pupilsOfClass: (className) => (className === '9A' ? CLASS_9A : undefined) };
/** The first pupil's row; D–G hold ĐĐGtx, H ĐĐGgk, I ĐĐGck. */
const FIRST = 10;

/** A form as it comes back from a teacher, with `changes` typed into it. */
function filled(form: WrittenSheet, changes: Readonly<Record<string, TestCell | null>> = {}): TestSheet {
  const cells: Record<string, TestCell> = {};
  form.rows.forEach((row, rowIndex) => row.forEach((cell, column) => {
    const value = cell !== null && typeof cell === 'object' ? cell.value : cell;
    if (value !== null) cells[utils.encode_cell({ r: rowIndex, c: column })] = value;
  }));
  for (const [address, value] of Object.entries(changes)) {
    if (value === null) delete cells[address];
    else cells[address] = value;
  }
  return { name: form.name, cells, merged: (form.merged ?? []).map((area) => utils.encode_range({ s: { r: area.firstRow - 1, c: area.firstColumn - 1 }, e: { r: area.lastRow - 1, c: area.lastColumn - 1 } })) };
}

async function read(sheets: readonly TestSheet[], expected: MarksExpectations = EXPECTED) {
  return readMarksWorkbook(await readWorkbook(workbookBytes(sheets)), expected);
}

async function markOf(value: TestCell | null, form = MATHS): Promise<MarkValue | undefined> {
  const reading = await read([filled(marksFormSheet(form), { D10: value })]);
  expect(reading.errors).toEqual([]);
  return reading.sheets[0]?.rows[0]?.ongoing[0];
}

describe('a teacher sends back the marks form', () => {
  it('an empty form is a form without marks: every cell null, none of them 0', async () => {
    const reading = await read([filled(marksFormSheet(MATHS))]);
    expect(reading).toMatchObject({ errors: [], warnings: [], rowCount: 3, title: 'Bảng điểm lớp 9A (1 trang)' });
    expect(reading.sheets[0]).toMatchObject({ schoolYear: '2025-2026', className: '9A', grade: 9, subjectCode: 'TOAN', kind: 'score', term: 1, ongoingCount: 4, teacherCode: 'GV01' });
    expect(reading.sheets[0]?.rows[0]).toEqual({ row: FIRST, pupilCode: '0801000001', fullName: 'Nguyễn Thị Ngữ', ongoing: [null, null, null, null], mid: null, final: null });
  });

  it('marks are read by value, in tenths, however they were typed', async () => {
    const typed: readonly [TestCell, number][] = [[8.5, 85], ['8,5', 85], ['8.5', 85], ['8,50', 85], [8, 80], ['8', 80], [10, 100], ['10,0', 100], [0, 0], ['0', 0], [0.1 + 0.2, 3], [9.3, 93], [7.800000000000001, 78]];
    for (const [value, tenths] of typed) expect(await markOf(value)).toBe(tenths);
    expect(await markOf('  ')).toBeNull();
  });

  it('levels of a comment subject are read from letters and from words', async () => {
    for (const value of ['Đ', 'đ', 'D', 'Đạt']) expect(await markOf(value, SPORT)).toBe('D');
    for (const value of ['CĐ', 'cđ', 'CD', 'Chưa đạt']) expect(await markOf(value, SPORT)).toBe('CD');
    expect(await markOf(null, SPORT)).toBeNull();
  });

  const badMarks: readonly { defect: string; value: TestCell; code: string; shown: string; form?: MarksFormSheet }[] = [
    { defect: '85 is not taken for 8,5', value: 85, code: 'markOutOfRange', shown: '85' },
    { defect: '10,1 is too much', value: 10.1, code: 'markOutOfRange', shown: '10.1' },
    { defect: '-1 is too little', value: -1, code: 'markOutOfRange', shown: '-1' },
    { defect: '8,55 has two decimals', value: 8.55, code: 'markDecimals', shown: '8.55' },
    { defect: '"8,55" as text has two decimals too', value: '8,55', code: 'markDecimals', shown: '8,55' },
    { defect: 'a word is no mark', value: 'vắng', code: 'markUnreadable', shown: 'vắng' },
    { defect: 'two commas are no mark', value: '8,,5', code: 'markUnreadable', shown: '8,,5' },
    { defect: 'Excel made 8.5 a day in May', value: dateCell(46_150), code: 'markIsDate', shown: '08/05/2026' },
    { defect: 'a formula error is no mark', value: naCell, code: 'cellError', shown: '#N/A' },
    { defect: 'a level in a subject with marks', value: 'CĐ', code: 'levelInScoreSubject', shown: 'CĐ' },
    { defect: 'a mark in a comment subject', value: 8, code: 'levelUnreadable', shown: '8', form: SPORT },
  ];
  for (const { defect, value, code, shown, form } of badMarks) {
    it(`${defect}: told with its place, and the cell stays empty`, async () => {
      const reading = await read([filled(marksFormSheet(form ?? MATHS), { E11: value })]);
      expect(reading.errors).toHaveLength(1);
      expect(reading.errors[0]).toMatchObject({ sheet: form === undefined ? 'Toán HK1' : 'GDTC HK1', row: 11, letter: 'E', column: 'ĐĐGtx 2', code, value: shown });
      expect(reading.errors[0]?.remedy).not.toMatch(/imports\.|\{\{/);
      expect(reading.sheets[0]?.rows[1]?.ongoing[1]).toBeNull();
    });
  }

  it('a mark that comes from a formula is taken with a warning', async () => {
    const reading = await read([filled(marksFormSheet(MATHS), { D10: formulaCell('(7+8)/2', 7.5) })]);
    expect(reading.sheets[0]?.rows[0]?.ongoing[0]).toBe(75);
    expect(reading.warnings.map((problem) => problem.code)).toEqual(['formulaValue']);
  });
});

describe('whose marks they are', () => {
  it('a pupil who is not in the class is refused', async () => {
    const reading = await read([filled(marksFormSheet(MATHS), { B11: '0801000009' })]);
    expect(reading.errors.map((problem) => [problem.letter, problem.row, problem.code, problem.value])).toEqual([['B', 11, 'pupilUnknown', '0801000009']]);
  });

  it('names sorted without their codes are noticed before marks go to the wrong child', async () => {
    const reading = await read([filled(marksFormSheet(MATHS), { C10: 'Đặng Văn Hữu', C11: 'Nguyễn Thị Ngữ' })]);
    expect(reading.errors.map((problem) => [problem.row, problem.code])).toEqual([[10, 'pupilNameDiffers'], [11, 'pupilNameDiffers']]);
  });

  it('a code that stands twice, or is missing, or became a number, is refused', async () => {
    const twice = await read([filled(marksFormSheet(MATHS), { B11: '0801000001', C11: 'Nguyễn Thị Ngữ' })]);
    expect(twice.errors.map((problem) => problem.code)).toEqual(['codeTwice']);
    const missing = await read([filled(marksFormSheet(MATHS), { B11: null, D11: 8 })]);
    expect(missing.errors.map((problem) => [problem.letter, problem.row, problem.code])).toEqual([['B', 11, 'pupilCodeMissing']]);
    const number = await read([filled(marksFormSheet(MATHS), { B11: 801_000_002 })], { schoolYear: '2025-2026' });
    expect(number.errors.map((problem) => [problem.row, problem.code])).toEqual([[11, 'codeLostZeros']]);
  });
});

describe('a sheet that does not belong here is refused by name', () => {
  const other: readonly { what: string; form: MarksFormSheet; expected?: MarksExpectations; code: string; row: number; value: string }[] = [
    { what: 'another class', form: { ...MATHS, className: '9B' }, expected: { className: '9A' }, code: 'formOtherClass', row: 3, value: '9B' },
    { what: 'a class the school does not have', form: { ...MATHS, className: '9B' }, expected: { pupilsOfClass: () => undefined }, code: 'formUnknownClass', row: 3, value: '9B' },
    { what: 'another term', form: { ...MATHS, term: 2 }, expected: { term: 1 }, code: 'formOtherTerm', row: 5, value: '2' },
    { what: 'another school year', form: { ...MATHS, schoolYear: '2024-2025' }, code: 'formOtherYear', row: 2, value: '2024-2025' },
    { what: 'another subject', form: SPORT, expected: { subjectCode: 'TOAN' }, code: 'formOtherSubject', row: 4, value: 'Giáo dục thể chất' },
  ];
  for (const { what, form, expected, code, row, value } of other) {
    it(what, async () => {
      const reading = await read([filled(marksFormSheet(form))], expected ?? EXPECTED);
      expect(reading.sheets).toEqual([]);
      expect(reading.errors.map((problem) => [problem.row, problem.code, problem.value])).toEqual([[row, code, value]]);
    });
  }

  it('an older and a newer version of the form', async () => {
    for (const [version, code] of [[0, 'formOlder'], [2, 'formNewer']] as const) {
      const form = filled(marksFormSheet(MATHS));
      const mark = form.cells['A8'];
      if (typeof mark !== 'string') throw new Error('the form has lost its mark');
      const reading = await read([{ ...form, cells: { ...form.cells, A8: mark.replace('/1?', `/${version}?`) } }]);
      expect(reading.sheets).toEqual([]);
      expect(reading.errors.map((problem) => [problem.row, problem.code])).toEqual([[8, code]]);
    }
  });

  it('a copy whose title was changed to another class, subject or term', async () => {
    for (const [address, value] of [['C3', '9B'], ['C4', 'Ngữ văn'], ['C5', '2'], ['C2', '2024-2025']] as const) {
      const reading = await read([filled(marksFormSheet(MATHS), { [address]: value })]);
      expect(reading.sheets).toEqual([]);
      expect(reading.errors.map((problem) => [problem.code, problem.value])).toEqual([['formDisagrees', value]]);
    }
  });

  it('a form whose columns were deleted', async () => {
    const reading = await read([filled(marksFormSheet(MATHS), { G9: null, H9: null })]);
    expect(reading.errors).toHaveLength(1);
    expect(reading.errors[0]).toMatchObject({ code: 'formColumnsMissing', row: 9 });
    expect(reading.errors[0]?.message).toContain('ĐĐGtx 4, ĐĐGgk');
  });

  it('the same sheet twice in one workbook', async () => {
    const reading = await read([filled(marksFormSheet(MATHS)), { ...filled(marksFormSheet(MATHS), { D10: 9 }), name: 'Toán HK1 (2)' }]);
    expect(reading.sheets).toHaveLength(1);
    expect(reading.errors.map((problem) => [problem.sheet, problem.code])).toEqual([['Toán HK1 (2)', 'sheetTwice']]);
  });

  it('but a copy that only lost its hidden cell is read by its titles, with a warning', async () => {
    const reading = await read([filled(marksFormSheet(MATHS), { A8: null, D10: 9 })]);
    expect(reading.errors).toEqual([]);
    expect(reading.warnings.map((problem) => problem.code)).toEqual(['formMarkLost']);
    expect(reading.sheets[0]).toMatchObject({ className: '9A', subjectCode: 'TOAN', term: 1, ongoingCount: 4 });
    expect(reading.sheets[0]?.rows[0]?.ongoing[0]).toBe(90);
  });

  it('a sheet of notes beside the forms is left out with a word, and a workbook of notes only is no marks file', async () => {
    const notes: TestSheet = { name: 'Ghi chú', cells: { A1: 'Nhớ nộp trước 15/1' } };
    const reading = await read([filled(marksFormSheet(MATHS)), notes]);
    expect(reading.warnings.map((problem) => [problem.sheet, problem.code])).toEqual([['Ghi chú', 'sheetSkipped']]);
    await expect(read([notes])).rejects.toThrow(new AppError('imports.notMarks'));
  });
});

describe('the homeroom teacher sends back the summary of the year', () => {
  it('conduct, absences and comments are read', async () => {
    const reading = await read([filled(summaryFormSheet(SUMMARY), { D10: 'Tốt', E10: 'K', F10: 3, G10: '0', H10: 'Chăm ngoan.', E11: 'chưa đạt' })]);
    expect(reading.errors).toEqual([]);
    expect(reading.summaries[0]).toMatchObject({ className: '9A', homeroomCode: 'GV01' });
    expect(reading.summaries[0]?.rows[0]).toEqual({ row: 10, pupilCode: '0801000001', fullName: 'Nguyễn Thị Ngữ', conduct: ['T', 'K'], absentWithLeave: 3, absentWithoutLeave: 0, homeroomComment: 'Chăm ngoan.' });
    expect(reading.summaries[0]?.rows[1]).toMatchObject({ conduct: [null, 'CD'], absentWithLeave: null });
  });

  it('a conduct or a number of sessions that is none is told', async () => {
    const reading = await read([filled(summaryFormSheet(SUMMARY), { D10: 'Giỏi', F11: -2, G12: 1.5 })]);
    expect(reading.errors.map((problem) => [problem.letter, problem.row, problem.code])).toEqual([['D', 10, 'conductUnreadable'], ['F', 11, 'sessionsUnreadable'], ['G', 12, 'sessionsUnreadable']]);
  });
});

describe('the sample workbook of class 9A', () => {
  const school = generateSchool(FIXTURE_SCHOOL);
  const schoolClass = school.classes.find((found) => found.name === '9A');
  if (schoolClass === undefined) throw new Error('the sample school has no class 9A');

  for (const ending of ['xlsx', 'xls'] as const) {
    it(`gives back every mark it was made from, as .${ending}`, async () => {
      const reading = readMarksWorkbook(await readWorkbook(readFileSync(path.join(FIXTURES, `bang-diem-9a.${ending}`))), {
        schoolYear: '2025-2026', className: '9A', pupilsOfClass: () => new Map(schoolClass.pupils.map((pupil) => [pupil.code, pupil.name])),
      });
      expect(reading).toMatchObject({ errors: [], warnings: [] });
      expect(reading.sheets).toHaveLength(24);
      for (const sheet of reading.sheets) {
        for (const row of sheet.rows) {
          const pupil = schoolClass.pupils.find((found) => found.code === row.pupilCode);
          expect({ ongoing: row.ongoing, mid: row.mid, final: row.final }).toEqual(pupil?.marks[sheet.subjectCode]?.[sheet.term - 1]);
        }
        expect(sheet.rows).toHaveLength(12);
        expect(sheet.teacherCode).toBe(schoolClass.subjects.find((subject) => subject.code === sheet.subjectCode)?.teacher);
      }
      expect(reading.summaries[0]?.homeroomCode).toBe(schoolClass.homeroom);
      expect(reading.summaries[0]?.rows.map((row) => [row.pupilCode, row.conduct, row.absentWithLeave, row.absentWithoutLeave, row.homeroomComment]))
        .toEqual(schoolClass.pupils.map((pupil) => [pupil.code, pupil.conduct, pupil.absentWithLeave, pupil.absentWithoutLeave, pupil.homeroomComment]));
    });
  }
});
