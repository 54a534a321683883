import { defineModule } from '../call/module.ts';
import type { Sessions } from '../call/sessions.ts';
import { accountView, demoAccounts, signIn } from './accounts-service.ts';
import { beginSchool, hasSchool } from './begin-school.ts';
import { changePassword, close, create, list, reopen, resetPassword, setRole } from './manage-accounts.ts';

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
    gate: ({ db }) => ({ hasSchool: hasSchool(db) }),
    beginSchool,
    list, create,
    changePassword: (ctx, input) => changePassword(ctx, sessions(), input),
    resetPassword: (ctx, input) => resetPassword(ctx, sessions(), input),
    setRole: (ctx, input) => setRole(ctx, sessions(), input),
    close: (ctx, input) => close(ctx, sessions(), input),
    reopen: (ctx, input) => reopen(ctx, sessions(), input),
  });
}
