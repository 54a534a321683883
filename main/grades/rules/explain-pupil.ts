import type { Pupil } from './assessment-types.ts';
import type { Assessment } from './assess-pupil.ts';
import type { Because } from './because.ts';
import { explain27 } from './explain-primary.ts';
import { explain22, explain58 } from './explain-secondary.ts';

/** Why each value of an assessment is what it is. `assessment` must be the one made of this very pupil. */
export function explainPupil(pupil: Pupil, assessment: Assessment): Because[] {
  if (pupil.ruleSet === 'TT22-2021' && assessment.ruleSet === 'TT22-2021') return explain22(pupil, assessment);
  if (pupil.ruleSet === 'TT27-2020' && assessment.ruleSet === 'TT27-2020') return explain27(pupil, assessment);
  if (isPupil58(pupil) && isAssessment58(assessment)) return explain58(pupil, assessment);
  throw new Error(`The assessment is of rule set ${assessment.ruleSet}, the pupil of ${pupil.ruleSet}.`);
}

const isPupil58 = (pupil: Pupil): pupil is Extract<Pupil, { ruleSet: 'TT58-2011' | 'TT26-2020' }> =>
  pupil.ruleSet === 'TT58-2011' || pupil.ruleSet === 'TT26-2020';
const isAssessment58 = (assessment: Assessment): assessment is Extract<Assessment, { ruleSet: 'TT58-2011' | 'TT26-2020' }> =>
  assessment.ruleSet === 'TT58-2011' || assessment.ruleSet === 'TT26-2020';
