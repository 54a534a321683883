import type { PupilState, Sex } from '../../resources/catalogues/code-catalogues.ts';
import type { SchoolLevel, SubjectKind } from '../../resources/catalogues/subject-catalogue.ts';
import type { PrimarySheetRecord } from './primary-reader.ts';
import type { FoundIssue } from './issued-sheet-reader.ts';

/**
 * What the readers make of workbooks. In every record a field that is missing (undefined) has no column in the file, so it must leave
 * what is stored alone; null is an empty cell. Texts are NFC with single blanks; codes are text and never change on the way.
 */

/** A value of a catalogue. `raw` is what the cell says; `code` and `name` are the national ones, null where the value is unknown. */
export interface CodedValue {
  raw: string;
  code: string | null;
  name: string | null;
}

/** A birth date as far as it is known: `2012-05-03`, `2012-05` or `2012`. */
export type PartialDate = string;

export interface Address {
  province?: string | null;
  /** Only in forms from before July 2025. */
  district?: string | null;
  commune?: string | null;
  hamlet?: string | null;
}

export interface Parent {
  fullName?: string | null;
  job?: string | null;
  birthYear?: number | null;
  phone?: string | null;
  personalId?: string | null;
}

export interface PupilRecord {
  /** Row in the workbook, as Excel counts. */
  row: number;
  /** The sector database's code; null while the ministry has not issued one. */
  pupilCode: string | null;
  personalId?: string | null;
  fullName: string;
  otherName?: string | null;
  className: string;
  /** 1–12, from the class name. */
  grade: number;
  birth?: PartialDate | null;
  sex?: Sex | null;
  status?: { raw: string; code: string | null; name: string | null; state: PupilState | null } | null;
  statusDate?: string | null;
  ethnicGroup?: CodedValue | null;
  nationality?: string | null;
  religion?: string | null;
  disability?: CodedValue | null;
  policyGroup?: CodedValue | null;
  birthPlace?: string | null;
  birthProvince?: string | null;
  permanentAddress?: Address;
  homeTown?: Address;
  currentAddress?: string | null;
  phone?: string | null;
  email?: string | null;
  father?: Parent;
  mother?: Parent;
  guardian?: Parent;
  repeating?: boolean | null;
  youngPioneer?: boolean | null;
  youthUnion?: boolean | null;
  boarding?: boolean | null;
  /** Số đăng bộ, the number in the register of pupils. */
  registerNumber?: string | null;
  /** Codes of older systems: VEMIS, MOET. */
  vemisCode?: string | null;
  moetCode?: string | null;
  note?: string | null;
  idIssuedOn?: string | null;
  idIssuedAt?: string | null;
  tuitionRelief?: string | null;
  fullBoarding?: boolean | null;
  /** Tenths of a centimetre and of a kilogram. */
  height?: number | null;
  weight?: number | null;
  /** Values of further fields as they are stored, by key of `pupilFields`; an empty cell has none. */
  more: Readonly<Record<string, string>>;
  /** Filled cells of columns the program has no field for, by header. */
  extra: Readonly<Record<string, string>>;
}

export type StaffRole = 'principal' | 'vicePrincipal' | 'teacher' | 'officer';

export interface StaffRecord {
  row: number;
  staffCode?: string | null;
  fullName: string;
  birth?: PartialDate | null;
  sex?: Sex | null;
  personalId?: string | null;
  ethnicGroup?: CodedValue | null;
  email?: string | null;
  phone?: string | null;
  status?: string | null;
  /** False when the status says that the person has left. */
  working: boolean;
  position?: string | null;
  positionGroup?: string | null;
  /** Proposed from the position; never a reason to change the rights of an account. */
  role: StaffRole;
  contract?: string | null;
  /** Subject codes known at this level of school, and the words that are not. */
  subjects?: { code: string | null; raw: string }[] | null;
  qualification?: string | null;
  partyMember?: boolean | null;
  religion?: string | null;
  nationality?: string | null;
  address?: string | null;
  /** Values of further fields as they are stored, by key of `staffFields`. */
  more: Readonly<Record<string, string>>;
  extra: Readonly<Record<string, string>>;
}

/** A mark in tenths (8,5 → 85), a level of a comment subject, or null: not entered. Never 0 for empty. */
export type MarkValue = number | 'D' | 'CD' | null;

export interface MarkRow {
  row: number;
  pupilCode: string;
  fullName: string;
  ongoing: MarkValue[];
  mid: MarkValue;
  final: MarkValue;
}

/** One sheet of a marks workbook: one subject of one class in one term. */
export interface MarksSheetRecord {
  sheet: string;
  schoolYear: string;
  className: string;
  grade: number;
  subjectCode: string;
  kind: SubjectKind;
  term: 1 | 2;
  ongoingCount: number;
  teacherCode: string | null;
  rows: MarkRow[];
}

export type ConductLevel = 'T' | 'K' | 'D' | 'CD';

export interface SummaryRow {
  row: number;
  pupilCode: string;
  fullName: string;
  /** Kết quả rèn luyện of term 1 and 2. */
  conduct: [ConductLevel | null, ConductLevel | null];
  /** Sessions absent in the year, with and without leave. */
  absentWithLeave: number | null;
  absentWithoutLeave: number | null;
  homeroomComment: string | null;
}

/** The sheet "Tổng hợp" of a class workbook, filled by the homeroom teacher. */
export interface ClassSummaryRecord {
  sheet: string;
  schoolYear: string;
  className: string;
  grade: number;
  homeroomCode: string | null;
  rows: SummaryRow[];
}

/** A fault at one place. `column` is the header, `letter` the column as Excel names it. */
export interface ImportProblem {
  sheet: string;
  row: number;
  column: string;
  letter: string;
  value: string;
  code: string;
  message: string;
  remedy: string;
}

export interface ColumnFound {
  field: string;
  header: string;
  letter: string;
}

/** A catalogue sheet that the export brings along, e.g. DAN_TOC. */
export interface LearnedCatalogue {
  sheet: string;
  entries: { code: string; name: string }[];
}

/** A value that no catalogue knows; it was kept as it stands. */
export interface UnknownValue {
  field: string;
  /** Where a mapping of it is kept. */
  catalogue: string;
  column: string;
  value: string;
  rows: number[];
}

export interface ListReading<Kind extends 'pupils' | 'staff', R> {
  kind: Kind;
  title: string;
  sheet: string;
  headerRow: number;
  /** `2025-2026` where the title rows name it. */
  schoolYear: string | null;
  columns: ColumnFound[];
  records: R[];
  /** Rows that hold a person, right or wrong. */
  rowCount: number;
  errors: ImportProblem[];
  warnings: ImportProblem[];
  catalogues: LearnedCatalogue[];
  unknownValues: UnknownValue[];
  /** Columns with a header that the form does not know. */
  otherColumns: { header: string; letter: string }[];
}

export type PupilsReading = ListReading<'pupils', PupilRecord>;
export type StaffReading = ListReading<'staff', StaffRecord>;

export interface MarksReading {
  kind: 'marks';
  title: string;
  /** Sheets that the program handed out itself. */
  issued: FoundIssue[];
  sheets: MarksSheetRecord[];
  summaries: ClassSummaryRecord[];
  /** Results forms of primary classes. */
  primary: PrimarySheetRecord[];
  rowCount: number;
  errors: ImportProblem[];
  warnings: ImportProblem[];
}

/** What the school has said of files before. */
export interface SchoolWords {
  /** By catalogue, then by the file's word in plain form. */
  values: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By header in plain form; '' is a column to pass over. */
  columns: ReadonlyMap<string, string>;
  /** Brought by earlier files; a file's own come first. */
  catalogues: readonly LearnedCatalogue[];
}

/** What the school expects, so that a file of another year or level is refused. Everything left out is not checked. */
export interface ListExpectations {
  fileName?: string;
  schoolYear?: string;
  levels?: readonly SchoolLevel[];
  words?: SchoolWords;
}
