import type { ProofStep } from '../../preload/contract/gradebook-proof.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { markText } from '../grades/grades-rules.ts';
import { journalOf } from './proof-store.ts';
import { sheetStep, type JournalStep, type StepFacts } from './proof-steps.ts';
import { sealCode } from './seal-content.ts';

/** The sheet's own steps: what changed its state. A row that changed something else of it is left out. */
export function sheetSteps(steps: readonly JournalStep[], facts: StepFacts): ProofStep[] {
  return steps.flatMap(step => {
    const before = fieldOf(step.row.before, 'state');
    const after = fieldOf(step.row.after, 'state');
    if (before === null || after === null || before === after) return [];
    const key = `gradebook.proof.state.${before}To${after[0]?.toUpperCase() ?? ''}${after.slice(1)}`;
    return [sheetStep(step, hasText(key) ? text(key) : text(`gradebook.proof.state.${after}`), facts)];
  });
}

/** Each time the sheet was sealed. */
export function sealSteps(db: ReadHandle, sheetId: string, facts: StepFacts): ProofStep[] {
  const ids = db.all(sql.selectFrom('sheet_seal').select('id').where('sheet_id', '=', sheetId)).map(row => row.id);
  return journalOf(db, 'sheet_seal', ids).filter(step => step.row.event === 'NEW')
    .map(step => sheetStep(step, text('gradebook.proof.seal', { code: sealCode(fieldOf(step.row.after, 'hash') ?? '') }), facts));
}

/** Requests to change this very cell: asked, what the homeroom teacher said, how the principal decided. */
export function requestSteps(db: ReadHandle, sheetId: string, cell: { enrolmentId: string; column: MarkColumn }, facts: StepFacts): ProofStep[] {
  const asked = db.all(sql.selectFrom('change_request_cell').innerJoin('change_request', 'change_request.id', 'change_request_cell.request_id')
    .where('change_request.sheet_id', '=', sheetId).where('change_request_cell.enrolment_id', '=', cell.enrolmentId).where('change_request_cell.col', '=', cell.column)
    .select(['change_request.id', 'change_request.reason', 'change_request_cell.before', 'change_request_cell.after']));
  const byId = new Map(asked.map(row => [row.id, row]));
  return journalOf(db, 'change_request', [...byId.keys()]).flatMap(step => {
    const request = byId.get(step.row.row_id);
    const told = request && requestAct(step, request);
    return told === undefined ? [] : [sheetStep(step, told.act, facts, told.reason)];
  });
}

function requestAct(step: JournalStep, request: { reason: string; before: string; after: string }): { act: string; reason: string | null } | undefined {
  const word = (json: string) => markText(JSON.parse(json) as MarkValue) ?? text('gradebook.proof.empty');
  if (step.row.event === 'NEW') return { act: text('gradebook.proof.request.asked', { before: word(request.before), after: word(request.after) }), reason: request.reason };
  const changed = (field: string) => (fieldOf(step.row.after, field) === fieldOf(step.row.before, field) ? null : fieldOf(step.row.after, field));
  const opinion = changed('opinion');
  if (opinion !== null) return { act: text(`gradebook.proof.request.${opinion}`), reason: fieldOf(step.row.after, 'opinion_note') };
  const state = changed('state');
  return state === null ? undefined : { act: text(`gradebook.proof.request.${state}`), reason: fieldOf(step.row.after, 'decision_note') };
}

function fieldOf(image: string | null, field: string): string | null {
  const value = image === null ? null : (JSON.parse(image) as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : null;
}
