import { z } from 'zod';
import { job, read, write } from './base.ts';
import { HandedFile, Id } from './common.ts';

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
  preview: job('records.import', HandedFile.extend({ kind: z.enum(['pupils', 'staff', 'marks']).optional() })).returns<ImportPreview>(),
  /** `sha256` must be that of the preview: what was shown is what is saved. Refused while any problem is an error. */
  apply: job('records.import', HandedFile.extend({ kind: z.enum(['pupils', 'staff', 'marks']), sha256: z.string() })).returns<ImportDone>(),
  history: read('records.import', z.object({})).returns<{ runs: ImportRun[] }>(),
  undo: write('records.import', z.object({ importId: Id, reason: z.string().max(300).optional() })).returns<{ undone: number }>(),
};
