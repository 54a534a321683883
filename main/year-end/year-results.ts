import type { AnyConduct, AnyLearning, Award, Promotion } from '../../preload/contract/year-end.ts';
import type { ReadHandle, WriteHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord, type Stamp } from '../../db/records.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';
import { TRAITS } from '../../resources/catalogues/subject-catalogue.ts';
import { competenceColumns, qualityColumns } from '../grades/grades-rules.ts';
import { pupilFactsOfClass, type PupilFacts } from '../grades/pupil-facts.ts';
import type { Readings } from '../grades/rule-readings.ts';
import { assessPupil, type Assessment } from '../grades/rules/assess-pupil.ts';
import type { Pupil, Pupil22, Pupil27 } from '../grades/rules/assessment-types.ts';
import { mayBeReassessed, REASSESSED_BELOW } from '../grades/rules/subject-results.ts';
import type { Assessment22 } from '../grades/rules/tt22-2021.ts';
import type { Assessment27 } from '../grades/rules/tt27-2020.ts';
import type { Assessment58 } from '../grades/rules/tt58-2011.ts';
import { requireClass } from '../school/school-class-store.ts';

export interface AssessedPupil {
  facts: PupilFacts;
  assessment: Assessment;
}

/** A pupil of TT 22/2021, for what only that circular knows. */
export interface AssessedPupil22 {
  facts: PupilFacts & { pupil: Pupil22 };
  assessment: Assessment22;
}

/** A pupil of primary school. */
export interface AssessedPupil27 {
  facts: PupilFacts & { pupil: Pupil27 };
  assessment: Assessment27;
}

export function isOf27(pupil: AssessedPupil): pupil is AssessedPupil27 {
  return pupil.assessment.ruleSet === 'TT27-2020';
}

export function isOf22(pupil: AssessedPupil): pupil is AssessedPupil22 {
  return pupil.assessment.ruleSet === 'TT22-2021';
}

/** The results as the rules see them at this moment, nothing written. */
export function assessClass(db: ReadHandle, classId: string, readings?: Readings): AssessedPupil[] {
  const found = requireClass(db, classId);
  return pupilFactsOfClass(db, found, readings).map(facts => ({ facts, assessment: assessPupil(facts.pupil) }));
}

/** What a person should see: the flags of the rules, `needs-decision:<subject>` and `decided:<matter>` for each decision the result rests on. */
export function flagsOf({ facts, assessment }: AssessedPupil): string[] {
  return [...assessment.flags, ...facts.undecided, ...facts.decisions.map(({ matter }) => `decided:${matter}`)].sort();
}

export type ResultValues = Omit<YearResultTable, 'id' | 'version' | 'device' | 'created_at' | 'updated_at' | 'cancelled' | 'computed_at'>;
type RuledValues = Omit<ResultValues, 'enrolment_id' | 'rule_set' | 'absences' | 'promotion_year' | 'flags'>;

/** No result of any rule set. */
export const unused: RuledValues = {
  learning1: null, learning2: null, learning_year: null, learning_final: null, conduct_year: null, conduct_final: null, average1: null, average2: null,
  average_year: null, title1: null, title2: null, overall_first: null, overall: null, completed_programme: null, promoted: null, promotion: 'incomplete', award: null,
};

/** The stored form of an assessment: every column of the table, null where the rule set has no such result. */
export function resultValues({ facts, assessment }: AssessedPupil): ResultValues {
  const { absences } = facts;
  const waits = stillToAssess({ facts, assessment }).length > 0;
  return {
    enrolment_id: facts.member.enrolment_id, rule_set: assessment.ruleSet, absences: absences.excused + absences.unexcused,
    promotion_year: promotionOfYear({ facts, assessment }), flags: JSON.stringify(flagsOf({ facts, assessment })), ...unused,
    ...(assessment.ruleSet === 'TT27-2020' ? primaryValues(assessment) : secondaryValues(assessment)),
    ...(waits ? { promotion: assessment.ruleSet === 'TT27-2020' ? 'support' : 'reassess', promoted: null, completed_programme: null } : {}),
  };
}

/**
 * What of a pupil is still to be assessed again once something was: `subject/part`, empty when nothing is due. Until then nothing is concluded,
 * unless somebody said that no more follows.
 */
export function stillToAssess({ facts: { pupil, assessedAgain, decisions }, assessment }: AssessedPupil): string[] {
  if (assessedAgain.size === 0 || decisions.some(({ matter }) => matter === 'noMoreReassessment')) return [];
  const due = pupil.ruleSet === 'TT27-2020' ? lowOf27(pupil) : assessment.ruleSet === 'TT27-2020' || !assessment.reassessmentOpen ? []
    : assessment.subjects.filter(({ year }) => mayBeReassessed(year)).map(({ code }) => `${code}/year`);
  return due.filter(place => !assessedAgain.has(place));
}

function lowOf27({ grade, subjects, qualities, competences }: Pupil27): string[] {
  const traits = [...qualities.map((level, at) => [level, qualityColumns[at]] as const), ...competences.map((level, at) => [level, competenceColumns(grade)[at]] as const)];
  return [
    ...subjects.flatMap(({ code, level, endOfYearTest: test }) => [
      ...(level === 'C' ? [`${code}/muc`] : []), ...(test !== null && 10 * test < REASSESSED_BELOW ? [`${code}/kt`] : []),
    ]),
    ...traits.flatMap(([level, column]) => (level === 'C' && column !== undefined ? [`${TRAITS}/${column}`] : [])),
  ];
}

/** What the year ended in before the summer. */
export function promotionOfYear({ facts, assessment }: AssessedPupil): Promotion {
  return promotionOf(hasSummer(facts.pupil) ? assessPupil(withoutSummer(facts.pupil)) : assessment);
}

/** Whether anything that comes after the year itself was entered. */
function hasSummer(pupil: Pupil): boolean {
  if (pupil.ruleSet === 'TT27-2020') return pupil.supplement !== null || pupil.principalPromotes !== null;
  return pupil.summerConduct !== null || pupil.subjects.some(({ reassessed }) => reassessed !== null);
}

function withoutSummer(pupil: Pupil): Pupil {
  if (pupil.ruleSet === 'TT27-2020') return { ...pupil, supplement: null, principalPromotes: null };
  return { ...pupil, summerConduct: null, subjects: pupil.subjects.map(subject => ({ ...subject, reassessed: null })) };
}

function secondaryValues(assessment: Assessment22 | Assessment58): Partial<RuledValues> {
  const { promotion } = assessment.decision;
  const [first, second] = assessment.learning;
  const learning = {
    learning1: first?.level ?? null, learning2: second?.level ?? null, learning_year: assessment.learningYear?.level ?? null,
    learning_final: assessment.learningFinal?.level ?? null,
  } satisfies Record<string, AnyLearning | null>;
  const conduct = { conduct_year: assessment.conductYear, conduct_final: assessment.conductFinal } satisfies Record<string, AnyConduct | null>;
  const common = { ...learning, ...conduct, promotion, promoted: promotedBy(promotion) };
  if (assessment.ruleSet === 'TT22-2021') return { ...common, award: assessment.award };
  return {
    ...common, average1: assessment.average[0]?.value ?? null, average2: assessment.average[1]?.value ?? null, average_year: assessment.averageYear?.value ?? null,
    title1: assessment.titles[0], title2: assessment.titles[1], award: assessment.titleYear,
  };
}

const promotedBy = (promotion: Promotion): 0 | 1 | null => (promotion === 'promoted' ? 1 : promotion === 'repeat' ? 0 : null);
const yesNo = (value: boolean | null): 0 | 1 | null => (value === null ? null : value ? 1 : 0);

function primaryValues(assessment: Assessment27): Partial<RuledValues> {
  return {
    overall_first: assessment.firstLevel, overall: assessment.level, completed_programme: yesNo(assessment.completedProgramme),
    promoted: yesNo(assessment.promoted), promotion: primaryPromotion(assessment), award: assessment.award,
  };
}

/** TT 27/2020 Đ11: completed goes up; otherwise help and a second assessment, then the principal decides. */
export function primaryPromotion({ level, promoted, supplementCounts }: Assessment27): Promotion {
  if (promoted !== null) return promoted ? 'promoted' : 'repeat';
  if (level === null) return 'incomplete';
  return supplementCounts === true ? 'principal-decides' : 'support';
}

/** What the year ends in, whatever the rule set. */
export function promotionOf(assessment: Assessment): Promotion {
  return assessment.ruleSet === 'TT27-2020' ? primaryPromotion(assessment) : assessment.decision.promotion;
}

export function awardOf(assessment: Assessment): Award | null {
  return assessment.ruleSet === 'TT22-2021' || assessment.ruleSet === 'TT27-2020' ? assessment.award : assessment.titleYear;
}

export function differs(stored: ResultValues, fresh: ResultValues): boolean {
  return Object.entries(fresh).some(([column, value]) => stored[column as keyof ResultValues] !== value);
}

/** Files a result that is new or has changed; answers whether anything was written. */
export function saveResult(tx: WriteHandle, stamp: Stamp, stored: YearResultTable | undefined, fresh: ResultValues): boolean {
  if (!stored) insertRecord(tx, stamp, 'year_result', { ...fresh, computed_at: stamp.at });
  else if (differs(stored, fresh)) updateRecord(tx, stamp, 'year_result', stored.id, stored.version, { ...fresh, computed_at: stamp.at });
  else return false;
  return true;
}
