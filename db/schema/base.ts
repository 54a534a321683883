/**
 * The columns every record table is born with. A record is never deleted: `cancelled` is 1 when it was taken back.
 * Times are RFC 3339 with milliseconds in UTC; `version` grows by exactly one at each update.
 */
export interface RecordColumns {
  id: string;
  version: number;
  device: string;
  created_at: string;
  updated_at: string;
  cancelled: 0 | 1;
}

export interface TableFacts {
  table: string;
  /** Columns that name a row in the journal, joined by "/". */
  key: readonly string[];
  /** Travels in packages. Only journalled tables can. */
  sync: boolean;
  /** Columns that never reach the journal or a package (password hashes). */
  secret?: readonly string[];
  /**
   * The row itself says where its last journal row stands (`journal_seq`), and each journal row where the one before stands. Such a table
   * needs no index on the journal: for marks that index would be a quarter of the cost of typing one.
   */
  linked?: boolean;
  /** Personal data: masked by default, their display is logged. */
  personal?: readonly string[];
}

/** A table of records: journalled, versioned, never deleted from. */
export function recordTable(table: string, options: Partial<Omit<TableFacts, 'table'>> = {}): TableFacts {
  return { table, key: options.key ?? ['id'], sync: options.sync ?? true, ...options };
}
