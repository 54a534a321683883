import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { formatYear } from '../kit/formats.ts';
import { showDone } from '../kit/toasts.tsx';

/** Takes over who taught last year, where nobody is assigned yet. */
export function CopyTeaching({ from, to, onClose }: { from: string; to: string; onClose: () => void }) {
  const [follow, setFollow] = useState<'class' | 'name'>('class');
  return (
    <ConfirmDialog
      title={text('staff.teaching.copyTitle', { year: formatYear(from) })}
      confirmLabel={text('staff.teaching.copyDo')}
      onConfirm={async () => {
        const result = await api.staff.copyAssignments({ from, to, follow });
        refresh('staff');
        if (result.ok) showDone(text('staff.teaching.copied', { copied: result.value.copied, skipped: result.value.skippedGone }));
        return result;
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        {text('staff.teaching.copyWhat')}
        <Radio.Group label={text('staff.teaching.copyFollow')} value={follow} onChange={value => { setFollow(value === 'name' ? 'name' : 'class'); }}>
          <Stack gap={6} mt={6}>{(['class', 'name'] as const).map(value => <Radio key={value} value={value} label={text(`staff.teaching.follow.${value}`)} />)}</Stack>
        </Radio.Group>
      </Stack>
    </ConfirmDialog>
  );
}
