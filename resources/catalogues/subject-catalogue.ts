import type { SchoolLevel } from '../../preload/contract/school.ts';
import data from './subjects-tt22.json' with { type: 'json' };

export type { SchoolLevel };

/** `score`: marks 0–10; `comment`: only Đạt / Chưa đạt (TT 22/2021 Đ5 k3). */
export type SubjectKind = 'score' | 'comment';

export interface Subject {
  code: string;
  level: SchoolLevel;
  name: { vi: string; en: string };
  /** For narrow columns and sheet tabs. */
  short: { vi: string; en: string };
  kind: SubjectKind;
  /** `elective`: a THPT class takes four of them; `optional`: only where the school teaches it. */
  choice: 'compulsory' | 'elective' | 'optional';
  /** Lessons in a school year by grade, e.g. `{ "6": 35, "8": 52 }`. */
  periodsPerYear: Readonly<Record<string, number>>;
  /** Row in the learner transcript, from 1. */
  transcriptOrder: number;
  /** First school year, `2021-2022`. */
  validFrom: string;
}

const SUBJECTS = data.entries as readonly Subject[];
const GRADE_FROM: Readonly<Record<string, string>> = data.gradeValidFrom;

/** The subjects that TT 22/2021 knows for a grade (6–12) in a school year (`2025-2026`), in the order of the transcript; none before the grade came under it. */
export function subjectsOfGrade(grade: number, schoolYear: string): readonly Subject[] {
  const from = GRADE_FROM[String(grade)];
  if (from === undefined || schoolYear < from) return [];
  return SUBJECTS.filter((subject) => String(grade) in subject.periodsPerYear && subject.validFrom <= schoolYear);
}

/** Every subject, or those of some levels. */
export function allSubjects(levels?: readonly SchoolLevel[]): readonly Subject[] {
  return levels === undefined ? SUBJECTS : SUBJECTS.filter((subject) => levels.includes(subject.level));
}

export function subjectByCode(code: string, grade: number): Subject | undefined {
  return SUBJECTS.find((subject) => subject.code === code && String(grade) in subject.periodsPerYear);
}

export function periodsPerYear(subject: Subject, grade: number): number {
  return subject.periodsPerYear[String(grade)] ?? 0;
}

/** How many ongoing assessments a term has: comment subjects 2; otherwise 2 up to 35 lessons a year, 3 up to 70, else 4 (TT 22/2021 Đ6 k2). */
export function ongoingCount(kind: SubjectKind, periods: number): number {
  if (kind === 'comment' || periods <= 35) return 2;
  return periods <= 70 ? 3 : 4;
}
