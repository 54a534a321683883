import { text } from '../../resources/language/language.ts';
import type { Workbook } from '../kit/excel/workbook.ts';
import { ATTENDANCE_COLUMNS } from './attendance-list.ts';
import { listTitle } from './form-title.ts';
import { findTable } from './header-row.ts';
import { cellText } from './import-text.ts';
import { findIssuedSheet } from './issued-sheet-reader.ts';
import { parseFormMark } from './marks-form.ts';
import { hasMarkColumns } from './marks-reader.ts';
import { findPrimaryTable } from './primary-columns.ts';
import { PUPIL_COLUMNS } from './pupils-columns.ts';
import { STAFF_COLUMNS } from './staff-columns.ts';

/** What a dropped file seems to be. `certain`: it bears the mark of its form; `likely`: its columns fit; `unknown`: the user must say. */
export interface Recognition {
  kind: 'pupils' | 'staff' | 'marks' | 'attendance' | null;
  certainty: 'certain' | 'likely' | 'unknown';
  title: string;
}

/** Says what a workbook is, by its hidden marks and its headers. Reading it then finds every fault; this only chooses the reader. */
export function recogniseWorkbook(workbook: Workbook, fileName?: string): Recognition {
  const expected = fileName === undefined ? {} : { fileName };
  if (workbook.sheets.some((sheet) => sheet.rows.slice(0, 20).some((row) => parseFormMark(cellText(row.cells[0])) !== null) || findIssuedSheet(sheet) !== null)) {
    return { kind: 'marks', certainty: 'certain', title: text('imports.title.marksForm') };
  }
  if (workbook.sheets.some((sheet) => !sheet.hidden && findPrimaryTable(sheet) !== null)) return { kind: 'marks', certainty: 'certain', title: text('imports.title.primaryForm') };
  if (findTable(workbook, ATTENDANCE_COLUMNS, (fields) => fields.has('date') && fields.has('kind') && (fields.has('pupilCode') || fields.has('fullName'))) !== null) {
    return { kind: 'attendance', certainty: 'likely', title: text('imports.title.attendance') };
  }
  const pupils = findTable(workbook, PUPIL_COLUMNS, (fields) => fields.has('fullName') && (fields.has('pupilCode') || fields.has('classCode') || fields.has('className') || fields.has('birth')));
  const staff = findTable(workbook, STAFF_COLUMNS, (fields) => fields.has('fullName') && (fields.has('position') || fields.has('positionGroup') || fields.has('subjects') || fields.has('staffCode')));
  // Columns only one kind of list has decide; names, birth dates and the like are in both.
  const pupilSigns = (['pupilCode', 'classCode', 'className', 'fatherName', 'motherName'] as const).filter((field) => pupils?.columns.has(field) ?? false).length;
  const staffSigns = (['position', 'positionGroup', 'subjects', 'staffCode', 'contract', 'qualification'] as const).filter((field) => staff?.columns.has(field) ?? false).length;
  if (staff !== null && staffSigns > pupilSigns) {
    const national = staff.columns.has('status') && staff.columns.has('positionGroup');
    return { kind: 'staff', certainty: national ? 'certain' : 'likely', title: listTitle('staff', national, staff, expected) };
  }
  if (workbook.sheets.some((sheet) => !sheet.hidden && hasMarkColumns(sheet))) return { kind: 'marks', certainty: 'likely', title: text('imports.title.marksForm') };
  if (pupils !== null && pupilSigns > 0) {
    const national = pupils.columns.has('classCode') && pupils.columns.has('status');
    return { kind: 'pupils', certainty: national ? 'certain' : 'likely', title: listTitle('pupils', national, pupils, expected) };
  }
  return { kind: null, certainty: 'unknown', title: text('imports.title.unknown') };
}
