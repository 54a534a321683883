import { recordTable, type RecordColumns } from './base.ts';

/** A column of a sheet read a second time: `aloud` by two people over the paper, `blind` typed again by somebody who does not see the first. */
export interface SecondReadingTable extends RecordColumns {
  sheet_id: string;
  kind: 'aloud' | 'blind';
  /** `MarkColumn`s joined by ",". */
  columns: string;
  /** Account of the one who reads; the colleague beside him, in words, when aloud. */
  reader: string;
  partner: string;
  /** `reading` cell by cell, `settling` the differences, `done`, or `dropped` half way. */
  state: 'reading' | 'settling' | 'done' | 'dropped';
  cells: number;
  differences: number;
  finished_at: string | null;
}

/** What the second reader said of one cell. Values are `MarkValue`s as JSON. */
export interface SecondReadingCellTable extends RecordColumns {
  reading_id: string;
  enrolment_id: string;
  col: string;
  /** What stood in the book when both were compared; null before, so that a blind pass stays blind. */
  first_value: string | null;
  second_value: string;
  outcome: 'read' | 'same' | 'different' | 'kept' | 'taken';
  settled_by: string | null;
}

/**
 * `subject`: what the teacher of the subject writes for the học bạ. `conduct`: what he tells the homeroom teacher of the pupil's conduct
 * (TT 22/2021 Đ8 k1). The others are the groups of a primary traits sheet (TT 27/2020 Đ6).
 */
export type CommentKind = 'subject' | 'conduct' | 'qualities' | 'coreCompetences' | 'specificCompetences';

export interface SubjectCommentTable extends RecordColumns {
  sheet_id: string;
  enrolment_id: string;
  kind: CommentKind;
  comment: string;
  /** 0: a draft nobody has looked at; it is neither submitted nor printed. */
  is_seen: 0 | 1;
}

export interface CommentPhraseTable extends RecordColumns {
  /** Account whose own phrase it is; null for one of the whole department. */
  owner: string | null;
  /** Subject code; "" for any. */
  subject: string;
  kind: CommentKind;
  /** Range of the term's average in tenths, or a level; null for any. */
  low: number | null;
  high: number | null;
  level: string | null;
  phrase: string;
  /** {@link phrase} folded for search. */
  search_phrase: string;
}

/** Somebody looked at a warning and said why it is all right. `warning` names what was found with its values: other values, another warning. */
export interface SheetWarningNoteTable extends RecordColumns {
  sheet_id: string;
  warning: string;
  note: string;
  actor: string;
}

export interface GradebookNotesSchema {
  second_reading: SecondReadingTable;
  second_reading_cell: SecondReadingCellTable;
  subject_comment: SubjectCommentTable;
  comment_phrase: CommentPhraseTable;
  sheet_warning_note: SheetWarningNoteTable;
}

export const gradebookNotesTables = [
  recordTable('second_reading'),
  recordTable('second_reading_cell'),
  recordTable('subject_comment'),
  recordTable('comment_phrase', { sync: false }),
  recordTable('sheet_warning_note', { sync: false }),
];
