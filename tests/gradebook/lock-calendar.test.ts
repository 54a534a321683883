import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { LockRuleView } from '../../preload/contract/gradebook-locks.ts';
import { bookSchool, change, score, type BookSchool } from './book-core.ts';

let school: BookSchool;
beforeAll(async () => { school = await bookSchool(); });
afterAll(async () => { await school.remove(); });

const everything = { year: '2025-2026', grade: null, classId: null, subject: null, term: null, columns: null, fromAt: null };
const entry = { year: '2025-2026', level: null, opensOn: null, dueOn: null, locksAt: null, version: null };
const setTenths = (col: string) => `update mark set tenths = 20, version = version + 1, journal_seq = journal_next() where sheet_id = ? and enrolment_id = ? and col = '${col}'`;

describe('a lock by scope', () => {
  test('reaches what it names and nothing else, in the database itself, until it is withdrawn', () => {
    const { codeOf, value, raw } = school;
    const maths = school.sheet('TOAN', 1);
    const pupil = maths.rows[0]?.enrolmentId;
    const { ruleId, sheets } = value<{ ruleId: string; sheets: number }>('gradebook.addLockRule', { ...everything, classId: maths.classId, subject: 'TOAN', term: 1, columns: 'mid', reason: 'Đã duyệt điểm giữa kì' });
    expect(sheets).toBe(1);
    expect(raw(setTenths('gk'), [maths.sheetId, pupil])).toBe('grades.sheetLocked');
    expect(raw(setTenths('ck'), [maths.sheetId, pupil])).toBe('ok');
    const now = school.sheet('TOAN', 1);
    expect(now).toMatchObject({ state: 'open', mayEdit: true });
    expect(Object.keys(now.lockedColumns)).toEqual(['gk']);
    expect(now.lockedColumns.gk).toContain('Đã duyệt điểm giữa kì');
    expect(codeOf('grades.saveMarks', change(now, 0, 'gk', score(30)))).toBe('grades.sheetLocked');
    expect(codeOf('grades.saveMarks', { ...change(now, 0, 'gk', score(30)), path: 'undo' })).toBe('grades.sheetLocked');
    expect(codeOf('grades.saveMarks', change(now, 0, 'tx1', score(30)))).toBe('ok');
    expect(codeOf('grades.saveMarks', change(school.sheet('TOAN', 2), 0, 'gk', score(30)))).toBe('ok');
    const { rules } = value<{ rules: LockRuleView[] }>('gradebook.lockRules', { year: '2025-2026' });
    expect(rules).toMatchObject([{ ruleId, className: '9A', subjectName: 'Toán', columns: 'mid', isInForce: true, sheets: 1 }]);
    value('gradebook.withdrawLockRule', { ruleId, version: rules[0]?.version, reason: 'Mở lại để sửa' });
    expect(codeOf('grades.saveMarks', change(school.sheet('TOAN', 1), 0, 'gk', score(30)))).toBe('ok');
  });

  test('of a grade for both terms locks marks, comments and term records; a later class is reached too', () => {
    const { codeOf, value, raw } = school;
    const sheet = school.sheet('CN', 2);
    const pupil = sheet.rows[1]?.enrolmentId ?? '';
    const record = { enrolmentId: pupil, term: 2, conduct: 'T' };
    expect(codeOf('grades.saveTermRecord', record)).toBe('ok');
    const { ruleId } = value<{ ruleId: string }>('gradebook.addLockRule', { ...everything, grade: 9, reason: 'Kết thúc năm học' });
    expect(codeOf('grades.saveTermRecord', { ...record, conduct: 'K' })).toBe('grades.termLocked');
    expect(raw('update term_record set absent_excused = 9, version = version + 1 where enrolment_id = ? and term = 2', [pupil])).toBe('grades.termLocked');
    expect(raw(`insert into subject_comment (id, version, device, created_at, updated_at, cancelled, sheet_id, enrolment_id, kind, comment, is_seen)
      values ('c', 1, 'x', '', '', 0, ?, ?, 'subject', 'Tiến bộ', 1)`, [sheet.sheetId, pupil])).toBe('grades.sheetLocked');
    expect(school.value<{ locks: (string | null)[] }>('grades.openTermRecords', { classId: sheet.classId }).locks[1]).toContain('Kết thúc năm học');
    school.core.database.write({ actor: 'x', path: 'other', reason: null }, tx => {
      tx.writePrepared(`insert into school_class (id, version, device, created_at, updated_at, cancelled, year, code, name, grade) values ('9Z', 1, 'x', '', '', 0, '2025-2026', '9Z', '9Z', 9)`, []);
      tx.writePrepared(`insert into grade_sheet (id, version, device, created_at, updated_at, cancelled, class_id, subject, rule_set, kind, term, ongoing, periodic, periods, state)
        values ('sZ', 1, 'x', '', '', 0, '9Z', 'TOAN', 'TT22-2021', 'score', 1, 4, 1, 140, 'open')`, []);
    });
    const places = school.core.database.read.all(sql.selectFrom('effective_lock').select('place').where('source_id', '=', ruleId)).map(row => row.place);
    expect(places).toEqual(expect.arrayContaining(['sZ', '9Z/1', '9Z/2', sheet.sheetId]));
    value('gradebook.withdrawLockRule', { ruleId, version: 1, reason: 'Thử xong' });
    expect(codeOf('grades.saveTermRecord', { ...record, conduct: 'K' })).toBe('ok');
  });

  test('that reaches nothing, or comes from a teacher, is refused', () => {
    const sheet = school.sheet('TOAN', 1);
    expect(school.codeOf('gradebook.addLockRule', { ...everything, grade: 1, reason: 'Không có khối này' })).toBe('gradebook.lockRuleEmpty');
    expect(school.value<{ rules: unknown[] }>('gradebook.lockRules', { year: '2025-2026' }).rules).toEqual([]);
    expect(school.codeOf('gradebook.addLockRule', { ...everything, reason: 'Tự khoá' }, school.teacherOf(sheet))).toBe('call.forbidden');
  });

  test('takes effect at its time and not before', () => {
    const { codeOf, value } = school;
    school.at('2026-01-10T01:00:00.000Z');
    const { ruleId } = value<{ ruleId: string }>('gradebook.addLockRule', { ...everything, subject: 'LSDL', fromAt: '2026-01-10T02:00:00Z', reason: 'Hẹn giờ' });
    expect(codeOf('grades.saveMarks', change(school.sheet('LSDL', 1), 0, 'gk', score(41)))).toBe('ok');
    school.at('2026-01-10T02:00:00.000Z');
    expect(codeOf('grades.saveMarks', change(school.sheet('LSDL', 1), 0, 'gk', score(42)))).toBe('grades.sheetLocked');
    value('gradebook.withdrawLockRule', { ruleId, version: 1, reason: 'Thử xong' });
  });
});

describe('the calendar of the year', () => {
  test('locks mid-term marks at the exact minute of point 1, the whole term at point 2', () => {
    const { codeOf, value } = school;
    school.at('2026-01-11T00:00:00.000Z');
    value('gradebook.saveCalendarEntry', { ...entry, point: 1, opensOn: '2025-10-20', dueOn: '2026-01-11', locksAt: '2026-01-12T10:00:00Z' });
    value('gradebook.saveCalendarEntry', { ...entry, point: 2, locksAt: '2026-01-20T10:00:00Z' });
    school.at('2026-01-12T09:59:59.999Z');
    expect(codeOf('grades.saveMarks', change(school.sheet('TIN', 1), 0, 'gk', score(51)))).toBe('ok');
    school.at('2026-01-12T10:00:00.000Z');
    const atPoint = school.sheet('TIN', 1);
    expect(codeOf('grades.saveMarks', change(atPoint, 0, 'gk', score(52)))).toBe('grades.sheetLocked');
    expect(atPoint.lockedColumns.gk).toContain('Giữa học kì I có hiệu lực từ 17:00 ngày 12/01/2026');
    expect(codeOf('grades.saveMarks', change(atPoint, 0, 'tx1', score(53)))).toBe('ok');
    school.at('2026-01-20T10:00:00.000Z');
    expect(codeOf('grades.saveMarks', change(school.sheet('TIN', 1), 0, 'tx1', score(54)))).toBe('grades.sheetLocked');
    expect(codeOf('grades.saveMarks', change(school.sheet('TIN', 2), 0, 'tx1', score(54)))).toBe('ok');
    const pupil = atPoint.rows[0]?.enrolmentId;
    expect(codeOf('grades.saveTermRecord', { enrolmentId: pupil, term: 1, conduct: 'D' })).toBe('grades.termLocked');
    expect(codeOf('grades.saveTermRecord', { enrolmentId: pupil, term: 2, conduct: 'D' })).toBe('ok');
  });

  test('a level\'s own date stands before the one for all, and gives way when taken back', () => {
    const { codeOf, value } = school;
    school.at('2026-01-21T00:00:00.000Z');
    value('gradebook.saveCalendarEntry', { ...entry, level: 'thcs', point: 2, locksAt: '2026-02-01T10:00:00Z' });
    expect(codeOf('grades.saveMarks', change(school.sheet('TIN', 1), 0, 'tx1', score(61)))).toBe('ok');
    value('gradebook.saveCalendarEntry', { ...entry, level: 'thcs', point: 2, locksAt: null, version: 1 });
    expect(codeOf('grades.saveMarks', change(school.sheet('TIN', 1), 0, 'tx1', score(62)))).toBe('grades.sheetLocked');
  });

  test('refuses days out of order and a version somebody else has changed', () => {
    expect(school.codeOf('gradebook.saveCalendarEntry', { ...entry, point: 3, opensOn: '2026-03-20', dueOn: '2026-03-10' })).toBe('gradebook.calendarOrder');
    expect(school.codeOf('gradebook.saveCalendarEntry', { ...entry, point: 1, dueOn: '2026-03-10' })).toBe('database.changedMeanwhile');
  });

  test('the principal reopens a cell of a sheet that he locked; the calendar gives way there too', () => {
    const { codeOf, value } = school;
    const sheet = school.sheet('TIN', 1);
    value('gradebook.step', { sheetId: sheet.sheetId, to: 'locked' });
    value('gradebook.step', { sheetId: sheet.sheetId, to: 'reopened', reason: 'Chấm lại bài', until: '2026-01-25T10:00:00Z', scope: [{ enrolmentId: sheet.rows[0]?.enrolmentId, column: 'gk' }] });
    expect(codeOf('grades.saveMarks', change(sheet, 0, 'gk', score(71)))).toBe('ok');
    expect(codeOf('grades.saveMarks', change(sheet, 1, 'gk', score(71)))).toBe('grades.sheetLocked');
  });
});
