import type { ImportAbsent, ImportConflict, ImportKind, ImportPreviewRow, ImportProblem as ProblemView } from '../../preload/contract/imports.ts';
import type { WriteContext } from '../call/context.ts';
import { cellKey } from './corrections.ts';
import type { FieldChange } from '../kit/row-difference.ts';
import type { ImportProblem, LearnedCatalogue, ListReading, UnknownValue } from './import-records.ts';

/** One row of a file and what saving it will do. `write` runs inside the import's transaction, in file order. */
export interface PlanItem {
  row: number;
  sheet?: string;
  title: string;
  outcome: 'created' | 'updated' | 'unchanged';
  /** `key` names the field where a person can decide about it alone. */
  changes: (FieldChange & { key?: string })[];
  /** Preparation that is no row of its own: neither shown nor counted. */
  isPreparation?: true;
  write(ctx: WriteContext): void;
}

/** What an import will do, computed once and used both to show and to save. */
export interface ImportPlan {
  kind: ImportKind;
  title: string;
  rows: number;
  items: PlanItem[];
  errors: ProblemView[];
  warnings: ProblemView[];
  conflicts?: ImportConflict[];
  /** Pupils of the year that the file does not have. */
  absent?: ImportAbsent[];
  unknown?: UnknownValue[];
  otherColumns?: { header: string; letter: string }[];
  catalogues?: LearnedCatalogue[];
}

/** The plan of a list, with what its reading leaves for a person to say. */
export function listPlan(kind: 'pupils' | 'staff', reading: ListReading<'pupils' | 'staff', unknown>, items: PlanItem[]): ImportPlan {
  return {
    kind, title: reading.title, rows: reading.rowCount, items,
    errors: reading.errors.map(problem => problemView(problem, 'error')), warnings: reading.warnings.map(problem => problemView(problem, 'warning')),
    unknown: reading.unknownValues, otherColumns: reading.otherColumns, catalogues: reading.catalogues,
  };
}

const PREVIEW_ROWS = 2000;

export function problemView(problem: ImportProblem, severity: ProblemView['severity']): ProblemView {
  return {
    sheet: problem.sheet, row: problem.row, column: problem.letter === '' ? problem.column : `${problem.column} (${problem.letter})`,
    value: problem.value, code: problem.code, message: problem.message, remedy: problem.remedy, severity,
    ...(problem.letter === '' ? {} : { cell: cellKey(problem.sheet, problem.letter, problem.row) }),
  };
}

/** The rows a person looks at before saving: problems first, then what changes, then the rest. */
export function previewRows(plan: ImportPlan): ImportPreviewRow[] {
  const problems = plan.errors.map(problem => ({
    row: problem.row, ...(problem.sheet === undefined ? {} : { sheet: problem.sheet }), outcome: 'problem' as const, title: problem.message,
    changes: [{ field: problem.column, before: null, after: problem.value }],
  }));
  const rank = { created: 1, updated: 0, unchanged: 2 };
  const items = plan.items.filter(item => item.isPreparation !== true).toSorted((a, b) => rank[a.outcome] - rank[b.outcome])
    .map(({ row, sheet, outcome, title, changes }) => ({ row, ...(sheet === undefined ? {} : { sheet }), outcome, title, changes }));
  return [...problems, ...items].slice(0, PREVIEW_ROWS);
}

export function countItems(plan: ImportPlan): { rows: number; created: number; updated: number; unchanged: number } {
  const count = (outcome: PlanItem['outcome']) => plan.items.filter(item => item.outcome === outcome && item.isPreparation !== true).length;
  return { rows: plan.rows, created: count('created'), updated: count('updated'), unchanged: count('unchanged') };
}
