import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessLine } from '../../main/grades/assess.ts';
import type { SecondaryRuleSet, SubjectKind } from '../../main/grades/rules/assessment-types.ts';
import { ongoingRequired } from '../../main/grades/rules/subject-results.ts';
import { anyPupil, primaryPupil, secondaryPupil } from './pupil-arbitraries.ts';
import { answerTo } from './pupil-lines.ts';
import type { Answer, Line } from './pupil-lines.ts';

/** What must hold for every pupil, whatever the marks are. */

const SECONDARY = ['id', 'subjects', 'learning', 'learningYear', 'learningFinal', 'conductYear', 'conductFinal', 'promotion', 'award', 'flags'];
const MORE_58 = ['average', 'averageYear', 'titles', 'titleYear'];
const PRIMARY = ['id', 'level', 'completedProgramme', 'promoted', 'completedPrimary', 'award', 'awardCandidate', 'flags'];

function fieldsOf(ruleSet: unknown): string[] {
  if (ruleSet === 'TT27-2020') return PRIMARY.toSorted();
  return (ruleSet === 'TT22-2021' ? SECONDARY : [...SECONDARY, ...MORE_58]).toSorted();
}

/** The answer as a set: subjects by code, flags sorted. */
function unordered(answer: Answer): unknown {
  return { ...answer, subjects: answer.subjects.toSorted((left, right) => left.code.localeCompare(right.code)), flags: answer.flags.toSorted() };
}

function check<Arguments>(property: fc.IProperty<Arguments>, numRuns = 700): void {
  fc.assert(property, { numRuns });
}

describe('every pupil that is valid', () => {
  test('is answered with every field of the rule set, flags without repeats', () => {
    check(
      fc.property(anyPupil, (line) => {
        const answer = answerTo(line);
        expect(Object.keys(answer).toSorted()).toEqual(fieldsOf(line['ruleSet']));
        expect(new Set(answer.flags).size).toBe(answer.flags.length);
        expect(answer.id).toBe(line['id']);
      }),
    );
  });

  test('is incomplete exactly when an incomplete flag is there', () => {
    check(
      fc.property(secondaryPupil, (line) => {
        const { promotion, flags } = answerTo(line);
        expect(promotion === 'incomplete').toBe(flags.some((flag) => flag.startsWith('incomplete:')));
      }),
    );
  });

  test('is answered the same in any order of the subjects', () => {
    const shuffled = secondaryPupil.chain((line) => {
      const subjects = line['subjects'] as Line[];
      return fc.tuple(fc.constant(line), fc.shuffledSubarray(subjects, { minLength: subjects.length }));
    });
    check(
      fc.property(shuffled, ([line, subjects]) => {
        expect(unordered(answerTo({ ...line, subjects }))).toEqual(unordered(answerTo(line)));
      }),
    );
  });

  test('is answered the same when short lists are filled up with null', () => {
    check(
      fc.property(secondaryPupil, (line) => {
        const subjects = (line['subjects'] as Line[]).map((subject) => ({
          ...subject,
          terms: (subject['terms'] as { ongoing: unknown[] }[]).map((term) => ({ ...term, ongoing: padded(term.ongoing, line['ruleSet'], subject) })),
        }));
        expect(answerTo({ ...line, subjects })).toEqual(answerTo(line));
      }),
    );
  });

  test('is answered the same with --explain, because[] aside', () => {
    check(
      fc.property(anyPupil, (line) => {
        const { because, ...answer } = answerTo(line, true);
        expect(because.length).toBeGreaterThan(0);
        expect(answer).toEqual(answerTo(line));
      }),
    );
  });

  test('keeps its award and titles whatever happens in the summer', () => {
    check(
      fc.property(secondaryPupil, (line) => {
        const june = { ...line, summerConduct: null, subjects: (line['subjects'] as Line[]).map((subject) => ({ ...subject, reassessed: null })) };
        const [before, after] = [answerTo(june), answerTo(line)];
        for (const field of ['learning', 'learningYear', 'conductYear', 'award', 'titles', 'titleYear', 'average', 'averageYear']) {
          expect(after[field]).toEqual(before[field]);
        }
      }),
    );
  });

  test('says of everything handed in whether it counted', () => {
    check(
      fc.property(secondaryPupil, (line) => {
        const answer = answerTo(line);
        for (const [index, subject] of (line['subjects'] as Line[]).entries()) {
          const { year, final, code } = answer.subjects[index]!;
          const ignored = answer.flags.includes(`ignored:${code}`);
          expect(final).toEqual(subject['reassessed'] === null || ignored ? year : subject['reassessed']);
          if (subject['reassessed'] === null) expect(ignored).toBe(false);
        }
        const summer = line['summerConduct'];
        const ignored = answer.flags.includes('ignored:summerConduct');
        expect(answer['conductFinal']).toEqual(summer === null || ignored ? answer['conductYear'] : summer);
      }),
    );
  });

  test('of a primary school never rises above HT by support', () => {
    check(
      fc.property(primaryPupil, (line) => {
        const first = answerTo({ ...line, supplement: null });
        const answer = answerTo(line);
        if (first['level'] !== 'CHT') expect(answer['level']).toBe(first['level']);
        else expect(['HT', 'CHT']).toContain(answer['level']);
        expect(answer.flags.includes('ignored:supplement')).toBe(line['supplement'] !== null && first['level'] !== 'CHT');
      }),
    );
  });
});

/** Filled up to the number that the subject needs. */
function padded(ongoing: readonly unknown[], ruleSet: unknown, subject: Line): unknown[] {
  const needed = ongoingRequired(ruleSet as SecondaryRuleSet, subject['kind'] as SubjectKind, Number(subject['periodsPerYear']));
  return [...ongoing, ...Array<null>(Math.max(0, needed - ongoing.length)).fill(null)];
}

describe('the command never throws', () => {
  test('on arbitrary JSON', () => {
    check(
      fc.property(fc.json(), (json) => {
        const answered = assessLine(json, { explain: true });
        expect(answered?.refused).toBe(true);
      }),
      2_000,
    );
  });
  test('on arbitrary text', () => {
    check(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        const answered = assessLine(line, { explain: true });
        if (line.trim() === '') expect(answered).toBeNull();
        else expect((JSON.parse(answered?.json ?? '') as Answer).error?.code).toBeDefined();
      }),
      2_000,
    );
  });
});
