import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id, type PdfFile } from './common.ts';

export interface StudentRow {
  enrolmentId: string;
  personId: string;
  code: string;
  name: string;
  /** yyyy-mm-dd, yyyy-mm or yyyy. */
  birth: string;
  sex: 'male' | 'female' | 'unknown';
  ethnicGroup: string;
  className: string;
  classId: string;
  status: 'studying' | 'transferredIn' | 'transferredOut' | 'left';
  /** Masked: only the last three digits. */
  personalId: string;
  phone: string;
  /** 0–100: how many of the record's expected fields are filled. */
  completeness: number;
}

export interface StudentView extends StudentRow {
  version: number;
  birthPlace: string;
  address: string;
  commune: string;
  province: string;
  nationality: string;
  policyGroup: string;
  guardians: { relation: 'father' | 'mother' | 'guardian'; name: string; occupation: string; birthYear: string; phone: string }[];
  results: { year: string; className: string; learning: string | null; conduct: string | null; promotion: string | null; award: string | null }[];
  transcripts: { transcriptId: string; year: string; state: string; preparedAt: string }[];
}

export interface StudentHistoryEntry {
  at: string;
  actor: string;
  path: string;
  field: string;
  before: string | null;
  after: string | null;
  reason: string | null;
}

const editable = z.object({
  name: z.string().min(1).max(150),
  birth: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  sex: z.enum(['male', 'female', 'unknown']),
  ethnicGroup: z.string().max(60),
  birthPlace: z.string().max(200),
  address: z.string().max(200),
  phone: z.string().max(30),
  policyGroup: z.string().max(100),
}).partial();

export const students = {
  list: read('records.view', z.object({ year: z.string(), classId: Id.optional(), text: z.string().max(100).optional(), status: z.string().optional() }))
    .returns<{ rows: StudentRow[] }>(),
  open: read('records.view', z.object({ enrolmentId: Id })).returns<StudentView>(),
  save: write('records.edit', z.object({ personId: Id, expectedVersion: z.int(), changes: editable, reason: z.string().max(300).optional() }))
    .returns<{ version: number }>(),
  /** Shows one sensitive field in clear; the look is journalled. */
  unmask: write('records.view', z.object({ personId: Id, field: z.enum(['personalId']) })).returns<{ value: string }>(),
  history: read('records.view', z.object({ personId: Id })).returns<{ entries: StudentHistoryEntry[] }>(),
};

export interface ClassCard {
  classId: string;
  name: string;
  grade: number;
  homeroom: string | null;
  pupils: number;
  female: number;
  sheets: number;
  sheetsComplete: number;
}

export interface ClassView extends ClassCard {
  pupilRows: StudentRow[];
  teachers: { subject: string; subjectName: string; teacher: string | null }[];
  sheetList: { sheetId: string; subjectName: string; term: 1 | 2 | 3 | 4; filled: number; expected: number; state: string }[];
}

export interface StaffRow {
  staffId: string;
  code: string;
  name: string;
  birth: string;
  sex: 'male' | 'female' | 'unknown';
  position: string;
  qualification: string;
  subjects: string;
  homeroomOf: string | null;
  status: string;
  phone: string;
  email: string;
}

export const classes = {
  list: read('records.view', z.object({ year: z.string() })).returns<{ classes: ClassCard[] }>(),
  open: read('records.view', z.object({ classId: Id })).returns<ClassView>(),
  printList: job('records.view', z.object({ classId: Id })).returns<PdfFile>(),
};

export const staff = {
  list: read('records.view', z.object({})).returns<{ rows: StaffRow[] }>(),
};
