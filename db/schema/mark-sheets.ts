import type { MarkColumn } from '../../preload/contract/grades.ts';
import { recordTable, type RecordColumns } from './base.ts';

/** A mark sheet handed out as a workbook. Of one sheet only the issue with the highest number is taken back. */
export interface MarkSheetIssueTable extends RecordColumns {
  sheet_id: string;
  /** 1, 2 … within the sheet. */
  number: number;
  /** What people read on the paper, e.g. "9A-TOAN-HK1-02-K7Q". */
  code: string;
  issued_by: string;
  /** Name of the teacher it was made for; '' when nobody teaches the subject. */
  issued_for: string;
  /** The last journal row when it was issued: what each cell then held is read from the journal. */
  journal_seq: number;
  /** SHA-256 over pupils, columns and marks as handed out. */
  content_sha256: string;
  /** JSON: journal rows from–to of each time it came back, `[[from, to], …]`. What itself brought in is no change by another. */
  returns: string;
}

/** One cell for which two people had different values; both are kept until a person has decided. Values are JSON of `MarkValue`. */
export interface MarkConflictTable extends RecordColumns {
  sheet_id: string;
  enrolment_id: string;
  col: MarkColumn;
  /** What the second writer saw before he wrote. */
  seen: string;
  /** What stood in the book when his value came, by whom and when. */
  stored: string;
  stored_by: string;
  stored_at: string;
  offered: string;
  offered_by: string;
  offered_path: 'typed' | 'pasted' | 'undo' | 'imported';
  /** The file it came in; '' when typed. */
  source: string;
  state: 'open' | 'settled';
  choice: 'stored' | 'offered' | null;
  settled_by: string | null;
  settled_at: string | null;
}

export interface MarkSheetsSchema {
  mark_sheet_issue: MarkSheetIssueTable;
  mark_conflict: MarkConflictTable;
}

export const markSheetsTables = [recordTable('mark_sheet_issue', { sync: false }), recordTable('mark_conflict', { sync: false })];
