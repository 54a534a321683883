import type { PupilField } from '../../preload/contract/pupil-fields.ts';
import { text } from '../../resources/language/language.ts';
import type { FieldChange } from '../kit/row-difference.ts';
import { fieldName } from '../students/pupil-history.ts';
import { choiceWord } from './pupil-form.ts';

/** A stored value as people read it. */
export function valueWords(field: PupilField, value: string): string {
  if (value === '') return '';
  if (field.type === 'flag') return text(`students.flag.${value === '1' ? 'yes' : 'no'}`);
  if (field.type === 'sex') return text(`students.sex.${value}`);
  return field.type === 'choice' ? choiceWord(field, value) : value;
}

/** A change of a field in words; dates stay as they are stored. */
export function fieldWords(field: PupilField, before: string, after: string): FieldChange {
  return { field: fieldName(field), before: valueWords(field, before), after: valueWords(field, after) };
}
