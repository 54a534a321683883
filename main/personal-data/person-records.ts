import type { ReadHandle } from '../../db/handle.ts';
import type { TableFacts } from '../../db/schema/base.ts';
import { tableFacts } from '../../db/schema/schema.ts';

export type StoredRow = Readonly<Record<string, string | number | null>>;

/** All rows of one table that are about a person, without what is secret (password hashes). */
export interface RecordsOfPerson {
  table: string;
  /** Columns marked as personal in the table's facts. */
  personal: readonly string[];
  rows: readonly StoredRow[];
}

/** Rows of these belong to many: what hangs on a class or a sheet is not all about its homeroom teacher. */
const shared: ReadonlySet<string> = new Set(['school_class', 'grade_sheet', 'school_year', 'school']);

interface Link {
  table: string;
  column: string;
}

/** Foreign keys of all record tables, by the table they lead to. */
function linksTo(db: ReadHandle): Map<string, Link[]> {
  const all = tableFacts.flatMap(({ table }) => db.runPrepared<{ table: string; from: string }>('select "table", "from" from pragma_foreign_key_list(?)', [table])
    .map(key => ({ to: key.table, link: { table, column: key.from } })));
  return new Map([...Map.groupBy(all, one => one.to)].map(([to, found]) => [to, found.map(one => one.link)]));
}

function keyOf(facts: TableFacts, row: StoredRow): string {
  return facts.key.map(column => String(row[column])).join('/');
}

/**
 * Everything held about a person: his row, the rows that point to it, the rows that point to those, and so on, in the order of the schema. It
 * follows the foreign keys, so that a new table is in it from its first day. Cancelled rows are held too and are among them.
 */
export function recordsOfPerson(db: ReadHandle, personId: string): RecordsOfPerson[] {
  const links = linksTo(db);
  const facts = new Map(tableFacts.map(one => [one.table, one]));
  const found = new Map<string, Map<string, StoredRow>>();
  const take = (table: string, column: string, ids: readonly string[]): string[] => {
    const known = found.get(table) ?? new Map<string, StoredRow>();
    found.set(table, known);
    const of = facts.get(table);
    const rows = of === undefined ? [] : db.runPrepared<StoredRow>(`select * from "${table}" where "${column}" in (select value from json_each(?))`, [JSON.stringify(ids)]);
    return rows.flatMap(row => {
      const key = of === undefined ? '' : keyOf(of, row);
      if (known.has(key)) return [];
      known.set(key, row);
      return typeof row['id'] === 'string' ? [row['id']] : [];
    });
  };
  const waiting = [{ table: 'person', ids: take('person', 'id', [personId]) }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (next.ids.length === 0 || shared.has(next.table)) continue;
    for (const link of links.get(next.table) ?? []) waiting.push({ table: link.table, ids: take(link.table, link.column, next.ids) });
  }
  return tableFacts.flatMap(({ table, personal = [], secret = [] }) => {
    const rows = [...found.get(table)?.values() ?? []].map(row => Object.fromEntries(Object.entries(row).filter(([column]) => !secret.includes(column))));
    return rows.length === 0 ? [] : [{ table, personal, rows }];
  });
}
