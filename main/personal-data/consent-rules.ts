import type { ConsentAnswer, ConsentGiver, ConsentState } from '../../preload/contract/personal-data.ts';

/**
 * Whether somebody has reached an age on a day. A birth known by year or month alone counts as early as it can be: the pupil is then rather
 * asked than passed over. Dates are yyyy-mm-dd, the birth may be shorter or ''.
 */
export function hasReachedAge(birth: string, years: number, day: string): boolean {
  const [year = '', month = '01', date = '01'] = birth.split('-');
  return /^\d{4}$/.test(year) && `${Number(year) + years}-${month}-${date}` <= day;
}

export interface LatestAnswer {
  answer: ConsentAnswer;
  givenBy: ConsentGiver;
}

/**
 * What the latest answer of a family comes to. For a purpose that asks the pupil himself, a pupil old enough and his representative must both
 * agree (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 24: making a child's private information public); for a younger one, and
 * for other purposes, the representative agrees. Refusing or withdrawing takes one of them.
 */
export function consentState(latest: LatestAnswer | null, isChildAsked: boolean): ConsentState {
  if (latest === null) return 'missing';
  if (latest.answer !== 'given') return latest.answer;
  const isComplete = isChildAsked ? latest.givenBy === 'both' : latest.givenBy !== 'pupil';
  return isComplete ? 'given' : 'incomplete';
}
