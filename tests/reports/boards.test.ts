import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { weekOf } from '../../main/home/home-week.ts';
import type { HomeBoard } from '../../preload/contract/home.ts';
import type { Distribution, MissingBoard } from '../../preload/contract/reports.ts';
import { bookSchool, change, empty, principal, score, type BookSchool } from '../gradebook/book-core.ts';

const year = '2025-2026';

describe('the boards of the gradebook', () => {
  let school: BookSchool;
  beforeAll(async () => { school = await bookSchool(); });
  afterAll(async () => { await school.remove(); });
  const board = (session = principal) => school.value<MissingBoard>('reports.missing', { year }, session);

  test('a mark taken away is missed in its sheet: a mid-term mark at both points of the term, another only at its end', () => {
    const before = board().sheets.reduce((sum, sheet) => sum + sheet.missing, 0);
    const sheet = school.sheet('TOAN', 1);
    const has = (column: 'gk' | 'tx1') => sheet.rows.findIndex(row => row.marks[column]?.state === 'score');
    school.value('grades.saveMarks', change(sheet, has('gk'), 'gk', empty));
    const ofSheet = () => board().sheets.filter(one => one.sheetId === sheet.sheetId).map(one => [one.point, one.missing]);
    const missing = sheet.rows.length * sheet.columns.length - sheet.filled;
    expect(board().sheets.reduce((sum, one) => sum + one.missing, 0)).toBe(before + 2);
    school.value('grades.saveMarks', change(school.sheet('TOAN', 1), has('tx1'), 'tx1', empty));
    expect(ofSheet().find(([point]) => point === 2)).toEqual([2, missing + 2]);
    expect(ofSheet().find(([point]) => point === 1)?.[1]).toBe(1);
  });

  test('who has left leaves no gap and fills none', () => {
    const sheet = school.sheet('VAN', 1);
    const [pupil] = sheet.rows;
    const before = board().sheets.filter(one => one.sheetId === sheet.sheetId);
    school.raw("update enrolment set status = 'left', status_on = '2025-12-01', version = version + 1 where id = ?", [pupil?.enrolmentId]);
    expect(board().sheets.filter(one => one.sheetId === sheet.sheetId).map(one => one.missing)).toEqual(before.map(one => one.missing));
    const now = school.sheet('VAN', 1);
    expect(now.rows).toHaveLength(sheet.rows.length - 1);
    expect(now.expected - now.filled).toBe(sheet.expected - sheet.filled);
    school.raw("update enrolment set status = 'studying', version = version + 1 where id = ?", [pupil?.enrolmentId]);
  });

  test('the calendar says how long there is, on the board and on the home page of those concerned', () => {
    school.at('2026-01-05T01:00:00.000Z');
    school.value('gradebook.saveCalendarEntry', { year, level: null, point: 2, opensOn: null, dueOn: '2026-01-12', locksAt: null, version: null });
    expect(board().points.find(one => one.point === 2)).toEqual({ point: 2, dueOn: '2026-01-12', daysLeft: 7 });
    const sheet = school.sheet('TOAN', 1);
    const { due } = school.value<HomeBoard>('home.board', { year });
    expect(due).toContainEqual(expect.objectContaining({ className: '9A', dueOn: '2026-01-12', daysLeft: 7 }));
    expect(school.value<HomeBoard>('home.board', { year }, school.teacherOf(sheet)).due.map(one => one.className)).toContain('9A');
    school.at('2026-01-15T01:00:00.000Z');
    expect(school.value<HomeBoard>('home.board', { year }).due.find(one => one.className === '9A')?.daysLeft).toBe(-3);
    school.at('2026-01-05T01:00:00.000Z');
  });

  test('a teacher sees the sheets of his own class and his own subjects, on the board and in the charts', () => {
    const sheet = school.sheet('TOAN', 1);
    const teacher = school.teacherOf(sheet);
    const { read } = school.core.database;
    const homeroom = new Set(read.all(sql.selectFrom('school_class').select('id').where('homeroom_staff_id', '=', teacher.staffId)).map(row => row.id));
    const taught = new Set(read.all(sql.selectFrom('assignment').select(['class_id', 'subject']).where('staff_id', '=', teacher.staffId ?? '').where('to_date', 'is', null))
      .map(row => `${row.class_id}/${row.subject}`));
    const seen = board(teacher).sheets;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(one => !homeroom.has(one.classId) && !taught.has(`${one.classId}/${one.subject}`))).toEqual([]);
    const foreign = read.get(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select(['grade_sheet.subject', 'school_class.grade', 'grade_sheet.class_id'])
      .where('grade_sheet.term', '=', 1).where('school_class.id', 'not in', [...homeroom, ...[...taught].map(place => place.split('/')[0] ?? '')]));
    if (foreign) expect(school.codeOf('reports.distribution', { year, grade: foreign.grade, subject: foreign.subject, term: 1, column: 'gk' }, teacher)).toBe('grades.unknownSheet');
    expect(school.codeOf('reports.print', { of: 'missing', year }, teacher)).not.toBe('ok');
  });

  test('a chart counts every mark of the column once and names nobody', () => {
    const sheet = school.sheet('TOAN', 1);
    const pupil = sheet.rows.findIndex(row => row.marks.ck?.state === 'score');
    school.value('grades.saveMarks', change(sheet, pupil, 'ck', score(100)));
    const fresh = school.sheet('TOAN', 1);
    const found = school.value<Distribution>('reports.distribution', { year, grade: 9, subject: 'TOAN', term: 1, column: 'ck' });
    const ofClass = found.classes.find(one => one.sheetId === sheet.sheetId);
    const marks = fresh.rows.flatMap(row => (row.marks.ck?.state === 'score' ? [row.marks.ck.tenths] : []));
    expect(ofClass?.wholes).toEqual(Array.from({ length: 11 }, (_, whole) => marks.filter(tenths => Math.floor(tenths / 10) === whole).length));
    expect(ofClass?.levels.reduce((sum, level) => sum + level.count, 0)).toBe(marks.length);
    expect(ofClass?.missing).toBe(fresh.rows.length - marks.length);
    expect(fresh.rows.filter(row => JSON.stringify(found).includes(row.name))).toEqual([]);
    const average = school.value<Distribution>('reports.distribution', { year, grade: 9, subject: 'TOAN', term: 1, column: 'average' }).classes.find(one => one.sheetId === sheet.sheetId);
    expect(average?.wholes.reduce((sum, count) => sum + count, 0)).toBe(fresh.rows.filter(row => row.average !== null).length);
  });

  test('the home board counts sheets by step and the week from Monday to Saturday', () => {
    const { charts, figures } = school.value<HomeBoard>('home.board', { year });
    expect(charts.progress.reduce((sum, one) => sum + one.count, 0)).toBe(figures.sheets);
    expect(charts.completeness?.reduce((sum, one) => sum + one.count, 0)).toBe(figures.pupils);
    expect(weekOf('2026-01-11')).toEqual(['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09', '2026-01-10']);
    expect(weekOf('2026-01-05')[0]).toBe('2026-01-05');
  });
});
