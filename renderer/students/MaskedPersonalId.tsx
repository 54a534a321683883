import { ActionIcon } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { showFailure } from '../kit/toasts.tsx';

/** A personal id with all but its last digits hidden; showing it is written in the journal, and it hides again with the screen. */
export function MaskedPersonalId({ personId, masked }: { personId: string; masked: string }) {
  const [clear, setClear] = useState<{ of: string; value: string } | null>(null);
  if (masked === '') return <>{text('students.notRecorded')}</>;
  if (clear?.of === personId) return <span className="tabular">{clear.value}</span>;
  const unmask = async (): Promise<void> => {
    const result = await api.students.unmask({ personId, field: 'personalId' });
    if (result.ok) setClear({ of: personId, value: result.value.value });
    else showFailure(result.error);
  };
  return (
    <span style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}>
      <span className="tabular">{masked}</span>
      <ActionIcon variant="subtle" size="xs" aria-label={text('students.unmask')} title={text('students.unmask')} onClick={() => { void unmask(); }}><IconEye size={14} /></ActionIcon>
    </span>
  );
}
