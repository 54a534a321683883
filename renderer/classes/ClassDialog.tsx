import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';

/** A new class of the year on screen; a waiting class takes pupils who are to be placed. */
export function AddClass({ onClose }: { onClose: () => void }) {
  const { year } = useSession();
  const read = useRead('classes.choices', {});
  const [draft, setDraft] = useState<{ name: string; grade: string | null; staffId: string | null; isWaiting: boolean }>({ name: '', grade: null, staffId: null, isWaiting: false });
  const act = useAct(api.classes.create);
  const submit = async (): Promise<void> => {
    if (draft.name.trim() === '' || draft.grade === null || act.isBusy) return;
    const made = await act.run({ year, name: draft.name, grade: Number(draft.grade), isWaiting: draft.isWaiting, homeroomStaffId: draft.staffId });
    if (made === null) return;
    refresh('classes');
    onClose();
    navigate(`/classes/${made.classId}`);
  };
  return (
    <Modal opened onClose={onClose} title={text('classes.add.title')} size="md">
      <Waiting read={read} lines={4}>
        {choices => (
          <form onSubmit={event => { event.preventDefault(); void submit(); }}>
            <Stack gap="sm">
              <Group grow align="start">
                <TextInput data-autofocus label={text('classes.field.name')} required maxLength={20} value={draft.name} onChange={event => { const name = event.currentTarget.value; setDraft(before => ({ ...before, name })); }} />
                <Select label={text('classes.field.grade')} required data={choices.grades.map(grade => ({ value: String(grade), label: text('classes.grade', { grade }) }))} value={draft.grade} onChange={grade => { setDraft(before => ({ ...before, grade })); }} />
              </Group>
              <Select label={text('classes.field.homeroom')} searchable clearable data={choices.staff.map(one => ({ value: one.staffId, label: one.name }))} value={draft.staffId} onChange={staffId => { setDraft(before => ({ ...before, staffId })); }} />
              <Checkbox label={text('classes.add.waiting')} description={text('classes.add.waitingNote')} checked={draft.isWaiting} onChange={event => { const isWaiting = event.currentTarget.checked; setDraft(before => ({ ...before, isWaiting })); }} />
              {act.failure === null ? null : <ErrorNotice failure={act.failure} />}
              <Group justify="flex-end" gap={8}>
                <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
                <Button type="submit" loading={act.isBusy} disabled={draft.name.trim() === '' || draft.grade === null}>{text('classes.add.save')}</Button>
              </Group>
            </Stack>
          </form>
        )}
      </Waiting>
    </Modal>
  );
}
