import { describe, expect, test } from 'vitest';
import { dayAYearLater, yearAfter } from '../../main/school/year-steps.ts';
import { endsLevel, gradesOpenTo, proposedClasses, proposedPlace, raisedName, type OldClass } from '../../main/year-end/roll-over-plan.ts';

const old = (name: string, grade: number): OldClass => ({ id: `id-${name}`, name, grade, homeroomStaffId: `gv-${name}`, homeroom: `Cô ${name}` });
const made = (classes: ReturnType<typeof proposedClasses>) => classes.map(one => `${one.name}/${one.grade}←${one.fromClassId ?? ''}${one.homeroom === null ? '' : '+gv'}`);

describe('from one year to the next', () => {
  test('years and days', () => {
    expect(yearAfter('2025-2026')).toBe('2026-2027');
    expect(dayAYearLater('2025-09-05')).toBe('2026-09-05');
    expect(dayAYearLater('2028-02-29')).toBe('2029-02-28');
  });

  test('a class goes up by its name; a name that does not begin with the grade stays', () => {
    expect(raisedName('6A', 6)).toBe('7A');
    expect(raisedName('6A1', 6)).toBe('7A1');
    expect(raisedName('10 Toán', 10)).toBe('11 Toán');
    expect(raisedName('1A', 10)).toBe('1A');
    // "12" of a class called 1/2 is no grade 1.
    expect(raisedName('12B', 1)).toBe('12B');
  });

  test('grades 5, 9 and 12 end a programme', () => {
    expect(Array.from({ length: 12 }, (_, index) => index + 1).filter(endsLevel)).toEqual([5, 9, 12]);
  });

  test('every class goes up with its teacher, the first grade of the level begins anew, the last one leaves', () => {
    expect(made(proposedClasses([old('6A', 6), old('7A', 7), old('8A', 8), old('9A', 9)], new Set(), []))).toEqual([
      '6A/6←id-6A', '7A/7←id-6A+gv', '8A/8←id-7A+gv', '9A/9←id-8A+gv',
    ]);
  });

  test('a grade with repeaters and no class of its own gets its old classes again', () => {
    expect(made(proposedClasses([old('7B', 7), old('9A', 9)], new Set([9]), []))).toEqual(['8B/8←id-7B+gv', '9A/9←id-9A']);
    expect(made(proposedClasses([old('7B', 7), old('8A', 8)], new Set([8]), []))).toEqual(['8B/8←id-7B+gv', '9A/9←id-8A+gv']);
  });

  test('a class that is there already stays as it is', () => {
    const classes = proposedClasses([old('6A', 6)], new Set(), [{ name: '7A', grade: 7, homeroomStaffId: 'moi', homeroom: 'Thầy mới' }]);
    expect(classes.find(one => one.name === '7A')).toMatchObject({ exists: true, homeroomStaffId: 'moi', fromClassId: 'id-6A' });
  });

  test('where a pupil goes unless somebody says otherwise', () => {
    expect(proposedPlace('promoted', '6A', 6)).toEqual({ kind: 'class', name: '7A' });
    expect(proposedPlace('completed', '9A', 9)).toEqual({ kind: 'leaves' });
    expect(proposedPlace('repeat', '7A', 7)).toEqual({ kind: 'open' });
    expect([gradesOpenTo('promoted', 6), gradesOpenTo('repeat', 6), gradesOpenTo('completed', 5), gradesOpenTo('undecided', 6)]).toEqual([[7], [6], [6], [6, 7]]);
    expect(proposedPlace('undecided', '6A', 6)).toEqual({ kind: 'open' });
  });
});
