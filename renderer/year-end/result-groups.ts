import type { YearEndList } from '../../preload/contract/year-end-steps.ts';
import type { YearResultRow } from '../../preload/contract/year-end.ts';
import { flagKinds } from './year-end-words.tsx';

/** What the results are filtered by: decisions as they stand, then awards. */
export const resultGroups = ['promoted', 'reassess', 'summer', 'support', 'repeat', 'incomplete', 'XS', 'G', 'TT', 'TB'] as const;
export type ResultGroup = (typeof resultGroups)[number] | 'all' | 'flagged';

export function isInGroup(row: YearResultRow, group: ResultGroup): boolean {
  switch (group) {
    case 'all': return true;
    case 'flagged': return flagKinds(row.flags).some(kind => kind !== 'incomplete');
    case 'summer': return row.promotion === 'summer-training' || row.promotion === 'summer-training-then-reassess';
    case 'support': return row.promotion === 'support' || row.promotion === 'principal-decides';
    case 'XS': case 'G': case 'TT': case 'TB': return row.award === group;
    default: return row.promotion === group;
  }
}

/** The lists a year ends with, as they are printed. */
export const yearEndLists: readonly YearEndList[] = ['promoted', 'completed', 'reassess', 'summer', 'repeat', 'XS', 'G', 'TT', 'TB'];

const lastGrades: ReadonlySet<number> = new Set([5, 9, 12]);

/** Whether a result stands in a list; who was assessed again or trained stays in that list after the summer. */
export function isListed(row: YearResultRow, list: YearEndList): boolean {
  switch (list) {
    case 'promoted': return row.promotion === 'promoted' && !lastGrades.has(row.grade);
    case 'completed': return row.promotion === 'promoted' && lastGrades.has(row.grade);
    case 'repeat': return row.promotion === 'repeat';
    case 'reassess': return row.promotionYear === 'reassess' || row.promotionYear === 'support' || row.promotionYear === 'summer-training-then-reassess';
    case 'summer': return row.promotionYear === 'summer-training' || row.promotionYear === 'summer-training-then-reassess';
    default: return row.award === list;
  }
}
