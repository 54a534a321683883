import type { ColumnNames } from './header-row.ts';
import { plainHeader } from './import-text.ts';
import { moreStaffFields } from './staff-form.ts';

export type StaffField =
  | 'order' | 'staffCode' | 'fullName' | 'birth' | 'sex' | 'personalId' | 'ethnicGroup' | 'email' | 'phone' | 'status' | 'position' | 'positionGroup'
  | 'contract' | 'subjects' | 'qualification' | 'partyMember' | 'religion' | 'nationality' | 'address' | `more.${string}`;

/** Headers of the export CSDL_GiaoVien (72 columns) and of lists schools keep themselves, in plain form. */
export const STAFF_COLUMNS: ColumnNames<StaffField> = {
  ...Object.fromEntries(moreStaffFields.map(field => [`more.${field.key}`, [plainHeader(field.header ?? '')]])),
  order: ['stt', 'tt', 'so tt', 'so thu tu'],
  staffCode: ['ma can bo', 'ma giao vien', 'ma gv', 'ma cb', 'ma so can bo', 'ma dinh danh can bo', 'ma cbgv', 'ma dinh danh'],
  fullName: ['ho ten', 'ho va ten', 'ho ten can bo', 'ho va ten can bo', 'ho ten giao vien'],
  birth: ['ngay sinh', 'ngay thang nam sinh', 'nam sinh'],
  sex: ['gioi tinh', 'gioi', 'nam/nu'],
  personalId: ['so dinh danh ca nhan', 'so cccd', 'cccd', 'so cmnd/tcc/dinh danh ca nhan', 'so cmnd/cccd', 'so cmnd/tcc', 'cmnd/tcc', 'so dinh danh ca nhan/cccd'],
  ethnicGroup: ['dan toc'],
  email: ['email', 'thu dien tu', 'dia chi email'],
  phone: ['so dien thoai', 'dien thoai', 'so dien thoai di dong', 'dien thoai di dong', 'sdt'],
  status: ['trang thai cb', 'trang thai can bo', 'trang thai'],
  position: ['vi tri viec lam', 'chuc vu'],
  positionGroup: ['nhom chuc vu', 'nhom can bo'],
  contract: ['hinh thuc hop dong', 'loai hop dong'],
  subjects: ['mon day', 'mon giang day', 'mon day chinh', 'bo mon'],
  qualification: ['trinh do chuyen mon', 'trinh do chuyen mon nghiep vu', 'trinh do dao tao'],
  partyMember: ['dang vien', 'la dang vien'],
  religion: ['ton giao'],
  nationality: ['quoc tich'],
  address: ['cho o hien nay', 'cho o hien tai', 'dia chi'],
};
