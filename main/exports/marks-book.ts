import type { ReadHandle } from '../../db/handle.ts';
import type { MarkValue } from '../../preload/contract/grades.ts';
import { columnTitle } from '../grades/column-words.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { marksOfSheet, membersOf, sheetsOfClass, valueOf } from '../grades/grades-store.ts';
import { sheetWords } from '../gradebook/mark-sheet-service.ts';
import type { WrittenCell, WrittenSheet, WrittenWorkbook } from '../kit/excel/workbook.ts';
import { classesOf } from '../school/school-class-store.ts';

/** Every mark of a year (or of one class), a sheet for each class, to be read and counted; marks are taken back by the program's own forms. */
export async function marksBook(db: ReadHandle, year: string, at: string, mark: string, classId: string | undefined, onClass: (done: number, total: number, name: string) => void): Promise<{ workbook: WrittenWorkbook; count: number }> {
  const classes = classesOf(db, year).filter(one => classId === undefined || one.id === classId);
  const sheets: WrittenSheet[] = [];
  let count = 0;
  for (const [index, one] of classes.entries()) {
    onClass(index, classes.length, one.name);
    const members = membersOf(db, one.id);
    const columns = sheetsOfClass(db, one.id).flatMap(sheet => {
      const marks = new Map(marksOfSheet(db, sheet.id).map(cell => [`${cell.enrolment_id}/${cell.col}`, valueOf(cell)]));
      return columnsOf({ ...sheet, grade: one.grade }).map(column => ({ head: `${sheetWords({ ...sheet, class_name: '' }).trim()} · ${columnTitle(column, one.grade)}`, of: (enrolmentId: string) => marks.get(`${enrolmentId}/${column}`) }));
    });
    count += members.length;
    sheets.push({
      name: one.name, frozenRows: 2, frozenColumns: 3, widths: [6, 14, 28, ...columns.map(() => 10)],
      rows: [
        [{ value: mark, style: 'note' }], ['STT', 'Mã học sinh', 'Họ tên', ...columns.map(column => column.head)].map((value): WrittenCell => ({ value, style: 'header' })),
        ...members.map((pupil, row): (WrittenCell | null)[] => [{ value: row + 1 }, { value: pupil.code, style: 'text' }, { value: pupil.name, style: 'text' }, ...columns.map(column => shown(column.of(pupil.enrolment_id)))]),
      ],
    });
    // Others' calls come between two classes.
    await new Promise(resolve => { setImmediate(resolve); });
  }
  return { workbook: { createdAt: at, sheets }, count };
}

function shown(value: MarkValue | undefined): WrittenCell | null {
  if (value?.state === 'score') return { value: value.tenths / 10 };
  if (value?.state === 'zeroByRule') return { value: 0 };
  if (value?.state !== 'level') return null;
  return { value: { D: 'Đ', CD: 'CĐ', T: 'T', H: 'H', C: 'C' }[value.level], style: 'text' };
}
