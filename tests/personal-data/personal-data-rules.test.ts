import { describe, expect, test } from 'vitest';
import { consentState, hasReachedAge } from '../../main/personal-data/consent-rules.ts';
import { extendedTerm, incidentTerm, proposedRules, requestTerms } from '../../main/personal-data/term-rules.ts';
import { requestKinds } from '../../preload/contract/personal-data.ts';

const none: ReadonlySet<string> = new Set();
const working = { ...proposedRules, unit: 'working' } as const;

describe('the age at which a pupil is asked himself', () => {
  test('is reached on the birthday; a birth known by year or month alone counts as early as it can be', () => {
    expect(hasReachedAge('2019-03-09', 7, '2026-03-08')).toBe(false);
    expect(hasReachedAge('2019-03-09', 7, '2026-03-09')).toBe(true);
    expect(hasReachedAge('2019-03', 7, '2026-03-01')).toBe(true);
    expect(hasReachedAge('2019', 7, '2026-01-01')).toBe(true);
    expect(hasReachedAge('2020', 7, '2026-12-31')).toBe(false);
    expect(hasReachedAge('', 7, '2026-01-01')).toBe(false);
    expect(hasReachedAge('2020-02-29', 7, '2027-02-28')).toBe(false);
    expect(hasReachedAge('2020-02-29', 7, '2027-03-01')).toBe(true);
  });
});

describe('what an answer comes to', () => {
  test.each([
    [null, true, 'missing'], [{ answer: 'given', givenBy: 'guardian' }, true, 'incomplete'], [{ answer: 'given', givenBy: 'pupil' }, true, 'incomplete'],
    [{ answer: 'given', givenBy: 'both' }, true, 'given'], [{ answer: 'given', givenBy: 'guardian' }, false, 'given'], [{ answer: 'given', givenBy: 'pupil' }, false, 'incomplete'],
    [{ answer: 'refused', givenBy: 'pupil' }, true, 'refused'], [{ answer: 'withdrawn', givenBy: 'guardian' }, true, 'withdrawn'],
  ] as const)('%j, pupil asked %s: %s', (latest, isChildAsked, expected) => {
    expect(consentState(latest, isChildAsked)).toBe(expected);
  });
});

describe('terms', () => {
  test('as the notes on Điều 5 have them: 10 (15) days to see and correct, 15 (20) to restrict and withdraw, 20 (30) to erase', () => {
    const days = Object.fromEntries(requestKinds.map(kind => {
      const { dueOn } = requestTerms(kind, '2026-03-01', proposedRules, none);
      return [kind, [dueOn, extendedTerm(kind, dueOn, proposedRules, none)]];
    }));
    expect(days).toEqual({
      view: ['2026-03-11', '2026-03-16'], correct: ['2026-03-11', '2026-03-16'], copy: ['2026-03-11', '2026-03-16'], restrict: ['2026-03-16', '2026-03-21'],
      object: ['2026-03-16', '2026-03-21'], withdraw: ['2026-03-16', '2026-03-21'], erase: ['2026-03-21', '2026-03-31'],
    });
  });

  test('in working days they pass weekends, 30/4, 1/5 and the days off the school wrote down', () => {
    expect(requestTerms('view', '2026-04-24', working, none)).toEqual({ acknowledgeBy: '2026-04-28', dueOn: '2026-05-12' });
    expect(requestTerms('view', '2026-04-24', working, new Set(['2026-04-27'])).dueOn).toBe('2026-05-13');
  });

  test('an incident runs by the hour', () => {
    expect(incidentTerm('2026-02-27T23:30:00.000Z', proposedRules)).toBe('2026-03-02T23:30:00.000Z');
  });
});
