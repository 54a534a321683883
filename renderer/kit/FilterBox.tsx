import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';

const TELL_AFTER = 120; // milliseconds without a further letter

/** Words to filter a list by; tells after a short rest so that typing stays quick. Escape empties it. */
export function FilterBox({ value, onChange, placeholder, width = 240 }: { value: string; onChange: (value: string) => void; placeholder: string; width?: number }) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  // Changed from outside, for example by a saved filter: what is typed follows.
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  const tell = useDebouncedCallback((next: string) => {
    setTold(next);
    onChange(next);
  }, TELL_AFTER);
  const change = (next: string): void => {
    setTyped(next);
    tell(next);
  };
  return (
    <TextInput
      w={width}
      leftSection={<IconFilter size={14} stroke={1.7} aria-hidden />}
      placeholder={placeholder}
      aria-label={placeholder}
      value={typed}
      onChange={event => { change(event.currentTarget.value); }}
      onKeyDown={event => { if (event.key === 'Escape' && typed !== '') { event.stopPropagation(); change(''); } }}
      rightSection={typed === '' ? null : <CloseButton size="xs" aria-label={text('kit.clear')} onClick={() => { change(''); }} />}
    />
  );
}
