import { z } from 'zod';
import { read, write } from './base.ts';
import { SchoolYear } from './common.ts';

/** What the circulars leave open and the school chooses to read in one way. */
export const ReadingKey = z.enum([
  'adjustmentReading', 'adjustmentSubject', 'adjustAfterReassessment', 'bothFail', 'awardDespiteAbsences', 'goodAverageKem', 'primaryOptional',
  'halfDay',
]);
export type ReadingKey = z.infer<typeof ReadingKey>;

export interface ReadingView {
  key: ReadingKey;
  value: string;
  /** The first is what holds when nobody has chosen. */
  values: readonly string[];
  /** Who chose the value that holds in the year asked for; null while nobody has. */
  chosen: { from: string; by: string; role: string; at: string; reason: string } | null;
  /** Choices for other years, the newest first. */
  others: { value: string; from: string; by: string; at: string; reason: string }[];
}

/** What a choice would change among the results of the year, counted before it is made. */
export interface ReadingPreview {
  pupils: number;
  changed: number;
  /** Examples in class order, at most 20; results in words. */
  examples: { enrolmentId: string; name: string; className: string; before: string; after: string }[];
}

const choice = { key: ReadingKey, value: z.string().min(1).max(40), from: SchoolYear };

export const ruleReadings = {
  readings: read('yearEnd.view', z.object({ year: SchoolYear })).returns<{ readings: ReadingView[]; mayChange: boolean }>(),
  previewReading: read('yearEnd.view', z.object(choice)).returns<ReadingPreview>(),
  saveReading: write('yearEnd.approve', z.object({ ...choice, reason: z.string().trim().min(3).max(300) })).returns<{ changed: boolean }>(),
};
