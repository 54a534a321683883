import { TextInput } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import { parseDay } from '../kit/moments.ts';

/** Today on this machine, as typed: "22/11/2026". */
export function todayWords(): string {
  return formatDate(new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString());
}

export interface DayInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  width?: number;
}

/** A day as people type it; says so when it is none. */
export function DayInput({ label, value, onChange, required = false, width }: DayInputProps) {
  return (
    <TextInput
      label={label}
      required={required}
      {...(width === undefined ? {} : { w: width })}
      value={value}
      error={parseDay(value) === undefined ? text('personalData.dayFault') : undefined}
      onChange={event => { onChange(event.currentTarget.value); }}
    />
  );
}
