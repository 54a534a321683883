import { z } from 'zod';
import { read, write } from './base.ts';
import { Id, SchoolYear, Term } from './common.ts';
import type { RuleSetCode } from './grades.ts';

/** `score`: marks 0–10; `comment`: only Đạt / Chưa đạt (TT 22/2021 Đ5 k3); `primary`: levels T H C and, at some points, a test (TT 27/2020 Đ7). */
export type SubjectKind = 'score' | 'comment' | 'primary';
/** `elective`: a THPT class takes four of them; `optional`: only where the school teaches it. */
export type SubjectChoice = 'compulsory' | 'elective' | 'optional';
/** `apart`: each strand of the subject has a sheet of its own; `apartOneTest`: only the first of them carries the test. */
export const StrandKeeping = z.enum(['together', 'apart', 'apartOneTest']);
export type StrandKeeping = z.infer<typeof StrandKeeping>;

/**
 * Why a pupil's cells of a subject are not asked for. `exempt` (TT 58/2011 Đ12), `notTaken` (an elective not chosen, or a term before he came),
 * `plan` (individual plan of a disabled pupil, TT 22/2021 Đ11, TT 27/2020 Đ8). `reducedPractice` (TT 22/2021 Đ10) keeps every cell: theory
 * takes the place of practice.
 */
export const StandingKind = z.enum(['exempt', 'notTaken', 'plan', 'reducedPractice']);
export type StandingKind = z.infer<typeof StandingKind>;

/** Which term holds the mark of a topic cluster; null until the school has said so (TT 22/2021 Đ6 k3 does not). */
export const ClusterTerm = z.enum(['first', 'second', 'both']);
export type ClusterTerm = z.infer<typeof ClusterTerm>;

const Grade = z.int().min(1).max(12);
const Subject = z.string().min(1).max(12);
const Day = z.iso.date();

/** Columns of the table in which a subject may differ from the catalogue. */
export type CurriculumField = 'choice' | 'periods' | 'ongoing' | 'periodic' | 'testedAt' | 'strands' | 'order';

export interface CurriculumRow {
  subject: string;
  name: string;
  kind: SubjectKind;
  choice: SubjectChoice;
  periods: number;
  ongoing: number;
  periodic: number;
  testedAt: number[];
  strands: StrandKeeping;
  /** Names of the strands; empty where the subject has none. */
  strandNames: string[];
  order: number;
  reason: string;
  /** Where it is not as in the catalogue. */
  differs: CurriculumField[];
  /** Fields a school may change under this regulation. */
  editable: CurriculumField[];
  mayRemove: boolean;
}

export interface GradeCurriculum {
  grade: number;
  ruleSet: RuleSetCode;
  article: string;
  /** False while the catalogue is shown and nothing was stored for the grade yet. */
  isStored: boolean;
  rows: CurriculumRow[];
  /** Subjects of the catalogue that the grade does not have. */
  addable: { subject: string; name: string }[];
}

export interface ClassCurriculum {
  classId: string;
  name: string;
  grade: number;
  /** Electives, optional subjects and topic clusters of the class. */
  subjects: { subject: string; name: string; isTaken: boolean; choice: SubjectChoice; hasCluster: boolean }[];
  /** How many electives and clusters it has, of how many a THPT class takes; null elsewhere. */
  electives: { taken: number; needed: number } | null;
  clusters: { taken: number; needed: number } | null;
}

export interface CurriculumView {
  year: string;
  isClosed: boolean;
  grades: GradeCurriculum[];
  classes: ClassCurriculum[];
  clusterTerm: ClusterTerm | null;
  /** The year before, when it has something to copy. */
  copyFrom: string | null;
}

export interface StandingRow {
  standingId: string;
  version: number;
  enrolmentId: string;
  name: string;
  className: string;
  subject: string;
  subjectName: string;
  standing: StandingKind;
  term: 0 | 1 | 2;
  reason: string;
  paper: string;
  from: string;
  to: string | null;
  /** No regulation says what the year's result then is: a person decides. */
  needsDecision: boolean;
}

const PrintedLine = z.object({
  subject: z.string().trim().min(1).max(80), term1: z.string().trim().max(40), term2: z.string().trim().max(40), year: z.string().trim().max(40),
});
export type PrintedLine = z.infer<typeof PrintedLine>;
const PrintedYear = z.object({
  year: SchoolYear, grade: Grade, school: z.string().trim().max(150), className: z.string().trim().max(30), lines: z.array(PrintedLine).max(40),
  learning: z.string().trim().max(60), conduct: z.string().trim().max(60), outcome: z.string().trim().max(120), award: z.string().trim().max(120),
  absences: z.string().trim().max(40),
});
export type PrintedYear = z.infer<typeof PrintedYear>;
export type PrintedResult = PrintedYear & { printedId: string; version: number };

const Reason = z.string().trim().max(300);

export const curriculum = {
  view: read('records.view', z.object({ year: SchoolYear })).returns<CurriculumView>(),
  /** Changes what is given. A row that then differs from the catalogue needs a reason. Empty sheets follow; a column with marks never goes. */
  saveSubject: write('records.edit', z.object({
    year: SchoolYear, grade: Grade, subject: Subject, reason: Reason.optional(),
    changes: z.object({
      choice: z.enum(['compulsory', 'elective', 'optional']), periods: z.int().min(1).max(999), ongoing: z.int().min(0).max(9), periodic: z.int().min(0).max(9),
      testedAt: z.array(z.int().min(1).max(4)).max(4), strands: StrandKeeping, order: z.int().min(1).max(99),
    }).partial(),
  })).returns<{ sheets: number }>(),
  addSubject: write('records.edit', z.object({ year: SchoolYear, grade: Grade, subject: Subject, reason: Reason.optional() })).returns<{ sheets: number }>(),
  removeSubject: write('records.edit', z.object({ year: SchoolYear, grade: Grade, subject: Subject, reason: Reason.optional() })).returns<{ sheets: number }>(),
  /** Every grade of `to` that has nothing stored takes the table of the year before. */
  copyYear: write('records.edit', z.object({ from: SchoolYear, to: SchoolYear })).returns<{ grades: number[] }>(),
  setClusterTerm: write('records.edit', z.object({ year: SchoolYear, term: ClusterTerm })).returns<{ sheets: number }>(),
  saveClass: write('records.edit', z.object({ classId: Id, subjects: z.array(z.object({ subject: Subject, hasCluster: z.boolean() })).max(40) }))
    .returns<{ sheets: number }>(),
  /** With reasons, which may tell of illness or disability: for the office only. Everybody who sees a sheet sees the word in its cells. */
  standings: read('records.edit', z.object({ year: SchoolYear })).returns<{ rows: StandingRow[] }>(),
  addStanding: write('records.edit', z.object({
    enrolmentId: Id, subject: Subject, standing: StandingKind, term: z.union([z.literal(0), Term]), reason: z.string().trim().min(3).max(300),
    paper: z.string().trim().max(80), from: Day, to: Day.nullable(),
  })).returns<{ standingId: string }>(),
  cancelStanding: write('records.edit', z.object({ standingId: Id, version: z.int(), reason: z.string().trim().min(3).max(300) }))
    .returns<{ cancelled: true }>(),
  printedResults: read('records.view', z.object({ personId: Id })).returns<{ years: PrintedResult[] }>(),
  savePrinted: write('records.edit', z.object({ personId: Id, printedId: Id.nullable(), version: z.int(), result: PrintedYear }))
    .returns<{ printedId: string; version: number }>(),
  cancelPrinted: write('records.edit', z.object({ printedId: Id, version: z.int(), reason: z.string().trim().min(3).max(300) })).returns<{ cancelled: true }>(),
};
