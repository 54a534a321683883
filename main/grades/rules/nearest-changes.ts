import type { Pupil } from './assessment-types.ts';
import type { NearestChange } from './change-types.ts';
import { nearestChanges27 } from './nearest-changes-primary.ts';
import { nearestChangesOfMarks } from './nearest-changes-secondary.ts';

/**
 * The nearest changes of a single entry that would give this pupil another level, award or promotion, each found by asking the rules
 * themselves about the changed pupil; then what the entries still missing have to be. Nearest first within its kind.
 */
export function nearestChanges(pupil: Pupil): NearestChange[] {
  return pupil.ruleSet === 'TT27-2020' ? nearestChanges27(pupil) : nearestChangesOfMarks(pupil);
}
