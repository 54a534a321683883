import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { StaffHistoryEntry, StaffRow, StaffView } from '../../preload/contract/staff.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import type { PastedTeaching, TeachingView } from '../../preload/contract/teaching.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

let core: Core;
let remove: () => Promise<void>;
let now = new Date('2026-03-02T02:00:00Z');
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 60, clock: () => now })); });
afterAll(async () => { await remove(); });

const year = '2025-2026';
const secretary: Session = { user: 'vanphong', name: 'Văn phòng', role: 'secretary', staffId: null, token: null };

function value<T>(name: string, input: unknown, session: Session = secretary): T {
  const result = core.door.call(name, input, session);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const codeOf = (name: string, input: unknown, session: Session = secretary): string => {
  const result = core.door.call(name, input, session);
  return result.ok ? 'ok' : result.error.code;
};
const rows = (session?: Session) => value<{ rows: StaffRow[] }>('staff.list', {}, session).rows;
const open = (staffId: string) => value<StaffView>('staff.open', { staffId });
const table = (day?: string) => value<TeachingView>('staff.assignments', { year, ...(day === undefined ? {} : { day }) });
const teacherSession = (staffId: string): Session => ({ user: `gv-${staffId}`, name: 'Giáo viên', role: 'teacher', staffId, token: null });
const teachers = () => rows().filter(row => row.job === 'teacher' && row.status === 'working');

describe('the record', () => {
  test('keeps person, post and profile in one save, subjects as codes, and refuses what was changed meanwhile', () => {
    const [first] = teachers();
    const before = open(first?.staffId ?? '');
    const changes = { otherName: ' Tư ', rank: 'Hạng II', socialInsurance: '0123456789', subjects: 'Toán, Tin học, Thiên văn', weeklyNorm: '17,5', partyOn: '2020-02-03' };
    const { version } = value<{ version: number }>('staff.save', { staffId: before.staffId, expectedVersion: before.version, changes });
    const after = open(before.staffId);
    expect(after.values).toMatchObject({ otherName: 'Tư', rank: 'Hạng II', weeklyNorm: '17,5', socialInsurance: '•••••••789' });
    expect(after.values['subjects']).toMatch(/^TOAN, \w+, Thiên văn$/);
    expect(after.subjects).toMatch(/^Toán, Tin.*, Thiên văn$/);
    expect(after.warnings.map(one => one.field)).toEqual(expect.arrayContaining(['subjects']));
    expect(after.version).toBe(version);
    expect(after.completeness).toBeGreaterThan(before.completeness ?? 0);
    expect(codeOf('staff.save', { staffId: before.staffId, expectedVersion: before.version, changes: { rank: 'x' } })).toBe('database.changedMeanwhile');
    expect(codeOf('staff.save', { staffId: before.staffId, expectedVersion: version, changes: { partyOn: '2020-02-31' } })).toBe('staff.badValue');
    expect(codeOf('staff.save', { staffId: before.staffId, expectedVersion: version, changes: { code: teachers()[1]?.code ?? '' } })).toBe('staff.codeTaken');
    expect(open(before.staffId).version).toBe(version);
  });

  test('a sensitive field is shown on request, which is written down; the history stays masked', () => {
    const [first] = teachers();
    const staffId = first?.staffId ?? '';
    const looks = () => core.database.read.all(sql.selectFrom('sensitive_look').selectAll().where('field', '=', 'socialInsurance')).length;
    const known = looks();
    expect(value<{ value: string }>('staff.unmask', { staffId, field: 'socialInsurance' }).value).toBe('0123456789');
    expect(looks()).toBe(known + 1);
    const { entries } = value<{ entries: StaffHistoryEntry[] }>('staff.history', { staffId });
    expect(entries.find(entry => entry.field === 'Số sổ BHXH')).toMatchObject({ before: null, after: '•••••••789' });
    expect(JSON.stringify(entries)).not.toContain('0123456789');
  });

  test('others see name, position and subjects, and no record', () => {
    const [first] = teachers();
    const session = teacherSession(first?.staffId ?? '');
    const seen = rows(session).find(row => row.staffId === first?.staffId);
    expect(seen).toMatchObject({ name: first?.name, position: first?.position, code: '', birth: '', phone: '', email: '', completeness: null });
    expect(seen?.subjects).not.toBe('');
    expect(codeOf('staff.open', { staffId: first?.staffId }, session)).toBe('call.forbidden');
    expect(codeOf('staff.unmask', { staffId: first?.staffId, field: 'phone' }, session)).toBe('call.forbidden');
    expect(codeOf('staff.assign', { from: '2026-03-02', changes: [{ classId: 'x', subject: 'TOAN', staffId: null }] }, session)).toBe('call.forbidden');
  });

  test('lines of training, appraisal and reward are kept by kind, changed and taken back with a reason', () => {
    const staffId = teachers()[2]?.staffId ?? '';
    const save = (kind: string, values: Record<string, string>, entryId: string | null = null, version = 0) =>
      value<{ entryId: string }>('staff.saveEntry', { staffId, entryId, version, kind, values }).entryId;
    const id = save('training', { place: 'Đại học Sư phạm', title: 'Toán', from: '2005-09-01', to: '2009-06-30', result: 'Cử nhân', year: 'không thuộc loại này' });
    expect(open(staffId).entries[0]).toMatchObject({ kind: 'training', version: 1, values: { place: 'Đại học Sư phạm', result: 'Cử nhân' } });
    expect(codeOf('staff.saveEntry', { staffId, entryId: null, version: 0, kind: 'appraisal', values: { year: '2025', result: 'Tốt' } })).toBe('staff.entryValue');
    expect(codeOf('staff.saveEntry', { staffId, entryId: null, version: 0, kind: 'reward', values: { title: '' } })).toBe('staff.entryFirst');
    expect(codeOf('staff.saveEntry', { staffId, entryId: null, version: 0, kind: 'course', values: { title: 'Bồi dưỡng', from: '2024-02-01', to: '2024-01-01' } })).toBe('staff.entryDays');
    save('training', { place: 'Đại học Sư phạm Hà Nội' }, id, 1);
    value('staff.cancelEntry', { entryId: id, version: 2, reason: 'Ghi nhầm người' });
    expect(open(staffId).entries).toEqual([]);
    expect(value<{ entries: StaffHistoryEntry[] }>('staff.history', { staffId }).entries[0]).toMatchObject({ field: 'Đào tạo', after: 'Thu hồi' });
  });
});

/** A subject of a class, who teaches it, and somebody else. */
function handover() {
  const { classes } = table();
  const found = classes.at(-1);
  const cell = found?.cells.find(one => one.subject === 'TOAN');
  const next = teachers().find(row => row.staffId !== cell?.staffId);
  if (!found || !cell?.staffId || !next) throw new Error('the demo school is too small');
  const row = core.database.read.get(sql.selectFrom('grade_sheet').select('id').where('class_id', '=', found.classId).where('subject', '=', 'TOAN').where('term', '=', 2));
  return { classId: found.classId, former: cell.staffId, next: next.staffId, sheetId: row?.id ?? '' };
}
const mayWrite = (sheetId: string, staffId: string) => value<SheetView>('grades.openSheet', { sheetId }, teacherSession(staffId)).mayAskChange;

describe('who teaches what', () => {
  test('what the workbooks of a school said holds since its year began', () => {
    const cells = table().classes.flatMap(found => found.cells).filter(cell => cell.staffId !== null);
    expect(cells.length).toBeGreaterThan(20);
    expect(new Set(cells.map(cell => cell.from))).toEqual(new Set(['2025-09-05']));
  });

  test('a handover planned ahead: the former teacher writes to the day before, the next one from the day on, and the former still reads', () => {
    const { classId, former, next, sheetId } = handover();
    value('staff.assign', { from: '2026-03-09', changes: [{ classId, subject: 'TOAN', staffId: next }], reason: 'Nghỉ thai sản' });
    expect([mayWrite(sheetId, former), mayWrite(sheetId, next)]).toEqual([true, false]);
    now = new Date('2026-03-08T16:59:00Z'); // 23:59 in Vietnam
    expect([mayWrite(sheetId, former), mayWrite(sheetId, next)]).toEqual([true, false]);
    now = new Date('2026-03-08T17:00:00Z');
    expect([mayWrite(sheetId, former), mayWrite(sheetId, next)]).toEqual([false, true]);
    const sheet = value<SheetView>('grades.openSheet', { sheetId }, teacherSession(former));
    expect(sheet.rows.length).toBeGreaterThan(0);
    const change = { enrolmentId: sheet.rows[0]?.enrolmentId, column: 'tx1', before: sheet.rows[0]?.marks.tx1 ?? { state: 'empty' }, after: { state: 'score', tenths: 70 } };
    expect(codeOf('grades.saveMarks', { sheetId, path: 'typed', changes: [change] }, teacherSession(former))).toBe('grades.notYourSheet');
    const cell = table('2026-03-01').classes.find(found => found.classId === classId)?.cells.find(one => one.subject === 'TOAN');
    expect(cell).toMatchObject({ staffId: former, others: [{ staffId: next, from: '2026-03-09', to: null }] });
  });

  test('the same day twice mends the entry; the day before the year, another school year, a subject not taught and somebody gone are refused', () => {
    const { classId, former, next } = handover();
    const assign = (from: string, staffId: string | null, subject = 'TOAN') => codeOf('staff.assign', { from, changes: [{ classId, subject, staffId }] });
    expect(assign('2026-03-09', next)).toBe('ok');
    expect(assign('2026-03-09', null)).toBe('ok');
    const cell = () => table().classes.find(found => found.classId === classId)?.cells.find(one => one.subject === 'TOAN');
    expect(cell()?.staffId).toBeNull();
    expect(assign('2026-03-09', former)).toBe('ok');
    expect(cell()?.staffId).toBe(former);
    expect(assign('2025-08-01', next)).toBe('staff.beforeYear');
    expect(assign('2026-03-09', next, 'KHONGCO')).toBe('staff.notTaught');
    expect(assign('2026-03-09', 'nobody')).toBe('staff.unknown');
    expect(cell()?.staffId).toBe(former);
  });

  test('lessons, homeroom and duties are counted against a norm that is a proposal until the school confirms it', () => {
    const view = table();
    expect(view.norms.isConfirmed).toBe(false);
    const load = view.loads.find(one => one.homeroomOf.length > 0 && one.lessons > 0);
    const yearly = view.classes.flatMap(found => found.cells).filter(cell => cell.staffId === load?.staffId).reduce((sum, cell) => sum + cell.periods, 0);
    expect(load?.lessons).toBe(Math.round(yearly * 10 / 35));
    const { isConfirmed: _proposal, ...norms } = view.norms;
    value('staff.saveNorms', { norms: { ...norms, homeroom: { ...norms.homeroom, thcs: 35 } } });
    value('staff.addPost', { staffId: load?.staffId, year, name: 'Tổ trưởng', periods: 30 });
    const after = table();
    expect(after.norms.isConfirmed).toBe(true);
    expect(after.loads.find(one => one.staffId === load?.staffId)?.reduced).toBe(35 * (load?.homeroomOf.length ?? 0) + 30);
  });

  test('a block from a spreadsheet is read before anything changes; what it does not say clearly is listed', () => {
    const { classes, loads } = table();
    const name = (staffId: string | null) => loads.find(load => load.staffId === staffId)?.name ?? '';
    const [one, two] = classes;
    const cell = one?.cells.find(found => found.subject === 'TOAN');
    const other = loads.find(load => load.staffId !== cell?.staffId && loads.filter(found => found.name === load.name).length === 1);
    const text = ['Lớp\tToán\tPhép thuật', `${one?.name ?? ''}\t${other?.name ?? ''}\tAi đó`, `${two?.name ?? ''}\tKhông Có Ai`, `12Z\t${name(cell?.staffId ?? '')}`].join('\n');
    const read = value<PastedTeaching>('staff.readPasted', { year, text });
    expect(read.changes).toEqual([expect.objectContaining({ classId: one?.classId, subject: 'TOAN', staffId: other?.staffId, before: name(cell?.staffId ?? '') })]);
    expect(read.problems.map(({ row, column, problem }) => [row, column, problem])).toEqual([[1, 3, 'subject'], [3, 2, 'teacher'], [4, 1, 'class']]);
    expect(table().classes[0]?.cells.find(found => found.subject === 'TOAN')?.staffId).toBe(cell?.staffId);
  });

  test('who leaves keeps his record, loses his classes from that day and his account, and is told of his homeroom', () => {
    const homeroom = core.database.read.get(sql.selectFrom('school_class').innerJoin('account', 'account.staff_id', 'school_class.homeroom_staff_id')
      .select(['school_class.homeroom_staff_id as staff', 'school_class.name', 'account.user']).orderBy('school_class.name', 'desc'));
    const staffId = homeroom?.staff ?? '';
    const session = core.door.sessions.open({ user: homeroom?.user ?? '', name: 'x', role: 'teacher', staffId });
    expect(codeOf('staff.setStatus', { staffId, status: 'retired', from: '2026-04-01', note: '', paper: '' })).toBe('staff.statusFuture');
    const done = value<{ assignmentsEnded: number; accountClosed: boolean; homeroomOf: string[] }>('staff.setStatus', { staffId, status: 'retired', from: '2026-03-09', note: '', paper: '12/QĐ' });
    expect(done).toMatchObject({ accountClosed: true, homeroomOf: [homeroom?.name] });
    expect(done.assignmentsEnded).toBeGreaterThan(0);
    expect(core.door.sessions.find(session.token).role).toBeNull();
    expect(table().classes.flatMap(found => found.cells).some(cell => cell.staffId === staffId)).toBe(false);
    expect(table('2026-03-08').classes.flatMap(found => found.cells).some(cell => cell.staffId === staffId)).toBe(true);
    expect(open(staffId)).toMatchObject({ status: 'retired', account: { state: 'closed' }, statuses: [{ status: 'retired', paper: '12/QĐ' }] });
    const [place] = table().classes;
    expect(codeOf('staff.assign', { from: '2026-03-10', changes: [{ classId: place?.classId, subject: 'TOAN', staffId }] })).toBe('staff.notHere');
  });

  test('a new year takes over who taught the pupils last, only where nobody is assigned, and nobody who has left', () => {
    const { classes, loads } = table();
    const [first] = classes;
    if (!first) throw new Error('the demo school has no class');
    const next = `${first.grade + 1}${first.name.slice(String(first.grade).length)}`;
    const classId = core.database.write({ actor: 'test', path: 'other', reason: null }, (tx, at) => {
      const stamp = { device: 'test', at };
      insertRecord(tx, stamp, 'school_year', { year: '2026-2027', starts_on: '2026-09-05', ends_on: '2027-05-31', term2_from: '2027-01-18', state: 'open', is_current: 0 });
      const made = insertRecord(tx, stamp, 'school_class', { year: '2026-2027', code: next, name: next, grade: first.grade + 1, homeroom_staff_id: null });
      for (const subject of ['TOAN', 'VAN', 'TIN']) {
        insertRecord(tx, stamp, 'grade_sheet', { class_id: made, subject, rule_set: 'TT22-2021', kind: 'score', term: 1, ongoing: 4, periodic: 1, periods: 140, state: 'open', state_reason: null, reopened_until: null });
      }
      return made;
    });
    const teacher = (subject: string) => first.cells.find(cell => cell.subject === subject)?.staffId ?? null;
    const other = loads.find(load => load.isWorking && load.staffId !== teacher('VAN'))?.staffId ?? '';
    value('staff.assign', { from: '2026-09-05', changes: [{ classId, subject: 'VAN', staffId: other }] });
    const copied = value<{ copied: number }>('staff.copyAssignments', { from: year, to: '2026-2027', follow: 'class' });
    const cells = value<TeachingView>('staff.assignments', { year: '2026-2027' }).classes[0]?.cells ?? [];
    const copiedCell = (subject: string) => cells.find(cell => cell.subject === subject);
    expect(copiedCell('VAN')?.staffId).toBe(other);
    expect(copiedCell('TOAN')).toMatchObject({ staffId: teacher('TOAN'), from: '2026-09-05' });
    expect(copied.copied).toBe(['TOAN', 'TIN'].filter(subject => teacher(subject) !== null).length);
    expect(codeOf('staff.copyAssignments', { from: year, to: '2030-2031', follow: 'name' })).toBe('school.noYear');
  });

  test('the table is printed', async () => {
    const made = await core.door.runJob('staff.printAssignments', { year }, principal, { signal: new AbortController().signal, progress: () => undefined });
    expect(made).toMatchObject({ ok: true, value: { pages: expect.any(Number) as number } });
  });
});
