import type { CatalogueEntry, Sex } from '../../resources/catalogues/code-catalogues.ts';
import type { CatalogueLookup } from './catalogue-lookup.ts';
import type { CodedValue, PartialDate } from './import-records.ts';
import { plainText } from './import-text.ts';
import { parseText, personalIdFacts } from './import-values.ts';
import type { ListRow } from './list-row.ts';

/** A catalogue value: undefined without such a column, null when empty; an unknown value is kept as it stands and listed. */
export function readCoded<Field extends string>(row: ListRow<Field>, field: Field, catalogue: string, lookup: CatalogueLookup<CatalogueEntry>): CodedValue | null | undefined {
  const raw = row.read(field, parseText);
  // "Không" in a column of groups says that the pupil is in none.
  if (raw === undefined || raw === null || plainText(raw) === 'khong') return raw === undefined ? undefined : null;
  const value = lookup.resolve(raw);
  if (value.name === null) row.noteUnknown(field, raw, catalogue);
  return value;
}

/** The digits of a personal number repeat sex and year of birth; real lists hold numbers that do not, so this only warns. */
export function checkPersonalId<Field extends string>(row: ListRow<Field>, field: Field, record: { personalId?: string | null; sex?: Sex | null; birth?: PartialDate | null }): void {
  if (record.personalId === null || record.personalId === undefined) return;
  const facts = personalIdFacts(record.personalId);
  if (record.sex !== undefined && record.sex !== null && record.sex !== 'unknown' && record.sex !== facts.sex) row.warn(field, 'personalIdAgainstSex');
  const year = record.birth?.slice(0, 4);
  if (year !== undefined && Number(year) !== facts.birthYear) row.warn(field, 'personalIdAgainstBirth', { year, digits: facts.birthYear });
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Drops the fields that have no column, so that a record shows by its keys what the file can say. */
export function withoutUndefined<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
