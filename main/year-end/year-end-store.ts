import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';
import type { ApprovalStage, ReassessmentTable, RollOverTable, SummerTrainingTable, YearApprovalTable } from '../../db/schema/year-end.ts';

const resultsOfClassQuery = prepare<{ classId: string }, YearResultTable>(p => sql.selectFrom('year_result')
  .innerJoin('enrolment', 'enrolment.id', 'year_result.enrolment_id').selectAll('year_result')
  .where('enrolment.class_id', '=', p('classId')).where('year_result.cancelled', '=', 0));

export function resultsOfClass(db: ReadHandle, classId: string): Map<string, YearResultTable> {
  return new Map(resultsOfClassQuery(db, { classId }).map(row => [row.enrolment_id, row]));
}

export type ClassApprovals = Partial<Record<ApprovalStage, YearApprovalTable>>;

/** Approvals that stand, by class. */
export function approvalsOfYear(db: ReadHandle, year: string): Map<string, ClassApprovals> {
  const rows = db.all(sql.selectFrom('year_approval').innerJoin('school_class', 'school_class.id', 'year_approval.class_id').selectAll('year_approval')
    .where('school_class.year', '=', year).where('year_approval.cancelled', '=', 0));
  const found = new Map<string, ClassApprovals>();
  for (const row of rows) found.set(row.class_id, { ...found.get(row.class_id), [row.stage]: row });
  return found;
}

export function approvalsOfClass(db: ReadHandle, classId: string): ClassApprovals {
  const rows = db.all(sql.selectFrom('year_approval').selectAll().where('class_id', '=', classId).where('cancelled', '=', 0));
  return Object.fromEntries(rows.map(row => [row.stage, row]));
}

export function lastJournalSeq(db: ReadHandle): number {
  return db.get(sql.selectFrom('journal').select(({ fn }) => fn.max('seq').as('seq')))?.seq ?? 0;
}

export function findReassessment(db: ReadHandle, enrolmentId: string, subject: string, part: string): ReassessmentTable | undefined {
  return db.get(sql.selectFrom('reassessment').selectAll().where('enrolment_id', '=', enrolmentId).where('subject', '=', subject).where('part', '=', part)
    .where('cancelled', '=', 0));
}

export function findTraining(db: ReadHandle, enrolmentId: string): SummerTrainingTable | undefined {
  return db.get(sql.selectFrom('summer_training').selectAll().where('enrolment_id', '=', enrolmentId).where('cancelled', '=', 0));
}

/** Every passage out of `year`, or of the whole school, newest first. */
export function rollOversFrom(db: ReadHandle, year: string): RollOverTable[] {
  return db.all(sql.selectFrom('roll_over').selectAll().where('from_year', '=', year).where('cancelled', '=', 0).orderBy('created_at', 'desc'));
}

export function findRollOver(db: ReadHandle, id: string): RollOverTable | undefined {
  return db.get(sql.selectFrom('roll_over').selectAll().where('id', '=', id).where('cancelled', '=', 0));
}
