import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import type { DemoAccount } from '../../preload/contract/accounts.ts';
import { roles } from '../../preload/contract/permissions.ts';
import { text } from '../../resources/language/language.ts';
import { keptCells } from '../grades/outbox-shelf.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { compareWords } from '../kit/matching.ts';
import { Notice } from '../kit/Notice.tsx';
import { useAct } from '../kit/useAct.ts';
import { api } from './api.ts';
import icon from './icon.svg?url';
import { useLostSession } from './lost-session.ts';
import { useRead } from './queries.ts';
import { enterAs } from './session.tsx';
import classes from './sign-in.module.css';

/** Order of the list: the office first, then homeroom teachers by class. */
function place({ role, homeroomOf }: DemoAccount): number {
  return role === 'teacher' ? roles.length - homeroomOf.length : roles.indexOf(role);
}

/** The gate. A demo school lists its people, so that a visitor steps in with one click. */
export function SignInPage() {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [isCapsLock, setCapsLock] = useState(false);
  const lost = useLostSession();
  const [kept] = useState(() => keptCells(window.localStorage));
  const demo = useRead('accounts.demoAccounts', {});
  const signIn = useAct(api.accounts.signIn);
  const enter = async (name: string, secret: string): Promise<void> => {
    const account = await signIn.run({ user: name, password: secret });
    if (account !== null) enterAs(account);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void enter(user.trim(), password);
  };
  const watchCapsLock = (event: KeyboardEvent): void => { setCapsLock(event.getModifierState('CapsLock')); };
  const people = (demo.data?.accounts ?? []).toSorted((left, right) => place(left) - place(right) || compareWords(left.homeroomOf.join(), right.homeroomOf.join()));
  return (
    <main className={classes.gate}>
      <div className={classes.panel} data-wide={people.length > 0}>
        <section className={classes.form}>
          <div className={classes.brand}>
            <img src={icon} alt="" width={40} height={40} />
            <div><h1>{text('app.name')}</h1><p>{text('window.signIn.tagline')}</p></div>
          </div>
          {lost === 'none' ? null : (
            <Notice state="needs" title={text('window.lost.signIn.title')}>
              <p>{text('window.lost.signIn.what')}</p>
              <p>{kept > 0 ? text('window.lost.kept', { count: kept }) : text('window.lost.nothingKept')}</p>
            </Notice>
          )}
          <form onSubmit={submit}>
            <Stack gap="sm">
              <TextInput size="sm" label={text('window.signIn.user')} autoComplete="username" autoFocus required withAsterisk={false} value={user} onChange={event => { setUser(event.currentTarget.value); }} />
              <PasswordInput
                label={text('window.signIn.password')}
                autoComplete="current-password"
                required
                withAsterisk={false}
                value={password}
                onChange={event => { setPassword(event.currentTarget.value); }}
                onKeyUp={watchCapsLock}
                onKeyDown={watchCapsLock}
                visibilityToggleButtonProps={{ 'aria-label': text('window.signIn.showPassword') }}
              />
              {isCapsLock ? <p className={classes.caps} role="status"><IconAlertCircle size={15} aria-hidden />{text('window.signIn.capsLock')}</p> : null}
              {signIn.failure === null ? null : <ErrorNotice failure={signIn.failure} />}
              <Button type="submit" size="sm" loading={signIn.isBusy}>{text('window.signIn.enter')}</Button>
            </Stack>
          </form>
          <p className={classes.help}>{text('window.signIn.help')}</p>
        </section>
        {people.length === 0 ? null : <DemoPeople people={people} isBusy={signIn.isBusy} onPick={one => { void enter(one.user, one.password); }} />}
      </div>
    </main>
  );
}

function DemoPeople({ people, isBusy, onPick }: { people: DemoAccount[]; isBusy: boolean; onPick: (one: DemoAccount) => void }) {
  return (
    <section className={classes.demo}>
      <h2>{text('window.signIn.demoTitle')}</h2>
      <p>{text('window.signIn.demoNext')}</p>
      <ul>
        {people.map(one => (
          <li key={one.user}>
            <button type="button" disabled={isBusy} onClick={() => { onPick(one); }}>
              <strong>{one.name}</strong>
              <span>{one.homeroomOf.length > 0 ? text('window.role.homeroom', { classes: one.homeroomOf.join(', ') }) : text(`window.role.${one.role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
