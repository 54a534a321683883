import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { MarkProof, proofCalls } from '../../preload/contract/gradebook-proof.ts';
import { walkChain, type ChainVerdict } from '../../db/journal-chain.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { requireSheet } from '../grades/grades-service.ts';
import { dateText, momentText } from '../kit/display.ts';
import { printList } from '../kit/print/list-document.ts';
import { theSchool } from '../school/school-store.ts';
import { proofOf, sheetProof, stepFacts, subjectProofs } from './proof-service.ts';

type Calls = typeof proofCalls;

/** A paper says more than a screen: the whole journal is walked first. Others get their turn between its parts. */
export async function walkWholeChain(ctx: Pick<JobContext, 'db' | 'signal' | 'progress'>): Promise<ChainVerdict> {
  const total = countRows(ctx.db);
  const walk = walkChain(ctx.db);
  for (;;) {
    const step = walk.next();
    if (step.done === true) return step.value;
    stopIfCancelled(ctx.signal);
    ctx.progress(step.value, total, text('gradebook.proof.walking'));
    await new Promise(resolve => { setImmediate(resolve); });
  }
}

function countRows(db: ReadHandle): number {
  return db.runPrepared<{ last: number | null }>('select max(seq) as last from journal', [])[0]?.last ?? 0;
}

export async function printMarkProof(ctx: JobContext, input: CheckedInputOf<Calls['printMarkProof']>): Promise<PdfFile> {
  const sheet = requireSheet(ctx.db, input.sheetId);
  const journal = await walkWholeChain(ctx);
  return printProofs(ctx, [proofOf(ctx.db, sheet, input.enrolmentId, input.column, stepFacts(ctx.db), journal)]);
}

export async function printSubjectProof(ctx: JobContext, input: CheckedInputOf<Calls['printSubjectProof']>): Promise<PdfFile> {
  return printProofs(ctx, subjectProofs(ctx.db, input.enrolmentId, input.subject, await walkWholeChain(ctx)));
}

/** One paper, one mark to a page. */
export async function printProofs({ db, services }: Pick<JobContext, 'db' | 'services'>, proofs: readonly MarkProof[]): Promise<PdfFile> {
  const school = theSchool(db);
  const now = services.clock();
  const first = proofs[0];
  const title = text('gradebook.proof.fileTitle', { name: first?.pupil.name ?? '', subject: first?.subjectName ?? '', column: proofs.length === 1 ? first?.columnTitle ?? '' : '' }).trim();
  const printer = await services.printer();
  const paper = await printer.print({
    template: 'mark-history',
    data: {
      title, school: { authority: school.superior, name: school.name }, printed: text('gradebook.proof.printed', { at: momentText(now.toISOString()), device: services.device }),
      proofs: proofs.map(pageOf),
    },
    timestamp: now,
  });
  return { fileName: `${title}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

/** What the template shows of one mark; every text ready for paper. */
function pageOf(proof: MarkProof) {
  const fact = (key: string, value: string) => ({ name: text(`gradebook.proof.fact.${key}`), value: value === '' ? '–' : value });
  const { verdict } = proof;
  const end = (key: string, row: { seq: number; hash: string } | null) => (row === null ? [] : [{ name: text(`gradebook.proof.${key}`, { seq: row.seq }), value: row.hash }]);
  return {
    subtitle: text('gradebook.proof.subtitle', { subject: proof.subjectName, className: proof.className, term: lowered(proof.termName), year: proof.year }),
    facts: [
      fact('pupil', proof.pupil.name), fact('birth', dateText(proof.pupil.birth)), fact('code', proof.pupil.code), fact('class', proof.className),
      fact('subject', proof.subjectName), fact('column', proof.columnTitle), fact('teacher', proof.teacher ?? ''), fact('term', proof.termName),
    ],
    now: proof.current === null ? text('gradebook.proof.nowEmpty') : text('gradebook.proof.now', { value: proof.current }),
    summary: proof.summary,
    steps: proof.steps.map(({ number, sentence, sign, seq, hash, isIntact }) => ({
      number, sentence, seq, hash,
      mark: isIntact ? (sign === 'deleted' || sign === 'retyped' ? text(`gradebook.proof.sign.${sign}`) : null) : text('gradebook.proof.brokenStep'),
    })),
    verdict: verdict.words,
    chain: [
      ...end('firstHash', verdict.first), ...end('lastHash', verdict.last),
      ...end('headHash', verdict.journal === null ? null : { seq: verdict.journal.rows, hash: verdict.journal.hash }),
    ],
    howToCheck: verdict.howToCheck,
  };
}

/** All cells of a sheet that were changed after they were first written, on a plain list. */
export async function printSheetProof(ctx: JobContext, { sheetId }: CheckedInputOf<Calls['printSheetProof']>): Promise<PdfFile> {
  const journal = await walkWholeChain(ctx);
  const proof = sheetProof(ctx, { sheetId });
  const school = theSchool(ctx.db);
  const now = ctx.services.clock();
  const empty = text('gradebook.proof.empty');
  const title = text('gradebook.proof.sheetTitle', { subject: proof.subjectName, className: proof.className });
  const isIntact = proof.isIntact && journal.firstBroken === null;
  const paper = await printList(await ctx.services.printer(), {
    school: { authority: school.superior, name: school.name }, motto: true, title, landscape: false,
    subtitle: [text('gradebook.proof.subtitle', { subject: proof.subjectName, className: proof.className, term: lowered(proof.termName), year: proof.year }), text('gradebook.proof.sheetCounts', proof.counts)],
    columns: (['order', 'pupil', 'column', 'values', 'last'] as const).map(column => ({ title: text(`gradebook.proof.sheetColumn.${column}`), align: column === 'order' ? 'center' : 'left' })),
    rows: proof.cells.map(cell => [
      String(cell.order), cell.name, cell.columnTitle,
      cell.values.map(value => value ?? empty).join(' → ') + (cell.isDeletedAndRetyped ? ` (${text('gradebook.proof.sign.retyped').toLowerCase()})` : ''),
      [`${momentText(cell.lastAt)}, ${cell.lastBy}`, cell.reason === null ? '' : text('gradebook.proof.because', { reason: cell.reason })].filter(part => part !== '').join('. '),
    ]),
    notes: [
      ...proof.steps.map(step => `${step.number}. ${step.sentence}`),
      text(`gradebook.proof.verdict.${isIntact ? 'intact' : 'broken'}`, { rows: journal.rows, broken: journal.firstBroken ?? 0 }),
      text('gradebook.proof.headHash', { seq: journal.rows }) + `: ${journal.hash}`,
      text('gradebook.proof.howToCheckSheet'),
    ],
    place: '', date: null, signatures: [],
  }, now);
  return { fileName: `${title}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

/** Within a sentence: "học kì 1". */
const lowered = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);
