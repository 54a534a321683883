import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountCandidate, AccountRow, AccountView } from '../../preload/contract/accounts.ts';
import type { StaffRow } from '../../preload/contract/staff.ts';
import { proposeUser } from '../../main/accounts/manage-accounts.ts';
import { passwordFault, slipPassword } from '../../main/accounts/password-rules.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 40 })); });
afterAll(async () => { await remove(); });

const visitor: Session = { user: '', name: '', role: null, staffId: null, token: null };
function value<T>(name: string, input: unknown, session: Session = principal): T {
  const result = core.door.call(name, input, session);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const codeOf = (name: string, input: unknown, session: Session = principal): string => {
  const result = core.door.call(name, input, session);
  return result.ok ? 'ok' : result.error.code;
};
const list = (session?: Session) => value<{ accounts: AccountRow[]; candidates: AccountCandidate[] }>('accounts.list', {}, session);
const accountOf = (user: string) => {
  const found = list().accounts.find(one => one.user === user);
  if (!found) throw new Error(`no account ${user}`);
  return found;
};
function signIn(user: string, password: string): { view: AccountView; session: Session } {
  const view = value<AccountView & { sessionToken: string }>('accounts.signIn', { user, password }, visitor);
  return { view, session: core.door.sessions.find(view.sessionToken) };
}
const signInCode = (user: string, password: string) => codeOf('accounts.signIn', { user, password }, visitor);

describe('an account made from the staff list', () => {
  let user: string;
  let password: string;

  test('is proposed by name and position, and made with a password shown once', () => {
    const candidate = list().candidates.find(one => one.proposedRole === null);
    const { rows } = value<{ rows: StaffRow[] }>('staff.list', {});
    expect(rows.map(row => row.staffId)).toContain(candidate?.staffId);
    const made = value<{ user: string; password: string }>('accounts.create', { staffId: candidate?.staffId, user: candidate?.proposedUser, role: 'secretary' });
    ({ user, password } = made);
    expect(codeOf('accounts.create', { staffId: candidate?.staffId, user: 'khac', role: 'teacher' })).toBe('accounts.hasAccount');
    const other = list().candidates[0];
    expect(codeOf('accounts.create', { staffId: other?.staffId, user, role: 'teacher' })).toBe('accounts.userTaken');
    expect(codeOf('accounts.create', { staffId: other?.staffId, user: 'Tên Dấu', role: 'teacher' })).toBe('call.badInput');
    expect(JSON.stringify(core.database.read.runPrepared('select * from journal where tbl = ?', ['account']))).not.toContain('argon2');
  });

  test('does nothing before its owner has chosen a password of his own', () => {
    const { view, session } = signIn(user, password);
    expect(view.mustChangePassword).toBe(true);
    expect(codeOf('staff.list', {}, session)).toBe('accounts.changeFirst');
    const change = (next: string, current = password) => codeOf('accounts.changePassword', { current, next }, session);
    expect(change('ngắn')).toBe('accounts.passwordShort');
    expect(change('12345678')).toBe('accounts.passwordCommon');
    expect(change(`${user}-2026`)).toBe('accounts.passwordUser');
    expect(change('suối trong đá cuội', 'sai')).toBe('accounts.wrongCurrent');
    expect(change(password)).toBe('accounts.passwordSame');
    const elsewhere = signIn(user, password).session;
    expect(change('suối trong đá cuội')).toBe('ok');
    expect(codeOf('staff.list', {}, core.door.sessions.find(session.token))).toBe('ok');
    expect(core.door.sessions.find(elsewhere.token).role).toBeNull();
    expect(signInCode(user, password)).toBe('accounts.wrongPassword');
    expect(signIn(user, 'suối trong đá cuội').view.mustChangePassword).toBe(false);
  });

  test('a reset, another role and the closing end its open windows at once', () => {
    const windowOf = (secret: string) => signIn(user, secret).session.token;
    const isOpen = (token: string | null) => core.door.sessions.find(token).role !== null;
    const first = windowOf('suối trong đá cuội');
    const { password: fresh } = value<{ password: string }>('accounts.resetPassword', { accountId: accountOf(user).accountId, version: accountOf(user).version });
    expect(isOpen(first)).toBe(false);
    expect(signIn(user, fresh).view.mustChangePassword).toBe(true);
    const second = windowOf(fresh);
    value('accounts.setRole', { accountId: accountOf(user).accountId, version: accountOf(user).version, role: 'teacher', reason: 'Đổi việc' });
    expect(isOpen(second)).toBe(false);
    const third = windowOf(fresh);
    value('accounts.close', { accountId: accountOf(user).accountId, version: accountOf(user).version, reason: 'Nghỉ việc' });
    expect(isOpen(third)).toBe(false);
    expect(signInCode(user, fresh)).toBe('accounts.wrongPassword');
    expect(codeOf('accounts.resetPassword', { accountId: accountOf(user).accountId, version: accountOf(user).version })).toBe('accounts.closed');
    const again = value<{ password: string }>('accounts.reopen', { accountId: accountOf(user).accountId, version: accountOf(user).version });
    expect(signIn(user, again.password).view.role).toBe('teacher');
  });

  test('the office cannot make itself a principal, nor anybody touch his own account', () => {
    const accounts = list().accounts;
    const head = accounts.find(one => one.role === 'principal');
    const office: Session = { user: 'vanphong-x', name: 'Văn phòng', role: 'secretary', staffId: null, token: null };
    const handle = { accountId: head?.accountId, version: head?.version };
    expect(codeOf('accounts.resetPassword', handle, office)).toBe('accounts.principalOnly');
    expect(codeOf('accounts.close', { ...handle, reason: 'thử xem' }, office)).toBe('accounts.principalOnly');
    const mine = accountOf(user);
    expect(codeOf('accounts.setRole', { accountId: mine.accountId, version: mine.version, role: 'principal', reason: 'thử xem' }, office)).toBe('accounts.principalOnly');
    expect(list(office).accounts.find(one => one.accountId === head?.accountId)?.mayManage).toBe(false);
    const self: Session = { ...principal, user: head?.user ?? '' };
    expect(codeOf('accounts.close', { ...handle, reason: 'thử xem' }, self)).toBe('accounts.own');
    expect(codeOf('accounts.list', {}, { ...office, role: 'teacher' })).toBe('call.forbidden');
  });
});

test('passwords for a slip are hard to guess and pass the rules; user names are unique', () => {
  const made = Array.from({ length: 200 }, () => slipPassword());
  expect(new Set(made).size).toBe(200);
  expect(made.every(one => /^[a-z]{4}-[a-z]{4}-[a-z]{4}-\d\d$/.test(one) && passwordFault(one, 'maiht') === null)).toBe(true);
  expect([proposeUser('Hà Thị Mai', new Set()), proposeUser('Hà Thị Mai', new Set(['maiht'])), proposeUser('Đỗ Ý', new Set())]).toEqual(['maiht', 'maiht2', 'ydx']);
});
