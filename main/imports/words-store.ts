import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { CatalogueEntryTable, ColumnMappingTable, ValueMappingTable } from '../../db/schema/exchange.ts';
import type { WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import type { LearnedCatalogue, SchoolWords } from './import-records.ts';
import { plainHeader, plainText } from './import-text.ts';

export function valueMappings(db: ReadHandle): ValueMappingTable[] {
  return db.all(sql.selectFrom('value_mapping').selectAll().where('cancelled', '=', 0).orderBy('created_at', 'desc'));
}

export function columnMappings(db: ReadHandle): ColumnMappingTable[] {
  return db.all(sql.selectFrom('column_mapping').selectAll().where('cancelled', '=', 0).orderBy('created_at', 'desc'));
}

/** The entries in force that files brought. */
export function learnedEntries(db: ReadHandle): CatalogueEntryTable[] {
  return db.all(sql.selectFrom('catalogue_entry').selectAll().where('cancelled', '=', 0).where('valid_to', 'is', null).orderBy('catalogue').orderBy('code'));
}

export function learnedCatalogues(db: ReadHandle): LearnedCatalogue[] {
  return [...Map.groupBy(learnedEntries(db), row => row.catalogue)].map(([sheet, rows]) => ({ sheet, entries: rows.map(({ code, name }) => ({ code, name })) }));
}

/** What a reader of `form` needs to know of what people said before. */
export function schoolWords(db: ReadHandle, form: 'pupils' | 'staff'): SchoolWords {
  const values = [...Map.groupBy(valueMappings(db), row => row.catalogue)]
    .map(([catalogue, rows]) => [catalogue, new Map(rows.map(row => [plainText(row.raw), row.value]))] as const);
  return {
    values: new Map(values),
    columns: new Map(columnMappings(db).filter(row => row.form === form).map(row => [row.header, row.field])),
    catalogues: learnedCatalogues(db),
  };
}

export function mapValue(ctx: WriteContext, { catalogue, raw, value, source }: Pick<ValueMappingTable, 'catalogue' | 'raw' | 'value' | 'source'>): null {
  const { db, stamp, session } = ctx;
  const same = valueMappings(db).filter(row => row.catalogue === catalogue && plainText(row.raw) === plainText(raw));
  for (const row of same) cancelRecord(db, stamp, 'value_mapping', row.id, row.version);
  const mappingId = insertRecord(db, stamp, 'value_mapping', { catalogue, raw: raw.normalize('NFC').trim(), value, source, actor: session.user });
  ctx.changed('imports', mappingId);
  return null;
}

export function mapColumn(ctx: WriteContext, { form, header, field, source }: Pick<ColumnMappingTable, 'form' | 'header' | 'field' | 'source'>): null {
  const { db, stamp, session } = ctx;
  const plain = plainHeader(header);
  for (const row of columnMappings(db)) if (row.form === form && row.header === plain) cancelRecord(db, stamp, 'column_mapping', row.id, row.version);
  const mappingId = insertRecord(db, stamp, 'column_mapping', { form, header: plain, field, source, actor: session.user });
  ctx.changed('imports', mappingId);
  return null;
}

/** @throws AppError `imports.mappingUnknown` */
export function withdrawMapping(ctx: WriteContext, mappingId: string): null {
  const value = valueMappings(ctx.db).find(row => row.id === mappingId);
  const column = columnMappings(ctx.db).find(row => row.id === mappingId);
  if (value) cancelRecord(ctx.db, ctx.stamp, 'value_mapping', value.id, value.version);
  else if (column) cancelRecord(ctx.db, ctx.stamp, 'column_mapping', column.id, column.version);
  else throw new AppError('imports.mappingUnknown');
  ctx.changed('imports', mappingId);
  return null;
}

/** Takes a file's catalogue over: what is new begins, what is gone ends, what has another name ends and begins anew. */
export function learnCatalogue(ctx: WriteContext, { sheet, entries }: LearnedCatalogue, source: string): number {
  const { db, stamp } = ctx;
  const today = vietnamDay(stamp.at);
  const known = new Map(learnedEntries(db).filter(row => row.catalogue === sheet).map(row => [row.code, row]));
  const edition = (db.get(sql.selectFrom('catalogue_entry').select(({ fn }) => fn.max('edition').as('edition')).where('catalogue', '=', sheet))?.edition ?? 0) + 1;
  const named = new Map(entries.map(({ code, name }) => [code, name]));
  let changed = 0;
  for (const row of known.values()) {
    if (named.get(row.code) === row.name) continue;
    updateRecord(db, stamp, 'catalogue_entry', row.id, row.version, { valid_to: today });
    changed += 1;
  }
  for (const [code, name] of named) {
    if (known.get(code)?.name === name) continue;
    insertRecord(db, stamp, 'catalogue_entry', { catalogue: sheet, code, name, source, edition, valid_from: today, valid_to: null });
    changed += 1;
  }
  ctx.changed('imports', sheet);
  return changed;
}
