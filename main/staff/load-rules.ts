import { levelOfGrade, type SchoolLevel } from '../../preload/contract/school.ts';
import type { StaffJob } from '../../preload/contract/staff-fields.ts';
import type { TeachingLoad, TeachingNorms } from '../../preload/contract/teaching.ts';

type Norms = Omit<TeachingNorms, 'isConfirmed'>;

/**
 * Where a school starts from: weekly lessons by level and what a homeroom counts for, after TT 05/2025/TT-BGDĐT but not compared with its text.
 * They count as the school's own only when it has confirmed them.
 */
export const proposedNorms: Norms = {
  weeks: 35,
  teacher: { 'tieu-hoc': 230, thcs: 190, thpt: 170 },
  homeroom: { 'tieu-hoc': 40, thcs: 40, thpt: 40 },
  principal: 20, vicePrincipal: 40,
  duties: [],
};

export interface LoadFacts {
  job: StaffJob | '';
  /** The person's own norm in tenths, where the school has set one; null otherwise. */
  ownNorm: number | null;
  lessons: readonly { grade: number; periods: number }[];
  homeroomGrades: readonly number[];
  /** Tenths a week. */
  posts: readonly { periods: number }[];
}

/** Tenths of weekly lessons. Lessons of a year are summed before they are divided by its weeks, so that nothing is rounded twice. */
export function loadOf(facts: LoadFacts, norms: Norms): Pick<TeachingLoad, 'lessons' | 'reduced' | 'total' | 'norm' | 'state'> {
  const yearly = facts.lessons.reduce((sum, { periods }) => sum + periods, 0);
  const lessons = Math.round((yearly * 10) / norms.weeks);
  const reduced = facts.homeroomGrades.reduce((sum, grade) => sum + norms.homeroom[levelOfGrade(grade)], 0) + facts.posts.reduce((sum, { periods }) => sum + periods, 0);
  const total = lessons + reduced;
  const norm = facts.ownNorm ?? normOf(facts, norms);
  return { lessons, reduced, total, norm, state: norm === null ? 'unknown' : total < norm ? 'under' : total > norm ? 'over' : 'fit' };
}

/** By the post; a teacher's by the level at which he gives most lessons, the higher one when they are equal. */
function normOf({ job, lessons, homeroomGrades }: LoadFacts, norms: Norms): number | null {
  if (job === 'principal' || job === 'vicePrincipal') return norms[job];
  if (job !== 'teacher') return null;
  const byLevel = new Map<SchoolLevel, number>();
  for (const { grade, periods } of lessons) byLevel.set(levelOfGrade(grade), (byLevel.get(levelOfGrade(grade)) ?? 0) + periods);
  const most = (['thpt', 'thcs', 'tieu-hoc'] as const).toSorted((left, right) => (byLevel.get(right) ?? 0) - (byLevel.get(left) ?? 0))[0] ?? 'thcs';
  if (byLevel.size > 0) return norms.teacher[most];
  const [grade] = homeroomGrades;
  return grade === undefined ? null : norms.teacher[levelOfGrade(grade)];
}

/** "18,5" → 185; null for anything else. */
export function tenthsOf(typed: string): number | null {
  const [, whole, part] = /^(\d{1,2})(?:,(\d))?$/.exec(typed) ?? [];
  return whole === undefined ? null : Number(whole) * 10 + Number(part ?? 0);
}
