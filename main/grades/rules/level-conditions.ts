import type { Standing, SubjectResult } from './assessment-types.ts';
import type { LevelCondition } from './because.ts';
import { markOf } from './tenths.ts';
import type { Tenths } from './tenths.ts';
import { THRESHOLDS_22 } from './tt22-2021.ts';
import { THRESHOLDS_58 } from './tt58-2011.ts';
import type { SubjectsAverage } from './tt58-2011.ts';

/** One subject in the table of levels: its code beside the value that was looked at. */
export interface CodedStanding {
  readonly code: string;
  readonly value: Standing;
  readonly core: boolean;
}

function codes(subjects: readonly CodedStanding[], wanted: (value: Standing, core: boolean) => boolean): string[] {
  return subjects.filter(({ value, core }) => wanted(value, core)).map(({ code }) => code);
}

const below = (least: Tenths) => (value: Standing) => typeof value === 'number' && value < least;
const reaching = (least: Tenths) => (value: Standing) => typeof value === 'number' && value >= least;
const failedComment = (value: Standing): boolean => value === 'CD';

/** The rows of TT22 Đ9 k2 for these subjects: who reaches each, who holds it back. */
export function conditions22(subjects: readonly CodedStanding[]): LevelCondition[] {
  return THRESHOLDS_22.map((row) => {
    const heldBackBy = codes(subjects, below(row.every));
    const reachedBy = codes(subjects, reaching(row.counted));
    const failed = codes(subjects, failedComment);
    return {
      level: row.level,
      met: heldBackBy.length === 0 && reachedBy.length >= row.needed && failed.length <= row.failedComments,
      every: { atLeast: markOf(row.every), heldBackBy },
      some: { atLeast: markOf(row.counted), needed: row.needed, core: false, reachedBy },
      average: null,
      comments: { allowed: row.failedComments, failed },
    };
  });
}

/** The rows of TT58 Đ13 for these subjects. */
export function conditions58(subjects: readonly CodedStanding[], average: SubjectsAverage): LevelCondition[] {
  return THRESHOLDS_58.map((row) => {
    const heldBackBy = codes(subjects, below(row.every));
    const failed = codes(subjects, failedComment);
    const least = row.core;
    const reachedBy = least === null ? [] : codes(subjects, (value, core) => core && reaching(least)(value));
    return {
      level: row.level,
      met:
        average.value >= row.average &&
        heldBackBy.length === 0 &&
        (least === null || reachedBy.length > 0) &&
        (row.failedComments === null || failed.length <= row.failedComments),
      every: { atLeast: markOf(row.every), heldBackBy },
      some: least === null ? null : { atLeast: markOf(least), needed: 1, core: true, reachedBy },
      average: { atLeast: markOf(row.average), value: markOf(average.value) },
      comments: { allowed: row.failedComments, failed },
    };
  });
}

/** Codes of the subjects that have no value yet. */
export function missingCodes(subjects: readonly SubjectResult[], valueOf: (subject: SubjectResult) => Standing | null): string[] {
  return subjects.filter((subject) => valueOf(subject) === null).map(({ code }) => code);
}
