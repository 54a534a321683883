import { text } from '../../resources/language/language.ts';
import { ChangePassword } from '../accounts/ChangePassword.tsx';
import { showFailure } from '../kit/toasts.tsx';
import { api } from './api.ts';
import icon from './icon.svg?url';
import { enterAs } from './session.tsx';
import classes from './sign-in.module.css';

async function leave(): Promise<void> {
  const result = await api.accounts.signOut({});
  if (result.ok) enterAs(null);
  else showFailure(result.error);
}

/** Between the gate and the window: who came in with a password of the office chooses his own. */
export function FirstPassword() {
  return (
    <main className={classes.gate}>
      <div className={classes.panel} data-wide={false}>
        <section className={classes.form}>
          <div className={classes.brand}>
            <img src={icon} alt="" width={40} height={40} />
            <div><h1>{text('accounts.screen.change.title')}</h1><p>{text('accounts.screen.change.first')}</p></div>
          </div>
          <ChangePassword onChanged={enterAs} onCancel={() => { void leave(); }} />
        </section>
      </div>
    </main>
  );
}
