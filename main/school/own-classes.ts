import { sql, type ReadHandle } from '../../db/handle.ts';
import type { Session } from '../call/context.ts';
import { holdsToday } from './assignment-dates.ts';

type Asker = Pick<Session, 'role' | 'staffId'>;

/** Classes, of whatever year, whose homeroom teacher he is. */
export function homeroomClassIds(db: ReadHandle, staffId: string): Set<string> {
  return new Set(db.all(sql.selectFrom('school_class').select('id').where('homeroom_staff_id', '=', staffId).where('cancelled', '=', 0)).map(row => row.id));
}

/**
 * Classes whose pupils somebody reads about: null is all of them, for the principal and the office; a teacher those he is homeroom teacher of
 * and those he teaches today; anybody else none.
 */
export function ownClasses(db: ReadHandle, { role, staffId }: Asker): ReadonlySet<string> | null {
  if (role === 'principal' || role === 'secretary') return null;
  if (role !== 'teacher' || staffId === null) return new Set();
  const taught = db.all(sql.selectFrom('assignment').select('class_id').where('staff_id', '=', staffId).where(holdsToday));
  return new Set([...homeroomClassIds(db, staffId), ...taught.map(row => row.class_id)]);
}

export function isOwnClass(db: ReadHandle, asker: Asker, classId: string): boolean {
  return ownClasses(db, asker)?.has(classId) ?? true;
}
