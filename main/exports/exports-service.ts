import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { ExportFile, exports } from '../../preload/contract/exports.ts';
import { traceLine } from '../accounts/export-trace.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { AppError } from '../kit/errors.ts';
import { writeWorkbook, type WrittenWorkbook } from '../kit/excel/workbook.ts';
import { currentYear } from '../school/school-store.ts';
import { exportLog, noteExport } from './export-log.ts';
import { marksBook } from './marks-book.ts';
import { primaryResults } from './primary-results.ts';
import { pupilList } from './pupil-list.ts';
import { staffList } from './staff-list.ts';

type Exports = typeof exports;
type Asked = CheckedInputOf<Exports['run']>;

/** A workbook in one of the forms, noted in the log before it is handed over. @throws AppError `exports.classNeeded`, `exports.notPrimary`, `classes.unknown` */
export async function run(ctx: JobContext, input: Asked): Promise<ExportFile> {
  const year = currentYear(ctx.db).year;
  const at = ctx.services.clock().toISOString();
  const mark = traceLine(ctx, input.purpose);
  ctx.progress(0, 2, input.what);
  const { workbook, count, fileName } = await written(ctx, input, year, at, mark);
  stopIfCancelled(ctx.signal);
  ctx.progress(1, 2, fileName);
  const bytes = await writeWorkbook(workbook);
  stopIfCancelled(ctx.signal);
  ctx.write({ path: 'other', reason: input.purpose }, write => noteExport(write, { what: input.what, fileName, count, purpose: input.purpose }));
  ctx.progress(2, 2, fileName);
  return { fileName, bytes, count };
}

async function written(ctx: JobContext, { what, classId, point }: Asked, year: string, at: string, mark: string): Promise<{ workbook: WrittenWorkbook; count: number; fileName: string }> {
  const { db } = ctx;
  switch (what) {
    case 'pupils': return { ...pupilList(db, year, at, mark, classId), fileName: `Filemau-HocSinhDiaPhuong-ver3-data ${year}.xlsx` };
    case 'staff': return { ...staffList(db, year, at, mark), fileName: `CSDL_GiaoVien ${year}.xlsx` };
    case 'marks': return { ...await marksBook(db, year, at, mark, classId, (done, total, name) => { stopIfCancelled(ctx.signal); ctx.progress(done, total, name); }), fileName: `Diem ${year}.xlsx` };
    case 'primaryResults': {
      if (classId === undefined) throw new AppError('exports.classNeeded');
      const { workbook, count, className } = primaryResults(db, classId, point, at, mark);
      return { workbook, count, fileName: `KetQuaHocTap ${className} ${year}.xlsx` };
    }
  }
}

export function log({ db }: ReadContext): OutputOf<Exports['log']> {
  return { rows: exportLog(db) };
}
