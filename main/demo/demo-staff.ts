import { periodsPerYear } from '../../resources/catalogues/subject-catalogue.ts';
import { foldForSearch } from '../kit/names.ts';
import { subjectsOfClass, type ClassSlot } from './demo-classes.ts';
import { classTeacherSubjects, isClassTeachersSubject } from './demo-primary.ts';
import { pad, type PeopleMaker } from './demo-people.ts';
import type { DemoPlan, DemoRole, DemoStaff } from './demo-school.ts';
import type { Random } from './random.ts';

const OFFICE: readonly DemoRole[] = ['principal', 'vicePrincipal', 'secretary', 'seal', 'accountant', 'librarian'];
/** Lessons a week that one teacher takes on (TT 05/2025: 19 at THCS, 17 at THPT), less some duties. */
const WEEKLY_LESSONS = 17;
const TEACHING_WEEKS = 35;

/** The office, and as many teachers of each subject as its lessons need. */
export function inventStaff(plan: DemoPlan, slots: readonly ClassSlot[], people: PeopleMaker): DemoStaff[] {
  const random = people.random('staff');
  const startYear = Number(plan.year.slice(0, 4));
  const posts: { role: DemoRole; subjects: string[] }[] = OFFICE.map((role) => ({ role, subjects: [] }));
  if (plan.level === 'tieu-hoc') posts.push(...slots.map(() => ({ role: 'teacher' as const, subjects: classTeacherSubjects(plan) })));
  for (const [subject, lessons] of weeklyLessons(plan, slots)) {
    const count = Math.ceil(lessons / WEEKLY_LESSONS);
    for (let index = 0; index < count; index += 1) posts.push({ role: 'teacher', subjects: [subject] });
  }
  return posts.map(({ role, subjects }, index): DemoStaff => {
    const person = people.person(random, startYear - random.between(25, 56));
    const code = `08${pad(random.between(100_000, 999_999), 6)}${pad(index + 1, 3)}`;
    return {
      ...person, code, role, subjects, email: `${mailName(person.name)}.${pad(index + 1, 3)}@suoingoc.example`,
      qualification: qualification(random, role), partyMember: role === 'principal' || role === 'vicePrincipal' || random.chance(55),
    };
  });
}

function weeklyLessons(plan: DemoPlan, slots: readonly ClassSlot[]): Map<string, number> {
  const lessons = new Map<string, number>();
  for (const [index, slot] of slots.entries()) {
    for (const subject of subjectsOfClass(plan, slot, index)) {
      // Homeroom teachers have these with their own class.
      if (subject.code !== 'HDTN' && !(plan.level === 'tieu-hoc' && isClassTeachersSubject(subject.code))) lessons.set(subject.code, (lessons.get(subject.code) ?? 0) + periodsPerYear(subject, slot.grade) / TEACHING_WEEKS);
    }
  }
  return lessons;
}

function qualification(random: Random, role: DemoRole): string {
  if (role === 'accountant' || role === 'librarian' || role === 'seal') return random.pick(['Trung cấp', 'Cao đẳng', 'Đại học']);
  return random.weighted([['Đại học', 80], ['Thạc sĩ', 20]]);
}

function mailName(name: string): string {
  const words = foldForSearch(name).replace(/[^a-z ]/g, '').split(' ');
  return `${words.at(-1) ?? 'x'}${words.slice(0, -1).map((word) => word[0] ?? '').join('')}`;
}
