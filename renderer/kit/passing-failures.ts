import type { Failure } from '../../preload/contract/failure.ts';

const passing: ReadonlySet<string> = new Set(['connection.lost', 'connection.timeout', 'call.signInFirst', 'core.died']);

/** Whether the same call may well be taken a little later: nobody answered, the session ended, the program is starting anew. */
export function isPassing(failure: Failure): boolean {
  return passing.has(failure.code);
}
