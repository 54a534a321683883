import type { NextStep } from '../../preload/contract/gradebook-steps.ts';
import type { SheetState } from '../../preload/contract/grades.ts';

/** What somebody is to a sheet. One person may be several: a teacher submits and, as homeroom teacher of the class, checks his own sheet. */
export interface SheetPart {
  isTeacher: boolean;
  isHomeroom: boolean;
  isPrincipal: boolean;
}

/** Who takes a step, by TT 22/2021 Đ18–20: the teacher of the subject enters, the homeroom teacher checks, the principal confirms and locks. */
type Taker = 'teacher' | 'homeroom' | 'principal';

interface Step {
  act: NextStep['act'];
  takers: readonly Taker[];
  needsReason: boolean;
  skips: readonly SheetState[];
}

const step = (act: Step['act'], takers: Step['takers'], needsReason = false, skips: Step['skips'] = []): Step => ({ act, takers, needsReason, skips });

/**
 * Every step there is. The principal answers for the register and may stand in for anybody; what he passes over is written down with the step.
 * Only he leads a locked sheet back, to `reopened` and never to `open`: it stays known which cells, why and until when.
 */
const steps: Partial<Record<`${SheetState}>${SheetState}`, Step>> = {
  'open>submitted': step('submit', ['teacher', 'principal']),
  'open>checked': step('check', ['principal'], false, ['submitted']),
  'open>locked': step('lock', ['principal'], false, ['submitted', 'checked']),
  'submitted>open': step('return', ['teacher', 'homeroom', 'principal'], true),
  'submitted>checked': step('check', ['homeroom', 'principal']),
  'submitted>locked': step('lock', ['principal'], false, ['checked']),
  'checked>open': step('return', ['homeroom', 'principal'], true),
  'checked>locked': step('lock', ['principal']),
  'locked>reopened': step('reopen', ['principal'], true),
  'reopened>reopened': step('reopen', ['principal'], true),
  'reopened>locked': step('relock', ['principal']),
};

const refusals: Record<NextStep['act'], string> = {
  submit: 'gradebook.teacherOnly', withdraw: 'gradebook.teacherOnly', check: 'gradebook.homeroomOnly', return: 'gradebook.homeroomOnly',
  lock: 'gradebook.principalOnly', reopen: 'gradebook.principalOnly', relock: 'gradebook.principalOnly',
};

function isTaker(part: SheetPart, taker: Taker): boolean {
  if (taker === 'teacher') return part.isTeacher;
  return taker === 'homeroom' ? part.isHomeroom : part.isPrincipal;
}

export type StepVerdict = { may: true; step: NextStep } | { may: false; code: string };

/** Whether somebody may lead a sheet from one state to another, or why not (an error code). Pure; times and missing marks are no part of it. */
export function maySheetStep(part: SheetPart, from: SheetState, to: SheetState): StepVerdict {
  const found = steps[`${from}>${to}`];
  if (!found) return { may: false, code: 'gradebook.noStep' };
  const taker = found.takers.find(one => isTaker(part, one));
  // To the homeroom teacher a sheet that nobody submitted has nothing to check yet.
  if (taker === undefined) return { may: false, code: found.act === 'check' && part.isHomeroom ? 'gradebook.noStep' : refusals[found.act] };
  // His own sheet, not checked yet: taking it back needs nobody's pardon.
  const isWithdrawn = from === 'submitted' && to === 'open' && taker === 'teacher';
  return { may: true, step: { to, act: isWithdrawn ? 'withdraw' : found.act, needsReason: found.needsReason && !isWithdrawn, skips: [...found.skips] } };
}

const states: readonly SheetState[] = ['submitted', 'checked', 'locked', 'reopened', 'open'];

/** The steps somebody may take from a state, the usual one first. Passing over a step comes after the usual ones. */
export function nextSteps(part: SheetPart, from: SheetState): NextStep[] {
  return states.flatMap(to => {
    const verdict = maySheetStep(part, from, to);
    return verdict.may ? [verdict.step] : [];
  }).toSorted((left, right) => left.skips.length - right.skips.length);
}
