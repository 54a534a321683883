import { z } from 'zod';
import { read, write } from './base.ts';
import { beginSchoolCalls } from './begin-school.ts';
import { Id } from './common.ts';
import { roles, type Role } from './permissions.ts';

export interface AccountView {
  user: string;
  name: string;
  role: Role;
  /** Classes of which this person is the homeroom teacher, by name. */
  homeroomOf: string[];
  /** The password was given by the office: nothing else is answered before its owner has chosen his own. */
  mustChangePassword: boolean;
}

export interface DemoAccount extends AccountView {
  password: string;
}

export interface AccountRow extends AccountView {
  accountId: string;
  version: number;
  state: 'active' | 'closed';
  staffId: string | null;
  /** Position in the staff list; '' for an account of nobody there. */
  position: string;
  /** False for an account that whoever asks may not touch. */
  mayManage: boolean;
}

/** Somebody of the staff who works here and has no account. */
export interface AccountCandidate {
  staffId: string;
  name: string;
  position: string;
  proposedUser: string;
  /** From the position: a proposal that a person confirms, never a right. */
  proposedRole: Role | null;
}

const User = z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{2,31}$/);
const Reason = z.string().trim().min(3).max(300);
const Handle = z.object({ accountId: Id, version: z.int() });

export const accounts = {
  ...beginSchoolCalls,
  /** The session token that comes with the answer is kept by the transport and never reaches the page. */
  signIn: read('public', z.object({ user: z.string().min(1).max(64), password: z.string().min(1).max(256) })).returns<AccountView & { sessionToken?: string | null }>(),
  signOut: read('public', z.object({})).returns<{ signedOut: true }>(),
  current: read('public', z.object({})).returns<{ account: AccountView | null }>(),
  /** The accounts of a demo school, so that a visitor can step in; empty in a real school. */
  demoAccounts: read('public', z.object({})).returns<{ accounts: DemoAccount[] }>(),
  /** Ends every other session of this person. */
  changePassword: write('signedIn', z.object({ current: z.string().min(1).max(256), next: z.string().min(1).max(256) })).returns<AccountView>(),
  list: read('system.manage', z.object({})).returns<{ accounts: AccountRow[]; candidates: AccountCandidate[] }>(),
  /** The password in the answer is shown once and kept nowhere; its owner must change it at the first sign-in. */
  create: write('system.manage', z.object({ staffId: Id, user: User, role: z.enum(roles) })).returns<{ user: string; password: string }>(),
  resetPassword: write('system.manage', Handle).returns<{ user: string; password: string }>(),
  setRole: write('system.manage', Handle.extend({ role: z.enum(roles), reason: Reason })).returns<null>(),
  close: write('system.manage', Handle.extend({ reason: Reason })).returns<null>(),
  /** A closed account comes back with a new password. */
  reopen: write('system.manage', Handle).returns<{ user: string; password: string }>(),
};
