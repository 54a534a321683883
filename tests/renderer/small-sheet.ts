import type { MarkColumn, MarkValue, SheetColumn, SheetRow, SheetView } from '../../preload/contract/grades.ts';
import { openGrid } from '../../renderer/grades/mark-grid-state.ts';
import type { MarkGridState } from '../../renderer/grades/mark-grid-state.ts';

const titles: Partial<Record<MarkColumn, string>> = { tx1: 'ĐĐGtx 1', tx2: 'ĐĐGtx 2', tx3: 'ĐĐGtx 3', tx4: 'ĐĐGtx 4', tx5: 'ĐĐGtx 5', gk: 'Giữa kì', ck: 'Cuối kì' };
const names = ['Lù Thị Ặm', 'Chảo Tòn Chán', 'Nguyễn Thị Ngữ', 'Đặng Văn Đức', 'Hoàng Thị Ước', 'Vàng A Sình'];

export function score(tenths: number): MarkValue {
  return { state: 'score', tenths };
}
export const level = (of: 'D' | 'CD'): MarkValue => ({ state: 'level', level: of });
export const nothing: MarkValue = { state: 'empty' };

export interface SmallSheetOptions {
  kind?: SheetView['kind'];
  pupils?: number;
  columns?: MarkColumn[];
  mayEdit?: boolean;
  /** Marks by row and column: `{ '0 tx1': score(80) }`. */
  marks?: Record<string, MarkValue>;
}

/** A sheet of six pupils with two ongoing marks, mid-term and end of term, empty unless said otherwise. */
export function smallSheet({ kind = 'score', pupils = names.length, columns = ['tx1', 'tx2', 'gk', 'ck'], mayEdit = true, marks = {} }: SmallSheetOptions = {}): SheetView {
  const sheetColumns: SheetColumn[] = columns.map(column => ({ column, title: titles[column] ?? column, short: titles[column] ?? column, weight: column === 'gk' ? 2 : column === 'ck' ? 3 : 1 }));
  const rows: SheetRow[] = Array.from({ length: pupils }, (_, index) => ({
    enrolmentId: `e${index}`, order: index + 1, code: `HS${index}`, name: names[index % names.length] ?? '', birth: '2011-09-05', standing: null,
    marks: Object.fromEntries(columns.flatMap(column => {
      const mark = marks[`${index} ${column}`];
      return mark === undefined ? [] : [[column, mark]];
    })),
    average: null, level: null, year: null, yearLevel: null,
  }));
  return {
    sheetId: 's1', classId: 'c1', className: '9A', grade: 9, subject: 'TOAN', subjectName: 'Toán', ruleSet: 'TT22-2021', kind, term: 1, teacher: null, state: mayEdit ? 'open' : 'locked',
    filled: Object.keys(marks).length, expected: pupils * columns.length, columns: sheetColumns, rows, mayEdit, readOnlyReason: mayEdit ? null : 'Sổ đã khoá', year: '2025-2026',
    reopenedUntil: null, lockedColumns: mayEdit ? {} : Object.fromEntries(columns.map(column => [column, 'Sổ đã khoá'])), openedCells: [], mayAskChange: true,
  };
}

export function smallGrid(options: SmallSheetOptions = {}): MarkGridState {
  return openGrid(smallSheet(options), { seed: 'test', twoDigits: true, unsaved: [] });
}
