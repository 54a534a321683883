import { askChange, decideRequest, evidence, giveOpinion, requests, withdrawRequest } from './change-requests.ts';
import { addLockRule, calendar, lockRules, saveCalendarEntry, withdrawLockRule } from './lock-rules.ts';
import { printMinutes } from './minutes-print.ts';
import { printRegister } from './register-print.ts';
import { stepMany } from './sheet-bulk.ts';
import { seals, verifySeal } from './sheet-seals.ts';
import { step, workflow } from './sheet-steps.ts';

/** States, locks and calendar, requests after the lock, seals. */
export const bookHandlers = {
  workflow, step, stepMany, lockRules, addLockRule, withdrawLockRule, calendar, saveCalendarEntry,
  requests, askChange, giveOpinion, decideRequest, withdrawRequest, evidence, printMinutes, seals, verifySeal, printRegister,
};
