import { ActionIcon, Autocomplete, Select, TextInput } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { PupilField } from '../../preload/contract/pupil-fields.ts';
import { PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { text } from '../../resources/language/language.ts';
import { catalogueWords, fixedOptions, shortFieldLabel } from './student-fields.ts';

export interface FieldInputProps {
  field: PupilField;
  value: string;
  onChange: (value: string) => void;
  readOnly?: boolean;
  /** What stands there, hidden; null when it is shown or empty. */
  masked?: string | null;
  onUnmask?: () => void;
  isChanged?: boolean;
  /** Cannot be saved like this. */
  error?: string | undefined;
  /** Looks wrong, can be saved. */
  warning?: string | undefined;
  label?: string;
}

/** The id by which the list of what is missing finds its field. */
export function fieldId(key: string): string {
  return `pupil-field-${key}`;
}

/** One field of a pupil, by its kind. A hidden value is shown by its eye; what is typed over it replaces it. */
export function FieldInput({ field, value, onChange, readOnly = false, masked = null, onUnmask, isChanged = false, error, warning, label }: FieldInputProps) {
  const isHidden = masked !== null && value === '';
  const common = {
    id: fieldId(field.key),
    label: label ?? shortFieldLabel(field),
    readOnly,
    variant: readOnly ? 'unstyled' : 'default',
    ...(error === undefined ? {} : { error }),
    ...(warning === undefined ? {} : { description: warning, inputWrapperOrder: ['label', 'input', 'error', 'description'] as ('label' | 'input' | 'error' | 'description')[], 'data-warned': true }),
    ...(isChanged ? { 'data-changed': true } : {}),
  };
  const eye = isHidden && onUnmask !== undefined
    ? <ActionIcon variant="subtle" size="sm" aria-label={`${common.label}: ${text('students.unmask')}`} title={text('students.unmask')} onClick={onUnmask}><IconEye size={15} /></ActionIcon>
    : null;
  const options = fixedOptions(field);
  const isTyped = options === null && field.type !== 'provinceCode';
  if (isHidden && !isTyped) return <TextInput {...common} readOnly value="" placeholder={masked} rightSection={eye} />;
  if (options !== null) {
    return <Select {...common} data={options} clearable={field.type !== 'sex'} allowDeselect={field.type !== 'sex'} value={value === '' ? null : value} onChange={next => { onChange(next ?? ''); }} />;
  }
  if (field.type === 'provinceCode') {
    const known = PROVINCES.map(entry => ({ value: entry.code, label: `${entry.code} · ${entry.name.replace(/^(Tỉnh|Thành phố) /, '')}` }));
    const data = value === '' || known.some(entry => entry.value === value) ? known : [{ value, label: value }, ...known];
    return <Select {...common} data={data} clearable searchable value={value === '' ? null : value} onChange={next => { onChange(next ?? ''); }} />;
  }
  const words = catalogueWords(field);
  const typed = { ...common, value, maxLength: 250, placeholder: isHidden ? masked : placeholderOf(field, readOnly), rightSection: eye };
  if (words.length > 0 && !readOnly) return <Autocomplete {...typed} data={words} limit={12} onChange={onChange} />;
  return <TextInput {...typed} onChange={event => { onChange(event.currentTarget.value); }} />;
}

function placeholderOf(field: PupilField, readOnly: boolean): string {
  if (readOnly) return '—';
  return field.type === 'date' || field.type === 'partialDate' ? text('students.datePlaceholder') : '';
}
