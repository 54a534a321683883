import { recordTable, type RecordColumns } from './base.ts';

/** Something left the program as a file or on paper. Rows are only ever added. */
export interface ExportLogTable extends RecordColumns {
  actor: string;
  /** What it was: `pupils`, `staff`, `primaryResults`, `all`, a list's name … */
  what: string;
  file_name: string;
  /** Records in it. */
  count: number;
  purpose: string;
}

/** A value of a column that no catalogue knows, and what somebody said it means. Withdrawn by cancelling. */
export interface ValueMappingTable extends RecordColumns {
  /** Catalogue that answers: `ethnicGroups`, `policyGroups` … */
  catalogue: string;
  /** As the file has it. */
  raw: string;
  /** Name of the catalogue's entry. */
  value: string;
  /** The file it was first said of. */
  source: string;
  actor: string;
}

/** A header that no form knows, and the field somebody said it is. */
export interface ColumnMappingTable extends RecordColumns {
  form: 'pupils' | 'staff';
  header: string;
  /** A field of the form, or '' for a column that is none of the program's. */
  field: string;
  source: string;
  actor: string;
}

/** An entry of a catalogue as a file brought it; it stands beside those that come with the program. */
export interface CatalogueEntryTable extends RecordColumns {
  catalogue: string;
  code: string;
  name: string;
  /** The file it came from. */
  source: string;
  /** Which reading of that catalogue it belongs to, counted from 1. */
  edition: number;
  /** yyyy-mm-dd. */
  valid_from: string;
  /** Null while it is valid. */
  valid_to: string | null;
}

export interface ExchangeSchema {
  export_log: ExportLogTable;
  value_mapping: ValueMappingTable;
  column_mapping: ColumnMappingTable;
  catalogue_entry: CatalogueEntryTable;
}

export const exchangeTables = [
  recordTable('export_log', { sync: false }),
  recordTable('value_mapping', { sync: false }),
  recordTable('column_mapping', { sync: false }),
  recordTable('catalogue_entry', { sync: false }),
];
