/**
 * The one definition of a staff member's fields: form, list columns, checks, completeness, masking, import and export read it. Where a value is
 * stored follows from `of` and `key` (`taxCode` → `tax_code`); `header` is the field's column in the sector database's export CSDL_GiaoVien.
 */
export interface StaffField {
  /** Unique. Its name in words is `staff.field.<key>`. */
  key: string;
  group: StaffFieldGroup;
  of: 'person' | 'staff' | 'profile';
  type: StaffFieldType;
  catalogue?: StaffCatalogue;
  /** Masked until somebody asks to see it, which is logged. */
  isSensitive?: true;
  /** Part of a complete record. */
  counts?: true;
  header?: string;
}

export const staffFieldGroups = ['identity', 'contact', 'work', 'pay', 'teaching', 'training', 'party'] as const;
export type StaffFieldGroup = (typeof staffFieldGroups)[number];
/** `subjects`: codes of subjects joined by ", "; a word that is no code is kept as it is. `periods`: lessons a week, one decimal at most. */
export type StaffFieldType = 'name' | 'text' | 'partialDate' | 'date' | 'year' | 'sex' | 'flag' | 'job' | 'catalogue' | 'personalId' | 'phone' | 'email' | 'subjects' | 'periods';
export type StaffCatalogue = 'ethnicGroups' | 'provinces' | 'qualifications' | 'contractForms';

export const staffJobs = ['principal', 'vicePrincipal', 'teacher', 'officer'] as const;
export type StaffJob = (typeof staffJobs)[number];

type Extra = Partial<Pick<StaffField, 'isSensitive' | 'counts' | 'catalogue'>>;
const counts = { counts: true } as const;
const secret = { isSensitive: true } as const;

function fieldsOf(of: StaffField['of'], group: StaffFieldGroup) {
  return (key: string, type: StaffFieldType, header: string | null = null, extra: Extra = {}): StaffField =>
    ({ key, group, of, type, ...(header === null ? {} : { header }), ...extra });
}

const person = fieldsOf('person', 'identity');
const identity = fieldsOf('profile', 'identity');
const contact = fieldsOf('person', 'contact');
const post = fieldsOf('staff', 'work');
const work = fieldsOf('profile', 'work');
const pay = fieldsOf('profile', 'pay');
const teaching = fieldsOf('profile', 'teaching');
const training = fieldsOf('profile', 'training');
const party = fieldsOf('profile', 'party');

export const staffFields: readonly StaffField[] = [
  person('name', 'name', 'Họ tên', counts), identity('otherName', 'name'), person('birth', 'partialDate', 'Ngày sinh', counts), person('sex', 'sex', 'Giới tính', counts),
  person('personalId', 'personalId', 'Số CMND/TCC/ Định danh cá nhân', { ...secret, ...counts }), identity('idIssuedOn', 'date', 'Ngày cấp'), identity('idIssuedAt', 'text', 'Nơi cấp'),
  person('ethnicGroup', 'catalogue', 'Dân tộc', { catalogue: 'ethnicGroups', ...counts }), person('nationality', 'text', 'Quốc tịch', counts),
  person('religion', 'text', 'Tôn giáo', secret), person('birthPlace', 'text'), person('homeTown', 'text'),
  identity('homeProvince', 'catalogue', 'Tỉnh/Thành phố (Theo quê quán)', { catalogue: 'provinces' }), identity('homeCommune', 'text', 'Xã/Phường (Theo quê quán)'),

  contact('address', 'text', 'Chỗ ở hiện nay', counts), contact('commune', 'text'), contact('province', 'catalogue', null, { catalogue: 'provinces' }),
  contact('phone', 'phone', 'Số điện thoại', { ...secret, ...counts }), contact('email', 'email', 'Email', counts),

  post('code', 'text', 'Mã cán bộ', counts), post('position', 'text', 'Vị trí việc làm', counts), work('positionGroup', 'text', 'Nhóm chức vụ'), post('job', 'job', null, counts),
  post('contract', 'catalogue', 'Hình thức hợp đồng', { catalogue: 'contractForms', ...counts }), work('rank', 'text', 'Ngạch/Hạng', counts), work('rankCode', 'text', 'Mã ngạch'),
  work('recruitedOn', 'date', 'Ngày tuyển dụng', counts), work('recruitedBy', 'text', 'Cơ quan tuyển dụng'), work('joinedOn', 'date', 'Ngày vào ngành'),
  work('socialInsurance', 'text', 'Số sổ BHXH', { ...secret, ...counts }), work('taxCode', 'text', 'Mã số thuế', secret), work('duties', 'text', 'Kiêm nhiệm công tác'),
  work('note', 'text', 'Ghi chú'),

  pay('salaryStep', 'text', 'Bậc lương', secret), pay('salaryFactor', 'text', 'Hệ số lương', secret), pay('salaryFrom', 'date', 'Ngày hưởng', secret),
  pay('seniorityAllowance', 'text', 'Phụ cấp thâm niên', secret), pay('professionAllowance', 'text', 'Phụ cấp ưu đãi nghề', secret),
  pay('positionAllowance', 'text', 'Phụ cấp chức vụ', secret),

  fieldsOf('staff', 'teaching')('subjects', 'subjects', 'Môn dạy'), teaching('secondSubjects', 'subjects', 'Môn dạy kiêm nhiệm'), teaching('weeklyNorm', 'periods'),
  teaching('oneSession', 'flag', 'Dạy 1 buổi/ngày'), teaching('twoSessions', 'flag', 'Dạy 2 buổi/ngày'), teaching('combinedClass', 'flag', 'Dạy lớp ghép'),
  teaching('disabledClass', 'flag', 'Dạy lớp khuyết tật'), teaching('youthWork', 'flag', 'Chuyên trách Đoàn/Đội'), teaching('lifeSkills', 'flag', 'Tập huấn kỹ năng sống'),

  fieldsOf('staff', 'training')('qualification', 'catalogue', 'Trình độ chuyên môn', { catalogue: 'qualifications', ...counts }),
  training('major', 'text', 'Chuyên ngành chính', counts), training('trainedAt', 'text', 'Nơi đào tạo'), training('trainingForm', 'text', 'Hình thức đào tạo'),
  training('graduatedIn', 'year', 'Năm tốt nghiệp'), training('otherQualification', 'text', 'Trình độ chuyên môn khác'), training('politicalTheory', 'text', 'Trình độ lý luận chính trị'),
  training('managementTraining', 'text', 'Trình độ quản lý giáo dục'), training('stateManagement', 'text', 'Trình độ quản lý nhà nước'),
  training('pedagogy', 'text', 'Bồi dưỡng nghiệp vụ sư phạm'), training('foreignLanguage', 'text', 'Ngoại ngữ chính'), training('foreignLevel', 'text', 'Trình độ ngoại ngữ'),
  training('foreignCertificate', 'text', 'Chứng chỉ ngoại ngữ'), training('computing', 'text', 'Trình độ tin học'),

  party('unionMember', 'flag', 'Đoàn viên'), party('partyMember', 'flag', 'Đảng viên'), party('partyOn', 'date', 'Ngày vào Đảng'),
  party('partyOfficialOn', 'date', 'Ngày vào Đảng chính thức'), party('tradeUnion', 'flag', 'Công đoàn viên'),
];

const byKey = new Map(staffFields.map(one => [one.key, one]));

export function staffField(key: string): StaffField | undefined {
  return byKey.get(key);
}

export const countedStaffFields: readonly StaffField[] = staffFields.filter(one => one.counts === true);

/** Values by key of field; '' is not recorded. */
export type StaffValues = Readonly<Record<string, string>>;

export const staffEntryColumns = ['year', 'title', 'place', 'form', 'level', 'number', 'from', 'to', 'result'] as const;
export type StaffEntryColumn = (typeof staffEntryColumns)[number];
/** What a person gathers over the years, by kind: the columns each has, the first of which must be filled. Words: `staff.entry.<kind>.<column>`. */
export const staffEntryKinds = {
  contract: ['title', 'number', 'from', 'to'],
  training: ['place', 'title', 'form', 'from', 'to', 'result'],
  course: ['title', 'place', 'from', 'to', 'result'],
  language: ['title', 'level', 'result', 'from'],
  appraisal: ['year', 'form', 'result'],
  reward: ['title', 'level', 'number', 'from'],
  discipline: ['title', 'form', 'number', 'from'],
} as const satisfies Record<string, readonly [StaffEntryColumn, ...StaffEntryColumn[]]>;
export type StaffEntryKind = keyof typeof staffEntryKinds;
