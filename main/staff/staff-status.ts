import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { staff, StaffStatus } from '../../preload/contract/staff.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import { closeAccountOf } from '../accounts/accounts-store.ts';
import type { WriteContext } from '../call/context.ts';
import type { Sessions } from '../call/sessions.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { endAssignments } from './assignment-store.ts';
import { homeroomsOf, requireStaff, statusesOf } from './staff-store.ts';

type SetStatus = (typeof staff)['setStatus'];

/** Whether somebody with this status still belongs to the school. */
export function isHere(status: StaffStatus): boolean {
  return status === 'working' || status === 'leave';
}

/**
 * Notes how somebody stands to the school from a day on. Who leaves teaches nothing from that day on, his account is closed and his windows with it;
 * the classes he is homeroom teacher of are told, for somebody must take them over.
 * @throws AppError `staff.statusFuture` before the day has come, `staff.statusOrder` before the last change, `staff.statusSame`
 */
export function setStatus(ctx: WriteContext, sessions: Sessions, { staffId, status, from, note, paper }: CheckedInputOf<SetStatus>): OutputOf<SetStatus> {
  const { db, stamp } = ctx;
  const known = requireStaff(db, staffId);
  if (from > vietnamDay(stamp.at)) throw new AppError('staff.statusFuture', { field: 'from' });
  const last = statusesOf(db, staffId)[0];
  if (last && from < last.from_date) throw new AppError('staff.statusOrder', { field: 'from', params: { day: last.from_date.split('-').toReversed().join('/') } });
  if (known.status === status) throw new AppError('staff.statusSame', { field: 'status' });
  insertRecord(db, stamp, 'staff_status', { staff_id: staffId, status, from_date: from, note, paper });
  updateRecord(db, stamp, 'staff', staffId, known.version, { status });
  const assignmentsEnded = isHere(status) ? 0 : endAssignments(ctx, staffId, from);
  const closed = isHere(status) ? null : closeAccountOf(ctx, staffId);
  if (closed !== null) sessions.closeOf(closed);
  for (const feature of ['staff', 'grades', 'classes', 'accounts'] as const) ctx.changed(feature, staffId);
  return { assignmentsEnded, accountClosed: closed !== null, homeroomOf: isHere(status) ? [] : homeroomsOf(db, staffId) };
}
