import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { updateRecord } from '../../db/records.ts';
import { bookSchool, score, type BookSchool } from './book-core.ts';

let school: BookSchool;
beforeAll(async () => { school = await bookSchool(12); });
afterAll(async () => { await school.remove(); });

const write = (change: Parameters<BookSchool['core']['database']['write']>[1]) => school.core.database.write({ actor: 'test', path: 'other', reason: null }, change);

test('what was begun in a year cannot be gone on with once the year is closed', () => {
  const { value, codeOf, core } = school;
  const sheet = school.sheet('TOAN', 1);
  const [pupil] = sheet.rows;
  const { readingId } = value<{ readingId: string }>('gradebook.startReading', { sheetId: school.sheet('VAN', 1).sheetId, kind: 'aloud', columns: ['gk'], partner: 'Cô Lan' });
  value('gradebook.step', { sheetId: sheet.sheetId, to: 'locked', leaveOutDrafts: true });
  const teacher = school.teacherOf(sheet);
  const { requestId } = value<{ requestId: string }>('gradebook.askChange', {
    sheetId: sheet.sheetId, reason: 'Cộng nhầm điểm', cells: [{ enrolmentId: pupil?.enrolmentId, column: 'gk', before: pupil?.marks.gk, after: score(11) }],
  }, teacher);
  const scope = { year: sheet.year, grade: null, classId: sheet.classId, subject: 'VAN', term: 2, columns: null, fromAt: null, reason: 'Đang kiểm tra' };
  const { ruleId } = value<{ ruleId: string }>('gradebook.addLockRule', scope);
  const transfer = { year: sheet.year, grade: 9, receivedOn: '2026-01-05', otherSchool: 'THCS khác', isSameProvince: true, values: { name: 'Lò Thị Mai', birth: '2011' } };
  const { movementId } = value<{ movementId: string }>('movements.openTransferIn', transfer);

  const row = core.database.read.get(sql.selectFrom('school_year').selectAll().where('year', '=', sheet.year));
  write((db, at) => updateRecord(db, { device: 'd', at }, 'school_year', row?.id ?? '', row?.version ?? 0, { state: 'closed' }));
  const head = core.database.journalHead().seq;
  const refused: [string, object, typeof teacher?][] = [
    ['gradebook.readCell', { readingId, enrolmentId: pupil?.enrolmentId, column: 'gk', value: score(80) }], ['gradebook.dropReading', { readingId, reason: 'bỏ dở' }],
    ['gradebook.decideRequest', { requestId, version: 1, decision: 'refuse', note: 'Không' }], ['gradebook.withdrawRequest', { requestId, version: 1 }, teacher],
    ['gradebook.withdrawLockRule', { ruleId, version: 1, reason: 'xong' }],
  ];
  expect(refused.map(([name, input, session]) => codeOf(name, input, session))).toEqual(refused.map(() => 'grades.yearClosed'));
  expect(codeOf('movements.saveFormerResults', { movementId, results: [] })).toBe('movements.yearClosed');
  expect(codeOf('movements.completeLevel', { classId: sheet.classId, on: '2026-06-01', enrolmentIds: [pupil?.enrolmentId] })).toBe('movements.yearClosed');
  expect(codeOf('students.add', { classId: sheet.classId, values: { name: 'Lò Thị Mai', birth: '2011' } })).toBe('school.yearClosed');
  const taken = value<{ runs: { importId: string; heldBy: string | null }[] }>('imports.history', {}).runs;
  expect(taken.every(run => run.heldBy !== null)).toBe(true);
  expect(taken.some(run => run.heldBy === `Năm học ${sheet.year} đã khép.`)).toBe(true);
  expect(core.database.journalHead().seq).toBe(head);
});
