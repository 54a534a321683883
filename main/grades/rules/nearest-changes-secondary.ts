import type { CommentLevel, CommentSubject, ScoreSubject, SecondaryPupil, Standing, Subject, TermEntries } from './assessment-types.ts';
import { effectsOf, nearestOf, OUTCOME_FIELDS } from './change-types.ts';
import type { Effect, EntryChange, NearestChange, Outcome } from './change-types.ts';
import { missingMarks } from './nearest-missing.ts';
import { mapEntries, outcomeOf } from './outcome-of.ts';
import type { Scope } from './outcome-of.ts';
import { subjectYear } from './subject-results.ts';
import type { Tenths } from './tenths.ts';

const HIGHEST: Tenths = 100;

/** The value of a subject that the outcome looks at. */
function valueIn(pupil: SecondaryPupil, subject: Subject, scope: Scope): Standing | null {
  const { terms, year } = subjectYear(pupil.ruleSet, subject);
  return scope === 'year' ? year : terms[0];
}

function withSubject(pupil: SecondaryPupil, index: number, subject: Subject): SecondaryPupil {
  return { ...pupil, subjects: pupil.subjects.with(index, subject) };
}

/** TT22, TT58, TT26: once the level of the year (before that, of term I) stands, single marks; else the marks still missing. */
export function nearestChangesOfMarks(pupil: SecondaryPupil): NearestChange[] {
  const year = outcomeOf(pupil, 'year');
  if (year.learning !== null) return nearestOf(singleChanges(pupil, 'year', year));
  const first = outcomeOf(pupil, 'term1');
  const single = first.learning === null ? [] : singleChanges(pupil, 'term1', first);
  return nearestOf([...missingMarks(pupil, first.learning === null ? 'term1' : 'year'), ...single]);
}

function singleChanges(pupil: SecondaryPupil, scope: Scope, before: Outcome): NearestChange[] {
  return pupil.subjects.flatMap((subject, index) =>
    subject.kind === 'score' ? scoreChanges(pupil, scope, before, subject, index) : commentChanges(pupil, scope, before, subject, index),
  );
}

interface Place {
  readonly term: 0 | 1;
  readonly slot: 'ongoing' | 'periodic' | 'final';
  readonly index: number;
}

/** Every entry of the scope, the heaviest and latest first. */
function placesOf(subject: Subject, scope: Scope): Place[] {
  const terms: readonly (0 | 1)[] = scope === 'year' ? [1, 0] : [0];
  return terms.flatMap((term) => [
    { term, slot: 'final', index: 0 } as const,
    ...subject.terms[term].periodic.map((_, index) => ({ term, slot: 'periodic', index }) as const),
    ...subject.terms[term].ongoing.map((_, index) => ({ term, slot: 'ongoing', index }) as const),
  ]);
}

function entryAt<Entry>(entries: TermEntries<Entry>, { slot, index }: Place): Entry | null {
  return slot === 'final' ? entries.final : (entries[slot][index] ?? null);
}

function entriesWith<Entry>(entries: TermEntries<Entry>, { slot, index }: Place, entry: Entry): TermEntries<Entry> {
  return slot === 'final' ? { ...entries, final: entry } : { ...entries, [slot]: entries[slot].with(index, entry) };
}

function withScore(subject: ScoreSubject, place: Place, mark: Tenths): ScoreSubject {
  const [first, second] = subject.terms;
  return { ...subject, terms: place.term === 0 ? [entriesWith(first, place, mark), second] : [first, entriesWith(second, place, mark)] };
}

function withComment(subject: CommentSubject, place: Place, level: CommentLevel): CommentSubject {
  const [first, second] = subject.terms;
  return { ...subject, terms: place.term === 0 ? [entriesWith(first, place, level), second] : [first, entriesWith(second, place, level)] };
}

/** One scored subject, upwards and downwards. */
function scoreChanges(pupil: SecondaryPupil, scope: Scope, before: Outcome, subject: ScoreSubject, index: number): NearestChange[] {
  const value = valueIn(pupil, subject, scope);
  if (typeof value !== 'number') return [];
  const places = placesOf(subject, scope);
  const reach = (place: Place, mark: Tenths): Tenths => Number(valueIn(pupil, withScore(subject, place, mark), scope));
  return ([1, -1] as const).flatMap((step): NearestChange[] => {
    const border = step === 1 ? HIGHEST : 0;
    const isThere = (found: Tenths, target: Tenths): boolean => (step === 1 ? found >= target : found <= target);
    const farthest = places.map((place) => reach(place, border)).reduce((far, found) => (isThere(found, far) ? found : far), value);
    const outcomeAt = (steady: Tenths): Outcome => outcomeOf(withSubject(pupil, index, steadySubject(subject, steady)), scope);
    return turningPoints(before, outcomeAt, value, farthest, step).map(({ target, effects }) => {
      const nearest = places.flatMap((place) => {
        const from = entryAt(subject.terms[place.term], place) ?? 0;
        const to = firstMark(from, border, step, (mark) => isThere(reach(place, mark), target));
        return to === null ? [] : [{ place, from, to, tenths: Math.abs(to - from) }];
      });
      const { place, from, to, tenths } = nearest.reduce((least, one) => (one.tenths < least.tenths ? one : least));
      return { kind: step === 1 ? 'raise' : 'lower', scope, changes: [{ subject: subject.code, ...place, from, to }], tenths, effects };
    });
  });
}

/**
 * The subject with one mark everywhere, which then is its value in both terms and the year. The outcome depends on a subject through its
 * value alone: so values are tried one after another, and only those that matter are traced back to a mark.
 */
function steadySubject(subject: ScoreSubject, mark: Tenths): ScoreSubject {
  const [first, second] = subject.terms;
  return { ...subject, terms: [mapEntries(first, () => mark), mapEntries(second, () => mark)] };
}

/** From `start` to `end`: the first value at which each field of the outcome is another. */
function turningPoints(before: Outcome, outcomeAt: (value: Tenths) => Outcome, start: Tenths, end: Tenths, step: 1 | -1) {
  const open = new Set(OUTCOME_FIELDS);
  const found: { target: Tenths; effects: Effect[] }[] = [];
  for (let target = start + step; step * target <= step * end && open.size > 0; target += step) {
    const effects = effectsOf(before, outcomeAt(target)).filter(({ field }) => open.has(field));
    for (const { field } of effects) open.delete(field);
    if (effects.length > 0) found.push({ target, effects });
  }
  return found;
}

/** The mark nearest to `from` that fits, in the direction of `step`; an average never falls when one of its marks rises. */
function firstMark(from: Tenths, border: Tenths, step: number, fits: (mark: Tenths) => boolean): Tenths | null {
  if (from === border || !fits(border)) return null;
  let short = 0;
  let enough = Math.abs(border - from);
  while (enough - short > 1) {
    const middle = (short + enough) >> 1;
    if (fits(from + step * middle)) enough = middle;
    else short = middle;
  }
  return from + step * enough;
}

/** One subject of comments: the first single entry that, turned over, changes something, in each direction. */
function commentChanges(pupil: SecondaryPupil, scope: Scope, before: Outcome, subject: CommentSubject, index: number): NearestChange[] {
  return (['D', 'CD'] as const).flatMap((to): NearestChange[] => {
    for (const place of placesOf(subject, scope)) {
      const from = entryAt(subject.terms[place.term], place);
      if (from === null || from === to) continue;
      const effects = effectsOf(before, outcomeOf(withSubject(pupil, index, withComment(subject, place, to)), scope));
      if (effects.length === 0) continue;
      const changes: EntryChange[] = [{ subject: subject.code, ...place, from, to }];
      return [{ kind: to === 'D' ? 'raise' : 'lower', scope, changes, tenths: null, effects }];
    }
    return [];
  });
}
