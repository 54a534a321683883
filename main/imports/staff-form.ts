import type { StaffField } from './staff-columns.ts';

/** One column of the sector database's list of staff (CSDL_GiaoVien); without a field it is not kept by the program and stays empty. */
export interface StaffFormColumn {
  header: string;
  field?: StaffField;
}

const held = (header: string, field: StaffField): StaffFormColumn => ({ header, field });
const blank = (...headers: string[]): StaffFormColumn[] => headers.map(header => ({ header }));

/** The 72 columns in the order of the form. Official headers stay Vietnamese in every language. */
export const STAFF_FORM: readonly StaffFormColumn[] = [
  held('STT', 'order'), held('Mã cán bộ', 'staffCode'), held('Họ tên', 'fullName'), held('Ngày sinh', 'birth'), held('Giới tính', 'sex'), held('Trạng thái CB', 'status'),
  ...blank('Ngày trạng thái'), held('Dân tộc', 'ethnicGroup'), held('Tôn giáo', 'religion'), held('Quốc tịch', 'nationality'), held('Số CMND/TCC/\nĐịnh danh cá nhân', 'personalId'),
  ...blank('Ngày cấp', 'Nơi cấp'), held('Email', 'email'), held('Số điện thoại', 'phone'), ...blank('Số sổ BHXH', 'Mã số thuế', 'Tỉnh/Thành phố\n(Theo quê quán)', 'Xã/Phường\n(Theo quê quán)'),
  held('Chỗ ở hiện nay', 'address'), ...blank('Đoàn viên'), held('Đảng viên', 'partyMember'), ...blank('Ngày vào Đảng', 'Ngày vào Đảng chính thức', 'Công đoàn viên'),
  held('Vị trí việc làm', 'position'), held('Nhóm chức vụ', 'positionGroup'), held('Hình thức hợp đồng', 'contract'),
  ...blank('Ngày tuyển dụng', 'Cơ quan tuyển dụng', 'Ngày vào ngành', 'Ngạch/Hạng', 'Mã ngạch', 'Bậc lương', 'Hệ số lương', 'Ngày hưởng', 'Phụ cấp thâm niên', 'Phụ cấp ưu đãi nghề', 'Phụ cấp chức vụ'),
  held('Môn dạy', 'subjects'), ...blank('Môn dạy kiêm nhiệm', 'Số tiết dạy/tuần', 'Số tiết kiêm nhiệm', 'Kiêm nhiệm công tác', 'Dạy 1 buổi/ngày', 'Dạy 2 buổi/ngày', 'Dạy lớp ghép',
    'Dạy lớp khuyết tật', 'Chuyên trách Đoàn/Đội', 'Tập huấn kỹ năng sống'),
  held('Trình độ chuyên môn', 'qualification'), ...blank('Chuyên ngành chính', 'Nơi đào tạo', 'Hình thức đào tạo', 'Năm tốt nghiệp', 'Trình độ chuyên môn khác', 'Trình độ lý luận chính trị',
    'Trình độ quản lý giáo dục', 'Trình độ quản lý nhà nước', 'Bồi dưỡng nghiệp vụ sư phạm', 'Ngoại ngữ chính', 'Trình độ ngoại ngữ', 'Chứng chỉ ngoại ngữ', 'Trình độ tin học', 'Bồi dưỡng thường xuyên',
    'Đánh giá chuẩn nghề nghiệp', 'Đánh giá viên chức', 'Giáo viên dạy giỏi', 'Danh hiệu thi đua', 'Khen thưởng', 'Kỷ luật', 'Ghi chú'),
];
