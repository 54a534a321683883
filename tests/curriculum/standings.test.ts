import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { StandingRow } from '../../preload/contract/curriculum.ts';
import type { SheetSummary, SheetView } from '../../preload/contract/grades.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { ensureSheets } from '../../main/curriculum/class-sheets.ts';
import { decisionFlags, standingFault, standingIn } from '../../main/curriculum/standing-rules.ts';
import { pupilFactsOfClass } from '../../main/grades/pupil-facts.ts';
import { emptySchool, teacher, type School } from './empty-school.ts';

const year = '2025-2026';
let school: School;
beforeAll(async () => { school = await emptySchool([year, '2018-2019']); });
afterAll(async () => { await school.close(); });

function makeClass(atYear: string, grade: number, name: string) {
  const found = school.addClass(atYear, grade, name);
  school.write(ctx => ensureSheets(ctx, found));
  const pupils = ['Lê An', 'Trần Bình', 'Phạm Chi'].map((pupil, index) => school.addPupil(found, pupil, index + 1));
  const sheetId = (subject: string, term: number) => school.sheets(found.id).find(sheet => sheet.subject === subject && sheet.term === term)?.id ?? '';
  const open = (subject: string, term: number) => school.value<SheetView>('grades.openSheet', { sheetId: sheetId(subject, term) });
  const summary = (subject: string, term: number) => school.value<{ sheets: SheetSummary[] }>('grades.listSheets', { year: atYear, classId: found.id }).sheets.find(sheet => sheet.subject === subject && sheet.term === term);
  const write = (subject: string, term: number, enrolmentId: string, column: string, tenths: number) =>
    school.codeOf('grades.saveMarks', { sheetId: sheetId(subject, term), path: 'typed', changes: [{ enrolmentId, column, before: { state: 'empty' }, after: { state: 'score', tenths } }] });
  const subjectsOf = (enrolmentId: string) => pupilFactsOfClass(school.core.database.read, found).find(({ member }) => member.enrolment_id === enrolmentId)?.pupil.subjects.map(subject => subject.code) ?? [];
  return { found, pupils, open, summary, write, subjectsOf };
}
const paper = { reason: 'Theo hồ sơ bệnh án', paper: 'QĐ 12', from: '2025-09-05', to: null };
const add = (enrolmentId: string, subject: string, standing: string, term: 0 | 1 | 2 = 0) => school.codeOf('curriculum.addStanding', { enrolmentId, subject, standing, term, ...paper });

describe('which standing a regulation knows', () => {
  test.each([
    // TT 22/2021 Đ10: the practice of GDTC and GDQP-AN falls away, the subject keeps its marks.
    ['TT22-2021', 'compulsory', 'GDTC', 'reducedPractice', 0, null],
    ['TT22-2021', 'compulsory', 'GDQPAN', 'reducedPractice', 1, null],
    ['TT22-2021', 'compulsory', 'GDTC', 'exempt', 0, 'curriculum.exemptionKeepsSubject'],
    ['TT22-2021', 'compulsory', 'TOAN', 'reducedPractice', 0, 'curriculum.noPractice'],
    ['TT22-2021', 'compulsory', 'TOAN', 'exempt', 0, 'curriculum.noExemption'],
    // TT 58/2011 Đ12: the subject itself falls away.
    ['TT58-2011', 'compulsory', 'TD', 'exempt', 0, null],
    ['TT26-2020', 'compulsory', 'GDQPAN', 'exempt', 0, null],
    ['TT58-2011', 'compulsory', 'TD', 'reducedPractice', 0, 'curriculum.noPractice'],
    ['TT58-2011', 'compulsory', 'AN', 'exempt', 0, 'curriculum.noExemption'],
    // Đ11, TT 27/2020 Đ8: any subject by the individual plan.
    ['TT22-2021', 'compulsory', 'TOAN', 'plan', 0, null],
    ['TT27-2020', 'compulsory', 'TV', 'plan', 0, null],
    // What everybody takes is left out at most for half a year.
    ['TT22-2021', 'elective', 'LI', 'notTaken', 0, null],
    ['TT22-2021', 'compulsory', 'TOAN', 'notTaken', 0, 'curriculum.compulsory'],
    ['TT22-2021', 'compulsory', 'TOAN', 'notTaken', 1, null],
    ['TT22-2021', null, '*', 'notTaken', 1, null],
    ['TT22-2021', null, '*', 'notTaken', 0, 'curriculum.allSubjectsOneTerm'],
    ['TT22-2021', null, '*', 'plan', 1, 'curriculum.allSubjectsOneTerm'],
  ] as const)('%s %s %s %s in term %i: %s', (ruleSet, choice, subject, standing, term, expected) => {
    expect(standingFault(ruleSet, choice, { subject, standing, term })).toBe(expected);
  });

  test('the four points of a primary year are two to a term; a strand follows its subject; the stricter of two holds', () => {
    const held = [{ enrolment_id: 'e', subject: 'NT', standing: 'plan', term: 2 }] as const;
    const at = (term: 1 | 2 | 3 | 4, subject = 'AN') => standingIn(held, { subject, kind: 'primary', term, grade: 4 });
    expect([at(1), at(2), at(3), at(4), at(4, 'TOAN')]).toEqual([null, null, 'plan', 'plan', null]);
    const both = [{ enrolment_id: 'e', subject: 'GDTC', standing: 'reducedPractice', term: 0 }, { enrolment_id: 'e', subject: '*', standing: 'notTaken', term: 1 }] as const;
    expect(standingIn(both, { subject: 'GDTC', kind: 'comment', term: 1, grade: 9 })).toBe('notTaken');
    expect(standingIn(both, { subject: 'GDTC', kind: 'comment', term: 2, grade: 9 })).toBe('reducedPractice');
    expect(decisionFlags(both)).toEqual(['needs-decision:*']);
  });
});

describe('a standing on the sheet and in the results', () => {
  test('an individual plan closes the cells, leaves every count and the assessment, and can be taken back', () => {
    const { pupils, open, summary, write, subjectsOf } = makeClass(year, 9, '9A');
    const [first = '', second = ''] = pupils;
    expect(write('TOAN', 1, first, 'tx1', 80)).toBe('ok');
    expect(summary('TOAN', 1)).toMatchObject({ filled: 1, expected: 18 });
    expect(add(first, 'TOAN', 'plan')).toBe('ok');
    expect(open('TOAN', 1).rows.map(row => row.standing)).toEqual(['plan', null, null]);
    expect(open('TOAN', 1)).toMatchObject({ filled: 0, expected: 12 });
    expect(summary('TOAN', 1)).toMatchObject({ filled: 0, expected: 12 });
    expect(write('TOAN', 1, first, 'tx2', 70)).toBe('grades.leftOut');
    expect(write('TOAN', 1, second, 'tx2', 70)).toBe('ok');
    expect(subjectsOf(first)).not.toContain('TOAN');
    expect(subjectsOf(second)).toContain('TOAN');
    expect(add(first, 'TOAN', 'notTaken', 1)).toBe('curriculum.standingKnown');
    const { rows } = school.value<{ rows: StandingRow[] }>('curriculum.standings', { year });
    expect(rows).toMatchObject([{ name: 'Lê An', className: '9A', subjectName: 'Toán', standing: 'plan', term: 0, needsDecision: false }]);
    school.value('curriculum.cancelStanding', { standingId: rows[0]?.standingId, version: rows[0]?.version, reason: 'Kế hoạch đã hết' });
    expect(subjectsOf(first)).toContain('TOAN');
    expect(summary('TOAN', 1)).toMatchObject({ filled: 2, expected: 18 });
  });

  test('practice exempt: every cell is still asked for and the subject keeps its result (TT 22/2021 Đ10, example C24)', () => {
    const { pupils, open, subjectsOf } = makeClass(year, 9, '9B');
    const [first = ''] = pupils;
    expect(add(first, 'GDTC', 'reducedPractice')).toBe('ok');
    expect(open('GDTC', 1)).toMatchObject({ expected: 12 });
    expect(open('GDTC', 1).rows[0]?.standing).toBe('reducedPractice');
    expect(subjectsOf(first)).toContain('GDTC');
  });

  test('TT 58/2011: a subject exempt for the year does not count', () => {
    const { pupils, open, subjectsOf } = makeClass('2018-2019', 9, '9A');
    const [first = '', second = ''] = pupils;
    expect(add(first, 'TD', 'exempt')).toBe('ok');
    expect(open('TD', 2).rows.map(row => row.standing)).toEqual(['exempt', null, null]);
    expect(subjectsOf(first)).not.toContain('TD');
    expect(subjectsOf(second)).toContain('TD');
  });

  test('a pupil who came in term II is asked for nothing of term I and listed for a decision', () => {
    const { found, pupils, open, subjectsOf } = makeClass(year, 8, '8A');
    const [first = ''] = pupils;
    expect(add(first, '*', 'notTaken', 1)).toBe('ok');
    expect(open('VAN', 1).expected).toBe(12);
    expect(open('VAN', 2).expected).toBe(18);
    expect(subjectsOf(first)).toContain('VAN');
    const overview = school.value<YearEndOverview>('yearEnd.overview', { year, classId: found.id });
    expect(overview.rows.find(row => row.enrolmentId === first)?.flags).toContain('needs-decision:*');
    expect(overview.rows.filter(row => row.enrolmentId !== first).every(row => !row.flags.some(flag => flag.startsWith('needs-decision')))).toBe(true);
  });

  test('primary school: a plan at the end of the year leaves the subject and its test out', () => {
    const { pupils, open, subjectsOf } = makeClass(year, 4, '4A');
    const [first = ''] = pupils;
    expect(add(first, 'THCN', 'plan')).toBe('ok');
    expect(open('TIN', 4).rows[0]?.standing).toBe('plan');
    expect(subjectsOf(first)).not.toContain('TIN');
    expect(subjectsOf(first)).toContain('TV');
  });

  test('Nghệ thuật on two sheets is one subject of the assessment, CĐ as soon as one entry is CĐ', () => {
    const { found, pupils, open } = makeClass(year, 7, '7A');
    const [first = '', second = ''] = pupils;
    school.value('curriculum.saveSubject', { year, grade: 7, subject: 'NT', changes: { strands: 'apart' }, reason: 'Hai giáo viên' });
    for (const strand of ['AN', 'MT']) {
      for (const enrolmentId of [first, second]) {
        const sheet = open(strand, 1);
        const changes = sheet.columns.map(({ column }) => ({ enrolmentId, column, before: { state: 'empty' }, after: { state: 'level', level: strand === 'MT' && enrolmentId === second && column === 'tx1' ? 'CD' : 'D' } }));
        school.value('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes });
      }
    }
    const facts = pupilFactsOfClass(school.core.database.read, found);
    const arts = (enrolmentId: string) => facts.find(({ member }) => member.enrolment_id === enrolmentId)?.pupil.subjects.filter(subject => ['NT', 'AN', 'MT'].includes(subject.code)) ?? [];
    expect(arts(first).map(subject => subject.code)).toEqual(['NT']);
    const [whole] = arts(first);
    expect(whole && 'terms' in whole && whole.terms[0]).toEqual({ ongoing: ['D', 'D', 'D', 'D'], periodic: ['D', 'D', 'D'], final: 'D' });
    const [failed] = arts(second);
    expect(failed && 'terms' in failed && failed.terms[0].ongoing).toContain('CD');
  });

  test('what nobody teaches, dates in the wrong order and people without the right are refused, and nothing is written', () => {
    const { pupils } = makeClass(year, 6, '6A');
    const [first = ''] = pupils;
    const head = school.core.database.journalHead().seq;
    expect(add(first, 'LI', 'notTaken')).toBe('curriculum.notTaught');
    expect(add('nobody', 'TOAN', 'plan')).toBe('students.unknown');
    expect(school.codeOf('curriculum.addStanding', { enrolmentId: first, subject: 'TOAN', standing: 'plan', term: 0, ...paper, to: '2025-01-01' })).toBe('curriculum.datesReversed');
    expect(school.codeOf('curriculum.addStanding', { enrolmentId: first, subject: 'TOAN', standing: 'plan', term: 0, ...paper, reason: '' })).toBe('call.badInput');
    expect(school.codeOf('curriculum.addStanding', { enrolmentId: first, subject: 'TOAN', standing: 'plan', term: 0, ...paper }, teacher)).toBe('call.forbidden');
    expect(school.core.database.journalHead().seq).toBe(head);
  });
});

describe('years kept as their books show them', () => {
  test('are stored word for word, one per year, never for a year with sheets here', () => {
    const { found, pupils } = makeClass(year, 6, '6B');
    const personId = school.core.database.read.get(sql.selectFrom('enrolment').select('person_id').where('id', '=', pupils[0] ?? ''))?.person_id ?? '';
    const result = {
      year: '2009-2010', grade: 6, school: 'THCS Lê Lợi', className: '6C', lines: [{ subject: 'Toán', term1: '7,5', term2: '8,0', year: '7,8' }], learning: 'Khá', conduct: 'Tốt',
      outcome: 'Được lên lớp', award: 'HS tiên tiến', absences: '3',
    };
    const saved = school.value<{ printedId: string; version: number }>('curriculum.savePrinted', { personId, printedId: null, version: 0, result });
    expect(school.value('curriculum.printedResults', { personId })).toEqual({ years: [{ ...result, ...saved }] });
    expect(school.value('curriculum.printedResults', { personId }, teacher)).toEqual({ years: [] });
    expect(school.codeOf('curriculum.savePrinted', { personId, printedId: null, version: 0, result })).toBe('curriculum.printedYearKnown');
    expect(school.codeOf('curriculum.savePrinted', { personId, printedId: saved.printedId, version: 7, result })).toBe('database.changedMeanwhile');
    expect(school.codeOf('curriculum.savePrinted', { personId, printedId: null, version: 0, result: { ...result, year: found.year } })).toBe('curriculum.yearIsKept');
    expect(school.codeOf('curriculum.savePrinted', { personId, printedId: null, version: 0, result }, teacher)).toBe('call.forbidden');
    expect(school.codeOf('curriculum.cancelPrinted', { ...saved, reason: 'Chép nhầm học sinh' })).toBe('ok');
    expect(school.value('curriculum.printedResults', { personId })).toEqual({ years: [] });
  });
});
