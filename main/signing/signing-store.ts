import { sql, type ReadHandle } from '../../db/handle.ts';
import type { SignRole } from '../../preload/contract/transcripts.ts';
import type { TranscriptTable } from '../../db/schema/papers.ts';
import { readSetting } from '../school/school-store.ts';

/** The state a paper must be in before each signature: teacher, then principal, then seal. */
export const stateBefore = { homeroom: 'prepared', principal: 'homeroomSigned', seal: 'principalSigned' } as const;
export const stateAfter = { homeroom: 'homeroomSigned', principal: 'principalSigned', seal: 'sealed' } as const;

export interface WaitingPaper extends TranscriptTable {
  name: string;
}

/** Papers of a class that wait for this signature, in roll order; only the newest version of each. */
export function papersWaiting(db: ReadHandle, classId: string, role: SignRole): WaitingPaper[] {
  const papers = db.all(sql.selectFrom('transcript').innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .selectAll('transcript').select('person.name').where('enrolment.class_id', '=', classId).where('transcript.cancelled', '=', 0)
    .orderBy('enrolment.roll').orderBy('transcript.paper_version'));
  const newest = new Map(papers.map(paper => [paper.enrolment_id, paper]));
  return [...newest.values()].filter(paper => paper.state === stateBefore[role]);
}

export function paperCounts(db: ReadHandle, year: string) {
  return db.all(sql.selectFrom('transcript').innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .where('enrolment.year', '=', year).where('transcript.cancelled', '=', 0).groupBy(['enrolment.class_id', 'school_class.name', 'transcript.state'])
    .select(['enrolment.class_id', 'school_class.name', 'transcript.state']).select(({ fn }) => fn.countAll<number>().as('count')));
}

/** Address of the timestamp service the school uses, or null: signatures then wait for their timestamp. */
export function timestampAddress(db: ReadHandle): string | null {
  return readSetting<string>(db, 'signing.tsa') ?? null;
}
