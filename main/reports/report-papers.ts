import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { reports } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { writeWorkbook, type WrittenCell } from '../kit/excel/workbook.ts';
import { printList } from '../kit/print/list-document.ts';
import { theSchool } from '../school/school-store.ts';
import { reportTable } from './report-tables.ts';

type Reports = typeof reports;

/** The report on A4 with letterhead, place, date and two signatures. */
export async function print(ctx: JobContext, choice: CheckedInputOf<Reports['print']>): Promise<PdfFile> {
  const table = reportTable(ctx, choice);
  ctx.progress(0, 1, table.title);
  const school = theSchool(ctx.db);
  const now = ctx.services.clock();
  const how = text('classes.signHow');
  const paper = await printList(await ctx.services.printer(), {
    school: { authority: school.superior, name: school.name }, motto: true, title: table.title, subtitle: table.subtitle, landscape: table.columns.length > 6,
    columns: table.columns.map(({ title, isNumber }) => ({ title, align: isNumber ? 'right' : 'left' })),
    rows: table.rows.map(row => (row.length === 1
      ? table.columns.map((_, index) => (index === 0 ? String(row[0]).toLocaleUpperCase('vi') : ''))
      : row.map(cell => (cell === null ? '' : String(cell))))),
    notes: table.notes, place: school.commune, date: vietnamDay(now),
    signatures: [{ title: text('reports.print.signMaker'), how, name: '' }, { title: text('classes.signPrincipal'), how, name: '' }],
  }, now);
  ctx.progress(1, 1, table.title);
  return { fileName: `${table.title}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

/** The same as a workbook, numbers as numbers. */
export async function workbook(ctx: JobContext, choice: CheckedInputOf<Reports['workbook']>): Promise<OutputOf<Reports['workbook']>> {
  const table = reportTable(ctx, choice);
  ctx.progress(0, 1, table.title);
  const school = theSchool(ctx.db);
  const width = table.columns.length;
  const above: WrittenCell[][] = [[{ value: school.name }], [{ value: table.title, style: 'title' }], ...table.subtitle.map(line => [{ value: line, style: 'centred' as const }])];
  const head = above.length + 1;
  const bytes = await writeWorkbook({
    createdAt: ctx.services.clock().toISOString(),
    sheets: [{
      name: text('reports.print.sheet'), frozenRows: head, frozenColumns: 1, page: width > 6 ? 'landscape' : 'portrait',
      widths: table.columns.map(({ isNumber }, index) => (index === 0 ? 44 : isNumber ? 11 : 22)),
      rows: [
        ...above, table.columns.map(({ title }): WrittenCell => ({ value: title, style: 'header' })),
        ...table.rows.map(row => (row.length === 1 ? [{ value: row[0] ?? '', style: 'header' as const }] : row.map((value): WrittenCell => (typeof value === 'string' ? { value, style: 'text' } : { value })))),
        ...table.notes.map(note => [{ value: note, style: 'note' as const }]),
      ],
      merged: [
        ...above.slice(1).map((_, index) => ({ firstRow: index + 2, lastRow: index + 2, firstColumn: 1, lastColumn: width })),
        ...table.notes.map((_, index) => head + table.rows.length + 1 + index).map(row => ({ firstRow: row, lastRow: row, firstColumn: 1, lastColumn: width })),
      ],
    }],
  });
  ctx.progress(1, 1, table.title);
  return { fileName: `${table.title}.xlsx`, bytes };
}
