import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatDate, parseDate } from './formats.ts';

/** A day as it stands on paper; taken on Enter or when left, so that half a date asks nothing. */
export function DayBox({ label, day, onChange }: { label: string; day: string; onChange: (day: string) => void }) {
  const [words, setWords] = useState(formatDate(day));
  const parsed = parseDate(words);
  const isDay = parsed?.length === 10;
  const take = (): void => { if (isDay && parsed !== day) onChange(parsed); };
  return (
    <TextInput
      w={116}
      aria-label={label}
      title={label}
      value={words}
      error={!isDay}
      onChange={event => { setWords(event.currentTarget.value); }}
      onKeyDown={event => { if (event.key === 'Enter') take(); }}
      onBlur={take}
    />
  );
}
