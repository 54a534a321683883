import type { accounts } from '../../preload/contract/accounts.ts';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { schoolLevels } from '../../preload/contract/school.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName } from '../kit/names.ts';
import { checkYear } from '../school/school-years.ts';
import { addAccount } from './accounts-service.ts';
import { passwordFault } from './password-rules.ts';

export function hasSchool(db: ReadHandle): boolean {
  return db.get(sql.selectFrom('school').select('id').limit(1)) !== undefined;
}

/**
 * The first thing ever written into a database, and only then: whoever comes later finds a school and must sign in.
 * @throws AppError `accounts.schoolThere`, `accounts.sameUser`, those of `passwordFault`, and those of `checkYear`
 */
export function beginSchool(ctx: WriteContext, input: CheckedInputOf<(typeof accounts)['beginSchool']>): { user: string } {
  const { db, stamp } = ctx;
  const hasAccounts = db.get(sql.selectFrom('account').select('id').limit(1)) !== undefined;
  if (hasSchool(db) || hasAccounts) throw new AppError('accounts.schoolThere');
  if (input.principal.user === input.secretary.user) throw new AppError('accounts.sameUser', { field: 'secretary.user' });
  for (const role of ['principal', 'secretary'] as const) {
    const fault = passwordFault(input[role].password, input[role].user);
    if (fault !== null) throw new AppError(fault, { field: `${role}.password` });
  }
  checkYear(input.year, input);
  const { code, commune, province, principal, secretary } = input;
  insertRecord(db, stamp, 'school', {
    code, name: cleanName(input.name), levels: schoolLevels.filter(level => input.levels.includes(level)).join(), superior: cleanName(input.superior), commune, province,
    address: '', phone: '', is_demo: 0,
  });
  insertRecord(db, stamp, 'school_year', { year: input.year, starts_on: input.startsOn, ends_on: input.endsOn, term2_from: input.term2From, state: 'open', is_current: 1 });
  addAccount(db, stamp, { ...principal, role: 'principal', staffId: null });
  addAccount(db, stamp, { ...secretary, role: 'secretary', staffId: null });
  for (const feature of ['school', 'accounts'] as const) ctx.changed(feature);
  return { user: secretary.user };
}
