import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { AttendanceMonth } from '../../preload/contract/attendance.ts';
import { absenceWarning, countAbsences, daysOfMonth, isSchoolDay, type Absence } from '../../main/attendance/attendance-rules.ts';
import { countedAbsences, halfDayReading } from '../../main/attendance/attendance-store.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { pupilFactsOfClass } from '../../main/grades/pupil-facts.ts';
import { findClass } from '../../main/school/school-class-store.ts';
import { schoolYear } from '../../main/school/school-store.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

const absence = (date: string, session: 'am' | 'pm', kind: Absence['kind'] = 'excused'): Absence => ({ date, session, kind });

describe('sessions absent, as they count for promotion (TT 22/2021 Đ12 k1 c)', () => {
  const twoSessions = { sessions: 2, mainSession: 'am' } as const;
  const wholeDay = [absence('2025-10-06', 'am'), absence('2025-10-06', 'pm')];

  test('one session a day: every absence is one', () => {
    expect(countAbsences([absence('2025-10-06', 'am'), absence('2025-10-07', 'am', 'unexcused')], { sessions: 1, mainSession: 'am' }, 'mainSession')).toEqual({ excused: 1, unexcused: 1 });
  });

  test('two sessions a day: the whole day is one on the one-session plan', () => {
    expect(countAbsences(wholeDay, twoSessions, 'mainSession')).toEqual({ excused: 1, unexcused: 0 });
    expect(countAbsences(wholeDay, twoSessions, 'anySession')).toEqual({ excused: 1, unexcused: 0 });
    expect(countAbsences(wholeDay, twoSessions, 'everySession')).toEqual({ excused: 2, unexcused: 0 });
  });

  test('an afternoon alone counts by how the school reads the rule', () => {
    const afternoon = [absence('2025-10-06', 'pm', 'unexcused')];
    expect(countAbsences(afternoon, twoSessions, 'mainSession')).toEqual({ excused: 0, unexcused: 0 });
    expect(countAbsences(afternoon, twoSessions, 'anySession')).toEqual({ excused: 0, unexcused: 1 });
    expect(countAbsences(afternoon, { sessions: 2, mainSession: 'pm' }, 'mainSession')).toEqual({ excused: 0, unexcused: 1 });
  });

  test('a mixed day has the kind of its main session', () => {
    expect(countAbsences([absence('2025-10-06', 'am'), absence('2025-10-06', 'pm', 'unexcused')], twoSessions, 'anySession')).toEqual({ excused: 1, unexcused: 0 });
  });

  test.each([[29, null], [30, 30], [39, 30], [40, 40], [44, 40], [45, 45], [46, 'over']] as const)('%i sessions warn as %s', (sessions, warning) => {
    expect(absenceWarning({ excused: 20, unexcused: sessions - 20 })).toBe(warning);
  });

  test('February has its days, Sundays and holidays of the summer are no school days', () => {
    expect(daysOfMonth('2024-02')).toHaveLength(29);
    expect(daysOfMonth('2026-02').at(-1)).toBe('2026-02-28');
    const year = { starts_on: '2025-09-05', ends_on: '2026-05-31' };
    expect(['2025-10-05', '2025-10-06', '2026-07-01'].map(date => isSchoolDay(date, year))).toEqual([false, true, false]);
  });
});

describe('the roll of a class', () => {
  let core: Core;
  let remove: () => Promise<void>;
  let classId: string;
  let homeroom: Session;
  beforeAll(async () => {
    ({ core, remove } = await demoCore({ pupils: 60 }));
    const found = core.database.read.get(sql.selectFrom('school_class').innerJoin('account', 'account.staff_id', 'school_class.homeroom_staff_id')
      .select(['school_class.id', 'account.user', 'account.name', 'account.staff_id']).where('school_class.name', '=', '9A'));
    if (!found) throw new Error('no 9A');
    classId = found.id;
    homeroom = { user: found.user, name: found.name, role: 'teacher', staffId: found.staff_id, token: null };
  });
  afterAll(async () => { await remove(); });

  const call = (name: string, input: unknown, session: Session = homeroom) => core.door.call(`attendance.${name}`, input, session);
  const codeOf = (name: string, input: unknown, session?: Session) => {
    const result = call(name, input, session);
    return result.ok ? 'ok' : result.error.code;
  };
  function month(of = '2025-10', session?: Session): AttendanceMonth {
    const result = call('month', { classId, month: of }, session);
    if (!result.ok) throw new Error(result.error.code);
    return result.value as AttendanceMonth;
  }
  const pupil = (at: number) => month().rows[at]?.enrolmentId ?? '';
  const change = (at: number, date: string, before: Absence['kind'] | null, after: Absence['kind'] | null, session: 'am' | 'pm' = 'am') =>
    ({ enrolmentId: pupil(at), date, session, before, after });
  const save = (changes: unknown[], called: unknown[] = [], session?: Session) => codeOf('save', { classId, path: 'typed', changes, called }, session);

  test('is called with its absences in one save, and every change has its journal row', () => {
    expect(save([change(0, '2025-10-06', null, 'excused'), change(3, '2025-10-06', null, 'unexcused')], [{ date: '2025-10-06', session: 'am' }])).toBe('ok');
    const found = month();
    expect(found.days.find(day => day.date === '2025-10-06')?.called).toEqual(['am']);
    expect([found.rows[0]?.month, found.rows[3]?.year, found.rows[1]?.absences]).toEqual([{ excused: 1, unexcused: 0 }, { excused: 0, unexcused: 1 }, []]);
    expect(save([change(0, '2025-10-06', 'excused', 'unexcused')])).toBe('ok');
    expect(save([change(0, '2025-10-06', 'unexcused', null)])).toBe('ok');
    expect(month().rows[0]?.absences).toEqual([]);
    const events = core.database.read.all(sql.selectFrom('journal').select(['event', 'actor']).where('tbl', '=', 'absence').orderBy('seq'));
    expect(events.map(row => row.event)).toEqual(['NEW', 'NEW', 'UPDATE', 'CANCEL']);
    expect(events.every(row => row.actor === homeroom.user)).toBe(true);
  });

  test('is refused on Sundays, in days to come, in a second session of a one-session class, and over what somebody else wrote; and nothing of it is saved', () => {
    const before = month();
    const good = change(5, '2025-10-08', null, 'excused');
    expect(save([good, change(1, '2025-10-05', null, 'excused')])).toBe('attendance.notSchoolDay');
    expect(save([good, change(1, '2026-05-29', null, 'excused')])).toBe('ok');
    expect(save([change(5, '2025-10-08', 'excused', null), change(1, '2026-05-29', 'excused', null)])).toBe('ok');
    expect(save([good, change(1, '2025-10-07', null, 'excused', 'pm')])).toBe('attendance.oneSession');
    expect(save([good, change(3, '2025-10-06', null, 'excused')])).toBe('attendance.changedMeanwhile');
    expect(save([good, { ...good, enrolmentId: 'nobody' }])).toBe('grades.notInClass');
    expect(month().rows.map(row => row.absences)).toEqual(before.rows.map(row => row.absences));
  });

  test('belongs to the homeroom teacher and the office; strangers do not even see it', () => {
    const stranger: Session = { user: 'x', name: 'X', role: 'teacher', staffId: 'nobody', token: null };
    expect(codeOf('month', { classId, month: '2025-10' }, stranger)).toBe('attendance.notYourClass');
    expect(save([change(0, '2025-10-09', null, 'excused')], [], stranger)).toBe('attendance.notYourClass');
    expect(codeOf('day', { year: '2025-2026', date: '2025-10-06' }, { ...stranger, role: 'sealClerk' })).toBe('call.forbidden');
    expect(save([change(0, '2025-10-09', null, 'excused')], [], principal)).toBe('ok');
    const taught = core.database.read.get(sql.selectFrom('assignment').select('staff_id').where('class_id', '=', classId).where('staff_id', '<>', homeroom.staffId ?? ''));
    const subjectTeacher: Session = { ...stranger, staffId: taught?.staff_id ?? '' };
    expect(month('2025-10', subjectTeacher).mayEdit).toBe(false);
    expect(save([change(0, '2025-10-09', 'excused', null)], [], subjectTeacher)).toBe('attendance.notYourClass');
  });

  test('two sessions a day are a plan of the class; the day counts once', () => {
    const plan = { classId, sessions: 2, mainSession: 'am', sources: month().plan.sources };
    expect(codeOf('setPlan', plan)).toBe('ok');
    expect(save([change(6, '2025-10-13', null, 'excused'), change(6, '2025-10-13', null, 'excused', 'pm'), change(6, '2025-10-14', null, 'excused', 'pm')])).toBe('ok');
    expect(month().rows[6]?.month).toEqual({ excused: 1, unexcused: 0 });
    expect(month().rows[6]?.absences).toHaveLength(3);
  });

  test('totals typed before stay until a person chooses the counted ones; a term without typed totals is counted from its first day', () => {
    // The demo school's totals came with the imported marks and stand with term 2.
    expect(month().plan.sources).toEqual(['daily', 'typed']);
    expect(codeOf('setPlan', { classId, sessions: 2, mainSession: 'am', sources: ['daily', 'daily'], reason: 'đã đối chiếu sổ giấy' })).toBe('ok');
    expect(month().plan.sources).toEqual(['daily', 'daily']);
    const counts = countedAbsences(core.database.read, schoolYear(core.database.read, '2025-2026'), classId);
    expect(counts.get(pupil(6))).toEqual({ term1: { excused: 1, unexcused: 0 }, term2: { excused: 0, unexcused: 0 } });
  });

  test('counted sessions are what the term records show and the year end uses; they cannot be typed over', () => {
    const records = core.door.call('grades.openTermRecords', { classId }, homeroom);
    const value = records.ok ? (records.value as { isCounted: boolean[]; rows: { enrolmentId: string; absences1: unknown; absences2: unknown }[] }) : null;
    expect(value?.isCounted).toEqual([true, true]);
    expect(value?.rows.find(row => row.enrolmentId === pupil(6))).toMatchObject({ absences1: { excused: 1, unexcused: 0 }, absences2: { excused: 0, unexcused: 0 } });
    const typed = core.door.call('grades.saveTermRecord', { enrolmentId: pupil(6), term: 1, excused: 5 }, homeroom);
    expect(typed.ok ? 'ok' : typed.error.code).toBe('attendance.counted');
    const found = findClass(core.database.read, classId);
    const facts = found && pupilFactsOfClass(core.database.read, found).find(({ member }) => member.enrolment_id === pupil(6));
    expect(facts?.absences).toEqual({ excused: 1, unexcused: 0 });
  });

  test('how half a day counts is chosen with a reason for a year on, told before by whose results it changes, and read by year', () => {
    const choice = { key: 'halfDay', value: 'everySession', from: '2025-2026' };
    const year = (session: Session, name: string, input: unknown) => core.door.call(`yearEnd.${name}`, input, session);
    const preview = year(principal, 'previewReading', choice);
    expect(preview).toMatchObject({ ok: true, value: { changed: 1, examples: [{ enrolmentId: pupil(6), before: expect.stringContaining('nghỉ 1 buổi'), after: expect.stringContaining('nghỉ 3 buổi') }] } });
    expect(year(homeroom, 'saveReading', { ...choice, reason: 'Họp hội đồng' })).toMatchObject({ ok: false, error: { code: 'call.forbidden' } });
    expect(month().rows[6]?.month).toEqual({ excused: 1, unexcused: 0 });
    expect(year(principal, 'saveReading', { ...choice, reason: 'Họp hội đồng' })).toMatchObject({ ok: true });
    expect(month().rows[6]?.month).toEqual({ excused: 3, unexcused: 0 });
    const counts = countedAbsences(core.database.read, schoolYear(core.database.read, '2025-2026'), classId);
    expect(counts.get(pupil(6))?.term1).toEqual({ excused: 3, unexcused: 0 });
    expect([halfDayReading(core.database.read, '2024-2025'), halfDayReading(core.database.read, '2026-2027')]).toEqual(['mainSession', 'everySession']);
    expect(year(principal, 'readings', { year: '2025-2026' })).toMatchObject({
      ok: true, value: { readings: expect.arrayContaining([expect.objectContaining({ key: 'halfDay', value: 'everySession', chosen: expect.objectContaining({ by: principal.name, reason: 'Họp hội đồng' }) })]) },
    });
    expect(year(principal, 'saveReading', { ...choice, value: 'mainSession', reason: 'Trở lại như cũ' })).toMatchObject({ ok: true });
    expect(month().rows[6]?.month).toEqual({ excused: 1, unexcused: 0 });
  });

  test('46 sessions stand among the warnings as over the limit', () => {
    const dates = ['2025-11', '2025-12'].flatMap(daysOfMonth).filter(date => new Date(`${date}T00:00:00Z`).getUTCDay() !== 0).slice(0, 46);
    expect(save(dates.map(date => change(8, date, null, 'unexcused')))).toBe('ok');
    const result = call('warnings', { year: '2025-2026' });
    expect(result.ok && (result.value as { rows: { enrolmentId: string; warning: unknown }[] }).rows).toEqual([expect.objectContaining({ enrolmentId: pupil(8), warning: 'over' })]);
    expect(month('2025-11').rows[8]?.warning).toBe('over');
  });

  test('the day shows who was away in every class', () => {
    const result = call('day', { year: '2025-2026', date: '2025-10-06' }, principal);
    const classes = result.ok ? (result.value as { classes: { className: string; called: string[]; absent: unknown[] }[] }).classes : [];
    expect(classes.length).toBeGreaterThan(1);
    expect(classes.find(found => found.className === '9A')).toMatchObject({ called: ['am'], absent: [{ kind: 'unexcused', session: 'am' }] });
  });

  test('the month is printed with its totals', async () => {
    const result = await core.door.runJob('attendance.printMonth', { classId, month: '2025-10' }, homeroom, { signal: new AbortController().signal, progress: () => undefined });
    expect(result.ok && Buffer.from((result.value as { bytes: Uint8Array }).bytes).subarray(0, 5).toString()).toBe('%PDF-');
    if (result.ok && process.env['KEEP'] !== undefined) (await import('node:fs')).writeFileSync(process.env['KEEP'], (result.value as { bytes: Uint8Array }).bytes);
  });
});
