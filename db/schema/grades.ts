import type { MarkColumn, MarkLevel, RuleSetCode, SheetKind, SheetState } from '../../preload/contract/grades.ts';
import type { AnyConduct, AnyLearning, Award, OverallLevel, Promotion, Title } from '../../preload/contract/year-end.ts';
import { recordTable, type RecordColumns } from './base.ts';

export interface GradeSheetTable extends RecordColumns {
  class_id: string;
  subject: string;
  /** By grade and school year; never chosen in a screen. */
  rule_set: RuleSetCode;
  kind: SheetKind;
  /** Secondary: 1 or 2. Primary: the four points of the year (TT 27/2020 Đ7): giữa HK I, cuối HK I, giữa HK II, cuối năm. */
  term: 1 | 2 | 3 | 4;
  /** Number of ongoing columns (secondary), fixed by the subject's periods (TT 22/2021 Điều 6). */
  ongoing: number;
  /** Number of periodic columns: TT22 1 (`gk`), TT58 the tests of a period (`v1` …), primary 1 where a test is written at this point (`kt`), else 0. */
  periodic: number;
  periods: number;
  state: SheetState;
  state_reason: string | null;
  /** RFC 3339 in UTC; from then on the sheet counts as locked, whether or not somebody has written that down yet. */
  reopened_until: string | null;
}

/** One cell. Its key is (sheet, enrolment, column); it exists from the first time something was written in it. */
export interface MarkTable extends Omit<RecordColumns, 'id' | 'cancelled' | 'created_at'> {
  sheet_id: string;
  enrolment_id: string;
  col: MarkColumn;
  state: 'empty' | 'score' | 'level' | 'zeroByRule';
  /** Tenths, 0–100, for a score. */
  tenths: number | null;
  level: MarkLevel | null;
  reason: string | null;
  /** Last journal row of this cell. */
  journal_seq: number;
}

/** Derived from marks in the same transaction that changes them; never typed, never journalled. */
export interface SubjectAverageTable {
  enrolment_id: string;
  subject: string;
  term1: number | null;
  term2: number | null;
  year: number | null;
  level1: 'D' | 'CD' | null;
  level2: 'D' | 'CD' | null;
  level_year: 'D' | 'CD' | null;
}

export interface TermRecordTable extends RecordColumns {
  enrolment_id: string;
  term: 1 | 2;
  conduct: AnyConduct | null;
  /** TT 58/2011 only, with term 2: the homeroom teacher classes the year, no table does. */
  conduct_year: AnyConduct | null;
  absent_excused: number;
  absent_unexcused: number;
  comment: string;
}

/** The year's result of a pupil, as computed and later approved. */
export interface YearResultTable extends RecordColumns {
  enrolment_id: string;
  rule_set: RuleSetCode;
  /** Secondary: kết quả học tập, before TT 22/2021 học lực. */
  learning1: AnyLearning | null;
  learning2: AnyLearning | null;
  learning_year: AnyLearning | null;
  learning_final: AnyLearning | null;
  conduct_year: AnyConduct | null;
  conduct_final: AnyConduct | null;
  /** TT 58/2011: ĐTBhk and ĐTBcn, in tenths. */
  average1: number | null;
  average2: number | null;
  average_year: number | null;
  /** TT 58/2011: danh hiệu of each term; that of the year is the award. */
  title1: Title | null;
  title2: Title | null;
  /** Primary: before and after support (TT 27/2020 Đ9, Đ11). */
  overall_first: OverallLevel | null;
  overall: OverallLevel | null;
  completed_programme: 0 | 1 | null;
  /** Whether the pupil goes up; null while somebody has still to decide. */
  promoted: 0 | 1 | null;
  absences: number;
  /** Before the summer, and as it stands now. */
  promotion_year: Promotion;
  promotion: Promotion;
  award: Award | null;
  /** JSON array of flags. */
  flags: string;
  computed_at: string;
}

export interface GradesSchema {
  grade_sheet: GradeSheetTable;
  mark: MarkTable;
  subject_average: SubjectAverageTable;
  term_record: TermRecordTable;
  year_result: YearResultTable;
}

export const gradesTables = [
  recordTable('grade_sheet'),
  recordTable('mark', { key: ['sheet_id', 'enrolment_id', 'col'], linked: true }),
  recordTable('term_record'),
  recordTable('year_result'),
];
