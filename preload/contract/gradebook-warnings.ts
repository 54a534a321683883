import { z } from 'zod';
import { read, write } from './base.ts';
import { Id } from './common.ts';
import type { MarkColumn } from './grades.ts';

export const warningKinds = ['shifted', 'identical', 'wrongColumn', 'jump', 'allSame', 'missing', 'swapped'] as const;
export type WarningKind = (typeof warningKinds)[number];

/** Something odd in a sheet. It never stops anybody. */
export interface SheetWarning {
  /** Names what was found with its values: after the marks change it is another warning. */
  key: string;
  kind: WarningKind;
  /** "Cột ĐĐGtx 2 giống cột ĐĐGtx 1 nhưng lệch xuống một dòng (42/43 ô)." */
  title: string;
  /** Pupils concerned, in roll order; the first eight. */
  names: string[];
  count: number;
  /** Cells to look at; the first is opened. */
  cells: { enrolmentId: string; column: MarkColumn }[];
  noted: { by: string; at: string; note: string } | null;
}

export const warningCalls = {
  warnings: read('grades.view', z.object({ sheetId: Id })).returns<{ warnings: SheetWarning[]; open: number }>(),
  /** "Looked at it, it is right, because …"; an empty note takes that back. */
  noteWarning: write('grades.edit', z.object({ sheetId: Id, warning: z.string().min(1).max(80), note: z.string().trim().max(300) })).returns<{ noted: boolean }>(),
};
