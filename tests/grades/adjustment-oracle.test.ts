import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learningLevel22 } from '../../main/grades/rules/tt22-2021.ts';
import { learningLevel58 } from '../../main/grades/rules/tt58-2011.ts';
import { level22, level58, rawLevel22 } from './adjustment-oracle.ts';
import type { Value } from './adjustment-oracle.ts';

/** The engine beside an oracle that was written another way, on pupils near the limits. */

const LEVELS_22 = ['CD', 'D', 'K', 'T'];
const LEVELS_58 = ['KEM', 'Y', 'TB', 'K', 'G'];

/** Marks on, just under and just above every limit of both circulars, and anything between. */
const limits = [20, 35, 50, 65, 80, 90].flatMap((limit) => [limit - 1, limit, limit + 1]);
const tenths = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...limits) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 100 }) },
);
const steadyBase = fc.constantFrom(50, 65, 80, 85, 90);
const comment = fc.oneof({ weight: 6, arbitrary: fc.constant<Value>('D') }, { weight: 1, arbitrary: fc.constant<Value>('CD') });

/** Mostly even pupils with a few odd subjects: there the adjustment is decided. */
const values = fc
  .tuple(steadyBase, fc.integer({ min: 0, max: 9 }), fc.array(tenths, { maxLength: 4 }), fc.array(comment, { maxLength: 4 }))
  .chain(([base, even, odd, comments]) => {
    const list: Value[] = [...Array<Value>(even).fill(base), ...odd, ...comments];
    return fc.shuffledSubarray(list, { minLength: list.length });
  });

describe('TT22 adjustment', () => {
  test.each([
    ['waive', 'any'],
    ['waive', 'scored'],
    ['exclude', 'any'],
    ['exclude', 'scored'],
  ] as const)('%s, %s subjects', (reading, subject) => {
    let adjusted = 0;
    fc.assert(
      fc.property(values, (list) => {
        const found = learningLevel22(list, reading, subject);
        expect(found.unadjusted).toBe(LEVELS_22[rawLevel22(list)]);
        expect(found.level).toBe(LEVELS_22[level22(list, reading, subject)]);
        expect(found.otherReading).toBe(LEVELS_22[level22(list, reading === 'waive' ? 'exclude' : 'waive', subject)]);
        expect(found.adjustment === null).toBe(found.level === found.unadjusted);
        if (found.adjustment) adjusted += 1;
      }),
      { numRuns: 5_000, seed: 22_2021 },
    );
    expect(adjusted).toBeGreaterThan(50);
  });

  test('never makes a level worse, nor better than Khá', () => {
    fc.assert(
      fc.property(values, (list) => {
        const { level, unadjusted } = learningLevel22(list);
        expect(LEVELS_22.indexOf(level)).toBeGreaterThanOrEqual(LEVELS_22.indexOf(unadjusted));
        if (level !== unadjusted) expect(level).not.toBe('T');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('TT58 adjustment', () => {
  const subjects = fc
    .tuple(values, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }))
    .map(([list, cores]) => list.map((value, index) => ({ value, core: cores[index] ?? false })))
    .filter((list) => list.some(({ value, core }) => core && typeof value === 'number'));

  test('both columns of the table, Giỏi to Kém left to a person', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(subjects, (list) => {
        const found = learningLevel58(list);
        const expected = level58(list);
        expect(found?.unadjusted).toBe(LEVELS_58[expected.unadjusted]);
        expect(found?.level).toBe(LEVELS_58[expected.level]);
        expect(found?.adjustment?.decided === false).toBe(expected.silent);
        if (found?.adjustment) {
          const step = `${found.adjustment.reached} ${found.unadjusted}`;
          seen.set(step, (seen.get(step) ?? 0) + 1);
        }
      }),
      { numRuns: 20_000, seed: 58_2011 },
    );
    expect([...seen.keys()].toSorted()).toEqual(['G KEM', 'G TB', 'G Y', 'K KEM', 'K Y']);
  });
});
