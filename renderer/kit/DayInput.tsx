import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { formatDate, parseDate } from './formats.ts';

export interface DayInputProps {
  label: string;
  /** yyyy-mm-dd, or ''. */
  value: string;
  /** Told only of whole days; '' for what is no day. */
  onChange: (day: string) => void;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
}

/** A day, typed as it is said here: 5/9/2026, 05.09.2026. Give it another `key` to show another day. */
export function DayInput({ label, value, onChange, required = false, disabled = false, autoFocus = false }: DayInputProps) {
  const [typed, setTyped] = useState(() => formatDate(value));
  const day = wholeDay(typed);
  return (
    <TextInput
      label={label}
      required={required}
      disabled={disabled}
      placeholder={text('kit.dayPlaceholder')}
      value={typed}
      error={typed.trim() !== '' && day === ''}
      onChange={event => {
        setTyped(event.currentTarget.value);
        onChange(wholeDay(event.currentTarget.value));
      }}
      onBlur={() => { if (day !== '') setTyped(formatDate(day)); }}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
    />
  );
}

function wholeDay(typed: string): string {
  const day = parseDate(typed.trim()) ?? '';
  return day.length === 10 ? day : '';
}
