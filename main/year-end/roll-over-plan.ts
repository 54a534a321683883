import type { RollClass, RollOutcome, RollPlace } from '../../preload/contract/roll-over.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';

export interface OldClass {
  id: string;
  name: string;
  grade: number;
  homeroomStaffId: string | null;
  homeroom: string | null;
}

/** Grades 5, 9 and 12 end a programme: whoever passes them has completed it (Luật Giáo dục 2019, Điều 28). */
export function endsLevel(grade: number): boolean {
  return grade === 12 || levelOfGrade(grade) !== levelOfGrade(grade + 1);
}

function beginsLevel(grade: number): boolean {
  return grade === 1 || levelOfGrade(grade) !== levelOfGrade(grade - 1);
}

/** A year up with the same letter: "6A1" → "7A1"; a name that does not begin with its grade stays. */
export function raisedName(name: string, grade: number): string {
  const head = String(grade);
  return name.startsWith(head) && !/^\d/.test(name.slice(head.length)) ? `${grade + 1}${name.slice(head.length)}` : name;
}

/**
 * The classes of the next year as first proposed: every class goes up with its homeroom teacher; the grades that a level begins with,
 * and grades with repeaters and no class, get the old names again. `existing` ones stay as they are.
 */
export function proposedClasses(old: readonly OldClass[], repeatGrades: ReadonlySet<number>, existing: readonly Omit<RollClass, 'exists' | 'fromClassId'>[]): RollClass[] {
  const made = new Map<string, RollClass>(existing.map(one => [one.name, { ...one, fromClassId: null, exists: true }]));
  const add = (one: RollClass): void => {
    const there = made.get(one.name);
    if (!there) made.set(one.name, one);
    else if (there.exists && there.fromClassId === null) made.set(one.name, { ...there, fromClassId: one.fromClassId });
  };
  for (const { id, name, grade, homeroomStaffId, homeroom } of old) {
    if (!endsLevel(grade)) add({ name: raisedName(name, grade), grade: grade + 1, fromClassId: id, homeroomStaffId, homeroom, exists: false });
  }
  const has = (grade: number) => [...made.values()].some(one => one.grade === grade && one.fromClassId !== null);
  const again = new Set(old.map(one => one.grade).filter(grade => beginsLevel(grade) || (repeatGrades.has(grade) && !has(grade))));
  for (const { id, name, grade } of old) {
    if (again.has(grade)) add({ name, grade, fromClassId: id, homeroomStaffId: null, homeroom: null, exists: false });
  }
  return [...made.values()].sort((left, right) => left.grade - right.grade || left.name.localeCompare(right.name, 'vi', { numeric: true }));
}

/** Where a pupil goes unless somebody says otherwise: up with his class, out of the school at the end of a level; a repeater's class is for a person to choose. */
export function proposedPlace(outcome: RollOutcome, className: string, grade: number): RollPlace {
  if (outcome === 'promoted') return { kind: 'class', name: raisedName(className, grade) };
  return outcome === 'repeat' || outcome === 'undecided' ? { kind: 'open' } : { kind: 'leaves' };
}

/** The grades a pupil may be placed in; having completed a level, the next one of the same school. Without a result a person chooses. */
export function gradesOpenTo(outcome: RollOutcome, grade: number): readonly number[] {
  if (outcome === 'undecided') return [grade, grade + 1];
  return [outcome === 'repeat' ? grade : grade + 1];
}
