import { TextInput } from '@mantine/core';

/** A day of the calendar, yyyy-mm-dd. */
export function DayInput({ label, value, onChange, required = false }: { label: string; value: string; onChange: (value: string) => void; required?: boolean }) {
  return <TextInput type="date" label={label} value={value} required={required} onChange={event => { onChange(event.currentTarget.value); }} />;
}
