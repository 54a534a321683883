import { expect, test } from 'vitest';
import { AttendanceOutbox, cellKey, type AbsenceEntry } from '../../renderer/attendance/attendance-outbox.ts';
import { failure } from './fake-book.ts';

const entry = (enrolmentId: string, before: AbsenceEntry['before'], after: AbsenceEntry['after'], classId = 'c1'): AbsenceEntry =>
  ({ classId, enrolmentId, date: '2025-10-06', session: 'am', before, after });
const at = (enrolmentId: string) => cellKey({ enrolmentId, date: '2025-10-06', session: 'am' });

test('a cell says what was last written in it, before and after it is saved, until the month is read again', async () => {
  const outbox = new AttendanceOutbox(() => Promise.resolve({ ok: true, value: { savedAt: 'now' } }), () => undefined);
  outbox.add(entry('e1', null, 'excused'));
  expect(outbox.written(at('e1'))).toBe('excused');
  outbox.add(entry('e1', 'excused', null));
  expect(outbox.written(at('e1'))).toBeNull();
  await outbox.flush();
  await Promise.resolve();
  expect(outbox.written(at('e1'))).toBeNull();
  outbox.forgetSaved();
  expect(outbox.written(at('e1'))).toBeUndefined();
});

test('cells of one class go together, the same cell and another class after one another', async () => {
  const sent: string[][] = [];
  let release: () => void = () => undefined;
  const gate = new Promise<void>(resolve => { release = resolve; });
  const outbox = new AttendanceOutbox(async (_classId, entries) => {
    if (sent.length === 0) await gate;
    sent.push(entries.map(one => `${one.classId} ${one.enrolmentId} ${one.after}`));
    return { ok: true, value: { savedAt: 'now' } };
  }, () => undefined);
  outbox.add(entry('e1', null, 'excused'));
  outbox.add(entry('e2', null, 'unexcused'));
  outbox.add(entry('e3', null, 'excused'));
  outbox.add(entry('e2', 'unexcused', null));
  outbox.add(entry('e9', null, 'excused', 'c2'));
  release();
  await new Promise(resolve => { setTimeout(resolve, 10); });
  expect(sent).toEqual([['c1 e1 excused'], ['c1 e2 unexcused', 'c1 e3 excused'], ['c1 e2 null'], ['c2 e9 excused']]);
});

test('out of reach nothing is lost; what the book refuses is told and dropped', async () => {
  const answers = ['connection.lost', 'attendance.changedMeanwhile'];
  const refused: string[] = [];
  const outbox = new AttendanceOutbox(() => {
    const code = answers.shift();
    return Promise.resolve(code === undefined ? { ok: true, value: { savedAt: 'now' } } : { ok: false, error: failure(code) });
  }, error => refused.push(error.code));
  outbox.add(entry('e1', null, 'excused'));
  await new Promise(resolve => { setTimeout(resolve, 0); });
  expect(outbox.status).toMatchObject({ isHeld: true, waiting: [{ enrolmentId: 'e1' }] });
  await outbox.flush();
  expect(outbox.status).toMatchObject({ isHeld: false, waiting: [] });
  expect(refused).toEqual(['attendance.changedMeanwhile']);
});
