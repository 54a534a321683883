import { describe, expect, test, vi } from 'vitest';
import type { JobView } from '../../preload/contract/common.ts';
import type { Bridge } from '../../preload/contract/index.ts';
import { clientOver, connectionFailure, isConnectionFailure } from '../../renderer/app/api.ts';
import { followJob, forgetJobs, noteJob, noteListed } from '../../renderer/app/jobs.ts';

function bridgeOf(call: Bridge['call']): Bridge {
  return { call, on: () => () => undefined };
}

describe('a call always answers', () => {
  test('with what the program says, asked by its name', async () => {
    const call = vi.fn<Bridge['call']>(() => Promise.resolve({ ok: true, value: { account: null } }));
    expect(await clientOver(bridgeOf(call)).accounts.current({})).toEqual({ ok: true, value: { account: null } });
    expect(call).toHaveBeenCalledWith('accounts.current', {});
  });

  test('with words, when nobody is there', async () => {
    const answer = await clientOver(bridgeOf(() => Promise.reject(new Error('net::ERR_CONNECTION_REFUSED')))).accounts.current({});
    expect(answer).toEqual({ ok: false, error: connectionFailure('lost') });
    if (answer.ok) return;
    expect(answer.error.heading).toBe('Mất liên lạc với chương trình');
    expect(answer.error.remedy).not.toBe('');
  });

  test('and when the program stays silent', async () => {
    vi.useFakeTimers();
    try {
      const waiting = clientOver(bridgeOf(() => new Promise(() => undefined)), 60_000).accounts.current({});
      await vi.advanceTimersByTimeAsync(60_000);
      const answer = await waiting;
      expect(answer.ok ? null : answer.error.code).toBe('connection.timeout');
    } finally {
      vi.useRealTimers();
    }
  });
});

test('only lost contact counts as lost contact', () => {
  expect(isConnectionFailure(connectionFailure('lost'))).toBe(true);
  expect(isConnectionFailure(connectionFailure('timeout'))).toBe(true);
  expect(isConnectionFailure({ ...connectionFailure('lost'), code: 'grades.sheetLocked' })).toBe(false);
});

describe('a job', () => {
  const job: JobView = { id: 'j1', call: 'system.check', title: 'Kiểm tra', state: 'running', done: 0, total: 3, item: '', startedAt: '2026-11-22T08:00:00.000Z' };

  test('is followed by its events to its result', async () => {
    forgetJobs();
    const seen: number[] = [];
    const waiting = followJob(Promise.resolve({ ok: true, value: { jobId: 'j1' } }), { onProgress: view => { seen.push(view.done); } });
    await Promise.resolve();
    noteJob({ ...job, done: 1 });
    noteJob({ ...job, done: 3, state: 'done', result: { ok: true } });
    expect(await waiting).toEqual({ ok: true, value: { ok: true } });
    expect(seen).toEqual([1, 3]);
  });

  test('that ended before its id was known is not waited for', async () => {
    forgetJobs();
    noteJob({ ...job, state: 'done', result: 7 });
    expect(await followJob(Promise.resolve({ ok: true, value: { jobId: 'j1' } }))).toEqual({ ok: true, value: 7 });
  });

  test('that failed or was stopped says why', async () => {
    forgetJobs();
    const error = { ...connectionFailure('lost'), code: 'file.diskFull' };
    noteJob({ ...job, state: 'failed', error });
    expect(await followJob(Promise.resolve({ ok: true, value: { jobId: 'j1' } }))).toEqual({ ok: false, error });
    noteJob({ ...job, id: 'j2', state: 'cancelled' });
    const stopped = await followJob(Promise.resolve({ ok: true, value: { jobId: 'j2' } }));
    expect(stopped.ok ? '' : stopped.error.heading).not.toBe('');
  });

  test('in the list without its result is no answer', async () => {
    forgetJobs();
    const waiting = followJob(Promise.resolve({ ok: true, value: { jobId: 'j1' } }));
    await Promise.resolve();
    noteListed([{ ...job, state: 'done' }]);
    noteJob({ ...job, state: 'done', result: 'with result' });
    expect(await waiting).toEqual({ ok: true, value: 'with result' });
  });

  test('that could not be started is not followed', async () => {
    const error = connectionFailure('lost');
    expect(await followJob(Promise.resolve({ ok: false, error }))).toEqual({ ok: false, error });
  });
});
