import type { attendance, AttendanceRow } from '../../preload/contract/attendance.ts';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import { logExport, traceLine } from '../accounts/export-trace.ts';
import type { JobContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { printList } from '../kit/print/list-document.ts';
import { classesOf } from '../school/school-class-store.ts';
import { theSchool } from '../school/school-store.ts';
import { month } from './attendance-service.ts';

/** The roll of a month as the class register has it: 31 days, total, with leave (P), without (K). */
export async function printMonth(ctx: JobContext, input: CheckedInputOf<(typeof attendance)['printMonth']>): Promise<PdfFile> {
  const sheet = month(ctx, input);
  ctx.progress(0, 1, sheet.className);
  const school = theSchool(ctx.db);
  const homeroom = classesOf(ctx.db, sheet.year).find(found => found.id === sheet.classId)?.homeroom ?? '';
  const dayNumbers = Array.from({ length: 31 }, (_, index) => index + 1);
  const now = ctx.services.clock();
  const [year, number] = sheet.month.split('-');
  const title = text('attendance.print.title', { month: Number(number), year: year ?? '' });
  const how = text('classes.signHow');
  const paper = await printList(await ctx.services.printer(), {
    school: { authority: school.superior, name: school.name }, motto: false, title,
    subtitle: [text('attendance.print.subtitle', { name: sheet.className, year: sheet.year, homeroom })], landscape: true,
    columns: [
      { title: text('classes.column.number'), align: 'center' }, { title: text('classes.column.name'), align: 'left' },
      ...dayNumbers.map(day => ({ title: String(day), align: 'center' as const })),
      ...['total', 'excused', 'unexcused'].map(column => ({ title: text(`attendance.print.${column}`), align: 'center' as const })),
    ],
    rows: sheet.rows.map(row => [
      String(row.order), row.name, ...dayNumbers.map(day => dayWords(row, sheet.plan.sessions, `${sheet.month}-${String(day).padStart(2, '0')}`)),
      ...[row.month.excused + row.month.unexcused, row.month.excused, row.month.unexcused].map(count => (count === 0 ? '' : String(count))),
    ]),
    notes: [text(sheet.plan.sessions === 1 ? 'attendance.print.legendOne' : 'attendance.print.legendTwo')],
    place: school.commune, date: vietnamDay(now),
    signatures: [{ title: text('classes.signHomeroom'), how, name: homeroom }, { title: text('classes.signPrincipal'), how, name: '' }],
    foot: traceLine(ctx),
  }, now);
  ctx.progress(1, 1, sheet.className);
  const fileName = `${title} ${sheet.className}.pdf`;
  ctx.write({ path: 'other', reason: null }, tx => { logExport(tx, { what: 'attendanceMonth', fileName, count: sheet.rows.length, purpose: '' }); });
  return { fileName, bytes: paper.pdf, pages: paper.pages };
}

/** "P", "K"; in a class with two sessions both, morning first, a dash for the one attended: "P–". */
function dayWords(row: AttendanceRow, sessions: 1 | 2, date: string): string {
  const ofDay = row.absences.filter(absence => absence.date === date);
  if (ofDay.length === 0) return '';
  const letter = (absence: AttendanceRow['absences'][number] | undefined) => (absence === undefined ? '–' : text(`attendance.letter.${absence.kind}`));
  if (sessions === 1) return letter(ofDay[0]);
  return letter(ofDay.find(absence => absence.session === 'am')) + letter(ofDay.find(absence => absence.session === 'pm'));
}
