import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { SheetState } from '../../preload/contract/grades.ts';
import type { CommentKind, CommentPhraseTable, SubjectCommentTable } from '../../db/schema/gradebook-notes.ts';

const ofSheet = prepare<{ sheetId: string }, SubjectCommentTable>(p => sql.selectFrom('subject_comment').selectAll().where('sheet_id', '=', p('sheetId')).where('cancelled', '=', 0));

export function commentsOfSheet(db: ReadHandle, sheetId: string): SubjectCommentTable[] {
  return ofSheet(db, { sheetId });
}

export interface ClassComment {
  enrolment_id: string;
  subject: string;
  term: 1 | 2 | 3 | 4;
  kind: CommentKind;
  comment: string;
  is_seen: 0 | 1;
  /** State of its sheet. */
  state: SheetState;
}

const ofClass = prepare<{ classId: string }, ClassComment>(p => sql.selectFrom('subject_comment').innerJoin('grade_sheet', 'grade_sheet.id', 'subject_comment.sheet_id')
  .where('grade_sheet.class_id', '=', p('classId')).where('grade_sheet.cancelled', '=', 0).where('subject_comment.cancelled', '=', 0).where('subject_comment.comment', '<>', '')
  .select(['subject_comment.enrolment_id', 'grade_sheet.subject', 'grade_sheet.term', 'subject_comment.kind', 'subject_comment.comment', 'subject_comment.is_seen', 'grade_sheet.state']));

/** Every comment of a class, drafts nobody has looked at among them. */
export function commentsOfClass(db: ReadHandle, classId: string): ClassComment[] {
  return ofClass(db, { classId });
}

/** Comments of a sheet that nobody has looked at yet: it is not submitted before. */
export function unseenComments(db: ReadHandle, sheetId: string): number {
  return commentsOfSheet(db, sheetId).filter(row => row.is_seen === 0 && row.comment !== '').length;
}

/** A person's own phrases and the shared ones, for a subject or for any. */
export function phrasesFor(db: ReadHandle, user: string, subject: string, kind: CommentKind): CommentPhraseTable[] {
  return db.all(sql.selectFrom('comment_phrase').selectAll().where('cancelled', '=', 0).where('kind', '=', kind).where('subject', 'in', [subject, ''])
    .where(({ eb, or }) => or([eb('owner', '=', user), eb('owner', 'is', null)])).orderBy('id'));
}
