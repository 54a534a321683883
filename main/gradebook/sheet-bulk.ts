import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { BulkOutcome, stepCalls } from '../../preload/contract/gradebook-steps.ts';
import type { SheetState } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, WriteContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import { sheetsWithProgress, type SheetProgress } from '../grades/grades-store.ts';
import { stateAt } from '../grades/mark-locks.ts';
import { toFailure } from '../kit/errors.ts';
import { step } from './sheet-steps.ts';

type Choice = CheckedInputOf<(typeof stepCalls)['stepMany']>;

const reached: Record<Choice['to'], readonly SheetState[]> = {
  submitted: ['submitted', 'checked', 'locked'], checked: ['checked', 'locked'], locked: ['locked'],
};

/** One transaction for each class: a stop in the middle leaves whole classes done, and other work gets its turn between two. */
export async function stepMany(ctx: JobContext, choice: Choice): Promise<{ done: number; unchanged: number; refused: number; outcomes: BulkOutcome[] }> {
  const sheets = sheetsWithProgress(ctx.db, choice.year, choice.classId).filter(sheet =>
    (choice.grade === undefined || sheet.grade === choice.grade) && (choice.subject === undefined || sheet.subject === choice.subject)
    && (choice.term === undefined || sheet.term === choice.term) && (choice.point === undefined || isAt(sheet, choice.point)));
  const outcomes: BulkOutcome[] = [];
  for (const ofClass of Map.groupBy(sheets, sheet => sheet.class_id).values()) {
    stopIfCancelled(ctx.signal);
    ctx.progress(outcomes.length, sheets.length, ofClass[0]?.class_name ?? '');
    outcomes.push(...ctx.write({ path: 'typed', reason: choice.reason ?? null }, write => ofClass.map(sheet => stepOne(write, sheet, choice))));
    await new Promise(resolve => { setImmediate(resolve); });
  }
  ctx.progress(sheets.length, sheets.length, '');
  const count = (outcome: BulkOutcome['outcome']) => outcomes.filter(one => one.outcome === outcome).length;
  return { done: count('done'), unchanged: count('unchanged'), refused: count('refused'), outcomes };
}

function isAt({ kind, term }: SheetProgress, point: number): boolean {
  return kind === 'primary' || kind === 'traits' ? term === point : term === (point <= 2 ? 1 : 2);
}

function stepOne(ctx: WriteContext, sheet: SheetProgress, { to, reason, leaveOutDrafts }: Choice): BulkOutcome {
  const state = stateAt(sheet, ctx.stamp.at);
  const facts = {
    sheetId: sheet.id, className: sheet.class_name, subjectName: subjectName(sheet.subject, sheet.grade), term: sheet.term,
    missing: Math.max(0, sheet.pupils * columnsOf(sheet).length - sheet.filled),
  };
  if (reached[to].includes(state)) return { ...facts, outcome: 'unchanged', state, why: null };
  try {
    // A step is refused before it writes anything: what the others of the class did stands.
    return { ...facts, outcome: 'done', state: step(ctx, { sheetId: sheet.id, to, leaveOutDrafts, ...(reason === undefined ? {} : { reason }) }).state, why: null };
  } catch (fault) {
    const failure = toFailure(fault);
    return { ...facts, outcome: 'refused', state, why: failure.code === 'unexpected' ? text('errors.unexpected.heading') : failure.what };
  }
}
