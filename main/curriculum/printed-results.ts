import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { curriculum, PrintedLine, PrintedResult } from '../../preload/contract/curriculum.ts';
import { sql } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { homeroomClassIds } from '../school/own-classes.ts';

type Curriculum = typeof curriculum;

/** Like the years kept here, for the office and his homeroom teachers. */
function mayRead({ db, session }: ReadContext, personId: string): boolean {
  if (session.role === 'principal' || session.role === 'secretary') return true;
  const own = session.role === 'teacher' && session.staffId !== null ? homeroomClassIds(db, session.staffId) : new Set<string>();
  return db.all(sql.selectFrom('enrolment').select('class_id').where('person_id', '=', personId).where('cancelled', '=', 0)).some(row => own.has(row.class_id));
}

/** Years of a pupil as their books show them, newest first; none for somebody whose work does not need them. */
export function printedResults(ctx: ReadContext, { personId }: CheckedInputOf<Curriculum['printedResults']>): { years: PrintedResult[] } {
  const { db } = ctx;
  if (!mayRead(ctx, personId)) return { years: [] };
  const rows = db.all(sql.selectFrom('printed_result').selectAll().where('person_id', '=', personId).where('cancelled', '=', 0).orderBy('year', 'desc'));
  return {
    years: rows.map(row => ({
      printedId: row.id, version: row.version, year: row.year, grade: row.grade, school: row.school, className: row.class_name,
      lines: JSON.parse(row.lines) as PrintedLine[], learning: row.learning, conduct: row.conduct, outcome: row.outcome, award: row.award, absences: row.absences,
    })),
  };
}

/**
 * Stores a year word for word. A year the pupil spent in this program has results of its own and is refused.
 * @throws AppError `curriculum.yearIsKept`, `curriculum.printedYearKnown`
 */
export function savePrinted(ctx: WriteContext, input: CheckedInputOf<Curriculum['savePrinted']>): { printedId: string; version: number } {
  const { personId, printedId, version, result } = input;
  const { db, stamp } = ctx;
  if (!db.get(sql.selectFrom('person').select('id').where('id', '=', personId).where('cancelled', '=', 0))) throw new AppError('students.unknown');
  const { className, lines, ...rest } = result;
  const kept = db.get(sql.selectFrom('enrolment').innerJoin('grade_sheet', 'grade_sheet.class_id', 'enrolment.class_id').select('enrolment.id')
    .where('enrolment.person_id', '=', personId).where('enrolment.year', '=', result.year).where('enrolment.cancelled', '=', 0)
    .where('grade_sheet.cancelled', '=', 0));
  if (kept) throw new AppError('curriculum.yearIsKept', { params: { year: result.year }, field: 'result.year' });
  const known = db.get(sql.selectFrom('printed_result').select('id').where('person_id', '=', personId).where('year', '=', result.year)
    .where('cancelled', '=', 0));
  if (known && known.id !== printedId) throw new AppError('curriculum.printedYearKnown', { params: { year: result.year }, field: 'result.year' });
  const values = { ...rest, class_name: className, lines: JSON.stringify(lines) };
  const saved = printedId === null
    ? { printedId: insertRecord(db, stamp, 'printed_result', { person_id: personId, ...values }), version: 1 }
    : { printedId, version: updateRecord(db, stamp, 'printed_result', printedId, version, values) };
  ctx.changed('curriculum', personId);
  return saved;
}

export function cancelPrinted(ctx: WriteContext, { printedId, version }: CheckedInputOf<Curriculum['cancelPrinted']>): { cancelled: true } {
  const row = ctx.db.get(sql.selectFrom('printed_result').select('person_id').where('id', '=', printedId).where('cancelled', '=', 0));
  if (!row) throw new AppError('curriculum.printedUnknown');
  cancelRecord(ctx.db, ctx.stamp, 'printed_result', printedId, version);
  ctx.changed('curriculum', row.person_id);
  return { cancelled: true };
}
