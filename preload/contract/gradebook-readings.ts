import { z } from 'zod';
import { read, write } from './base.ts';
import { Id } from './common.ts';
import { MarkColumn, MarkValue } from './grades.ts';

/** Marks of a sheet read a second time. */
export interface ReadingView {
  readingId: string;
  sheetId: string;
  kind: 'aloud' | 'blind';
  columns: MarkColumn[];
  columnTitles: string[];
  reader: string;
  readerName: string;
  /** Who read from the paper beside the reader, when aloud. */
  partner: string;
  state: 'reading' | 'settling' | 'done' | 'dropped';
  /** Cells to read, cells read so far. */
  cells: number;
  read: number;
  differences: number;
  startedAt: string;
  finishedAt: string | null;
}

export interface ReadingCell {
  enrolmentId: string;
  column: MarkColumn;
  order: number;
  name: string;
  columnTitle: string;
  /** What stands in the book; null in a blind pass until the differences are settled. */
  first: MarkValue | null;
  /** Who wrote it, where it is shown. */
  firstBy: string;
  second: MarkValue | null;
  outcome: 'read' | 'same' | 'different' | 'kept' | 'taken' | null;
  settledBy: string | null;
}

export interface OpenReading extends ReadingView {
  className: string;
  subjectName: string;
  sheetKind: 'score' | 'comment' | 'primary' | 'traits';
  term: 1 | 2 | 3 | 4;
  /** While reading: every cell, down one column after the other. Afterwards: the differences only. */
  list: ReadingCell[];
  /** This person may go on typing it; may settle its differences. */
  mayRead: boolean;
  maySettle: boolean;
}

const Cell = z.object({ readingId: Id, enrolmentId: Id, column: MarkColumn });

export const readingCalls = {
  readings: read('grades.view', z.object({ sheetId: Id })).returns<{ readings: ReadingView[]; mayStart: boolean }>(),
  /** Refuses a blind pass by whoever typed the marks, a locked sheet, and a second reading beside an open one. */
  startReading: write('grades.edit', z.object({
    sheetId: Id, kind: z.enum(['aloud', 'blind']), columns: z.array(MarkColumn).min(1).max(30), partner: z.string().trim().max(100).default(''),
  })).returns<{ readingId: string }>(),
  openReading: read('grades.view', z.object({ readingId: Id })).returns<OpenReading>(),
  /** Notes one cell; read again, the later value counts. */
  readCell: write('grades.edit', Cell.extend({ value: MarkValue })).returns<{ read: number }>(),
  /** Compares: afterwards only the differences are shown. Refused while cells are unread. */
  finishReading: write('grades.edit', z.object({ readingId: Id })).returns<{ differences: number }>(),
  /** A person decides: the mark in the book stays, or the second one is written with this reading as its reason. */
  settleDifference: write('grades.edit', Cell.extend({ choice: z.enum(['keep', 'take']) })).returns<{ left: number }>(),
  dropReading: write('grades.edit', z.object({ readingId: Id, reason: z.string().trim().min(3).max(300) })).returns<{ state: 'dropped' }>(),
};
