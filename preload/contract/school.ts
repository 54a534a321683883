import { z } from 'zod';
import { read } from './base.ts';

export const schoolLevels = ['tieu-hoc', 'thcs', 'thpt'] as const;
/** Tiểu học (grades 1–5), THCS (6–9), THPT (10–12). One school may hold several. */
export type SchoolLevel = (typeof schoolLevels)[number];

export function levelOfGrade(grade: number): SchoolLevel {
  if (grade <= 5) return 'tieu-hoc';
  return grade <= 9 ? 'thcs' : 'thpt';
}

export interface SchoolView {
  code: string;
  name: string;
  levels: SchoolLevel[];
  /** The managing body on the letterhead, e.g. "UBND PHƯỜNG HOÀ BÌNH". */
  superior: string;
  commune: string;
  province: string;
  isDemo: boolean;
}

export interface SchoolYearView {
  year: string;
  isCurrent: boolean;
  /** A closed year opens read-only. */
  state: 'open' | 'closed';
}

export const school = {
  current: read('signedIn', z.object({})).returns<{ school: SchoolView; years: SchoolYearView[]; year: string; term: 1 | 2 }>(),
};
