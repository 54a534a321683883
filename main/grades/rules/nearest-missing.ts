import type { CommentLevel, SecondaryPupil, Subject, TermEntries } from './assessment-types.ts';
import { effectsOf } from './change-types.ts';
import type { EntryChange, NearestChange } from './change-types.ts';
import { outcomeOf } from './outcome-of.ts';
import type { Scope } from './outcome-of.ts';
import { ongoingRequired } from './subject-results.ts';
import type { Tenths } from './tenths.ts';

const HIGHEST: Tenths = 100;

/**
 * What the entries still missing have to be: for each outcome that can be reached, the least mark which, standing in every missing place
 * at once (and Đ in every missing comment), leads to it. Empty while something other than entries is missing for a level.
 */
export function missingMarks(pupil: SecondaryPupil, scope: Scope): NearestChange[] {
  const before = outcomeOf(pupil, scope);
  const found: NearestChange[] = [];
  let last = before;
  for (let mark = 0; mark <= HIGHEST; mark += 1) {
    const { filled, changes } = filledUp(pupil, scope, mark);
    const outcome = outcomeOf(filled, scope);
    if (outcome.learning === null) return [];
    if (effectsOf(last, outcome).length > 0) {
      found.push({ kind: 'missing', scope, changes, tenths: mark, effects: effectsOf(before, outcome) });
    }
    last = outcome;
    if (changes.every(({ to }) => typeof to === 'string')) break;
  }
  return found;
}

function filledUp(pupil: SecondaryPupil, scope: Scope, mark: Tenths): { filled: SecondaryPupil; changes: EntryChange[] } {
  const changes: EntryChange[] = [];
  const subjects = pupil.subjects.map((subject): Subject => {
    const required = ongoingRequired(pupil.ruleSet, subject.kind, subject.periodsPerYear);
    const fill = <Entry extends Tenths | CommentLevel>(entries: TermEntries<Entry>, term: 0 | 1, given: Entry): TermEntries<Entry> => {
      if (scope === 'term1' && term === 1) return entries;
      const entry = (value: Entry | null, slot: 'ongoing' | 'periodic' | 'final', index: number): Entry => {
        if (value !== null) return value;
        changes.push({ subject: subject.code, term, slot, index, from: null, to: given });
        return given;
      };
      const slots = Math.max(required, entries.ongoing.length);
      return {
        ongoing: Array.from({ length: slots }, (_, index) => entry(entries.ongoing[index] ?? null, 'ongoing', index)),
        periodic: entries.periodic.map((value, index) => entry(value, 'periodic', index)),
        final: entry(entries.final, 'final', 0),
      };
    };
    if (subject.kind === 'score') {
      return { ...subject, terms: [fill(subject.terms[0], 0, mark), fill(subject.terms[1], 1, mark)] };
    }
    return { ...subject, terms: [fill(subject.terms[0], 0, 'D'), fill(subject.terms[1], 1, 'D')] };
  });
  return { filled: { ...pupil, subjects }, changes };
}
