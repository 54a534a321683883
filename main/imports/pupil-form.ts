import { pupilChoices, pupilField, type PupilField, type PupilFieldType } from '../../preload/contract/pupil-fields.ts';
import type { StaffFieldType } from '../../preload/contract/staff-fields.ts';
import { text } from '../../resources/language/language.ts';
import { plainText } from './import-text.ts';
import { parseDate, parseFlag, parsePersonalId, parsePhone, parseText, parseYear, type Parsed } from './import-values.ts';
import type { Cell } from '../kit/excel/workbook.ts';

/**
 * One column of the sector database's list of pupils (C1/C2/C3-HocSinh, third version). `key` names the pupil's field it holds; columns without
 * one are the place in a class, codes and measurements, which have tables of their own, or are not kept by the program at all.
 */
export interface PupilFormColumn {
  header: string;
  width?: number;
  key?: string;
  /** Read and written by a name of its own. */
  special?: PupilFormSpecial;
}

export type PupilFormSpecial =
  | 'order' | 'className' | 'pupilCode' | 'status' | 'statusDate' | 'issuedOn' | 'issuedAt' | 'homeProvince' | 'homeDistrict' | 'homeCommune' | 'homeHamlet'
  | 'birthProvince' | 'tuitionExempt' | 'tuitionReduced' | 'boardingDay' | 'boardingFull' | 'repeating' | 'height' | 'weight' | 'registerNumber' | 'vemisCode'
  | 'fatherMinority' | 'motherMinority';

const held = (header: string, key: string, width?: number): PupilFormColumn => ({ header, key, ...(width === undefined ? {} : { width }) });
const own = (header: string, special: PupilFormSpecial, width?: number): PupilFormColumn => ({ header, special, ...(width === undefined ? {} : { width }) });
const blank = (header: string): PupilFormColumn => ({ header });

function parent(word: string, relation: 'father' | 'mother' | 'guardian'): PupilFormColumn[] {
  return [
    held(`Họ tên ${word}`, `${relation}.name`, 24), held(`Nghề nghiệp ${word}`, `${relation}.occupation`, 16),
    held(`Năm sinh ${word}`, `${relation}.birthYear`), held(`Số điện thoại ${word}`, `${relation}.phone`, 14),
  ];
}

/** In the order of the form. Official headers stay Vietnamese in every language. */
export const PUPIL_FORM: readonly PupilFormColumn[] = [
  own('STT', 'order', 6), own('Mã lớp', 'className'), own('Mã học sinh', 'pupilCode', 14), held('Họ tên', 'name', 30), held('Ngày sinh', 'birth', 12),
  held('Giới tính', 'sex'), own('Trạng thái HS', 'status', 18), own('Ngày nhập trạng thái', 'statusDate', 12), held('Dân tộc', 'ethnicGroup'),
  held('Quốc tịch', 'nationality'), held('Tôn giáo', 'religion'), held('Số định danh\ncá nhân', 'personalId', 16), own('Ngày cấp', 'issuedOn'), own('Nơi cấp', 'issuedAt'),
  held('Khu vực', 'area'), held('Tỉnh/Thành phố\n(Theo địa chỉ thường trú)', 'permanentProvince', 18), held('Quận/Huyện\n(Theo địa chỉ thường trú)', 'permanentDistrict'),
  held('Xã/Phường\n(Theo địa chỉ thường trú)', 'permanentCommune', 18), held('Tổ/Thôn/Xóm\n(Theo địa chỉ thường trú)', 'permanentAddress', 20),
  own('Tỉnh/Thành phố\n(Theo quê quán)', 'homeProvince'), own('Quận/Huyện\n(Theo quê quán)', 'homeDistrict'), own('Xã/Phường\n(Theo quê quán)', 'homeCommune'),
  own('Tổ/Thôn/Xóm\n(Theo quê quán)', 'homeHamlet'), own('Tỉnh/Thành phố\n(Theo nơi sinh)', 'birthProvince'), blank('Quận/Huyện\n(Theo nơi sinh)'),
  held('Nơi sinh chi tiết', 'birthPlace', 28), held('Chỗ ở hiện nay', 'address', 34), held('Số điện thoại liên hệ', 'phone', 14), held('Email', 'email', 22),
  held('Loại khuyết tật', 'disability'), held('HS khuyết tật\nkhông đánh giá', 'disabilityUnassessed'), held('Đối tượng chính sách', 'policyGroup'),
  own('Miễn học phí', 'tuitionExempt'), own('Giảm học phí', 'tuitionReduced'), held('Hỗ trợ chi phí học tập', 'studySupport'), held('Được cấp tiền hằng tháng', 'moneySupport'),
  held('Được cấp gạo', 'riceSupport'), held('Hỗ trợ nhà ở', 'housingSupport'), held('Hỗ trợ ăn trưa', 'lunchSupport'), held('Đội viên', 'pioneer'), held('Đoàn viên', 'unionMember'),
  held('Học 2 buổi/ngày', 'twoSessions'), own('Bán trú', 'boardingDay'), own('Nội trú', 'boardingFull'), held('Biết bơi', 'swims'), own('Lưu ban năm trước', 'repeating'),
  blank('Lý do thôi học'), held('Học tăng cường tiếng Việt', 'extraVietnamese'), held('Ngoại ngữ 1', 'foreignLanguage1'), held('Ngoại ngữ 2', 'foreignLanguage2'),
  held('Học tiếng dân tộc', 'ethnicLanguage'), own('Chiều cao (cm)', 'height'), own('Cân nặng (kg)', 'weight'), held('Nhóm máu', 'bloodGroup'), blank('Bệnh về mắt'),
  held('PTDT bán trú', 'boardingSchool'), own('Số đăng bộ', 'registerNumber'), own('Mã VEMIS', 'vemisCode'), blank('Mã MOET'), own('Cha dân tộc thiểu số', 'fatherMinority'),
  own('Mẹ dân tộc thiểu số', 'motherMinority'), held('Vùng khó khăn', 'hardArea'), ...parent('cha', 'father'), ...parent('mẹ', 'mother'), ...parent('người giám hộ', 'guardian'),
  blank('Ghi chú'),
];

/**
 * Further fields that lists of schools and other versions of the form have, by their headers in plain form. Together with the columns of the
 * form that the reader has no field of its own for.
 */
export const MORE_COLUMNS = {
  area: ['khu vuc'], disabilityUnassessed: ['hs khuyet tat khong danh gia', 'khuyet tat khong danh gia'], disabilityDegree: ['muc do khuyet tat'],
  disabilityPaper: ['so giay xac nhan khuyet tat'], studySupport: ['ho tro chi phi hoc tap'], moneySupport: ['duoc cap tien hang thang', 'cap tien'],
  riceSupport: ['duoc cap gao', 'cap gao'], housingSupport: ['ho tro nha o'], lunchSupport: ['ho tro an trua'], twoSessions: ['hoc 2 buoi/ngay'], swims: ['biet boi'],
  extraVietnamese: ['hoc tang cuong tieng viet', 'tang cuong tieng viet'], foreignLanguage1: ['ngoai ngu 1'], foreignLanguage2: ['ngoai ngu 2'],
  ethnicLanguage: ['hoc tieng dan toc'], bloodGroup: ['nhom mau'], boardingSchool: ['ptdt ban tru'], hardArea: ['vung kho khan'], orphan: ['mo coi'],
  languageHelp: ['nhu cau ho tro ngoai ngu'], teachingAide: ['tro giang tieng dan toc'], ministryProgramme: ['ctgd cua bo', 'hoc ctgd cua bo'],
  universalNumber: ['so so dang bo pcgd', 'so dang bo pcgd'], pioneerOn: ['ngay vao doi'], unionOn: ['ngay vao doan'], fatherEthnic: ['dan toc cha', 'dan toc cua cha'],
  motherEthnic: ['dan toc me', 'dan toc cua me'], 'father.email': ['email cha'], 'mother.email': ['email me'], 'guardian.email': ['email nguoi giam ho'],
  'guardian.kinship': ['quan he nguoi giam ho', 'quan he voi hoc sinh'], 'guardian.personalId': ['so dinh danh ca nhan nguoi giam ho', 'so cccd nguoi giam ho'],
} as const satisfies Record<string, readonly string[]>;
export type MoreColumn = keyof typeof MORE_COLUMNS;
export const moreColumns = Object.keys(MORE_COLUMNS) as readonly MoreColumn[];

/** The catalogue in which a mapping of an unknown word of this field is kept. */
export function catalogueOf(field: PupilField): string {
  return field.catalogue ?? field.choices ?? '';
}

/** A value of a choice in the words of the form. */
export function choiceWord(field: PupilField, value: string): string {
  return FORM_WORDS[`${field.choices ?? ''}.${value}`] ?? text(`students.choice.${field.choices ?? ''}.${value}`);
}

/** How the ministry's form writes some choices. */
const FORM_WORDS: Readonly<Record<string, string>> = { 'area.1': 'KV1', 'area.2': 'KV2', 'area.2NT': 'KV2-NT', 'area.3': 'KV3' };
const SPOKEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  poorHousehold: { x: 'poor', co: 'poor', ngheo: 'poor', 'can ngheo': 'nearPoor' }, disabilityDegree: { 'dac biet nang': 'verySevere' },
  orphan: { cha: 'father', me: 'mother', 'ca cha va me': 'both', 'ca cha me': 'both', 'mo coi ca cha va me': 'both' },
};

/** The stored value of a choice for the words of a cell; undefined for words that name none. */
export function choiceFor(field: PupilField, words: string): string | undefined {
  const choices: readonly string[] = field.choices === undefined ? [] : pupilChoices[field.choices];
  const said = plainText(words);
  return choices.find(value => value === words || plainText(choiceWord(field, value)) === said || plainText(text(`students.choice.${field.choices ?? ''}.${value}`)) === said)
    ?? SPOKEN[field.choices ?? '']?.[said];
}

/** Reads a cell as a value of a field, in the form in which it is stored. */
export function parseField(key: string): (cell: Cell | undefined) => Parsed<string> {
  return parseTyped(pupilField(key)?.type);
}

export function parseTyped(type: PupilFieldType | StaffFieldType | undefined): (cell: Cell | undefined) => Parsed<string> {
  switch (type) {
    case 'flag': return cell => mapped(parseFlag(cell), value => (value ? '1' : '0'));
    case 'date': return cell => parseDate(cell, false);
    case 'partialDate': return cell => parseDate(cell, true);
    case 'year': return cell => mapped(parseYear(cell), String);
    case 'phone': return parsePhone;
    case 'personalId': return parsePersonalId;
    default: return parseText;
  }
}

function mapped<T>(parsed: Parsed<T>, change: (value: T) => string): Parsed<string> {
  return parsed.ok ? { ...parsed, value: parsed.value === null ? null : change(parsed.value) } : parsed;
}
