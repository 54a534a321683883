import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soTruong } from '../story/command-line.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-sổ '));
const data = path.join(folder, 'school');
const key = { SO_TRUONG_KEY: 'ab'.repeat(32) };
const grades = (...args: string[]) => soTruong(['grades', ...args, '--data', data, '--json'], key);
const one = ['--class', '9A', '--subject', 'TOAN', '--term', '1'];
beforeAll(async () => { expect((await soTruong(['demo', '--data', data, '--pupils', '40', '--json'], key)).exit).toBe(0); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

test('a sheet is locked, opened with a reason, and locked again from the command line', async () => {
  const locked = await grades('lock', ...one, '--reason', 'Cuối học kì');
  expect(locked).toMatchObject({ exit: 0, json: { sheet: '9A TOAN 1', state: 'locked' } });
  expect(await grades('lock', ...one)).toMatchObject({ exit: 0, json: { state: 'locked' } });
  expect((await grades('unlock', ...one)).exit).toBe(2);
  expect((await grades('unlock', ...one, '--reason', 'Nhập nhầm', '--until', '30/05/2026')).exit).toBe(2);
  expect(await grades('unlock', ...one, '--reason', 'Nhập nhầm', '--until', '2001-05-30')).toMatchObject({ exit: 1, json: { error: { code: 'gradebook.untilNeeded' } } });
  expect(await grades('unlock', ...one, '--reason', 'Nhập nhầm', '--until', '2098-05-30T17:00')).toMatchObject({ exit: 0, json: { state: 'reopened' } });
  expect(await grades('lock', ...one)).toMatchObject({ exit: 0, json: { state: 'locked' } });
});

test('what is not there is refused, what is badly asked is wrong usage', async () => {
  expect(await grades('lock', '--class', '9Z', '--subject', 'TOAN', '--term', '1')).toMatchObject({ exit: 1, json: { error: { code: 'classes.unknown' } } });
  expect(await grades('lock', '--class', '9A', '--subject', 'KHONGCO', '--term', '1')).toMatchObject({ exit: 1, json: { error: { code: 'grades.unknownSheet' } } });
  expect(await grades('unlock', '--class', '9A', '--subject', 'TOAN', '--term', '2', '--reason', 'Chưa khoá')).toMatchObject({ exit: 1, json: { error: { code: 'gradebook.noStep' } } });
  expect((await grades('open', ...one)).exit).toBe(2);
  expect((await grades('lock', '--class', '9A', '--subject', 'TOAN')).exit).toBe(2);
});
