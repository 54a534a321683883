import type { ReadHandle } from '../../db/handle.ts';
import { END_OF_YEAR } from '../grades/primary-facts.ts';
import { commentsOfClass } from '../gradebook/comment-store.ts';

/** What the teachers wrote for the học bạ of a class: the comments of the year's last sheets. */
export interface PrintedComments {
  /** Comments that somebody has looked at, by `enrolment/subject/kind`. */
  seen: ReadonlyMap<string, string>;
  /** Pupils with a draft nobody has looked at: their papers are not printed before, unless the sheet was locked without it. */
  waiting: ReadonlySet<string>;
}

const LAST_PRIMARY_GRADE = 5;
const LAST_TERM = 2;

/** Secondary: those of term 2; primary: those of the fourth point, the end of the year. Comments on conduct are for the homeroom teacher alone. */
export function printedComments(db: ReadHandle, classId: string, grade: number): PrintedComments {
  const last = grade <= LAST_PRIMARY_GRADE ? END_OF_YEAR : LAST_TERM;
  const rows = commentsOfClass(db, classId).filter(row => row.term === last && row.kind !== 'conduct');
  return {
    seen: new Map(rows.filter(row => row.is_seen === 1).map(row => [`${row.enrolment_id}/${row.subject}/${row.kind}`, row.comment])),
    waiting: new Set(rows.filter(row => row.is_seen === 0 && row.state !== 'locked').map(row => row.enrolment_id)),
  };
}
