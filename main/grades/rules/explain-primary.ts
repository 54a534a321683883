import type { PrimaryRecord, Pupil27, QualityLevel27 } from './assessment-types.ts';
import { articleOf } from './articles.ts';
import type { Because, PrimaryCondition } from './because.ts';
import { THRESHOLDS_27 } from './tt27-2020.ts';
import type { Assessment27 } from './tt27-2020.ts';

/** The rows of TT27 Đ9 k2 a for this record: which subjects, tests, qualities and competences hold each level back. */
export function conditions27({ subjects, qualities, competences }: PrimaryRecord): PrimaryCondition[] {
  return THRESHOLDS_27.map((row) => {
    const unfit = (levels: readonly (QualityLevel27 | null)[]): number[] =>
      levels.flatMap((level, index) => (level !== null && row.qualities.includes(level) ? [] : [index + 1]));
    const heldBackBy = {
      subjects: subjects.filter(({ level }) => level === null || !row.subjects.includes(level)).map(({ code }) => code),
      tests: subjects.filter(({ endOfYearTest }) => endOfYearTest !== null && endOfYearTest < row.test).map(({ code }) => code),
      qualities: unfit(qualities),
      competences: unfit(competences),
    };
    const met = Object.values(heldBackBy).every((held) => held.length === 0);
    return { level: row.level, met, testAtLeast: row.test, heldBackBy };
  });
}

/** Every decided value of a TT27 answer. */
export function explain27(pupil: Pupil27, assessment: Assessment27): Because[] {
  const { ruleSet } = pupil;
  const overall = articleOf(ruleSet, 'overall');
  const completion = articleOf(ruleSet, 'completion');
  const award = articleOf(ruleSet, 'award');
  const { level, firstLevel, completedProgramme } = assessment;
  const ignored: Because[] =
    assessment.supplementCounts === false
      ? [{ field: 'level', rule: 'supplement-ignored', article: completion, facts: { first: firstLevel, value: level } }]
      : [];
  const candidate: Because = {
    field: 'awardCandidate',
    rule: 'award-candidate',
    article: award,
    facts: { level, value: assessment.awardCandidate },
  };
  if (level === null || firstLevel === null || completedProgramme === null) {
    return [
      missing('level', overall, missingLevels(pupil)),
      ...ignored,
      missing('completedProgramme', completion, ['level']),
      missing('promoted', completion, ['level']),
      missing('completedPrimary', completion, ['level']),
      missing('award', award, ['level']),
      candidate,
    ];
  }
  const supplemented: Because[] =
    assessment.supplementCounts === true && pupil.supplement !== null
      ? [
          {
            field: 'level',
            rule: 'supplement-counts',
            article: completion,
            facts: { first: firstLevel, conditions: conditions27(pupil.supplement), value: level },
          },
        ]
      : [];
  return [
    { field: 'level', rule: 'primary-level', article: overall, facts: { conditions: conditions27(pupil), value: firstLevel } },
    ...supplemented,
    ...ignored,
    {
      field: 'completedProgramme',
      rule: 'programme-completed',
      article: completion,
      facts: { level, value: completedProgramme },
    },
    completedProgramme
      ? { field: 'promoted', rule: 'completed-goes-up', article: completion, facts: { value: true } }
      : {
          field: 'promoted',
          rule: 'principal-decides',
          article: completion,
          facts: { principalPromotes: pupil.principalPromotes, value: assessment.promoted },
        },
    {
      field: 'completedPrimary',
      rule: 'primary-completed',
      article: completion,
      facts: { grade: pupil.grade, completedProgramme, value: assessment.completedPrimary },
    },
    {
      field: 'award',
      rule: 'primary-award',
      article: award,
      facts: { level, recognised: pupil.recognised, value: assessment.award },
    },
    candidate,
  ];
}

function missing(field: string, article: string, what: readonly string[]): Because {
  return { field, rule: 'missing', article, facts: { missing: what, value: null } };
}

function missingLevels({ subjects, qualities, competences }: PrimaryRecord): string[] {
  return [
    ...subjects.filter(({ level }) => level === null).map(({ code }) => code),
    ...qualities.flatMap((level, index) => (level === null ? [`qualities[${index}]`] : [])),
    ...competences.flatMap((level, index) => (level === null ? [`competences[${index}]`] : [])),
  ];
}
