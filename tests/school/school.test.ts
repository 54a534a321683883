import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SchoolStart } from '../../preload/contract/home.ts';
import type { CalendarEntry, SchoolProfile, SchoolYearRecord } from '../../preload/contract/school.ts';
import type { Session } from '../../main/call/context.ts';
import { calendarOf } from '../../main/school/calendar-store.ts';
import { letterhead } from '../../main/school/letterhead.ts';
import { emptyCore, emptySchool, teacher, type School } from '../curriculum/empty-school.ts';

const visitor: Session = { user: '', name: '', role: null, staffId: null, token: null };

describe('a school that begins', () => {
  let school: School;
  beforeAll(async () => { school = await emptyCore(); });
  afterAll(async () => { await school.close(); });
  const account = (user: string) => ({ user, name: 'Lường Văn Thắng', password: 'một mật khẩu dài' });
  const beginning = {
    code: '11-00123-4', name: 'Trường TH&THCS Bản Lác', levels: ['thcs', 'tieu-hoc'], superior: 'UBND XÃ MAI CHÂU', commune: 'Mai Châu', province: 'Phú Thọ',
    year: '2026-2027', startsOn: '2026-09-05', endsOn: '2027-05-31', term2From: '2027-01-18', principal: account('hieutruong'), secretary: account('vanthu'),
  };

  test('asks a visitor for the school, once: nothing is taken in before it is right', () => {
    expect(school.value('accounts.gate', {}, visitor)).toEqual({ hasSchool: false });
    expect(school.codeOf('accounts.beginSchool', { ...beginning, secretary: account('hieutruong') }, visitor)).toBe('accounts.sameUser');
    expect(school.codeOf('accounts.beginSchool', { ...beginning, term2From: '2027-06-01' }, visitor)).toBe('school.yearDays');
    expect(school.codeOf('accounts.beginSchool', { ...beginning, principal: { ...account('hieutruong'), password: 'ngắn' } }, visitor)).toBe('accounts.passwordShort');
    expect(school.value('accounts.gate', {}, visitor)).toEqual({ hasSchool: false });
    expect(school.value('accounts.beginSchool', beginning, visitor)).toEqual({ user: 'vanthu' });
    expect(school.codeOf('accounts.beginSchool', { ...beginning, code: 'KHAC' }, visitor)).toBe('accounts.schoolThere');
  });

  test('its people sign in, and its passwords lie hashed', () => {
    expect(school.value('accounts.signIn', { user: 'vanthu', password: 'một mật khẩu dài' }, visitor)).toMatchObject({ role: 'secretary' });
    expect(school.codeOf('accounts.signIn', { user: 'hieutruong', password: 'sai' }, visitor)).toBe('accounts.wrongPassword');
    expect(school.value('school.current', {})).toMatchObject({ school: { levels: ['tieu-hoc', 'thcs'], isDemo: false }, year: '2026-2027' });
  });

  test('is told what to do next, and each tick is something that is there', () => {
    const steps = () => Object.fromEntries(school.value<SchoolStart>('home.start', {}).steps.map(step => [step.key, step.isDone]));
    expect(Object.values(steps())).toEqual([false, false, false, false, false, false]);
    const { classId } = school.value<{ classId: string }>('classes.create', { year: '2026-2027', name: '6A', grade: 6 });
    school.addPupil({ id: classId, year: '2026-2027' }, 'Hà Thị Mai', 1);
    school.value('school.setDays', { year: '2026-2027', days: [{ date: '2027-01-01', level: '', kind: 'off', name: 'Tết Dương lịch' }] });
    expect(steps()).toMatchObject({ pupils: true, calendar: true, staff: false, homeroom: false });
  });
});

describe('what a school says of itself', () => {
  let school: School;
  beforeAll(async () => { school = await emptySchool(['2025-2026']); });
  afterAll(async () => { await school.close(); });
  const profile = () => school.value<SchoolProfile>('school.profile', {});
  const save = (changes: Record<string, string>, more: object = {}) => school.codeOf('school.saveProfile', { expectedVersion: profile().version, changes, ...more });

  test('is kept by field; what cannot be stored changes nothing', () => {
    const before = profile();
    expect(save({ superior: 'UBND PHƯỜNG HOÀ BÌNH', principalName: 'Lò Thị Mai', cleanWater: '1', surface: '12500,5', founded: '1986-09' })).toBe('ok');
    expect(profile().values).toMatchObject({ superior: 'UBND PHƯỜNG HOÀ BÌNH', cleanWater: '1', surface: '12500,5' });
    expect(profile().completeness).toBeGreaterThan(before.completeness);
    expect(save({ website: 'truong.edu.vn', email: 'không phải thư' })).toBe('record.badValue');
    expect(save({ area: '9' })).toBe('record.badValue');
    expect(save({ name: ' ' })).toBe('school.noName');
    expect(profile().values['website']).toBe('');
    expect(school.codeOf('school.saveProfile', { expectedVersion: 0, changes: {} })).toBe('database.changedMeanwhile');
    expect(school.codeOf('school.saveProfile', { expectedVersion: profile().version, changes: { fax: '' } }, teacher)).toBe('call.forbidden');
  });

  test('stands at the head of papers, and a deputy signs on behalf', () => {
    expect(letterhead(school.core.database.read)).toMatchObject({ signTitle: 'HIỆU TRƯỞNG', signer: 'Lò Thị Mai' });
    expect(save({ signer: 'deputy', deputyName: 'Hà Văn Bình' })).toBe('ok');
    expect(letterhead(school.core.database.read)).toMatchObject({ signTitle: 'KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG', signer: 'Hà Văn Bình' });
  });

  test('a level with classes stays; a former code keeps its time; history tells it in words', () => {
    school.value('classes.create', { year: '2025-2026', name: '12A', grade: 12 });
    expect(save({}, { levels: ['thcs'] })).toBe('school.levelInUse');
    expect(save({}, { levels: ['thpt', 'thcs'] })).toBe('ok');
    expect(profile().levels).toEqual(['thcs', 'thpt']);
    const code = (value: string, from: string) => school.codeOf('school.changeCode', { code: value, from, reason: 'Sắp xếp đơn vị hành chính' });
    expect([code('TRUONG-1', '2025-07-01'), code('TRUONG-2', '2025-07-01'), code('TRUONG-3', '2025-06-30')]).toEqual(['school.sameCode', 'ok', 'school.codeBefore']);
    expect(profile()).toMatchObject({ code: 'TRUONG-2', formerCodes: [{ code: 'TRUONG-1', to: '2025-07-01' }] });
    const { entries } = school.value<{ entries: { field: string; after: string }[] }>('school.history', {});
    expect(entries).toContainEqual(expect.objectContaining({ field: 'Nước sạch', after: 'Có' }));
  });

  test('a satellite or a room that something uses is not taken away', () => {
    const satellite = school.value<{ id: string; version: number }>('school.saveSatellite', { id: null, values: { name: 'Bản Lác', distance: '4,5' } });
    const room = school.value<{ id: string; version: number }>('school.saveRoom', { id: null, values: { name: 'P.101', kind: 'classroom', satelliteId: satellite.id, seats: '40' } });
    const remove = (kind: string, one: { id: string; version: number }) => school.codeOf('school.removePlace', { kind, id: one.id, expectedVersion: one.version });
    expect(school.codeOf('school.saveRoom', { id: null, values: { name: 'P.101', kind: 'library' } })).toBe('school.nameTaken');
    expect([remove('satellite', satellite), remove('room', room), remove('satellite', satellite)]).toEqual(['school.placeInUse', 'ok', 'ok']);
  });
});

describe('years and days', () => {
  let school: School;
  const year = '2025-2026';
  beforeAll(async () => { school = await emptySchool([year]); });
  afterAll(async () => { await school.close(); });
  const years = () => school.value<{ years: SchoolYearRecord[]; next: { year: string; startsOn: string } }>('school.years', {});
  const dates = { startsOn: '2026-09-07', endsOn: '2027-05-31', term2From: '2027-01-18' };

  test('the next year is prepared, then made the one everybody works in: there is one', () => {
    school.value('school.saveYear', { year, expectedVersion: years().years[0]?.version, startsOn: '2025-09-05', endsOn: '2026-05-31', term2From: '2026-01-19' });
    expect(years().next).toMatchObject({ year: '2026-2027', startsOn: '2026-09-05' });
    expect(school.codeOf('school.createYear', { year: '2028-2029', startsOn: '2028-09-05', endsOn: '2029-05-31', term2From: '2029-01-15' })).toBe('school.yearGap');
    expect(school.codeOf('school.createYear', { year: '2026-2027', ...dates, term2From: '2026-08-01' })).toBe('school.yearDays');
    school.value('school.createYear', { year: '2026-2027', ...dates });
    expect(years().years.map(one => one.isCurrent)).toEqual([false, true]);
    school.value('school.makeCurrent', { year: '2026-2027', reason: 'Bắt đầu năm học' });
    expect(years().years.map(one => one.isCurrent)).toEqual([true, false]);
    school.value('school.makeCurrent', { year, reason: 'Chưa hết năm' });
  });

  test('a holiday has no roll, a Sunday made up for it has; a level has its own days', () => {
    const classId = school.value<{ classId: string }>('classes.create', { year, name: '9A', grade: 9 }).classId;
    school.addPupil({ id: classId, year }, 'Hà Thị Mai', 1);
    const call = (date: string) => school.codeOf('attendance.save', { classId, path: 'typed', changes: [], called: [{ date, session: 'am' }] });
    const set = (...days: Partial<CalendarEntry>[]) => school.codeOf('school.setDays', { year, days: days.map(day => ({ level: '', name: '', ...day })) });
    expect(call('2025-10-12')).toBe('attendance.notSchoolDay');
    expect(set({ date: '2025-10-06', kind: 'off', name: 'Nghỉ bão' }, { date: '2025-10-12', kind: 'on', name: 'Học bù' }, { date: '2025-10-07', kind: 'off', level: 'thpt' })).toBe('ok');
    expect([call('2025-10-06'), call('2025-10-12'), call('2025-10-07')]).toEqual(['attendance.notSchoolDay', 'ok', 'ok']);
    expect(calendarOf(school.core.database.read, year, 'thpt').get('2025-10-07')).toBe(false);
    expect(school.value<{ days: { date: string; isSchoolDay: boolean }[] }>('attendance.month', { classId, month: '2025-10' }).days.filter(day => day.isSchoolDay).map(day => day.date)).toContain('2025-10-12');
    expect(set({ date: '2025-10-12', kind: 'off' })).toBe('school.dayCalled');
    expect(set({ date: '2026-07-01', kind: 'off' })).toBe('school.dayOutside');
  });

  test('what was written is given back, so that it can be undone', () => {
    const days = [{ date: '2026-02-16', level: '', kind: 'off', name: 'Tết' }] as const;
    const { before } = school.value<{ before: CalendarEntry[] }>('school.setDays', { year, days });
    school.value('school.setDays', { year, days: before });
    expect(school.value<{ days: CalendarEntry[] }>('school.calendar', { year }).days.some(day => day.date === '2026-02-16')).toBe(false);
  });
});
