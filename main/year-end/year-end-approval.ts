import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ApproveOutcome, ApprovalView, ResultDifference } from '../../preload/contract/year-end-steps.ts';
import type { yearEnd } from '../../preload/contract/year-end.ts';
import { cancelRecord, insertRecord } from '../../db/records.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';
import type { ApprovalStage, YearApprovalTable } from '../../db/schema/year-end.ts';
import { hasText, text } from '../../resources/language/language.ts';
import type { JobContext, WriteContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import { findClass, requireClass } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { countUndecided } from './decisions-service.ts';
import { isAsPrinted, printedClass, undecidedPrinted } from './printed-class.ts';
import { approvalsOfClass, lastJournalSeq, resultsOfClass, rollOversFrom, type ClassApprovals } from './year-end-store.ts';
import { assessClass, differs, resultValues, type ResultValues } from './year-results.ts';

type YearEnd = typeof yearEnd;

/** What the summer may still change after the year's results were approved. */
const summerColumns: ReadonlySet<string> = new Set<keyof ResultValues>([
  'learning_final', 'conduct_final', 'overall', 'completed_programme', 'promoted', 'promotion', 'flags',
]);
const recordColumns: ReadonlySet<string> = new Set(['id', 'version', 'device', 'created_at', 'updated_at', 'cancelled', 'computed_at']);

export function stageOf(approvals: ClassApprovals | undefined): ApprovalStage | null {
  if (approvals?.final) return 'final';
  return approvals?.year ? 'year' : null;
}

/** The columns in which a result would be other now than it was approved; all of them for a pupil who was not there then. */
export function changedSince(stage: ApprovalStage, stored: YearResultTable | undefined, fresh: ResultValues): (keyof ResultValues)[] {
  const columns = Object.keys(fresh) as (keyof ResultValues)[];
  return columns.filter(column => column !== 'flags' && (stage === 'final' || !summerColumns.has(column)) && stored?.[column] !== fresh[column]);
}

/** Approved results are frozen: a computation may file only what the summer changes, and after the final approval nothing. */
export function mayFile(stage: ApprovalStage | null, stored: YearResultTable | undefined, fresh: ResultValues): boolean {
  if (stage === null) return true;
  return stage === 'year' && changedSince(stage, stored, fresh).length === 0;
}

/** SHA-256 over the approved columns of a class's results, pupils in the order of their ids. */
export function resultsHash(stage: ApprovalStage, results: Iterable<YearResultTable>): string {
  const rows = [...results].sort((left, right) => (left.enrolment_id < right.enrolment_id ? -1 : 1))
    .map(row => Object.fromEntries(Object.entries(row).filter(([column]) => !recordColumns.has(column) && (stage === 'final' || !summerColumns.has(column)))));
  return hash('sha256', canonicalize(rows) ?? '');
}

export function approvalView(row: YearApprovalTable | undefined): ApprovalView | null {
  return row ? { by: row.approved_by, at: row.approved_at, journalSeq: row.journal_seq, hash: row.results_sha256 } : null;
}

/** Approves class by class: one that is not ready is told with its reason and holds up no other. */
export async function approve(ctx: JobContext, { year, classIds, stage }: CheckedInputOf<YearEnd['approve']>): Promise<ApproveOutcome> {
  if (schoolYear(ctx.db, year).state === 'closed') throw new AppError('yearEnd.yearClosed');
  const refused: ApproveOutcome['refused'] = [];
  for (const [index, classId] of classIds.entries()) {
    stopIfCancelled(ctx.signal);
    const found = findClass(ctx.db, classId);
    if (found?.year !== year) throw new AppError('classes.unknown');
    ctx.progress(index, classIds.length, found.name);
    try {
      ctx.write({ path: 'other', reason: null }, write => { approveClass(write, found, stage); });
    } catch (fault) {
      if (!(fault instanceof AppError)) throw fault;
      if (classIds.length === 1) throw fault;
      const { what, remedy } = toFailure(fault);
      refused.push({ className: found.name, why: what, remedy });
    }
    await new Promise(resolve => { setImmediate(resolve); });
  }
  ctx.progress(classIds.length, classIds.length, '');
  return { approved: classIds.length - refused.length, refused };
}

function approveClass(ctx: WriteContext, found: SchoolClassTable, stage: ApprovalStage): void {
  const approvals = approvalsOfClass(ctx.db, found.id);
  const name = found.name;
  if (approvals[stage]) throw new AppError('yearEnd.alreadyApproved', { params: { name } });
  const stored = resultsOfClass(ctx.db, found.id);
  const printed = isAsPrinted(ctx.db, found) ? printedClass(ctx.db, found) : null;
  const assessed = printed ? [] : assessClass(ctx.db, found.id);
  const fresh = printed?.map(({ values }) => values) ?? assessed.map(resultValues);
  if (fresh.length === 0) throw new AppError('yearEnd.nobodyHere', { params: { name } });
  const count = (is: (values: ResultValues) => boolean) => fresh.filter(is).length;
  const refuse = (code: string, among: number) => { if (among > 0) throw new AppError(code, { params: { name, count: among } }); };
  refuse('yearEnd.undecided', printed ? undecidedPrinted(printed) : countUndecided(ctx.db, found.id, assessed));
  if (stage === 'year') {
    refuse('yearEnd.stillMissing', count(values => values.promotion === 'incomplete'));
    refuse('yearEnd.notFiled', count(values => isOutOfDate(stored.get(values.enrolment_id), values)));
  } else {
    if (!approvals.year) throw new AppError('yearEnd.approveYearFirst', { params: { name } });
    refuse('yearEnd.differsFromApproved', count(values => changedSince('year', stored.get(values.enrolment_id), values).length > 0));
    refuse('yearEnd.stillWaiting', count(values => isWaiting(values)));
    refuse('yearEnd.notFiled', count(values => isOutOfDate(stored.get(values.enrolment_id), values)));
  }
  insertRecord(ctx.db, ctx.stamp, 'year_approval', {
    class_id: found.id, stage, approved_by: ctx.session.name || ctx.session.user, approved_at: ctx.stamp.at, journal_seq: lastJournalSeq(ctx.db),
    results_sha256: resultsHash(stage, stored.values()),
  });
  ctx.changed('yearEnd', found.id);
}

function isOutOfDate(stored: YearResultTable | undefined, fresh: ResultValues): boolean {
  return !stored || differs(stored, fresh);
}

/** Neither up nor staying: re-assessment, training, support or somebody's word is still to come. */
export function isWaiting({ promotion }: Pick<ResultValues, 'promotion'>): boolean {
  return promotion !== 'promoted' && promotion !== 'repeat';
}

/** Takes an approval back, with a reason, as long as nothing rests on it. */
export function withdraw(ctx: WriteContext, { classId, stage }: CheckedInputOf<YearEnd['withdraw']>): { withdrawn: boolean } {
  const found = requireClass(ctx.db, classId);
  if (schoolYear(ctx.db, found.year).state === 'closed') throw new AppError('yearEnd.yearClosed');
  const approvals = approvalsOfClass(ctx.db, classId);
  const row = approvals[stage];
  if (!row) throw new AppError('yearEnd.notApproved', { params: { name: found.name } });
  if (stage === 'year' && approvals.final) throw new AppError('yearEnd.withdrawFinalFirst', { params: { name: found.name } });
  if (rollOversFrom(ctx.db, found.year).some(({ state }) => state === 'applied')) throw new AppError('yearEnd.rolledOver');
  cancelRecord(ctx.db, ctx.stamp, 'year_approval', row.id, row.version);
  ctx.changed('yearEnd', classId);
  return { withdrawn: true };
}

/** What would be other than approved, in words. */
export function differenceWords(
  pupil: { enrolmentId: string; name: string; className: string }, stage: ApprovalStage, stored: YearResultTable | undefined, fresh: ResultValues,
): ResultDifference[] {
  if (!stored) return [{ ...pupil, field: text('yearEnd.difference.newPupil'), approved: '–', now: valueWord('promotion', fresh.promotion) }];
  return changedSince(stage, stored, fresh).map(column => ({
    ...pupil, field: text(`yearEnd.difference.${column}`), approved: valueWord(column, stored[column]), now: valueWord(column, fresh[column]),
  }));
}

function valueWord(column: keyof ResultValues, value: string | number | null): string {
  if (value === null) return '–';
  if (column.startsWith('average') && typeof value === 'number') return `${Math.trunc(value / 10)},${value % 10}`;
  const key = column === 'promotion' || column === 'promotion_year' ? `yearEnd.promotion.${value}` : `yearEnd.level.${value}`;
  return hasText(key) ? text(key) : String(value);
}
