import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';

/** The school gets another code; the old one is kept with the time it was good for. */
export function ChangeCodeDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const [next, setNext] = useState('');
  const [from, setFrom] = useState('');
  return (
    <ConfirmDialog
      title={text('school.changeCode')}
      confirmLabel={text('school.changeCode')}
      reason={{ label: text('school.reason'), minLength: 3 }}
      onConfirm={async reason => {
        const result = await api.school.changeCode({ code: next, from, reason });
        refresh('school');
        return result;
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <span>{text('school.changeCodeNote', { code })}</span>
        <TextInput label={text('school.newCode')} required maxLength={20} value={next} onChange={event => { setNext(event.currentTarget.value); }} />
        <DayInput label={text('school.codeFrom')} required value={from} onChange={setFrom} />
      </Stack>
    </ConfirmDialog>
  );
}
