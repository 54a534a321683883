import { assessPupil } from './rules/assess-pupil.ts';
import type { Assessment } from './rules/assess-pupil.ts';
import type { Pupil, Standing, SubjectResult } from './rules/assessment-types.ts';
import { factValue } from './rules/explain-subjects.ts';
import { explainPupil } from './rules/explain-pupil.ts';
import { markOf } from './rules/tenths.ts';
import type { SubjectsAverage } from './rules/tt58-2011.ts';

export interface AnswerOptions {
  /** Adds `because[]`: why each value is what it is. */
  readonly explain: boolean;
}

/** The answer to one valid line: every field of its rule set, null where it has no value; marks as people write them. */
export function answerFor(id: string | null, pupil: Pupil, { explain }: AnswerOptions): Readonly<Record<string, unknown>> {
  const assessment = assessPupil(pupil);
  const answer = { id, ...fieldsOf(assessment), flags: [...assessment.flags] };
  return explain ? { ...answer, because: explainPupil(pupil, assessment) } : answer;
}

function fieldsOf(assessment: Assessment): Readonly<Record<string, unknown>> {
  if (assessment.ruleSet === 'TT27-2020') {
    const { level, completedProgramme, promoted, completedPrimary, award, awardCandidate } = assessment;
    return { level, completedProgramme, promoted, completedPrimary, award, awardCandidate };
  }
  const { subjects, learning, learningYear, learningFinal, conductYear, conductFinal, decision } = assessment;
  const common = {
    subjects: subjects.map(subjectLine),
    learning: learning.map((finding) => finding?.level ?? null),
    learningYear: learningYear?.level ?? null,
    learningFinal: learningFinal?.level ?? null,
    conductYear,
    conductFinal,
    promotion: decision.promotion,
  };
  if (assessment.ruleSet === 'TT22-2021') return { ...common, award: assessment.award };
  return {
    ...common,
    award: null,
    average: assessment.average.map(averageLine),
    averageYear: averageLine(assessment.averageYear),
    titles: assessment.titles,
    titleYear: assessment.titleYear,
  };
}

function subjectLine({ code, terms, year, final }: SubjectResult): Readonly<Record<string, unknown>> {
  return { code, terms: terms.map(written), year: written(year), final: written(final) };
}

const written = (value: Standing | null): unknown => (value === null ? null : factValue(value));
const averageLine = (average: SubjectsAverage | null): number | null => average && markOf(average.value);
