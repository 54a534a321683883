import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { personalData } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { logExport, traceLine } from '../accounts/export-trace.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { printList } from '../kit/print/list-document.ts';
import { letterhead } from '../school/letterhead.ts';
import { findPerson } from '../students/students-store.ts';
import { keepingOf } from './holding-rules.ts';
import { recordsOfPerson } from './person-records.ts';
import { personLines, tableName } from './person-words.ts';

type PersonalData = typeof personalData;

/** What is held about a person, by kind of record, and what keeps it: told when somebody asks to have it erased. */
export function holding({ db }: ReadContext, { personId }: CheckedInputOf<PersonalData['holding']>): OutputOf<PersonalData['holding']> {
  if (!findPerson(db, personId)) throw new AppError('students.unknown');
  return { holding: recordsOfPerson(db, personId).map(({ table, rows }) => ({ table, title: tableName(table), rows: rows.length, keeping: keepingOf(table) })) };
}

/** Everything held about a person, to read and for machines. Written into the log of exports. */
export async function exportPerson(ctx: JobContext, { personId, purpose }: CheckedInputOf<PersonalData['exportPerson']>): Promise<OutputOf<PersonalData['exportPerson']>> {
  const person = findPerson(ctx.db, personId);
  if (!person) throw new AppError('students.unknown');
  ctx.progress(0, 2, person.name);
  const records = recordsOfPerson(ctx.db, personId);
  const lines = personLines(ctx.db, records);
  const head = letterhead(ctx.db);
  const now = ctx.services.clock();
  const count = records.reduce((sum, one) => sum + one.rows.length, 0);
  stopIfCancelled(ctx.signal);
  ctx.progress(1, 2, person.name);
  const title = text('personalData.paper.person');
  const paper = await printList(await ctx.services.printer(), {
    school: { authority: head.authority, name: head.name }, motto: true, title,
    subtitle: [text('personalData.paper.of', { name: person.name, birth: dateText(person.birth) }), text('personalData.paper.purpose', { purpose })],
    landscape: false,
    columns: (['number', 'kind', 'content', 'at'] as const).map(column => ({ title: text(`personalData.paper.column.${column}`), align: column === 'number' ? 'center' : 'left' })),
    rows: lines.map((line, index) => [String(index + 1), line.title, line.content, line.at]),
    notes: [text('personalData.paper.count', { count, kinds: records.length }), text('personalData.paper.machine')],
    place: head.place, date: vietnamDay(now),
    signatures: [{ title: head.signTitle, how: text('classes.signHow'), name: head.signer }], foot: traceLine(ctx, purpose),
  }, now);
  stopIfCancelled(ctx.signal);
  const fileName = `${title} ${person.name}`;
  const json = new TextEncoder().encode(`${JSON.stringify({ format: 'so-truong-person-data', version: 1, madeAt: now.toISOString(), school: head.name, purpose, records }, null, 2)}\n`);
  ctx.write({ path: 'other', reason: purpose }, tx => {
    logExport(tx, { what: 'personData', fileName: `${fileName}.pdf, ${fileName}.json`, count, purpose });
    tx.changed('personalData');
  });
  ctx.progress(2, 2, person.name);
  return { pdf: { fileName: `${fileName}.pdf`, bytes: paper.pdf, pages: paper.pages }, json: { fileName: `${fileName}.json`, bytes: json } };
}
