import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { staffFields } from '../../preload/contract/staff-fields.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { parseDate } from '../kit/formats.ts';
import { useAct } from '../kit/useAct.ts';
import { faultOf } from './staff-draft.ts';
import { StaffFieldInput } from './StaffFieldInput.tsx';

const asked = ['name', 'code', 'birth', 'sex', 'position', 'job', 'subjects'];
const fields = staffFields.filter(field => asked.includes(field.key));

/** Adds somebody by hand; the rest of the record is filled on its page. */
export function AddStaff({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<Record<string, string>>({ sex: 'unknown' });
  const add = useAct(api.staff.add);
  const isReady = fields.every(field => faultOf(field, draft[field.key] ?? '') === null);
  const submit = async (): Promise<void> => {
    if (!isReady || add.isBusy) return;
    const made = await add.run({ values: { ...draft, birth: parseDate(draft['birth'] ?? '') ?? '' } });
    if (made === null) return;
    refresh('staff');
    onClose();
    navigate(`/staff/${made.staffId}`);
  };
  return (
    <Modal opened onClose={onClose} title={text('staff.add.title')} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          {fields.map(field => <StaffFieldInput key={field.key} field={field} value={draft[field.key] ?? ''} onChange={value => { setDraft(before => ({ ...before, [field.key]: value })); }} />)}
          {add.failure === null ? null : <ErrorNotice failure={add.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={add.isBusy} disabled={!isReady}>{text('staff.add.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
