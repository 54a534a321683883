import type { ReadingKey } from '../../preload/contract/rule-readings.ts';
import { halfDayReadings } from '../attendance/attendance-rules.ts';
import { chosenIn, type ReadingHistory } from '../school/rule-choices.ts';
import type { AdjustmentReading, AdjustmentSubject, Openings } from './rules/assessment-types.ts';

/** What may be chosen; the first of each is how the program reads the circular when nobody has chosen. */
export const READING_VALUES = {
  adjustmentReading: ['waive', 'exclude'],
  adjustmentSubject: ['any', 'scored'],
  adjustAfterReassessment: ['apply', 'none'],
  bothFail: ['train-then-reassess', 'repeat'],
  awardDespiteAbsences: ['award', 'none'],
  goodAverageKem: ['KEM', 'Y'],
  primaryOptional: ['counted', 'left-out'],
  halfDay: halfDayReadings,
} as const satisfies Record<ReadingKey, readonly [string, ...string[]]>;

export type Readings = { [Key in ReadingKey]: (typeof READING_VALUES)[Key][number] };

/** How the school reads, in one school year, what the circulars leave open. */
export function readingsIn(history: ReadingHistory, year: string): Readings {
  const chosen = <Value extends string>(key: ReadingKey, values: readonly [Value, ...Value[]]): Value => chosenIn(history, key, values, year);
  return {
    adjustmentReading: chosen('adjustmentReading', READING_VALUES.adjustmentReading),
    adjustmentSubject: chosen('adjustmentSubject', READING_VALUES.adjustmentSubject),
    adjustAfterReassessment: chosen('adjustAfterReassessment', READING_VALUES.adjustAfterReassessment),
    bothFail: chosen('bothFail', READING_VALUES.bothFail),
    awardDespiteAbsences: chosen('awardDespiteAbsences', READING_VALUES.awardDespiteAbsences),
    goodAverageKem: chosen('goodAverageKem', READING_VALUES.goodAverageKem),
    primaryOptional: chosen('primaryOptional', READING_VALUES.primaryOptional),
    halfDay: chosen('halfDay', READING_VALUES.halfDay),
  };
}

/** {@link readingsIn} in the form the rules take. */
export function ruleOptions(readings: Readings): { adjustmentReading: AdjustmentReading; adjustmentSubject: AdjustmentSubject; openings: Openings } {
  const { adjustmentReading, adjustmentSubject, adjustAfterReassessment, bothFail, awardDespiteAbsences, goodAverageKem } = readings;
  return { adjustmentReading, adjustmentSubject, openings: { adjustAfterReassessment, bothFail, awardDespiteAbsences, goodAverageKem } };
}
