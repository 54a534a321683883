import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord } from '../../db/records.ts';
import type { SubjectCommentTable } from '../../db/schema/gradebook-notes.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { columnShort } from '../grades/column-words.ts';
import { columnsOf, noAverage, sameValue } from '../grades/grades-rules.ts';
import { recomputeRow, sheetTitle, subjectName } from '../grades/grades-service.ts';
import { marksOfRow, saveAverage, saveMark, sheetsOfClass, valueOf, type MarkCell, type SheetWithClass } from '../grades/grades-store.ts';
import { lockOfCell, lockOfSheet, locksOf, type SheetLocks } from '../grades/mark-locks.ts';
import { AppError } from '../kit/errors.ts';

type Comment = Pick<SubjectCommentTable, 'id' | 'version' | 'kind' | 'comment' | 'is_seen'>;

/** What of one sheet goes along with a pupil. */
export interface SheetMove {
  sheet: SheetWithClass;
  target: SheetWithClass | undefined;
  subjectName: string;
  cells: MarkCell[];
  comments: Comment[];
  /** Why it cannot go, in words; '' when it can. */
  why: string;
}

/**
 * A pupil's marks stand in the book of his class, so they go along when he does: from each sheet to the sheet of the same subject and term.
 * A closed book of the old class keeps what it holds; a closed book of the new one takes nothing.
 */
export class MarksPlanner {
  readonly #db: ReadHandle;
  readonly #now: string;
  readonly #targets: ReadonlyMap<string, SheetWithClass>;
  readonly #sheets = new Map<string, SheetWithClass[]>();
  readonly #locks = new Map<string, SheetLocks>();

  constructor(db: ReadHandle, toClassId: string, now: string) {
    this.#db = db;
    this.#now = now;
    this.#targets = new Map(sheetsOfClass(db, toClassId).map(sheet => [`${sheet.subject}/${sheet.term}`, sheet]));
  }

  plan(fromClassId: string, enrolmentId: string): SheetMove[] {
    const sheets = this.#sheets.get(fromClassId) ?? sheetsOfClass(this.#db, fromClassId);
    this.#sheets.set(fromClassId, sheets);
    const comments = Map.groupBy(commentsOf(this.#db, enrolmentId), comment => comment.sheet_id);
    return sheets.flatMap(sheet => {
      const cells = marksOfRow(this.#db, sheet.id, enrolmentId).filter(cell => cell.state !== 'empty');
      const said = comments.get(sheet.id) ?? [];
      if (cells.length + said.length === 0) return [];
      const target = this.#targets.get(`${sheet.subject}/${sheet.term}`);
      return [{ sheet, target, subjectName: subjectName(sheet.subject, sheet.grade), cells, comments: said, why: this.#why(enrolmentId, sheet, target, cells, said) }];
    });
  }

  locks(sheet: SheetWithClass): SheetLocks {
    const known = this.#locks.get(sheet.id) ?? locksOf(this.#db, sheet, this.#now);
    this.#locks.set(sheet.id, known);
    return known;
  }

  #why(enrolmentId: string, sheet: SheetWithClass, target: SheetWithClass | undefined, cells: readonly MarkCell[], comments: readonly Comment[]): string {
    if (!target) return text('classes.move.why.noSheet');
    if (target.kind !== sheet.kind || target.rule_set !== sheet.rule_set) return text('classes.move.why.otherKind');
    const columns = new Set(columnsOf(target));
    const homeless = cells.filter(cell => !columns.has(cell.col)).map(cell => columnShort(cell.col, sheet.grade));
    if (homeless.length > 0) return text('classes.move.why.noColumn', { columns: homeless.join(', ') });
    const there = new Map(marksOfRow(this.#db, target.id, enrolmentId).map(cell => [cell.col, valueOf(cell)]));
    const changing = cells.filter(cell => !sameValue(there.get(cell.col) ?? { state: 'empty' }, valueOf(cell)));
    const locks = this.locks(target);
    const lock = changing.map(cell => lockOfCell(locks, enrolmentId, cell.col)).find(words => words !== null)
      ?? (comments.length > 0 ? lockOfSheet(locks) : null);
    return lock === null ? '' : text('classes.move.why.locked', { lock });
  }
}

function commentsOf(db: ReadHandle, enrolmentId: string): (Comment & { sheet_id: string })[] {
  return db.all(sql.selectFrom('subject_comment').select(['id', 'version', 'sheet_id', 'kind', 'comment', 'is_seen'])
    .where('enrolment_id', '=', enrolmentId).where('cancelled', '=', 0).where('comment', '<>', ''));
}

/**
 * Carries a pupil's marks and comments over and answers how many there were.
 * @throws AppError `classes.marksWouldStay` when some cannot go and `leaveMarks` does not allow it
 */
export function carryMarks(ctx: WriteContext, planner: MarksPlanner, mover: { id: string; name: string; classId: string }, leaveMarks: boolean): number {
  const plan = planner.plan(mover.classId, mover.id);
  const stays = plan.find(one => one.why !== '');
  if (stays && !leaveMarks) throw new AppError('classes.marksWouldStay', { params: { name: mover.name, sheet: sheetTitle(stays.sheet), why: stays.why } });
  let carried = 0;
  for (const one of plan) {
    if (one.why === '') carried += carrySheet(ctx, planner, mover.id, one);
    else if (one.target) recomputeRow(ctx.db, one.target, mover.id);
    else saveAverage(ctx.db, noAverage(mover.id, one.sheet.subject));
  }
  return carried;
}

function carrySheet({ db, stamp }: WriteContext, planner: MarksPlanner, enrolmentId: string, { sheet, target, cells, comments }: SheetMove): number {
  if (!target) return 0;
  const there = new Map(marksOfRow(db, target.id, enrolmentId).map(cell => [cell.col, valueOf(cell)]));
  const here = planner.locks(sheet);
  for (const cell of cells) {
    const value = valueOf(cell);
    if (!sameValue(there.get(cell.col) ?? { state: 'empty' }, value)) saveMark(db, stamp, target.id, enrolmentId, cell.col, value);
    if (lockOfCell(here, enrolmentId, cell.col) === null) saveMark(db, stamp, sheet.id, enrolmentId, cell.col, { state: 'empty' });
  }
  for (const { id, version, kind, comment, is_seen: isSeen } of comments) {
    insertRecord(db, stamp, 'subject_comment', { sheet_id: target.id, enrolment_id: enrolmentId, kind, comment, is_seen: isSeen });
    if (here.whole === null) cancelRecord(db, stamp, 'subject_comment', id, version);
  }
  recomputeRow(db, target, enrolmentId);
  return cells.length + comments.length;
}
