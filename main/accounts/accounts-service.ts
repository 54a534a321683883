import { hashSync, verifySync } from '@node-rs/argon2';
import type { AccountView, DemoAccount } from '../../preload/contract/accounts.ts';
import type { Role } from '../../preload/contract/permissions.ts';
import type { ReadHandle, WriteHandle } from '../../db/handle.ts';
import { insertRecord, type Stamp } from '../../db/records.ts';
import type { ReadContext, Session } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName } from '../kit/names.ts';
import { readSetting } from '../school/school-store.ts';
import { findAccount, homeroomClasses, listAccounts } from './accounts-store.ts';

const TRIES = 5;
const PAUSE_MS = 30_000;
const failures = new Map<string, { count: number; until: number }>();

/** Passwords a demo school shows on its sign-in screen; a real school has no such setting. */
export const DEMO_ACCOUNTS_SETTING = 'accounts.demo';

/**
 * Checks a password; after five wrong ones the account waits thirty seconds.
 * @throws AppError `accounts.wrongPassword` (the same for an unknown user), `accounts.pause`
 */
export function signIn(db: ReadHandle, user: string, password: string, now: Date): Omit<Session, 'token'> {
  const name = user.trim().toLowerCase();
  const failed = failures.get(name);
  if (failed && failed.count >= TRIES && now.getTime() < failed.until) {
    throw new AppError('accounts.pause', { params: { seconds: Math.ceil((failed.until - now.getTime()) / 1000) } });
  }
  const account = findAccount(db, name);
  if (account?.state !== 'active' || !verifySync(account.password_hash, password)) {
    failures.set(name, { count: (failed?.count ?? 0) + 1, until: now.getTime() + PAUSE_MS });
    throw new AppError('accounts.wrongPassword');
  }
  failures.delete(name);
  return { user: account.user, name: account.name, role: account.role, staffId: account.staff_id, mustChangePassword: account.must_change === 1 };
}

export function accountView(db: ReadHandle, session: Pick<Session, 'user' | 'name' | 'role' | 'staffId' | 'mustChangePassword'>): AccountView | null {
  if (session.role === null) return null;
  const homeroomOf = session.staffId === null ? [] : homeroomClasses(db, session.staffId).map(found => found.name);
  return { user: session.user, name: session.name, role: session.role, homeroomOf, mustChangePassword: session.mustChangePassword === true };
}

export function demoAccounts({ db }: ReadContext): { accounts: DemoAccount[] } {
  const passwords = readSetting<Record<string, string>>(db, DEMO_ACCOUNTS_SETTING);
  if (!passwords) return { accounts: [] };
  const accounts = listAccounts(db).flatMap(account => {
    const password = passwords[account.user];
    const view = accountView(db, { user: account.user, name: account.name, role: account.role, staffId: account.staff_id });
    return password === undefined || view === null ? [] : [{ ...view, password }];
  });
  return { accounts };
}

export function addAccount(tx: WriteHandle, stamp: Stamp, account: { user: string; name: string; role: Role; staffId: string | null; password: string; mustChange?: boolean }): string {
  return insertRecord(tx, stamp, 'account', {
    user: account.user.trim().toLowerCase(), name: cleanName(account.name), role: account.role, staff_id: account.staffId,
    password_hash: hashSync(account.password), state: 'active', must_change: account.mustChange === true ? 1 : 0,
  });
}
