import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { CountedMember, reports, Statistics } from '../../preload/contract/reports.ts';
import type { ReadHandle } from '../../db/handle.ts';
import type { ReadContext } from '../call/context.ts';
import { dateText } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { schoolYear } from '../school/school-store.ts';
import { namedMembers } from './report-members.ts';
import { countPeriod, plainSections, reportFacts } from './statistics-count.ts';

type Reports = typeof reports;

/** @throws AppError `reports.dayOutside`, `school.noYear` */
export function requireDay(db: ReadHandle, year: string, asOf: string): void {
  // Pupils are placed in the summer before; what a year ended in is settled in the summer after.
  const from = `${year.slice(0, 4)}-06-01`;
  const to = `${year.slice(5)}-08-31`;
  schoolYear(db, year);
  if (asOf < from || asOf > to) throw new AppError('reports.dayOutside', { params: { year, from: dateText(from), to: dateText(to) }, field: 'asOf' });
}

export function statistics({ db }: ReadContext, { year, period, asOf }: CheckedInputOf<Reports['statistics']>): Statistics {
  requireDay(db, year, asOf);
  return { year, period, asOf, sections: plainSections(countPeriod(reportFacts(db, year, asOf), year, period)) };
}

export function statisticsMembers({ db }: ReadContext, input: CheckedInputOf<Reports['statisticsMembers']>): { members: CountedMember[] } {
  requireDay(db, input.year, input.asOf);
  const section = countPeriod(reportFacts(db, input.year, input.asOf), input.year, input.period).find(one => one.key === input.section);
  const row = section?.rows.findIndex(one => one.key === input.row) ?? -1;
  const column = section?.columns.findIndex(one => one.key === input.column) ?? -1;
  return { members: section ? namedMembers(db, section.of, section.members[row]?.[column] ?? []) : [] };
}
