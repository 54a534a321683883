import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { CrossTable, CountedMember, SnapshotDifference, SnapshotLine, Statistics } from '../../preload/contract/reports.ts';
import { emptySchool, teacher, type School } from '../curriculum/empty-school.ts';

const year = '2025-2026';
const byText = (a: string | undefined, b: string | undefined) => String(a).localeCompare(String(b));

/** A pupil as the test makes him; the oracle counts these and never asks the database. */
interface Made {
  grade: number;
  sex: 'male' | 'female';
  ethnic: string;
  birth: string;
  disability: string;
  policy: string;
  repeats: boolean;
  status: 'studying' | 'transferredIn' | 'transferredOut' | 'left';
  statusOn: string;
}

const made: fc.Arbitrary<Made> = fc.record({
  grade: fc.integer({ min: 6, max: 9 }), sex: fc.constantFrom('male', 'female'), ethnic: fc.constantFrom('Kinh', 'Tày', 'Mường', '', 'Người nước ngoài'),
  birth: fc.constantFrom('2012', '2013-05-01', '2014-02', '2011-12-31'), disability: fc.constantFrom('', '', 'Khuyết tật nhìn'), policy: fc.constantFrom('', '', 'Con liệt sĩ'),
  repeats: fc.boolean(), status: fc.constantFrom('studying', 'studying', 'studying', 'transferredIn', 'transferredOut', 'left'),
  statusOn: fc.constantFrom('2025-09-05', '2025-11-20', '2026-03-01'),
});

const schools: School[] = [];
afterEach(async () => { for (const school of schools.splice(0)) await school.close(); });

async function schoolOf(pupils: readonly Made[]): Promise<{ school: School; ids: string[] }> {
  const school = await emptySchool([year]);
  schools.push(school);
  const classes = new Map([6, 7, 8, 9].map(grade => [grade, school.addClass(year, grade, `${grade}A`).id]));
  const blank = { nationality: 'Việt Nam', religion: '', personal_id: '', birth_place: '', home_town: '', address: '', commune: 'Xã A', province: '', phone: '', email: '' };
  const ids = pupils.map((pupil, roll) => school.write(({ db, stamp }) => {
    const personId = insertRecord(db, stamp, 'person', {
      ...blank, name: `Em ${roll}`, sort_name: '', search_name: '', birth: pupil.birth, sex: pupil.sex, ethnic_group: pupil.ethnic, policy_group: pupil.policy, disability: pupil.disability,
    });
    return insertRecord(db, stamp, 'enrolment', {
      person_id: personId, class_id: classes.get(pupil.grade) ?? '', year, roll, status: pupil.status, status_on: pupil.statusOn, is_repeating: pupil.repeats ? 1 : 0,
    });
  }));
  return { school, ids };
}

/** Counted the long way round. */
function stands(pupil: Made, day: string): Made['status'] | null {
  if (pupil.statusOn <= day) return pupil.status;
  return pupil.status === 'transferredIn' ? null : 'studying';
}
const isHere = (pupil: Made, day: string) => { const status = stands(pupil, day); return status === 'studying' || status === 'transferredIn'; };

const countOf = (statistics: Statistics, section: string, row: string, column: string): number => {
  const found = statistics.sections.find(one => one.key === section);
  const at = found?.columns.findIndex(one => one.key === column) ?? -1;
  return found?.rows.find(one => one.key === row)?.counts[at] ?? 0;
};

describe('statistics', () => {
  test('say what one counts by hand, in any school, on any day, and each number lists whom it counts', async () => {
    await fc.assert(fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 25 }), fc.constantFrom('2025-09-30', '2025-12-31', '2026-05-31'), async (pupils, day) => {
      const { school, ids } = await schoolOf(pupils);
      const statistics = school.value<Statistics>('reports.statistics', { year, period: 'start', asOf: day });
      const here = pupils.filter(pupil => isHere(pupil, day));
      const minority = (pupil: Made) => pupil.ethnic === 'Tày' || pupil.ethnic === 'Mường';
      const expected: [string, string, (pupil: Made) => boolean][] = [
        ['pupils', 'pupils', () => true], ['pupils', 'femaleMinority', pupil => pupil.sex === 'female' && minority(pupil)], ['pupils', 'new', pupil => pupil.grade === 6 && !pupil.repeats],
        ['pupils', 'repeat', pupil => pupil.repeats], ['pupils', 'disabled', pupil => pupil.disability !== ''], ['pupils', 'policy', pupil => pupil.policy !== ''],
        ['ages', 'age:11', pupil => pupil.birth.startsWith('2014')], ['ages', 'age:14', pupil => pupil.birth.startsWith('2011')],
      ];
      for (const [section, row, has] of expected) {
        expect(countOf(statistics, section, row, 'total')).toBe(here.filter(has).length);
        expect(countOf(statistics, section, row, 'female')).toBe(here.filter(pupil => has(pupil) && pupil.sex === 'female').length);
        expect(countOf(statistics, section, row, 'minority')).toBe(here.filter(pupil => has(pupil) && minority(pupil)).length);
        for (const grade of [6, 7, 8, 9]) expect(countOf(statistics, section, row, `g${grade}`)).toBe(here.filter(pupil => has(pupil) && pupil.grade === grade).length);
      }
      for (const status of ['transferredIn', 'transferredOut', 'left'] as const) {
        expect(countOf(statistics, 'movements', status, 'total')).toBe(pupils.filter(pupil => stands(pupil, day) === status).length);
      }
      const { members } = school.value<{ members: CountedMember[] }>('reports.statisticsMembers', { year, period: 'start', asOf: day, section: 'pupils', row: 'disabled', column: 'total' });
      expect(members.map(member => member.id).toSorted(byText)).toEqual(ids.filter((_, index) => { const pupil = pupils[index]; return pupil !== undefined && isHere(pupil, day) && pupil.disability !== ''; }).toSorted(byText));
    }), { numRuns: 8 });
  });

  test('cross tables add up in both directions, and filters leave out exactly the others', async () => {
    await fc.assert(fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 25 }), async pupils => {
      const day = '2026-05-31';
      const { school } = await schoolOf(pupils);
      const question = { year, asOf: day, rows: 'ethnicGroup', columns: 'grade', filters: [{ by: 'sex', key: 'female' }] };
      const table = school.value<CrossTable>('reports.cross', question);
      const asked = pupils.filter(pupil => isHere(pupil, day) && pupil.sex === 'female');
      expect(table.total).toBe(asked.length);
      for (const row of table.rows) {
        expect(row.total).toBe(asked.filter(pupil => pupil.ethnic === row.key).length);
        expect(row.counts).toEqual(table.columns.map(column => asked.filter(pupil => pupil.ethnic === row.key && String(pupil.grade) === column.key).length));
      }
      expect(table.columns.reduce((sum, column) => sum + column.total, 0)).toBe(asked.length);
      const [row] = table.rows;
      if (row !== undefined) expect(school.value<{ members: CountedMember[] }>('reports.crossMembers', { question, row: row.key, column: null }).members).toHaveLength(row.total);
    }), { numRuns: 6 });
  });
});

const pupil = (over: Partial<Made> = {}): Made => ({ grade: 6, sex: 'male', ethnic: 'Kinh', birth: '2014', disability: '', policy: '', repeats: false, status: 'studying', statusOn: '2025-09-05', ...over });

describe('a frozen report', () => {
  const asked = { year, period: 'start', asOf: '2025-09-30' } as const;

  test('stays as it was sent, refuses every change, and the difference names number, pupil and who changed what', async () => {
    const { school, ids } = await schoolOf([pupil(), pupil({ sex: 'female' }), pupil({ grade: 7 })]);
    const { snapshotId } = school.value<{ snapshotId: string }>('reports.freeze', { ...asked, note: 'Gửi Sở' });
    const sent = school.value<{ statistics: Statistics }>('reports.snapshot', { snapshotId });
    expect(school.value<SnapshotDifference>('reports.difference', { snapshotId })).toEqual({ numbers: [], members: [] });

    school.write(({ db, stamp }) => {
      const person = db.get(sql.selectFrom('person').innerJoin('enrolment', 'enrolment.person_id', 'person.id').where('enrolment.id', '=', ids[0] ?? '').select(['person.id', 'person.version']));
      updateRecord(db, stamp, 'person', person?.id ?? '', person?.version ?? 0, { disability: 'Khuyết tật nhìn' });
      updateRecord(db, stamp, 'enrolment', ids[2] ?? '', 1, { status: 'left', status_on: '2025-09-20' });
    });
    expect(school.value('reports.snapshot', { snapshotId })).toEqual(sent);

    const { numbers, members } = school.value<SnapshotDifference>('reports.difference', { snapshotId });
    const change = (row: string, column: string) => numbers.find(one => one.row === row && one.column === column);
    expect(change('Khuyết tật', 'Tổng số')).toMatchObject({ before: 0, after: 1 });
    expect(change('Tổng số học sinh', 'Khối 7')).toMatchObject({ before: 1, after: 0 });
    expect(change('Thôi học', 'Tổng số')).toMatchObject({ before: 0, after: 1 });
    expect(members.map(member => member.id).toSorted(byText)).toEqual([ids[0], ids[2]].toSorted(byText));
    const left = members.find(member => member.id === ids[2]);
    expect(left?.changes.map(one => [one.what, one.before, one.after, one.actor])).toContainEqual(['Trạng thái', 'Đang học', 'Thôi học', 'test']);
    expect(members.find(member => member.id === ids[0])?.changes.map(one => one.what)).toEqual(['Khuyết tật']);

    const refused = () => school.write(({ db, stamp }) => { updateRecord(db, stamp, 'report_snapshot', snapshotId, 1, { note: 'khác' }); });
    expect(refused).toThrow('reports.snapshotFixed');
    expect(() => school.write(({ db }) => { db.writePrepared('delete from report_snapshot', []); })).toThrow('database.noDelete');
    const { snapshots } = school.value<{ snapshots: SnapshotLine[] }>('reports.snapshots', { year });
    expect(snapshots.map(line => [line.note, line.period])).toEqual([['Gửi Sở', 'start']]);
  });

  test('is the office\'s alone, and a day outside the year is refused by name', async () => {
    const { school } = await schoolOf([pupil()]);
    expect(school.codeOf('reports.statistics', asked, teacher)).toBe('call.forbidden');
    expect(school.codeOf('reports.freeze', { ...asked, note: '' }, teacher)).toBe('call.forbidden');
    expect(school.codeOf('reports.freeze', { ...asked, asOf: '2024-09-30', note: '' })).toBe('reports.dayOutside');
    expect(school.value<{ snapshots: SnapshotLine[] }>('reports.snapshots', { year }).snapshots).toEqual([]);
  });
});
