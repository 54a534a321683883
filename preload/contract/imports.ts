import { z } from 'zod';
import { job, read, write } from './base.ts';
import { HandedFile, Id, type PdfFile } from './common.ts';

const ImportChoice = z.enum(['program', 'file', 'later']);

export type ImportKind = 'pupils' | 'staff' | 'marks' | 'attendance';

export interface ImportProblem {
  sheet?: string;
  row: number;
  /** Header text with its letter, e.g. "Ngày sinh (F)". */
  column: string;
  /** The cell a correction of it is kept under, e.g. `Sheet1!F6`. */
  cell?: string;
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
  /** `key` where a person may decide against the one change: see `take`. */
  changes: { key?: string; field: string; before: string | null; after: string | null }[];
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

/** A pupil of the school year whom the file does not have. He is left alone. */
export interface ImportAbsent {
  name: string;
  className: string;
  code: string;
  birth: string;
}

/** A word that no catalogue knows. Said once what it means, it is known in every later file. */
export interface ImportUnknown {
  catalogue: string;
  column: string;
  value: string;
  rows: number;
  options: string[];
}

export interface ImportMapping {
  mappingId: string;
  kind: 'value' | 'column';
  /** The catalogue, or the form. */
  of: string;
  said: string;
  means: string;
  source: string;
  actor: string;
  at: string;
}

export interface CatalogueView {
  /** The name of its sheet in the sector database's files. */
  sheet: string;
  title: string;
  source: string;
  /** Which reading of it; 0 comes with the program. */
  edition: number;
  validFrom: string;
  entries: { code: string; name: string }[];
}

/** What a file's catalogue would change. */
export interface CatalogueDifference {
  sheet: string;
  title: string;
  fresh: { code: string; name: string }[];
  changed: { code: string; before: string; after: string }[];
  gone: { code: string; name: string }[];
  same: number;
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
  /** Cells a person must decide before saving; only in mark sheets that were handed out. */
  conflicts: ImportConflict[];
  /** The first 2,000 rows, problems first. */
  preview: ImportPreviewRow[];
  absent: ImportAbsent[];
  unknown: ImportUnknown[];
  /** Columns whose header no form knows, and the fields they may be. */
  columns: { header: string; letter: string }[];
  fields: { id: string; name: string }[];
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
  /** Cells mended in the preview. */
  mended: number;
  /** Why it can no longer be undone, or null when it can. */
  heldBy: string | null;
}

/** Cells mended in the preview, by their names: see `ImportProblem.cell`. '' empties a cell. */
const Corrections = z.record(z.string().max(80), z.string().max(500)).optional();
/** Only these changes are taken, each `<row>/<key>`; `<row>/new` is a pupil the program does not know yet. Left out, all are. */
const Take = z.array(z.string().max(80)).max(100_000).optional();

export const imports = {
  /** `sheetId`: the sheet one stands in; a mark sheet of another is refused. */
  preview: job('records.import', HandedFile.extend({ kind: z.enum(['pupils', 'staff', 'marks', 'attendance']).optional(), sheetId: Id.optional(), corrections: Corrections })).returns<ImportPreview>(),
  /** `sha256` must be that of the preview: what was shown is what is saved. Refused while any problem is an error or a conflict is undecided. */
  apply: job('records.import', HandedFile.extend({
    kind: z.enum(['pupils', 'staff', 'marks', 'attendance']), sha256: z.string(), sheetId: Id.optional(), corrections: Corrections, take: Take, settle: z.record(z.string(), ImportChoice).optional(),
  })).returns<ImportDone>(),
  history: read('records.import', z.object({})).returns<{ runs: ImportRun[] }>(),
  undo: write('records.import', z.object({ importId: Id, reason: z.string().max(300).optional() })).returns<{ undone: number }>(),
  mappings: read('records.import', z.object({})).returns<{ mappings: ImportMapping[] }>(),
  /** Said once, known from then on. What was said of the same word before is withdrawn. */
  mapValue: write('records.import', z.object({ catalogue: z.string().min(1).max(60), raw: z.string().min(1).max(250), value: z.string().min(1).max(250), source: z.string().max(260) })).returns<null>(),
  /** `field` '' passes the column over. */
  mapColumn: write('records.import', z.object({ form: z.enum(['pupils', 'staff']), header: z.string().min(1).max(250), field: z.string().max(60), source: z.string().max(260) })).returns<null>(),
  withdrawMapping: write('records.import', z.object({ mappingId: Id })).returns<null>(),
  catalogues: read('records.import', z.object({})).returns<{ catalogues: CatalogueView[] }>(),
  /** What the catalogues of a school's own export would add, change and end. */
  readCatalogues: job('records.import', HandedFile).returns<{ sha256: string; differences: CatalogueDifference[] }>(),
  learnCatalogues: job('records.import', HandedFile.extend({ sha256: z.string(), sheets: z.array(z.string()).min(1).max(100) })).returns<{ learned: number }>(),
  /** The differences between the program and the sector database's list, on paper; `take` as decided in the window. */
  printComparison: job('records.import', HandedFile.extend({ corrections: Corrections, take: Take })).returns<PdfFile>(),
};
