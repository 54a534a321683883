import type { Insertable } from 'kysely';
import type { PersonTable } from '../../db/schema/people.ts';
import type { RecordColumns } from '../../db/schema/base.ts';
import { text } from '../../resources/language/language.ts';
import { foldForSearch, sortName } from '../kit/names.ts';
import type { FieldChange } from '../kit/row-difference.ts';
import type { PupilRecord, StaffRecord } from './import-records.ts';

export type PersonValues = Omit<Insertable<PersonTable>, keyof RecordColumns>;

const empty: PersonValues = {
  name: '', sort_name: '', search_name: '', birth: '', sex: 'unknown', ethnic_group: '', nationality: 'Việt Nam', religion: '', personal_id: '',
  birth_place: '', home_town: '', address: '', commune: '', province: '', phone: '', email: '', policy_group: '', disability: '',
};

/**
 * What a row says about a person. A column the file lacks, and an empty cell, say nothing: what is stored is never erased by an import.
 */
export function personValues(record: PupilRecord | StaffRecord): Partial<PersonValues> {
  const pupil: Partial<PupilRecord> = 'className' in record ? record : {};
  const said: { [Column in keyof PersonValues]?: PersonValues[Column] | null | undefined } = {
    name: record.fullName, sort_name: sortName(record.fullName), search_name: foldForSearch(record.fullName),
    birth: record.birth, sex: record.sex ?? null, ethnic_group: record.ethnicGroup?.name ?? record.ethnicGroup?.raw, personal_id: record.personalId,
    phone: record.phone, email: record.email, nationality: pupil.nationality, religion: pupil.religion,
    birth_place: pupil.birthPlace ?? pupil.birthProvince, home_town: address(pupil.homeTown),
    address: pupil.currentAddress ?? pupil.permanentAddress?.hamlet, commune: pupil.permanentAddress?.commune, province: pupil.permanentAddress?.province,
    policy_group: pupil.policyGroup?.name ?? pupil.policyGroup?.raw, disability: pupil.disability?.name ?? pupil.disability?.raw,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

function address(place: PupilRecord['homeTown']): string | undefined {
  const parts = [place?.hamlet, place?.commune, place?.district, place?.province].filter(part => part !== undefined && part !== null && part !== '');
  return parts.length === 0 ? undefined : parts.join(', ');
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
