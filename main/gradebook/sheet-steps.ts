import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { SheetScope, SheetStepView, SheetWorkflow, stepCalls } from '../../preload/contract/gradebook-steps.ts';
import type { SheetState } from '../../preload/contract/grades.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { requireSheet } from '../grades/grades-service.ts';
import { membersOf, type SheetWithClass } from '../grades/grades-store.ts';
import { stateAt } from '../grades/mark-locks.ts';
import { AppError } from '../kit/errors.ts';
import { unseenComments } from './comment-store.ts';
import { sealSheet } from './sheet-seals.ts';
import { maySheetStep, nextSteps } from './sheet-step-rules.ts';
import { missingIn, openingsOf, overdueSheets, partOf, stepsOf } from './sheet-step-store.ts';

type Steps = typeof stepCalls;
const LEAST_REASON = 3;

export function workflow({ db, session, services }: ReadContext, { sheetId }: CheckedInputOf<Steps['workflow']>): SheetWorkflow {
  const sheet = requireSheet(db, sheetId);
  const now = services.clock().toISOString();
  const state = stateAt(sheet, now);
  const steps: SheetStepView[] = stepsOf(db, sheetId).map(taken => ({
    from: taken.from_state, to: taken.to_state, at: taken.created_at, by: taken.actor_name, reason: taken.reason, until: taken.until, scope: taken.scope,
  }));
  // Over, and not written down yet: the history says so all the same.
  if (state !== sheet.state) steps.push({ from: 'reopened', to: 'locked', at: sheet.reopened_until ?? now, by: '', reason: null, until: null, scope: null });
  return {
    sheetId, state, reopenedUntil: state === 'reopened' ? sheet.reopened_until : null, missing: missingIn(db, sheet), unseen: unseenComments(db, sheetId), steps,
    next: sheet.year_state === 'closed' ? [] : nextSteps(partOf(db, session, sheet), state),
  };
}

/**
 * Leads a sheet one step on or back.
 * @throws AppError `grades.yearClosed`, the codes of {@link maySheetStep}, `gradebook.reasonNeeded`, `gradebook.untilNeeded`, `gradebook.scopeUnknown`,
 *   `gradebook.unseenComments` when submitting, `gradebook.unseenBeforeLock` when the principal checks or locks what nobody submitted
 */
export function step(ctx: WriteContext, input: CheckedInputOf<Steps['step']>): { state: SheetState; skipped: SheetState[] } {
  const { db, session, stamp } = ctx;
  lockOverdue(ctx);
  const sheet = requireSheet(db, input.sheetId);
  if (sheet.year_state === 'closed') throw new AppError('grades.yearClosed');
  const verdict = maySheetStep(partOf(db, session, sheet), sheet.state, input.to);
  if (!verdict.may) throw new AppError(verdict.code, { params: { from: text(`gradebook.state.${sheet.state}`), to: text(`gradebook.state.${input.to}`) } });
  const reason = input.reason ?? '';
  if (verdict.step.needsReason && reason.length < LEAST_REASON) throw new AppError('gradebook.reasonNeeded', { field: 'reason' });
  const leftOut = input.to === 'open' || input.to === 'reopened' ? 0 : draftsLeftOut(db, sheet.id, input);
  if (input.to === 'reopened') return reopen(ctx, sheet, { until: input.until ?? '', scope: input.scope ?? [], reason });
  const words = [reason, leftOut === 0 ? '' : text('gradebook.draftsLeftOut', { count: leftOut })].filter(part => part !== '').join(' · ');
  takeStep(ctx, sheet, { to: input.to, reason: words === '' ? null : words, actor: session.name, at: stamp.at, until: null, scope: null });
  if (input.to === 'locked') sealSheet(ctx, sheet.id, 'locked', session.name);
  return { state: input.to, skipped: verdict.step.skips };
}

/** A suggested comment that nobody has read must not become the school's word: the teacher reads it, or somebody above him leaves it out knowingly. */
function draftsLeftOut(db: ReadHandle, sheetId: string, { to, leaveOutDrafts }: CheckedInputOf<Steps['step']>): number {
  const count = unseenComments(db, sheetId);
  if (count === 0) return 0;
  if (to === 'submitted') throw new AppError('gradebook.unseenComments', { params: { count } });
  if (!leaveOutDrafts) throw new AppError('gradebook.unseenBeforeLock', { params: { count }, field: 'leaveOutDrafts' });
  return count;
}

interface Taken {
  to: SheetState;
  reason: string | null;
  actor: string;
  at: string;
  until: string | null;
  scope: string | null;
}

function takeStep({ db, session, stamp, changed }: WriteContext, sheet: SheetWithClass, taken: Taken): void {
  for (const opening of openingsOf(db, sheet.id)) cancelRecord(db, stamp, 'sheet_opening', opening.id, opening.version);
  updateRecord(db, stamp, 'grade_sheet', sheet.id, sheet.version, { state: taken.to, state_reason: taken.reason, reopened_until: taken.until });
  insertRecord(db, { ...stamp, at: taken.at }, 'sheet_step', {
    sheet_id: sheet.id, from_state: sheet.state, to_state: taken.to, actor: taken.actor === '' ? '' : session.user, actor_name: taken.actor,
    reason: taken.reason, until: taken.until, scope: taken.scope,
  });
  changed('grades', sheet.id);
  changed('gradebook', sheet.id);
}

/** Opens cells of a locked sheet, or all of it, until a time at which it locks again by itself. */
function reopen(ctx: WriteContext, sheet: SheetWithClass, wanted: { until: string; scope: SheetScope[]; reason: string }): { state: SheetState; skipped: SheetState[] } {
  const { db, session, stamp } = ctx;
  const until = wanted.until === '' ? '' : new Date(wanted.until).toISOString();
  if (until <= stamp.at) throw new AppError('gradebook.untilNeeded', { field: 'until' });
  const scope = wanted.scope.length === 0 ? [{ enrolmentId: null, column: null }] : wanted.scope;
  const words = wanted.scope.length === 0 ? null : scopeWords(db, sheet, scope);
  takeStep(ctx, sheet, { to: 'reopened', reason: wanted.reason, actor: session.name, at: stamp.at, until, scope: words });
  for (const { enrolmentId, column } of scope) {
    insertRecord(db, stamp, 'sheet_opening', { sheet_id: sheet.id, enrolment_id: enrolmentId, col: column, until, kind: 'reopened' });
  }
  return { state: 'reopened', skipped: [] };
}

/** @throws AppError `gradebook.scopeUnknown` for a pupil or column that is not in the sheet */
function scopeWords(db: ReadHandle, sheet: SheetWithClass, scope: readonly SheetScope[]): string {
  const names = new Map(membersOf(db, sheet.class_id).map(member => [member.enrolment_id, member.name]));
  const columns = new Set(columnsOf(sheet));
  return scope.map(({ enrolmentId, column }) => {
    const name = enrolmentId === null ? null : names.get(enrolmentId);
    if (name === undefined || (column !== null && !columns.has(column))) throw new AppError('gradebook.scopeUnknown', { field: 'scope' });
    const title = column === null ? '' : text(`grades.column.${column}`);
    if (name === null) return column === null ? text('gradebook.scopeAll') : text('gradebook.scopeColumn', { column: title });
    return column === null ? text('gradebook.scopeRow', { name }) : text('gradebook.scopeCell', { name, column: title });
  }).join('; ');
}

/**
 * Writes down which reopened sheets have locked by themselves, each at its own time, and seals them. The database refuses their cells from that
 * time on in any case: nothing depends on when this runs.
 */
export function lockOverdue(ctx: WriteContext): string[] {
  const overdue = overdueSheets(ctx.db, ctx.stamp.at);
  for (const id of overdue) {
    const sheet = requireSheet(ctx.db, id);
    takeStep(ctx, sheet, { to: 'locked', reason: null, actor: '', at: sheet.reopened_until ?? ctx.stamp.at, until: null, scope: null });
    sealSheet(ctx, id, 'locked', '');
  }
  return overdue;
}
