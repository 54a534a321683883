import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { PupilStatusTable } from '../../db/schema/movements.ts';
import type { EnrolmentStatus } from '../../db/schema/people.ts';
import type { ClassMoveTable } from '../../db/schema/school-records.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';

export interface StatusChange {
  enrolmentId: string;
  status: EnrolmentStatus;
  /** Of the national catalogue of statuses; '' where none fits. */
  code: string;
  /** First day it holds, yyyy-mm-dd. */
  on: string;
  reason: string;
  paper: string;
  movementId: string | null;
}

/** The statuses of one enrolment, oldest first; empty while it has had only the one it was made with. */
export function statusesOf(db: ReadHandle, enrolmentId: string): PupilStatusTable[] {
  return db.all(sql.selectFrom('pupil_status').selectAll().where('enrolment_id', '=', enrolmentId).where('cancelled', '=', 0).orderBy('from_date').orderBy('id'));
}

/**
 * Writes a new status into the history; the enrolment follows. What it was before stays readable.
 * @throws AppError `students.unknown`; `students.statusEarlier` when a later status is recorded already
 */
export function changeStatus(ctx: WriteContext, change: StatusChange): void {
  const { db, stamp } = ctx;
  const enrolment = db.get(sql.selectFrom('enrolment').selectAll().where('id', '=', change.enrolmentId).where('cancelled', '=', 0));
  if (!enrolment) throw new AppError('students.unknown');
  const known = statusesOf(db, change.enrolmentId);
  const since = known.at(-1)?.from_date ?? enrolment.status_on;
  if (change.on < since) throw new AppError('students.statusEarlier', { params: { since: since.split('-').toReversed().join('/') }, field: 'on' });
  const { enrolmentId: enrolment_id, status, code, reason, paper, movementId: movement_id } = change;
  if (known.length === 0) {
    insertRecord(db, stamp, 'pupil_status', { enrolment_id, status: enrolment.status, code: '', from_date: enrolment.status_on, reason: '', paper: '', movement_id: null });
  }
  insertRecord(db, stamp, 'pupil_status', { enrolment_id, status, code, from_date: change.on, reason, paper, movement_id });
  follow(ctx, change.enrolmentId);
}

/** The first status of a place just made by an act, which may have begun on another day than it is written down. */
export function beginStatus(ctx: WriteContext, change: StatusChange): void {
  const { enrolmentId: enrolment_id, status, code, on: from_date, reason, paper, movementId: movement_id } = change;
  insertRecord(ctx.db, ctx.stamp, 'pupil_status', { enrolment_id, status, code, from_date, reason, paper, movement_id });
  follow(ctx, enrolment_id);
}

/** Takes back the statuses of one movement. */
export function withdrawStatus(ctx: WriteContext, movementId: string): void {
  const { db, stamp } = ctx;
  const rows = db.all(sql.selectFrom('pupil_status').selectAll().where('movement_id', '=', movementId).where('cancelled', '=', 0));
  for (const row of rows) cancelRecord(db, stamp, 'pupil_status', row.id, row.version);
  for (const id of new Set(rows.map(row => row.enrolment_id))) follow(ctx, id);
}

/** The enrolment shows what the history ends with. */
function follow(ctx: WriteContext, enrolmentId: string): void {
  const { db, stamp } = ctx;
  const last = statusesOf(db, enrolmentId).at(-1);
  const enrolment = db.get(sql.selectFrom('enrolment').selectAll().where('id', '=', enrolmentId));
  if (!last || !enrolment) return;
  if (enrolment.status !== last.status || enrolment.status_on !== last.from_date) {
    updateRecord(db, stamp, 'enrolment', enrolmentId, enrolment.version, { status: last.status, status_on: last.from_date });
  }
  ctx.changed('students', enrolment.person_id);
  ctx.changed('classes', enrolment.class_id);
}

type StatusRow = Pick<PupilStatusTable, 'status' | 'from_date' | 'movement_id'>;

/**
 * What somebody was on a day, by his statuses from the oldest on; null when he was not of the class yet. A first status that no act brought is the
 * one his list was taken over with: who was studying then had been there before, who had gone was there until that day.
 */
export function statusAt(rows: readonly StatusRow[], on: string): EnrolmentStatus | null {
  const [first] = rows;
  if (!first) return null;
  const last = rows.findLast(row => row.from_date <= on);
  if (last) return last.status;
  if (first.movement_id !== null || first.status === 'transferredIn') return null;
  return 'studying';
}

export interface RollMember {
  enrolment_id: string;
  roll: number;
  name: string;
  status: EnrolmentStatus;
}

type Member = RollMember & { status_on: string; class_id: string };

/** Everybody who is or has been in the class, in roll order. */
const membersQuery = prepare<{ classId: string }, Member>(p => sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
  .where(({ eb, or, selectFrom }) => or([
    eb('enrolment.class_id', '=', p('classId')),
    eb('enrolment.id', 'in', selectFrom('class_move').select('class_move.enrolment_id').where('class_move.state', '=', 'done').where('class_move.from_class_id', '=', p('classId'))),
  ])).where('enrolment.cancelled', '=', 0)
  .select(['enrolment.id as enrolment_id', 'enrolment.class_id', 'enrolment.roll', 'person.name', 'enrolment.status', 'enrolment.status_on']).orderBy('enrolment.roll'));
const movesQuery = prepare<{ classId: string }, ClassMove>(p => sql.selectFrom('class_move').select(['enrolment_id', 'from_class_id', 'to_class_id', 'moved_on'])
  .where('state', '=', 'done').where('cancelled', '=', 0)
  .where('enrolment_id', 'in', sql.selectFrom('class_move as other').select('other.enrolment_id')
    .where(({ eb, or }) => or([eb('other.from_class_id', '=', p('classId')), eb('other.to_class_id', '=', p('classId'))])))
  .orderBy('moved_on').orderBy('id'));
const historyQuery = prepare<{ classId: string }, StatusRow & { enrolment_id: string }>(p => sql.selectFrom('pupil_status').innerJoin('enrolment', 'enrolment.id', 'pupil_status.enrolment_id')
  .where(({ eb, or, selectFrom }) => or([
    eb('enrolment.class_id', '=', p('classId')),
    eb('enrolment.id', 'in', selectFrom('class_move').select('class_move.enrolment_id').where('class_move.from_class_id', '=', p('classId'))),
  ])).where('pupil_status.cancelled', '=', 0)
  .select(['pupil_status.enrolment_id', 'pupil_status.status', 'pupil_status.from_date', 'pupil_status.movement_id']).orderBy('pupil_status.from_date').orderBy('pupil_status.id'));

type ClassMove = Pick<ClassMoveTable, 'enrolment_id' | 'from_class_id' | 'to_class_id' | 'moved_on'>;

/** The class somebody was in on a day, by his moves from the first on; `now` is his class today. */
export function classAt(moves: readonly Pick<ClassMove, 'from_class_id' | 'to_class_id' | 'moved_on'>[], now: string, on: string): string {
  const [first] = moves;
  return first === undefined ? now : moves.findLast(move => move.moved_on <= on)?.to_class_id ?? first.from_class_id;
}

/** Who belonged to a class on a day, in roll order: those who came later, had left or were in another class are not there. */
export function rollOn(db: ReadHandle, classId: string, on: string): RollMember[] {
  const history = Map.groupBy(historyQuery(db, { classId }), row => row.enrolment_id);
  const moves = Map.groupBy(movesQuery(db, { classId }), row => row.enrolment_id);
  return membersQuery(db, { classId }).flatMap(({ status_on, class_id, ...member }) => {
    const status = statusAt(history.get(member.enrolment_id) ?? [{ status: member.status, from_date: status_on, movement_id: null }], on);
    const isHere = classAt(moves.get(member.enrolment_id) ?? [], class_id, on) === classId;
    return isHere && (status === 'studying' || status === 'transferredIn') ? [{ ...member, status }] : [];
  });
}
