import { v7 } from 'uuid';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { MarkSheetIssue, IssuedWorkbook, markSheetCalls } from '../../preload/contract/mark-sheets.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext, Session, WriteContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { columnsOf, type RowMarks } from '../grades/grades-rules.ts';
import { roleRefusal, subjectName, termName } from '../grades/grades-service.ts';
import { lockOfSheet, locksOf } from '../grades/mark-locks.ts';
import { marksOfSheet, membersOf, valueOf, type SheetWithClass } from '../grades/grades-store.ts';
import { leftOutOf } from '../grades/sheet-standings.ts';
import { AppError } from '../kit/errors.ts';
import { writeWorkbook } from '../kit/excel/workbook.ts';
import { theSchool } from '../school/school-store.ts';
import { contentHash, issueCode, ISSUE_FORM_VERSION } from './mark-sheet-codes.ts';
import { issuedSheet, type IssuedSheet } from './mark-sheet-form.ts';
import { issuesOfSheet, journalHead, listIssues, returnsOf, sheetsIn, teacherOf } from './mark-sheet-store.ts';

type Calls = typeof markSheetCalls;

/** "9A Toán HK I": a sheet in a few words. */
export function sheetWords(sheet: Pick<SheetWithClass, 'class_name' | 'subject' | 'grade' | 'term' | 'kind'>): string {
  const when = sheet.kind === 'primary' || sheet.kind === 'traits' ? text(`gradebook.issue.point.${sheet.term}`) : text(`gradebook.issue.term.${sheet.term}`);
  return `${sheet.class_name} ${subjectName(sheet.subject, sheet.grade)} ${when}`;
}

/** Why nobody, or not this person, can write anywhere in a sheet now, in a sentence; null when he can. */
export function whyClosed(db: ReadHandle, session: Session, sheet: SheetWithClass, now: string): string | null {
  const refusal = roleRefusal(db, session, sheet);
  return refusal === null ? lockOfSheet(locksOf(db, sheet, now)) : text(`errors.${refusal}.what`);
}

/**
 * Hands out sheets as one workbook and writes down what was handed out. An earlier issue of the same sheet counts no longer.
 * @throws AppError `grades.unknownSheet`, `gradebook.notIssued`, `gradebook.nothingToIssue`
 */
export async function issueMarkSheets(ctx: JobContext, { scope }: CheckedInputOf<Calls['issueMarkSheets']>): Promise<IssuedWorkbook> {
  const sheets = sheetsIn(ctx.db, scope);
  if (sheets.length === 0) throw new AppError(scope.of === 'sheet' ? 'grades.unknownSheet' : 'gradebook.nothingToIssue');
  const now = ctx.services.clock().toISOString();
  const refused = new Map(sheets.flatMap(sheet => {
    const why = whyClosed(ctx.db, ctx.session, sheet, now);
    return why === null ? [] : [[sheet.id, { sheet: sheetWords(sheet), reason: why }] as const];
  }));
  const [first] = refused.values();
  if (first && refused.size === sheets.length) {
    throw scope.of === 'sheet' ? new AppError('gradebook.notIssued', { params: { sheet: first.sheet, why: first.reason } }) : new AppError('gradebook.nothingToIssue');
  }
  const wanted = sheets.filter(sheet => !refused.has(sheet.id));
  const issued = ctx.write({ path: 'other', reason: null }, write => wanted.map(sheet => recordIssue(write, sheet)));
  const written = [];
  for (const [index, one] of issued.entries()) {
    stopIfCancelled(ctx.signal);
    ctx.progress(index, issued.length, sheetWords(one.sheet));
    written.push(issuedSheet(one));
  }
  const bytes = await writeWorkbook({ sheets: uniquelyNamed(written), createdAt: issued[0]?.issuedAt ?? '' });
  ctx.progress(issued.length, issued.length, '');
  return {
    fileName: fileNameOf(issued), bytes, codes: issued.map(one => one.mark.code),
    leftOut: [...refused.values()],
  };
}

function recordIssue({ db, stamp, session, changed }: WriteContext, sheet: SheetWithClass): IssuedSheet {
  const school = theSchool(db);
  const marks = new Map<string, RowMarks>();
  for (const cell of marksOfSheet(db, sheet.id)) marks.set(cell.enrolment_id, { ...marks.get(cell.enrolment_id), [cell.col]: valueOf(cell) });
  const leftOut = leftOutOf(db, sheet);
  const rows = membersOf(db, sheet.class_id).map(member => ({
    enrolmentId: member.enrolment_id, code: member.code ?? '', name: member.name, marks: marks.get(member.enrolment_id) ?? {}, isLeftOut: leftOut.has(member.enrolment_id),
  }));
  const columns = columnsOf(sheet);
  const issueId = v7();
  const number = (issuesOfSheet(db, sheet.id).at(-1)?.number ?? 0) + 1;
  const code = issueCode({ className: sheet.class_name, subject: sheet.subject, term: sheet.term }, number, issueId);
  const journalSeq = journalHead(db);
  const content = contentHash(columns, rows);
  const teacher = teacherOf(db, sheet);
  insertRecord(db, stamp, 'mark_sheet_issue', {
    sheet_id: sheet.id, number, code, issued_by: session.user, issued_for: teacher, journal_seq: journalSeq, content_sha256: content, returns: '[]',
  }, issueId);
  changed('gradebook', sheet.id);
  return {
    sheet, rows, teacher, subjectName: subjectName(sheet.subject, sheet.grade), issuedAt: stamp.at,
    mark: {
      version: ISSUE_FORM_VERSION, issueId, sheetId: sheet.id, code, journalSeq, content, schoolCode: school.code, schoolName: school.name, year: sheet.year,
      className: sheet.class_name, subject: sheet.subject, term: sheet.term, columns,
    },
  };
}

/** Excel compares names of sheets without case and allows 31 letters. */
function uniquelyNamed<Sheet extends { name: string }>(sheets: readonly Sheet[]): Sheet[] {
  const taken = new Set<string>();
  return sheets.map(sheet => {
    let name = sheet.name;
    for (let again = 2; taken.has(name.toLowerCase()); again++) name = `${sheet.name.slice(0, 27)} (${again})`;
    taken.add(name.toLowerCase());
    return { ...sheet, name };
  });
}

function fileNameOf(issued: readonly IssuedSheet[]): string {
  const classes = [...new Set(issued.map(one => one.sheet.class_name))];
  const subjects = [...new Set(issued.map(one => one.subjectName))];
  const teachers = [...new Set(issued.map(one => one.teacher))];
  const what = issued.length === 1 ? `${subjects[0] ?? ''} ${classes[0] ?? ''}` : classes.length === 1 ? classes[0] ?? '' : teachers[0] ?? '';
  return `${text('gradebook.issue.file', { what, term: issued[0] === undefined ? '' : termName(issued[0].sheet).replaceAll(' ', '') }).replaceAll(/[\\/:*?"<>|]/g, '-')}.xlsx`;
}

export function markSheetIssues({ db }: ReadContext, input: CheckedInputOf<Calls['markSheetIssues']>): { issues: MarkSheetIssue[] } {
  return {
    issues: listIssues(db, input).map(row => ({
      issueId: row.id, code: row.code, sheetId: row.sheet_id, className: row.class_name, subjectName: subjectName(row.subject, row.grade), term: row.term,
      at: row.created_at, by: row.by_name, issuedFor: row.issued_for, returns: returnsOf(row).length,
      state: row.number < row.latest ? 'replaced' : returnsOf(row).length > 0 ? 'returned' : 'out',
    })),
  };
}
