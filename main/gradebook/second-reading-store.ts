import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { SecondReadingCellTable, SecondReadingTable } from '../../db/schema/gradebook-notes.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';

const byId = prepare<{ id: string }, SecondReadingTable>(p => sql.selectFrom('second_reading').selectAll().where('id', '=', p('id')).where('cancelled', '=', 0));
const ofSheet = prepare<{ sheetId: string }, SecondReadingTable>(p => sql.selectFrom('second_reading').selectAll().where('sheet_id', '=', p('sheetId')).where('cancelled', '=', 0).orderBy('id', 'desc'));
const cellsQuery = prepare<{ readingId: string }, SecondReadingCellTable>(p => sql.selectFrom('second_reading_cell').selectAll().where('reading_id', '=', p('readingId')));

export function findReading(db: ReadHandle, readingId: string): SecondReadingTable | undefined {
  return byId(db, { id: readingId })[0];
}

/** Newest first. */
export function readingRows(db: ReadHandle, sheetId: string): SecondReadingTable[] {
  return ofSheet(db, { sheetId });
}

export function readingCells(db: ReadHandle, readingId: string): SecondReadingCellTable[] {
  return cellsQuery(db, { readingId });
}

export function columnsIn(reading: Pick<SecondReadingTable, 'columns'>): MarkColumn[] {
  return reading.columns.split(',') as MarkColumn[];
}

export function valueIn(json: string | null): MarkValue | null {
  return json === null ? null : (JSON.parse(json) as MarkValue);
}

const writerQuery = prepare<{ sheetId: string }, { enrolment_id: string; col: MarkColumn; actor: string }>(p => sql.selectFrom('mark')
  .innerJoin('journal', 'journal.seq', 'mark.journal_seq').where('mark.sheet_id', '=', p('sheetId')).where('mark.state', '<>', 'empty')
  .select(['mark.enrolment_id', 'mark.col', 'journal.actor']));

/** The account that wrote what stands in each cell now, by `enrolment/column`. */
export function writersOf(db: ReadHandle, sheetId: string): Map<string, string> {
  return new Map(writerQuery(db, { sheetId }).map(row => [`${row.enrolment_id}/${row.col}`, row.actor]));
}
