import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract, specOf } from '../../preload/contract/index.ts';
import { mayCall, roles } from '../../preload/contract/permissions.ts';
import type { CallSpec } from '../../preload/contract/base.ts';
import type { AppEvent } from '../../preload/contract/index.ts';
import type { JobView } from '../../preload/contract/common.ts';
import { visitor } from '../../main/call/sessions.ts';
import type { Session } from '../../main/call/context.ts';
import { featureModules } from '../../main/entry/feature-modules.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

const allCalls = Object.entries(contract).flatMap(([feature, calls]) => Object.entries(calls as Record<string, CallSpec>).map(([call, spec]) => ({ name: `${feature}.${call}`, spec })));

describe('the contract', () => {
  test('every call names a permission that some role or a visitor has', () => {
    for (const { name, spec } of allCalls) expect([null, ...roles].some(role => mayCall(role, spec.permission)), name).toBe(true);
  });

  test('every call has something that answers it', () => {
    const modules = featureModules(() => { throw new Error('not asked'); });
    const answered = new Set(modules.flatMap(({ feature, calls }) => Object.keys(calls).map(call => `${feature}.${call}`)));
    expect(allCalls.filter(({ name, spec }) => spec.kind !== 'token' && !answered.has(name)).map(({ name }) => name)).toEqual([]);
    expect([...answered].filter(name => specOf(name) === null)).toEqual([]);
  });

  test('only the token process gets a PIN', () => {
    expect(allCalls.filter(({ spec }) => JSON.stringify(Object.keys((spec.input as { shape?: object }).shape ?? {})).includes('"pin"')).map(({ name, spec }) => [name, spec.kind])).toEqual([['signing.openToken', 'token']]);
  });

  test('inherited names are not calls', () => {
    for (const name of ['constructor.name', 'grades.__proto__', 'grades.toString', '__proto__.x', 'grades', 'grades.openSheet.x', '']) expect(specOf(name)).toBeNull();
  });
});

describe('the door', () => {
  let core: Core;
  let remove: () => Promise<void>;
  beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 40 })); });
  afterAll(async () => { await remove(); });

  const codeOf = (name: string, input: unknown, session: Session) => {
    const result = core.door.call(name, input, session);
    return result.ok ? 'ok' : result.error.code;
  };

  test('lets a visitor in only where the contract says so', () => {
    for (const { name, spec } of allCalls.filter(call => call.spec.permission !== 'public')) expect(codeOf(name, {}, visitor), `${name} ${spec.permission}`).toBe('call.signInFirst');
  });

  test('a teacher cannot do what belongs to the principal', () => {
    const teacher: Session = { user: 'gv', name: 'GV', role: 'teacher', staffId: null, token: null };
    expect(codeOf('gradebook.withdrawLockRule', { ruleId: 'x', version: 1, reason: 'thử xem' }, teacher)).toBe('call.forbidden');
    expect(codeOf('sync.status', {}, teacher)).toBe('call.forbidden');
  });

  test('refuses what does not fit the contract, and names the place', () => {
    const result = core.door.call('grades.saveMarks', { sheetId: 'x', path: 'typed', changes: [{ enrolmentId: 'e', column: 'gk', before: { state: 'empty' }, after: { state: 'score', tenths: 101 } }] }, principal);
    expect(result).toMatchObject({ ok: false, error: { code: 'call.badInput', field: 'changes.0.after.tenths' } });
    expect(codeOf('no.such', {}, principal)).toBe('call.unknown');
  });

  test('signs in with the right password only, pauses after five wrong ones, forgets at sign-out', () => {
    const accounts = core.door.call('accounts.demoAccounts', {}, visitor);
    if (!accounts.ok) throw new Error(accounts.error.what);
    const [first] = (accounts.value as { accounts: { user: string; password: string }[] }).accounts;
    const wrong = () => codeOf('accounts.signIn', { user: first?.user, password: 'sai' }, visitor);
    expect(codeOf('accounts.signIn', { user: 'không có', password: 'x' }, visitor)).toBe('accounts.wrongPassword');
    const signedIn = core.door.call('accounts.signIn', { user: ` ${first?.user.toUpperCase()} `, password: first?.password }, visitor);
    if (!signedIn.ok) throw new Error(signedIn.error.what);
    const { sessionToken } = signedIn.value as { sessionToken: string };
    expect(core.door.sessions.find(sessionToken).user).toBe(first?.user);
    expect(codeOf('accounts.signOut', {}, core.door.sessions.find(sessionToken))).toBe('ok');
    expect(core.door.sessions.find(sessionToken)).toBe(visitor);
    expect([1, 2, 3, 4, 5, 6].map(wrong)).toEqual([...Array.from({ length: 5 }, () => 'accounts.wrongPassword'), 'accounts.pause']);
  });

  test('a job answers its id at once, reports progress, and keeps its result', async () => {
    const events: AppEvent[] = [];
    const stop = core.door.on(event => { events.push(event); });
    const started = core.door.call('yearEnd.compute', { year: '2025-2026' }, principal);
    if (!started.ok) throw new Error(started.error.what);
    const { jobId } = started.value as { jobId: string };
    const jobs = () => events.flatMap(event => (event.topic === 'job' && event.job.id === jobId ? [event.job] : []));
    await expect.poll(() => jobs().at(-1)?.state).toBe('done');
    stop();
    expect(jobs()[0]).toMatchObject({ state: 'running', call: 'yearEnd.compute' });
    expect((core.door.call('system.job', { jobId }, principal) as { value: JobView }).value.result).toMatchObject({ pupils: 40 });
    expect(events.some(event => event.topic === 'changed' && event.feature === 'yearEnd')).toBe(true);
  });

  test('a job is its owner\'s: others get no event, no result and cannot stop it; who manages the system sees that it runs', async () => {
    const account = (user: string, role: Session['role']) => core.door.sessions.open({ user, name: user, role, staffId: null });
    const [owner, second, manager, teacher] = [account('chu', 'principal'), account('chu', 'principal'), account('quanly', 'secretary'), account('gv', 'teacher')];
    const told: (readonly string[] | null)[] = [];
    const stop = core.door.on((event, to) => { if (event.topic === 'job') told.push(to); });
    const started = core.door.call('system.check', {}, owner) as { ok: true; value: { jobId: string } };
    const { jobId } = started.value;
    const jobsOf = (session: Session) => (core.door.call('system.jobs', {}, session) as { value: { jobs: JobView[] } }).value.jobs.filter(job => job.id === jobId);
    expect(core.door.call('system.cancelJob', { jobId }, manager)).toEqual({ ok: true, value: { cancelled: false } });
    expect(codeOf('system.job', { jobId }, teacher)).toBe('jobs.unknown');
    expect(jobsOf(teacher)).toEqual([]);
    expect(jobsOf(manager)).toMatchObject([{ state: 'running', item: '', isOthers: true }]);
    await expect.poll(() => jobsOf(owner)[0]?.state).toBe('done');
    stop();
    expect(core.door.call('system.job', { jobId }, second)).toMatchObject({ ok: true, value: { result: { ok: true } } });
    expect((core.door.call('system.job', { jobId }, manager) as { value: JobView }).value).not.toHaveProperty('result');
    expect(told.length).toBeGreaterThan(1);
    for (const to of told) expect(new Set(to)).toEqual(new Set([owner.token, second.token]));
  });

  test('a cancelled job ends as cancelled and leaves nothing half done', async () => {
    const head = core.database.journalHead().seq;
    const started = core.door.call('system.check', {}, principal);
    if (!started.ok) throw new Error(started.error.what);
    const { jobId } = started.value as { jobId: string };
    core.door.call('system.cancelJob', { jobId }, principal);
    await expect.poll(() => (core.door.call('system.job', { jobId }, principal) as { value: JobView }).value.state).toBe('cancelled');
    expect(core.database.journalHead().seq).toBe(head);
  });

  test('what is thrown inside becomes words, never a stack', () => {
    const result = core.door.call('students.open', { enrolmentId: 'x' }, principal);
    expect(result).toMatchObject({ ok: false, error: { code: 'students.unknown' } });
  });
});

