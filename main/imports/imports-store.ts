import { sql as raw } from 'kysely';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { ImportRunTable } from '../../db/schema/papers.ts';
import type { JournalTable } from '../../db/schema/schema.ts';

export function importRuns(db: ReadHandle): ImportRunTable[] {
  return db.all(sql.selectFrom('import_run').selectAll().where('cancelled', '=', 0).orderBy('created_at', 'desc').limit(200));
}

export function findImportRun(db: ReadHandle, id: string): ImportRunTable | undefined {
  return db.get(sql.selectFrom('import_run').selectAll().where('id', '=', id).where('cancelled', '=', 0));
}

export function lastSeq(db: ReadHandle): number {
  return db.get(sql.selectFrom('journal').select(({ fn }) => fn.max('seq').as('seq')))?.seq ?? 0;
}

/** What an import wrote, newest first. */
export function journalOfImport(db: ReadHandle, run: ImportRunTable): JournalTable[] {
  return db.all(sql.selectFrom('journal').selectAll().where('seq', '>=', run.first_seq).where('seq', '<=', run.last_seq).orderBy('seq', 'desc'));
}

/** The closed year that an import wrote in, if it did. */
export function closedYearOf(db: ReadHandle, rows: readonly JournalTable[]): string | undefined {
  const pupils = JSON.stringify([...new Set(rows.map(enrolmentIn))]);
  return db.get(sql.selectFrom('enrolment').innerJoin('school_year', 'school_year.year', 'enrolment.year').select('school_year.year')
    .where('enrolment.id', 'in', raw<string>`(select value from json_each(${pupils}))`).where('school_year.state', '=', 'closed').limit(1))?.year;
}

function enrolmentIn({ tbl, row_id: id, before, after }: JournalTable): string | null {
  if (tbl === 'enrolment') return id;
  if (tbl === 'mark') return id.split('/')[1] ?? null;
  return (JSON.parse(after ?? before ?? '{}') as { enrolment_id?: string }).enrolment_id ?? null;
}

/** Later rows on the same records, and later records that point at one of `ids`; the first is enough to hold an import. */
export function laterUse(db: ReadHandle, run: ImportRunTable, touched: ReadonlySet<string>, ids: ReadonlySet<string>): JournalTable | undefined {
  for (const row of db.each(sql.selectFrom('journal').selectAll().where('seq', '>', run.last_seq).where('tbl', '<>', 'import_run').orderBy('seq'))) {
    if (touched.has(`${row.tbl}/${row.row_id}`)) return row;
    if (row.event !== 'NEW' || row.after === null || row.tbl === 'year_result') continue;
    if (row.tbl === 'mark' && row.row_id.split('/').some(id => ids.has(id))) return row;
    const image = JSON.parse(row.after) as Record<string, unknown>;
    if (Object.entries(image).some(([column, value]) => column.endsWith('_id') && typeof value === 'string' && ids.has(value))) return row;
  }
  return undefined;
}
