import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { updateRecord } from '../../db/records.ts';
import type { AccountTable } from '../../db/schema/accounts.ts';
import type { WriteContext } from '../call/context.ts';

const byUser = prepare<{ user: string }, AccountTable>(p => sql.selectFrom('account').selectAll().where('user', '=', p('user')).where('cancelled', '=', 0));

export function findAccount(db: ReadHandle, user: string): AccountTable | undefined {
  return byUser(db, { user })[0];
}

export function findAccountById(db: ReadHandle, id: string): AccountTable | undefined {
  return db.get(sql.selectFrom('account').selectAll().where('id', '=', id).where('cancelled', '=', 0));
}

export function listAccounts(db: ReadHandle): AccountTable[] {
  return db.all(sql.selectFrom('account').selectAll().where('cancelled', '=', 0).orderBy('role').orderBy('user'));
}

/** Names of the classes whose homeroom teacher this member of staff is, in the current year. */
export function homeroomClasses(db: ReadHandle, staffId: string): { id: string; name: string }[] {
  return db.all(sql.selectFrom('school_class').innerJoin('school_year', 'school_year.year', 'school_class.year')
    .select(['school_class.id', 'school_class.name']).where('homeroom_staff_id', '=', staffId)
    .where('school_class.cancelled', '=', 0).where('school_year.is_current', '=', 1).orderBy('school_class.name'));
}

/** Every class of the current year with a homeroom teacher, by him: for lists, which must not ask once for each account. */
export function homeroomClassesByStaff(db: ReadHandle): Map<string, string[]> {
  const rows = db.all(sql.selectFrom('school_class').innerJoin('school_year', 'school_year.year', 'school_class.year')
    .select(['school_class.homeroom_staff_id', 'school_class.name']).where('school_class.homeroom_staff_id', 'is not', null)
    .where('school_class.cancelled', '=', 0).where('school_year.is_current', '=', 1).orderBy('school_class.name'));
  const found = new Map<string, string[]>();
  for (const { homeroom_staff_id: staffId, name } of rows) if (staffId !== null) found.set(staffId, [...(found.get(staffId) ?? []), name]);
  return found;
}

/** Everybody of the staff with what an account is proposed from. */
export function staffForAccounts(db: ReadHandle) {
  return db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').where('staff.cancelled', '=', 0)
    .select(['staff.id', 'staff.position', 'staff.job', 'staff.status', 'person.name']).orderBy('person.sort_name'));
}

/** Closes the open account of a member of staff and answers its user; null when there is none. */
export function closeAccountOf({ db, stamp }: Pick<WriteContext, 'db' | 'stamp'>, staffId: string): string | null {
  const account = db.get(sql.selectFrom('account').selectAll().where('staff_id', '=', staffId).where('state', '=', 'active').where('cancelled', '=', 0));
  if (!account) return null;
  updateRecord(db, stamp, 'account', account.id, account.version, { state: 'closed' });
  return account.user;
}
