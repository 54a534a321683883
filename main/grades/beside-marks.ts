import type { ReadHandle } from '../../db/handle.ts';
import { decisionsOfClass, type StandingDecision } from './decided-pupil.ts';
import { readingHistory } from '../school/rule-choices.ts';
import { readingsIn, type Readings } from './rule-readings.ts';
import type { SheetWithClass } from './grades-store.ts';
import { notAskedOf } from './sheet-standings.ts';
import { reassessedOfClass, summerConductOfClass } from './summer-entries.ts';

/** A value assessed again after the year: a mark in tenths, or a level. */
export interface SecondValue {
  tenths: number | null;
  level: string | null;
}

/** What the rules need of a class's pupils beside the sheets and the term records; maps are empty where nothing was entered. */
export interface BesideMarks {
  /** How the school reads, in this year, what the circulars leave open. */
  readings: Readings;
  /** By `enrolment/subject/part`: `year` for a secondary subject, the column of the end-of-year sheet for a primary one. */
  reassessed: ReadonlyMap<string, SecondValue>;
  /** Level of conduct after summer training, by enrolment. */
  summerConduct: ReadonlyMap<string, string>;
  /** Subjects a pupil does not take or is exempt from, `enrolment/subject`: left out of the assessment. */
  notTaken: ReadonlySet<string>;
  /** By enrolment: `needs-decision:<subject>` for subjects taken in one half of the year only. */
  undecided: ReadonlyMap<string, readonly string[]>;
  /** What was decided about single pupils, by enrolment. */
  decisions: ReadonlyMap<string, readonly StandingDecision[]>;
}

export function besideMarksOf(db: ReadHandle, found: { id: string; year: string }, sheets: readonly SheetWithClass[], readings?: Readings): BesideMarks {
  return {
    readings: readings ?? readingsIn(readingHistory(db), found.year), reassessed: reassessedOfClass(db, found.id), summerConduct: summerConductOfClass(db, found.id),
    ...notAskedOf(db, found.id, sheets), decisions: decisionsOfClass(db, found.id),
  };
}
