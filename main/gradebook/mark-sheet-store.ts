import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { MarkSheetIssueTable } from '../../db/schema/mark-sheets.ts';
import type { JournalTable } from '../../db/schema/schema.ts';
import type { MarkValue } from '../../preload/contract/grades.ts';
import type { MarkSheetScope } from '../../preload/contract/mark-sheets.ts';
import { findSheet, sheetsOfClass, valueOf, type MarkCell, type SheetWithClass } from '../grades/grades-store.ts';
import { holdsToday } from '../school/assignment-dates.ts';

export function journalHead(db: ReadHandle): number {
  return db.get(sql.selectFrom('journal').select(({ fn }) => fn.max('seq').as('seq')))?.seq ?? 0;
}

/** The sheets a scope names, whoever asks. */
export function sheetsIn(db: ReadHandle, scope: MarkSheetScope): SheetWithClass[] {
  if (scope.of === 'sheet') return [findSheet(db, scope.sheetId)].filter(sheet => sheet !== undefined);
  if (scope.of === 'class') return sheetsOfClass(db, scope.classId).filter(sheet => sheet.term === scope.term);
  const teacher = scope.of === 'teacher' ? scope : teacherScope(db, scope.sheetId);
  if (teacher === null) return [];
  const taught = db.all(sql.selectFrom('assignment').innerJoin('school_class', 'school_class.id', 'assignment.class_id')
    .innerJoin('grade_sheet', join => join.onRef('grade_sheet.class_id', '=', 'assignment.class_id').onRef('grade_sheet.subject', '=', 'assignment.subject'))
    .select('grade_sheet.id').where('assignment.staff_id', '=', teacher.staffId).where(holdsToday)
    .where('school_class.year', '=', teacher.year).where('grade_sheet.term', '=', teacher.term as SheetWithClass['term']).where('grade_sheet.cancelled', '=', 0)
    .orderBy('school_class.grade').orderBy('school_class.name').orderBy('grade_sheet.subject'));
  return taught.map(({ id }) => findSheet(db, id)).filter(sheet => sheet !== undefined);
}

/** Null for a sheet that nobody teaches. */
function teacherScope(db: ReadHandle, sheetId: string): { staffId: string; year: string; term: number } | null {
  const sheet = findSheet(db, sheetId);
  const teacher = sheet && teacherQuery(db, { classId: sheet.class_id, subject: sheet.subject })[0];
  return teacher ? { staffId: teacher.staff_id, year: sheet.year, term: sheet.term } : null;
}

const teacherQuery = prepare<{ classId: string; subject: string }, { name: string; staff_id: string }>(p => sql.selectFrom('assignment').innerJoin('staff', 'staff.id', 'assignment.staff_id')
  .innerJoin('person', 'person.id', 'staff.person_id').select(['person.name', 'assignment.staff_id']).where('class_id', '=', p('classId')).where('subject', '=', p('subject'))
  .where(holdsToday));

export function teacherOf(db: ReadHandle, sheet: Pick<SheetWithClass, 'class_id' | 'subject'>): string {
  return teacherQuery(db, { classId: sheet.class_id, subject: sheet.subject })[0]?.name ?? '';
}

const issuesOfSheetQuery = prepare<{ sheetId: string }, MarkSheetIssueTable>(p => sql.selectFrom('mark_sheet_issue').selectAll()
  .where('sheet_id', '=', p('sheetId')).where('cancelled', '=', 0).orderBy('number'));

/** Every issue of a sheet, the first first. */
export function issuesOfSheet(db: ReadHandle, sheetId: string): MarkSheetIssueTable[] {
  return issuesOfSheetQuery(db, { sheetId });
}

export function findIssue(db: ReadHandle, by: { id: string } | { code: string }): MarkSheetIssueTable | undefined {
  const query = sql.selectFrom('mark_sheet_issue').selectAll().where('cancelled', '=', 0);
  return db.get('id' in by ? query.where('id', '=', by.id) : query.where('code', '=', by.code));
}

export interface ListedIssue extends MarkSheetIssueTable {
  class_name: string;
  grade: number;
  subject: string;
  term: SheetWithClass['term'];
  latest: number;
  by_name: string;
}

/** Issues of a year, newest first; of one sheet or one class where asked. */
export function listIssues(db: ReadHandle, { year, sheetId, classId }: { year: string; sheetId?: string | undefined; classId?: string | undefined }): ListedIssue[] {
  let query = sql.selectFrom('mark_sheet_issue').innerJoin('grade_sheet', 'grade_sheet.id', 'mark_sheet_issue.sheet_id')
    .innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
    .leftJoin('account', 'account.user', 'mark_sheet_issue.issued_by').selectAll('mark_sheet_issue')
    .select(({ fn, ref }) => fn.coalesce(ref('account.name'), ref('mark_sheet_issue.issued_by')).as('by_name'))
    .select(['school_class.name as class_name', 'school_class.grade', 'grade_sheet.subject', 'grade_sheet.term'])
    .select(({ selectFrom }) => selectFrom('mark_sheet_issue as other').whereRef('other.sheet_id', '=', 'mark_sheet_issue.sheet_id').where('other.cancelled', '=', 0)
      .select(({ fn }) => fn.max<number>('other.number').as('latest')).as('latest'))
    .where('school_class.year', '=', year).where('mark_sheet_issue.cancelled', '=', 0);
  if (sheetId !== undefined) query = query.where('mark_sheet_issue.sheet_id', '=', sheetId);
  if (classId !== undefined) query = query.where('grade_sheet.class_id', '=', classId);
  return db.all(query.orderBy('mark_sheet_issue.created_at', 'desc').orderBy('school_class.name').orderBy('grade_sheet.subject').limit(500)).map(row => ({ ...row, latest: row.latest ?? row.number }));
}

/** A cell with the journal row that wrote it last. */
export interface WrittenMark extends MarkCell {
  journal_seq: number;
  at: string;
  /** The name of the account that wrote it, or its user name where there is none. */
  by: string;
}

const writtenQuery = prepare<{ sheetId: string }, WrittenMark>(p => sql.selectFrom('mark').innerJoin('journal', 'journal.seq', 'mark.journal_seq')
  .leftJoin('account', 'account.user', 'journal.actor')
  .select(['mark.enrolment_id', 'mark.col', 'mark.state', 'mark.tenths', 'mark.level', 'mark.reason', 'mark.version', 'mark.journal_seq', 'journal.at'])
  .select(({ fn, ref }) => fn.coalesce(ref('account.name'), ref('journal.actor')).as('by')).where('mark.sheet_id', '=', p('sheetId')));

export function writtenMarks(db: ReadHandle, sheetId: string): Map<string, WrittenMark> {
  return new Map(writtenQuery(db, { sheetId }).map(cell => [`${cell.enrolment_id}/${cell.col}`, cell]));
}

const journalRowQuery = prepare<{ seq: number }, JournalTable>(p => sql.selectFrom('journal').selectAll().where('seq', '=', p('seq')));

/** What a cell held when the journal stood at `seq`, read back from its own history. */
export function valueAsOf(db: ReadHandle, cell: WrittenMark | undefined, seq: number): MarkValue {
  if (cell === undefined || cell.journal_seq <= seq) return valueOf(cell);
  let at: number | null = cell.journal_seq;
  let before: string | null = null;
  while (at !== null && at > seq) {
    const row: JournalTable | undefined = journalRowQuery(db, { seq: at })[0];
    before = row?.before ?? null;
    at = row?.previous ?? null;
  }
  return valueOf(before === null ? undefined : JSON.parse(before) as MarkCell);
}

/** Whether the last change of a cell came from an earlier return of the same paper. */
export function cameFromReturn(issue: MarkSheetIssueTable, cell: WrittenMark | undefined): boolean {
  return cell !== undefined && returnsOf(issue).some(([from, to]) => from <= cell.journal_seq && cell.journal_seq <= to);
}

export function returnsOf(issue: Pick<MarkSheetIssueTable, 'returns'>): [number, number][] {
  return JSON.parse(issue.returns) as [number, number][];
}

