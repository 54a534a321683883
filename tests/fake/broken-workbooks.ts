import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';

/** A cell as a test writes it: a plain value, or a cell object for formulas, errors and dates. */
export type TestCell = string | number | CellObject;

export interface TestSheet {
  name: string;
  hidden?: boolean;
  /** By address: `{ A1: 'STT' }`. */
  cells: Readonly<Record<string, TestCell>>;
  /** Areas like `A1:H1`. */
  merged?: readonly string[];
}

/** The bytes of a workbook, written by another library than the program writes with. */
export function workbookBytes(sheets: readonly TestSheet[], format: 'xlsx' | 'xls' = 'xlsx'): Uint8Array {
  const book = utils.book_new();
  for (const sheet of sheets) utils.book_append_sheet(book, toWorksheet(sheet), sheet.name);
  book.Workbook = { Sheets: sheets.map((sheet) => ({ name: sheet.name, Hidden: sheet.hidden === true ? 1 : 0 })) };
  return new Uint8Array(write(book, { type: 'array', bookType: format === 'xls' ? 'biff8' : 'xlsx', compression: true }) as ArrayBuffer);
}

function toWorksheet({ cells, merged }: TestSheet): WorkSheet {
  const sheet: WorkSheet = {};
  let range = { s: { r: 0, c: 0 }, e: { r: 0, c: 0 } };
  for (const [address, value] of Object.entries(cells)) {
    const at = utils.decode_cell(address);
    sheet[address] = typeof value === 'object' ? { ...value } : { t: typeof value === 'number' ? 'n' : 's', v: value };
    range = { s: range.s, e: { r: Math.max(range.e.r, at.r), c: Math.max(range.e.c, at.c) } };
  }
  sheet['!ref'] = utils.encode_range(range);
  sheet['!merges'] = (merged ?? []).map((area) => utils.decode_range(area));
  return sheet;
}

export const naCell: CellObject = { t: 'e', v: 0x2a };
export const dateCell = (serial: number): CellObject => ({ t: 'n', v: serial, z: 'dd/mm/yyyy' });
export const formulaCell = (formula: string, value: number | string): CellObject => ({ t: typeof value === 'number' ? 'n' : 's', v: value, f: formula });

const HEADERS = ['STT', 'Mã lớp', 'Mã học sinh', 'Họ tên', 'Ngày sinh', 'Giới tính', 'Trạng thái HS', 'Dân tộc', 'Số định danh cá nhân', 'Số điện thoại liên hệ', 'Loại khuyết tật', 'Năm sinh cha', 'Đội viên'];
const PUPILS: readonly (readonly TestCell[])[] = [
  [1, '9A', '0801000001', 'Nguyễn Thị Ngữ', '03/05/2011', 'Nữ', 'Đang học', 'Kinh', '008311000001', '0912000001', '', '1985', 'x'],
  [2, '9A', '0801000002', 'Đặng Văn Hữu', dateCell(40725), 'Nam', 'Đang học', 'Tày', '008211000002', '0912000002', '', 1984, 'x'],
  [3, '9A', '0801000003', 'Giàng A Páo', '12-11-2011', '01', 'Đang học', 'HMông', '008211000003', '0912000003', '', '1990', ''],
  [4, '6A', '0801000004', 'Lù Thị Ặm', '2014-08-30', '02', 'Chuyển đến kỳ 1', '07', '008314000004', '0912000004', '', '1991', ''],
];

/** Row of the header and of the first pupil in {@link pupilList}. */
export const HEADER_ROW = 4;
export const FIRST_ROW = 5;

/** A small sound list of pupils, with `changes` laid over it by address; null takes a cell away. */
export function pupilList(changes: Readonly<Record<string, TestCell | null>> = {}): TestSheet {
  const cells: Record<string, TestCell> = { A1: 'ỦY BAN NHÂN DÂN XÃ SUỐI NGỌC', A2: 'DANH SÁCH HỌC SINH NĂM HỌC 2025-2026' };
  HEADERS.forEach((header, column) => {
    cells[utils.encode_cell({ r: HEADER_ROW - 1, c: column })] = header;
  });
  PUPILS.forEach((pupil, row) => pupil.forEach((value, column) => {
    if (value !== '') cells[utils.encode_cell({ r: FIRST_ROW - 1 + row, c: column })] = value;
  }));
  return { name: 'Sheet1', cells: changed(cells, changes), merged: ['A1:H1', 'A2:H2'] };
}

function changed(cells: Readonly<Record<string, TestCell>>, changes: Readonly<Record<string, TestCell | null>>): Record<string, TestCell> {
  const result: Record<string, TestCell> = { ...cells };
  for (const [address, value] of Object.entries(changes)) {
    if (value === null) delete result[address];
    else result[address] = value;
  }
  return result;
}

export interface PupilDefect {
  defect: string;
  changes: Readonly<Record<string, TestCell | null>>;
  severity: 'error' | 'warning';
  code: string;
  row: number;
  letter: string;
  column: string;
  /** As the list of problems shows it. */
  value: string;
  /** The test's .xls writer has no formulas. */
  onlyXlsx?: true;
}

const at = (address: string, column: string, severity: 'error' | 'warning', code: string, value: string) => {
  const { r, c } = utils.decode_cell(address);
  return { row: r + 1, letter: utils.encode_col(c), column, severity, code, value };
};

/** What goes wrong in real lists of pupils, and what the import must say of it. */
export const PUPIL_DEFECTS: readonly PupilDefect[] = [
  { defect: 'a name is missing', changes: { D6: null }, ...at('D6', 'Họ tên', 'error', 'nameMissing', '') },
  { defect: 'a name is a number, as when columns have shifted', changes: { D6: 12 }, ...at('D6', 'Họ tên', 'error', 'nameIsNumber', '12') },
  { defect: 'a name lost its letters in a wrong encoding', changes: { D6: 'Nguy?n Th\ufffd' }, ...at('D6', 'Họ tên', 'error', 'nameDamaged', 'Nguy?n Th\ufffd') },
  { defect: 'a name has a digit', changes: { D6: 'Đặng Văn Hữu 2' }, ...at('D6', 'Họ tên', 'warning', 'nameStrange', 'Đặng Văn Hữu 2') },
  { defect: 'a birth date is 31 February', changes: { E6: '31/02/2011' }, ...at('E6', 'Ngày sinh', 'error', 'dateNoSuchDay', '31/02/2011') },
  { defect: 'a birth date has the month first', changes: { E6: '05/23/2011' }, ...at('E6', 'Ngày sinh', 'error', 'dateMonthFirst', '05/23/2011') },
  { defect: 'a birth date has a year of two digits', changes: { E6: '03/05/11' }, ...at('E6', 'Ngày sinh', 'error', 'dateShortYear', '03/05/11') },
  { defect: 'a birth date is words', changes: { E6: 'không rõ' }, ...at('E6', 'Ngày sinh', 'error', 'dateUnreadable', 'không rõ') },
  { defect: 'a birth date is a number that no pupil was born on', changes: { E6: 12345 }, ...at('E6', 'Ngày sinh', 'error', 'dateOutOfRange', '12345') },
  { defect: 'a pupil would be born after the year began', changes: { E6: '03/05/2025', I6: '008225000002' }, ...at('E6', 'Ngày sinh', 'error', 'birthTooLate', '03/05/2025') },
  { defect: 'a pupil of grade 9 would be eight', changes: { E6: '03/05/2017', I6: '008217000002' }, ...at('E6', 'Ngày sinh', 'warning', 'ageUnusual', '03/05/2017') },
  { defect: 'a sex is no sex', changes: { F6: 'Trống' }, ...at('F6', 'Giới tính', 'error', 'sexUnknown', 'Trống') },
  { defect: 'a class is missing', changes: { B6: null }, ...at('B6', 'Mã lớp', 'error', 'classMissing', '') },
  { defect: 'a class names no grade', changes: { B6: 'Chuyên Toán' }, ...at('B6', 'Mã lớp', 'error', 'classUnreadable', 'Chuyên Toán') },
  { defect: 'a class belongs to another level of school', changes: { B6: '12A1', E6: '01/07/2008', I6: '008208000002' }, ...at('B6', 'Mã lớp', 'error', 'gradeOutsideSchool', '12A1') },
  { defect: 'a pupil code stands twice', changes: { C7: '0801000001' }, ...at('C7', 'Mã học sinh', 'error', 'codeTwice', '0801000001') },
  { defect: 'a pupil code lost its zero as a number', changes: { C6: 801_000_002 }, ...at('C6', 'Mã học sinh', 'error', 'codeLostZeros', '801000002') },
  { defect: 'a pupil code became an exponent', changes: { C6: '8.01E+08' }, ...at('C6', 'Mã học sinh', 'error', 'codeExponent', '8.01E+08') },
  { defect: 'a pupil code became a date', changes: { C6: dateCell(40725) }, ...at('C6', 'Mã học sinh', 'error', 'codeIsDate', '01/07/2011') },
  { defect: 'a pupil code has a blank inside', changes: { C6: '0801 000002' }, ...at('C6', 'Mã học sinh', 'error', 'codeBlank', '0801 000002') },
  { defect: 'a pupil code has lost digits beyond the fifteenth', changes: { C6: 12_345_678_901_234_568 }, ...at('C6', 'Mã học sinh', 'error', 'codePrecision', '12345678901234568') },
  { defect: 'a pupil has no code yet', changes: { C6: null }, ...at('C6', 'Mã học sinh', 'warning', 'pupilCodeNotYet', '') },
  { defect: 'a personal number lost its zeros', changes: { I6: 8_211_000_002 }, ...at('I6', 'Số định danh cá nhân', 'error', 'personalIdLostZeros', '8211000002') },
  { defect: 'a personal number is too short', changes: { I6: '00821100002' }, ...at('I6', 'Số định danh cá nhân', 'error', 'personalIdLength', '00821100002') },
  { defect: 'a personal number holds letters', changes: { I6: '00821100000O' }, ...at('I6', 'Số định danh cá nhân', 'error', 'personalIdNotDigits', '00821100000O') },
  { defect: 'a personal number stands twice', changes: { I7: '008211000002' }, ...at('I7', 'Số định danh cá nhân', 'error', 'codeTwice', '008211000002') },
  { defect: 'a personal number says the other sex', changes: { F6: 'Nữ' }, ...at('I6', 'Số định danh cá nhân', 'warning', 'personalIdAgainstSex', '008211000002') },
  { defect: 'a personal number says another year of birth', changes: { I6: '008210000002' }, ...at('I6', 'Số định danh cá nhân', 'warning', 'personalIdAgainstBirth', '008210000002') },
  { defect: 'a phone number lost its zero', changes: { J6: 912_000_002 }, ...at('J6', 'Số điện thoại liên hệ', 'warning', 'phoneLostZero', '912000002') },
  { defect: 'a cell shows a formula error', changes: { E6: naCell }, ...at('E6', 'Ngày sinh', 'error', 'cellError', '#N/A') },
  { defect: 'a value comes from a formula', changes: { D6: formulaCell('D5', 'Đặng Văn Hữu') }, onlyXlsx: true, ...at('D6', 'Họ tên', 'warning', 'formulaValue', 'Đặng Văn Hữu') },
  { defect: 'an ethnic group is in no catalogue', changes: { H6: 'Sao Hoả' }, ...at('H6', 'Dân tộc', 'warning', 'valueUnknown', 'Sao Hoả') },
  { defect: 'a status is in no catalogue', changes: { G6: 'Đi du học' }, ...at('G6', 'Trạng thái HS', 'warning', 'valueUnknown', 'Đi du học') },
  { defect: 'a parent was born in words', changes: { L6: 'bốn mươi' }, ...at('L6', 'Năm sinh cha', 'error', 'yearUnreadable', 'bốn mươi') },
  { defect: 'a yes-or-no cell says neither', changes: { M6: 'đang xét' }, ...at('M6', 'Đội viên', 'error', 'flagUnknown', 'đang xét') },
  { defect: 'a row between two pupils has neither name nor code', changes: { C6: null, D6: null, I6: null }, ...at('B6', '', 'error', 'rowWithoutPerson', '9A') },
  { defect: 'the same person stands twice under two codes', changes: { D7: 'Đặng Văn Hữu', E7: '01/07/2011' }, ...at('D7', 'Họ tên', 'warning', 'personTwice', 'Đặng Văn Hữu') },
  { defect: 'a column with the same meaning stands twice', changes: { N4: 'Họ và tên', N5: 'Nguyễn Thị Ngữ' }, ...at('N4', 'Họ và tên', 'error', 'columnTwice', 'Họ và tên') },
  { defect: 'the list is signed at its foot', changes: { D10: 'Người lập biểu' }, ...at('D10', '', 'warning', 'footerSkipped', 'Người lập biểu') },
  { defect: 'a height is words', changes: { N4: 'Chiều cao (cm)', N6: 'cao' }, ...at('N6', 'Chiều cao (cm)', 'error', 'measureUnreadable', 'cao') },
  { defect: 'a height is in metres', changes: { N4: 'Chiều cao (cm)', N6: 1.52 }, ...at('N6', 'Chiều cao (cm)', 'error', 'measureOutOfRange', '1.52') },
  { defect: 'an area is none of the four', changes: { N4: 'Khu vực', N6: 'KV9' }, ...at('N6', 'Khu vực', 'error', 'choiceUnknown', 'KV9') },
  { defect: 'fees are let off by no known share', changes: { N4: 'Giảm học phí', N6: 'một phần' }, ...at('N6', 'Giảm học phí', 'error', 'choiceUnknown', 'một phần') },
  { defect: 'a place holds a whole page', changes: { N4: 'Nơi sinh chi tiết', N6: 'x'.repeat(251) }, ...at('N6', 'Nơi sinh chi tiết', 'error', 'textLong', 'x'.repeat(251)) },
];
