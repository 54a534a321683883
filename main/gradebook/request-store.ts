import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { ChangeRequestCellTable, ChangeRequestTable } from '../../db/schema/gradebook.ts';
import type { GradeSheetTable } from '../../db/schema/grades.ts';
import { marksOfRow, valueOf } from '../grades/grades-store.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';

export interface RequestRow extends ChangeRequestTable {
  class_id: string;
  class_name: string;
  grade: number;
  subject: string;
  term: GradeSheetTable['term'];
  kind: GradeSheetTable['kind'];
  homeroom_staff_id: string | null;
}

const selectRequests = () => sql.selectFrom('change_request').innerJoin('grade_sheet', 'grade_sheet.id', 'change_request.sheet_id')
  .innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').where('change_request.cancelled', '=', 0).selectAll('change_request')
  .select(['grade_sheet.class_id', 'school_class.name as class_name', 'school_class.grade', 'grade_sheet.subject', 'grade_sheet.term', 'grade_sheet.kind', 'school_class.homeroom_staff_id']);

const byYear = prepare<{ year: string }, RequestRow>(p => selectRequests().where('school_class.year', '=', p('year')).orderBy('change_request.id', 'desc'));
const byId = prepare<{ id: string }, RequestRow>(p => selectRequests().where('change_request.id', '=', p('id')));

/** Requests of a year, the newest first. */
export function requestsOf(db: ReadHandle, year: string): RequestRow[] {
  return byYear(db, { year });
}

export function findRequest(db: ReadHandle, requestId: string): RequestRow | undefined {
  return byId(db, { id: requestId })[0];
}

export interface RequestCellRow extends ChangeRequestCellTable {
  name: string;
  code: string | null;
}

const cellsQuery = prepare<{ requestId: string }, RequestCellRow>(p => sql.selectFrom('change_request_cell').innerJoin('enrolment', 'enrolment.id', 'change_request_cell.enrolment_id')
  .innerJoin('person', 'person.id', 'enrolment.person_id')
  .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.kind', '=', 'moet').on('pupil_code.valid_to', 'is', null).on('pupil_code.cancelled', '=', 0))
  .where('request_id', '=', p('requestId')).selectAll('change_request_cell').select(['person.name', 'pupil_code.code']).orderBy('enrolment.roll').orderBy('change_request_cell.id'));

export function cellsOf(db: ReadHandle, requestId: string): RequestCellRow[] {
  return cellsQuery(db, { requestId });
}

const waitingCells = prepare<{ sheetId: string }, { enrolment_id: string; col: MarkColumn }>(p => sql.selectFrom('change_request_cell')
  .innerJoin('change_request', 'change_request.id', 'change_request_cell.request_id').where('change_request.sheet_id', '=', p('sheetId'))
  .where('change_request.state', '=', 'waiting').where('change_request.cancelled', '=', 0).select(['change_request_cell.enrolment_id', 'change_request_cell.col']));

export function hasWaitingRequest(db: ReadHandle, sheetId: string, enrolmentId: string, column: MarkColumn): boolean {
  return waitingCells(db, { sheetId }).some(cell => cell.enrolment_id === enrolmentId && cell.col === column);
}

/** What stands in one cell now. */
export function markNow(db: ReadHandle, sheetId: string, enrolmentId: string, column: MarkColumn): MarkValue {
  return valueOf(marksOfRow(db, sheetId, enrolmentId).find(cell => cell.col === column));
}
