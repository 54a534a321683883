import { countedFields } from '../../preload/contract/pupil-fields.ts';
import type { CheckReport } from '../../preload/contract/system.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { fieldName } from '../students/pupil-history.ts';
import { listStudentsWith } from '../students/students-store.ts';

/** Fields named in the report; a school mends the widest gaps first. */
const NAMED = 6;

/** How complete the pupils' records of a year are, and which fields most of them lack. */
export function recordNotices(db: ReadHandle, year: string): { completeness: number; notices: CheckReport['notices'] } {
  const pupils = listStudentsWith(db, { year }, countedFields);
  if (pupils.length === 0) return { completeness: 0, notices: [] };
  const isEmpty = (value: string | undefined) => value === undefined || value === '' || value === 'unknown';
  const gaps = countedFields.map(field => ({ name: fieldName(field), count: pupils.filter(({ values }) => isEmpty(values[field.key])).length }))
    .filter(gap => gap.count > 0).toSorted((left, right) => right.count - left.count);
  const short = pupils.filter(({ row }) => row.completeness < 100).length;
  const params = { count: short, pupils: pupils.length, fields: gaps.slice(0, NAMED).map(gap => `${gap.name} (${gap.count})`).join(', ') };
  return {
    completeness: Math.floor(pupils.reduce((sum, { row }) => sum + row.completeness, 0) / pupils.length),
    notices: short === 0 ? [] : [{ area: 'records', what: text('system.notice.incomplete.what', params), remedy: text('system.notice.incomplete.remedy', params) }],
  };
}
