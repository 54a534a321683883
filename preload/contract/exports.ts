import { z } from 'zod';
import { job, read } from './base.ts';
import { Id } from './common.ts';

/** What leaves as a file. The first two have the forms of the sector database. */
export const ExportWhat = z.enum(['pupils', 'staff', 'primaryResults', 'marks']);
export type ExportWhat = z.infer<typeof ExportWhat>;

/** Said with every export and kept in its log. */
const Purpose = z.string().trim().min(3).max(300);

export interface ExportFile {
  fileName: string;
  bytes: Uint8Array;
  /** Records in it. */
  count: number;
}

export interface ExportLogRow {
  exportId: string;
  at: string;
  actor: string;
  what: string;
  fileName: string;
  count: number;
  purpose: string;
}

export const exports = {
  /** One workbook. `classId` names the class of `primaryResults`, and narrows `pupils` and `marks`; `point` is the point of the year (TT 27/2020 Đ7). */
  run: job('records.import', z.object({ what: ExportWhat, classId: Id.optional(), point: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).default(4), purpose: Purpose }))
    .returns<ExportFile>(),
  log: read('records.import', z.object({})).returns<{ rows: ExportLogRow[] }>(),
};
