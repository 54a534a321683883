import type { ReadHandle } from '../../db/handle.ts';
import { readSetting } from '../school/school-store.ts';
import type { AdjustmentReading, AdjustmentSubject } from './rules/assessment-types.ts';
import { reassessedOfClass, summerConductOfClass } from './summer-entries.ts';

/** How the school reads what TT 22/2021 Đ9 k3 leaves open. */
export interface Readings {
  adjustmentReading: AdjustmentReading;
  adjustmentSubject: AdjustmentSubject;
}

export function readingsOf(db: ReadHandle): Readings {
  return readSetting<Readings>(db, 'grades.readings') ?? { adjustmentReading: 'waive', adjustmentSubject: 'any' };
}

/** A value assessed again after the year: a mark in tenths, or a level. */
export interface SecondValue {
  tenths: number | null;
  level: string | null;
}

/** What the rules need of a class's pupils beside the sheets and the term records; maps are empty where nothing was entered. */
export interface BesideMarks {
  readings: Readings;
  /** By `enrolment/subject/part`: `year` for a secondary subject, the column of the end-of-year sheet for a primary one. */
  reassessed: ReadonlyMap<string, SecondValue>;
  /** Level of conduct after summer training, by enrolment. */
  summerConduct: ReadonlyMap<string, string>;
  /** Subjects a pupil does not take or is exempt from, `enrolment/subject`: left out of the assessment. */
  notTaken: ReadonlySet<string>;
  /** Primary, by enrolment: the principal lets a pupil who did not complete the programme go up, or not (TT 27/2020 Đ11 k3). */
  principalPromotes: ReadonlyMap<string, boolean>;
  /** Primary: enrolments the class recognised as "tiêu biểu", with a reason (TT 27/2020 Đ13). */
  recognised: ReadonlySet<string>;
}

export function besideMarksOf(db: ReadHandle, classId: string): BesideMarks {
  return {
    readings: readingsOf(db), reassessed: reassessedOfClass(db, classId), summerConduct: summerConductOfClass(db, classId), notTaken: new Set(), principalPromotes: new Map(), recognised: new Set(),
  };
}
