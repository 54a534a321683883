import type { Insertable } from 'kysely';
import type { PersonTable } from '../../db/schema/people.ts';
import type { RecordColumns } from '../../db/schema/base.ts';
import { text } from '../../resources/language/language.ts';
import { foldForSearch, sortName } from '../kit/names.ts';
import type { FieldChange } from '../kit/row-difference.ts';
import type { StaffRecord } from './import-records.ts';

export type PersonValues = Omit<Insertable<PersonTable>, keyof RecordColumns>;

const empty: PersonValues = {
  name: '', sort_name: '', search_name: '', birth: '', sex: 'unknown', ethnic_group: '', nationality: 'Việt Nam', religion: '', personal_id: '',
  birth_place: '', home_town: '', address: '', commune: '', province: '', phone: '', email: '', policy_group: '', disability: '',
};

/**
 * What a row says about a person. A column the file lacks, and an empty cell, say nothing: what is stored is never erased by an import.
 */
export function personValues(record: StaffRecord): Partial<PersonValues> {
  const said: { [Column in keyof PersonValues]?: PersonValues[Column] | null | undefined } = {
    name: record.fullName, sort_name: sortName(record.fullName), search_name: foldForSearch(record.fullName),
    birth: record.birth, sex: record.sex ?? null, ethnic_group: record.ethnicGroup?.name ?? record.ethnicGroup?.raw, personal_id: record.personalId,
    phone: record.phone, email: record.email, religion: record.religion, nationality: record.nationality, address: record.address,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

export function newPerson(said: Partial<PersonValues>): PersonValues {
  return { ...empty, ...said };
}

const derived: ReadonlySet<string> = new Set(['sort_name', 'search_name']);

/** What a row changes in a stored record, with the names people read. */
export function fieldChanges<T extends object>(stored: T | undefined, said: Partial<T>): FieldChange[] {
  return Object.entries(said).filter(([column, value]) => !derived.has(column) && (stored === undefined || stored[column as keyof T] !== value))
    .map(([column, value]) => ({
      field: text(`students.field.${column}`), before: stored === undefined ? null : String(stored[column as keyof T] ?? ''), after: String(value),
    }));
}

/** Only the columns whose value differs. */
export function onlyChanged<T extends object>(stored: T, said: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.entries(said).filter(([column, value]) => stored[column as keyof T] !== value)) as Partial<T>;
}
