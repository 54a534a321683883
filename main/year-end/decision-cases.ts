import type { DecisionChoice, DecisionMatter } from '../../preload/contract/year-end-decisions.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { prepare, sql } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { withDecision } from '../grades/decided-pupil.ts';
import { READING_VALUES } from '../grades/rule-readings.ts';
import { articleOf, type RuleTopic } from '../grades/rules/articles.ts';
import { assessPupil } from '../grades/rules/assess-pupil.ts';
import type { Pupil } from '../grades/rules/assessment-types.ts';
import { resultLine } from './result-words.ts';
import type { AssessedPupil } from './year-results.ts';

/** The values of each matter, and the article that leaves it to a person. */
const MATTERS: Readonly<Record<DecisionMatter, { values: readonly string[]; topic: RuleTopic }>> = {
  'reading': { values: READING_VALUES.adjustmentReading, topic: 'adjustment' },
  'no-rule:good-average-but-kem': { values: READING_VALUES.goodAverageKem, topic: 'adjustment' },
  'no-rule:award-despite-absences': { values: READING_VALUES.awardDespiteAbsences, topic: 'award' },
  'no-rule:conduct-and-learning-both-fail': { values: READING_VALUES.bothFail, topic: 'promotion' },
  'no-rule:adjusted-after-reassessment': { values: READING_VALUES.adjustAfterReassessment, topic: 'reassessment' },
  'disabled': { values: ['promoted', 'repeat'], topic: 'promotion' },
  'partYear': { values: ['promoted', 'repeat'], topic: 'promotion' },
  'principalPromotes': { values: ['promoted', 'repeat'], topic: 'completion' },
  'recognised': { values: ['yes', 'no'], topic: 'award' },
  // Said where the summer is entered, never listed as waiting.
  'noMoreReassessment': { values: ['yes'], topic: 'reassessment' },
  'printed': { values: ['promoted', 'repeat'], topic: 'promotion' },
};

/** What the summer brings up; everything else is decided before the results of the year are approved. */
const SUMMER_MATTERS: ReadonlySet<DecisionMatter> = new Set(['no-rule:adjusted-after-reassessment', 'principalPromotes']);

export function isOfSummer(matter: DecisionMatter): boolean {
  return SUMMER_MATTERS.has(matter);
}

const disabledQuery = prepare<{ classId: string }, { id: string }>(p => sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
  .select('enrolment.id').where('enrolment.class_id', '=', p('classId')).where('person.disability', '<>', ''));

/** Enrolments of a class whose pupil has a disability on record. */
function disabledIn(db: ReadHandle, classId: string): Set<string> {
  return new Set(disabledQuery(db, { classId }).map(({ id }) => id));
}

/**
 * What a person has to decide about each pupil of a class, or in primary school may recognise. The same before and after it was decided. That
 * results are missing is for a person only once the year comes to its end: before, everybody's are.
 */
export function mattersOfClass(db: ReadHandle, classId: string, assessed: readonly AssessedPupil[]): (pupil: AssessedPupil) => DecisionMatter[] {
  const disabled = disabledIn(db, classId);
  const hasEnded = assessed.some(({ facts }) => hasLastResults(facts.pupil)) || assessed.every(({ facts }) => disabled.has(facts.member.enrolment_id));
  return pupil => mattersOf(pupil, disabled.has(pupil.facts.member.enrolment_id), hasEnded);
}

/** Something stands at the end of the year: a mark or level at the end of term II, in primary school a level of the last sheets. */
function hasLastResults(pupil: Pupil): boolean {
  return pupil.ruleSet === 'TT27-2020' ? pupil.subjects.some(({ level }) => level !== null) : pupil.subjects.some(({ terms }) => terms[1].final !== null);
}

function mattersOf({ facts: { pupil, undecided }, assessment }: AssessedPupil, hasDisability: boolean, hasEnded: boolean): DecisionMatter[] {
  const flags = [...assessment.flags];
  const matters: DecisionMatter[] = flags.includes('readings-differ') ? ['reading'] : [];
  if (assessment.ruleSet !== 'TT27-2020') matters.push(...assessment.silent.map(silent => `no-rule:${silent}` as const));
  else if (assessment.awardCandidate) matters.push('recognised');
  else if (assessment.level === 'CHT' && assessment.supplementCounts === true) matters.push('principalPromotes');
  if (hasEnded && flags.some(flag => flag.startsWith('incomplete:'))) {
    if (hasDisability) matters.push('disabled');
    else if (undecided.length > 0 || lacksFirstTerm(pupil)) matters.push('partYear');
  }
  return matters;
}

/** Came after the first term: there is nothing of it in any subject, and something of the second. */
function lacksFirstTerm(pupil: Pupil): boolean {
  if (pupil.ruleSet === 'TT27-2020' || pupil.subjects.length === 0) return false;
  const isEmpty = (term: 0 | 1) => pupil.subjects.every(({ terms }) => {
    const { ongoing, periodic, final } = terms[term];
    return final === null && [...ongoing, ...periodic].every(entry => entry === null);
  });
  return isEmpty(0) && !isEmpty(1);
}

export function articleOfMatter(pupil: Pupil, matter: DecisionMatter): string {
  return articleOf(pupil.ruleSet, MATTERS[matter].topic);
}

export function isChoice(matter: DecisionMatter, value: string): boolean {
  return MATTERS[matter].values.includes(value);
}

export function choiceLabel(matter: DecisionMatter, value: string): string {
  return text(`yearEnd.decision.${keyOf(matter)}.value.${value}`);
}

export function questionOf(matter: DecisionMatter, pupil?: Pupil): string {
  // One subject in one half only, where the pupil himself was here all year.
  const isOneSubject = matter === 'partYear' && pupil !== undefined && !lacksFirstTerm(pupil);
  const isOf58 = pupil?.ruleSet === 'TT58-2011' || pupil?.ruleSet === 'TT26-2020';
  return text(`yearEnd.decision.${keyOf(matter)}.${isOneSubject ? isOf58 ? 'questionOneSubject58' : 'questionOneSubject' : 'question'}`);
}

/** Each choice with the result the rules draw from it. */
export function choicesOf(pupil: Pupil, matter: DecisionMatter): DecisionChoice[] {
  return MATTERS[matter].values.map(value => ({
    value, label: choiceLabel(matter, value), leadsTo: resultLine(assessPupil(withDecision(pupil, matter, value))),
  }));
}

/** The choice the result stands on while nobody has decided; null where it has none without a decision. */
export function proposedFor(pupil: Pupil, matter: DecisionMatter): string | null {
  const openings = pupil.openings ?? {};
  switch (matter) {
    case 'reading': return pupil.ruleSet === 'TT22-2021' ? pupil.adjustmentReading : null;
    case 'no-rule:good-average-but-kem': return openings.goodAverageKem ?? 'KEM';
    case 'no-rule:award-despite-absences': return openings.awardDespiteAbsences ?? 'award';
    case 'no-rule:conduct-and-learning-both-fail': return openings.bothFail ?? 'train-then-reassess';
    case 'no-rule:adjusted-after-reassessment': return openings.adjustAfterReassessment ?? 'apply';
    case 'disabled': case 'partYear': case 'principalPromotes': case 'recognised': case 'noMoreReassessment': case 'printed': return null;
  }
}

function keyOf(matter: DecisionMatter): string {
  return matter.replace('no-rule:', '');
}
