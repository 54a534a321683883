import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ClassDuty, classes } from '../../preload/contract/classes.ts';
import { sql, type ReadHandle, type WriteHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord, type Stamp } from '../../db/records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { compareNames } from '../kit/names.ts';
import { requireClass } from '../school/school-class-store.ts';
import { requireOpenClass } from './class-records.ts';

type Classes = typeof classes;

interface RollRow {
  id: string;
  version: number;
  roll: number;
  name: string;
  isHere: boolean;
}

/** Everybody of the class in roll order, also who has left. */
function rollRows(db: ReadHandle, classId: string): RollRow[] {
  return db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').where('enrolment.class_id', '=', classId).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id', 'enrolment.version', 'enrolment.roll', 'enrolment.status', 'person.name']).orderBy('enrolment.roll').orderBy('person.sort_name'))
    .map(({ status, ...row }) => ({ ...row, isHere: status === 'studying' || status === 'transferredIn' }));
}

export function dutiesOf(db: ReadHandle, classId: string): ClassDuty[] {
  return db.all(sql.selectFrom('class_duty').select(['enrolment_id as enrolmentId', 'team', 'post']).where('class_id', '=', classId).where('cancelled', '=', 0));
}

/** @throws AppError `grades.notInClass`, `classes.oneMonitor` */
export function setDuties(ctx: WriteContext, { classId, duties }: CheckedInputOf<Classes['setDuties']>): { before: ClassDuty[] } {
  const { db, stamp } = ctx;
  requireOpenClass(db, classId);
  const here = new Set(rollRows(db, classId).filter(row => row.isHere).map(row => row.id));
  const known = new Map(dutiesOf(db, classId).map(duty => [duty.enrolmentId, duty]));
  const before = duties.map((duty, index): ClassDuty => {
    if (!here.has(duty.enrolmentId)) throw new AppError('grades.notInClass', { field: `duties.${index}` });
    writeDuty(db, stamp, classId, duty);
    return known.get(duty.enrolmentId) ?? { enrolmentId: duty.enrolmentId, team: 0, post: '' };
  });
  if (dutiesOf(db, classId).filter(duty => duty.post === 'monitor').length > 1) throw new AppError('classes.oneMonitor');
  ctx.changed('classes', classId);
  return { before };
}

function writeDuty(db: WriteHandle, stamp: Stamp, classId: string, { enrolmentId, team, post }: ClassDuty): void {
  const row = db.get(sql.selectFrom('class_duty').selectAll().where('enrolment_id', '=', enrolmentId));
  if (!row) {
    if (team !== 0 || post !== '') insertRecord(db, stamp, 'class_duty', { enrolment_id: enrolmentId, class_id: classId, team, post });
  } else if (row.team !== team || row.post !== post || row.class_id !== classId) {
    updateRecord(db, stamp, 'class_duty', row.id, row.version, { class_id: classId, team, post });
  }
}

/** Whoever leaves a class has neither post nor team there. */
export function dropDuty(db: WriteHandle, stamp: Stamp, classId: string, enrolmentId: string): void {
  writeDuty(db, stamp, classId, { enrolmentId, team: 0, post: '' });
}

export function rollPreview({ db }: ReadContext, { classId }: CheckedInputOf<Classes['rollPreview']>) {
  requireClass(db, classId);
  const rows = rollRows(db, classId).filter(row => row.isHere);
  const byName = new Map(rows.toSorted((left, right) => compareNames(left.name, right.name) || left.roll - right.roll).map((row, index) => [row.id, index + 1]));
  return { rows: rows.map(row => ({ enrolmentId: row.id, name: row.name, roll: row.roll, byName: byName.get(row.id) ?? 0 })) };
}

/**
 * Numbers the class in the order given, and behind them whoever has left, in the order they stood.
 * @throws AppError `classes.rollDiffers` when the order does not name exactly the pupils of the class
 */
export function setRoll(ctx: WriteContext, { classId, order }: CheckedInputOf<Classes['setRoll']>): { before: string[] } {
  const { db, stamp } = ctx;
  requireOpenClass(db, classId);
  const rows = rollRows(db, classId);
  const here = rows.filter(row => row.isHere);
  const wanted = new Map(order.map((id, index) => [id, index + 1]));
  if (wanted.size !== order.length || here.length !== order.length || here.some(row => !wanted.has(row.id))) throw new AppError('classes.rollDiffers', { field: 'order' });
  let last = order.length;
  for (const row of rows) {
    const roll = wanted.get(row.id) ?? (last += 1);
    if (roll !== row.roll) updateRecord(db, stamp, 'enrolment', row.id, row.version, { roll });
  }
  for (const feature of ['classes', 'students', 'grades'] as const) ctx.changed(feature, classId);
  return { before: here.map(row => row.id) };
}
