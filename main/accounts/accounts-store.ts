import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { AccountTable } from '../../db/schema/accounts.ts';

const byUser = prepare<{ user: string }, AccountTable>(p => sql.selectFrom('account').selectAll().where('user', '=', p('user')).where('cancelled', '=', 0));

export function findAccount(db: ReadHandle, user: string): AccountTable | undefined {
  return byUser(db, { user })[0];
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
