import { describe, expect, test } from 'vitest';
import { median, swappedDigits, watchSheet, type ForeignColumn, type MarksOfColumn, type SheetToWatch } from '../../main/gradebook/warning-rules.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';

type Marks = (number | null)[];
const sheet = (columns: Partial<Record<MarkColumn, Marks>>, foreign: ForeignColumn[] = [], isScored = true): SheetToWatch =>
  ({ columns: Object.entries(columns).map(([column, marks]) => ({ column, marks }) as MarksOfColumn), foreign, isScored });
const found = (watched: SheetToWatch) => watchSheet(watched).map(({ words, column, otherColumn, pupils }) => [words, column, otherColumn ?? null, pupils.length]);
const kinds = (watched: SheetToWatch) => watchSheet(watched).map(one => one.kind);

// Twelve pupils, each near to himself: no two columns alike, nothing odd.
const a: Marks = [75, 60, 85, 50, 90, 65, 70, 55, 80, 95, 62, 78];
const b: Marks = [70, 65, 80, 55, 95, 60, 75, 50, 85, 90, 58, 81];
const c: Marks = [78, 58, 88, 48, 92, 66, 68, 57, 79, 97, 64, 74];

describe('warnings about a sheet', () => {
  test('an ordinary sheet has none', () => {
    expect(watchSheet(sheet({ tx1: a, tx2: b, gk: c, ck: a.map(mark => (mark ?? 0) + 2) }))).toEqual([]);
  });

  test('a column typed one row too low, and one row too high', () => {
    expect(found(sheet({ tx1: a, tx2: [40, ...a.slice(0, -1)] }))).toContainEqual(['shiftedDown', 'tx2', 'tx1', 12]);
    expect(found(sheet({ tx1: a, tx2: [...a.slice(1), 40] }))).toContainEqual(['shiftedUp', 'tx2', 'tx1', 12]);
  });

  test('shifted against the same subject an earlier term, with one mark mended by hand', () => {
    const shifted = [40, ...a.slice(0, -1)];
    shifted[6] = 99;
    const earlier: ForeignColumn = { column: 'gk', marks: a, of: 'term', name: 'Giữa kì học kì 1' };
    expect(found(sheet({ gk: shifted }, [earlier]))).toContainEqual(['shiftedDownForeign', 'gk', null, 12]);
  });

  test('a column identical to another of the sheet, of the term before, of another subject', () => {
    expect(found(sheet({ tx1: a, tx2: [...a] }))).toEqual([['identical', 'tx2', 'tx1', 12]]);
    const other = (of: 'term' | 'subject'): ForeignColumn => ({ column: 'gk', marks: [...a], of, name: 'x' });
    expect(found(sheet({ gk: a }, [other('term')]))).toEqual([['identicalTerm', 'gk', null, 12]]);
    expect(watchSheet(sheet({ gk: a }, [other('subject')]))).toMatchObject([{ kind: 'wrongColumn', words: 'otherSubject' }]);
  });

  test('eight equal pairs are needed: a small class, or a column with two different marks only, is alike by chance', () => {
    expect(kinds(sheet({ tx1: a.slice(0, 7), tx2: a.slice(0, 7) }))).toEqual([]);
    const two = [80, 90, 80, 90, 80, 90, 80, 90, 80, 90, 80, 90];
    expect(kinds(sheet({ tx1: two, tx2: [...two] }))).toEqual([]);
  });

  test('marks in the neighbouring column: what comes before stands empty', () => {
    const none: Marks = a.map(() => null);
    expect(found(sheet({ tx1: a, tx2: none, tx3: b, gk: none })).filter(([words]) => words === 'skipped')).toEqual([['skipped', 'tx3', 'tx2', 12]]);
    expect(found(sheet({ tx1: none, tx2: none, gk: a })).filter(([words]) => words === 'noOngoing')).toEqual([['noOngoing', 'gk', 'tx1', 12]]);
    expect(found(sheet({ tx1: a, gk: none, ck: b })).filter(([words]) => words === 'skipped')).toEqual([['skipped', 'ck', 'gk', 12]]);
    expect(found(sheet({ tx1: a, gk: b, ck: none })).filter(([words]) => words !== 'missingColumn')).toEqual([]);
  });

  test('a jump is 3,0 from the pupil’s own median, and needs three other marks of his', () => {
    const low = [...c];
    low[0] = 40; // 7,5 7,0 7,8 and 4,0: the median of the others is 7,5
    expect(found(sheet({ tx1: a, tx2: b, gk: c, ck: low }))).toEqual([['jump', 'ck', null, 1]]);
    low[0] = 46;
    expect(kinds(sheet({ tx1: a, tx2: b, gk: c, ck: low }))).toEqual([]);
    low[0] = 40;
    expect(kinds(sheet({ tx1: a, gk: b, ck: low }))).toEqual([]);
  });

  test('7,5 typed as 5,7 is told as swapped, not as a jump; 5,5 and 8,0 cannot be', () => {
    const swapped = [...a];
    swapped[2] = 58; // 8,5 8,0 8,8: 5,8 should be 8,5
    expect(watchSheet(sheet({ tx1: b, tx2: c, tx3: a, gk: swapped }))).toMatchObject([{ kind: 'swapped', column: 'gk', params: { tenths: 58, back: 85 }, pupils: [2] }]);
    expect([swappedDigits(57), swappedDigits(55), swappedDigits(80), swappedDigits(100), swappedDigits(5)]).toEqual([75, null, null, null, null]);
  });

  test('the same mark for all, in a scored subject only', () => {
    const same: Marks = a.map(() => 80);
    expect(watchSheet(sheet({ tx1: same }))).toMatchObject([{ kind: 'allSame', params: { count: 12, tenths: 80 } }]);
    expect(watchSheet(sheet({ tx1: a.map(() => 1) }, [], false))).toEqual([]);
  });

  test('missing cells are named one by one, a column without any mark as one', () => {
    const holes = [...a];
    holes[3] = null;
    expect(watchSheet(sheet({ tx1: holes, tx2: a.map(() => null) })).filter(one => one.kind === 'missing')).toMatchObject([
      { words: 'missing', column: 'tx1', pupils: [3] }, { words: 'missingColumn', column: 'tx2', params: { count: 12 } },
    ]);
  });

  test('the median is a mark the pupil got', () => {
    expect([median([70, 90, 80]), median([70, 80]), median([100])]).toEqual([80, 70, 100]);
  });
});
