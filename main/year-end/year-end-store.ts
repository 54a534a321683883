import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';

const resultsOfClassQuery = prepare<{ classId: string }, YearResultTable>(p => sql.selectFrom('year_result')
  .innerJoin('enrolment', 'enrolment.id', 'year_result.enrolment_id').selectAll('year_result')
  .where('enrolment.class_id', '=', p('classId')).where('year_result.cancelled', '=', 0));

export function resultsOfClass(db: ReadHandle, classId: string): Map<string, YearResultTable> {
  return new Map(resultsOfClassQuery(db, { classId }).map(row => [row.enrolment_id, row]));
}
