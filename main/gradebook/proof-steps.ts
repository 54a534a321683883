import type { ProofStep } from '../../preload/contract/gradebook-proof.ts';
import { chainHash, GENESIS_HASH } from '../../db/journal.ts';
import type { JournalTable } from '../../db/schema/schema.ts';
import { hasText, text } from '../../resources/language/language.ts';
import type { ActorNames } from '../accounts/actor-names.ts';
import { markText } from '../grades/grades-rules.ts';
import { valueOf, type MarkCell } from '../grades/grades-store.ts';
import { momentText } from '../kit/display.ts';

/** A journal row with the hash of the row before it, undefined where that row is gone. */
export interface JournalStep {
  row: JournalTable;
  previousHash: string | undefined;
}

/** What the words of a step need besides its row. */
export interface StepFacts {
  actors: ActorNames;
  /** Name of the file whose import wrote this row; null when none did. */
  fileOf(seq: number): string | null;
}

type Told = Pick<ProofStep, 'sentence' | 'before' | 'after' | 'sign'>;

/** Whether the row's hash follows from the row before it. */
export function isLinked({ row, previousHash }: JournalStep): boolean {
  const previous = row.seq === 1 ? GENESIS_HASH : previousHash;
  const { hash, ...chained } = row;
  return previous !== undefined && chainHash(previous, chained) === hash;
}

/** A cell in a journal image, as printed: "7,5", "0 theo quy định (không dự kiểm tra bù)"; null when empty. */
export function imageWords(image: string | null): string | null {
  if (image === null) return null;
  const value = valueOf(JSON.parse(image) as MarkCell);
  return value.state === 'zeroByRule' ? text('gradebook.proof.zero', { reason: value.reason }) : markText(value);
}

/** The steps of one mark in order, each as a sentence. Deleting, and typing where something was deleted, is told as such. */
export function markSteps(steps: readonly JournalStep[], facts: StepFacts): ProofStep[] {
  let deleted: string | null = null;
  return steps.map(step => {
    const before = imageWords(step.row.before);
    const after = imageWords(step.row.after);
    const told = tellMark(step.row, before, after, deleted, facts);
    if (before !== null && after === null) deleted = before;
    else if (after !== null) deleted = null;
    return { ...frame(step, 'mark', facts), ...told };
  });
}

function tellMark(row: JournalTable, before: string | null, after: string | null, deleted: string | null, facts: StepFacts): Told {
  const file = row.path === 'imported' ? facts.fileOf(row.seq) : null;
  const shared = { how: howWords(row.path), from: file === null ? '' : text('gradebook.proof.fromFile', { file }), before: before ?? '', after: after ?? '' };
  // An import gives the name of its file as the reason: said once is enough.
  const reason = row.reason === file ? null : row.reason;
  const say = (key: string, params: Record<string, string> = {}) => sentence({ ...row, reason }, facts, text(`gradebook.proof.mark.${key}`, { ...shared, ...params }));
  if (after === null) return before === null ? { sentence: say('stillEmpty'), before, after, sign: null } : { sentence: say('deleted'), before, after, sign: 'deleted' };
  if (before !== null) return { sentence: say('changed'), before, after, sign: 'changed' };
  if (deleted === null) return { sentence: say('first'), before, after, sign: null };
  return { sentence: say(deleted === after ? 'retypedSame' : 'retyped', { deleted }), before, after, sign: 'retyped' };
}

function howWords(path: string): string {
  const key = `gradebook.proof.how.${path}`;
  return text(hasText(key) ? key : 'gradebook.proof.how.other');
}

/** "12/10/2025 08:14:33, cô Lò Thị Mai (gvtoan1) gõ 7,5 trên máy PHONG-HOC-3. Lí do: …" */
function sentence(row: JournalTable, { actors }: StepFacts, act: string): string {
  const said = text('gradebook.proof.sentence', { at: momentText(row.at), actor: actors.full(row.actor), act, device: row.device });
  return row.reason === null || row.reason === '' ? said : `${said} ${text('gradebook.proof.because', { reason: row.reason })}`;
}

function frame(step: JournalStep, kind: ProofStep['kind'], { actors }: StepFacts): Omit<ProofStep, keyof Told> {
  const { row } = step;
  return {
    number: 0, kind, seq: row.seq, at: row.at, actor: row.actor, actorName: actors.name(row.actor), device: row.device, reason: row.reason,
    hash: row.hash, isIntact: isLinked(step),
  };
}

/** What happened to the sheet, told like the steps of the mark itself. `reason` stands in for the journal's, where a record has its own. */
export function sheetStep(step: JournalStep, act: string, facts: StepFacts, reason: string | null = step.row.reason): ProofStep {
  return { ...frame(step, 'sheet', facts), reason, sentence: sentence({ ...step.row, reason }, facts, act), before: null, after: null, sign: null };
}

/** Both kinds in the order of the journal, numbered as printed. */
export function numbered(...kinds: readonly ProofStep[][]): ProofStep[] {
  return kinds.flat().toSorted((left, right) => left.seq - right.seq).map((step, index) => ({ ...step, number: index + 1 }));
}
