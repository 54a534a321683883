import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { updateRecord } from '../../db/records.ts';
import { ensureSheets } from '../../main/curriculum/class-sheets.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import { emptySchool, type School } from '../curriculum/empty-school.ts';

const year = '2025-2026';
let school: School;
let classId: string;
let disabled: string;
let other: string;

beforeAll(async () => {
  school = await emptySchool([year]);
  const found = school.addClass(year, 7, '7A');
  classId = found.id;
  school.write(ctx => ensureSheets(ctx, found));
  disabled = school.addPupil(found, 'Học sinh khuyết tật', 1);
  other = school.addPupil(found, 'Học sinh khác', 2);
  school.write(({ db, stamp }) => {
    const person = db.get(sql.selectFrom('person').innerJoin('enrolment', 'enrolment.person_id', 'person.id').select(['person.id', 'person.version']).where('enrolment.id', '=', disabled));
    if (person) updateRecord(db, stamp, 'person', person.id, person.version, { disability: 'Khiếm thính' });
  });
});
afterAll(async () => { await school.close(); });

const cases = () => school.value<{ cases: DecisionCase[] }>('yearEnd.decisions', { year }).cases.map(one => [one.enrolmentId, one.matter]);
const type = (term: number, column: string) => {
  const sheet = school.sheets(classId).find(one => one.subject === 'TOAN' && one.term === term);
  const view = school.value<SheetView>('grades.openSheet', { sheetId: sheet?.id });
  expect(view.columns.some(one => one.column === column)).toBe(true);
  return school.codeOf('grades.saveMarks', { sheetId: view.sheetId, path: 'typed', changes: [{ enrolmentId: other, column, before: { state: 'empty' }, after: { state: 'score', tenths: 70 } }] });
};

test('before the year comes to its end nobody waits for a decision about missing results, and none can be made', () => {
  expect(cases()).toEqual([]);
  expect(type(1, 'ck')).toBe('ok');
  expect(type(2, 'tx1')).toBe('ok');
  expect(cases()).toEqual([]);
  expect(school.codeOf('yearEnd.decide', { enrolmentId: disabled, matter: 'disabled', value: 'promoted', reason: 'Theo kế hoạch cá nhân' })).toBe('yearEnd.nothingToDecide');
});

test('once marks of the end of the year are in, the pupil with a disability is for the principal', () => {
  expect(type(2, 'ck')).toBe('ok');
  expect(cases()).toEqual([[disabled, 'disabled']]);
  expect(school.codeOf('yearEnd.decide', { enrolmentId: disabled, matter: 'disabled', value: 'promoted', reason: 'Theo kế hoạch cá nhân' })).toBe('ok');
});

test('a subject that a pupil took in one half only is asked about as that, not as a pupil who came late', () => {
  expect(school.codeOf('curriculum.addStanding', { enrolmentId: other, subject: 'NT', standing: 'notTaken', term: 1, reason: 'Chuyển chương trình', paper: '', from: '2025-09-05', to: null })).toBe('ok');
  const asked = school.value<{ cases: DecisionCase[] }>('yearEnd.decisions', { year }).cases.find(one => one.enrolmentId === other);
  expect(asked).toMatchObject({ matter: 'partYear', question: expect.stringContaining('trong một học kì') });
});
