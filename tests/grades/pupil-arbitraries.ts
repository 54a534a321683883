import * as fc from 'fast-check';
import { steady } from './pupil-lines.ts';
import type { Line } from './pupil-lines.ts';

/** Random pupils that the command accepts, crowded around the limits of the rules, with gaps, re-assessments and absences. */

const PERIODS = [17, 35, 36, 52, 70, 71, 104, 105, 140];

const markNear = (base: number): fc.Arbitrary<number> =>
  fc.integer({ min: -6, max: 6 }).map((step) => Math.min(100, Math.max(0, base * 10 + step)) / 10);

interface Shape {
  ruleSet: 'TT22-2021' | 'TT58-2011' | 'TT26-2020';
  grade: number;
  gaps: boolean;
}

function ongoingCount({ ruleSet }: Shape, kind: string, periods: number): number {
  if (ruleSet === 'TT22-2021' && kind === 'comment') return 2;
  if (periods <= 35) return 2;
  if (ruleSet === 'TT58-2011') return periods < 105 ? 3 : 4;
  return periods <= 70 ? 3 : 4;
}

function termArbitrary(shape: Shape, kind: 'score' | 'comment', periods: number, entry: fc.Arbitrary<unknown>): fc.Arbitrary<Line> {
  const needed = ongoingCount(shape, kind, periods);
  const most =
    shape.ruleSet === 'TT58-2011' ? needed + 3 : needed + (shape.ruleSet === 'TT22-2021' && kind === 'score' && shape.grade >= 10 ? 1 : 0);
  const cell = shape.gaps ? fc.option(entry, { freq: 60 }) : entry;
  const ongoing = fc.array(cell, { minLength: shape.gaps ? needed - 1 : needed, maxLength: most, size: 'max' });
  return shape.ruleSet === 'TT58-2011'
    ? fc.record({ ongoing, periodic: fc.array(cell, { maxLength: 3 }), final: cell })
    : fc.record({ ongoing, mid: cell, final: cell });
}

function subjectArbitrary(shape: Shape, kind: 'score' | 'comment', base: number, index: number): fc.Arbitrary<Line> {
  const pass = fc.oneof({ weight: 30, arbitrary: fc.constant('D') }, { weight: 1, arbitrary: fc.constant('CD') });
  const entries = (odd: number): fc.Arbitrary<unknown> => {
    if (kind === 'score') return markNear(odd >= 0 ? odd : base);
    return odd >= 0 ? fc.constantFrom('D', 'CD') : pass;
  };
  const cores = shape.ruleSet === 'TT58-2011' ? 2 : 3;
  return fc
    .record({ periods: fc.constantFrom(...PERIODS), odd: fc.constantFrom(-1, -1, -1, -1, 1, 1.9, 3, 3.4, 4.5, 5, 6.4) })
    .chain(({ periods, odd }) => {
      const term = termArbitrary(shape, kind, periods, entries(odd));
      const again: fc.Arbitrary<unknown> = kind === 'score' ? fc.constantFrom(2, 3.5, 4.9, 5, 6.5, 10) : fc.constantFrom('D', 'CD');
      return fc.record({
        code: fc.constant(`${kind === 'score' ? 'S' : 'N'}${index}`),
        kind: fc.constant(kind),
        periodsPerYear: fc.constant(periods),
        terms: fc.tuple(term, term),
        reassessed: fc.option(again, { freq: 1 }),
        core: fc.constant(kind === 'score' && index < cores),
      });
    });
}

const maybe = (among: readonly string[], mayMiss: boolean): fc.Arbitrary<string | null> =>
  mayMiss ? fc.option(fc.constantFrom(...among), { freq: 20 }) : fc.constantFrom(...among);

/** Pupils of every secondary rule set. */
export const secondaryPupil: fc.Arbitrary<Line> = fc
  .record({
    shape: fc.record({
      ruleSet: fc.constantFrom<Shape['ruleSet'][]>('TT22-2021', 'TT22-2021', 'TT58-2011', 'TT26-2020'),
      grade: fc.integer({ min: 6, max: 12 }),
      gaps: fc.constantFrom(false, false, false, true),
    }),
    base: fc.constantFrom(4, 5, 6.5, 8, 8.5, 9),
    scored: fc.integer({ min: 3, max: 9 }),
    commented: fc.integer({ min: 0, max: 4 }),
  })
  .chain(({ shape, base, scored, commented }) => {
    const levels = shape.ruleSet === 'TT22-2021' ? ['T', 'K', 'D', 'CD'] : ['T', 'K', 'TB', 'Y'];
    const level = fc.option(fc.constantFrom(...levels), { freq: shape.gaps ? 8 : 1_000 });
    return fc.record({
      id: fc.string(),
      ruleSet: fc.constant(shape.ruleSet),
      grade: fc.constant(shape.grade),
      subjects: fc.tuple(
        ...Array.from({ length: scored }, (_, index) => subjectArbitrary(shape, 'score', base, index)),
        ...Array.from({ length: commented }, (_, index) => subjectArbitrary(shape, 'comment', base, index)),
      ),
      conduct: fc.tuple(level, level),
      conductYear: level,
      summerConduct: fc.option(fc.constantFrom(...levels), { freq: 2 }),
      absences: fc.constantFrom(0, 3, 44, 45, 46, 60),
      options: fc.record(
        { adjustmentReading: fc.constantFrom('waive', 'exclude'), adjustmentSubject: fc.constantFrom('any', 'scored') },
        { requiredKeys: [] },
      ),
    });
  });

/** Pupils of TT27, with and without support. */
export const primaryPupil: fc.Arbitrary<Line> = fc
  .record({
    grade: fc.integer({ min: 1, max: 5 }),
    subjects: fc.integer({ min: 1, max: 11 }),
    levels: fc.constantFrom(['T'], ['T', 'T', 'T', 'T', 'T', 'H'], ['T', 'H'], ['H', 'H', 'H', 'H', 'H', 'H', 'C']),
    qualities: fc.constantFrom(['T'], ['T', 'T', 'T', 'T', 'T', 'D'], ['T', 'D'], ['D', 'D', 'D', 'D', 'D', 'D', 'C']),
    lowest: fc.constantFrom(4, 5, 7, 9),
    tested: fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }),
    gaps: fc.constantFrom(false, false, false, true),
  })
  .chain(({ grade, subjects, levels, qualities, lowest, tested, gaps }) => {
    const record = (subjectLevels: readonly string[], mayMiss: boolean): fc.Arbitrary<Line> =>
      fc.record({
        subjects: fc.tuple(
          ...Array.from({ length: subjects }, (_, index) =>
            fc.record({
              code: fc.constant(`S${index}`),
              level: maybe(subjectLevels, mayMiss),
              endOfYearTest: tested[index] === true ? fc.integer({ min: lowest, max: 10 }) : fc.constant(null),
            }),
          ),
        ),
        qualities: fc.tuple(...Array.from({ length: 5 }, () => maybe(qualities, mayMiss))),
        competences: fc.tuple(...Array.from({ length: grade <= 2 ? 8 : 10 }, () => maybe(qualities, mayMiss))),
      });
    return fc
      .record({
        year: record(levels, gaps),
        supplement: fc.option(record(['T', 'H'], false), { freq: 1 }),
        principalPromotes: fc.constantFrom(true, false, null),
        recognised: fc.boolean(),
        id: fc.string(),
      })
      .map(({ year, ...more }) => ({ ruleSet: 'TT27-2020', grade, ...year, ...more }));
  });

/** A small pupil of each rule set to bend into something wrong. */
export const anyPupil: fc.Arbitrary<Line> = fc.oneof(
  { weight: 3, arbitrary: secondaryPupil },
  { weight: 2, arbitrary: primaryPupil },
  { weight: 1, arbitrary: fc.constant<Line>({ id: 'x', ruleSet: 'TT22-2021', grade: 6, subjects: [steady('T', 7)], conduct: [], absences: 0 }) },
);
