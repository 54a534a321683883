import { ETHNIC_GROUPS } from '../../resources/catalogues/code-catalogues.ts';
import { allSubjects } from '../../resources/catalogues/subject-catalogue.ts';
import { dateToSerial } from '../kit/excel/excel-dates.ts';
import type { WrittenCell, WrittenWorkbook } from '../kit/excel/workbook.ts';
import type { DemoRole, DemoSchool, DemoStaff } from './demo-school.ts';

const POSITIONS: Readonly<Record<DemoRole, readonly [position: string, group: string]>> = {
  principal: ['Hiệu trưởng', 'Cán bộ quản lý'], vicePrincipal: ['Phó hiệu trưởng', 'Cán bộ quản lý'], secretary: ['Nhân viên giáo vụ', 'Nhân viên'],
  seal: ['Nhân viên văn thư', 'Nhân viên'], accountant: ['Nhân viên kế toán', 'Nhân viên'], librarian: ['Nhân viên thư viện', 'Nhân viên'], teacher: ['Giáo viên', 'Giáo viên'],
};

type Column = readonly [header: string, value?: (person: DemoStaff, school: DemoSchool, order: number) => WrittenCell | string | number | null];

const text = (value: string): WrittenCell | null => (value === '' ? null : { value, style: 'text' });

/** The 72 columns of the ministry's staff export; most are empty in the demo. */
const COLUMNS: readonly Column[] = [
  ['STT', (_person, _school, order) => order], ['Mã cán bộ', (person) => text(person.code)], ['Họ tên', (person) => text(person.name)],
  ['Ngày sinh', (person) => ({ value: dateToSerial(person.birth), style: 'date' })], ['Giới tính', (person) => text(person.sex === 'male' ? 'Nam' : 'Nữ')],
  ['Trạng thái CB', () => text('Đang làm việc')], ['Ngày trạng thái'], ['Dân tộc', (person) => text(person.ethnicGroup.name)], ['Tôn giáo'], ['Quốc tịch', () => text('Việt Nam')],
  ['Số CMND/TCC/\nĐịnh danh cá nhân', (person) => text(person.personalId)], ['Ngày cấp'], ['Nơi cấp'], ['Email', (person) => text(person.email)], ['Số điện thoại', (person) => text(person.phone)],
  ['Số sổ BHXH'], ['Mã số thuế'], ['Tỉnh/Thành phố\n(Theo quê quán)'], ['Xã/Phường\n(Theo quê quán)'], ['Chỗ ở hiện nay', (_person, school) => text(`${school.profile.commune.name}, ${school.profile.province.name}`)],
  ['Đoàn viên'], ['Đảng viên', (person) => (person.partyMember ? 'x' : null)], ['Ngày vào Đảng'], ['Ngày vào Đảng chính thức'], ['Công đoàn viên', () => 'x'],
  ['Vị trí việc làm', (person) => text(POSITIONS[person.role][0])], ['Nhóm chức vụ', (person) => text(POSITIONS[person.role][1])], ['Hình thức hợp đồng', () => text('Hợp đồng làm việc không xác định thời hạn')],
  ['Ngày tuyển dụng'], ['Cơ quan tuyển dụng'], ['Ngày vào ngành'], ['Ngạch/Hạng'], ['Mã ngạch'], ['Bậc lương'], ['Hệ số lương'], ['Ngày hưởng'], ['Phụ cấp thâm niên'], ['Phụ cấp ưu đãi nghề'], ['Phụ cấp chức vụ'],
  ['Môn dạy', (person, school) => text(person.subjects.map((code) => subjectName(code, school)).join(', '))], ['Môn dạy kiêm nhiệm'], ['Số tiết dạy/tuần'], ['Số tiết kiêm nhiệm'], ['Kiêm nhiệm công tác'],
  ['Dạy 1 buổi/ngày'], ['Dạy 2 buổi/ngày'], ['Dạy lớp ghép'], ['Dạy lớp khuyết tật'], ['Chuyên trách Đoàn/Đội'], ['Tập huấn kỹ năng sống'],
  ['Trình độ chuyên môn', (person) => text(person.qualification)], ['Chuyên ngành chính'], ['Nơi đào tạo'], ['Hình thức đào tạo'], ['Năm tốt nghiệp'], ['Trình độ chuyên môn khác'],
  ['Trình độ lý luận chính trị'], ['Trình độ quản lý giáo dục'], ['Trình độ quản lý nhà nước'], ['Bồi dưỡng nghiệp vụ sư phạm'], ['Ngoại ngữ chính'], ['Trình độ ngoại ngữ'], ['Chứng chỉ ngoại ngữ'], ['Trình độ tin học'],
  ['Bồi dưỡng thường xuyên'], ['Đánh giá chuẩn nghề nghiệp'], ['Đánh giá viên chức'], ['Giáo viên dạy giỏi'], ['Danh hiệu thi đua'], ['Khen thưởng'], ['Kỷ luật'], ['Ghi chú'],
];

function subjectName(code: string, school: DemoSchool): string {
  return allSubjects([school.plan.level]).find((subject) => subject.code === code)?.name.vi ?? code;
}

/** The staff of a school as the ministry's site exports them. */
export function staffWorkbook(school: DemoSchool): WrittenWorkbook {
  const rows = school.staff.map((person, index) => COLUMNS.map(([, value]) => value?.(person, school, index + 1) ?? null));
  return {
    createdAt: `${school.plan.year.slice(0, 4)}-09-15T08:00:00Z`,
    sheets: [
      {
        name: 'Sheet1', frozenRows: 4, widths: COLUMNS.map(([header]) => (header === 'Họ tên' || header === 'Email' ? 28 : 13)), merged: [1, 2].map((row) => ({ firstRow: row, lastRow: row, firstColumn: 1, lastColumn: 8 })),
        rows: [[school.profile.name.toUpperCase()], [{ value: `DANH SÁCH CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN NĂM HỌC ${school.plan.year}`, style: 'title' }], [], COLUMNS.map(([header]) => ({ value: header, style: 'header' })), ...rows],
      },
      { name: 'DAN_TOC', visibility: 'hidden', rows: [['Mã', 'Tên'], ...ETHNIC_GROUPS.map((entry) => [{ value: entry.code, style: 'text' as const }, entry.name])] },
    ],
  };
}
