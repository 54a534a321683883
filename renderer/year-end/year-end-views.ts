import type { YearEndClass } from '../../preload/contract/year-end-steps.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { formatNumber, formatWhen } from '../kit/formats.ts';
import type { Step } from '../kit/Steps.tsx';

export const views = ['check', 'results', 'decisions', 'lists', 'approve', 'summer', 'final', 'next'] as const;
export type View = (typeof views)[number];

/** The steps of the year end with how far each is. */
export function stepsOf(overview: YearEndOverview, hasRolledOver: boolean): Step[] {
  const step = (id: View, state: Step['state'], note: string): Step => ({ id, title: text(`yearEnd.screen.step.${id}`), note, state });
  const short = overview.missing.reduce((sum, one) => sum + one.count, 0);
  const isComputed = overview.computedAt !== null;
  const decided = overview.pupils - overview.incomplete;
  const total = (of: (one: YearEndClass) => number) => overview.classes.reduce((sum, one) => sum + of(one), 0);
  const withPupils = overview.classes.filter(one => one.pupils > 0);
  const approved = withPupils.filter(one => one.year !== null).length;
  const final = withPupils.filter(one => one.final !== null).length;
  const undecided = total(one => one.undecided);
  const waiting = total(one => (one.year === null ? 0 : one.waiting));
  const all = withPupils.length;
  const isAll = (count: number) => all > 0 && count === all;
  const ofAll = (count: number) => text('yearEnd.screen.ofClasses', { done: formatNumber(count), total: formatNumber(all) });
  return [
    step('check', short === 0 ? 'done' : 'needs', short === 0 ? text('yearEnd.screen.complete') : text('yearEnd.screen.short', { count: formatNumber(short) })),
    step(
      'results', !isComputed ? 'quiet' : overview.isStale ? 'needs' : 'done',
      !isComputed ? text('yearEnd.screen.notComputed') : overview.isStale ? text('yearEnd.screen.isStale') : text('yearEnd.screen.computedAt', { at: formatWhen(overview.computedAt ?? '') }),
    ),
    step('decisions', undecided > 0 ? 'needs' : isComputed ? 'done' : 'quiet', undecided > 0 ? text('yearEnd.screen.undecided', { count: formatNumber(undecided) }) : text('yearEnd.screen.noneUndecided')),
    step('lists', isComputed && !overview.isStale && overview.pupils > 0 && decided === overview.pupils ? 'done' : 'quiet', text('yearEnd.screen.decided', { done: formatNumber(decided), total: formatNumber(overview.pupils) })),
    step('approve', overview.differences.length > 0 ? 'needs' : isAll(approved) ? 'done' : 'quiet', overview.differences.length > 0 ? text('yearEnd.screen.differ', { count: formatNumber(overview.differences.length) }) : ofAll(approved)),
    step('summer', waiting > 0 ? 'needs' : isAll(approved) ? 'done' : 'quiet', waiting > 0 ? text('yearEnd.screen.waiting', { count: formatNumber(waiting) }) : approved === 0 ? text('yearEnd.screen.notYet') : text('yearEnd.screen.noneWaiting')),
    step('final', isAll(final) ? 'done' : 'quiet', ofAll(final)),
    step('next', hasRolledOver ? 'done' : 'quiet', hasRolledOver ? text('yearEnd.screen.rolled') : text('yearEnd.screen.notYet')),
  ];
}
