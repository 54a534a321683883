import { z } from 'zod';
import { job, read } from './base.ts';
import { Id, type PdfFile } from './common.ts';
import { MarkColumn } from './grades.ts';

/** One step in the life of a mark, or of its sheet in between, told so that somebody who knows nothing of the program understands it. */
export interface ProofStep {
  /** 1, 2, 3 … as printed. */
  number: number;
  kind: 'mark' | 'sheet';
  /** Its row of the journal. */
  seq: number;
  at: string;
  /** The account, and the person behind it where one is known. */
  actor: string;
  actorName: string;
  device: string;
  /** "12/10/2025 08:14:33, cô Lò Thị Mai (gvtoan1) gõ 7,5 trên máy PHONG-HOC-3." */
  sentence: string;
  before: string | null;
  after: string | null;
  reason: string | null;
  /** What an inspector looks for: a mark taken away, and one typed where another had been taken away. */
  sign: 'deleted' | 'retyped' | 'changed' | null;
  hash: string;
  isIntact: boolean;
}

export interface ProofVerdict {
  isIntact: boolean;
  /** The verdict in words, and how somebody else can check it. */
  words: string;
  howToCheck: string;
  /** First and last journal row of this mark. */
  first: { seq: number; hash: string } | null;
  last: { seq: number; hash: string } | null;
  /** The whole journal, where it was walked (papers and the command line): its rows and the first row that does not follow. */
  journal: { rows: number; firstBroken: number | null; hash: string } | null;
}

/** The history of one mark. */
export interface MarkProof {
  sheetId: string;
  enrolmentId: string;
  column: MarkColumn;
  columnTitle: string;
  pupil: { name: string; birth: string; code: string };
  className: string;
  subject: string;
  subjectName: string;
  term: 1 | 2 | 3 | 4;
  /** "Học kì 1"; of a primary sheet its point of the year, "Giữa học kì I". */
  termName: string;
  year: string;
  teacher: string | null;
  /** What stands in the book now, null when nothing does. */
  current: string | null;
  /** "Ô này đã được ghi 3 lần bởi 2 người; 1 lần bị xoá rồi gõ lại." */
  summary: string;
  steps: ProofStep[];
  verdict: ProofVerdict;
}

export interface ChangedCell {
  enrolmentId: string;
  column: MarkColumn;
  order: number;
  name: string;
  columnTitle: string;
  /** Every value from the first to the one in the book, null where the cell stood empty. */
  values: (string | null)[];
  changes: number;
  isDeletedAndRetyped: boolean;
  lastAt: string;
  lastBy: string;
  reason: string | null;
  isIntact: boolean;
}

/** A sheet's cells that were changed after they were first written. */
export interface SheetProof {
  sheetId: string;
  className: string;
  subjectName: string;
  term: 1 | 2 | 3 | 4;
  /** "Học kì 1"; of a primary sheet its point of the year, "Giữa học kì I". */
  termName: string;
  year: string;
  counts: { cells: number; changed: number; deleted: number; retyped: number; afterLock: number };
  cells: ChangedCell[];
  /** Submitted, locked, opened again …: the sheet's own steps, oldest first. */
  steps: ProofStep[];
  isIntact: boolean;
}

const OneMark = z.object({ sheetId: Id, enrolmentId: Id, column: MarkColumn });
const PupilSubject = z.object({ enrolmentId: Id, subject: z.string().min(1).max(20) });

export const proofCalls = {
  markProof: read('grades.view', OneMark).returns<MarkProof>(),
  printMarkProof: job('grades.view', OneMark).returns<PdfFile>(),
  sheetProof: read('grades.view', z.object({ sheetId: Id })).returns<SheetProof>(),
  printSheetProof: job('grades.view', z.object({ sheetId: Id })).returns<PdfFile>(),
  /** Every mark of a pupil in a subject, one after the other; marks never written are left out. */
  subjectProof: read('grades.view', PupilSubject).returns<{ proofs: MarkProof[] }>(),
  printSubjectProof: job('grades.view', PupilSubject).returns<PdfFile>(),
};
