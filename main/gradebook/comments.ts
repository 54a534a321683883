import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { fillPhrase, phraseFits, type CommentKind, type CommentRow, type CommentSheet, type commentCalls } from '../../preload/contract/gradebook-comments.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { editRefusal, requireSheet, subjectName } from '../grades/grades-service.ts';
import { averagesOfClass, marksOfSheet, membersOf, type SheetWithClass } from '../grades/grades-store.ts';
import { lockOfSheet, locksOf } from '../grades/mark-locks.ts';
import { AppError } from '../kit/errors.ts';
import { isOwnClass } from '../school/own-classes.ts';
import { teachersOf } from '../school/school-class-store.ts';
import { phrasesOf } from './comment-phrases.ts';
import { commentsOfClass, commentsOfSheet } from './comment-store.ts';

type Calls = typeof commentCalls;

/** What is written about in a sheet: its subject, and in secondary school also conduct, for the homeroom teacher (TT 22/2021 Đ8). */
export function kindsOf({ kind }: Pick<SheetWithClass, 'kind'>): CommentKind[] {
  if (kind === 'traits') return ['qualities', 'coreCompetences', 'specificCompetences'];
  return kind === 'primary' ? ['subject'] : ['subject', 'conduct'];
}

/** Why this person cannot write comments in the sheet, in a sentence; null when he can. */
function refusalOf(db: ReadHandle, session: Session, sheet: SheetWithClass, now: string): string | null {
  const code = editRefusal(db, session, sheet);
  return code === null ? lockOfSheet(locksOf(db, sheet, now)) : text(`errors.${code}.what`);
}

/** Who has handed a class over goes on reading what was written in his subject. */
function hasTaught(db: ReadHandle, staffId: string, { class_id: classId, subject }: SheetWithClass): boolean {
  return db.get(sql.selectFrom('assignment').select('id').where('staff_id', '=', staffId).where('class_id', '=', classId).where('subject', '=', subject)
    .where('cancelled', '=', 0).limit(1)) !== undefined;
}

/** @throws AppError `grades.otherClass` for somebody who has nothing to do with the class */
export function comments({ db, session, services }: ReadContext, { sheetId }: CheckedInputOf<Calls['comments']>): CommentSheet {
  const sheet = requireSheet(db, sheetId);
  if (!isOwnClass(db, session, sheet.class_id) && !hasTaught(db, session.staffId ?? '', sheet)) throw new AppError('grades.otherClass');
  const rows = rowsOf(db, sheet);
  const readOnlyReason = refusalOf(db, session, sheet, services.clock().toISOString());
  const all = rows.flatMap(row => Object.values(row.comments));
  return {
    sheetId, className: sheet.class_name, subject: sheet.subject, subjectName: subjectName(sheet.subject, sheet.grade), term: sheet.term, kinds: kindsOf(sheet), rows,
    written: all.filter(comment => comment.comment !== '').length, unseen: all.filter(comment => !comment.isSeen && comment.comment !== '').length,
    mayEdit: readOnlyReason === null, readOnlyReason,
  };
}

function rowsOf(db: ReadHandle, sheet: SheetWithClass): CommentRow[] {
  const written = Map.groupBy(commentsOfSheet(db, sheet.id), row => row.enrolment_id);
  const averages = new Map(averagesOfClass(db, sheet.class_id, sheet.subject).map(row => [row.enrolment_id, row]));
  const levels = new Map(marksOfSheet(db, sheet.id).filter(cell => cell.col === 'muc').map(cell => [cell.enrolment_id, cell.level]));
  return membersOf(db, sheet.class_id).map((member, index) => {
    const average = averages.get(member.enrolment_id);
    return {
      enrolmentId: member.enrolment_id, order: index + 1, name: member.name,
      average: (sheet.term === 1 ? average?.term1 : average?.term2) ?? null,
      level: (sheet.term === 1 ? average?.level1 : average?.level2) ?? levels.get(member.enrolment_id) ?? null,
      comments: Object.fromEntries((written.get(member.enrolment_id) ?? []).map(row => [row.kind, { comment: row.comment, isSeen: row.is_seen === 1, version: row.version }])),
    };
  });
}

/**
 * @throws AppError `gradebook.commentChanged` when somebody else wrote meanwhile (both texts are told), `gradebook.commentLocked`,
 *   `gradebook.noSuchComment`, `grades.notYourSheet`, `grades.notInClass`
 */
export function saveComment(ctx: WriteContext, input: CheckedInputOf<Calls['saveComment']>): { version: number } {
  const { db, stamp } = ctx;
  const sheet = requireWritable(ctx, input.sheetId, input.kind);
  if (!membersOf(db, sheet.class_id).some(member => member.enrolment_id === input.enrolmentId)) throw new AppError('grades.notInClass');
  const known = commentsOfSheet(db, sheet.id).find(row => row.enrolment_id === input.enrolmentId && row.kind === input.kind);
  const comment = input.comment.normalize('NFC');
  const isSeen = input.isSeen ? 1 : 0;
  // Sent again because the answer got lost: it is done.
  if (known?.comment === comment && known.is_seen === isSeen) return { version: known.version };
  if ((known?.version ?? 0) !== input.version) throw new AppError('gradebook.commentChanged', { params: { stored: known?.comment ?? '', yours: input.comment } });
  ctx.changed('gradebook', sheet.id);
  if (known) return { version: updateRecord(db, stamp, 'subject_comment', known.id, known.version, { comment, is_seen: isSeen }) };
  if (comment === '') return { version: 0 };
  insertRecord(db, stamp, 'subject_comment', { sheet_id: sheet.id, enrolment_id: input.enrolmentId, kind: input.kind, comment, is_seen: isSeen });
  return { version: 1 };
}

function requireWritable({ db, session, stamp }: WriteContext, sheetId: string, kind: CommentKind): SheetWithClass {
  const sheet = requireSheet(db, sheetId);
  if (!kindsOf(sheet).includes(kind)) throw new AppError('gradebook.noSuchComment');
  const code = editRefusal(db, session, sheet);
  if (code !== null) throw new AppError(code);
  const lock = lockOfSheet(locksOf(db, sheet, stamp.at));
  if (lock !== null) throw new AppError('gradebook.commentLocked', { params: { lock } });
  return sheet;
}

/** Fitting phrases in turn, so that a class does not read alike. Nothing that stands is touched; all of it waits to be looked at. */
export function draftComments(ctx: WriteContext, { sheetId, kind }: CheckedInputOf<Calls['draftComments']>): { drafted: number; without: number } {
  const { db, session, stamp } = ctx;
  const sheet = requireWritable(ctx, sheetId, kind);
  const name = subjectName(sheet.subject, sheet.grade);
  const bank = phrasesOf(db, session.user, sheet.subject, kind);
  const known = new Map(commentsOfSheet(db, sheetId).filter(row => row.kind === kind).map(row => [row.enrolment_id, row]));
  let drafted = 0;
  let without = 0;
  rowsOf(db, sheet).forEach((row, index) => {
    const stored = known.get(row.enrolmentId);
    if (stored && stored.comment !== '') return;
    const fitting = bank.filter(phrase => phraseFits(phrase, row));
    const chosen = fitting[index % Math.max(1, fitting.length)];
    if (!chosen) {
      without += 1;
      return;
    }
    const values = { comment: fillPhrase(chosen.phrase, row, name), is_seen: 0 } as const;
    if (stored) updateRecord(db, stamp, 'subject_comment', stored.id, stored.version, values);
    else insertRecord(db, stamp, 'subject_comment', { sheet_id: sheetId, enrolment_id: row.enrolmentId, kind, ...values });
    drafted += 1;
  });
  ctx.changed('gradebook', sheetId);
  return { drafted, without };
}

/** What the subject teachers wrote about conduct in a term, pupil by pupil: the homeroom teacher reads it before he decides (TT 22/2021 Đ8 k1). */
export function conductComments({ db, session }: ReadContext, { classId, term }: CheckedInputOf<Calls['conductComments']>) {
  if (!isOwnClass(db, session, classId)) throw new AppError('grades.otherClass');
  const teachers = new Map(teachersOf(db, classId).map(row => [row.subject, row.teacher]));
  const grade = db.runPrepared<{ grade: number }>('select grade from school_class where id = ?', [classId])[0]?.grade ?? 0;
  const told = Map.groupBy(commentsOfClass(db, classId).filter(row => row.kind === 'conduct' && row.term === term && row.is_seen === 1), row => row.enrolment_id);
  return {
    rows: [...told].map(([enrolmentId, rows]) => ({
      enrolmentId, comments: rows.map(row => ({ subjectName: subjectName(row.subject, grade), teacher: teachers.get(row.subject) ?? '', comment: row.comment })),
    })),
  };
}
