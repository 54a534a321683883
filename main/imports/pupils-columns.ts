import type { ColumnNames } from './header-row.ts';
import { MORE_COLUMNS, type MoreColumn } from './pupil-form.ts';

export type PupilField =
  | 'order' | 'classCode' | 'className' | 'pupilCode' | 'fullName' | 'otherName' | 'birth' | 'sex' | 'status' | 'statusDate' | 'ethnicGroup' | 'nationality'
  | 'religion' | 'personalId' | 'disability' | 'policyGroup' | 'poorHousehold' | 'birthPlace' | 'birthProvince' | 'permanentProvince' | 'permanentDistrict'
  | 'permanentCommune' | 'permanentHamlet' | 'homeProvince' | 'homeDistrict' | 'homeCommune' | 'homeHamlet' | 'currentAddress' | 'phone' | 'email'
  | 'fatherName' | 'fatherJob' | 'fatherYear' | 'fatherPhone' | 'fatherId' | 'motherName' | 'motherJob' | 'motherYear' | 'motherPhone' | 'motherId'
  | 'guardianName' | 'guardianJob' | 'guardianYear' | 'guardianPhone' | 'repeating' | 'youngPioneer' | 'youthUnion' | 'boarding'
  | 'registerNumber' | 'vemisCode' | 'moetCode' | 'note' | 'idIssuedOn' | 'idIssuedAt' | 'tuitionExempt' | 'tuitionReduced' | 'fullBoarding' | 'height' | 'weight'
  | 'fatherMinority' | 'motherMinority' | MoreColumn;

/** Headers of the C1/C2/C3-HocSinh exports (ver2, ver3), of CSDL_HocSinh and of the lists schools keep themselves, in plain form. */
export const PUPIL_COLUMNS: ColumnNames<PupilField> = {
  order: ['stt', 'tt', 'so tt', 'so thu tu', 'no'],
  classCode: ['ma lop'],
  className: ['lop', 'ten lop', 'lop hoc'],
  pupilCode: ['ma hoc sinh', 'ma hs', 'ma so hoc sinh', 'ma hoc sinh (moet)', 'ma dinh danh hoc sinh', 'ma dinh danh hs'],
  fullName: ['ho ten', 'ho va ten', 'ho ten hoc sinh', 'ho va ten hoc sinh', 'ho ten hs', 'ho, chu dem va ten', 'ho, chu dem va ten khai sinh'],
  otherName: ['ten khac', 'ten goi khac'],
  birth: ['ngay sinh', 'ngay thang nam sinh', 'ngay, thang, nam sinh', 'nam sinh'],
  sex: ['gioi tinh', 'gioi', 'nam/nu', 'nam, nu'],
  status: ['trang thai hs', 'trang thai hoc sinh', 'trang thai'],
  statusDate: ['ngay nhap trang thai', 'ngay trang thai'],
  ethnicGroup: ['dan toc'],
  nationality: ['quoc tich'],
  religion: ['ton giao'],
  personalId: ['so dinh danh ca nhan', 'so dinh danh', 'so dinh danh ca nhan hoc sinh', 'ma dinh danh ca nhan', 'so cccd', 'cccd', 'so dinh danh ca nhan/cccd', 'so cmnd/tcc/dinh danh ca nhan'],
  disability: ['loai khuyet tat', 'khuyet tat', 'dang khuyet tat'],
  policyGroup: ['doi tuong chinh sach', 'dien chinh sach', 'doi tuong uu tien'],
  poorHousehold: ['dien ho ngheo', 'ho ngheo', 'ho ngheo, can ngheo', 'hoan canh ho ngheo'],
  birthPlace: ['noi sinh', 'noi sinh chi tiet'],
  birthProvince: ['tinh/thanh pho (theo noi sinh)'],
  permanentProvince: ['tinh/thanh pho (theo dia chi thuong tru)', 'tinh/thanh pho', 'tinh'],
  permanentDistrict: ['quan/huyen (theo dia chi thuong tru)', 'quan/huyen', 'huyen'],
  permanentCommune: ['xa/phuong (theo dia chi thuong tru)', 'xa/phuong', 'xa'],
  permanentHamlet: ['to/thon/xom (theo dia chi thuong tru)', 'to/thon/xom', 'thon/xom', 'thon'],
  homeProvince: ['tinh/thanh pho (theo que quan)'],
  homeDistrict: ['quan/huyen (theo que quan)'],
  homeCommune: ['xa/phuong (theo que quan)'],
  homeHamlet: ['to/thon/xom (theo que quan)'],
  currentAddress: ['cho o hien nay', 'cho o hien tai', 'noi o hien nay', 'dia chi', 'dia chi hien nay'],
  phone: ['so dien thoai lien he', 'so dien thoai', 'dien thoai', 'sdt', 'sdt lien he'],
  email: ['email', 'thu dien tu'],
  fatherName: ['ho ten cha', 'ho ten bo', 'ho va ten cha', 'ho va ten bo', 'cha ho ten', 'cha ho va ten', 'bo ho ten', 'cha', 'ten cha'],
  fatherJob: ['nghe nghiep cha', 'nghe nghiep bo', 'cha nghe nghiep', 'bo nghe nghiep'],
  fatherYear: ['nam sinh cha', 'nam sinh bo', 'cha nam sinh', 'bo nam sinh'],
  fatherPhone: ['so dien thoai cha', 'so dien thoai bo', 'sdt cha', 'sdt bo', 'cha so dien thoai', 'bo so dien thoai'],
  fatherId: ['so dinh danh ca nhan cha', 'cha so dinh danh ca nhan', 'so cccd cha'],
  motherName: ['ho ten me', 'ho va ten me', 'me ho ten', 'me ho va ten', 'me', 'ten me'],
  motherJob: ['nghe nghiep me', 'me nghe nghiep'],
  motherYear: ['nam sinh me', 'me nam sinh'],
  motherPhone: ['so dien thoai me', 'sdt me', 'me so dien thoai'],
  motherId: ['so dinh danh ca nhan me', 'me so dinh danh ca nhan', 'so cccd me'],
  guardianName: ['ho ten nguoi giam ho', 'ho va ten nguoi giam ho', 'nguoi giam ho ho ten', 'nguoi giam ho', 'ho ten nguoi do dau'],
  guardianJob: ['nghe nghiep nguoi giam ho', 'nguoi giam ho nghe nghiep'],
  guardianYear: ['nam sinh nguoi giam ho', 'nguoi giam ho nam sinh'],
  guardianPhone: ['so dien thoai nguoi giam ho', 'sdt nguoi giam ho', 'nguoi giam ho so dien thoai'],
  repeating: ['luu ban nam truoc', 'luu ban', 'hoc sinh luu ban'],
  youngPioneer: ['doi vien', 'la doi vien'],
  youthUnion: ['doan vien', 'la doan vien'],
  boarding: ['ban tru', 'hoc sinh ban tru'],
  registerNumber: ['so dang bo', 'so so dang bo'],
  vemisCode: ['ma vemis'],
  moetCode: ['ma moet', 'ma moet cu'],
  note: ['ghi chu'],
  idIssuedOn: ['ngay cap'],
  idIssuedAt: ['noi cap'],
  tuitionExempt: ['mien hoc phi'],
  tuitionReduced: ['giam hoc phi'],
  fullBoarding: ['noi tru', 'hoc sinh noi tru'],
  height: ['chieu cao', 'chieu cao (cm)'],
  weight: ['can nang', 'can nang (kg)'],
  fatherMinority: ['cha dan toc thieu so'],
  motherMinority: ['me dan toc thieu so'],
  ...MORE_COLUMNS,
};
