import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateSchool } from '../../main/demo/demo-school.ts';
import { readStaffWorkbook } from '../../main/imports/staff-reader.ts';
import { recogniseWorkbook } from '../../main/imports/recognise-workbook.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import { pupilList, workbookBytes, type TestCell, type TestSheet } from '../fake/broken-workbooks.ts';
import { FIXTURES, FIXTURE_SCHOOL } from '../fake/import-fixtures.ts';

const HEADERS = ['STT', 'Mã cán bộ', 'Họ tên', 'Email', 'Trạng thái CB', 'Vị trí việc làm', 'Nhóm chức vụ', 'Môn dạy', 'Số CMND/TCC/\nĐịnh danh cá nhân'];

function staffList(...rows: readonly (readonly TestCell[])[]): TestSheet {
  const cells: Record<string, TestCell> = {};
  for (const [row, values] of [HEADERS, ...rows].entries()) for (const [column, value] of values.entries()) if (value !== '') cells[`${String.fromCodePoint(65 + column)}${row + 1}`] = value;
  return { name: 'Sheet1', cells };
}

async function read(sheet: TestSheet) {
  return readStaffWorkbook(await readWorkbook(workbookBytes([sheet])), { levels: ['thcs'] });
}

describe('the export of staff', () => {
  it('is read from the sample file as the people it was made from', async () => {
    const school = generateSchool(FIXTURE_SCHOOL);
    const reading = readStaffWorkbook(await readWorkbook(readFileSync(path.join(FIXTURES, 'can-bo.xlsx'))), { fileName: 'CSDL_GiaoVien.xls', levels: ['thcs'], schoolYear: '2025-2026' });
    expect(reading).toMatchObject({ kind: 'staff', title: 'Danh sách cán bộ, giáo viên, mẫu CSDL ngành', errors: [], warnings: [], unknownValues: [], headerRow: 4 });
    expect(reading.records.map((record) => [record.staffCode, record.fullName, record.birth, record.sex, record.personalId, record.email, record.subjects?.map((subject) => subject.code) ?? [], record.partyMember ?? false]))
      .toEqual(school.staff.map((person) => [person.code, person.name, person.birth, person.sex, person.personalId, person.email, person.subjects, person.partyMember]));
    expect(reading.records.map((record) => record.role).slice(0, 3)).toEqual(['principal', 'vicePrincipal', 'officer']);
    expect(reading.records.at(-1)?.role).toBe('teacher');
    const book = await readWorkbook(readFileSync(path.join(FIXTURES, 'can-bo.xlsx')));
    expect(book.sheets[0]?.rows.find((row) => row.number === 4)?.cells).toHaveLength(72);
  });

  it('subjects are taken from the words of the list, and an unknown one is kept and listed', async () => {
    const reading = await read(staffList([1, 'GV01', 'Lê Thị Hạnh', 'hanh@truong.example', 'Đang làm việc', 'Giáo viên', 'Giáo viên', 'Toán, Tiếng Anh; Đàn bầu']));
    expect(reading.records[0]?.subjects).toEqual([{ code: 'TOAN', raw: 'Toán' }, { code: 'NN1', raw: 'Tiếng Anh' }, { code: null, raw: 'Đàn bầu' }]);
    expect(reading.unknownValues).toEqual([{ field: 'subjects', catalogue: 'subjects', column: 'Môn dạy', value: 'Đàn bầu', rows: [2] }]);
  });

  it('who has left is not working here any more, and a deputy is no principal', async () => {
    const reading = await read(staffList(
      [1, 'GV01', 'Lê Thị Hạnh', '', 'Nghỉ hưu', 'Giáo viên', 'Giáo viên', ''], [2, 'GV02', 'Vũ Đức An', '', 'Đang làm việc', 'Phó hiệu trưởng', 'Cán bộ quản lý', ''],
      [3, 'GV03', 'Ngô Kim Chi', '', '', 'Hiệu trưởng', 'Cán bộ quản lý', ''], [4, 'GV04', 'Bùi Văn Bình', '', 'Đang làm việc', 'Nhân viên kế toán', 'Nhân viên', ''],
    ));
    expect(reading.records.map((record) => [record.working, record.role])).toEqual([[false, 'teacher'], [true, 'vicePrincipal'], [true, 'principal'], [true, 'officer']]);
  });

  it('faults are told with their place', async () => {
    const reading = await read(staffList(
      [1, 'GV01', 'Lê Thị Hạnh', 'hanh', 'Đang làm việc', 'Giáo viên', 'Giáo viên', 'Toán', '00118000001'], [2, 'GV01', 'Vũ Đức An', '', 'Đang làm việc', 'Giáo viên', 'Giáo viên', 'Toán'],
    ));
    expect(reading.errors.map((problem) => [problem.letter, problem.row, problem.code])).toEqual([['I', 2, 'personalIdLength'], ['B', 3, 'codeTwice']]);
    expect(reading.warnings.map((problem) => [problem.letter, problem.row, problem.code, problem.value])).toEqual([['D', 2, 'emailStrange', 'hanh']]);
  });
});

async function recogniseSample(name: string, fileName?: string) {
  return recogniseWorkbook(await readWorkbook(readFileSync(path.join(FIXTURES, name))), fileName);
}

async function recognise(sheet: TestSheet) {
  return recogniseWorkbook(await readWorkbook(workbookBytes([sheet])));
}

describe('the program says what a dropped workbook is', () => {
  it('the sample files for certain', async () => {
    expect(await recogniseSample('hoc-sinh.xlsx', 'Filemau-C2-HocSinhDiaPhuong-ver2-data.xlsx')).toEqual({ kind: 'pupils', certainty: 'certain', title: 'Danh sách học sinh, mẫu CSDL ngành ver2' });
    expect(await recogniseSample('hoc-sinh.xls')).toMatchObject({ kind: 'pupils', certainty: 'certain' });
    expect(await recogniseSample('can-bo.xlsx')).toMatchObject({ kind: 'staff', certainty: 'certain' });
    expect(await recogniseSample('bang-diem-9a.xlsx')).toMatchObject({ kind: 'marks', certainty: 'certain' });
    expect(await recogniseSample('bang-diem-9a.xls')).toMatchObject({ kind: 'marks', certainty: 'certain' });
  });

  it('a list of the school as likely, and a price list as nothing it knows', async () => {
    expect(await recognise({ name: 'Sheet1', cells: { A1: 'Họ tên', B1: 'Lớp', A2: 'Nguyễn Thị Ngữ', B2: '9A' } })).toMatchObject({ kind: 'pupils', certainty: 'likely' });
    expect(await recognise({ name: 'Sheet1', cells: { A1: 'Họ tên', B1: 'Môn dạy', A2: 'Lê Thị Hạnh', B2: 'Toán' } })).toMatchObject({ kind: 'staff', certainty: 'likely' });
    expect(await recognise(pupilList())).toMatchObject({ kind: 'pupils', certainty: 'certain' });
    expect(await recognise({ name: 'Sheet1', cells: { A1: 'Tên hàng', B1: 'Số lượng', A2: 'Phấn', B2: 3 } })).toMatchObject({ kind: null, certainty: 'unknown' });
  });
});
