import type { Pupil } from './assessment-types.ts';
import { assess22 } from './tt22-2021.ts';
import type { Assessment22 } from './tt22-2021.ts';
import { assess27 } from './tt27-2020.ts';
import type { Assessment27 } from './tt27-2020.ts';
import { assess58 } from './tt58-2011.ts';
import type { Assessment58 } from './tt58-2011.ts';

export type Assessment = Assessment22 | Assessment58 | Assessment27;

/** The year's results of one pupil by the rule set of his grade and year. Marks go in and come out in tenths. */
export function assessPupil(pupil: Pupil): Assessment {
  if (pupil.ruleSet === 'TT22-2021') return assess22(pupil);
  return pupil.ruleSet === 'TT27-2020' ? assess27(pupil) : assess58(pupil);
}
