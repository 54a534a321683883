import { Button, Group, Menu, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../preload/contract/failure.ts';
import type { StudentView } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { runJob } from '../app/jobs.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { showDone, showFailure } from '../kit/toasts.tsx';

const kinds = ['moet', 'local', 'vemis'] as const;

/** Gives a code: the ministry's, one of the school's own, the next number of the register, or a temporary one. */
export function GiveCode({ student }: { student: StudentView }) {
  const [isOpen, setOpen] = useState(false);
  const has = (kind: string) => student.codes.some(code => code.kind === kind && code.validTo === null);
  const giveNext = async (call: 'register' | 'giveTemporaryCodes'): Promise<void> => {
    const result = await runJob(`students.${call}`, { enrolmentIds: [student.enrolmentId] });
    if (result.ok) showDone(text('students.codeGiven', { code: result.value.given[0]?.code ?? '' }));
    else showFailure(result.error);
    refresh('students');
  };
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target><Button variant="default" size="compact-sm">{text('students.giveCode')}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={has('register')} onClick={() => { void giveNext('register'); }}>{text('students.giveRegister')}</Menu.Item>
          <Menu.Item disabled={has('moet') || has('temporary')} onClick={() => { void giveNext('giveTemporaryCodes'); }}>{text('students.giveTemporary')}</Menu.Item>
          <Menu.Item onClick={() => { setOpen(true); }}>{text('students.giveTyped')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isOpen ? <CodeDialog student={student} onClose={() => { setOpen(false); }} /> : null}
    </>
  );
}

function CodeDialog({ student, onClose }: { student: StudentView; onClose: () => void }) {
  const [kind, setKind] = useState<(typeof kinds)[number]>('moet');
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (): Promise<void> => {
    const result = await api.students.giveCode({ personId: student.personId, kind, code: code.trim() });
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    refresh('students');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('students.giveTyped')} size="sm">
      <form
        onSubmit={event => {
          event.preventDefault();
          event.stopPropagation();
          void submit();
        }}
      >
        <Stack gap="sm">
          <Select label={text('students.codeOf')} allowDeselect={false} data={kinds.map(value => ({ value, label: text(`students.codeKind.${value}`) }))} value={kind} onChange={value => { if (value !== null) setKind(value); }} />
          <TextInput data-autofocus label={text('students.code')} maxLength={20} value={code} onChange={event => { setCode(event.currentTarget.value); }} />
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <Group justify="flex-end" gap={8}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={code.trim() === ''}>{text('kit.save')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
