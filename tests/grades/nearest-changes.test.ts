import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPupil } from '../../main/grades/assess-input.ts';
import type { Pupil, Pupil27, Subject, TermEntries } from '../../main/grades/rules/assessment-types.ts';
import { assessPupil } from '../../main/grades/rules/assess-pupil.ts';
import type { EntryChange, NearestChange, Outcome } from '../../main/grades/rules/change-types.ts';
import { nearestChanges } from '../../main/grades/rules/nearest-changes.ts';
import { primaryPupil, secondaryPupil } from './pupil-arbitraries.ts';
import { pupil22, pupil27, pupil58, steady, subjectsOf, times } from './pupil-lines.ts';

/** What would change a result: applied to the pupil it gives what it says, and one tenth less does not. */

/** Written apart from the search: the outcome read off the whole answer of the rules. */
function outcome(pupil: Pupil, scope: NearestChange['scope']): Outcome {
  const found = assessPupil(pupil);
  if (found.ruleSet === 'TT27-2020') return { learning: found.level, award: found.award, promotion: found.promoted === null ? null : found.promoted ? 'promoted' : 'repeat' };
  const titles = 'titles' in found ? found : null;
  if (scope === 'term1') return { learning: found.learning[0]?.level ?? null, award: titles?.titles[0] ?? null, promotion: null };
  return {
    learning: found.learningYear?.level ?? null, award: found.ruleSet === 'TT22-2021' ? found.award : (titles?.titleYear ?? null), promotion: found.decision.promotion,
  };
}

function entriesWith(entries: TermEntries<unknown>, { slot, index, to }: EntryChange): TermEntries<unknown> {
  if (slot === 'final') return { ...entries, final: to };
  const list = slot === 'ongoing' ? [...entries.ongoing] : [...entries.periodic];
  while (list.length < index) list.push(null);
  list[index] = to;
  return { ...entries, [slot]: list };
}

function applied(pupil: Pupil, change: EntryChange): Pupil {
  if (pupil.ruleSet === 'TT27-2020') return appliedPrimary(pupil, change);
  const subjects = pupil.subjects.map((subject): Subject => {
    if (subject.code !== change.subject) return subject;
    return { ...subject, terms: subject.terms.map((entries, term) => (term === change.term ? entriesWith(entries, change) : entries)) } as unknown as Subject;
  });
  return { ...pupil, subjects };
}

function appliedPrimary(pupil: Pupil27, { subject, slot, index, to }: EntryChange): Pupil27 {
  if (slot === 'quality') return { ...pupil, qualities: pupil.qualities.with(index, to as never) };
  if (slot === 'competence') return { ...pupil, competences: pupil.competences.with(index, to as never) };
  const value = slot === 'level' ? { level: to as never } : { endOfYearTest: Number(to) / 10 };
  return { ...pupil, subjects: pupil.subjects.map(known => (known.code === subject ? { ...known, ...value } : known)) };
}

const all = (pupil: Pupil, changes: readonly EntryChange[]) => changes.reduce(applied, pupil);

function expectExact(pupil: Pupil): number {
  const found = nearestChanges(pupil);
  for (const { kind, scope, changes, effects } of found) {
    const before = outcome(pupil, scope);
    const after = outcome(all(pupil, changes), scope);
    expect(effects.length).toBeGreaterThan(0);
    for (const effect of effects) expect(effect).toEqual({ field: effect.field, before: before[effect.field], after: after[effect.field] });
    // A mark one tenth (a primary test one mark) short of it changes nothing of what is told.
    const unit = pupil.ruleSet === 'TT27-2020' ? 10 : 1;
    if (kind === 'missing') {
      const least = changes.find(({ to }) => typeof to === 'number');
      if (least === undefined || least.to === 0) continue;
      const short = outcome(all(pupil, changes.map(change => (typeof change.to === 'number' ? { ...change, to: change.to - 1 } : change))), scope);
      expect(short).not.toEqual(after);
    } else {
      const [change] = changes;
      if (typeof change?.from !== 'number' || typeof change.to !== 'number') continue;
      const short = outcome(applied(pupil, { ...change, to: change.to + (kind === 'raise' ? -unit : unit) }), scope);
      for (const { field } of effects) expect(short[field], JSON.stringify(change)).toBe(before[field]);
    }
  }
  return found.length;
}

describe('what would change it', () => {
  test('is exact for every secondary pupil', () => {
    let told = 0;
    fc.assert(fc.property(secondaryPupil, line => { told += expectExact(readPupil(line)); }), { numRuns: 400 });
    expect(told).toBeGreaterThan(100);
  });

  test('is exact for every primary pupil', () => {
    let told = 0;
    fc.assert(fc.property(primaryPupil, line => { told += expectExact(readPupil(line)); }), { numRuns: 400 });
    expect(told).toBeGreaterThan(400);
  });

  test('overlooks no nearer mark: every other single mark within the same distance leaves the level as it is', () => {
    fc.assert(fc.property(secondaryPupil, line => {
      const pupil = readPupil(line);
      const nearest = nearestChanges(pupil).filter(({ kind, scope }) => kind === 'raise' && scope === 'year')[0];
      if (pupil.ruleSet === 'TT27-2020' || nearest?.tenths == null || nearest.tenths < 2) return;
      const before = outcome(pupil, 'year');
      for (const subject of pupil.subjects) {
        if (subject.kind === 'comment') continue;
        for (const term of [0, 1] as const) {
          const { ongoing, periodic, final } = subject.terms[term];
          const marks = [
            ...ongoing.map((from, index) => ({ slot: 'ongoing', index, from }) as const), ...periodic.map((from, index) => ({ slot: 'periodic', index, from }) as const),
            { slot: 'final', index: 0, from: final } as const,
          ];
          for (const { slot, index, from } of marks) {
            if (from === null) continue;
            const to = Math.min(100, from + nearest.tenths - 1);
            expect(outcome(applied(pupil, { subject: subject.code, term, slot, index, from, to }), 'year')).toEqual(before);
          }
        }
      }
    }), { numRuns: 60 });
  });
});

const told = (line: unknown) => nearestChanges(readPupil(line));

describe('a teacher reads that', () => {
  test('TT22: one mark is missing for Tốt, and the heaviest of them is the nearest', () => {
    const line = pupil22(subjectsOf([8, 8, 8, 8, 8, 7.9, 7, 7]));
    expect(told(line)[0]).toEqual({
      kind: 'raise', scope: 'year', tenths: 2,
      changes: [{ subject: 'S5', term: 1, slot: 'final', index: 0, from: 79, to: 81 }],
      effects: [{ field: 'learning', before: 'K', after: 'T' }, { field: 'award', before: null, after: 'G' }],
    });
  });
  test('TT22: the final test still missing decides between the levels', () => {
    const subject = steady('X', 8);
    const terms = (subject['terms'] as Record<string, unknown>[]).map((term, index) => (index === 1 ? { ...term, final: null } : term));
    const missing = told(pupil22([...subjectsOf([8, 8, 8, 8, 8, 7, 7]), { ...subject, terms }])).filter(({ kind }) => kind === 'missing');
    expect(missing.map(({ tenths, effects }) => [tenths, effects[0]?.after])).toEqual([[0, 'K'], [79, 'T']]);
    expect(missing[1]?.changes).toEqual([{ subject: 'X', term: 1, slot: 'final', index: 0, from: null, to: 79 }]);
  });
  test('TT58: the core subject that lacks a tenth for Giỏi', () => {
    const line = pupil58('TT58-2011', subjectsOf([7.9, 7.9, 8.5, 8.5, 8.5, 8.5, 8.5, 8.5]));
    expect(told(line)[0]).toMatchObject({ changes: [{ subject: 'S0', to: 81 }], effects: [{ field: 'learning', before: 'K', after: 'G' }, { field: 'award' }] });
  });
  test('TT27: one test keeps from Hoàn thành xuất sắc', () => {
    const line = pupil27({ levels: times(3, 'T'), tests: [9, 8, 9], qualities: times(15, 'T') });
    expect(told(line)[0]).toEqual({
      kind: 'raise', scope: 'year', tenths: 10,
      changes: [{ subject: 'S1', term: null, slot: 'test', index: 0, from: 80, to: 90 }],
      effects: [{ field: 'learning', before: 'HTT', after: 'HTXS' }, { field: 'award', before: null, after: 'XS' }],
    });
  });
  test('nothing lifts a pupil who has all', () => {
    expect(told(pupil22(subjectsOf(times(8, 10)))).filter(({ kind }) => kind === 'raise')).toEqual([]);
  });
});
