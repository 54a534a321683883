import { inJournalIndex } from '../../db/journal.ts';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { JournalTable } from '../../db/schema/schema.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import type { JournalStep } from './proof-steps.ts';

const rowsOf = (db: ReadHandle, table: string, ids: readonly string[]): JournalTable[] =>
  db.all(sql.selectFrom('journal').selectAll().where('tbl', '=', table).where(inJournalIndex).where('row_id', 'in', ids).orderBy('seq'));
const hashQuery = prepare<{ seq: number }, { hash: string }>(p => sql.selectFrom('journal').select('hash').where('seq', '=', p('seq')));

/** Journal rows of some records of one table (not `mark`), oldest first, each with the hash before it. */
export function journalOf(db: ReadHandle, table: string, ids: readonly string[]): JournalStep[] {
  return ids.length === 0 ? [] : rowsOf(db, table, ids).map(row => ({ row, previousHash: hashQuery(db, { seq: row.seq - 1 })[0]?.hash }));
}

/** Which import wrote a journal row: asked for every step of a sheet, so all runs are read at once. */
export function importedFiles(db: ReadHandle): (seq: number) => string | null {
  const runs = db.all(sql.selectFrom('import_run').select(['file_name', 'first_seq', 'last_seq']).orderBy('first_seq'));
  return seq => runs.find(run => run.first_seq <= seq && seq <= run.last_seq)?.file_name ?? null;
}

const writtenQuery = prepare<{ sheetId: string }, { enrolment_id: string; col: MarkColumn; version: number }>(p => sql.selectFrom('mark')
  .select(['enrolment_id', 'col', 'version']).where('sheet_id', '=', p('sheetId')));

/** Cells of a sheet that were ever written, with how often. */
export function writtenCells(db: ReadHandle, sheetId: string) {
  return writtenQuery(db, { sheetId });
}

export interface ProofPupil {
  name: string;
  birth: string;
  code: string;
}

/** Name, birth and code of a pupil, also of one who left the class since. */
export function proofPupil(db: ReadHandle, enrolmentId: string): ProofPupil | undefined {
  const row = db.get(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
    .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.kind', '=', 'moet').on('pupil_code.valid_to', 'is', null).on('pupil_code.cancelled', '=', 0))
    .where('enrolment.id', '=', enrolmentId).select(['person.name', 'person.birth', 'pupil_code.code']));
  return row && { ...row, code: row.code ?? '' };
}

/** The enrolment of a pupil, by his code, in a year. */
export function enrolmentByCode(db: ReadHandle, code: string, year: string): { id: string; class_id: string; name: string } | undefined {
  return db.get(sql.selectFrom('pupil_code').innerJoin('enrolment', 'enrolment.person_id', 'pupil_code.person_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .where('pupil_code.code', '=', code).where('pupil_code.cancelled', '=', 0).where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id', 'enrolment.class_id', 'person.name']));
}
