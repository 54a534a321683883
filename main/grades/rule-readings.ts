import type { ReadHandle } from '../../db/handle.ts';
import type { ReadingKey } from '../../preload/contract/rule-readings.ts';
import { readSetting } from '../school/school-store.ts';
import type { AdjustmentReading, AdjustmentSubject, Openings } from './rules/assessment-types.ts';

/** One choice of the school, from a school year on until the next choice. Old years keep what they were computed by. */
export interface ReadingChoice {
  value: string;
  /** First school year it holds for, "2025-2026". */
  from: string;
  by: string;
  role: string;
  at: string;
  reason: string;
}
export type ReadingHistory = Partial<Record<ReadingKey, ReadingChoice[]>>;
export const READINGS_SETTING = 'grades.readings';

/** What may be chosen; the first of each is how the program reads the circular when nobody has chosen. */
export const READING_VALUES = {
  adjustmentReading: ['waive', 'exclude'],
  adjustmentSubject: ['any', 'scored'],
  adjustAfterReassessment: ['apply', 'none'],
  bothFail: ['train-then-reassess', 'repeat'],
  awardDespiteAbsences: ['award', 'none'],
  goodAverageKem: ['KEM', 'Y'],
  primaryOptional: ['counted', 'left-out'],
} as const satisfies Record<ReadingKey, readonly [string, string]>;

export type Readings = { [Key in ReadingKey]: (typeof READING_VALUES)[Key][number] };

export function readingHistory(db: ReadHandle): ReadingHistory {
  return readSetting<ReadingHistory>(db, READINGS_SETTING) ?? {};
}

/** The choice that holds in a school year: the one of the latest year not after it, of one year the last made. */
export function choiceIn(history: ReadingHistory, key: ReadingKey, year: string): ReadingChoice | undefined {
  return (history[key] ?? []).filter(choice => choice.from <= year).toSorted((left, right) => left.from.localeCompare(right.from) || left.at.localeCompare(right.at)).at(-1);
}

/** How the school reads, in one school year, what the circulars leave open. */
export function readingsIn(history: ReadingHistory, year: string): Readings {
  const chosen = <Value extends string>(key: ReadingKey, values: readonly [Value, Value]): Value => {
    const value = choiceIn(history, key, year)?.value;
    return values.find(one => one === value) ?? values[0];
  };
  return {
    adjustmentReading: chosen('adjustmentReading', READING_VALUES.adjustmentReading),
    adjustmentSubject: chosen('adjustmentSubject', READING_VALUES.adjustmentSubject),
    adjustAfterReassessment: chosen('adjustAfterReassessment', READING_VALUES.adjustAfterReassessment),
    bothFail: chosen('bothFail', READING_VALUES.bothFail),
    awardDespiteAbsences: chosen('awardDespiteAbsences', READING_VALUES.awardDespiteAbsences),
    goodAverageKem: chosen('goodAverageKem', READING_VALUES.goodAverageKem),
    primaryOptional: chosen('primaryOptional', READING_VALUES.primaryOptional),
  };
}

/** {@link readingsIn} in the form the rules take. */
export function ruleOptions(readings: Readings): { adjustmentReading: AdjustmentReading; adjustmentSubject: AdjustmentSubject; openings: Openings } {
  const { adjustmentReading, adjustmentSubject, adjustAfterReassessment, bothFail, awardDespiteAbsences, goodAverageKem } = readings;
  return { adjustmentReading, adjustmentSubject, openings: { adjustAfterReassessment, bothFail, awardDespiteAbsences, goodAverageKem } };
}
