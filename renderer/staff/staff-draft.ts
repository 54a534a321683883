import { staffFields, staffJobs, type StaffField, type StaffValues } from '../../preload/contract/staff-fields.ts';
import { ETHNIC_GROUPS, PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { allSubjects } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage, text } from '../../resources/language/language.ts';
import { formatDate, parseDate } from '../kit/formats.ts';

/** What stands in the form, by key of field, as typed. */
export type StaffDraft = Readonly<Record<string, string>>;

export function fieldLabel(field: StaffField): string {
  return text(`staff.field.${field.key}`);
}

const catalogues: Partial<Record<NonNullable<StaffField['catalogue']>, readonly { name: string }[]>> = { ethnicGroups: ETHNIC_GROUPS, provinces: PROVINCES };

/** Words to choose from while typing. */
export function catalogueWords(field: StaffField): string[] {
  return (field.catalogue === undefined ? undefined : catalogues[field.catalogue])?.map(entry => entry.name) ?? [];
}

/** Values and words of a field that is chosen from a fixed list, or null for one that is typed. */
export function fixedOptions(field: StaffField): { value: string; label: string }[] | null {
  if (field.type === 'sex') return (['male', 'female', 'unknown'] as const).map(value => ({ value, label: text(`staff.sex.${value}`) }));
  if (field.type === 'flag') return [{ value: '1', label: text('staff.flag.yes') }, { value: '0', label: text('staff.flag.no') }];
  return field.type === 'job' ? staffJobs.map(value => ({ value, label: text(`staff.role.${value}`) })) : null;
}

/** Whether a value came with its letters hidden: it can be replaced, but not shown nor put back. */
export function isMasked(words: string): boolean {
  return words.includes('•');
}

const subjectNames = new Map(allSubjects().map(subject => [subject.code, subject.short]));

/** "TOAN, TIN" → "Toán, Tin học". */
export function subjectWords(stored: string): string {
  return stored.split(',').map(word => word.trim()).filter(word => word !== '').map(code => subjectNames.get(code)?.[currentLanguage()] ?? code).join(', ');
}

function isDay(field: StaffField): boolean {
  return field.type === 'partialDate' || field.type === 'date';
}

function typedFrom(field: StaffField, value: string): string {
  if (isMasked(value)) return '';
  if (field.type === 'subjects') return subjectWords(value);
  return isDay(field) ? formatDate(value) : value;
}

/** What the fields of the form show for stored values; a masked value is an empty field. */
export function draftOf(values: StaffValues): StaffDraft {
  return Object.fromEntries(staffFields.filter(field => values[field.key] !== undefined).map(field => [field.key, typedFrom(field, values[field.key] ?? '')]));
}

/** Why a field cannot be saved as typed, in words; null when it can. */
export function faultOf(field: StaffField, typed: string): string | null {
  const words = typed.trim();
  if (words === '') return field.key === 'name' || field.key === 'code' ? text(`staff.fault.${field.key}`) : null;
  if (field.type === 'partialDate') return parseDate(words) === null ? text('staff.fault.date') : null;
  if (field.type === 'date') return (parseDate(words) ?? '').length === 10 ? null : text('staff.fault.date');
  if (field.type === 'year') return /^\d{4}$/.test(words) ? null : text('staff.fault.year');
  return field.type === 'periods' && !/^\d{1,2}(,\d)?$/.test(words) ? text('staff.fault.periods') : null;
}

/** Only what differs from `values`, ready for the call. */
export function changesOf(values: StaffValues, draft: StaffDraft): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const field of staffFields) {
    const typed = draft[field.key];
    const stored = values[field.key];
    if (typed === undefined || stored === undefined) continue;
    const words = typed.normalize('NFC').trim();
    if (words === typedFrom(field, stored)) continue;
    const value = isDay(field) ? parseDate(words) ?? '' : words;
    if (value !== stored) changes[field.key] = value;
  }
  return changes;
}

/** The changes that take `changes` back, or null when an old value was never seen. */
export function reverseOf(values: StaffValues, changes: Readonly<Record<string, string>>): Record<string, string> | null {
  const back = Object.keys(changes).map(key => [key, values[key] ?? ''] as const);
  return back.some(([, value]) => isMasked(value)) ? null : Object.fromEntries(back);
}
