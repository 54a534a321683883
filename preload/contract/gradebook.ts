import { commentCalls } from './gradebook-comments.ts';
import { lockCalls } from './gradebook-locks.ts';
import { proofCalls } from './gradebook-proof.ts';
import { readingCalls } from './gradebook-readings.ts';
import { requestCalls } from './gradebook-requests.ts';
import { sealCalls } from './gradebook-seals.ts';
import { stepCalls } from './gradebook-steps.ts';
import { warningCalls } from './gradebook-warnings.ts';
import { markSheetCalls } from './mark-sheets.ts';

/** What surrounds the marks of a sheet: handing sheets out and taking them back, cells two people wrote, who is in a sheet,
 * its states and locks, requests after the lock, seals; the history of marks, second readings, warnings, comments. */
export const gradebook = {
  ...markSheetCalls,
  ...stepCalls,
  ...lockCalls,
  ...requestCalls,
  ...sealCalls,
  ...proofCalls,
  ...readingCalls,
  ...warningCalls,
  ...commentCalls,
};
