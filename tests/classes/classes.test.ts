import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { ClassRecord, ClassView, MovePreview, PlacementPupil } from '../../preload/contract/classes.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import { emptySchool, teacher, type School } from '../curriculum/empty-school.ts';

const year = '2025-2026';
let school: School;
beforeAll(async () => { school = await emptySchool([year]); });
afterAll(async () => { await school.close(); });

const create = (name: string, grade: number, more: object = {}) => school.value<{ classId: string }>('classes.create', { year, name, grade, ...more }).classId;
const open = (classId: string) => school.value<ClassView>('classes.open', { classId });
const record = (classId: string) => school.value<ClassRecord>('classes.record', { classId });
const names = (classId: string) => open(classId).pupilRows.map(row => row.name);
const move = (enrolmentIds: string[], toClassId: string, more: object = {}) => ({ enrolmentIds, toClassId, on: '2025-11-03', reason: 'Theo đơn của gia đình', ...more });

describe('a class', () => {
  test('comes into being with the sheets of its grade, and a name is given once a year', () => {
    const classId = create('7A', 7);
    expect(school.sheets(classId).length).toBeGreaterThan(20);
    expect(school.codeOf('classes.create', { year, name: ' 7A ', grade: 7 })).toBe('classes.nameTaken');
    expect(school.codeOf('classes.create', { year, name: '7B', grade: 7 }, teacher)).toBe('call.forbidden');
  });

  test('says what the specification asks, of the fields of its level; a wrong value changes nothing', () => {
    const classId = create('7C', 7);
    const before = record(classId);
    expect(before.values).not.toHaveProperty('speciality');
    const saved = school.value<ClassRecord>('classes.save', { classId, expectedVersion: before.version, values: { twoSessions: '1', weekSessions: '6-8', foreignLanguage1: 'Tiếng Anh' } });
    expect(saved).toMatchObject({ completeness: 100, values: { weekSessions: '6-8' } });
    expect(school.codeOf('classes.save', { classId, expectedVersion: before.version, values: {} })).toBe('database.changedMeanwhile');
    expect(school.codeOf('classes.save', { classId, expectedVersion: saved.version, name: '7D', values: { weekSessions: '7' } })).toBe('record.badValue');
    expect(record(classId).name).toBe('7C');
  });

  test('two combined classes name each other; a third takes the place of the second', () => {
    const [first, second, third] = [create('1A', 1), create('2A', 2), create('3A', 3)];
    const join = (classId: string, partnerClassId: string | null) => { school.value('classes.save', { classId, expectedVersion: record(classId).version, partnerClassId, values: {} }); };
    join(first, second);
    expect([record(first).partnerClassId, record(second).partnerClassId]).toEqual([second, first]);
    join(third, first);
    expect([first, second, third].map(id => record(id).partnerClassId)).toEqual([third, null, first]);
    expect(school.codeOf('classes.save', { classId: first, expectedVersion: record(first).version, partnerClassId: first, values: {} })).toBe('classes.badPartner');
  });

  test('is taken back only when it holds nothing; its name is free then', () => {
    const classId = create('8X', 8);
    school.addPupil({ id: classId, year }, 'Nguyễn Văn An', 1);
    expect(school.codeOf('classes.close', { classId, reason: 'mở nhầm' })).toBe('classes.notEmpty');
    const empty = create('8Y', 8);
    school.value('classes.close', { classId: empty, reason: 'mở nhầm' });
    expect(school.codeOf('classes.open', { classId: empty })).toBe('classes.unknown');
    expect(school.sheets(empty)).toEqual([]);
    create('8Y', 8);
  });

  test('is numbered by the given names, as the office does it, and back', () => {
    const classId = create('8A', 8);
    const [binh, an, dao] = ['Trần Thị Bình', 'Nguyễn Văn An', 'Lê Đào'].map((name, index) => school.addPupil({ id: classId, year }, name, index + 1));
    const { rows } = school.value<{ rows: { enrolmentId: string; byName: number }[] }>('classes.rollPreview', { classId });
    expect(rows.map(row => row.byName)).toEqual([2, 1, 3]);
    expect(school.codeOf('classes.setRoll', { classId, order: [an, binh] })).toBe('classes.rollDiffers');
    const { before } = school.value<{ before: string[] }>('classes.setRoll', { classId, order: [an, binh, dao] });
    expect(names(classId)).toEqual(['Nguyễn Văn An', 'Trần Thị Bình', 'Lê Đào']);
    school.value('classes.setRoll', { classId, order: before });
    expect(names(classId)[0]).toBe('Trần Thị Bình');
  });

  test('has one monitor; posts are of the pupils of the class', () => {
    const classId = create('8B', 8);
    const [first = '', second = ''] = ['Nguyễn Văn An', 'Lê Đào'].map((name, index) => school.addPupil({ id: classId, year }, name, index + 1));
    const duty = (enrolmentId: string, post: string, team = 1) => ({ classId, duties: [{ enrolmentId, team, post }] });
    school.value('classes.setDuties', duty(first, 'monitor'));
    expect(school.codeOf('classes.setDuties', duty(second, 'monitor'))).toBe('classes.oneMonitor');
    expect(school.codeOf('classes.setDuties', duty('someone', 'treasurer'))).toBe('grades.notInClass');
    expect(open(classId).duties).toEqual([{ enrolmentId: first, team: 1, post: 'monitor' }]);
  });
});

describe('moving a pupil', () => {
  let from: string;
  let to: string;
  let pupil: string;
  beforeAll(() => {
    from = create('9A', 9);
    to = create('9B', 9);
    pupil = school.addPupil({ id: from, year }, 'Hà Thị Mai', 1);
    school.addPupil({ id: to, year }, 'Bùi Văn Sơn', 1);
    const [maths] = school.sheets(from).filter(sheet => sheet.subject === 'TOAN' && sheet.term === 1);
    const mark = (column: string, tenths: number) => ({ enrolmentId: pupil, column, before: { state: 'empty' }, after: { state: 'score', tenths } });
    school.value('grades.saveMarks', { sheetId: maths?.id, path: 'typed', changes: [mark('tx1', 80), mark('tx2', 75), mark('tx3', 90), mark('tx4', 85), mark('gk', 70), mark('ck', 65)] });
    school.value('classes.setDuties', { classId: from, duties: [{ enrolmentId: pupil, team: 2, post: 'treasurer' }] });
  });
  const sheetOf = (classId: string) => school.value<SheetView>('grades.openSheet', { sheetId: school.sheets(classId).find(sheet => sheet.subject === 'TOAN' && sheet.term === 1)?.id });
  const lock = (classId: string, isLocked: boolean) => {
    school.write(({ db }) => { db.run(sql.updateTable('grade_sheet').set(({ eb, ref }) => ({ state: isLocked ? 'locked' : 'open', version: eb(ref('version'), '+', 1) })).where('class_id', '=', classId)); });
  };

  test('the preview names every subject whose marks go along, and writes nothing', () => {
    const preview = school.value<MovePreview>('classes.movePreview', { enrolmentIds: [pupil], toClassId: to });
    expect(preview.pupils[0]?.marks).toMatchObject([{ term: 1, count: 6, outcome: 'go' }]);
    expect(names(from)).toEqual(['Hà Thị Mai']);
  });

  test('takes the marks along: same average in the new book, nothing left in the old one; undone, all is as it was', () => {
    const average = sheetOf(from).rows[0]?.average;
    expect(average).toBe(Math.round((80 + 75 + 90 + 85 + 2 * 70 + 3 * 65) / 9));
    const { actId } = school.value<{ actId: string }>('classes.move', move([pupil], to));
    expect(names(to)).toEqual(['Bùi Văn Sơn', 'Hà Thị Mai']);
    expect(sheetOf(to).rows.find(row => row.enrolmentId === pupil)).toMatchObject({ average, marks: { gk: { state: 'score', tenths: 70 } } });
    expect(sheetOf(from).rows).toEqual([]);
    expect(open(from).duties.filter(duty => duty.post !== '')).toEqual([]);
    expect(school.value<{ moves: { state: string; note: string }[] }>('classes.moves', { classId: from }).moves).toMatchObject([{ state: 'done', note: 'Theo đơn của gia đình' }]);

    school.value('classes.undoMove', { actId });
    expect(sheetOf(from).rows[0]).toMatchObject({ enrolmentId: pupil, average });
    expect(open(from).duties).toEqual([{ enrolmentId: pupil, team: 2, post: 'treasurer' }]);
    expect(school.codeOf('classes.undoMove', { actId })).toBe('classes.noMove');
  });

  test('refuses another grade, the class he is in, and a closed book that would not take his marks', () => {
    expect(school.codeOf('classes.move', move([pupil], create('6Z', 6)))).toBe('classes.cannotMove');
    expect(school.codeOf('classes.move', move([pupil], from))).toBe('classes.cannotMove');
    lock(to, true);
    expect(school.value<MovePreview>('classes.movePreview', { enrolmentIds: [pupil], toClassId: to }).pupils[0]?.marks[0]).toMatchObject({ outcome: 'blocked' });
    expect(school.codeOf('classes.move', move([pupil], to))).toBe('classes.marksWouldStay');
    expect(names(from)).toEqual(['Hà Thị Mai']);
    lock(to, false);
  });

  test('a closed book of the old class keeps what it holds; the new one has it too', () => {
    lock(from, true);
    const { actId } = school.value<{ actId: string }>('classes.move', move([pupil], to));
    expect(sheetOf(to).rows.find(row => row.enrolmentId === pupil)?.marks.ck).toEqual({ state: 'score', tenths: 65 });
    expect(school.core.database.read.all(sql.selectFrom('mark').innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id').select('mark.col')
      .where('grade_sheet.class_id', '=', from).where('mark.state', '=', 'score'))).toHaveLength(6);
    school.value('classes.undoMove', { actId });
    lock(from, false);
  });
});

describe('placing the new pupils of a grade', () => {
  test('from a waiting class without sheets into the classes, in one act, and back', () => {
    const waiting = create('Khối 6', 6, { isWaiting: true });
    const into = [create('6A', 6), create('6B', 6), create('6C', 6)];
    expect(school.sheets(waiting)).toEqual([]);
    const pupils = Array.from({ length: 32 }, (_, index) => school.addPupil({ id: waiting, year }, `Học Sinh ${String(index).padStart(2, '0')}`, index + 1));
    const ask = { year, grade: 6, from: [waiting], into, seed: 5, together: [[pupils[0], pupils[1]]], apart: [], fixed: [{ enrolmentId: pupils[2], classId: into[1] }] };
    const proposal = school.value<{ pupils: PlacementPupil[]; broken: unknown[] }>('classes.placement', ask);
    expect(school.value('classes.placement', ask)).toEqual(proposal);
    expect(proposal.broken).toEqual([]);
    expect(school.codeOf('classes.placement', { ...ask, into: [waiting] })).toBe('classes.waitingTarget');
    const places = proposal.pupils.map(({ enrolmentId, toClassId }) => ({ enrolmentId, toClassId }));
    const done = school.value<{ actId: string; moved: number }>('classes.place', { year, grade: 6, on: '2025-09-05', places, reason: 'Xếp lớp đầu năm' });
    expect(done.moved).toBe(32);
    expect(into.map(id => open(id).pupils).sort((left, right) => left - right)).toEqual([10, 11, 11]);
    expect(open(waiting).pupils).toBe(0);
    school.value('classes.undoMove', { actId: done.actId });
    expect(open(waiting).pupilRows.map(row => row.enrolmentId)).toEqual(pupils);
  });
});
