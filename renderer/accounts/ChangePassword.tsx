import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import type { AccountView } from '../../preload/contract/accounts.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { useAct } from '../kit/useAct.ts';

/** The form with which somebody chooses a password of his own. */
export function ChangePassword({ onChanged, onCancel }: { onChanged: (account: AccountView) => void; onCancel: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useAct(api.accounts.changePassword);
  const isReady = current !== '' && next !== '' && next === again;
  const submit = async (): Promise<void> => {
    if (!isReady || change.isBusy) return;
    const account = await change.run({ current, next });
    if (account !== null) onChanged(account);
  };
  const eye = { 'aria-label': text('window.signIn.showPassword') };
  return (
    <form onSubmit={event => { event.preventDefault(); void submit(); }}>
      <Stack gap="sm">
        <PasswordInput data-autofocus autoFocus label={text('accounts.screen.change.current')} autoComplete="current-password" value={current} visibilityToggleButtonProps={eye} onChange={event => { setCurrent(event.currentTarget.value); }} />
        <PasswordInput label={text('accounts.screen.change.next')} description={text('accounts.screen.change.rule')} autoComplete="new-password" value={next} visibilityToggleButtonProps={eye} onChange={event => { setNext(event.currentTarget.value); }} />
        <PasswordInput
          label={text('accounts.screen.change.again')}
          autoComplete="new-password"
          value={again}
          visibilityToggleButtonProps={eye}
          {...(again !== '' && again !== next ? { error: text('accounts.screen.change.differs') } : {})}
          onChange={event => { setAgain(event.currentTarget.value); }}
        />
        {change.failure === null ? null : <ErrorNotice failure={change.failure} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onCancel}>{text('kit.cancel')}</Button>
          <Button type="submit" loading={change.isBusy} disabled={!isReady}>{text('accounts.screen.change.save')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
