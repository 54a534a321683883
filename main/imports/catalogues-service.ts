import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { ImportMapping, imports } from '../../preload/contract/imports.ts';
import { hasText, text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { sha256Hex } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import { learnCatalogues as cataloguesIn } from './catalogue-lookup.ts';
import { catalogueDifferences } from './catalogues.ts';
import { formFields } from './form-fields.ts';
import { openWorkbook } from './open-workbook.ts';
import { columnMappings, learnCatalogue, valueMappings } from './words-store.ts';

type Imports = typeof imports;

/** @throws AppError `imports.noCatalogues` for a file without catalogue sheets */
export async function readCatalogues(ctx: JobContext, { bytes }: CheckedInputOf<Imports['readCatalogues']>): Promise<OutputOf<Imports['readCatalogues']>> {
  const found = cataloguesIn(await openWorkbook(bytes, ctx.signal));
  if (found.length === 0) throw new AppError('imports.noCatalogues');
  return { sha256: sha256Hex(bytes), differences: catalogueDifferences(ctx.db, found) };
}

/** @throws AppError `imports.otherFile` when the bytes are not those that were shown */
export async function learnCatalogues(ctx: JobContext, { fileName, bytes, sha256, sheets }: CheckedInputOf<Imports['learnCatalogues']>): Promise<OutputOf<Imports['learnCatalogues']>> {
  if (sha256Hex(bytes) !== sha256) throw new AppError('imports.otherFile');
  const found = cataloguesIn(await openWorkbook(bytes, ctx.signal)).filter(({ sheet }) => sheets.includes(sheet));
  const learned = ctx.write({ path: 'imported', reason: fileName }, write => found.reduce((sum, catalogue) => sum + learnCatalogue(write, catalogue, fileName), 0));
  return { learned };
}

export function mappings({ db }: ReadContext): { mappings: ImportMapping[] } {
  const names = new Map((['pupils', 'staff'] as const).flatMap(form => formFields(form).map(({ id, name }) => [`${form}/${id}`, name] as const)));
  const values = valueMappings(db).map((row): ImportMapping => ({
    mappingId: row.id, kind: 'value', of: catalogueName(row.catalogue), said: row.raw, means: row.value, source: row.source, actor: row.actor, at: row.created_at,
  }));
  const columns = columnMappings(db).map((row): ImportMapping => ({
    mappingId: row.id, kind: 'column', of: text(`imports.screen.kinds.${row.form}`), said: row.header,
    means: row.field === '' ? text('imports.words.passedOver') : names.get(`${row.form}/${row.field}`) ?? row.field, source: row.source, actor: row.actor, at: row.created_at,
  }));
  return { mappings: [...values, ...columns].toSorted((a, b) => b.at.localeCompare(a.at)) };
}

/** A catalogue is called like the field it answers. */
function catalogueName(catalogue: string): string {
  const key = `imports.words.catalogue.${catalogue}`;
  if (hasText(key)) return text(key);
  return hasText(`students.field.${catalogue}`) ? text(`students.field.${catalogue}`) : catalogue;
}
