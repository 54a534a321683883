import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { SecondValue } from './beside-marks.ts';

interface EnteredRow extends SecondValue {
  enrolment_id: string;
  subject: string;
  part: string;
}

const reassessedQuery = prepare<{ classId: string }, EnteredRow>(p => sql.selectFrom('reassessment').innerJoin('enrolment', 'enrolment.id', 'reassessment.enrolment_id')
  .select(['reassessment.enrolment_id', 'reassessment.subject', 'reassessment.part', 'reassessment.tenths', 'reassessment.level'])
  .where('enrolment.class_id', '=', p('classId')).where('reassessment.cancelled', '=', 0));

const yearValueQuery = prepare<{ enrolmentId: string; subject: string }, SecondValue>(p => sql.selectFrom('subject_average')
  .select(['year as tenths', 'level_year as level']).where('enrolment_id', '=', p('enrolmentId')).where('subject', '=', p('subject')));

const cellQuery = prepare<{ enrolmentId: string; subject: string; column: string }, SecondValue>(p => sql.selectFrom('mark')
  .innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id').select(['mark.tenths', 'mark.level']).where('mark.enrolment_id', '=', p('enrolmentId'))
  .where('grade_sheet.subject', '=', p('subject')).where('grade_sheet.term', '=', 4).where('grade_sheet.cancelled', '=', 0)
  .where('mark.col', '=', p('column') as 'kt'));

/**
 * What was assessed again in a class, by `enrolment/subject/part`. Who did not come keeps the year's value, which then counts as his last word:
 * the regulations give no second chance to be assessed again.
 */
export function reassessedOfClass(db: ReadHandle, classId: string): ReadonlyMap<string, SecondValue> {
  return new Map(reassessedQuery(db, { classId }).map(row => [`${row.enrolment_id}/${row.subject}/${row.part}`, row.tenths === null && row.level === null ? former(db, row) : row]));
}

function former(db: ReadHandle, { enrolment_id: enrolmentId, subject, part }: EnteredRow): SecondValue {
  const value = part === 'year' ? yearValueQuery(db, { enrolmentId, subject })[0] : cellQuery(db, { enrolmentId, subject, column: part })[0];
  return value ?? { tenths: null, level: null };
}

const trainedQuery = prepare<{ classId: string }, { enrolment_id: string; level: string | null }>(p => sql.selectFrom('summer_training')
  .innerJoin('enrolment', 'enrolment.id', 'summer_training.enrolment_id').select(['summer_training.enrolment_id', 'summer_training.level'])
  .where('enrolment.class_id', '=', p('classId')).where('summer_training.cancelled', '=', 0).where('summer_training.level', 'is not', null));

/** Level of conduct that summer training of a class ended with, by enrolment. */
export function summerConductOfClass(db: ReadHandle, classId: string): ReadonlyMap<string, string> {
  return new Map(trainedQuery(db, { classId }).map(row => [row.enrolment_id, row.level ?? '']));
}

export interface SummerWords {
  /** Subjects the pupil was to be assessed in again and did not come to: the book shows no second value. */
  absentFrom: ReadonlySet<string>;
  task: string;
}

/** What the printed book needs of a pupil's summer beside the results. */
export function summerOfPupil(db: ReadHandle, enrolmentId: string): SummerWords {
  const absent = db.all(sql.selectFrom('reassessment').select('subject').where('enrolment_id', '=', enrolmentId).where('cancelled', '=', 0)
    .where('tenths', 'is', null).where('level', 'is', null));
  const training = db.get(sql.selectFrom('summer_training').select('task').where('enrolment_id', '=', enrolmentId).where('cancelled', '=', 0));
  return { absentFrom: new Set(absent.map(row => row.subject)), task: training?.task ?? '' };
}
