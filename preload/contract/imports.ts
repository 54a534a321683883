import { z } from 'zod';
import { job, read, write } from './base.ts';
import { HandedFile, Id } from './common.ts';

const ImportChoice = z.enum(['program', 'file', 'later']);

export type ImportKind = 'pupils' | 'staff' | 'marks';

export interface ImportProblem {
  sheet?: string;
  row: number;
  /** Header text with its letter, e.g. "Ngày sinh (F)". */
  column: string;
  value: string;
  code: string;
  message: string;
  remedy: string;
  /** A warning is shown but does not stop the import. */
  severity: 'error' | 'warning';
}

export interface ImportPreviewRow {
  row: number;
  sheet?: string;
  outcome: 'created' | 'updated' | 'unchanged' | 'problem';
  title: string;
  changes: { field: string; before: string | null; after: string | null }[];
}

/** A cell changed both in the program and in the file since the file was handed out. Values in words, null for an empty cell. */
export interface ImportConflict {
  /** Names the cell and what stands in it now; changed meanwhile, the choice counts no longer. */
  key: string;
  /** The page of the workbook and its row. */
  sheet: string;
  row: number;
  /** "9A Toán HK I". */
  where: string;
  pupil: string;
  column: string;
  issued: string | null;
  program: string | null;
  programBy: string;
  programAt: string;
  file: string | null;
  choice: ImportChoice | null;
}
/** `later` keeps the program's value and puts both on the list of cells to be decided. */
export type ImportChoice = z.infer<typeof ImportChoice>;

/** Computed by the same code that saves: what it lists is what will be written. */
export interface ImportPreview {
  kind: ImportKind;
  /** E.g. "Danh sách học sinh, mẫu CSDL ngành ver3". */
  title: string;
  fileName: string;
  sha256: string;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  problems: ImportProblem[];
  /** Cells a person must decide before saving; only in mark sheets that were handed out. */
  conflicts: ImportConflict[];
  /** The first 2,000 rows, problems first. */
  preview: ImportPreviewRow[];
}

export interface ImportDone {
  importId: string;
  kind: ImportKind;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
}

export interface ImportRun extends ImportDone {
  fileName: string;
  at: string;
  actor: string;
  state: 'applied' | 'undone';
  /** Why it can no longer be undone, or null when it can. */
  heldBy: string | null;
}

export const imports = {
  /** `sheetId`: the sheet one stands in; a mark sheet of another is refused. */
  preview: job('records.import', HandedFile.extend({ kind: z.enum(['pupils', 'staff', 'marks']).optional(), sheetId: Id.optional() })).returns<ImportPreview>(),
  /** `sha256` must be that of the preview: what was shown is what is saved. Refused while any problem is an error or a conflict is undecided. */
  apply: job('records.import', HandedFile.extend({
    kind: z.enum(['pupils', 'staff', 'marks']), sha256: z.string(), sheetId: Id.optional(), settle: z.record(z.string(), ImportChoice).optional(),
  })).returns<ImportDone>(),
  history: read('records.import', z.object({})).returns<{ runs: ImportRun[] }>(),
  undo: write('records.import', z.object({ importId: Id, reason: z.string().max(300).optional() })).returns<{ undone: number }>(),
};
