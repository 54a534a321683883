import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { pupilFields } from '../../preload/contract/pupil-fields.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { navigate, RouteLink } from '../app/router.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate, parseDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { useAct } from '../kit/useAct.ts';
import { FieldInput } from './FieldInput.tsx';
import { faultyFields } from './student-fields.ts';

const asked = ['name', 'birth', 'sex', 'personalId', 'ethnicGroup'];
const fields = pupilFields.filter(field => asked.includes(field.key));
const ASK_AFTER = 300; // milliseconds without a further letter

/** Adds a pupil by hand; while the name is typed, known pupils that look like him are shown. */
export function AddPupil({ classes, onClose }: { classes: { value: string; label: string }[]; onClose: () => void }) {
  const [classId, setClassId] = useState<string | null>(null);
  const [isTransfer, setTransfer] = useState(false);
  const [draft, setDraft] = useState<Record<string, string>>({ sex: 'unknown' });
  const add = useAct(api.students.add);
  const birth = parseDate(draft['birth'] ?? '') ?? '';
  const [wanted] = useDebouncedValue(JSON.stringify({ name: draft['name']?.trim() ?? '', birth, personalId: draft['personalId']?.trim() ?? '' }), ASK_AFTER);
  const question = JSON.parse(wanted) as { name: string; birth: string; personalId: string };
  const similar = useRead('students.similar', question, { enabled: question.name.includes(' ') && question.birth !== '', keepPrevious: true });
  const found = question.name === '' ? [] : similar.data?.found ?? [];
  const faults = faultyFields({ name: draft['name'] ?? '', birth: draft['birth'] ?? '' });
  const isReady = classId !== null && faults.length === 0;
  const submit = async (): Promise<void> => {
    if (classId === null || !isReady || add.isBusy) return;
    const made = await add.run({ classId, status: isTransfer ? 'transferredIn' : 'studying', values: { ...draft, birth } });
    if (made === null) return;
    refresh('students');
    onClose();
    navigate(`/students/${made.enrolmentId}`);
  };
  return (
    <Modal opened onClose={onClose} title={text('students.add.title')} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <Group grow>
            <Select data-autofocus label={text('students.column.class')} required searchable data={classes} value={classId} onChange={setClassId} />
            <Select label={text('students.column.status')} allowDeselect={false} data={[{ value: 'studying', label: text('students.status.studying') }, { value: 'transferredIn', label: text('students.status.transferredIn') }]} value={isTransfer ? 'transferredIn' : 'studying'} onChange={value => { setTransfer(value === 'transferredIn'); }} />
          </Group>
          {fields.map(field => <FieldInput key={field.key} field={field} value={draft[field.key] ?? ''} onChange={value => { setDraft(before => ({ ...before, [field.key]: value })); }} />)}
          {found.length === 0 ? null : (
            <Notice state="needs" title={text('students.add.similar', { count: found.length })}>
              {found.map(({ card, reasons }) => (
                <div key={card.personId}>
                  <RouteLink to={`/students/${card.enrolmentId ?? ''}`} onClick={onClose}>{card.name}</RouteLink> · <span className="tabular">{formatDate(card.birth)}</span> · {card.className} {card.year} · {reasons.map(reason => text(`students.reasonOf.${reason}`)).join(', ')}
                </div>
              ))}
            </Notice>
          )}
          {add.failure === null ? null : <ErrorNotice failure={add.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={add.isBusy} disabled={!isReady}>{text('students.add.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
