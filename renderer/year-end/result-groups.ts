import type { YearResultRow } from '../../preload/contract/year-end.ts';
import { flagKinds } from './year-end-words.tsx';

/** The lists a year ends with: decisions, then awards. */
export const resultGroups = ['promoted', 'reassess', 'summer', 'repeat', 'incomplete', 'XS', 'G'] as const;
export type ResultGroup = (typeof resultGroups)[number] | 'all' | 'flagged';

export function isInGroup(row: YearResultRow, group: ResultGroup): boolean {
  if (group === 'all') return true;
  if (group === 'flagged') return flagKinds(row.flags).some(kind => kind !== 'incomplete');
  if (group === 'summer') return row.promotion === 'summer-training' || row.promotion === 'summer-training-then-reassess';
  if (group === 'XS' || group === 'G') return row.award === group;
  return row.promotion === group;
}
