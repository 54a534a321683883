import type { ChangeContext } from '../../db/journal.ts';
import type { JobContext, WriteContext } from './context.ts';
import { stopIfCancelled } from './job-runner.ts';

/** How many a transaction takes on: a few hundredths of a second. */
const PART = 50;

/**
 * Writes many of a kind without holding up anybody else: some at a time, each part in a transaction of its own, other calls in between. A refusal
 * undoes its part and ends the work; a stop ends it between two parts. What was done before stays done. Answers what `change` answered, in order.
 * @throws AppError `jobs.cancelled`
 */
export async function inParts<Item, Answer>(
  ctx: JobContext, context: Pick<ChangeContext, 'path' | 'reason'>, items: readonly Item[], change: (write: WriteContext, part: readonly Item[]) => Answer[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let done = 0; done < items.length; done += PART) {
    ctx.progress(done, items.length, '');
    stopIfCancelled(ctx.signal);
    answers.push(...ctx.write(context, write => change(write, items.slice(done, done + PART))));
    await new Promise(resolve => { setImmediate(resolve); });
  }
  ctx.progress(items.length, items.length, '');
  return answers;
}
