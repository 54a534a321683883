import type { MarkValue as MarkCell } from '../../preload/contract/grades.ts';
import { compareNames } from '../kit/names.ts';
import type { SchoolLevel, SubjectKind } from '../../resources/catalogues/subject-catalogue.ts';
import type { ConductLevel, MarkValue } from '../imports/import-records.ts';
import { planClasses, planTeaching } from './demo-classes.ts';
import { giveMarks } from './demo-marks.ts';
import { givePrimaryResults } from './demo-primary.ts';
import { demoProfile, PeopleMaker } from './demo-people.ts';
import { inventPupils } from './demo-pupils.ts';
import { inventStaff } from './demo-staff.ts';

/** What to build. The same input gives the same school on every machine. */
export interface DemoPlan {
  pupils: number;
  level: SchoolLevel;
  seed: number;
  /** School year, `2025-2026`. */
  year: string;
  /** About how many pupils sit in a class; 40 when left out. */
  classSize?: number;
  /** `complete`: every mark of both terms is there; `inProgress`: the end of term 2 is still to come. Default `complete`. */
  state?: 'complete' | 'inProgress';
}

export interface DemoProfile {
  /** New school code (since July 2025) and the one before. */
  code: string;
  formerCode: string;
  name: string;
  level: SchoolLevel;
  /** The line above the school's name on its papers. */
  superior: string;
  address: string;
  commune: { code: string; name: string };
  province: { code: string; name: string };
  phone: string;
  email: string;
}

export type DemoRole = 'principal' | 'vicePrincipal' | 'secretary' | 'seal' | 'accountant' | 'librarian' | 'teacher';

export interface DemoPerson {
  name: string;
  sex: 'male' | 'female';
  /** `YYYY-MM-DD`, or only the year. */
  birth: string;
  personalId: string;
  ethnicGroup: { code: string; name: string };
  phone: string;
}

export interface DemoStaff extends DemoPerson {
  code: string;
  role: DemoRole;
  email: string;
  /** Codes of the subjects they teach. */
  subjects: string[];
  qualification: string;
  partyMember: boolean;
}

export interface DemoSubject {
  code: string;
  name: string;
  short: string;
  kind: SubjectKind;
  periods: number;
  ongoingCount: number;
  /** Code of the teacher. */
  teacher: string;
  /** Primary: the points of the year at which a test is written. */
  testedAt: readonly number[];
}

export interface DemoTerm {
  ongoing: MarkValue[];
  mid: MarkValue;
  final: MarkValue;
}

/** What should become of a pupil in June, in the words of the assessment engine. */
export type PlannedOutcome = 'promoted' | 'support' | 'reassess' | 'summer-training' | 'summer-training-then-reassess' | 'repeat';

export interface DemoParent {
  name: string;
  job: string;
  birthYear: number;
  phone: string;
}

export interface DemoPupil extends DemoPerson {
  code: string;
  className: string;
  grade: number;
  status: string;
  religion: string;
  disability: string;
  policyGroup: string;
  hamlet: string;
  father: DemoParent;
  mother: DemoParent;
  registerNumber: string;
  /** By subject code, term 1 and 2. */
  marks: Record<string, [DemoTerm, DemoTerm]>;
  /** Primary: by point of the year and `TOAN/muc`, `TOAN/kt`, `pc1`, `nl1`; empty in secondary schools. */
  points: Record<string, MarkCell>[];
  conduct: [ConductLevel, ConductLevel];
  absentWithLeave: number;
  absentWithoutLeave: number;
  homeroomComment: string;
  /** Set for the pupils who were made so that each outcome occurs; the others end as their marks say. */
  planned: PlannedOutcome | null;
}

export interface DemoClass {
  name: string;
  grade: number;
  /** Code of the homeroom teacher. */
  homeroom: string;
  subjects: DemoSubject[];
  /** In the order of the class list: by given name. */
  pupils: DemoPupil[];
}

export interface DemoSchool {
  plan: DemoPlan;
  profile: DemoProfile;
  staff: DemoStaff[];
  classes: DemoClass[];
}

/** Builds a school of invented people: plain data, nothing written. A primary school always has a class 5A, a lower secondary one 9A, an upper one 12A1. */
export function generateSchool(plan: DemoPlan): DemoSchool {
  const slots = planClasses(plan);
  const profile = demoProfile(plan.level);
  const people = new PeopleMaker(plan);
  const staff = inventStaff(plan, slots, people);
  const pupils = inventPupils(plan, slots, people);
  const classes = planTeaching(plan, slots, staff).map(({ slot, homeroom, subjects }): DemoClass => {
    const members = pupils.filter((pupil) => pupil.className === slot.name).toSorted((a, b) => compareNames(a.name, b.name) || (a.code < b.code ? -1 : 1));
    return { name: slot.name, grade: slot.grade, homeroom, subjects, pupils: members };
  });
  if (plan.level === 'tieu-hoc') givePrimaryResults(plan, classes);
  else giveMarks(plan, classes);
  return { plan, profile, staff, classes };
}
