import { defineModule } from '../call/module.ts';
import type { Sessions } from '../call/sessions.ts';
import { accountView, demoAccounts, signIn } from './accounts-service.ts';
import { listAccounts } from './accounts-store.ts';

/** Who may come in. Takes the open sessions, which live in memory beside the door. */
export function accountsModule(sessions: () => Sessions) {
  return defineModule('accounts', {
    signIn: ({ db, services }, { user, password }) => {
      const session = sessions().open(signIn(db, user, password, services.clock()));
      const view = accountView(db, session);
      if (view === null) throw new Error('a session without a role');
      return { ...view, sessionToken: session.token };
    },
    signOut: ({ session }) => {
      sessions().close(session.token);
      return { signedOut: true };
    },
    current: ({ db, session }) => ({ account: accountView(db, session) }),
    demoAccounts: ctx => demoAccounts(ctx),
    list: ({ db }) => ({
      accounts: listAccounts(db).flatMap(account => {
        const view = accountView(db, { user: account.user, name: account.name, role: account.role, staffId: account.staff_id });
        return view === null ? [] : [{ ...view, state: account.state }];
      }),
    }),
  });
}
