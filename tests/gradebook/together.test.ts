import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { MarkValue, SheetView, TermRecordRow } from '../../preload/contract/grades.ts';
import type { AppEvent, PresenceEvent } from '../../preload/contract/index.ts';
import type { CellNews, MarkConflictView, PresentPerson } from '../../preload/contract/mark-sheets.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

/** Several people in one book at once. */
let core: Core;
let remove: () => Promise<void>;
let sheet: SheetView;
let teacher: Session;
const year = '2025-2026';
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 60 }));
  const row = core.database.read.get(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select('grade_sheet.id')
    .where('subject', '=', 'TOAN').where('term', '=', 1).where('school_class.name', '=', '9A'));
  sheet = call<SheetView>('grades.openSheet', { sheetId: row?.id });
  const found = core.database.read.get(sql.selectFrom('assignment').innerJoin('account', 'account.staff_id', 'assignment.staff_id').select(['account.user', 'account.name', 'account.staff_id'])
    .where('class_id', '=', sheet.classId).where('subject', '=', 'TOAN').where('to_date', 'is', null));
  teacher = { user: found?.user ?? '', name: found?.name ?? '', role: 'teacher', staffId: found?.staff_id ?? null, token: null };
});
afterAll(async () => { await remove(); });

function call<T>(name: string, input: unknown, session: Session = principal): T {
  const result = core.door.call(name, input, session);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const codeOf = (name: string, input: unknown, session: Session = principal): string => {
  const result = core.door.call(name, input, session);
  return result.ok ? 'ok' : result.error.code;
};
const score = (tenths: number): MarkValue => ({ state: 'score', tenths });
const markOf = (row: number) => call<SheetView>('grades.openSheet', { sheetId: sheet.sheetId }).rows[row]?.marks.gk ?? { state: 'empty' };
const pupil = (row: number) => sheet.rows[row]?.enrolmentId ?? '';
const type = (row: number, after: MarkValue, session: Session = principal) => { call('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId: pupil(row), column: 'gk', before: markOf(row), after }] }, session); };
const keep = (row: number, seen: MarkValue, offered: MarkValue, session: Session) =>
  call<{ kept: number }>('gradebook.keepConflicts', { sheetId: sheet.sheetId, path: 'typed', cells: [{ enrolmentId: pupil(row), column: 'gk', seen, offered }] }, session);
const conflicts = (session: Session = principal, withSettled = false) => call<{ conflicts: MarkConflictView[] }>('gradebook.markConflicts', { year, sheetId: sheet.sheetId, withSettled }, session).conflicts;

describe('a cell two people wrote', () => {
  test('keeps both values, with who and when, for whoever may decide; kept twice it stands once', () => {
    type(0, score(50));
    const seen = markOf(1);
    expect(keep(0, seen, score(80), teacher)).toEqual({ kept: 1 });
    expect(keep(0, seen, score(80), teacher)).toEqual({ kept: 1 });
    expect(keep(0, seen, score(50), teacher)).toEqual({ kept: 0 });
    expect(conflicts()).toMatchObject([{ seen, stored: score(50), offered: score(80), offeredBy: teacher.name, state: 'open', maySettle: true, order: 1 }]);
    expect(conflicts(teacher)).toHaveLength(1);
    const stranger: Session = { user: 'khac', name: 'Khác', role: 'teacher', staffId: 'khac', token: null };
    expect(conflicts(stranger)).toEqual([]);
    expect(codeOf('gradebook.keepConflicts', { sheetId: sheet.sheetId, path: 'typed', cells: [{ enrolmentId: pupil(0), column: 'gk', seen, offered: score(1) }] }, stranger)).toBe('grades.notYourSheet');
  });

  test('is decided once, against what stands in the book at that moment, and the choice is on record', () => {
    const [open] = conflicts();
    const settle = (stored: MarkValue, choice = 'offered') => codeOf('gradebook.settleConflicts', { settle: [{ conflictId: open?.conflictId, choice, stored }] }, teacher);
    type(0, score(55));
    expect(settle(score(50))).toBe('grades.changedMeanwhile');
    expect(markOf(0)).toEqual(score(55));
    expect(settle(score(55))).toBe('ok');
    expect(markOf(0)).toEqual(score(80));
    expect(settle(score(80))).toBe('gradebook.conflictSettled');
    expect(conflicts()).toEqual([]);
    expect(conflicts(principal, true)).toMatchObject([{ state: 'settled', choice: 'offered', stored: score(55), settledBy: teacher.name }]);
  });

  test('left as it is in the book changes no mark', () => {
    type(2, score(40));
    keep(2, score(10), score(90), teacher);
    const [open] = conflicts();
    call('gradebook.settleConflicts', { settle: [{ conflictId: open?.conflictId, choice: 'stored', stored: score(40) }] });
    expect(markOf(2)).toEqual(score(40));
    expect(call<{ cells: CellNews[] }>('gradebook.cellNews', { sheetId: sheet.sheetId, cells: [{ enrolmentId: pupil(0), column: 'gk' }] }).cells).toMatchObject([{ by: teacher.name }]);
  });
});

describe('who is in a sheet', () => {
  test('is told to the others with his cell, and no longer when he leaves, signs out or falls silent', () => {
    const told: PresenceEvent[] = [];
    const stop = core.door.on((event: AppEvent) => { if (event.topic === 'presence') told.push(event); });
    const [one, two] = ['Cô Lan', 'Thầy Hùng'].map(name => core.door.sessions.open({ user: name, name, role: 'principal', staffId: null }));
    if (!one || !two) throw new Error('no sessions');
    const stand = (session: Session, cell: object | null, more: object = {}) => call<{ self: string; people: PresentPerson[] }>('gradebook.standIn', { sheetId: sheet.sheetId, cell, ...more }, session);
    const first = stand(one, { enrolmentId: pupil(0), column: 'gk' });
    expect(first.people).toMatchObject([{ key: first.self, name: 'Cô Lan', column: 'gk' }]);
    expect(JSON.stringify(first)).not.toContain(one.token);
    expect(stand(two, null).people.map(person => person.name)).toEqual(['Cô Lan', 'Thầy Hùng']);
    const events = told.length;
    stand(two, null);
    expect(told).toHaveLength(events);
    stand(one, null, { isLeaving: true });
    expect(told.at(-1)?.people.map(person => person.name)).toEqual(['Thầy Hùng']);
    core.door.call('accounts.signOut', {}, two);
    expect(told.at(-1)?.people).toEqual([]);
    stop();
  });
});

describe('a term record two people wrote', () => {
  test('refuses the second with both values, and takes it again from who has seen them', () => {
    const read = () => call<{ rows: TermRecordRow[] }>('grades.openTermRecords', { classId: sheet.classId }).rows[0];
    const enrolmentId = read()?.enrolmentId ?? '';
    const before = read()?.comment ?? '';
    call('grades.saveTermRecord', { enrolmentId, term: 2, comment: 'Chăm học.', before: { comment: before } });
    const second = { enrolmentId, term: 2, comment: 'Cần cố gắng.', before: { comment: before } };
    const refused = core.door.call('grades.saveTermRecord', second, principal);
    expect(refused).toMatchObject({ ok: false, error: { code: 'grades.changedMeanwhile', field: 'comment' } });
    expect(!refused.ok && refused.error.what).toMatch(/Chăm học.*Cần cố gắng/);
    expect(read()?.comment).toBe('Chăm học.');
    // The answer that got lost: what was wanted is there already.
    expect(codeOf('grades.saveTermRecord', { ...second, comment: 'Chăm học.' })).toBe('ok');
    expect(codeOf('grades.saveTermRecord', { ...second, before: { comment: 'Chăm học.' } })).toBe('ok');
    expect(read()?.comment).toBe('Cần cố gắng.');
  });
});
