import type { EnrolmentStatus } from '../../db/schema/people.ts';
import { compareNames } from '../kit/names.ts';
import { className, electivesOf, GRADES } from './demo-classes.ts';
import { pad, PeopleMaker } from './demo-people.ts';
import { inventPupil } from './demo-pupils.ts';
import type { DemoPupil, DemoSchool } from './demo-school.ts';

/** What became of a pupil in June of a past year; `gone`: he left in the course of it and has no result. */
export type PastOutcome = 'promoted' | 'repeat' | 'gone';

export interface PastPupil {
  pupil: DemoPupil;
  outcome: PastOutcome;
  status: EnrolmentStatus;
  /** `YYYY-MM-DD`. */
  statusOn: string;
  isRepeating: boolean;
}

export interface PastClass {
  name: string;
  grade: number;
  /** Code of the homeroom teacher. */
  homeroom: string;
  /** Upper secondary: the subjects its pupils chose in their first year. */
  electives: readonly string[];
  /** In the order of the class list: by given name. */
  pupils: PastPupil[];
}

export interface PastYear {
  /** `2024-2025`. */
  year: string;
  classes: PastClass[];
}

/** A class through all its years. It keeps its letter. */
interface CohortClass {
  /** From 0: the place of its letter. */
  index: number;
  /** Calendar year in which the school year of the last grade begins, or would. */
  lastYear: number;
  size: number;
  electives: readonly string[];
}

interface Past {
  pupil: DemoPupil;
  cohort: CohortClass;
  /** The last of his past grades, and how it ended. */
  lastGrade: number;
  outcome: PastOutcome;
  /** A year or more older than his class. */
  isOlder: boolean;
}

/** In a hundred: those who come later than their class, those of the older ones who repeated a grade here, those who leave, a year. */
const LATE = 4;
const REPEATED = 40;
const LEAVING = 2;

/**
 * The years before the present one of a demo school, the oldest first: the present pupils in the classes they came up through, and whoever left
 * or finished meanwhile. A class goes up with its letter. Some pupils came later than their class, some repeated a grade (not in primary school),
 * some left during a year or in the summer after it. The present year stays as it is without them.
 * @param years how many, the present one included
 */
export function pastYears(school: DemoSchool, years: number): PastYear[] {
  const planner = new PastPlanner(school, years);
  for (const cohort of planner.cohorts()) {
    for (const past of [...planner.membersOf(cohort), ...planner.leaversOf(cohort)]) planner.place(past);
  }
  return planner.sorted();
}

class PastPlanner {
  readonly #school: DemoSchool;
  readonly #present: number;
  readonly #first: number;
  readonly #lowest: number;
  readonly #highest: number;
  readonly #people: PeopleMaker;
  readonly #slots: Map<number, { index: number; found: DemoSchool['classes'][number] }[]>;
  readonly #years = new Map<string, Map<string, PastClass>>();
  #number: number;

  constructor(school: DemoSchool, years: number) {
    const { plan, classes, staff } = school;
    this.#school = school;
    this.#present = Number(plan.year.slice(0, 4));
    this.#first = this.#present - years + 1;
    [this.#lowest, this.#highest] = [Math.min(...GRADES[plan.level]), Math.max(...GRADES[plan.level])];
    this.#people = new PeopleMaker(plan, [...staff, ...classes.flatMap(({ pupils }) => pupils)].map(({ personalId }) => personalId));
    this.#slots = Map.groupBy(classes.map((found, index) => ({ index, found })), ({ found }) => found.grade);
    this.#number = classes.reduce((sum, { pupils }) => sum + pupils.length, 0);
  }

  /** The grade a cohort is in now; the last one when it has finished. */
  #gradeNow(lastYear: number): number {
    return Math.min(this.#highest, this.#highest - (lastYear - this.#present));
  }

  /** Every class that was at the school in one of the years. */
  cohorts(): CohortClass[] {
    const lastYears = Array.from({ length: this.#present + this.#highest - this.#lowest - this.#first + 1 }, (_, index) => this.#first + index);
    return lastYears.flatMap(lastYear => (this.#slots.get(this.#gradeNow(lastYear)) ?? [])
      .map((slot, index) => ({ index, lastYear, size: slot.found.pupils.length, electives: this.#school.plan.level === 'thpt' ? electivesOf(slot.index) : [] })));
  }

  /** Who is in the class now, or finished with it. */
  membersOf(cohort: CohortClass): Past[] {
    const gradeNow = this.#gradeNow(cohort.lastYear);
    if (cohort.lastYear < this.#present) {
      return this.#invent(cohort, this.#highest, cohort.size).map(pupil => this.#past(pupil, cohort, this.#highest, 'promoted', cohort.lastYear));
    }
    const members = this.#slots.get(gradeNow)?.[cohort.index]?.found.pupils ?? [];
    // Whoever came this year has no past here.
    return members.filter(({ status }) => status === 'Đang học').map(pupil => this.#past(pupil, cohort, gradeNow - 1, 'promoted', this.#present));
  }

  /** Who left on the way, half of them in the summer after a year that they finished. */
  leaversOf(cohort: CohortClass): Past[] {
    const grades = Array.from({ length: this.#gradeNow(cohort.lastYear) - this.#lowest }, (_, index) => this.#lowest + index);
    return grades.flatMap(grade => {
      const random = this.#people.random(`leavers ${cohort.lastYear} ${cohort.index} ${grade}`);
      const count = Array.from({ length: cohort.size }).filter(() => random.chance(LEAVING)).length;
      return this.#invent(cohort, grade, count).map(pupil => this.#past(pupil, cohort, grade, random.chance(50) ? 'gone' : 'promoted', this.#yearOf(cohort, grade)));
    });
  }

  #past(pupil: DemoPupil, cohort: CohortClass, lastGrade: number, outcome: PastOutcome, listedIn: number): Past {
    return { pupil, cohort, lastGrade, outcome, isOlder: Number(pupil.birth.slice(0, 4)) < listedIn - pupil.grade - 5 };
  }

  #invent(cohort: CohortClass, grade: number, count: number): DemoPupil[] {
    const startYear = this.#yearOf(cohort, grade);
    // Whoever left before the years that are wanted is not wanted either.
    if (startYear < this.#first) return [];
    const random = this.#people.random(`past pupils ${cohort.lastYear} ${cohort.index} ${grade}`);
    return Array.from({ length: count }, () => {
      this.#number += 1;
      const registerNumber = `${this.#yearOf(cohort, this.#lowest)}/${pad(this.#number, 5)}`;
      return inventPupil(random, this.#people, { number: this.#number, registerNumber, startYear, slot: { name: className(this.#school.plan.level, grade, cohort.index), grade } });
    });
  }

  #yearOf({ lastYear }: CohortClass, grade: number): number {
    return lastYear - (this.#highest - grade);
  }

  /** Puts a pupil into each of his past years. Before he repeated a grade he was in the class that is a year ahead. */
  place({ pupil, cohort, lastGrade, outcome, isOlder }: Past): void {
    if (lastGrade < this.#lowest) return;
    const random = this.#people.random(`past of ${pupil.code}`);
    const entry = random.chance(LATE) ? random.between(this.#lowest, lastGrade) : this.#lowest;
    const repeated = this.#school.plan.level !== 'tieu-hoc' && isOlder && random.chance(REPEATED) ? random.between(entry, lastGrade) : null;
    const isLate = (grade: number) => grade === entry && entry > this.#lowest;
    for (let grade = lastGrade; grade >= entry; grade -= 1) {
      const isAhead = repeated !== null && grade < repeated;
      const how = grade === lastGrade ? outcome : 'promoted';
      this.#seat(pupil, cohort, grade, isAhead ? 1 : 0, { outcome: how, isRepeating: grade === repeated, isNew: isLate(grade) && grade !== repeated });
      if (grade === repeated) this.#seat(pupil, cohort, grade, 1, { outcome: 'repeat', isRepeating: false, isNew: isLate(grade) });
    }
  }

  #seat(pupil: DemoPupil, cohort: CohortClass, grade: number, ahead: 0 | 1, { outcome, isRepeating, isNew }: Pick<PastPupil, 'outcome' | 'isRepeating'> & { isNew: boolean }): void {
    const start = this.#yearOf(cohort, grade) - ahead;
    if (start < this.#first) return;
    const random = this.#people.random(`seat ${pupil.code} ${start}`);
    const status = outcome === 'gone' ? random.pick(['transferredOut', 'transferredOut', 'left'] as const) : isNew ? 'transferredIn' : 'studying';
    const statusOn = outcome === 'gone' ? `${start + 1}-0${random.between(2, 4)}-${pad(random.between(1, 28), 2)}` : isNew ? `${start}-08-20` : `${start}-09-05`;
    this.#classOf(cohort, grade, ahead, start).pupils.push({ pupil, outcome, status, statusOn, isRepeating });
  }

  #classOf({ index, lastYear, electives }: CohortClass, grade: number, ahead: 0 | 1, start: number): PastClass {
    const slots = this.#slots.get(this.#gradeNow(lastYear - ahead)) ?? [];
    const place = Math.min(index, slots.length - 1);
    const year = `${start}-${start + 1}`;
    const name = className(this.#school.plan.level, grade, place);
    const classes = this.#years.get(year) ?? new Map<string, PastClass>();
    this.#years.set(year, classes);
    const own = ahead === 0 || this.#school.plan.level !== 'thpt' ? electives : electivesOf(slots[place]?.index ?? 0);
    const found = classes.get(name) ?? { name, grade, homeroom: '', electives: own, pupils: [] };
    classes.set(name, found);
    return found;
  }

  /** By year, class and name, a homeroom teacher for each class. */
  sorted(): PastYear[] {
    const teachers = this.#school.staff.filter(({ role }) => role === 'teacher');
    return [...this.#years].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([year, classes], ago) => ({
      year,
      classes: [...classes.values()].toSorted((a, b) => a.grade - b.grade || a.name.length - b.name.length || (a.name < b.name ? -1 : 1)).map((found, index) => ({
        ...found, homeroom: teachers[(index * 3 + ago) % teachers.length]?.code ?? '',
        pupils: found.pupils.toSorted((a, b) => compareNames(a.pupil.name, b.pupil.name) || (a.pupil.code < b.pupil.code ? -1 : 1)),
      })),
    }));
  }
}
