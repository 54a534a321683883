import type { StudentView } from '../../preload/contract/students.ts';
import type { CallInput } from '../app/queries.ts';
import { formatDate, parseDate } from '../kit/formats.ts';

/** What can be edited of a pupil, as typed. */
export type StudentDraft = Record<'name' | 'birth' | 'sex' | 'ethnicGroup' | 'birthPlace' | 'address' | 'phone' | 'policyGroup', string>;
export type StudentChanges = CallInput<'students.save'>['changes'];

export const draftFields = ['name', 'birth', 'sex', 'ethnicGroup', 'birthPlace', 'address', 'phone', 'policyGroup'] as const satisfies readonly (keyof StudentDraft)[];

/** Whether a value came with its letters hidden: it can be replaced, but not shown nor put back. */
export function isMasked(words: string): boolean {
  return words.includes('•');
}

/** What the fields of the form show for a pupil; a masked value is an empty field. */
export function draftOf(student: StudentView): StudentDraft {
  const { name, sex, ethnicGroup, birthPlace, address, policyGroup } = student;
  return { name, birth: formatDate(student.birth), sex, ethnicGroup, birthPlace, address, phone: isMasked(student.phone) ? '' : student.phone, policyGroup };
}

/** The field that cannot be saved as typed, or null. */
export function faultyField(draft: StudentDraft): 'name' | 'birth' | null {
  if (draft.name.trim() === '') return 'name';
  return parseDate(draft.birth) === null ? 'birth' : null;
}

function sexOf(value: string): StudentView['sex'] {
  return value === 'male' || value === 'female' ? value : 'unknown';
}

/** Only what differs from `student`, ready for the call. Words are composed (NFC) and stripped of outer blanks, as the record keeps them. */
export function changesOf(student: StudentView, draft: StudentDraft): StudentChanges {
  const before = draftOf(student);
  const changes: StudentChanges = {};
  for (const field of draftFields) {
    const words = draft[field].normalize('NFC').trim();
    if (words === before[field]) continue;
    if (field === 'sex') changes.sex = sexOf(words);
    else if (field === 'birth') {
      const birth = parseDate(words);
      if (birth !== null && birth !== student.birth) changes.birth = birth;
    } else changes[field] = words;
  }
  return changes;
}

/** The changes that take `changes` back, as far as the old values were seen. */
export function reverseOf(student: StudentView, changes: StudentChanges): StudentChanges {
  const back: StudentChanges = {};
  for (const field of draftFields) {
    if (changes[field] === undefined || isMasked(student[field])) continue;
    if (field === 'sex') back.sex = student.sex;
    else back[field] = student[field];
  }
  return back;
}
