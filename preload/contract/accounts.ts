import { z } from 'zod';
import { read, write } from './base.ts';
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
  signIn: write('public', z.object({ user: z.string().min(1).max(64), password: z.string().min(1).max(256) })).returns<AccountView>(),
  signOut: write('public', z.object({})).returns<{ signedOut: true }>(),
  current: read('public', z.object({})).returns<{ account: AccountView | null }>(),
  /** The accounts of a demo school, so that a visitor can step in; empty in a real school. */
  demoAccounts: read('public', z.object({})).returns<{ accounts: DemoAccount[] }>(),
  list: read('system.manage', z.object({})).returns<{ accounts: (AccountView & { state: 'active' | 'closed' })[] }>(),
};
