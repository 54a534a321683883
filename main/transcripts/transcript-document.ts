import type { SchoolLevel } from '../../preload/contract/school.ts';

/**
 * Everything a học bạ shows, ready for its template: facts as they stand on the day it is made, with no reference to tables.
 * Dates are ISO text (`2026-05-28`; a birth date may be `2011-03` or `2011`). An empty text or null leaves the line of the form to be written on.
 */
export interface TranscriptDocument {
  level: SchoolLevel;
  school: TranscriptSchool;
  pupil: TranscriptPupil;
  /** Place, date and signer of the personal page. */
  issue: { place: string; date: string | null; principal: TranscriptPrincipal | null };
  /** Quá trình học tập, oldest first. `school` with its commune and province as named in that year. */
  history: { year: string; className: string; school: string }[];
  /** One pair of pages each, oldest first; the last one carries the signature fields. */
  years: TranscriptYear[];
  /** The back page that says which edition this is; null leaves the page out. */
  paper: TranscriptPaper | null;
}

export interface TranscriptSchool {
  /** "Ủy ban nhân dân xã Hoài Đức", "Sở Giáo dục và Đào tạo Đắk Lắk"; printed in capitals. */
  authority: string;
  name: string;
  commune: string;
  /** Only printed on a book made before 1/7/2025, when districts ended. */
  district: string | null;
  province: string;
}

export interface TranscriptPupil {
  name: string;
  gender: 'male' | 'female' | null;
  birth: string | null;
  birthPlace: string;
  ethnicity: string;
  /** Đối tượng: con liệt sĩ, con thương binh… */
  policyGroup: string;
  address: string;
  father: TranscriptRelative | null;
  mother: TranscriptRelative | null;
  guardian: TranscriptRelative | null;
  /** Số đăng bộ, without the "/THCS" the form adds. */
  registerNumber: string;
}

export interface TranscriptRelative {
  name: string;
  occupation: string;
}

/** Who signs for the school: a deputy signs "KT. HIỆU TRƯỞNG" (Nghị định 30/2020, Điều 13). */
export interface TranscriptPrincipal {
  name: string;
  position: 'principal' | 'deputy';
}

export type TranscriptLevel = 'T' | 'K' | 'D' | 'CD';

/** A mark in tenths (85 is 8,5), a level of a comment subject, `exempt` (miễn), or null where there is none. */
export type TranscriptResult = number | 'D' | 'CD' | 'exempt' | null;

export interface TranscriptSubject {
  /** Of the subject catalogue; puts the line into its row of the form. A subject the form does not know is printed after its rows. */
  code: string;
  /** As printed: "Ngoại ngữ 1 (Tiếng Anh)". */
  name: string;
  term1: TranscriptResult;
  term2: TranscriptResult;
  year: TranscriptResult;
  reassessed: TranscriptResult;
  comment: string;
  teacher: string;
}

export interface TranscriptOutcome {
  conduct: TranscriptLevel | null;
  learning: TranscriptLevel | null;
}

export interface TranscriptYear {
  /** `2025-2026` */
  year: string;
  grade: number;
  className: string;
  /** What the pupil took; rows of the form without a subject stay empty. */
  subjects: TranscriptSubject[];
  /** Corrections made on the subjects page; null leaves the line to be written on. */
  corrections: { count: number; subjects: string } | null;
  homeroom: string;
  principal: TranscriptPrincipal | null;
  results: { term1: TranscriptOutcome; term2: TranscriptOutcome; year: TranscriptOutcome };
  /** Tổng số buổi nghỉ học cả năm học. */
  absences: number | null;
  /** After re-assessed subjects or summer training. */
  afterSummer: TranscriptOutcome;
  promotion: 'promoted' | 'promotedAfterSummer' | 'repeat' | null;
  /** Last grade of the level only. */
  completion: 'completed' | 'notCompleted' | null;
  certificate: { name: string; grade: string };
  contests: string;
  awards: string;
  summerTraining: string;
  homeroomComment: string;
  /** Words of the principal. Empty: the form confirms the completed programme by itself where the year is one (from 2025-2026), else nothing. */
  approval: string;
  place: string;
  date: string | null;
}

export interface TranscriptPaper {
  number: string;
  /** 1 for the first edition. */
  version: number;
  preparedOn: string;
  /** Earlier editions this one takes the place of, and why. */
  replaces: { version: number; preparedOn: string; reason: string }[];
}
