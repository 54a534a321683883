import type { Pupil22, Pupil58, SecondaryPupil, Standing, SubjectResult } from './assessment-types.ts';
import { articleOf } from './articles.ts';
import type { AnyConduct, AnyLearning, Because, IgnoredCause } from './because.ts';
import { explainSubjects, factValue, closedBecause } from './explain-subjects.ts';
import { conditions22, conditions58, missingCodes } from './level-conditions.ts';
import type { CodedStanding } from './level-conditions.ts';
import { MOST_ABSENCES } from './subject-results.ts';
import { markOf } from './tenths.ts';
import { EXCELLENT } from './tt22-2021.ts';
import type { Assessment22, Learning22 } from './tt22-2021.ts';
import type { Assessment58, Learning58Finding, SubjectsAverage } from './tt58-2011.ts';

type ValueOf = (subject: SubjectResult) => Standing | null;

/** The four learning results of a year, and which value of each subject they look at. */
const LEARNING_FIELDS: readonly { readonly field: string; readonly valueOf: ValueOf }[] = [
  { field: 'learning[0]', valueOf: ({ terms }) => terms[0] },
  { field: 'learning[1]', valueOf: ({ terms }) => terms[1] },
  { field: 'learningYear', valueOf: ({ year }) => year },
  { field: 'learningFinal', valueOf: ({ final }) => final },
];

/** Every decided value of a TT22 answer. */
export function explain22(pupil: Pupil22, assessment: Assessment22): Because[] {
  const { subjects, learningYear, learningFinal, conductYear, conductFinal, decision, award } = assessment;
  const findings = [...assessment.learning, learningYear, learningFinal];
  const closedBy = closedBecause(
    pupil.absences,
    learningYear?.level === 'CD',
    conductFinal !== null && conductFinal !== 'CD',
  );
  return [
    ...explainSubjects(pupil, subjects, closedBy),
    ...LEARNING_FIELDS.flatMap(({ field, valueOf }, index) => {
      if (field === 'learningFinal' && !assessment.reassessed) return finalIsYear(pupil, learningYear?.level ?? null);
      return explainLearning22(pupil, subjects, field, valueOf, findings[index] ?? null);
    }),
    conductYearBecause22(pupil, assessment),
    conductFinalBecause(pupil, conductYear, conductFinal, assessment.summerConductCounts, conductYear === 'CD', true),
    promotionBecause(pupil, assessment, conductYear),
    {
      field: 'award',
      rule: 'award',
      article: articleOf(pupil.ruleSet, 'award'),
      facts: {
        learning: learningYear?.level ?? null,
        conduct: conductYear,
        excellent: {
          atLeast: markOf(EXCELLENT.mark),
          needed: EXCELLENT.needed,
          reachedBy: subjects.filter(({ year }) => typeof year === 'number' && year >= EXCELLENT.mark).map(({ code }) => code),
        },
        value: award,
      },
    },
    ...assessment.silent.map((silent): Because => {
      if (silent === 'award-despite-absences') {
        return { field: 'award', rule: 'no-rule', article: articleOf(pupil.ruleSet, 'award'), facts: { case: silent, value: award } };
      }
      if (silent === 'adjusted-after-reassessment') {
        const facts = { case: silent, value: learningFinal?.level ?? null };
        return { field: 'learningFinal', rule: 'no-rule', article: articleOf(pupil.ruleSet, 'adjustment'), facts };
      }
      const facts = { case: silent, value: decision.promotion };
      return { field: 'promotion', rule: 'no-rule', article: articleOf(pupil.ruleSet, 'promotion'), facts };
    }),
  ];
}

/** Every decided value of a TT58 or TT26 answer. */
export function explain58(pupil: Pupil58, assessment: Assessment58): Because[] {
  const { subjects, learning, learningYear, learningFinal, conductYear, conductFinal } = assessment;
  const findings = [...learning, learningYear, learningFinal];
  const closedBy = closedBecause(pupil.absences, learningYear?.level === 'Y', conductYear !== null && conductYear !== 'Y');
  const learningPasses = learningYear !== null && learningYear.level !== 'Y' && learningYear.level !== 'KEM';
  const title = (field: string, level: AnyLearning | null, conduct: AnyConduct | null, value: string | null): Because => ({
    field,
    rule: 'title',
    article: articleOf(pupil.ruleSet, 'award'),
    facts: { learning: level, conduct, value },
  });
  return [
    ...explainSubjects(pupil, subjects, closedBy),
    averageBecause(pupil, subjects, 'average[0]', ({ terms }) => terms[0], assessment.average[0]),
    averageBecause(pupil, subjects, 'average[1]', ({ terms }) => terms[1], assessment.average[1]),
    averageBecause(pupil, subjects, 'averageYear', ({ year }) => year, assessment.averageYear),
    ...LEARNING_FIELDS.flatMap(({ field, valueOf }, index) => {
      if (field === 'learningFinal' && !assessment.reassessed) return finalIsYear(pupil, learningYear?.level ?? null);
      return explainLearning58(pupil, subjects, field, valueOf, findings[index] ?? null);
    }),
    conductYear === null
      ? missing(pupil, 'conductYear', 'conduct', ['conductYear'])
      : { field: 'conductYear', rule: 'conduct-given', article: articleOf(pupil.ruleSet, 'conduct'), facts: { value: conductYear } },
    conductFinalBecause(pupil, conductYear, conductFinal, assessment.summerConductCounts, conductYear === 'Y', learningPasses),
    promotionBecause(pupil, assessment, conductYear),
    title('titles[0]', learning[0]?.level ?? null, pupil.conduct[0], assessment.titles[0]),
    title('titles[1]', learning[1]?.level ?? null, pupil.conduct[1], assessment.titles[1]),
    title('titleYear', learningYear?.level ?? null, conductYear, assessment.titleYear),
    ...(assessment.silent.includes('award-despite-absences')
      ? [
          {
            field: 'titleYear',
            rule: 'no-rule',
            article: articleOf(pupil.ruleSet, 'award'),
            facts: { case: 'award-despite-absences', value: assessment.titleYear },
          } as const,
        ]
      : []),
  ];
}

function missing(pupil: SecondaryPupil, field: string, topic: Parameters<typeof articleOf>[1], what: readonly string[]): Because {
  return { field, rule: 'missing', article: articleOf(pupil.ruleSet, topic), facts: { missing: what, value: null } };
}

function finalIsYear(pupil: SecondaryPupil, year: AnyLearning | null): Because {
  if (year === null) return missing(pupil, 'learningFinal', 'learning', ['learningYear']);
  return {
    field: 'learningFinal',
    rule: 'learning-year-stands',
    article: articleOf(pupil.ruleSet, 'reassessment'),
    facts: { value: year },
  };
}

function coded(pupil: SecondaryPupil, subjects: readonly SubjectResult[], valueOf: ValueOf): CodedStanding[] {
  return subjects.flatMap((subject, index) => {
    const value = valueOf(subject);
    return value === null ? [] : [{ code: subject.code, value, core: pupil.subjects[index]!.core }];
  });
}

function explainLearning22(
  pupil: Pupil22,
  subjects: readonly SubjectResult[],
  field: string,
  valueOf: ValueOf,
  finding: Learning22 | null,
): Because[] {
  if (finding === null) return [missing(pupil, field, 'learning', missingCodes(subjects, valueOf))];
  const { level, unadjusted, adjustment, otherReading } = finding;
  const values = coded(pupil, subjects, valueOf);
  const reading = pupil.adjustmentReading;
  const because: Because[] = [
    {
      field,
      rule: 'learning-level',
      article: articleOf(pupil.ruleSet, 'learning'),
      facts: { conditions: conditions22(values), value: unadjusted },
    },
  ];
  const article = articleOf(pupil.ruleSet, 'adjustment');
  if (adjustment) {
    const culprit = values[adjustment.culprit]!;
    because.push({
      field,
      rule: 'adjustment',
      article,
      facts: {
        from: unadjusted,
        reached: adjustment.reached,
        subject: culprit.code,
        subjectValue: factValue(culprit.value),
        reading,
        subjects: pupil.adjustmentSubject,
        value: level,
      },
    });
  }
  if (otherReading !== level) {
    const [waive, exclude] = reading === 'waive' ? [level, otherReading] : [otherReading, level];
    because.push({ field, rule: 'readings-differ', article, facts: { waive, exclude, value: level } });
  }
  return because;
}

function explainLearning58(
  pupil: Pupil58,
  subjects: readonly SubjectResult[],
  field: string,
  valueOf: ValueOf,
  finding: Learning58Finding | null,
): Because[] {
  if (finding === null) return [missing(pupil, field, 'learning', missingCodes(subjects, valueOf))];
  const { level, unadjusted, average, adjustment } = finding;
  const values = coded(pupil, subjects, valueOf);
  const because: Because[] = [
    {
      field,
      rule: 'learning-level',
      article: articleOf(pupil.ruleSet, 'learning'),
      facts: { conditions: conditions58(values, average), value: unadjusted },
    },
  ];
  if (adjustment === null) return because;
  const article = articleOf(pupil.ruleSet, 'adjustment');
  const culprit = values[adjustment.culprit]!;
  because.push(
    adjustment.decided
      ? {
          field,
          rule: 'adjustment',
          article,
          facts: {
            from: unadjusted,
            reached: adjustment.reached,
            subject: culprit.code,
            subjectValue: factValue(culprit.value),
            reading: 'waive',
            subjects: 'any',
            value: level,
          },
        }
      : { field, rule: 'no-rule', article, facts: { case: 'good-average-but-kem', value: level } },
  );
  return because;
}

function averageBecause(
  pupil: Pupil58,
  subjects: readonly SubjectResult[],
  field: string,
  valueOf: ValueOf,
  average: SubjectsAverage | null,
): Because {
  if (average === null) {
    const scored = subjects.filter(({ kind }) => kind === 'score');
    return missing(pupil, field, 'subjects-average', missingCodes(scored, valueOf));
  }
  return {
    field,
    rule: 'subjects-average',
    article: articleOf(pupil.ruleSet, 'subjects-average'),
    facts: { sum: markOf(average.sum), divisor: average.divisor, value: markOf(average.value) },
  };
}

function conductYearBecause22({ ruleSet, conduct: [first, second] }: Pupil22, { conductYear }: Assessment22): Because {
  const article = articleOf(ruleSet, 'conduct');
  if (first === null || second === null || conductYear === null) {
    const what = [first === null ? ['conduct[0]'] : [], second === null ? ['conduct[1]'] : []].flat();
    return { field: 'conductYear', rule: 'missing', article, facts: { missing: what, value: null } };
  }
  return { field: 'conductYear', rule: 'conduct-matrix', article, facts: { first, second, value: conductYear } };
}

function conductFinalBecause(
  pupil: SecondaryPupil,
  year: AnyConduct | null,
  value: AnyConduct | null,
  counts: boolean | null,
  conductFits: boolean,
  learningFits: boolean,
): Because {
  const article = articleOf(pupil.ruleSet, 'summer-training');
  const summer = pupil.summerConduct;
  if (counts === false && summer !== null) {
    const because: IgnoredCause[] = closedBecause(pupil.absences, learningFits, conductFits);
    return { field: 'conductFinal', rule: 'summer-conduct-ignored', article, facts: { year, summer, because, value } };
  }
  if (year === null || value === null) return missing(pupil, 'conductFinal', 'summer-training', ['conductYear']);
  if (summer === null) return { field: 'conductFinal', rule: 'conduct-year-stands', article, facts: { value } };
  return { field: 'conductFinal', rule: 'summer-conduct-counts', article, facts: { year, summer, value } };
}

function promotionBecause(pupil: SecondaryPupil, assessment: Assessment22 | Assessment58, conductYear: AnyConduct | null): Because {
  const { decision, reassessed, learningYear, learningFinal } = assessment;
  return {
    field: 'promotion',
    rule: 'promotion',
    article: articleOf(pupil.ruleSet, 'promotion'),
    facts: {
      branch: decision.branch,
      absences: pupil.absences,
      mostAbsences: MOST_ABSENCES,
      conductYear,
      summerConduct: pupil.summerConduct,
      learningYear: learningYear?.level ?? null,
      reassessed,
      learningFinal: learningFinal?.level ?? null,
      value: decision.promotion,
    },
  };
}
