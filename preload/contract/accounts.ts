import { z } from 'zod';
import { read } from './base.ts';
import type { Role } from './permissions.ts';

export interface AccountView {
  user: string;
  name: string;
  role: Role;
  /** Classes of which this person is the homeroom teacher, by name. */
  homeroomOf: string[];
}

export interface DemoAccount extends AccountView {
  password: string;
}

export const accounts = {
  /** The session token that comes with the answer is kept by the transport and never reaches the page. */
  signIn: read('public', z.object({ user: z.string().min(1).max(64), password: z.string().min(1).max(256) })).returns<AccountView & { sessionToken?: string | null }>(),
  signOut: read('public', z.object({})).returns<{ signedOut: true }>(),
  current: read('public', z.object({})).returns<{ account: AccountView | null }>(),
  /** The accounts of a demo school, so that a visitor can step in; empty in a real school. */
  demoAccounts: read('public', z.object({})).returns<{ accounts: DemoAccount[] }>(),
  list: read('system.manage', z.object({})).returns<{ accounts: (AccountView & { state: 'active' | 'closed' })[] }>(),
};
