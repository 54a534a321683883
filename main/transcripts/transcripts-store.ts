import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { TranscriptSignatureTable, TranscriptTable } from '../../db/schema/papers.ts';

const papersOfClassQuery = prepare<{ classId: string }, TranscriptTable>(p => sql.selectFrom('transcript')
  .innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id').selectAll('transcript')
  .where('enrolment.class_id', '=', p('classId')).where('transcript.cancelled', '=', 0).orderBy('enrolment.roll').orderBy('transcript.paper_version'));

/** Every version of every paper of a class. */
export function papersOfClass(db: ReadHandle, classId: string): TranscriptTable[] {
  return papersOfClassQuery(db, { classId });
}

/** The newest version of each pupil's paper. */
export function newestPapers(db: ReadHandle, classId: string): Map<string, TranscriptTable> {
  return new Map(papersOfClass(db, classId).map(paper => [paper.enrolment_id, paper]));
}

export function findPaper(db: ReadHandle, transcriptId: string): TranscriptTable | undefined {
  return db.get(sql.selectFrom('transcript').selectAll().where('id', '=', transcriptId).where('cancelled', '=', 0));
}

const signaturesQuery = prepare<{ classId: string }, TranscriptSignatureTable>(p => sql.selectFrom('transcript_signature')
  .innerJoin('transcript', 'transcript.id', 'transcript_signature.transcript_id').innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id')
  .selectAll('transcript_signature').where('enrolment.class_id', '=', p('classId')).where('transcript_signature.cancelled', '=', 0)
  .orderBy('transcript_signature.signed_at'));

export function signaturesOfClass(db: ReadHandle, classId: string): Map<string, TranscriptSignatureTable[]> {
  return Map.groupBy(signaturesQuery(db, { classId }), row => row.transcript_id);
}

/** What a transcript prints of a person besides his results. */
export function personFacts(db: ReadHandle, enrolmentId: string) {
  const row = db.get(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').selectAll('person')
    .select(['enrolment.person_id']).where('enrolment.id', '=', enrolmentId));
  if (!row) return undefined;
  const guardians = db.all(sql.selectFrom('guardian').select(['relation', 'name', 'occupation']).where('person_id', '=', row.person_id).where('cancelled', '=', 0));
  const register = db.get(sql.selectFrom('pupil_code').select('code').where('person_id', '=', row.person_id).where('kind', '=', 'register').where('cancelled', '=', 0));
  const years = db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .select(['enrolment.year', 'school_class.name']).where('enrolment.person_id', '=', row.person_id).where('enrolment.cancelled', '=', 0).orderBy('enrolment.year'));
  return { person: row, guardians, registerNumber: register?.code ?? '', years };
}

/** The last measurement of a pupil's height and weight. */
export function healthOf(db: ReadHandle, enrolmentId: string) {
  return db.get(sql.selectFrom('health_check').innerJoin('enrolment', 'enrolment.person_id', 'health_check.person_id').select(['health_check.height', 'health_check.weight'])
    .where('enrolment.id', '=', enrolmentId).where('health_check.cancelled', '=', 0).orderBy('health_check.measured_on', 'desc').limit(1));
}

/** Who heads the school today; empty when the staff list names nobody. */
export function principalName(db: ReadHandle): string {
  return db.get(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').select('person.name').where('staff.job', '=', 'principal')
    .where('staff.status', 'in', ['working', 'leave']).where('staff.cancelled', '=', 0))?.name ?? '';
}
