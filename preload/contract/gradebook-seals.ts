import { z } from 'zod';
import { job, read } from './base.ts';
import { Id, type PdfFile } from './common.ts';

/** What differs in a sealed sheet: a pupil's cell, average, comment or name; values as printed, null for "not there". */
export interface SealDifference {
  enrolmentId: string;
  name: string;
  /** "Giữa kì", "ĐTB học kì", "Nhận xét", "Họ và tên" … */
  what: string;
  before: string | null;
  after: string | null;
}

export interface SealView {
  sealId: string;
  /** The short code printed on paper. */
  code: string;
  hash: string;
  cause: 'locked' | 'request';
  at: string;
  by: string;
  /** Last row of the journal when it was sealed. */
  journalSeq: number;
  /** Against the seal before; empty for the first. */
  differences: SealDifference[];
}

export interface SealVerdict {
  /** `none`: never sealed; `equal`: the sheet is what was sealed; `differs`: see the list; `broken`: the stored seal is not what it was. */
  state: 'none' | 'equal' | 'differs' | 'broken';
  code: string | null;
  differences: SealDifference[];
}

const Sheet = z.object({ sheetId: Id });

export const sealCalls = {
  seals: read('grades.view', Sheet).returns<{ seals: SealView[] }>(),
  verifySeal: read('grades.view', Sheet).returns<SealVerdict>(),
  /** The sheet as it stands in the class register (sổ theo dõi và đánh giá học sinh), with its seal at the foot. */
  printRegister: job('grades.view', Sheet).returns<PdfFile>(),
};
