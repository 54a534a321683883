import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { AttendancePlan } from '../../preload/contract/attendance.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { showDone } from '../kit/toasts.tsx';

/** How many sessions a day the class has, which one counts, and where the totals of its terms come from. */
export function AttendancePlanDialog({ classId, plan, onClose }: { classId: string; plan: AttendancePlan; onClose: () => void }) {
  const [draft, setDraft] = useState(plan);
  const save = async (reason: string) => {
    const result = await api.attendance.setPlan({ classId, ...draft, ...(reason === '' ? {} : { reason }) });
    if (result.ok) showDone(text('attendance.plan.saved'));
    return result;
  };
  const source = (term: 1 | 2, value: 'daily' | 'typed') => {
    setDraft({ ...draft, sources: term === 1 ? [value, draft.sources[1]] : [draft.sources[0], value] });
  };
  return (
    <ConfirmDialog
      title={text('attendance.plan.title')}
      confirmLabel={text('attendance.plan.save')}
      reason={{ label: text('attendance.plan.reason'), minLength: draft.sources.join() === plan.sources.join() ? 0 : 3 }}
      onConfirm={save}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Radio.Group label={text('attendance.plan.sessions')} value={String(draft.sessions)} onChange={value => { setDraft({ ...draft, sessions: value === '2' ? 2 : 1 }); }}>
          <Stack gap={4} mt={4}><Radio value="1" label={text('attendance.plan.one')} /><Radio value="2" label={text('attendance.plan.two')} /></Stack>
        </Radio.Group>
        <Radio.Group label={text('attendance.plan.main')} value={draft.mainSession} onChange={value => { setDraft({ ...draft, mainSession: value === 'pm' ? 'pm' : 'am' }); }}>
          <Stack gap={4} mt={4}><Radio value="am" label={text('attendance.session.am')} /><Radio value="pm" label={text('attendance.session.pm')} /></Stack>
        </Radio.Group>
        {([1, 2] as const).map(term => (
          <Radio.Group key={term} label={text('attendance.plan.source', { term })} value={draft.sources[term - 1] ?? 'typed'} onChange={value => { source(term, value === 'daily' ? 'daily' : 'typed'); }}>
            <Stack gap={4} mt={4}><Radio value="daily" label={text('attendance.plan.daily')} /><Radio value="typed" label={text('attendance.plan.typed')} /></Stack>
          </Radio.Group>
        ))}
        <p>{text('attendance.plan.hint')}</p>
      </Stack>
    </ConfirmDialog>
  );
}
