import { sql as raw } from 'kysely';
import { prepare, prepareWrite, sql, type ReadHandle, type WriteHandle } from '../../db/handle.ts';
import type { Stamp } from '../../db/records.ts';
import type { JournalTable } from '../../db/schema/schema.ts';
import type { GradeSheetTable, MarkTable, SubjectAverageTable } from '../../db/schema/grades.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { holdsToday } from '../school/assignment-dates.ts';
import { withoutLeftOut } from './sheet-standings.ts';

export interface SheetWithClass extends GradeSheetTable {
  class_name: string;
  grade: number;
  year: string;
  year_state: 'open' | 'closed';
}

const selectSheets = () => sql.selectFrom('grade_sheet')
  .innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
  .innerJoin('school_year', 'school_year.year', 'school_class.year')
  .selectAll('grade_sheet')
  .select(['school_class.name as class_name', 'school_class.grade', 'school_class.year', 'school_year.state as year_state']);

const sheetById = prepare<{ id: string }, SheetWithClass>(p => selectSheets().where('grade_sheet.id', '=', p('id')));

export function findSheet(db: ReadHandle, sheetId: string): SheetWithClass | undefined {
  return sheetById(db, { id: sheetId })[0];
}

const sheetsOfClassQuery = prepare<{ classId: string }, SheetWithClass>(p => selectSheets().where('grade_sheet.class_id', '=', p('classId')).where('grade_sheet.cancelled', '=', 0)
  .orderBy('grade_sheet.subject').orderBy('grade_sheet.term'));

export function sheetsOfClass(db: ReadHandle, classId: string): SheetWithClass[] {
  return sheetsOfClassQuery(db, { classId });
}

export interface SheetProgress extends SheetWithClass {
  filled: number;
  pupils: number;
  teacher: string | null;
}

/** Sheets of a year (or one class) with how many cells are filled, by class; pupils of whom nothing is asked are not counted. */
export function sheetsWithProgress(db: ReadHandle, year: string, classId?: string): SheetProgress[] {
  let query = selectSheets()
    .leftJoin('assignment', join => join.onRef('assignment.class_id', '=', 'grade_sheet.class_id').onRef('assignment.subject', '=', 'grade_sheet.subject')
      .on(holdsToday))
    // Qualities and competences are nobody's subject: the homeroom teacher's.
    .leftJoin('staff', join => join.on(({ eb, fn, ref }) => eb('staff.id', '=', fn.coalesce(
      ref('assignment.staff_id'), eb.case().when('grade_sheet.kind', '=', 'traits').then(ref('school_class.homeroom_staff_id')).end(),
    )))).leftJoin('person', 'person.id', 'staff.person_id')
    .select('person.name as teacher')
    .where('school_class.year', '=', year).where('grade_sheet.cancelled', '=', 0);
  if (classId !== undefined) query = query.where('grade_sheet.class_id', '=', classId);
  const rows = db.all(query.orderBy('school_class.grade').orderBy('school_class.name').orderBy('grade_sheet.term'));
  const pupils = headCounts(db, year);
  const filled = filledCells(db, year, classId);
  const sum = (sheetId: string) => [...filled.get(sheetId)?.values() ?? []].reduce((total, count) => total + count, 0);
  return withoutLeftOut(db, rows.map(row => ({ ...row, filled: sum(row.id), pupils: pupils.get(row.class_id) ?? 0 })), year, classId);
}

/** Filled cells of the sheets of a year (or one class) by column, without those of pupils who have left. */
export function filledCells(db: ReadHandle, year: string, classId?: string): ReadonlyMap<string, ReadonlyMap<MarkColumn, number>> {
  // CROSS JOIN: SQLite keeps to this order. Left to itself it begins with all marks of all years.
  let kept = sql.selectFrom('school_class').crossJoin('grade_sheet').crossJoin('sheet_progress')
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0)
    .whereRef('grade_sheet.class_id', '=', 'school_class.id').where('grade_sheet.cancelled', '=', 0).whereRef('sheet_progress.sheet_id', '=', 'grade_sheet.id')
    .select(['sheet_progress.sheet_id', 'sheet_progress.col', 'sheet_progress.filled']);
  // From the few who left to their cells: no mark of anybody else is read.
  let gone = sql.selectFrom('enrolment').crossJoin('grade_sheet').crossJoin('mark')
    .where('enrolment.year', '=', year).where(({ or, eb }) => or([eb('enrolment.cancelled', '=', 1), eb('enrolment.status', 'not in', ['studying', 'transferredIn'])]))
    .whereRef('grade_sheet.class_id', '=', 'enrolment.class_id').where('grade_sheet.cancelled', '=', 0)
    .whereRef('mark.sheet_id', '=', 'grade_sheet.id').whereRef('mark.enrolment_id', '=', 'enrolment.id')
    .where('mark.state', '<>', 'empty').groupBy(['mark.sheet_id', 'mark.col']).select(({ fn }) => ['mark.sheet_id', 'mark.col', fn.countAll<number>().as('count')]);
  if (classId !== undefined) {
    kept = kept.where('grade_sheet.class_id', '=', classId);
    gone = gone.where('grade_sheet.class_id', '=', classId);
  }
  const sheets = new Map<string, Map<MarkColumn, number>>();
  for (const { sheet_id: sheetId, col, filled } of db.all(kept)) {
    const columns = sheets.get(sheetId) ?? new Map<MarkColumn, number>();
    columns.set(col, filled);
    sheets.set(sheetId, columns);
  }
  for (const { sheet_id: sheetId, col, count } of db.all(gone)) {
    const columns = sheets.get(sheetId);
    columns?.set(col, (columns.get(col) ?? 0) - count);
  }
  return sheets;
}

/** Pupils in each class of a year now. */
export function headCounts(db: ReadHandle, year: string): ReadonlyMap<string, number> {
  return new Map(db.all(sql.selectFrom('enrolment').where('year', '=', year).where('cancelled', '=', 0).where('status', 'in', ['studying', 'transferredIn'])
    .groupBy('class_id').select('class_id').select(({ fn }) => fn.countAll<number>().as('count'))).map(row => [row.class_id, row.count]));
}

export interface ClassMember {
  enrolment_id: string;
  roll: number;
  name: string;
  birth: string;
  code: string | null;
}

const membersQuery = prepare<{ classId: string }, ClassMember>(p => sql.selectFrom('enrolment')
  .innerJoin('person', 'person.id', 'enrolment.person_id')
  .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.kind', '=', 'moet')
    .on('pupil_code.valid_to', 'is', null).on('pupil_code.cancelled', '=', 0))
  .where('enrolment.class_id', '=', p('classId')).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
  .select(['enrolment.id as enrolment_id', 'enrolment.roll', 'person.name', 'person.birth', 'pupil_code.code']).orderBy('enrolment.roll'));

/** Who is in the class now, in roll order. */
export function membersOf(db: ReadHandle, classId: string): ClassMember[] {
  return membersQuery(db, { classId });
}

export type MarkCell = Pick<MarkTable, 'enrolment_id' | 'col' | 'state' | 'tenths' | 'level' | 'reason' | 'version'>;

const marksOfSheetQuery = prepare<{ sheetId: string }, MarkCell>(p => sql.selectFrom('mark')
  .select(['enrolment_id', 'col', 'state', 'tenths', 'level', 'reason', 'version']).where('sheet_id', '=', p('sheetId')));

export function marksOfSheet(db: ReadHandle, sheetId: string): MarkCell[] {
  return marksOfSheetQuery(db, { sheetId });
}

const marksOfRowQuery = prepare<{ sheetId: string; enrolmentId: string }, MarkCell>(p => sql.selectFrom('mark')
  .select(['enrolment_id', 'col', 'state', 'tenths', 'level', 'reason', 'version'])
  .where('sheet_id', '=', p('sheetId')).where('enrolment_id', '=', p('enrolmentId')));

export function marksOfRow(db: ReadHandle, sheetId: string, enrolmentId: string): MarkCell[] {
  return marksOfRowQuery(db, { sheetId, enrolmentId });
}

const averagesOfClassQuery = prepare<{ classId: string; subject: string }, SubjectAverageTable>(p => sql.selectFrom('subject_average')
  .innerJoin('enrolment', 'enrolment.id', 'subject_average.enrolment_id').selectAll('subject_average')
  .where('enrolment.class_id', '=', p('classId')).where('subject_average.subject', '=', p('subject')));

export function averagesOfClass(db: ReadHandle, classId: string, subject: string): SubjectAverageTable[] {
  return averagesOfClassQuery(db, { classId, subject });
}

const averageQuery = prepare<{ enrolmentId: string; subject: string }, SubjectAverageTable>(p => sql.selectFrom('subject_average').selectAll()
  .where('enrolment_id', '=', p('enrolmentId')).where('subject', '=', p('subject')));

export function averageOf(db: ReadHandle, enrolmentId: string, subject: string): SubjectAverageTable | undefined {
  return averageQuery(db, { enrolmentId, subject })[0];
}

const upsertAverage = prepareWrite<SubjectAverageTable>(p => sql.insertInto('subject_average').values({
  enrolment_id: p('enrolment_id'), subject: p('subject'), term1: p('term1'), term2: p('term2'), year: p('year'),
  level1: p('level1'), level2: p('level2'), level_year: p('level_year'),
}).onConflict(conflict => conflict.columns(['enrolment_id', 'subject']).doUpdateSet({
  term1: p('term1'), term2: p('term2'), year: p('year'), level1: p('level1'), level2: p('level2'), level_year: p('level_year'),
})));

export function saveAverage(tx: WriteHandle, average: SubjectAverageTable): void {
  upsertAverage(tx, average);
}

const nextSeq = raw<number>`journal_next()`;

const upsertMark = prepareWrite<Omit<MarkTable, 'version' | 'journal_seq'>>(p => sql.insertInto('mark').values({
  sheet_id: p('sheet_id'), enrolment_id: p('enrolment_id'), col: p('col'), state: p('state'), tenths: p('tenths'), level: p('level'), reason: p('reason'),
  version: 1, device: p('device'), updated_at: p('updated_at'), journal_seq: nextSeq,
}).onConflict(conflict => conflict.columns(['sheet_id', 'enrolment_id', 'col']).doUpdateSet({
  state: p('state'), tenths: p('tenths'), level: p('level'), reason: p('reason'), device: p('device'), updated_at: p('updated_at'), journal_seq: nextSeq,
  version: ({ eb, ref }) => eb(ref('mark.version'), '+', 1),
})));

/** Writes one cell. The database refuses a cell of a locked sheet. */
export function saveMark(tx: WriteHandle, stamp: Stamp, sheetId: string, enrolmentId: string, column: MarkColumn, value: MarkValue): void {
  upsertMark(tx, {
    sheet_id: sheetId, enrolment_id: enrolmentId, col: column, state: value.state,
    tenths: value.state === 'score' ? value.tenths : null, level: value.state === 'level' ? value.level : null,
    reason: value.state === 'zeroByRule' ? value.reason : null, device: stamp.device, updated_at: stamp.at,
  });
}

/** What a stored cell holds; undefined (never written) is empty. */
export function valueOf(cell: MarkCell | undefined): MarkValue {
  if (cell?.state === 'score' && cell.tenths !== null) return { state: 'score', tenths: cell.tenths };
  if (cell?.state === 'level' && cell.level !== null) return { state: 'level', level: cell.level };
  if (cell?.state === 'zeroByRule') return { state: 'zeroByRule', reason: cell.reason ?? '' };
  return { state: 'empty' };
}

const isAssigned = prepare<{ classId: string; subject: string; staffId: string }, { id: string }>(p => sql.selectFrom('assignment').select('id')
  .where('class_id', '=', p('classId')).where('subject', '=', p('subject')).where('staff_id', '=', p('staffId')).where(holdsToday));

/** Whether he teaches it today: who has handed a class over reads its sheets and writes no more. */
export function teaches(db: ReadHandle, staffId: string, classId: string, subject: string): boolean {
  return isAssigned(db, { classId, subject, staffId }).length > 0;
}

const lastSeqOfMark = prepare<{ sheetId: string; enrolmentId: string; column: MarkColumn }, { journal_seq: number; version: number }>(p => sql.selectFrom('mark')
  .select(['journal_seq', 'version']).where('sheet_id', '=', p('sheetId')).where('enrolment_id', '=', p('enrolmentId')).where('col', '=', p('column')));
const journalRowQuery = prepare<{ seq: number }, JournalTable>(p => sql.selectFrom('journal').selectAll().where('seq', '=', p('seq')));

/**
 * Every change of one cell, oldest first, each with the hash of the journal row before it. `isWhole` says that no step is missing: the
 * cell's versions go down by one to the first.
 */
export function journalOfMark(db: ReadHandle, sheetId: string, enrolmentId: string, column: MarkColumn) {
  const cell = lastSeqOfMark(db, { sheetId, enrolmentId, column })[0];
  const steps: { row: JournalTable; previousHash: string | undefined }[] = [];
  let isWhole = true;
  let expected = cell?.version ?? 0;
  for (let seq = cell?.journal_seq ?? null; seq !== null;) {
    const row = journalRowQuery(db, { seq })[0];
    if (row?.row_id !== `${sheetId}/${enrolmentId}/${column}` || row.version !== expected) {
      isWhole = false;
      break;
    }
    steps.push({ row, previousHash: journalRowQuery(db, { seq: seq - 1 })[0]?.hash });
    expected -= 1;
    seq = row.previous;
  }
  return { steps: steps.toReversed(), isWhole: isWhole && expected === 0 };
}
