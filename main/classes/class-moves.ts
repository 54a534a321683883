import { v7 } from 'uuid';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { classes, ClassMoveView, MovePreview } from '../../preload/contract/classes.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import type { ClassMoveTable } from '../../db/schema/school-records.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { compareNames } from '../kit/names.ts';
import { isOwnClass } from '../school/own-classes.ts';
import { requireOpenClass } from './class-records.ts';
import { dropDuty, dutiesOf, setDuties } from './class-roll.ts';
import { requireClass } from '../school/school-class-store.ts';
import { carryMarks, MarksPlanner } from './move-marks.ts';

type Classes = typeof classes;

interface Mover {
  id: string;
  version: number;
  name: string;
  roll: number;
  year: string;
  status: string;
  classId: string;
  className: string;
  grade: number;
}

function moversOf(db: ReadHandle, enrolmentIds: readonly string[]): Mover[] {
  const rows = db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .where('enrolment.id', 'in', enrolmentIds).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id', 'enrolment.version', 'person.name', 'enrolment.roll', 'enrolment.year', 'enrolment.status', 'school_class.id as classId',
      'school_class.name as className', 'school_class.grade']));
  if (rows.length !== new Set(enrolmentIds).size) throw new AppError('students.unknown');
  return rows.sort((left, right) => compareNames(left.name, right.name));
}

/** Classes whose results the principal has approved: nobody comes or goes there. */
function approvedClasses(db: ReadHandle, year: string): Set<string> {
  return new Set(db.all(sql.selectFrom('year_approval').innerJoin('school_class', 'school_class.id', 'year_approval.class_id').select('year_approval.class_id')
    .where('school_class.year', '=', year).where('year_approval.cancelled', '=', 0)).map(row => row.class_id));
}

/** Why a pupil cannot go to a class at all, in words; null when he can. */
function refusalOf(mover: Mover, to: SchoolClassTable, approved: ReadonlySet<string>): string | null {
  const said = (key: string) => text(`classes.move.refusal.${key}`, { class: key === 'approvedHere' ? mover.className : to.name });
  if (mover.classId === to.id) return said('sameClass');
  if (mover.year !== to.year) return said('otherYear');
  if (mover.grade !== to.grade) return said('otherGrade');
  if (mover.status !== 'studying' && mover.status !== 'transferredIn') return said('gone');
  if (approved.has(mover.classId)) return said('approvedHere');
  return approved.has(to.id) ? said('approvedThere') : null;
}

/** What would happen to each pupil's marks: subject by subject, nothing is written. */
export function movePreview({ db, services }: ReadContext, { enrolmentIds, toClassId }: CheckedInputOf<Classes['movePreview']>): MovePreview {
  const to = requireOpenClass(db, toClassId);
  const approved = approvedClasses(db, to.year);
  const planner = new MarksPlanner(db, toClassId, services.clock().toISOString());
  return {
    toClass: to.name,
    pupils: moversOf(db, enrolmentIds).map(mover => ({
      enrolmentId: mover.id, name: mover.name, fromClass: mover.className, refusal: refusalOf(mover, to, approved),
      marks: planner.plan(mover.classId, mover.id).map(({ sheet, subjectName, cells, comments, why }) => ({
        subjectName, term: sheet.term, count: cells.length + comments.length, outcome: why === '' ? 'go' as const : 'blocked' as const, why,
      })),
    })),
  };
}

/**
 * Moves pupils to another class of their grade, all or nothing. They stand at the end of its roll; posts and teams stay behind.
 * @throws AppError `classes.cannotMove`, `classes.marksWouldStay` (unless `leaveMarks`), `school.yearClosed`, `classes.unknown`, `students.unknown`
 */
export function move(ctx: WriteContext, { enrolmentIds, toClassId, on, reason, leaveMarks }: CheckedInputOf<Classes['move']>): { actId: string } {
  return { actId: moveAll(ctx, enrolmentIds.map(id => ({ enrolmentId: id, toClassId })), { on, note: reason, kind: 'moved', leaveMarks }) };
}

interface MoveAct extends Pick<ClassMoveTable, 'note' | 'kind'> {
  on: string;
  leaveMarks: boolean;
}

/** One act: every pupil to his class, in the order of names. */
export function moveAll(ctx: WriteContext, places: readonly { enrolmentId: string; toClassId: string }[], act: MoveAct): string {
  const { db, stamp, session } = ctx;
  const actId = v7();
  const movers = new Map(moversOf(db, places.map(place => place.enrolmentId)).map(mover => [mover.id, mover]));
  for (const [toClassId, ofClass] of Map.groupBy(places, place => place.toClassId)) {
    const to = requireOpenClass(db, toClassId);
    const approved = approvedClasses(db, to.year);
    const planner = new MarksPlanner(db, toClassId, stamp.at);
    let roll = lastRoll(db, toClassId);
    for (const mover of ofClass.flatMap(place => movers.get(place.enrolmentId) ?? []).sort((left, right) => compareNames(left.name, right.name))) {
      const refusal = refusalOf(mover, to, approved);
      if (refusal !== null) throw new AppError('classes.cannotMove', { params: { name: mover.name, why: refusal } });
      const duty = dutiesOf(db, mover.classId).find(one => one.enrolmentId === mover.id);
      const marks = carryMarks(ctx, planner, mover, act.leaveMarks);
      dropDuty(db, stamp, toClassId, mover.id);
      updateRecord(db, stamp, 'enrolment', mover.id, mover.version, { class_id: toClassId, roll: roll += 1 });
      insertRecord(db, stamp, 'class_move', {
        act_id: actId, enrolment_id: mover.id, from_class_id: mover.classId, to_class_id: toClassId, from_roll: mover.roll, moved_on: act.on, note: act.note,
        actor: session.user, kind: act.kind, marks, team: duty?.team ?? 0, post: duty?.post ?? '', state: 'done',
      });
      for (const feature of ['classes', 'students', 'grades', 'attendance'] as const) ctx.changed(feature, mover.classId, toClassId, mover.id);
    }
  }
  return actId;
}

function lastRoll(db: ReadHandle, classId: string): number {
  return db.get(sql.selectFrom('enrolment').select(({ fn }) => fn.max('roll').as('roll')).where('class_id', '=', classId).where('cancelled', '=', 0))?.roll ?? 0;
}

/**
 * Takes an act back: the pupils return to their old numbers, posts and teams, with the marks they have by now.
 * @throws AppError `classes.noMove`, `classes.movedOn` when one of them has gone on to a third class, and those of {@link move}
 */
export function undoMove(ctx: WriteContext, { actId }: CheckedInputOf<Classes['undoMove']>): { undone: number } {
  const { db, stamp } = ctx;
  ctx.explain({ path: 'undo', reason: null });
  const rows = db.all(sql.selectFrom('class_move').selectAll().where('act_id', '=', actId).where('state', '=', 'done').where('cancelled', '=', 0));
  if (rows.length === 0) throw new AppError('classes.noMove');
  const movers = new Map(moversOf(db, rows.map(row => row.enrolment_id)).map(mover => [mover.id, mover]));
  for (const [fromClassId, ofClass] of Map.groupBy(rows, row => row.from_class_id)) {
    const back = requireOpenClass(db, fromClassId);
    const approved = approvedClasses(db, back.year);
    const planner = new MarksPlanner(db, back.id, stamp.at);
    for (const row of ofClass) {
      const mover = movers.get(row.enrolment_id);
      if (mover?.classId !== row.to_class_id) throw new AppError('classes.movedOn', { params: { name: mover?.name ?? '', class: mover?.className ?? '' } });
      const refusal = refusalOf(mover, back, approved);
      if (refusal !== null) throw new AppError('classes.cannotMove', { params: { name: mover.name, why: refusal } });
      carryMarks(ctx, planner, mover, false);
      updateRecord(db, stamp, 'enrolment', mover.id, mover.version, { class_id: back.id, roll: row.from_roll });
      if (row.team !== 0 || row.post !== '') setDuties(ctx, { classId: back.id, duties: [{ enrolmentId: mover.id, team: row.team, post: row.post }] });
      else dropDuty(db, stamp, back.id, mover.id);
      updateRecord(db, stamp, 'class_move', row.id, row.version, { state: 'undone' });
      for (const feature of ['classes', 'students', 'grades', 'attendance'] as const) ctx.changed(feature, back.id, row.to_class_id, mover.id);
    }
  }
  return { undone: rows.length };
}

/** Who came to a class and who went from it, newest first; why is for those who have to do with the class. */
export function moves({ db, session }: ReadContext, { classId }: CheckedInputOf<Classes['moves']>): { moves: ClassMoveView[] } {
  requireClass(db, classId);
  const rows = db.all(sql.selectFrom('class_move').innerJoin('enrolment', 'enrolment.id', 'class_move.enrolment_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('school_class as old', 'old.id', 'class_move.from_class_id').innerJoin('school_class as next', 'next.id', 'class_move.to_class_id')
    .where(({ or, eb }) => or([eb('class_move.from_class_id', '=', classId), eb('class_move.to_class_id', '=', classId)]))
    .selectAll('class_move').select(['person.name', 'old.name as from_name', 'next.name as to_name']).orderBy('class_move.id', 'desc').limit(400));
  const actors = actorNames(db);
  const isOwn = isOwnClass(db, session, classId);
  return {
    moves: Map.groupBy(rows, row => row.act_id).values().flatMap(group => {
      const [first] = group;
      return first ? [{
        actId: first.act_id, on: first.moved_on, at: first.created_at, by: actors.name(first.actor), note: isOwn ? first.note : '', kind: first.kind, state: first.state,
        pupils: group.map(row => ({ name: row.name, fromClass: row.from_name, toClass: row.to_name })),
      }] : [];
    }).toArray(),
  };
}
