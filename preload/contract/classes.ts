import { z } from 'zod';
import { job, read, write } from './base.ts';
import { classPosts, type ClassPost } from './class-fields.ts';
import { Id, SchoolYear, type PdfFile } from './common.ts';
import type { RecordValues } from './record-fields.ts';
import type { StudentRow } from './students.ts';

export interface ClassCard {
  classId: string;
  name: string;
  grade: number;
  homeroom: string | null;
  pupils: number;
  female: number;
  sheets: number;
  sheetsComplete: number;
  /** Its pupils wait to be placed. */
  isWaiting: boolean;
}

export interface ClassView extends ClassCard {
  year: string;
  pupilRows: StudentRow[];
  teachers: { subject: string; subjectName: string; teacher: string | null }[];
  sheetList: { sheetId: string; subjectName: string; term: 1 | 2 | 3 | 4; filled: number; expected: number; state: string }[];
  /** Who has a post or belongs to a team. */
  duties: ClassDuty[];
}

export interface ClassDuty {
  enrolmentId: string;
  /** 1 to 12; 0 is none. */
  team: number;
  post: ClassPost | '';
}

/** What may be chosen or typed of a class. */
export interface ClassRecord {
  classId: string;
  /** Sum of the versions of the rows it lies in. */
  version: number;
  name: string;
  code: string;
  grade: number;
  homeroomStaffId: string | null;
  satelliteId: string | null;
  roomId: string | null;
  partnerClassId: string | null;
  isWaiting: boolean;
  values: RecordValues;
  completeness: number;
  missing: string[];
  mayEdit: boolean;
}

export interface ClassChoicesView {
  grades: number[];
  staff: { staffId: string; name: string }[];
  satellites: { satelliteId: string; name: string }[];
  rooms: { roomId: string; name: string }[];
}

/** What becomes of the marks of one subject and term: they go along, were none, or cannot go (`why`). */
export interface MarksOnMove {
  subjectName: string;
  term: number;
  /** Marks and comments that hold something. */
  count: number;
  outcome: 'go' | 'blocked';
  why: string;
}

export interface MovePreview {
  pupils: {
    enrolmentId: string;
    name: string;
    fromClass: string;
    marks: MarksOnMove[];
    /** Why the pupil cannot be moved at all; null when he can. */
    refusal: string | null;
  }[];
  toClass: string;
}

export interface ClassMoveView {
  actId: string;
  on: string;
  at: string;
  by: string;
  note: string;
  kind: 'moved' | 'placed';
  state: 'done' | 'undone';
  pupils: { name: string; fromClass: string; toClass: string }[];
}

export interface PlacementPupil {
  enrolmentId: string;
  name: string;
  sex: 'male' | 'female' | 'unknown';
  /** Result of the year before as stored (`T`, `HTT` …); '' when there is none. */
  level: string;
  hasNeeds: boolean;
  fromClassId: string;
  toClassId: string;
}

/** A wish that could not be kept, by the place of its group in the list. */
export interface BrokenWish {
  kind: 'together' | 'apart';
  group: number;
}

const Reason = z.string().trim().min(3).max(300);
const Day = z.iso.date();
const Values = z.record(z.string().max(60), z.string().max(200)).default({});
const Groups = z.array(z.array(Id).min(2).max(60)).max(200).default([]);
const Links = {
  homeroomStaffId: Id.nullable().optional(), satelliteId: Id.nullable().optional(), roomId: Id.nullable().optional(), partnerClassId: Id.nullable().optional(),
};

export const classes = {
  list: read('records.view', z.object({ year: z.string() })).returns<{ classes: ClassCard[] }>(),
  open: read('records.view', z.object({ classId: Id })).returns<ClassView>(),
  printList: job('records.view', z.object({ classId: Id })).returns<PdfFile>(),

  record: read('records.view', z.object({ classId: Id })).returns<ClassRecord>(),
  choices: read('records.view', z.object({})).returns<ClassChoicesView>(),
  /** Makes a class with the sheets of its grade; a waiting class has none. */
  create: write('records.edit', z.object({
    year: SchoolYear, name: z.string().trim().min(1).max(20), grade: z.int().min(1).max(12), isWaiting: z.boolean().default(false), homeroomStaffId: Id.nullable().default(null),
  })).returns<{ classId: string }>(),
  save: write('records.edit', z.object({
    classId: Id, expectedVersion: z.int(), name: z.string().trim().min(1).max(20).optional(), code: z.string().trim().min(1).max(20).optional(), ...Links, values: Values,
    reason: z.string().max(300).optional(),
  })).returns<ClassRecord>(),
  /** Takes a class back: only one that never had a pupil, a mark or a roll call. */
  close: write('records.edit', z.object({ classId: Id, reason: Reason })).returns<{ closed: true }>(),

  /** Posts and teams; answers what they were before. */
  setDuties: write('records.edit', z.object({
    classId: Id, duties: z.array(z.object({ enrolmentId: Id, team: z.int().min(0).max(12), post: z.enum(['', ...classPosts]) })).max(80),
  })).returns<{ before: ClassDuty[] }>(),
  /** The roll as it is and as it would be by name. */
  rollPreview: read('records.view', z.object({ classId: Id })).returns<{ rows: { enrolmentId: string; name: string; roll: number; byName: number }[] }>(),
  /** Numbers the pupils in this order, from 1; answers the order before. */
  setRoll: write('records.edit', z.object({ classId: Id, order: z.array(Id).max(200), reason: z.string().max(300).optional() })).returns<{ before: string[] }>(),

  movePreview: read('records.edit', z.object({ enrolmentIds: z.array(Id).min(1).max(80), toClassId: Id })).returns<MovePreview>(),
  /** Moves pupils between classes of a grade; their marks go along. `leaveMarks` lets marks that cannot go stay behind in the old class's book. */
  move: write('records.edit', z.object({
    enrolmentIds: z.array(Id).min(1).max(80), toClassId: Id, on: Day, reason: Reason, leaveMarks: z.boolean().default(false),
  })).returns<{ actId: string }>(),
  undoMove: write('records.edit', z.object({ actId: Id, reason: z.string().max(300).optional() })).returns<{ undone: number }>(),
  moves: read('records.view', z.object({ classId: Id })).returns<{ moves: ClassMoveView[] }>(),

  /** Distributes pupils of a grade over classes; the same input gives the same answer. */
  placement: read('records.edit', z.object({
    year: SchoolYear, grade: z.int().min(1).max(12), from: z.array(Id).min(1).max(40), into: z.array(Id).min(1).max(40), seed: z.int().min(1).max(1_000_000),
    together: Groups, apart: Groups, fixed: z.array(z.object({ enrolmentId: Id, classId: Id })).max(3000).default([]),
  })).returns<{ pupils: PlacementPupil[]; broken: BrokenWish[] }>(),
  place: write('records.edit', z.object({
    year: SchoolYear, grade: z.int().min(1).max(12), on: Day, places: z.array(z.object({ enrolmentId: Id, toClassId: Id })).min(1).max(3000), reason: Reason,
  })).returns<{ actId: string | null; moved: number }>(),
};
