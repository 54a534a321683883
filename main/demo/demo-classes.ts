import { ongoingCount, periodsPerYear, subjectsOfGrade, type Subject } from '../../resources/catalogues/subject-catalogue.ts';
import type { DemoPlan, DemoStaff, DemoSubject } from './demo-school.ts';
import { planPrimaryTeaching } from './demo-primary.ts';
import { Random } from './random.ts';

/** A class to be filled. */
export interface ClassSlot {
  name: string;
  grade: number;
  size: number;
}

/** Grades in the order in which they get their next class: the last one first, so that 9A (12A1) is always there. */
export const GRADES = { 'tieu-hoc': [5, 1, 2, 3, 4], thcs: [9, 6, 7, 8], thpt: [12, 10, 11] } as const;

export function planClasses(plan: DemoPlan): ClassSlot[] {
  const count = Math.max(1, Math.ceil(plan.pupils / (plan.classSize ?? 40)));
  const grades = GRADES[plan.level];
  const slots = Array.from({ length: count }, (_, index): ClassSlot => {
    const grade = grades[index % grades.length] ?? grades[0];
    return { grade, name: className(plan.level, grade, Math.floor(index / grades.length)), size: Math.floor(plan.pupils / count) + (index < plan.pupils % count ? 1 : 0) };
  });
  return slots.toSorted((a, b) => a.grade - b.grade || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
}

/** The name of the `index`th class of a grade, from 0. */
export function className(level: DemoPlan['level'], grade: number, index: number): string {
  if (level === 'thpt') return `${grade}A${index + 1}`;
  return `${grade}${String.fromCodePoint(65 + (index % 26))}${index < 26 ? '' : Math.floor(index / 26)}`;
}

/** The two choices of four electives between which the classes of a THPT alternate. */
const ELECTIVES: readonly (readonly string[])[] = [['LI', 'HOA', 'SINH', 'TIN'], ['DIA', 'GDKTPL', 'CN', 'TIN']];

export function electivesOf(index: number): readonly string[] {
  return ELECTIVES[index % ELECTIVES.length] ?? [];
}

/** The subjects a class takes. */
export function subjectsOfClass(plan: DemoPlan, slot: ClassSlot, index: number): readonly Subject[] {
  const electives = electivesOf(index);
  return subjectsOfGrade(slot.grade, plan.year).filter((subject) => subject.choice === 'compulsory' || (subject.choice === 'elective' && electives.includes(subject.code)));
}

/** Who teaches what, and whose class it is. The homeroom teacher also has the class's experiential activities. */
export function planTeaching(plan: DemoPlan, slots: readonly ClassSlot[], staff: readonly DemoStaff[]): { slot: ClassSlot; homeroom: string; subjects: DemoSubject[] }[] {
  const random = new Random(plan.seed, 'teaching');
  const load = new Map<string, number>();
  const homerooms = new Set<string>();
  if (plan.level === 'tieu-hoc') return planPrimaryTeaching(plan, slots, staff, (subject, periods) => leastLoaded(staff, subject, load, periods));
  return slots.map((slot, index) => {
    const subjects = subjectsOfClass(plan, slot, index).map((subject): DemoSubject => {
      const periods = periodsPerYear(subject, slot.grade);
      return {
        code: subject.code, name: subject.name.vi, short: subject.short.vi, kind: subject.kind, periods, ongoingCount: ongoingCount(subject.kind, periods), testedAt: [],
        teacher: subject.code === 'HDTN' ? '' : leastLoaded(staff, subject.code, load, periods),
      };
    });
    const candidates = subjects.map((subject) => subject.teacher).filter((code) => code !== '' && !homerooms.has(code));
    const homeroom = candidates.length > 0 ? random.pick(candidates) : random.pick(subjects.filter((subject) => subject.teacher !== '')).teacher;
    homerooms.add(homeroom);
    return { slot, homeroom, subjects: subjects.map((subject) => (subject.teacher === '' ? { ...subject, teacher: homeroom } : subject)) };
  });
}

function leastLoaded(staff: readonly DemoStaff[], subject: string, load: Map<string, number>, periods: number): string {
  const able = staff.filter((person) => person.subjects.includes(subject));
  const [chosen] = able.toSorted((a, b) => (load.get(a.code) ?? 0) - (load.get(b.code) ?? 0));
  if (chosen === undefined) throw new RangeError(`nobody teaches ${subject}`);
  load.set(chosen.code, (load.get(chosen.code) ?? 0) + periods);
  return chosen.code;
}
