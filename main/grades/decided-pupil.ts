import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { YearDecisionTable } from '../../db/schema/year-end.ts';
import type { DecisionMatter } from '../../preload/contract/year-end-decisions.ts';
import type { Openings, Pupil } from './rules/assessment-types.ts';

/** A decision that stands. */
export interface StandingDecision {
  id: string;
  version: number;
  matter: DecisionMatter;
  value: string;
  reason: string;
  /** Name and role of whoever decided. */
  by: string;
  role: string;
  at: string;
}

const decisionsOfClassQuery = prepare<{ classId: string }, YearDecisionTable>(p => sql.selectFrom('enrolment')
  .innerJoin('year_decision', 'year_decision.enrolment_id', 'enrolment.id').selectAll('year_decision')
  .where('enrolment.class_id', '=', p('classId')).where('year_decision.cancelled', '=', 0).orderBy('year_decision.id'));

/** The decisions that stand for the pupils of a class, by enrolment, the oldest first. */
export function decisionsOfClass(db: ReadHandle, classId: string): Map<string, StandingDecision[]> {
  const found = new Map<string, StandingDecision[]>();
  for (const row of decisionsOfClassQuery(db, { classId })) {
    const decisions = found.get(row.enrolment_id);
    if (decisions) decisions.push(standing(row));
    else found.set(row.enrolment_id, [standing(row)]);
  }
  return found;
}

function standing(row: YearDecisionTable): StandingDecision {
  return {
    id: row.id, version: row.version, matter: row.matter as DecisionMatter, value: row.value, reason: row.reason, by: row.decided_by, role: row.role, at: row.created_at,
  };
}

/** The pupil as the rules shall see him when this is decided: the rules themselves then draw every consequence. */
export function withDecision(pupil: Pupil, matter: DecisionMatter, value: string): Pupil {
  switch (matter) {
    case 'reading': return pupil.ruleSet === 'TT22-2021' ? { ...pupil, adjustmentReading: value === 'exclude' ? 'exclude' : 'waive' } : pupil;
    case 'recognised': return pupil.ruleSet === 'TT27-2020' ? { ...pupil, recognised: value === 'yes' } : pupil;
    case 'principalPromotes': return pupil.ruleSet === 'TT27-2020' ? { ...pupil, principalPromotes: value === 'promoted' } : pupil;
    case 'noMoreReassessment':
    case 'printed': return pupil;
    case 'disabled':
    case 'partYear': return withOpening(pupil, { withoutResults: value === 'promoted' ? 'promoted' : 'repeat' });
    case 'no-rule:good-average-but-kem': return withOpening(pupil, { goodAverageKem: value === 'Y' ? 'Y' : 'KEM' });
    case 'no-rule:award-despite-absences': return withOpening(pupil, { awardDespiteAbsences: value === 'none' ? 'none' : 'award' });
    case 'no-rule:conduct-and-learning-both-fail': return withOpening(pupil, { bothFail: value === 'repeat' ? 'repeat' : 'train-then-reassess' });
    case 'no-rule:adjusted-after-reassessment': return withOpening(pupil, { adjustAfterReassessment: value === 'none' ? 'none' : 'apply' });
  }
}

function withOpening(pupil: Pupil, opening: Openings): Pupil {
  return { ...pupil, openings: { ...pupil.openings, ...opening } };
}
