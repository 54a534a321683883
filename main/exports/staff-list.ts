import { sql, type ReadHandle } from '../../db/handle.ts';
import { allSubjects } from '../../resources/catalogues/subject-catalogue.ts';
import type { StaffField } from '../../preload/contract/staff-fields.ts';
import type { StaffStatus } from '../../preload/contract/staff.ts';
import { dateToSerial } from '../kit/excel/excel-dates.ts';
import type { WrittenCell, WrittenWorkbook } from '../kit/excel/workbook.ts';
import { knownStaff, type KnownStaff } from '../imports/people-index.ts';
import { STAFF_HEADERS, staffFieldOf } from '../imports/staff-form.ts';
import { levelsOf, theSchool } from '../school/school-store.ts';
import { subjectList } from '../staff/staff-fields.ts';
import { catalogueSheets } from './catalogue-sheets.ts';

/** What the form says of how somebody stands to the school. */
const STATUS_WORDS: Record<StaffStatus, string> = { working: 'Đang làm việc', leave: 'Nghỉ không lương', moved: 'Chuyển đi', retired: 'Nghỉ hưu', left: 'Thôi việc' };

/** Everybody on the staff in the form of the sector database (CSDL_GiaoVien, 72 columns); `mark` says who took it out, when, and what for. */
export function staffList(db: ReadHandle, year: string, at: string, mark: string): { workbook: WrittenWorkbook; count: number } {
  const school = theSchool(db);
  const subjects = new Map(allSubjects(levelsOf(school)).map(subject => [subject.code, subject.name.vi]));
  const since = new Map(db.all(sql.selectFrom('staff_status').select(['staff_id', 'from_date']).where('cancelled', '=', 0).orderBy('from_date')).map(row => [row.staff_id, row.from_date]));
  const people = knownStaff(db).toSorted((a, b) => (a.person.sort_name < b.person.sort_name ? -1 : 1));
  const rows = people.map((one, index) => STAFF_HEADERS.map(header => cellOf(header, one, index + 1, subjects, since)));
  return {
    count: rows.length,
    workbook: {
      createdAt: at,
      sheets: [
        {
          name: 'Sheet1', frozenRows: 4, frozenColumns: 3, widths: STAFF_HEADERS.map(header => (header === 'Họ tên' || header === 'Email' ? 28 : 13)),
          merged: [1, 2, 3].map(row => ({ firstRow: row, lastRow: row, firstColumn: 1, lastColumn: 8 })),
          rows: [
            [{ value: school.name.toLocaleUpperCase('vi'), style: 'plain' }], [{ value: `DANH SÁCH CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN NĂM HỌC ${year}`, style: 'title' }], [{ value: mark, style: 'note' }],
            STAFF_HEADERS.map((header): WrittenCell => ({ value: header, style: 'header' })), ...rows,
          ],
        },
        ...catalogueSheets(db, ['DAN_TOC']),
      ],
    },
  };
}

function cellOf(header: string, { staff, values }: KnownStaff, order: number, subjects: ReadonlyMap<string, string>, since: ReadonlyMap<string, string>): WrittenCell | null {
  if (header === 'STT') return { value: order };
  if (header === 'Trạng thái CB') return { value: STATUS_WORDS[staff.status], style: 'text' };
  if (header === 'Ngày trạng thái') return valueCell('date', since.get(staff.id) ?? '');
  const field = staffFieldOf(header);
  if (field === undefined) return null;
  const value = values[field.key] ?? '';
  if (field.type === 'subjects') return valueCell('text', subjectList(value).map(code => subjects.get(code) ?? code).join(', '));
  return valueCell(field.type, value);
}

function valueCell(type: StaffField['type'], value: string): WrittenCell | null {
  if (value === '' || (type === 'flag' && value === '0') || (type === 'sex' && value === 'unknown')) return null;
  if (type === 'flag') return { value: 'x', style: 'text' };
  if (type === 'sex') return { value: value === 'male' ? 'Nam' : 'Nữ', style: 'text' };
  if ((type === 'date' || type === 'partialDate') && value.length === 10) return { value: dateToSerial(value), style: 'date' };
  return { value: type === 'partialDate' ? value.split('-').toReversed().join('/') : value, style: 'text' };
}
