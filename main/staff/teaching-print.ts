import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { staff } from '../../preload/contract/staff.ts';
import type { TeachingClass } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { printList } from '../kit/print/list-document.ts';
import { theSchool } from '../school/school-store.ts';
import { assignments } from './teaching-service.ts';

const columns = ['number', 'name', 'position', 'homeroom', 'posts', 'teaching', 'lessons', 'reduced', 'total'] as const;
const wide: readonly string[] = ['name', 'position', 'posts', 'teaching'];

/** "18,5" */
export function lessonsText(tenths: number): string {
  return String(tenths / 10).replace('.', ',');
}

/** The table of who teaches what, a line for everybody with lessons, a homeroom or a post. */
export async function printAssignments(ctx: JobContext, { year }: CheckedInputOf<(typeof staff)['printAssignments']>): Promise<PdfFile> {
  ctx.progress(0, 1, year);
  const view = assignments(ctx, { year });
  const names = new Map(view.subjects.map(one => [one.subject, one.short]));
  const lines = view.loads.filter(load => load.total > 0);
  const school = theSchool(ctx.db);
  const now = ctx.services.clock();
  const printer = await ctx.services.printer();
  const how = text('staff.print.how');
  const paper = await printList(printer, {
    school: { authority: school.superior, name: school.name }, motto: true,
    title: text('staff.print.title'), subtitle: [text('staff.print.year', { year }), text('staff.print.day', { day: dateText(view.day) })],
    landscape: true,
    columns: columns.map(column => ({ title: text(`staff.print.${column}`), align: wide.includes(column) ? 'left' : 'center' })),
    rows: lines.map((load, index) => [
      String(index + 1), load.name, load.position, load.homeroomOf.join(', '), load.posts.map(post => `${post.name} (${lessonsText(post.periods)})`).join('; '),
      taughtBy(load.staffId, view.classes, names), lessonsText(load.lessons), lessonsText(load.reduced), lessonsText(load.total),
    ]),
    notes: [text('staff.print.missing', { count: view.missing }), text(view.norms.isConfirmed ? 'staff.print.confirmed' : 'staff.print.proposed', { weeks: view.norms.weeks })],
    place: school.commune, date: vietnamDay(now),
    signatures: [{ title: text('staff.print.principal'), how, name: '' }],
  }, now);
  ctx.progress(1, 1, year);
  return { fileName: `${text('staff.print.title')} ${year}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

/** "Toán: 6A, 6B; Tin học: 7A" */
function taughtBy(staffId: string, classes: readonly TeachingClass[], names: ReadonlyMap<string, string>): string {
  const taught = classes.flatMap(found => found.cells.filter(cell => cell.staffId === staffId).map(cell => ({ subject: cell.subject, className: found.name })));
  return [...Map.groupBy(taught, one => one.subject)].map(([subject, all]) => `${names.get(subject) ?? subject}: ${all.map(one => one.className).join(', ')}`).join('; ');
}
