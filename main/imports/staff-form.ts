import { staffFields, type StaffField } from '../../preload/contract/staff-fields.ts';
import { plainHeader } from './import-text.ts';

/** The 72 columns of the sector database's list of staff (CSDL_GiaoVien), in its order. Official headers stay Vietnamese in every language. */
export const STAFF_HEADERS: readonly string[] = [
  'STT', 'Mã cán bộ', 'Họ tên', 'Ngày sinh', 'Giới tính', 'Trạng thái CB', 'Ngày trạng thái', 'Dân tộc', 'Tôn giáo', 'Quốc tịch', 'Số CMND/TCC/\nĐịnh danh cá nhân', 'Ngày cấp',
  'Nơi cấp', 'Email', 'Số điện thoại', 'Số sổ BHXH', 'Mã số thuế', 'Tỉnh/Thành phố\n(Theo quê quán)', 'Xã/Phường\n(Theo quê quán)', 'Chỗ ở hiện nay', 'Đoàn viên', 'Đảng viên',
  'Ngày vào Đảng', 'Ngày vào Đảng chính thức', 'Công đoàn viên', 'Vị trí việc làm', 'Nhóm chức vụ', 'Hình thức hợp đồng', 'Ngày tuyển dụng', 'Cơ quan tuyển dụng', 'Ngày vào ngành',
  'Ngạch/Hạng', 'Mã ngạch', 'Bậc lương', 'Hệ số lương', 'Ngày hưởng', 'Phụ cấp thâm niên', 'Phụ cấp ưu đãi nghề', 'Phụ cấp chức vụ', 'Môn dạy', 'Môn dạy kiêm nhiệm', 'Số tiết dạy/tuần',
  'Số tiết kiêm nhiệm', 'Kiêm nhiệm công tác', 'Dạy 1 buổi/ngày', 'Dạy 2 buổi/ngày', 'Dạy lớp ghép', 'Dạy lớp khuyết tật', 'Chuyên trách Đoàn/Đội', 'Tập huấn kỹ năng sống',
  'Trình độ chuyên môn', 'Chuyên ngành chính', 'Nơi đào tạo', 'Hình thức đào tạo', 'Năm tốt nghiệp', 'Trình độ chuyên môn khác', 'Trình độ lý luận chính trị',
  'Trình độ quản lý giáo dục', 'Trình độ quản lý nhà nước', 'Bồi dưỡng nghiệp vụ sư phạm', 'Ngoại ngữ chính', 'Trình độ ngoại ngữ', 'Chứng chỉ ngoại ngữ', 'Trình độ tin học',
  'Bồi dưỡng thường xuyên', 'Đánh giá chuẩn nghề nghiệp', 'Đánh giá viên chức', 'Giáo viên dạy giỏi', 'Danh hiệu thi đua', 'Khen thưởng', 'Kỷ luật', 'Ghi chú',
];

const byHeader = new Map(staffFields.flatMap(field => (field.header === undefined ? [] : [[plainHeader(field.header), field] as const])));

/** The field that a column of the form holds; undefined for one the program keeps elsewhere or not at all. */
export function staffFieldOf(header: string): StaffField | undefined {
  return byHeader.get(plainHeader(header));
}

/** Fields the reader has a column of its own for, under other names or with checks of their own. */
const READ_APART: ReadonlySet<string> = new Set([
  'name', 'code', 'birth', 'sex', 'personalId', 'ethnicGroup', 'email', 'phone', 'position', 'positionGroup', 'contract', 'subjects', 'qualification', 'partyMember', 'religion',
  'nationality', 'address',
]);

/** The other fields of the form, read as their type says. */
export const moreStaffFields: readonly StaffField[] = staffFields.filter(field => field.header !== undefined && !READ_APART.has(field.key));
