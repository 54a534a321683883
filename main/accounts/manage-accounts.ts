import { hashSync, verifySync } from '@node-rs/argon2';
import type { AccountCandidate, AccountRow, accounts, AccountView } from '../../preload/contract/accounts.ts';
import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { Role } from '../../preload/contract/permissions.ts';
import { updateRecord } from '../../db/records.ts';
import type { AccountTable } from '../../db/schema/accounts.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import type { Sessions } from '../call/sessions.ts';
import { AppError } from '../kit/errors.ts';
import { familyNames, foldForSearch, givenName } from '../kit/names.ts';
import { accountView, addAccount } from './accounts-service.ts';
import { findAccount, findAccountById, homeroomClassesByStaff, listAccounts, staffForAccounts } from './accounts-store.ts';
import { passwordFault, slipPassword } from './password-rules.ts';

type Accounts = typeof accounts;

/** Accounts, and the staff without one. */
export function list({ db, session }: ReadContext): OutputOf<Accounts['list']> {
  const known = listAccounts(db);
  const staff = new Map(staffForAccounts(db).map(row => [row.id, row]));
  const homerooms = homeroomClassesByStaff(db);
  const taken = new Set(known.map(account => account.user));
  const held = new Set(known.map(account => account.staff_id));
  const rows = known.map((account): AccountRow => ({
    accountId: account.id, version: account.version, user: account.user, name: account.name, role: account.role, state: account.state, staffId: account.staff_id,
    homeroomOf: homerooms.get(account.staff_id ?? '') ?? [], mustChangePassword: account.must_change === 1,
    position: staff.get(account.staff_id ?? '')?.position ?? '', mayManage: refusalOf(session, account, known) === null,
  }));
  const candidates = [...staff.values()].filter(row => !held.has(row.id) && (row.status === 'working' || row.status === 'leave')).map((row): AccountCandidate => {
    const proposedUser = proposeUser(row.name, taken);
    taken.add(proposedUser);
    return { staffId: row.id, name: row.name, position: row.position, proposedUser, proposedRole: proposeRole(row) };
  });
  return { accounts: rows, candidates };
}

/** "Hà Thị Mai" → "maiht", with a number where somebody has that. */
export function proposeUser(name: string, taken: ReadonlySet<string>): string {
  const letters = (words: string) => foldForSearch(words).replaceAll(/[^a-z ]/g, '');
  const base = `${letters(givenName(name))}${letters(familyNames(name)).split(' ').map(word => word.charAt(0)).join('')}`.padEnd(3, 'x');
  for (let number = 1; ; number += 1) {
    const user = number === 1 ? base : `${base}${number}`;
    if (!taken.has(user)) return user;
  }
}

/** Nobody is proposed for what his position does not say: a bookkeeper needs no sight of marks. */
function proposeRole({ job, position }: { job: string; position: string }): Role | null {
  const words = foldForSearch(position);
  if (job === 'principal' || job === 'vicePrincipal') return 'principal';
  if (job === 'teacher') return 'teacher';
  if (words.includes('van thu')) return 'sealClerk';
  return words.includes('giao vu') ? 'secretary' : null;
}

/** Why this person may not touch an account; null when he may. Only a principal touches a principal's, unless there is none to do it. */
function refusalOf(session: Session, account: Pick<AccountTable, 'user' | 'role'>, all: readonly AccountTable[]): string | null {
  if (account.user === session.user) return 'accounts.own';
  return account.role === 'principal' && session.role !== 'principal' && hasPrincipal(all) ? 'accounts.principalOnly' : null;
}

function hasPrincipal(all: readonly AccountTable[]): boolean {
  return all.some(account => account.role === 'principal' && account.state === 'active');
}

/** @throws AppError `accounts.unknown`, `accounts.own`, `accounts.principalOnly` */
function requireManaged({ db, session }: WriteContext, accountId: string): AccountTable {
  const account = findAccountById(db, accountId);
  if (!account) throw new AppError('accounts.unknown');
  const refusal = refusalOf(session, account, listAccounts(db));
  if (refusal !== null) throw new AppError(refusal);
  return account;
}

function requireRole({ db, session }: WriteContext, role: Role): void {
  if (role === 'principal' && session.role !== 'principal' && hasPrincipal(listAccounts(db))) throw new AppError('accounts.principalOnly', { field: 'role' });
}

/** @throws AppError `accounts.noStaff`, `accounts.hasAccount`, `accounts.userTaken`, `accounts.principalOnly` */
export function create(ctx: WriteContext, { staffId, user, role }: CheckedInputOf<Accounts['create']>): OutputOf<Accounts['create']> {
  const { db, stamp } = ctx;
  const person = staffForAccounts(db).find(row => row.id === staffId);
  if (!person || (person.status !== 'working' && person.status !== 'leave')) throw new AppError('accounts.noStaff');
  if (listAccounts(db).some(account => account.staff_id === staffId)) throw new AppError('accounts.hasAccount', { params: { name: person.name } });
  if (findAccount(db, user)) throw new AppError('accounts.userTaken', { field: 'user', params: { user } });
  requireRole(ctx, role);
  const password = slipPassword();
  addAccount(db, stamp, { user, name: person.name, role, staffId, password, mustChange: true });
  ctx.changed('accounts', user);
  return { user, password };
}

function givePassword(ctx: WriteContext, sessions: Sessions, account: AccountTable, version: number): { user: string; password: string } {
  const password = slipPassword();
  updateRecord(ctx.db, ctx.stamp, 'account', account.id, version, { password_hash: hashSync(password), must_change: 1, state: 'active' });
  sessions.closeOf(account.user);
  ctx.changed('accounts', account.user);
  return { user: account.user, password };
}

export function resetPassword(ctx: WriteContext, sessions: Sessions, { accountId, version }: CheckedInputOf<Accounts['resetPassword']>): OutputOf<Accounts['resetPassword']> {
  const account = requireManaged(ctx, accountId);
  if (account.state === 'closed') throw new AppError('accounts.closed');
  return givePassword(ctx, sessions, account, version);
}

/** @throws AppError `accounts.noStaff` for somebody who has left */
export function reopen(ctx: WriteContext, sessions: Sessions, { accountId, version }: CheckedInputOf<Accounts['reopen']>): OutputOf<Accounts['reopen']> {
  const account = requireManaged(ctx, accountId);
  const person = staffForAccounts(ctx.db).find(row => row.id === account.staff_id);
  if (account.staff_id !== null && person?.status !== 'working' && person?.status !== 'leave') throw new AppError('accounts.noStaff');
  return givePassword(ctx, sessions, account, version);
}

export function setRole(ctx: WriteContext, sessions: Sessions, { accountId, version, role }: CheckedInputOf<Accounts['setRole']>): null {
  const account = requireManaged(ctx, accountId);
  requireRole(ctx, role);
  updateRecord(ctx.db, ctx.stamp, 'account', accountId, version, { role });
  // His open windows still act with the former role.
  sessions.closeOf(account.user);
  ctx.changed('accounts', account.user);
  return null;
}

export function close(ctx: WriteContext, sessions: Sessions, { accountId, version }: CheckedInputOf<Accounts['close']>): null {
  const account = requireManaged(ctx, accountId);
  if (account.state === 'closed') throw new AppError('accounts.closed');
  updateRecord(ctx.db, ctx.stamp, 'account', accountId, version, { state: 'closed' });
  sessions.closeOf(account.user);
  ctx.changed('accounts', account.user);
  return null;
}

/** @throws AppError `accounts.wrongPassword`, `accounts.passwordSame` and those of {@link passwordFault} */
export function changePassword({ db, stamp, session }: WriteContext, sessions: Sessions, { current, next }: CheckedInputOf<Accounts['changePassword']>): AccountView {
  const account = findAccount(db, session.user);
  if (!account || !verifySync(account.password_hash, current)) throw new AppError('accounts.wrongCurrent', { field: 'current' });
  if (current === next) throw new AppError('accounts.passwordSame', { field: 'next' });
  const fault = passwordFault(next, account.user);
  if (fault !== null) throw new AppError(fault, { field: 'next' });
  updateRecord(db, stamp, 'account', account.id, account.version, { password_hash: hashSync(next), must_change: 0 });
  sessions.passwordChanged(session.token, account.user);
  const view = accountView(db, { ...session, mustChangePassword: false });
  if (view === null) throw new Error('a session without a role');
  return view;
}
