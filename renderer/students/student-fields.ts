import type { PupilField, PupilFieldGroup, PupilValues } from '../../preload/contract/pupil-fields.ts';
import { pupilChoices, pupilFields } from '../../preload/contract/pupil-fields.ts';
import { DISABILITY_KINDS, ETHNIC_GROUPS, POLICY_GROUPS, PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate, parseDate } from '../kit/formats.ts';

/** What stands in the form, by key of field, as typed. */
export type StudentDraft = Readonly<Record<string, string>>;

export const fieldGroups = ['identity', 'address', 'family', 'policy', 'health', 'learning', 'supports'] as const satisfies readonly PupilFieldGroup[];

/** "Điện thoại"; of a parent just the fact, for a form that names the parent above. */
export function shortFieldLabel(field: PupilField): string {
  const [first = '', part] = field.key.split('.');
  return text(part === undefined ? `students.field.${first}` : `students.familyField.${part}`);
}

/** "Cha: Điện thoại". */
export function fieldLabel(field: PupilField): string {
  const [relation = '', part] = field.key.split('.');
  return part === undefined ? shortFieldLabel(field) : `${text(`students.relation.${relation}`)}: ${shortFieldLabel(field)}`;
}

const catalogues = { ethnicGroups: ETHNIC_GROUPS, policyGroups: POLICY_GROUPS, disabilityKinds: DISABILITY_KINDS, provinces: PROVINCES } as const;

/** Words to choose from while typing a catalogue field. */
export function catalogueWords(field: PupilField): string[] {
  const { catalogue } = field;
  return catalogue !== undefined && catalogue in catalogues ? catalogues[catalogue as keyof typeof catalogues].map(entry => entry.name) : [];
}

/** Values and words of a field that is chosen from a fixed list, or null for one that is typed. */
export function fixedOptions(field: PupilField): { value: string; label: string }[] | null {
  if (field.type === 'sex') return (['male', 'female', 'unknown'] as const).map(value => ({ value, label: text(`students.sex.${value}`) }));
  if (field.type === 'flag') return [{ value: '1', label: text('students.flag.yes') }, { value: '0', label: text('students.flag.no') }];
  if (field.choices !== undefined) return pupilChoices[field.choices].map(value => ({ value, label: text(`students.choice.${field.choices ?? ''}.${value}`) }));
  return null;
}

/** A stored value in words: dates as on paper, choices by name. */
export function valueWords(field: PupilField, value: string): string {
  if (field.type === 'partialDate' || field.type === 'date') return formatDate(value);
  return fixedOptions(field)?.find(option => option.value === value)?.label ?? value;
}

/** Whether a value came with its letters hidden: it can be replaced, but not shown nor put back. */
export function isMasked(words: string): boolean {
  return words.includes('•');
}

function typedFrom(field: PupilField, value: string): string {
  if (isMasked(value)) return '';
  return field.type === 'partialDate' || field.type === 'date' ? formatDate(value) : value;
}

/** What the fields of the form show for stored values; a masked value is an empty field. */
export function draftOf(values: PupilValues): StudentDraft {
  return Object.fromEntries(pupilFields.filter(field => values[field.key] !== undefined).map(field => [field.key, typedFrom(field, values[field.key] ?? '')]));
}

/** The fields that cannot be saved as typed. */
export function faultyFields(draft: StudentDraft): string[] {
  return pupilFields.filter(field => draft[field.key] !== undefined && isFaulty(field, draft[field.key] ?? '')).map(field => field.key);
}

function isFaulty(field: PupilField, typed: string): boolean {
  const words = typed.trim();
  if (words === '') return field.key === 'name' || field.key === 'birth';
  if (field.type === 'partialDate') return parseDate(words) === null;
  if (field.type === 'date') return (parseDate(words) ?? '').length !== 10;
  return field.type === 'year' && !/^\d{4}$/.test(words);
}

/** Only what differs from `values`, ready for the call. Words are composed (NFC) and stripped of outer blanks, as the record keeps them. */
export function changesOf(values: PupilValues, draft: StudentDraft): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const field of pupilFields) {
    const typed = draft[field.key];
    const stored = values[field.key];
    if (typed === undefined || stored === undefined) continue;
    const words = typed.normalize('NFC').trim();
    if (words === typedFrom(field, stored)) continue;
    const value = field.type === 'partialDate' || field.type === 'date' ? parseDate(words) ?? '' : words;
    if (value !== stored) changes[field.key] = value;
  }
  return changes;
}

/** The changes that take `changes` back, or null when an old value was never seen. */
export function reverseOf(values: PupilValues, changes: Readonly<Record<string, string>>): Record<string, string> | null {
  const back = Object.keys(changes).map(key => [key, values[key] ?? ''] as const);
  return back.some(([, value]) => isMasked(value)) ? null : Object.fromEntries(back);
}
