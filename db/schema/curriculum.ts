import type { StandingKind, StrandKeeping, SubjectChoice, SubjectKind } from '../../preload/contract/curriculum.ts';
import { recordTable, type RecordColumns } from './base.ts';

/** A subject the school teaches in a grade in a year; all rows of a grade come from the catalogue at once. */
export interface CurriculumSubjectTable extends RecordColumns {
  year: string;
  grade: number;
  subject: string;
  kind: SubjectKind;
  choice: SubjectChoice;
  /** Lessons a year, topic clusters left out. */
  periods: number;
  /** Ongoing marks a term, topic clusters left out. */
  ongoing: number;
  /** Tests of weight 2 a term: TT 58/2011 as the school's plan says, later 1; primary 0. */
  periodic: number;
  /** Primary: points with a test, "2,4"; else "". */
  tested_at: string;
  strands: StrandKeeping;
  position: number;
  /** Why it is not as in the catalogue; "" where it is. */
  reason: string;
}

/** An elective or optional subject a class takes, or a subject of which it takes the topic cluster (THPT). */
export interface ClassSubjectTable extends RecordColumns {
  class_id: string;
  subject: string;
  has_cluster: 0 | 1;
}

export interface SubjectStandingTable extends RecordColumns {
  enrolment_id: string;
  /** A subject code, or `*` for every subject of the term. */
  subject: string;
  standing: StandingKind;
  /** 0 for the whole year. */
  term: 0 | 1 | 2;
  reason: string;
  /** Number of the decision or application. */
  paper: string;
  from_date: string;
  to_date: string | null;
}

/** A year of a pupil as its book shows it, never recomputed: years before the regulations the program knows, or of other schools. */
export interface PrintedResultTable extends RecordColumns {
  person_id: string;
  year: string;
  grade: number;
  school: string;
  class_name: string;
  /** JSON array of `PrintedLine`. */
  lines: string;
  learning: string;
  conduct: string;
  outcome: string;
  award: string;
  absences: string;
}

export interface CurriculumSchema {
  curriculum_subject: CurriculumSubjectTable;
  class_subject: ClassSubjectTable;
  subject_standing: SubjectStandingTable;
  printed_result: PrintedResultTable;
}

export const curriculumTables = [
  recordTable('curriculum_subject'), recordTable('class_subject'), recordTable('subject_standing', { personal: ['reason'] }), recordTable('printed_result'),
];
