import type { EnrolmentStatus } from '../../db/schema/people.ts';

/** One step of a pupil's status, from a day on. */
export interface StatusStep {
  status: EnrolmentStatus;
  /** yyyy-mm-dd */
  from: string;
  reason: string;
}

/** Where a pupil stood on a day; `since` is the day it began. */
export interface StatusOnDay {
  status: EnrolmentStatus;
  since: string;
  reason: string;
}

/**
 * The status of an enrolment on `day`; null when the pupil had not come yet. `history` runs from the oldest and is empty for an enrolment
 * that has had the one status it shows: who left later than `day` was studying then, who transferred in later was not here.
 */
export function statusOn(enrolment: { status: EnrolmentStatus; status_on: string }, history: readonly StatusStep[], day: string): StatusOnDay | null {
  const steps = history.length > 0 ? history : [{ status: enrolment.status, from: enrolment.status_on, reason: '' }];
  const reached = steps.findLast(step => step.from <= day);
  if (reached !== undefined) return { status: reached.status, since: reached.from, reason: reached.reason };
  return steps[0]?.status === 'transferredIn' ? null : { status: 'studying', since: '', reason: '' };
}

/** Whether the pupil came from another school within the year, by `day`; true also when he has left again since. */
export function cameBy(enrolment: { status: EnrolmentStatus; status_on: string }, history: readonly StatusStep[], day: string): boolean {
  const steps = history.length > 0 ? history : [{ status: enrolment.status, from: enrolment.status_on }];
  return steps.some(step => step.status === 'transferredIn' && step.from <= day);
}

/** Whether a pupil of this status sits in his class. */
export function isHere(status: EnrolmentStatus): boolean {
  return status === 'studying' || status === 'transferredIn';
}

/** Not Kinh, and not a foreigner; who has no ethnic group recorded is counted nowhere. */
export function isMinority(ethnicGroup: string): boolean {
  return ethnicGroup !== '' && ethnicGroup !== 'Kinh' && ethnicGroup !== 'Người nước ngoài';
}

/** First grades of the levels: who is in one and does not repeat it was newly admitted (tuyển mới). */
const entryGrades: ReadonlySet<number> = new Set([1, 6, 10]);

export type Entry = 'new' | 'repeat' | 'other';

export function entryOf(grade: number, isRepeating: boolean): Entry {
  if (isRepeating) return 'repeat';
  return entryGrades.has(grade) ? 'new' : 'other';
}

/** Age by year of birth in the year the school year begins, as the sector counts cohorts; null without a year of birth. */
export function ageIn(year: string, birth: string): number | null {
  const born = Number(birth.slice(0, 4));
  return born > 1900 ? Number(year.slice(0, 4)) - born : null;
}
