import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { classes } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { logExport, traceLine } from '../accounts/export-trace.ts';
import type { JobContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { printList } from '../kit/print/list-document.ts';
import { letterhead } from '../school/letterhead.ts';
import { sightsOf } from '../students/pupil-access.ts';
import { fieldOf } from '../students/pupil-fields.ts';
import { listStudentsWith } from '../students/students-store.ts';
import { classCards } from './classes-service.ts';
import { findClass } from '../school/school-class-store.ts';

/** The class list as the office pins it up: no marks, no identity numbers, no phones; ethnic group and address for those who keep the records. */
export async function printClassList(ctx: JobContext, { classId }: CheckedInputOf<(typeof classes)['printList']>): Promise<PdfFile> {
  const found = findClass(ctx.db, classId);
  const card = found && classCards(ctx.db, found.year, classId)[0];
  if (!found || !card) throw new AppError('classes.unknown');
  ctx.progress(0, 1, found.name);
  const head = letterhead(ctx.db);
  const now = ctx.services.clock();
  const isWide = sightsOf(ctx.db, ctx.session)({ class_id: classId }) !== 'class';
  const pupils = listStudentsWith(ctx.db, { year: found.year, classId }, [fieldOf('address')]);
  const rows = pupils.map(({ row: pupil, values }, index) => [
    String(index + 1), pupil.name, dateText(pupil.birth), text(`students.sex.${pupil.sex}`), ...(isWide ? [pupil.ethnicGroup, values['address'] ?? ''] : []),
    pupil.status === 'studying' ? '' : text(`students.status.${pupil.status}`),
  ]);
  const printer = await ctx.services.printer();
  const how = text('classes.signHow');
  const paper = await printList(printer, {
    school: { authority: head.authority, name: head.name }, motto: true,
    title: text('classes.listTitle', { name: found.name }),
    subtitle: [text('classes.listYear', { year: found.year }), text('classes.listHomeroom', { name: card.homeroom ?? '…' })],
    landscape: false,
    columns: ['number', 'name', 'birth', 'sex', ...(isWide ? ['ethnic', 'address'] : []), 'note']
      .map(column => ({ title: text(`classes.column.${column}`), align: ['name', 'address', 'note'].includes(column) ? 'left' : 'center' })),
    rows,
    notes: [text('classes.listTotal', { pupils: card.pupils, female: card.female })],
    place: head.place, date: vietnamDay(now),
    signatures: [{ title: text('classes.signHomeroom'), how, name: card.homeroom ?? '' }, { title: head.signTitle, how, name: head.signer }],
    foot: traceLine(ctx),
  }, now);
  ctx.progress(1, 1, found.name);
  const fileName = `${text('classes.listTitle', { name: found.name })}.pdf`;
  ctx.write({ path: 'other', reason: null }, tx => { logExport(tx, { what: 'classList', fileName, count: rows.length, purpose: '' }); });
  return { fileName, bytes: paper.pdf, pages: paper.pages };
}
