import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateSchool } from '../../main/demo/demo-school.ts';
import type { PupilRecord } from '../../main/imports/import-records.ts';
import { readPupilsWorkbook } from '../../main/imports/pupils-reader.ts';
import { AppError } from '../../main/kit/errors.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import { dateCell, pupilList, workbookBytes, type TestCell, type TestSheet } from '../fake/broken-workbooks.ts';
import { FIXTURES, FIXTURE_SCHOOL } from '../fake/import-fixtures.ts';

async function read(sheets: readonly TestSheet[], expected: Parameters<typeof readPupilsWorkbook>[1] = {}) {
  return readPupilsWorkbook(await readWorkbook(workbookBytes(sheets)), expected);
}

async function refused(sheets: readonly TestSheet[], expected = {}): Promise<AppError> {
  try {
    await read(sheets, expected);
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
  throw new Error('the list was read');
}

/** One row under the given headers. */
function table(headers: readonly string[], ...rows: readonly (readonly TestCell[])[]): TestSheet {
  const cells: Record<string, TestCell> = {};
  for (const [row, values] of [headers, ...rows].entries()) {
    for (const [column, value] of values.entries()) if (value !== '') cells[`${String.fromCodePoint(65 + column)}${row + 1}`] = value;
  }
  return { name: 'Sheet1', cells };
}

/** The fields that are compared with the people a file was made from. */
function asRead({ pupilCode, fullName, birth, sex, className, personalId, ethnicGroup, phone, father, mother, registerNumber }: PupilRecord) {
  return { pupilCode, fullName, birth, sex, className, personalId, group: ethnicGroup?.code, phone, father: father?.fullName, mother: mother?.birthYear, registerNumber };
}

const birthOf = async (value: TestCell) => (await read([table(['Mã học sinh', 'Họ tên', 'Lớp', 'Ngày sinh'], ['0801000001', 'Nguyễn Thị Ngữ', '9A', value])])).records[0]?.birth;
const groupList = (value: string) => table(['Mã học sinh', 'Họ tên', 'Lớp', 'Dân tộc'], ['0801000001', 'Giàng A Páo', '9A', value]);
const stateOf = async (status: string) => (await read([pupilList({ G5: status })])).records[0]?.status?.state;

describe('the export of the sector database, third version', () => {
  const school = generateSchool(FIXTURE_SCHOOL);
  const pupils = school.classes.flatMap((schoolClass) => schoolClass.pupils);

  for (const ending of ['xlsx', 'xls'] as const) {
    it(`is read from the sample .${ending} as the people it was made from`, async () => {
      const book = await readWorkbook(readFileSync(path.join(FIXTURES, `hoc-sinh.${ending}`)));
      const reading = readPupilsWorkbook(book, { fileName: 'Filemau-C2-HocSinhDiaPhuong-ver3-data.xls', schoolYear: '2025-2026', levels: ['thcs'] });
      expect(reading.errors).toEqual([]);
      expect(reading.warnings).toEqual([]);
      expect(reading).toMatchObject({ kind: 'pupils', title: 'Danh sách học sinh, mẫu CSDL ngành ver3', sheet: 'Sheet1', headerRow: 5, schoolYear: '2025-2026', rowCount: 24 });
      expect(reading.records.map(asRead)).toEqual(pupils.map((pupil) => ({
        pupilCode: pupil.code, fullName: pupil.name.normalize('NFC'), birth: pupil.birth, sex: pupil.sex, className: pupil.className, personalId: pupil.personalId,
        group: pupil.ethnicGroup.code, phone: pupil.phone, father: pupil.father.name, mother: pupil.mother.birthYear, registerNumber: pupil.registerNumber,
      })));
    });
  }

  it('really holds what makes it hard: both Unicode forms, dates as serials and as text, codes with zeros, words and codes of sex', async () => {
    const book = await readWorkbook(readFileSync(path.join(FIXTURES, 'hoc-sinh.xlsx')));
    const rows = book.sheets[0]?.rows.slice(4) ?? [];
    const texts = (column: number) => rows.map((row) => row.cells[column]).flatMap((cell) => (cell?.kind === 'text' ? [cell.text] : []));
    expect(texts(3).some((name) => name !== name.normalize('NFC'))).toBe(true);
    expect(new Set(rows.map((row) => row.cells[4]?.kind))).toEqual(new Set(['date', 'text']));
    expect(texts(2).every((code) => code.startsWith('0'))).toBe(true);
    expect(new Set(texts(5)).size).toBeGreaterThan(2);
  });

  it('has its columns where the ministry has them', async () => {
    const reading = readPupilsWorkbook(await readWorkbook(readFileSync(path.join(FIXTURES, 'hoc-sinh.xlsx'))));
    const letters = Object.fromEntries(reading.columns.map(({ field, letter }) => [field, letter]));
    expect(letters).toMatchObject({ fullName: 'D', permanentHamlet: 'S', homeProvince: 'T', homeHamlet: 'W', birthProvince: 'X', birthPlace: 'Z', currentAddress: 'AA', phone: 'AB', fatherName: 'BK', fatherPhone: 'BN', motherName: 'BO', motherPhone: 'BR' });
  });

  it('teaches its own catalogues, from the hidden sheets', async () => {
    const { catalogues } = readPupilsWorkbook(await readWorkbook(readFileSync(path.join(FIXTURES, 'hoc-sinh.xlsx'))));
    expect(catalogues.map((catalogue) => catalogue.sheet)).toEqual(expect.arrayContaining(['GIOI_TINH', 'DAN_TOC', 'TINH', 'XA_PHUONG', 'TRANG_THAI', 'MA_LOI']));
    expect(catalogues.find((catalogue) => catalogue.sheet === 'DAN_TOC')?.entries[7]).toEqual({ code: '08', name: 'HMông' });
  });
});

describe('headers are found by their words', () => {
  it('in any order, in either Unicode form, with line breaks, stars and hints', async () => {
    const reading = await read([table(['Ngày sinh\n(dd/mm/yyyy)', 'HỌ VÀ TÊN (*)'.normalize('NFD'), 'Lớp:', 'Mã  học\nsinh'], ['03/05/2011', 'Nguyễn Thị Ngữ', '9A', '0801000001'])]);
    expect(reading.errors).toEqual([]);
    expect(reading.records[0]).toMatchObject({ row: 2, fullName: 'Nguyễn Thị Ngữ', birth: '2011-05-03', className: '9A', grade: 9, pupilCode: '0801000001' });
  });

  it('also in a header of two rows, where groups stand over columns, and over a row that numbers the columns', async () => {
    const reading = await read([{
      name: 'Sheet1', merged: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:E1', 'F1:G1'],
      cells: {
        A1: 'Mã học sinh', B1: 'Họ tên', C1: 'Lớp', D1: 'Cha', F1: 'Mẹ', D2: 'Họ tên', E2: 'Nghề nghiệp', F2: 'Họ tên', G2: 'Nghề nghiệp', A3: '(1)', B3: '(2)', C3: '(3)', D3: '(4)', E3: '(5)', F3: '(6)', G3: '(7)',
        A4: '0801000001', B4: 'Nguyễn Thị Ngữ', C4: '9A', D4: 'Nguyễn Văn Hữu', E4: 'Thợ xây', F4: 'Đặng Thị Ỷ', G4: 'Y sĩ',
      },
    }]);
    expect(reading.errors).toEqual([]);
    expect(reading.rowCount).toBe(1);
    expect(reading.records[0]).toMatchObject({ row: 4, fullName: 'Nguyễn Thị Ngữ', father: { fullName: 'Nguyễn Văn Hữu', job: 'Thợ xây' }, mother: { fullName: 'Đặng Thị Ỷ', job: 'Y sĩ' } });
  });

  it('and the brackets that are part of a name keep four provinces apart', async () => {
    const reading = await read([table(['Mã học sinh', 'Họ tên', 'Lớp', 'Tỉnh/Thành phố\n(Theo nơi sinh)', 'Tỉnh/Thành phố (Theo quê quán)', 'Tỉnh/Thành phố\n(Theo địa chỉ thường trú)'], ['0801000001', 'Nguyễn Thị Ngữ', '9A', 'Hà Nội', 'Nghệ An', 'Tuyên Quang'])]);
    expect(reading.records[0]).toMatchObject({ birthProvince: 'Hà Nội', homeTown: { province: 'Nghệ An' }, permanentAddress: { province: 'Tuyên Quang' } });
  });

  it('a column the program has no field for is kept under its header', async () => {
    const reading = await read([table(['STT', 'Mã học sinh', 'Họ tên', 'Lớp', 'Cỡ áo đồng phục'], [1, '0801000001', 'Nguyễn Thị Ngữ', '9A', 'XL'])]);
    expect(reading.records[0]?.extra).toEqual({ 'Cỡ áo đồng phục': 'XL' });
  });

  it('a workbook without them is refused, and a missing column is named', async () => {
    expect((await refused([table(['Tên hàng', 'Số lượng'], ['Phấn', 3])])).code).toBe('imports.headerMissing');
    const fault = await refused([table(['STT', 'Họ tên', 'Lớp'], [1, 'Nguyễn Thị Ngữ', '9A'])]);
    expect(fault).toMatchObject({ code: 'imports.columnsMissing', params: { row: 1, columns: '“Mã học sinh”' } });
  });

  it('a list of another school year is refused by its title', async () => {
    const fault = await refused([pupilList()], { schoolYear: '2026-2027' });
    expect(fault).toMatchObject({ code: 'imports.listOtherYear', params: { found: '2025-2026', expected: '2026-2027' } });
  });

  it('the visible sheet is read, not the hidden copy of last year', async () => {
    const old = { ...pupilList({ D5: 'Người Cũ' }), name: 'Cũ', hidden: true };
    const reading = await read([old, pupilList()]);
    expect(reading.sheet).toBe('Sheet1');
  });
});

describe('values', () => {
  it('a birth date is taken in every way it is written, and as far as it is known', async () => {
    for (const value of ['03/05/2011', '3/5/2011', '03-05-2011', '03.05.2011', '2011-05-03', '2011-05-03T00:00:00', '03/05/2011 00:00:00', '40666', 40_666, dateCell(40_666), dateCell(40_666.5)]) {
      expect(await birthOf(value)).toBe('2011-05-03');
    }
    expect(await birthOf('05/2011')).toBe('2011-05');
    expect(await birthOf('2011')).toBe('2011');
    expect(await birthOf(2011)).toBe('2011');
    expect(await birthOf('29/02/2012')).toBe('2012-02-29');
  });

  it('names lose stray blanks and nothing else', async () => {
    const reading = await read([pupilList({ D5: '\u00a0 Nguyễn\u200b  Thị\tNgữ '.normalize('NFD') })]);
    expect(reading.records[0]?.fullName).toBe('Nguyễn Thị Ngữ');
  });

  it('classes are known with or without the word, and their grade by their number', async () => {
    const classes = await read([table(['Mã học sinh', 'Họ tên', 'Lớp'], ...['Lớp 9a', '6/2', '10A1', '12 Toán', '8.3', '101'].map((name, index) => [`080100000${index}`, `Trần An ${'ABCDEF'[index] ?? ''}`, name]))]);
    expect(classes.records.map((record) => [record.className, record.grade])).toEqual([['9A', 9], ['6/2', 6], ['10A1', 10], ['12 TOÁN', 12], ['8.3', 8], ['101', 10]]);
  });

  it('an ethnic group is known by name, other spelling or code, and a code means what the file itself says', async () => {
    for (const value of ['HMông', 'H’Mông', "H'mông", 'Mông', '08', '8', '08-HMông']) {
      expect((await read([groupList(value)])).records[0]?.ethnicGroup).toEqual({ raw: value, code: '08', name: 'HMông' });
    }
    const ownOrder = { name: 'DAN_TOC', hidden: true, cells: { A1: 'Mã', B1: 'Tên', A2: '08', B2: 'Dao' } };
    expect((await read([groupList('08'), ownOrder])).records[0]?.ethnicGroup).toEqual({ raw: '08', code: '09', name: 'Dao' });
    const unknown = await read([groupList('Người Sao Hoả')]);
    expect(unknown.records[0]?.ethnicGroup).toEqual({ raw: 'Người Sao Hoả', code: null, name: null });
    expect(unknown.unknownValues).toEqual([{ field: 'ethnicGroup', catalogue: 'ethnicGroups', column: 'Dân tộc', value: 'Người Sao Hoả', rows: [2] }]);
  });

  it('the twelve statuses come down to four, and one that is new is kept and listed', async () => {
    expect(await stateOf('Nghỉ học xin học lại')).toBe('studying');
    expect(await stateOf('Chuyển đến kỳ 2')).toBe('transferredIn');
    expect(await stateOf('Chuyển đi trong hè')).toBe('transferredOut');
    expect(await stateOf('Thôi học kỳ 1')).toBe('droppedOut');
    expect(await stateOf('Bảo lưu')).toBeNull();
  });

  it('a field without a column is away from the record, an empty cell is null', async () => {
    const [record] = (await read([table(['Mã học sinh', 'Họ tên', 'Lớp', 'Ngày sinh', 'Họ tên cha'], ['0801000001', 'Nguyễn Thị Ngữ', '9A', '', ''])])).records;
    expect(record).toMatchObject({ birth: null, father: { fullName: null } });
    expect(record).not.toHaveProperty('sex');
    expect(record).not.toHaveProperty('mother');
  });

  it('codes that are all numbers of one length come with a single warning: nobody can tell whether zeros are gone', async () => {
    const reading = await read([table(['Mã học sinh', 'Họ tên', 'Lớp'], [801_000_001, 'Nguyễn Thị Ngữ', '9A'], [801_000_002, 'Đặng Văn Hữu', '9A'])]);
    expect(reading.errors).toEqual([]);
    expect(reading.warnings.map((problem) => problem.code)).toEqual(['codesAreNumbers']);
    expect(reading.records.map((record) => record.pupilCode)).toEqual(['801000001', '801000002']);
  });

  it('a class that is merged down its pupils counts for each of them', async () => {
    const reading = await read([{ ...table(['Lớp', 'Mã học sinh', 'Họ tên'], ['9A', '0801000001', 'Nguyễn Thị Ngữ'], ['', '0801000002', 'Đặng Văn Hữu']), merged: ['A2:A3'] }]);
    expect(reading.records.map((record) => record.className)).toEqual(['9A', '9A']);
  });
});

describe('lists that schools make themselves', () => {
  it('pupils under a row "LỚP 6A", without codes, are taken with the class of that row', async () => {
    const reading = await read([table(['STT', 'Họ và tên', 'Ngày sinh', 'Nam, nữ'], ['LỚP 6A'], [1, 'Nguyễn Thị Ngữ', '03/05/2014', 'Nữ'], ['LỚP 6B'], [1, 'Đặng Văn Hữu', '2014', 'Nam'])]);
    expect(reading.errors).toEqual([]);
    expect(reading.records.map((record) => [record.fullName, record.className, record.pupilCode])).toEqual([['Nguyễn Thị Ngữ', '6A', null], ['Đặng Văn Hữu', '6B', null]]);
    expect(reading.title).toBe('Danh sách học sinh, bảng của trường');
  });

  it('rows numbered in advance and left empty are no pupils', async () => {
    const reading = await read([table(['STT', 'Mã học sinh', 'Họ tên', 'Lớp'], [1, '0801000001', 'Nguyễn Thị Ngữ', '9A'], [2], [3], [4])]);
    expect(reading).toMatchObject({ rowCount: 1, errors: [], warnings: [] });
  });

  it('the same list as CSV is read alike', async () => {
    const csv = Buffer.from('\ufeffMã học sinh;Họ tên;Lớp;Ngày sinh\r\n0801000001;Nguyễn Thị Ngữ;9A;03/05/2011\r\n');
    const reading = readPupilsWorkbook(await readWorkbook(new Uint8Array(csv)));
    expect(reading.records[0]).toMatchObject({ pupilCode: '0801000001', birth: '2011-05-03' });
  });
});
