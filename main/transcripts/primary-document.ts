import type { TranscriptDocument, TranscriptPaper, TranscriptPrincipal, TranscriptPupil } from './transcript-document.ts';

/** A học bạ of primary school (TT 27/2020), ready for its template; what is said of {@link TranscriptDocument} holds here too. */
export interface PrimaryTranscript extends Pick<TranscriptDocument, 'school' | 'issue'> {
  level: 'tieu-hoc';
  pupil: Omit<TranscriptPupil, 'policyGroup'> & { nationality: string; homeTown: string };
  /** Quá trình học tập, oldest first. */
  history: { year: string; className: string; school: string; registerNumber: string; enteredOn: string | null }[];
  years: PrimaryTranscriptYear[];
  paper: TranscriptPaper | null;
}

export interface PrimarySubjectLine {
  code: string;
  name: string;
  level: 'T' | 'H' | 'C' | null;
  /** The end-of-year test, a whole mark; null where none is written. */
  test: number | null;
  comment: string;
}

export interface TraitGroup {
  traits: { name: string; level: 'T' | 'D' | 'C' | null }[];
  comment: string;
}

export interface PrimaryTranscriptYear {
  year: string;
  grade: number;
  className: string;
  /** With their unit: "139,5 cm". */
  height: string;
  weight: string;
  absences: { excused: number; unexcused: number };
  subjects: PrimarySubjectLine[];
  qualities: TraitGroup;
  general: TraitGroup;
  specific: TraitGroup;
  /** In words, as the form wants them. */
  overall: string;
  awards: string;
  completion: string;
  promotion: 'promoted' | 'repeat' | null;
  homeroomComment: string;
  homeroom: string;
  principal: TranscriptPrincipal | null;
  place: string;
  date: string | null;
}

export type AnyTranscript = TranscriptDocument | PrimaryTranscript;
