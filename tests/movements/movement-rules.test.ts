import { describe, expect, test } from 'vitest';
import { classAt, statusAt } from '../../main/students/pupil-status.ts';
import { statusCode, symbolOf, yearPart } from '../../main/movements/movement-rules.ts';
import { caseSteps, neededPapers, regimeOf, transferRegimes } from '../../main/movements/transfer-regimes.ts';
import { addWorkingDays, fixedHolidays, isWorkingDay, workingDaysBetween } from '../../main/movements/working-days.ts';

const noDaysOff = new Set<string>();

describe('working days', () => {
  test('a term begins the day after (BLDS 2015 Đ147 k2) and leaves weekends out', () => {
    // 20/11/2026 is a Friday.
    expect(addWorkingDays('2026-11-20', 3, noDaysOff)).toBe('2026-11-25');
    expect(addWorkingDays('2026-11-23', 5, noDaysOff)).toBe('2026-11-30');
    expect(addWorkingDays('2026-11-21', 1, noDaysOff)).toBe('2026-11-23');
  });

  test('leaves holidays of fixed date out, and the working day after one on a weekend (BLLĐ 2019 Đ111 k3)', () => {
    // 30/4 and 1/5/2026 are Thursday and Friday.
    expect(addWorkingDays('2026-04-29', 1, noDaysOff)).toBe('2026-05-04');
    // 1/5/2027 is a Saturday: Monday 3/5 is off instead.
    expect(fixedHolidays(2027)).toContain('2027-05-03');
    expect(addWorkingDays('2027-04-29', 1, noDaysOff)).toBe('2027-05-04');
    // 30/4/2022 a Saturday and 1/5/2022 a Sunday: Monday and Tuesday.
    expect(fixedHolidays(2022)).toEqual(expect.arrayContaining(['2022-05-02', '2022-05-03']));
  });

  test('leaves out the days the school wrote down (Tết)', () => {
    const tet = new Set(['2027-02-04', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10']);
    expect(addWorkingDays('2027-02-03', 3, tet)).toBe('2027-02-15');
    expect(isWorkingDay('2027-02-05', tet)).toBe(false);
  });

  test('counts down, and on past the day', () => {
    expect(workingDaysBetween('2026-11-20', '2026-11-25', noDaysOff)).toBe(3);
    expect(workingDaysBetween('2026-11-25', '2026-11-20', noDaysOff)).toBe(-3);
    for (let days = 1; days < 40; days += 1) expect(workingDaysBetween('2026-12-14', addWorkingDays('2026-12-14', days, noDaysOff), noDaysOff)).toBe(days);
  });
});

describe('the regulation of a transfer', () => {
  test('follows level and day of the application', () => {
    expect(regimeOf('thcs', '2026-05-09')).toBe('QD51-2002');
    expect(regimeOf('tieu-hoc', '2026-05-09')).toBe('TT28-2020');
    for (const level of ['tieu-hoc', 'thcs', 'thpt'] as const) expect(regimeOf(level, '2026-05-10')).toBe('TT15-2026');
  });

  test('asks for its own papers: no copies any more, a plan only of a disabled pupil', () => {
    expect(neededPapers('TT15-2026', { level: 'thcs', isDisabled: false })).toEqual(['application', 'resultSheet']);
    expect(neededPapers('TT28-2020', { level: 'tieu-hoc', isDisabled: true })).toEqual(['application', 'transcript', 'resultSheet', 'individualPlan']);
    expect(neededPapers('QD51-2002', { level: 'thcs', isDisabled: false })).not.toContain('formerDiploma');
    expect(neededPapers('QD51-2002', { level: 'thpt', isDisabled: false })).toContain('formerDiploma');
  });

  const dates = { direction: 'in', isSameProvince: true, receivedOn: '2026-11-20', decidedOn: null, handedOn: null, happenedOn: null } as const;

  test('TT 28/2020 Đ36: three times three working days, each from the step before', () => {
    const calendar = { today: '2026-03-05', limits: transferRegimes['TT28-2020'].limits, daysOff: noDaysOff };
    const steps = caseSteps({ ...dates, receivedOn: '2026-03-02', decidedOn: '2026-03-04', handedOn: '2026-03-05' }, calendar);
    expect(steps.map(({ step, doneOn, dueOn, daysLeft }) => [step, doneOn, dueOn, daysLeft])).toEqual([
      ['decide', '2026-03-04', '2026-03-05', null], ['handOver', '2026-03-05', '2026-03-09', null], ['place', null, '2026-03-10', 3],
    ]);
    expect(caseSteps({ ...dates, direction: 'out', receivedOn: '2026-03-02' }, calendar).at(-1)).toMatchObject({ step: 'handOver', dueOn: '2026-03-05', daysLeft: 0 });
  });

  test('TT 15/2026 (draft): five working days in one province, eight between two', () => {
    const calendar = { today: '2026-11-27', limits: transferRegimes['TT15-2026'].limits, daysOff: noDaysOff };
    expect(caseSteps(dates, calendar)[0]).toMatchObject({ dueOn: '2026-11-27', daysLeft: 0 });
    expect(caseSteps({ ...dates, isSameProvince: false }, calendar)[0]).toMatchObject({ dueOn: '2026-12-02', daysLeft: 3 });
    expect(caseSteps(dates, { ...calendar, today: '2026-12-01' })[0]?.daysLeft).toBe(-2);
  });

  test('names no day where the regulation names none', () => {
    const calendar = { today: '2026-03-05', limits: transferRegimes['QD51-2002'].limits, daysOff: noDaysOff };
    expect(caseSteps(dates, calendar).every(step => step.dueOn === null && step.daysLeft === null)).toBe(true);
  });
});

describe('status', () => {
  const year = { starts_on: '2026-09-05', term2_from: '2027-01-18', ends_on: '2027-05-31' };

  test('has the code of the national catalogue for the part of the year', () => {
    expect(['2026-08-20', '2026-09-05', '2027-01-17', '2027-01-18', '2027-05-31', '2027-06-01'].map(on => statusCode('transferOut', yearPart(on, year))))
      .toEqual(['07', '05', '05', '06', '06', '07']);
    expect(statusCode('transferIn', 'summer')).toBe('04');
    expect(statusCode('dropOut', 'term2')).toBe('09');
    expect(statusCode('return', 'term1')).toBe('11');
  });

  test('of any day follows from the history', () => {
    const came = [{ status: 'transferredIn' as const, from_date: '2026-10-05', movement_id: 'm1' }, { status: 'left' as const, from_date: '2026-12-01', movement_id: 'm2' },
      { status: 'studying' as const, from_date: '2027-02-01', movement_id: 'm3' }];
    expect(['2026-10-04', '2026-10-05', '2026-11-30', '2026-12-01', '2027-02-01'].map(on => statusAt(came, on))).toEqual([null, 'transferredIn', 'transferredIn', 'left', 'studying']);
    // Taken over from a list in October: was there in September already.
    expect(statusAt([{ status: 'studying', from_date: '2026-10-12', movement_id: null }], '2026-09-07')).toBe('studying');
    expect(statusAt([{ status: 'transferredOut', from_date: '2026-10-12', movement_id: null }], '2026-09-07')).toBe('studying');
    expect(statusAt([{ status: 'transferredIn', from_date: '2026-10-12', movement_id: null }], '2026-09-07')).toBeNull();
  });
});

test('the class of any day follows from the moves', () => {
  const moves = [{ from_class_id: 'A', to_class_id: 'B', moved_on: '2026-10-05' }, { from_class_id: 'B', to_class_id: 'C', moved_on: '2027-01-18' }];
  expect(['2026-10-04', '2026-10-05', '2027-01-17', '2027-01-18'].map(on => classAt(moves, 'C', on))).toEqual(['A', 'B', 'B', 'C']);
  expect(classAt([], 'C', '2026-10-04')).toBe('C');
});

test('the letters of a school in its document numbers', () => {
  expect(['Trường THCS Hoà Bình', 'Trường Tiểu học và Trung học cơ sở Nậm Cắn', 'Trường TH&THCS Đoàn Kết'].map(symbolOf)).toEqual(['THCSHB', 'THTHCSNC', 'TH&THCSĐK']);
});
