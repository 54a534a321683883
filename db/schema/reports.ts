import type { StatisticsPeriod } from '../../preload/contract/reports.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import { recordTable, type RecordColumns } from './base.ts';

/**
 * How many cells of a sheet's column hold something. Kept by triggers in the transaction that writes the mark, so that counting a school's
 * progress need not read its marks. Derived: never journalled.
 */
export interface SheetProgressTable {
  sheet_id: string;
  col: MarkColumn;
  filled: number;
}

/** The numbers of a period as they were sent. The database refuses every change of a row. */
export interface ReportSnapshotTable extends RecordColumns {
  year: string;
  period: StatisticsPeriod;
  /** The day the numbers are of, yyyy-mm-dd. */
  as_of: string;
  title: string;
  note: string;
  actor: string;
  actor_name: string;
  /** Last journal row before the numbers were taken: what changed them later stands after it. */
  journal_seq: number;
  /** Sections with their counts, and who was counted in each; canonical JSON. */
  content: string;
  /** SHA-256 over {@link content}: the journal keeps this. */
  content_sha256: string;
}

export interface ReportsSchema {
  sheet_progress: SheetProgressTable;
  report_snapshot: ReportSnapshotTable;
}

export const reportsTables = [recordTable('report_snapshot', { sync: false, secret: ['content'] })];
