import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { imports } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { printList } from '../kit/print/list-document.ts';
import { theSchool } from '../school/school-store.ts';
import { open, planImport } from './imports-service.ts';

/** The program's pupils beside the sector database's: only there, only here, and field by field what differs and which side is taken. */
export async function printComparison(ctx: JobContext, input: CheckedInputOf<(typeof imports)['printComparison']>): Promise<PdfFile> {
  const now = ctx.services.clock();
  const plan = planImport(ctx.db, await open(ctx, input), 'pupils', input.fileName, { session: ctx.session, settle: new Map(), sheetId: undefined, now: now.toISOString() });
  const taken = new Set(input.take ?? []);
  const rows = [
    ...plan.items.filter(item => item.outcome === 'created').map(item => [item.title, text('imports.compare.onlyThere'), '', '', '']),
    ...(plan.absent ?? []).map(pupil => [`${pupil.name} · ${pupil.className}`, text('imports.compare.onlyHere'), '', '', '']),
    ...plan.items.filter(item => item.outcome === 'updated').flatMap(item => item.changes.map(change => [
      item.title, change.field, shown(change.before), shown(change.after), text(taken.has(`${item.row}/${change.key ?? ''}`) ? 'imports.compare.takeThere' : 'imports.compare.keepHere'),
    ])),
  ];
  const school = theSchool(ctx.db);
  const paper = await printList(await ctx.services.printer(), {
    school: { authority: school.superior, name: school.name }, motto: false, title: text('imports.compare.title'), subtitle: [input.fileName], landscape: true,
    columns: (['pupil', 'field', 'here', 'there', 'choice'] as const).map(column => ({ title: text(`imports.compare.column.${column}`), align: 'left' })),
    rows, notes: [text('imports.compare.counts', { rows: plan.rows, different: plan.items.filter(item => item.outcome === 'updated').length })],
    place: school.commune, date: vietnamDay(now), signatures: [{ title: text('imports.compare.signer'), how: text('classes.signHow'), name: '' }],
  }, now);
  ctx.progress(3, 3, input.fileName);
  return { fileName: `${text('imports.compare.title')}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

const shown = (value: string | null): string => (value !== null && /^\d{4}-\d{2}(-\d{2})?$/.test(value) ? dateText(value) : value ?? '');
