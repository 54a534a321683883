import type { SecondaryPupil, TermEntries } from './assessment-types.ts';
import type { NearestChange, Outcome } from './change-types.ts';
import { assess22 } from './tt22-2021.ts';
import { assess58 } from './tt58-2011.ts';

export type Scope = NearestChange['scope'];

/** What the rules say about the pupil, cut down to what a change is measured on. */
export function outcomeOf(pupil: SecondaryPupil, scope: Scope): Outcome {
  if (pupil.ruleSet === 'TT22-2021') {
    const { learning, learningYear, award, decision } = assess22(pupil);
    if (scope === 'term1') return { learning: learning[0]?.level ?? null, award: null, promotion: null };
    return { learning: learningYear?.level ?? null, award, promotion: decision.promotion };
  }
  const { learning, learningYear, titles, titleYear, decision } = assess58(pupil);
  if (scope === 'term1') return { learning: learning[0]?.level ?? null, award: titles[0], promotion: null };
  return { learning: learningYear?.level ?? null, award: titleYear, promotion: decision.promotion };
}

/** The same entries, each turned into another. */
export function mapEntries<Entry>(entries: TermEntries<Entry>, change: (entry: Entry | null) => Entry | null): TermEntries<Entry> {
  return { ongoing: entries.ongoing.map(change), periodic: entries.periodic.map(change), final: change(entries.final) };
}
