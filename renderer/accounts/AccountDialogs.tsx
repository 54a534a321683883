import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AccountCandidate, AccountRow } from '../../preload/contract/accounts.ts';
import { roles, type Role } from '../../preload/contract/permissions.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './accounts.module.css';
import type { Slip } from './PasswordSlip.tsx';

const roleOptions = () => roles.map(value => ({ value, label: text(`accounts.role.${value}`) }));

/** An account for somebody of the staff: user name and role are proposed, a person decides. */
export function CreateAccount({ candidate, onMade, onClose }: { candidate: AccountCandidate; onMade: (slip: Slip) => void; onClose: () => void }) {
  const [user, setUser] = useState(candidate.proposedUser);
  const [role, setRole] = useState<Role | null>(candidate.proposedRole);
  const create = useAct(api.accounts.create);
  const isRight = /^[a-z][a-z0-9._-]{2,31}$/.test(user.trim().toLowerCase());
  const submit = async (): Promise<void> => {
    if (!isRight || role === null || create.isBusy) return;
    const made = await create.run({ staffId: candidate.staffId, user, role });
    if (made === null) return;
    refresh('accounts');
    onMade({ name: candidate.name, ...made });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('accounts.screen.createFor', { name: candidate.name })} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <TextInput data-autofocus label={text('accounts.screen.column.user')} description={text('accounts.screen.userRule')} required value={user} {...(isRight ? {} : { error: true })} onChange={event => { setUser(event.currentTarget.value); }} />
          <Select label={text('accounts.screen.createRole')} required data={roleOptions()} value={role} onChange={setRole} />
          <p className={styles.note}>{text(candidate.proposedRole === null ? 'accounts.screen.createRoleNone' : 'accounts.screen.createRoleNote')}</p>
          {create.failure === null ? null : <ErrorNotice failure={create.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={create.isBusy} disabled={!isRight || role === null}>{text('accounts.screen.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function ChangeRole({ row, onClose }: { row: AccountRow; onClose: () => void }) {
  const [role, setRole] = useState<Role>(row.role);
  return (
    <ConfirmDialog
      title={text('accounts.screen.roleOf', { name: row.name })}
      confirmLabel={text('accounts.screen.roleSave')}
      reason={{ label: text('accounts.screen.reason'), minLength: 3 }}
      onConfirm={async reason => {
        const result = await api.accounts.setRole({ accountId: row.accountId, version: row.version, role, reason });
        refresh('accounts');
        if (result.ok) showDone(text('accounts.screen.roleSaved', { name: row.name }));
        return result;
      }}
      onClose={onClose}
    >
      <Select label={text('accounts.screen.createRole')} allowDeselect={false} data={roleOptions()} value={role} onChange={value => { if (value !== null) setRole(value); }} />
    </ConfirmDialog>
  );
}
