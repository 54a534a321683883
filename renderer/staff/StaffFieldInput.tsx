import { ActionIcon, Autocomplete, Select, TextInput } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { StaffField } from '../../preload/contract/staff-fields.ts';
import { text } from '../../resources/language/language.ts';
import { catalogueWords, fieldLabel, fixedOptions } from './staff-draft.ts';

export interface StaffFieldInputProps {
  field: StaffField;
  value: string;
  onChange: (value: string) => void;
  readOnly?: boolean;
  /** What stands there, hidden; null when it is shown or empty. */
  masked?: string | null;
  onUnmask?: () => void;
  isChanged?: boolean;
  error?: string | null;
  warning?: string | undefined;
}

/** The id by which the list of what is missing finds its field. */
export function fieldId(key: string): string {
  return `staff-field-${key}`;
}

/** One field of a staff record, by its kind. A hidden value is shown by its eye; what is typed over it replaces it. */
export function StaffFieldInput({ field, value, onChange, readOnly = false, masked = null, onUnmask, isChanged = false, error = null, warning }: StaffFieldInputProps) {
  const isHidden = masked !== null && value === '';
  const common = {
    id: fieldId(field.key), label: fieldLabel(field), readOnly, variant: readOnly ? 'unstyled' : 'default',
    ...(error === null ? {} : { error }),
    ...(warning === undefined ? {} : { description: warning, inputWrapperOrder: ['label', 'input', 'error', 'description'] as ('label' | 'input' | 'error' | 'description')[], 'data-warned': true }),
    ...(isChanged ? { 'data-changed': true } : {}),
  };
  const options = fixedOptions(field);
  if (options !== null) {
    return <Select {...common} data={options} clearable={field.type !== 'sex'} allowDeselect={field.type !== 'sex'} value={value === '' ? null : value} onChange={next => { onChange(next ?? ''); }} />;
  }
  const eye = isHidden && onUnmask !== undefined
    ? <ActionIcon variant="subtle" size="sm" aria-label={`${common.label}: ${text('staff.unmask')}`} title={text('staff.unmask')} onClick={onUnmask}><IconEye size={15} /></ActionIcon>
    : null;
  const typed = { ...common, value, maxLength: 250, placeholder: isHidden ? masked : placeholderOf(field, readOnly), rightSection: eye };
  const words = catalogueWords(field);
  if (words.length > 0 && !readOnly) return <Autocomplete {...typed} data={words} limit={12} onChange={onChange} />;
  return <TextInput {...typed} onChange={event => { onChange(event.currentTarget.value); }} />;
}

function placeholderOf(field: StaffField, readOnly: boolean): string {
  if (readOnly) return '—';
  if (field.type === 'subjects') return text('staff.subjectsPlaceholder');
  return field.type === 'date' || field.type === 'partialDate' ? text('staff.datePlaceholder') : '';
}
