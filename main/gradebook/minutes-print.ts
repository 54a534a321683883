import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { requestCalls } from '../../preload/contract/gradebook-requests.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { requireSheet, subjectName, termName } from '../grades/grades-service.ts';
import { vietnamDay, whenText } from '../kit/display.ts';
import { printList, type ListDocument } from '../kit/print/list-document.ts';
import { theSchool } from '../school/school-store.ts';
import { requestCells, requireRequest } from './change-requests.ts';
import type { RequestRow } from './request-store.ts';

/** "Biên bản sửa điểm": who asked what, why, with which evidence, what was said to it and decided, with room to sign. */
export async function printMinutes(ctx: JobContext, { requestId }: CheckedInputOf<(typeof requestCalls)['printMinutes']>): Promise<PdfFile> {
  const row = requireRequest(ctx.db, ctx.session, requestId);
  ctx.progress(0, 1, row.class_name);
  const printer = await ctx.services.printer();
  const now = ctx.services.clock();
  const paper = await printList(printer, minutesDocument(ctx, row, now), now);
  ctx.progress(1, 1, row.class_name);
  return { fileName: `${text('gradebook.minutes.file', { class: row.class_name, subject: subjectName(row.subject, row.grade) })}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

function minutesDocument({ db }: Pick<JobContext, 'db'>, row: RequestRow, now: Date): ListDocument {
  const school = theSchool(db);
  const sheet = requireSheet(db, row.sheet_id);
  const cells = requestCells(db, row);
  const how = text('gradebook.minutes.how');
  const titles = ['order', 'name', 'code', 'column', 'before', 'after'] as const;
  const said = (who: string | null, at: string | null, what: string, note: string | null) =>
    text('gradebook.minutes.said', { who: who ?? '', at: at === null ? '' : whenText(at), what, note: note === null ? '' : `: ${note}` });
  return {
    school: { authority: school.superior, name: school.name }, motto: true,
    title: text('gradebook.minutes.title'),
    subtitle: [text('gradebook.minutes.subject', { subject: subjectName(row.subject, row.grade), class: row.class_name, term: termName(sheet), year: sheet.year.replace('-', ' – ') })],
    landscape: false,
    columns: titles.map(title => ({ title: text(`gradebook.minutes.column.${title}`), align: title === 'name' ? 'left' as const : 'center' as const })),
    rows: cells.map((cell, index) => [String(index + 1), cell.name, cell.code, cell.title, cell.before ?? text('gradebook.minutes.empty'), cell.after ?? text('gradebook.minutes.empty')]),
    notes: [
      text('gradebook.minutes.asked', { who: row.asked_name, at: whenText(row.created_at) }),
      text('gradebook.minutes.reason', { reason: row.reason }),
      text('gradebook.minutes.evidence', { name: row.evidence_name ?? text('gradebook.minutes.noEvidence') }),
      row.opinion === null ? text('gradebook.minutes.noOpinion') : `${text('gradebook.minutes.homeroom')} ${said(row.opinion_by, row.opinion_at, text(`gradebook.opinion.${row.opinion}`), row.opinion_note)}`,
      row.state === 'waiting' ? text('gradebook.minutes.waiting') : `${text('gradebook.minutes.decision')} ${said(row.decided_by, row.decided_at, text(`gradebook.request.${row.state}`), row.decision_note)}`,
      row.state === 'approved' ? text('gradebook.minutes.corrections', { count: cells.length }) : text('gradebook.minutes.unchanged'),
    ],
    place: school.commune.replace(/^(Xã|Phường|Đặc khu)\s+/u, ''), date: vietnamDay(row.decided_at ?? now),
    signatures: [
      { title: text('gradebook.minutes.teacher'), how, name: row.asked_name }, { title: text('gradebook.minutes.homeroomSign'), how, name: row.opinion_by ?? '' },
      { title: text('gradebook.minutes.principal'), how, name: row.state === 'approved' || row.state === 'refused' ? row.decided_by ?? '' : '' },
    ],
  };
}
