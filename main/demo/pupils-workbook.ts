import { DISABILITY_KINDS, ETHNIC_GROUPS, POLICY_GROUPS, PROVINCES, PUPIL_STATUSES, SEXES } from '../../resources/catalogues/code-catalogues.ts';
import { dateToSerial } from '../kit/excel/excel-dates.ts';
import type { InputRule, WrittenCell, WrittenSheet, WrittenWorkbook } from '../kit/excel/workbook.ts';
import { HAMLETS } from './demo-people.ts';
import type { DemoPupil, DemoSchool } from './demo-school.ts';
import { Random } from './random.ts';

interface Column {
  header: string;
  width?: number;
  value?: (pupil: DemoPupil, school: DemoSchool, random: Random, order: number) => WrittenCell | string | number | null;
}

const text = (value: string): WrittenCell | null => (value === '' ? null : { value, style: 'text' });
const bare = (province: string) => province.replace(/^(Tỉnh|Thành phố) /, '');

/**
 * The columns of the ministry's pupil export, third version, in its order; most stay empty in a real file too. Header texts run over two lines
 * inside a cell where the original does.
 */
const COLUMNS: readonly Column[] = [
  { header: 'STT', width: 6, value: (_pupil, _school, _random, order) => order },
  { header: 'Mã lớp', value: (pupil) => text(pupil.className) },
  { header: 'Mã học sinh', width: 14, value: (pupil) => text(pupil.code) },
  { header: 'Họ tên', width: 30, value: (pupil, _school, random) => text(untidyName(pupil.name, random)) },
  { header: 'Ngày sinh', width: 12, value: (pupil, _school, random) => untidyDate(pupil.birth, random) },
  { header: 'Giới tính', value: (pupil, _school, random) => untidySex(pupil.sex, random) },
  { header: 'Trạng thái HS', width: 18, value: (pupil) => text(pupil.status) },
  { header: 'Ngày nhập trạng thái', width: 12, value: (_pupil, school) => ({ value: dateToSerial(`${school.plan.year.slice(0, 4)}-08-28`), style: 'date' }) },
  { header: 'Dân tộc', value: (pupil, _school, random) => text(random.chance(15) ? pupil.ethnicGroup.code : pupil.ethnicGroup.name) },
  { header: 'Quốc tịch', value: () => text('Việt Nam') },
  { header: 'Tôn giáo', value: (pupil) => text(pupil.religion) },
  { header: 'Số định danh\ncá nhân', width: 16, value: (pupil) => text(pupil.personalId) },
  { header: 'Ngày cấp' }, { header: 'Nơi cấp' }, { header: 'Khu vực', value: () => text('KV1') },
  { header: 'Tỉnh/Thành phố\n(Theo địa chỉ thường trú)', width: 18, value: (_pupil, school) => text(school.profile.province.name) },
  { header: 'Quận/Huyện\n(Theo địa chỉ thường trú)' },
  { header: 'Xã/Phường\n(Theo địa chỉ thường trú)', width: 18, value: (_pupil, school) => text(school.profile.commune.name) },
  { header: 'Tổ/Thôn/Xóm\n(Theo địa chỉ thường trú)', width: 20, value: (pupil) => text(pupil.hamlet) },
  { header: 'Tỉnh/Thành phố\n(Theo quê quán)', value: (_pupil, school) => text(school.profile.province.name) },
  { header: 'Quận/Huyện\n(Theo quê quán)' },
  { header: 'Xã/Phường\n(Theo quê quán)', value: (_pupil, school) => text(school.profile.commune.name) },
  { header: 'Tổ/Thôn/Xóm\n(Theo quê quán)' },
  { header: 'Tỉnh/Thành phố\n(Theo nơi sinh)', value: (_pupil, school) => text(school.profile.province.name) },
  { header: 'Quận/Huyện\n(Theo nơi sinh)' },
  { header: 'Nơi sinh chi tiết', width: 28, value: (_pupil, school) => text(`${school.profile.commune.name}, ${school.profile.province.name}`) },
  { header: 'Chỗ ở hiện nay', width: 34, value: (pupil, school) => text(`${pupil.hamlet}, ${school.profile.commune.name}, ${school.profile.province.name}`) },
  { header: 'Số điện thoại liên hệ', width: 13, value: (pupil) => text(pupil.phone) },
  { header: 'Email' },
  { header: 'Loại khuyết tật', value: (pupil) => text(pupil.disability) },
  { header: 'HS khuyết tật\nkhông đánh giá' },
  { header: 'Đối tượng chính sách', value: (pupil) => text(pupil.policyGroup) },
  ...['Miễn học phí', 'Giảm học phí', 'Hỗ trợ chi phí học tập', 'Được cấp tiền hằng tháng', 'Được cấp gạo', 'Hỗ trợ nhà ở', 'Hỗ trợ ăn trưa'].map((header) => ({ header })),
  { header: 'Đội viên', value: (pupil) => (pupil.grade >= 3 && pupil.grade <= 9 ? 'x' : null) },
  { header: 'Đoàn viên', value: (pupil) => (pupil.grade >= 11 ? 'x' : null) },
  { header: 'Học 2 buổi/ngày' }, { header: 'Bán trú' }, { header: 'Nội trú' },
  { header: 'Biết bơi', value: (_pupil, _school, random) => (random.chance(55) ? 'x' : null) },
  { header: 'Lưu ban năm trước' },
  ...['Lý do thôi học', 'Học tăng cường tiếng Việt', 'Ngoại ngữ 1', 'Ngoại ngữ 2', 'Học tiếng dân tộc', 'Chiều cao (cm)', 'Cân nặng (kg)', 'Nhóm máu', 'Bệnh về mắt', 'PTDT bán trú'].map((header) => ({ header })),
  { header: 'Số đăng bộ', value: (pupil) => text(pupil.registerNumber) },
  ...['Mã VEMIS', 'Mã MOET', 'Cha dân tộc thiểu số', 'Mẹ dân tộc thiểu số', 'Vùng khó khăn'].map((header) => ({ header })),
  ...parentColumns('cha', (pupil) => pupil.father),
  ...parentColumns('mẹ', (pupil) => pupil.mother),
  ...['Họ tên người giám hộ', 'Nghề nghiệp người giám hộ', 'Năm sinh người giám hộ', 'Số điện thoại người giám hộ', 'Ghi chú'].map((header) => ({ header })),
];

function parentColumns(word: string, parent: (pupil: DemoPupil) => DemoPupil['father']): Column[] {
  return [
    { header: `Họ tên ${word}`, width: 24, value: (pupil) => text(parent(pupil).name) },
    { header: `Nghề nghiệp ${word}`, value: (pupil) => text(parent(pupil).job) },
    // Years stand in the file as text or as number, as typed.
    { header: `Năm sinh ${word}`, value: (pupil, _school, random) => (random.chance(50) ? parent(pupil).birthYear : text(String(parent(pupil).birthYear))) },
    { header: `Số điện thoại ${word}`, width: 13, value: (pupil) => text(parent(pupil).phone) },
  ];
}

/** Names come in both Unicode forms and with stray blanks, as from several keyboards. */
function untidyName(name: string, random: Random): string {
  if (random.chance(14)) return name.normalize('NFD');
  return random.chance(4) ? ` ${name.replace(' ', '  ')} ` : name;
}

function untidyDate(date: string, random: Random): WrittenCell {
  if (date.length === 4) return { value: date, style: 'text' };
  const [year = '', month = '', day = ''] = date.split('-');
  const way = random.weighted([['serial', 55], ['slashes', 30], ['short', 8], ['dashes', 4], ['dots', 3]]);
  if (way === 'serial') return { value: dateToSerial(date), style: 'date' };
  if (way === 'short') return { value: `${Number(day)}/${Number(month)}/${year}`, style: 'text' };
  return { value: [day, month, year].join({ slashes: '/', dashes: '-', dots: '.' }[way]), style: 'text' };
}

function untidySex(sex: 'male' | 'female', random: Random): WrittenCell {
  const words = sex === 'male' ? (['Nam', '01', '1'] as const) : (['Nữ', '02', '2'] as const);
  return { value: random.weighted([[words[0], 80], [words[1], 15], [words[2], 5]]), style: 'text' };
}

const TITLE_ROWS = 4;

/** The pupils of a school as the ministry's site exports them: title rows, the list, and hidden sheets with the catalogues its cells choose from. */
export function pupilsWorkbook(school: DemoSchool): WrittenWorkbook {
  const random = new Random(school.plan.seed, 'pupils workbook');
  const rows = school.classes.flatMap((schoolClass) => schoolClass.pupils)
    .map((pupil, index) => COLUMNS.map((column) => column.value?.(pupil, school, random, index + 1) ?? null));
  const first = TITLE_ROWS + 2;
  const column = (header: string) => COLUMNS.findIndex((entry) => entry.header === header) + 1;
  const choose = (header: string, sheet: WrittenSheet): InputRule => ({
    kind: 'listFrom', column: column(header), firstRow: first, lastRow: first + rows.length + 200, sheet: sheet.name, listColumn: 2, firstListRow: 2, lastListRow: sheet.rows.length,
  });
  const catalogues = catalogueSheets(school);
  const named = (name: string) => catalogues.find((sheet) => sheet.name === name) ?? catalogueSheet(name, []);
  const list: WrittenSheet = {
    name: 'Sheet1', frozenRows: TITLE_ROWS + 1, frozenColumns: 4, widths: COLUMNS.map((entry) => entry.width ?? 11),
    merged: [1, 2, 3].map((row) => ({ firstRow: row, lastRow: row, firstColumn: 1, lastColumn: 8 })),
    inputRules: [choose('Giới tính', named('GIOI_TINH')), choose('Trạng thái HS', named('TRANG_THAI')), choose('Dân tộc', named('DAN_TOC'))],
    rows: [
      [{ value: school.profile.superior, style: 'plain' }], [{ value: school.profile.name.toUpperCase(), style: 'plain' }],
      [{ value: `DANH SÁCH HỌC SINH NĂM HỌC ${school.plan.year}`, style: 'title' }], [],
      COLUMNS.map((entry) => ({ value: entry.header, style: 'header' })), ...rows,
    ],
  };
  return { createdAt: `${school.plan.year.slice(0, 4)}-09-15T08:00:00Z`, sheets: [list, ...catalogues] };
}

function catalogueSheets(school: DemoSchool): WrittenSheet[] {
  return [
    catalogueSheet('GIOI_TINH', coded(SEXES).map(([code, name]) => [`0${code}`, name] as const)), catalogueSheet('DAN_TOC', coded(ETHNIC_GROUPS)),
    catalogueSheet('TON_GIAO', [['01', 'Không'], ['02', 'Phật giáo'], ['03', 'Công giáo'], ['04', 'Tin lành'], ['05', 'Cao Đài'], ['06', 'Hòa Hảo'], ['07', 'Hồi giáo']]),
    catalogueSheet('QUOC_TICH', [['VN', 'Việt Nam'], ['LA', 'Lào'], ['CN', 'Trung Quốc']]), catalogueSheet('TRANG_THAI', coded(PUPIL_STATUSES)),
    catalogueSheet('TINH', coded(PROVINCES).map(([code, name]) => [code, bare(name)] as const)), catalogueSheet('XA_PHUONG', [[school.profile.commune.code, school.profile.commune.name]]),
    catalogueSheet('THON_XOM', HAMLETS.map((name, index) => [`0${index + 1}`, name] as const)), catalogueSheet('LOAI_KHUYET_TAT', coded(DISABILITY_KINDS)),
    catalogueSheet('DOI_TUONG_CHINH_SACH', coded(POLICY_GROUPS)), catalogueSheet('KHU_VUC', [['1', 'KV1'], ['2', 'KV2'], ['3', 'KV2-NT'], ['4', 'KV3']]),
    catalogueSheet('MA_LOI', [['E01', 'Sai định dạng ngày'], ['E02', 'Trùng mã học sinh'], ['E03', 'Không có trong danh mục']]),
  ];
}

function coded(entries: readonly { code: string; name: string }[]): (readonly [string, string])[] {
  return entries.map(({ code, name }) => [code, name] as const);
}

function catalogueSheet(name: string, entries: readonly (readonly [string, string])[]): WrittenSheet {
  return { name, visibility: 'hidden', rows: [['Mã', 'Tên'], ...entries.map(([code, value]) => [{ value: code, style: 'text' as const }, value])] };
}
