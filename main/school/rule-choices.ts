import type { ReadHandle } from '../../db/handle.ts';
import type { ReadingKey } from '../../preload/contract/rule-readings.ts';
import { readSetting } from './school-store.ts';

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

/** Everything the school ever chose of what the circulars leave open. */
export function readingHistory(db: ReadHandle): ReadingHistory {
  return readSetting<ReadingHistory>(db, READINGS_SETTING) ?? {};
}

/** The choice that holds in a school year: the one of the latest year not after it, of one year the last made. */
export function choiceIn(history: ReadingHistory, key: ReadingKey, year: string): ReadingChoice | undefined {
  return (history[key] ?? []).filter(choice => choice.from <= year).toSorted((left, right) => left.from.localeCompare(right.from) || left.at.localeCompare(right.at)).at(-1);
}

/** The value chosen for a year; the first where nobody has chosen. */
export function chosenIn<Value extends string>(history: ReadingHistory, key: ReadingKey, values: readonly [Value, ...Value[]], year: string): Value {
  const value = choiceIn(history, key, year)?.value;
  return values.find(one => one === value) ?? values[0];
}
