import type { ProfileColumn, PupilYearColumn } from '../../db/schema/pupils.ts';
import { pupilChoices, pupilField, type PupilField } from '../../preload/contract/pupil-fields.ts';
import { DISABILITY_KINDS, ETHNIC_GROUPS, POLICY_GROUPS, PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName, foldForSearch, mask, sortName } from '../kit/names.ts';

export type PersonColumn = 'name' | 'birth' | 'sex' | 'personal_id' | 'ethnic_group' | 'nationality' | 'religion' | 'birth_place' | 'home_town' | 'address'
  | 'commune' | 'province' | 'phone' | 'email' | 'policy_group' | 'disability';
export type GuardianColumn = 'name' | 'kinship' | 'birth_year' | 'occupation' | 'phone' | 'personal_id' | 'email';
type Column = PersonColumn | ProfileColumn | PupilYearColumn | GuardianColumn;

/** The column of a field in its table: `father.birthYear` → `birth_year`. */
export function columnOf(field: PupilField): Column {
  return (field.key.split('.').at(-1) ?? '').replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`) as Column;
}

/** @throws AppError `students.unknownField` */
export function fieldOf(key: string): PupilField {
  const field = pupilField(key);
  if (!field) throw new AppError('students.unknownField', { params: { field: key } });
  return field;
}

/** Person columns that go with a name, for search and order. */
export function nameColumns(name: string) {
  return { name, sort_name: sortName(name), search_name: foldForSearch(name) };
}

const MAX_LENGTH = 250;
const dates = { partialDate: /^\d{4}(-\d{2}(-\d{2})?)?$/, date: /^\d{4}-\d{2}-\d{2}$/, year: /^\d{4}$/ } as const;

/**
 * A value as it is stored: composed (NFC), single blanks, digits without separators; a catalogue word in the catalogue's own spelling.
 * @throws AppError `students.badValue` for what cannot be stored at all; what only looks strange is a warning of `pupil-checks.ts`
 */
export function storedValue(field: PupilField, typed: string): string {
  const value = cleanName(typed);
  if (field.key === 'name' && value === '') throw new AppError('students.noName', { field: 'name' });
  if (value === '') {
    if (field.key === 'sex') return 'unknown';
    if (field.key === 'birth') throw new AppError('students.badValue', { field: field.key });
    return '';
  }
  const isKnown = value.length <= MAX_LENGTH && hasShape(field, value);
  if (!isKnown) throw new AppError('students.badValue', { field: field.key });
  if (field.type === 'personalId' || field.type === 'phone') return value.replaceAll(/[ .-]/g, '');
  return field.type === 'catalogue' ? catalogueSpelling(field, value) : value;
}

function hasShape(field: PupilField, value: string): boolean {
  switch (field.type) {
    case 'partialDate':
    case 'date':
    case 'year':
      return dates[field.type].test(value) && isCalendarDate(value);
    case 'sex':
      return value === 'male' || value === 'female' || value === 'unknown';
    case 'flag':
      return value === '1' || value === '0';
    case 'choice':
      return field.choices !== undefined && (pupilChoices[field.choices] as readonly string[]).includes(value);
    default:
      return true;
  }
}

/** "2011", "2011-02" or a day that exists. */
export function isCalendarDate(value: string): boolean {
  const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const catalogues = { ethnicGroups: ETHNIC_GROUPS, policyGroups: POLICY_GROUPS, disabilityKinds: DISABILITY_KINDS, provinces: PROVINCES } as const;
const spellings = new Map(Object.entries(catalogues).map(([name, entries]) =>
  [name, new Map(entries.flatMap(entry => [entry.name, ...entry.aliases].map(word => [foldForSearch(word), entry.name] as const)))]));

function catalogueSpelling(field: PupilField, value: string): string {
  return spellings.get(field.catalogue ?? '')?.get(foldForSearch(value)) ?? value;
}

/** Whether a catalogue of ours knows the word; true where there is no catalogue to ask. */
export function isInCatalogue(field: PupilField, value: string): boolean {
  const known = spellings.get(field.catalogue ?? '');
  return known === undefined || known.has(foldForSearch(value));
}

/** What stands in place of a sensitive value: digits keep their last three, words and choices show nothing. */
export function maskedValue(field: PupilField, value: string): string {
  if (value === '') return '';
  return field.type === 'phone' || field.type === 'personalId' ? mask(value) : '••••••';
}
